package store

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
)

// bulkRows is how many rows one statement of putMany writes: enough for PostgreSQL to be about twenty times as fast as row by row, few
// enough for both engines' limits of parameters.
const bulkRows = 100

// putMany inserts n rows, many with each statement; row adds the values of the i-th to a list. conflict is what happens to a row that is there; empty: it
// is an error.
func (t *tx) putMany(ctx context.Context, table, columns, conflict string, n int, row func(list []any, i int) []any) error {
	b := t.bulk(table, columns, conflict)
	defer b.close()
	for i := range n {
		if err := b.put(ctx, row(b.args, i)); err != nil {
			return err
		}
	}
	return b.flush(ctx)
}

// A bulk writes rows with a statement that is prepared once for all of them, since SQLite would spend as long on reading it as on the rows. Most columns
// of an import say the same in each row: such a value is handed over once a statement, and the rows share its parameter.
type bulk struct {
	*tx
	table, columns, conflict string

	args []any // of the rows at hand
	rows int

	st     *sql.Stmt
	fits   int    // rows that st takes
	shared []bool // columns whose parameter the rows of st share
}

func (t *tx) bulk(table, columns, conflict string) *bulk {
	return &bulk{tx: t, table: table, columns: columns, conflict: conflict}
}

// put takes a row, which is at the end of args, and writes when there are enough.
func (b *bulk) put(ctx context.Context, args []any) error {
	b.args = args
	if b.rows++; b.rows < bulkRows {
		return nil
	}
	return b.flush(ctx)
}

// flush writes what is at hand.
func (b *bulk) flush(ctx context.Context) error {
	if b.rows == 0 {
		return nil
	}
	err := b.write(ctx)
	b.args, b.rows = b.args[:0], 0
	return err
}

// write inserts the rows at hand.
func (b *bulk) write(ctx context.Context) error {
	if err := plainly(b.args); err != nil {
		return err
	}
	shared := b.same()
	if b.st == nil || b.fits != b.rows || !within(b.shared, shared) {
		if b.shared != nil { // what differed before will differ again
			for i := range shared {
				shared[i] = shared[i] && b.shared[i]
			}
		}
		b.close()
		st, err := b.sql.PrepareContext(ctx, b.d.insertMany(b.table, b.columns, b.rows, shared)+b.conflict)
		if err != nil {
			return b.fail(err)
		}
		b.st, b.fits, b.shared = st, b.rows, shared
	}
	width, n := len(b.shared), len(b.shared)
	for i := width; i < len(b.args); i++ {
		if !b.shared[i%width] {
			b.args[n] = b.args[i]
			n++
		}
	}
	if _, err := b.st.ExecContext(ctx, b.args[:n]...); err != nil {
		return b.fail(err)
	}
	return nil
}

// same says of each column whether all rows at hand have the same in it.
func (b *bulk) same() []bool {
	width := len(b.args) / b.rows
	list := make([]bool, width)
	for i := range list {
		list[i] = true
	}
	for i := width; i < len(b.args); i++ {
		if at := i % width; list[at] && b.args[i] != b.args[at] {
			list[at] = false
		}
	}
	return list
}

// within reports whether each column that a statement shares may be shared.
func within(shared, may []bool) bool {
	for i, s := range shared {
		if s && !may[i] {
			return false
		}
	}
	return true
}

func (b *bulk) close() {
	if b.st != nil {
		_ = b.st.Close()
		b.st = nil
	}
}

// insertMany is an INSERT of n rows into the comma-separated columns; of the shared ones all rows have the parameter of the first. SQLite gets other
// placeholders without a number: it looks up the name of each parameter that has one among all before it, which takes longer than the rows where there
// are thousands.
func (d *dialect) insertMany(table, columns string, n int, shared []bool) string {
	width := strings.Count(columns, ",") + 1
	var b strings.Builder
	b.WriteString("INSERT INTO " + table + " (" + columns + ") VALUES ")
	next := 1
	for i := range n {
		for j := range width {
			switch {
			case j > 0:
				b.WriteString(", ")
			case i > 0:
				b.WriteString(", (")
			default:
				b.WriteString("(")
			}
			same := shared != nil && shared[j]
			switch {
			case same && i > 0:
				b.WriteString("$" + strconv.Itoa(j+1))
				continue
			case d.bare && !same:
				b.WriteByte('?')
			default:
				b.WriteString("$" + strconv.Itoa(next))
			}
			next++
		}
		b.WriteString(")")
	}
	return b.String()
}
