package cli

import (
	"context"
	"math"
	"strings"

	"haicap/internal/gov"
)

func figuresCountryCommand() command {
	return command{name: "figures country", args: "INDICATOR", min: 1, max: 1, settings: storeSettings, run: runFiguresCountry,
		flags: []flag{{"period", "PERIOD"}, {"json", ""}}, examples: []string{"haicap figures country budget_revenue --period 2025", "haicap figures country poverty_rate --period 2025 --json"}}
}

// runFiguresCountry puts an indicator together over the country.
func runFiguresCountry(ctx context.Context, c *call) error {
	p, who, err := c.openSystem(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	v, err := p.app.Country(ctx, who, c.args[0], gov.Period(c.flags["period"]))
	if err != nil {
		return err
	}
	var b strings.Builder
	line := func(name, code string, r gov.Rolled) {
		if c.has("json") {
			row := map[string]any{"indicator": v.Indicator.Key, "period": v.Period, "unit": code, "known": r.Known, "units": r.Units, "why_not": r.WhyNot}
			if r.WhyNot == "" {
				row["value"], row["measure"] = r.Value, v.Indicator.Measure
			}
			jsonLine(&b, row)
			return
		}
		words := c.lang.T("why_not_added." + string(r.WhyNot))
		if r.WhyNot == "" {
			words = c.lang.Number(math.Round(r.Value*1e6)/1e6) + " " + v.Indicator.Measure
		}
		b.WriteString(c.lang.T("cli.country_line", name, words, r.Known, r.Units) + "\n")
	}
	elsewhere := 0
	for _, r := range v.Provinces {
		if !r.Here && r.Rolled.Known == 0 {
			elsewhere++
			continue
		}
		line(r.Unit.Name, r.Unit.Key.Code, r.Rolled)
	}
	line(c.lang.T("cli.country_whole"), "", v.Whole)
	if elsewhere > 0 && !c.has("json") {
		b.WriteString(c.lang.T("cli.country_elsewhere", elsewhere) + "\n")
	}
	return c.put(b.String())
}
