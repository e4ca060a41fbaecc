package extract

import "strings"

const (
	maxTableDepth = 16      // tables within tables; deeper ones run into the cell around them
	maxCells      = 1 << 20 // in one document, and paragraphs in them
	maxSpan       = 63      // columns that one cell may cover, as in Word
)

// lines collects the paragraphs and tables of a document as lines of text. What goes over a limit is kept in err, after which
// nothing more is taken in.
type lines struct {
	out    strings.Builder
	tables []*table // that are open, the innermost last
	deeper int      // tables within the innermost that are not told apart any more
	size   int      // bytes of text taken in
	cells  int
	err    error
	heads  []string // the first paragraphs, each by itself
	joined bool     // one of them may stand within a row's line
}

// heading is how many paragraphs a document's heading has at most: the lines in which it is marked secret.
const (
	heading     = 40
	maxHeadLine = 1 << 12
)

// A table is a grid of cells, each a list of paragraphs.
type table struct {
	rows [][][]string
	open bool // the last row's last cell takes text
	span int  // columns that this cell covers
}

// paragraph adds text of its own line. White space at its ends goes, and a paragraph of nothing else is none.
func (l *lines) paragraph(s string) {
	s = strings.TrimFunc(s, edge)
	if s == "" || l.err != nil {
		return
	}
	if l.size += len(s) + 1; l.size > MaxTextBytes {
		l.err = errTextTooLarge()
		return
	}
	if len(l.heads) < heading {
		l.heads = append(l.heads, s)
	}
	l.put(s)
}

// beside gives the document's first paragraphs one by one where the layer has several of them in one cell of a row.
func (l *lines) beside() []string {
	if !l.joined {
		return nil
	}
	return []string{strings.Join(l.heads, "\n")}
}

// put writes a line into the cell that is open, else into the layer.
func (l *lines) put(s string) {
	if n := len(l.tables); n > 0 && l.tables[n-1].open {
		row := l.tables[n-1].rows[len(l.tables[n-1].rows)-1]
		row[len(row)-1] = append(row[len(row)-1], s)
		l.count() // once more for each table that it is in
		return
	}
	l.out.WriteString(s)
	l.out.WriteByte('\n')
}

func (l *lines) beginTable() {
	if len(l.tables) == maxTableDepth {
		l.deeper++
		return
	}
	l.tables = append(l.tables, &table{})
}

func (l *lines) beginRow() {
	if t := l.table(); t != nil {
		l.endCell()
		t.rows = append(t.rows, nil)
		l.count()
	}
}

// beginCell begins a cell that covers span columns.
func (l *lines) beginCell(span int) {
	t := l.table()
	if t == nil || l.err != nil {
		return
	}
	l.endCell()
	if len(t.rows) == 0 {
		l.beginRow()
	}
	row := &t.rows[len(t.rows)-1]
	*row = append(*row, nil)
	t.open, t.span = true, span
	l.count()
}

// widen tells how many columns the open cell covers, where the format says so inside the cell.
func (l *lines) widen(span int) {
	if t := l.table(); t != nil && t.open {
		t.span = span
	}
}

// endCell closes the cell that is open, if any; the other columns that it covers stay empty.
func (l *lines) endCell() {
	t := l.table()
	if t == nil || !t.open {
		return
	}
	t.open = false
	row := &t.rows[len(t.rows)-1]
	for range min(t.span, maxSpan) - 1 {
		*row = append(*row, nil)
		l.count()
	}
}

func (l *lines) count() {
	if l.cells++; l.cells > maxCells && l.err == nil {
		l.err = errBomb()
	}
}

// table is the table that is being filled; nil where there is none or it is too deep to be told apart.
func (l *lines) table() *table {
	if len(l.tables) == 0 || l.deeper > 0 {
		return nil
	}
	return l.tables[len(l.tables)-1]
}

// endTable writes the innermost table into whatever is around it.
func (l *lines) endTable() {
	if l.deeper > 0 {
		l.deeper--
		return
	}
	if len(l.tables) == 0 {
		return
	}
	t := l.tables[len(l.tables)-1]
	l.tables = l.tables[:len(l.tables)-1]
	layout := t.layout()
	for _, row := range t.rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			if layout {
				for _, p := range cell {
					l.put(p)
				}
				continue
			}
			// A cell is one stretch of its line.
			l.joined = l.joined || len(cell) > 1 && l.out.Len() < heading*maxHeadLine
			cells[i] = strings.Join(strings.Fields(strings.Join(cell, " ")), " ")
		}
		if line := strings.TrimRight(strings.Join(cells, "\t"), "\t "); line != "" {
			l.put(line)
		}
	}
}

// layout reports whether the table only places its paragraphs on the page (a letterhead, a signature block, a whole page).
func (t *table) layout() bool {
	columns, longest := 0, 0
	for _, row := range t.rows {
		columns = max(columns, len(row))
		for _, cell := range row {
			longest = max(longest, len(cell))
		}
	}
	return longest > 12 || longest > 1 && columns <= 2 && len(t.rows) <= 3
}

// finish closes what the document left open and gives all lines.
func (l *lines) finish() (string, error) {
	l.deeper = 0
	for len(l.tables) > 0 {
		l.endTable()
	}
	if l.err != nil {
		return "", l.err
	}
	return l.out.String(), nil
}
