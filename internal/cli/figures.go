package cli

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/intake"
	"haicap/internal/report"
)

func figuresImportCommand() command {
	return command{name: "figures import", args: "FILE", min: 1, max: 1, settings: auditSettings, run: runFiguresImport,
		flags:    []flag{{"dry-run", ""}, {"annotated", "OUT"}, {"point", ""}, {"json", ""}},
		examples: []string{"haicap figures import solieu.csv --data thu", "haicap figures import mau.xlsx --dry-run --annotated sai.xlsx"}}
}

func figuresExportCommand() command {
	return command{name: "figures export", args: "OUT", min: 1, max: 1, settings: storeSettings, run: runFiguresExport,
		flags:    []flag{{"period", "PERIOD"}, {"unit", "CODE"}},
		examples: []string{"haicap figures export --period 2025-Q3,2025-Q4 solieu.csv"}}
}

// importGC keeps a long import small: what it leaves behind is collected when a quarter has come on top of what is held.
const importGC = 25

// runFiguresImport takes a table in, and says what is wrong with it cell by cell.
func runFiguresImport(ctx context.Context, c *call) error {
	f, err := os.Open(c.args[0])
	if err != nil {
		return gov.Errorf(gov.Invalid, "error.cli_file_unreadable", c.args[0]).Because(err)
	}
	defer func() { _ = f.Close() }()
	p, who, err := c.openSystem(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	defer debug.SetGCPercent(debug.SetGCPercent(importGC))
	v, err := p.app.ImportFigures(ctx, who, app.ImportInput{Name: filepath.Base(c.args[0]), File: f, Point: c.has("point"), Dry: c.has("dry-run")})
	if err != nil {
		return err
	}
	if v.Wrong > 0 {
		return c.importFaults(f, v)
	}
	if c.has("dry-run") {
		return c.put(c.lang.T("cli.figures_checked", v.Rows, v.Blank) + "\n")
	}
	return c.put(c.lang.T("cli.figures_imported", v.Written, v.Batch, v.Superseded, v.Same, v.Blank) + "\n")
}

// importFaults lists what is wrong, and writes the annotated copy where one is asked for.
func (c *call) importFaults(f *os.File, v app.ImportView) error {
	messages := app.ImportMessages(v, c.lang)
	for i, fault := range v.Faults {
		line := strings.TrimSpace(fault.Address() + ": " + messages[i].Text)
		if c.has("json") {
			data, err := json.Marshal(map[string]any{"cell": fault.Address(), "row": fault.Row, "column": fault.Col, "message": messages[i].Text})
			if err != nil {
				return err
			}
			line = string(data)
		}
		if err := c.put(line + "\n"); err != nil {
			return err
		}
	}
	if out := c.flags["annotated"]; out != "" {
		made, err := app.AnnotatedImport(app.ImportInput{Name: f.Name(), File: f}, v, c.lang)
		if err == nil {
			err = writeNew(out, func(w *os.File) error { _, err := w.Write(made.Data); return err })
		}
		if err != nil {
			return err
		}
		c.say("cli.figures_annotated", out)
	}
	return gov.Errorf(gov.Invalid, "error.cli_import_faults", v.Wrong)
}

// writeNew makes a file that is whole or not there.
func writeNew(name string, write func(w *os.File) error) error {
	w, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return gov.Errorf(gov.Invalid, "error.cli_file_unreadable", name).Because(err)
	}
	err = write(w)
	if e := w.Close(); err == nil {
		err = e
	}
	if err != nil {
		_ = os.Remove(name)
	}
	return err
}

// runFiguresExport writes what counts as CSV, in the form that import takes.
func runFiguresExport(ctx context.Context, c *call) error {
	p, who, err := c.openSystem(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	var q gov.CellQuery
	for _, period := range strings.FieldsFunc(c.flags["period"], func(r rune) bool { return r == ',' }) {
		q.Periods = append(q.Periods, gov.Period(period))
	}
	if unit := c.flags["unit"]; unit != "" {
		q.Units = []string{unit}
	}
	cells, err := p.app.Cells(ctx, who, q)
	if err != nil {
		return err
	}
	err = writeNew(c.args[0], func(w *os.File) error {
		b := bufio.NewWriter(w)
		out := csv.NewWriter(b)
		rows := append([][]string{intake.Columns}, exportRows(cells)...)
		if err := out.WriteAll(rows); err != nil {
			return err
		}
		return b.Flush()
	})
	if err != nil {
		return err
	}
	return c.put(c.lang.T("cli.figures_exported", len(cells)) + "\n")
}

func exportRows(cells []gov.FigureCell) [][]string {
	number := func(v float64) string { return strings.ReplaceAll(strconv.FormatFloat(v, 'f', -1, 64), ".", ",") }
	rows := make([][]string, len(cells))
	for i, x := range cells {
		of := ""
		if x.Of != nil {
			of = number(*x.Of)
		}
		rows[i] = []string{string(x.Period), x.Unit.Code, string(x.Unit.From), report.Plain(x.Indicator), number(x.Value), of, report.Plain(x.Measure),
			string(x.Scope), string(x.Vintage), fmt.Sprint(x.Day())}
	}
	return rows
}
