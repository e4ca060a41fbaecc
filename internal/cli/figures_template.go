package cli

import (
	"context"
	"os"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/report"
)

func figuresTemplateCommand() command {
	return command{name: "figures template", args: "OUT", min: 1, max: 1, settings: storeSettings, run: runFiguresTemplate,
		flags:    []flag{{"unit", "CODE"}, {"form", "FORM"}, {"period", "PERIOD"}},
		examples: []string{"haicap figures template --unit 07909 --form quy --period 2025-Q3 mau.xlsx"}}
}

// runFiguresTemplate makes a table for a unit to fill in, which import takes back.
func runFiguresTemplate(ctx context.Context, c *call) error {
	p, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	who, err := p.system(ctx)
	if err != nil {
		return err
	}
	units, err := p.units()
	if err != nil {
		return err
	}
	period := gov.Period(c.flags["period"])
	u, err := units.At(c.flags["unit"], period.LastDay())
	if err != nil {
		return err
	}
	v, err := p.app.Report(ctx, who, gov.ReportKey{Form: c.flags["form"], Period: period, Unit: u.UnitKey})
	if err != nil {
		return err
	}
	return writeNew(c.args[0], func(w *os.File) error { return c.template(v).Write(w) })
}

// template is a report as a table: the columns of import, and beside them what helps whoever fills it in.
func (c *call) template(v app.ReportView) report.Template {
	t := report.Template{Title: v.Form.Name, Value: 5, Wrong: c.lang.T("cli.template_number"), Widths: []float64{10, 10, 12, 26, 44, 14, 16, 10, 10, 14, 14},
		Heads: []string{"ky", "don_vi", "don_vi_tu_ngay", "chi_tieu", c.lang.T("cli.template_name"), "gia_tri", "don_vi_tinh", "pham_vi", "muc_do",
			c.lang.T("cli.template_last"), c.lang.T("cli.template_target")}}
	for _, l := range v.Lines {
		scope := ""
		if l.Indicator.Flow && v.Report.Period.Kind() == gov.YearReport {
			scope = string(gov.Annual)
		}
		row := []any{string(v.Report.Period), v.Report.Unit.Code, string(v.Report.Unit.From), l.Indicator.Key, l.Indicator.NameVI, nil, l.Indicator.Measure,
			scope, "", nil, nil}
		if l.Own != nil {
			row[5] = l.Own.Value
		}
		if l.Last != nil {
			row[9] = l.Last.Value
		}
		if len(l.Targets) > 0 {
			row[10] = l.Targets[0].Value
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
