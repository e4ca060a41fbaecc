package web

import (
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// matterColumns says which columns a table of matters has.
type matterColumns struct{ Kind, Units, Doers, Due, State bool }

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
