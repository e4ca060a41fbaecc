package app

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash/maphash"
	"io"
	"slices"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/intake"
)

// ImportInput is a table of figures to take in. The file is read twice: it is checked whole before anything is written.
type ImportInput struct {
	Name  string
	File  intake.File
	Point bool // the file writes decimals with a point
	Dry   bool // only check
}

// ImportView is what became of an import. Where there are faults nothing was written.
type ImportView struct {
	Batch      gov.ID
	Rows       int // with figures
	Written    int
	Blank      int // rows without a value, passed over
	Same       int // were in the books already
	Superseded int
	Faults     []intake.Fault // the first of them
	Wrong      int            // faults in all
}

// MaxFaults is how many faults an import names.
const MaxFaults = 2000

// importChunk is how many figures are written at once: what bounds the memory. The more there are, the more of them come to lie beside each other in
// the store's indexes.
const importChunk = 1 << 15

// ImportFigures takes a table of figures in, all or nothing: one transaction, one audit line. Figures are entered, confirmed by nobody. One that
// the unit's own line has already is left alone; a corrected or more final one supersedes what nobody has answered for yet.
func (a *App) ImportFigures(ctx context.Context, p access.Principal, in ImportInput) (ImportView, error) {
	var v ImportView
	if err := permit(p, access.FiguresEnter); err != nil {
		return v, err
	}
	c := importer{app: a, in: in, realm: gov.Realm(p.Realm), seed: maphash.MakeSeed(), cells: &fileCells{}}
	if err := c.prepare(ctx, p); err != nil {
		return v, err
	}
	if err := c.check(&v); err != nil || v.Wrong > 0 || in.Dry {
		return v, err
	}
	sum, err := sumOf(in.File)
	if err != nil {
		return v, err
	}
	err = a.update(ctx, p, access.FiguresEnter, func(tx gov.Tx, s gov.Stamp) (act, error) {
		v = ImportView{Rows: v.Rows, Blank: c.blank, Batch: gov.NewID(s.At)}
		w := importWriter{importer: &c, ctx: ctx, tx: tx, stamp: s, ids: gov.IDsFrom(s.At), v: &v, has: map[gov.Period]bool{}}
		if err := w.write(); err != nil {
			return act{}, err
		}
		b := gov.Batch{Realm: c.realm, ID: v.Batch, FileName: in.Name, Sum: sum, Figures: v.Written, Made: s}
		return act{"figure.import", "batch", v.Batch}, tx.CreateBatch(ctx, b)
	})
	if errors.Is(err, errFaults) {
		return v, nil
	}
	return v, err
}

// errFaults rolls a transaction back whose faults stand in the view.
var errFaults = errors.New("faults")

func sumOf(f intake.File) (string, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	h := sha256.New()
	_, err := io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), err
}

// An importer is one import.
type importer struct {
	app     *App
	in      ImportInput
	realm   gov.Realm
	checker intake.Checker
	seed    maphash.Seed
	blank   int
	cells   *fileCells
}

func (c *importer) prepare(ctx context.Context, p access.Principal) error {
	catalogue, err := c.app.catalogue(ctx, p)
	if err != nil {
		return err
	}
	return c.app.withRegister(func(units gov.Units) error {
		c.checker = intake.Checker{Units: units, Catalogue: catalogue, Windows: gov.Windows(), Today: c.app.Today(), Point: c.in.Point}
		return nil
	})
}

// read goes through the file from its beginning.
func (c *importer) read(each func(row int, f gov.Figure) error, fault func(intake.Fault) error) error {
	if _, err := c.in.File.Seek(0, io.SeekStart); err != nil {
		return err
	}
	t, err := intake.Open(c.in.Name, c.in.File)
	if err != nil {
		return err
	}
	checker := c.checker
	err = checker.Read(t, each, fault)
	c.blank = checker.Blank
	return err
}

// check goes through the file once and notes what is wrong, and which cells it has in which vintages.
func (c *importer) check(v *ImportView) error {
	*v = ImportView{}
	fault := func(f intake.Fault) error { v.fault(f); return nil }
	defer func() { v.Blank = c.blank }()
	err := c.read(func(row int, f gov.Figure) error {
		v.Rows++
		c.cells.add(c.key(f), vintageOrder(f.Vintage))
		return nil
	}, fault)
	twice := c.cells.sort()
	if err != nil || len(twice) == 0 {
		return err
	}
	err = c.read(func(row int, f gov.Figure) error { // again, for the rows: a good file has none
		if k := cellMark(c.key(f), vintageOrder(f.Vintage)); twice[k] > 0 {
			if twice[k] == 2 {
				return fault(intake.Fault{Row: row, Key: "error.row_twice"})
			}
			twice[k] = 2
		}
		return nil
	}, func(intake.Fault) error { return nil })
	slices.SortStableFunc(v.Faults, func(a, b intake.Fault) int { return cmp.Compare(a.Row, b.Row) })
	return err
}

func (v *ImportView) fault(f intake.Fault) {
	if v.Wrong++; len(v.Faults) < MaxFaults {
		v.Faults = append(v.Faults, f)
	}
}

// key stands for the cell of a figure.
func (c *importer) key(f gov.Figure) uint64 {
	var h maphash.Hash
	h.SetSeed(c.seed)
	for _, s := range []string{string(f.Period), f.Indicator, f.Unit.Code, string(f.Unit.From), string(f.Scope)} {
		_, _ = h.WriteString(s)
		_ = h.WriteByte(0)
	}
	return h.Sum64()
}

