package main

import (
	"fmt"
	"sort"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/register"
)

func lower(s string) string { return strings.ToLower(s) }

// put lays a version into the timeline of its code: what lies inside its days goes, what begins before or ends after is cut.
func (b *builder) put(u gov.UnitVersion) {
	var out []gov.UnitVersion
	for _, v := range b.byCode[u.Code] {
		before := v.From < u.From
		after := u.To != "" && (v.To == "" || v.To > u.To)
		switch {
		case v.To != "" && v.To <= u.From, u.To != "" && v.From >= u.To:
			out = append(out, v)
			continue
		case before:
			first := v
			first.To = u.From
			out = append(out, first)
		}
		if after {
			last := v
			last.From = u.To
			out = append(out, last)
		}
	}
	out = append(out, u)
	sort.Slice(out, func(i, j int) bool { return out[i].From < out[j].From })
	b.byCode[u.Code] = out
}

// link notes a pair; a later call with an extent or source settles an earlier one without.
func (b *builder) link(p pair, extent gov.Extent, source string) {
	if _, known := b.extents[p]; !known {
		b.pairs = append(b.pairs, p)
	}
	if known := b.extents[p]; known == gov.ExtentUnknown || extent != gov.ExtentUnknown {
		b.extents[p] = extent
	}
	if source != "" {
		b.sources[p] = source
	}
}

// contents joins the pairs to the versions that were in force the day before and on the day itself.
func (b *builder) contents() (register.Contents, error) {
	c := register.Contents{Aliases: b.aliases}
	for _, vs := range b.byCode {
		c.Units = append(c.Units, vs...)
	}
	for _, p := range b.pairs {
		old, ok1 := b.on(p.old, p.day.AddDays(-1))
		next, ok2 := b.on(p.new, p.day)
		if !ok1 || !ok2 {
			return c, fmt.Errorf("the pair %s → %s on %s names a unit that was not there (%v, %v)", p.old, p.new, p.day, ok1, ok2)
		}
		c.Successions = append(c.Successions, gov.Succession{Old: old.UnitKey, New: next.UnitKey, Day: p.day, Extent: b.extents[p], Source: b.sources[p]})
	}
	return c, nil
}

func (b *builder) on(code string, day gov.Day) (gov.UnitVersion, bool) {
	for _, v := range b.byCode[code] {
		if v.On(day) {
			return v, true
		}
	}
	return gov.UnitVersion{}, false
}
