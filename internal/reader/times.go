package reader

import "haicap/internal/gov"

// A timeRef is one place that names a time.
type timeRef struct {
	First, Last int // tokens [First, Last)
	Period      gov.Period
	Rule        string
}

// readTimes finds years, quarters, months, terms and days.
func (d *doc) readTimes() {}