// vintageOrder is greater for a more final vintage.
func vintageOrder(v gov.Vintage) uint64 {
	switch v {
	case gov.Estimated:
		return 1
	case gov.Preliminary:
		return 2
	case gov.Final:
		return 3
	}
	return 0
}

// An importWriter writes one import in one transaction.
type importWriter struct {
	*importer
	ctx   context.Context
	tx    gov.Tx
	stamp gov.Stamp
	ids   *gov.IDs
	v     *ImportView
	has   map[gov.Period]bool // whether the books had anything of the period before
	chunk []importRow
}

// An importRow is what the figures of an import do not have in common, so that many can wait in little memory.
type importRow struct {
	id             gov.ID
	kind           gov.FigureKind
	vintage        gov.Vintage
	unit           gov.UnitKey
	period         gov.Period
	indicator      string
	scope          gov.Scope
	value          float64
	of             *float64
	measure, quote string
	cutOff         gov.Day
	superseded     bool
}

// figure is the figure of a row.
func (w *importWriter) figure(i int) gov.Figure {
	r := &w.chunk[i]
	f := gov.Figure{Realm: w.realm, ID: r.id, Kind: r.kind, Vintage: r.vintage, CutOff: r.cutOff, State: gov.FigureEntered, Batch: w.v.Batch, Entered: w.stamp,
		Claim: gov.Claim{Indicator: r.indicator, Unit: r.unit, Period: r.period, Scope: r.scope, Comparator: gov.Equal, Value: r.value, Of: r.of, Measure: r.measure,
			Quote: r.quote}}
	if r.superseded { // by a more final one of the same file
		f.SupersededBy = w.v.Batch
	}
	return f
}

func (w *importWriter) write() error {
	w.chunk = make([]importRow, 0, min(w.v.Rows, importChunk))
	err := w.read(w.add, func(f intake.Fault) error { w.v.fault(f); return nil })
	if err != nil {
		return err
	}
	if w.v.Wrong > 0 { // what only the books could say, or the file was changed meanwhile
		return errFaults
	}
	return w.flush()
}

func (w *importWriter) add(row int, f gov.Figure) error {
	f.Realm, f.ID, f.Batch, f.Entered = w.realm, w.ids.Next(), w.v.Batch, w.stamp
	later := w.cells.later(w.key, f)
	has, known := w.has[f.Period]
	if !known {
		var err error
		if has, err = w.tx.HasCells(w.ctx, w.realm, f.Period); err != nil {
			return err
		}
		w.has[f.Period] = has
	}
	if has {
		write, err := w.beside(row, f)
		if err != nil || !write {
			return err
		}
	}
	w.chunk = append(w.chunk, importRow{f.ID, f.Kind, f.Vintage, f.Unit, f.Period, f.Indicator, f.Scope, f.Value, f.Of, f.Measure, f.Quote, f.CutOff, later})
	if len(w.chunk) == importChunk {
		return w.flush()
	}
	return nil
}

func (w *importWriter) flush() error {
	err := w.tx.ImportFigures(w.ctx, len(w.chunk), w.figure)
	w.v.Written += len(w.chunk)
	w.chunk = w.chunk[:0]
	return err
}

// beside lays a figure beside the unit's own claims that are in the books: whether it is to be written.
func (w *importWriter) beside(row int, f gov.Figure) (bool, error) {
	claims, err := w.tx.ClaimsOn(w.ctx, w.realm, gov.CellKey{Period: f.Period, Indicator: f.Indicator, Unit: f.Unit})
	if err != nil {
		return false, err
	}
	for _, old := range claims {
		if !old.Own() || old.Scope != f.Scope || old.Batch == f.Batch {
			continue
		}
		newer := vintageOrder(f.Vintage) > vintageOrder(old.Vintage)
		switch {
		case old.Vintage == f.Vintage && sameAmount(old, f):
			w.v.Same++
			return false, nil
		case vintageOrder(f.Vintage) < vintageOrder(old.Vintage):
			w.v.fault(intake.Fault{Row: row, Key: "error.row_older", Args: []any{string(old.Vintage)}})
			return false, nil
		case !newer && old.State != gov.FigureEntered && old.State != gov.FigureReopened:
			w.v.fault(intake.Fault{Row: row, Key: "error.row_settled"})
			return false, nil
		case old.State == gov.FigureEntered || old.State == gov.FigureReopened:
			if err := w.tx.SupersedeFigure(w.ctx, w.realm, old.ID, f.ID); err != nil {
				return false, err
			}
			w.v.Superseded++
		}
	}
	return true, nil
}

func sameAmount(a, b gov.Figure) bool {
	if a.Of != nil && b.Of != nil && *a.Of != *b.Of {
		return false
	}
	return a.Value == b.Value && a.Measure == b.Measure && (a.Of == nil) == (b.Of == nil)
}

// Cells lists what counts in the cells that a query names.
func (a *App) Cells(ctx context.Context, p access.Principal, q gov.CellQuery) (list []gov.FigureCell, err error) {
	err = a.view(ctx, p, access.BooksRead, func(tx gov.Tx) (err error) {
		list, err = tx.Cells(ctx, gov.Realm(p.Realm), q)
		return err
	})
	return list, err
}
