package web

import (
	"slices"
	"strings"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// matterColumns says which columns a table of matters has.
type matterColumns struct {
	Kind, Units, Doers, Due, State bool
	OneDay                         bool    // all are of one session: since when goes without saying
	Bulk                           bulkBar // its steps are for ticked rows; none: rows are not ticked
}

// columnsOf are the columns that say something about matters of the kind.
func columnsOf(k gov.MatterKind) matterColumns {
	switch k {
	case gov.Task:
		return matterColumns{Doers: true, Due: true, State: true}
	case gov.Recommendation:
		return matterColumns{Doers: true, State: true}
	case gov.Directive:
		return matterColumns{Doers: true, Due: true}
	case "":
		return matterColumns{Kind: true, Doers: true, Due: true, State: true}
	}
	return matterColumns{}
}

// signs are the comparators as they stand before a number.
var signs = map[gov.Comparator]string{gov.AtLeast: "≥ ", gov.AtMost: "≤ ", gov.About: "≈ "}

// valueOf is the value as the source writes it, with the sign of its comparator: never more digits than the source gave.
func valueOf(f ui.Frame, c gov.Claim) string {
	words := c.Quote
	if words == "" {
		words = f.Number(c.Value)
		if c.Of != nil {
			words += "/" + f.Number(*c.Of)
		}
		if c.Measure != "" {
			words += " " + c.Measure
		}
	}
	return signs[c.Comparator] + words
}

// sayings puts the claims of one period together that say the same: one value of one kind and scope, from several sources.
func sayings(lines []app.FigureLine) [][]app.FigureLine {
	var list [][]app.FigureLine
	for _, l := range lines {
		i := slices.IndexFunc(list, func(said []app.FigureLine) bool {
			o := said[0]
			return o.Kind == l.Kind && o.Vintage == l.Vintage && o.Scope == l.Scope && o.Comparator == l.Comparator && o.Value == l.Value &&
				strings.EqualFold(o.Quote, l.Quote)
		})
		if i < 0 {
			list = append(list, []app.FigureLine{l})
		} else {
			list[i] = append(list[i], l)
		}
	}
	return list
}

// daysOf are the days of the documents that make a claim, each once.
func daysOf(f ui.Frame, said []app.FigureLine) string {
	var days []string
	for _, l := range said {
		if d := f.Date(l.Source.Day); d != "" && !slices.Contains(days, d) {
			days = append(days, d)
		}
	}
	return strings.Join(days, ", ")
}
