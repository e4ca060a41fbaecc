package cli

import (
	"context"
	"os"

	"haicap/internal/app"
	"haicap/internal/gov"
)

func figuresTemplateCommand() command {
	return command{name: "figures template", args: "OUT", min: 1, max: 1, settings: storeSettings, run: runFiguresTemplate,
		flags:    []flag{{"unit", "CODE"}, {"form", "FORM"}, {"period", "PERIOD"}},
		examples: []string{"haicap figures template --unit 07909 --form quy --period 2025-Q3 mau.xlsx"}}
}

// runFiguresTemplate makes a table for a unit to fill in, which import takes back.
func runFiguresTemplate(ctx context.Context, c *call) error {
	p, who, err := c.openSystem(ctx)
	if err != nil {
		return err
	}
	defer p.close()
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
	return writeNew(c.args[0], func(w *os.File) error { return app.ReportTemplate(v, c.lang).Write(w) })
}
