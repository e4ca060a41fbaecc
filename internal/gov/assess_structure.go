package gov

import (
	"math"
	"slices"
)

// A StructureAssessment holds the parts of a structure against the targets of one baseline and period.
type StructureAssessment struct {
	Parts   []Assessment // one for each target, by part
	Verdict Verdict      // met where every part is; never exceeded
	WhyNot  WhyNot
	Off     *float64 // points that lie elsewhere than the target has them: half the sum of the distances
	Closer  *float64 // how many points fewer that is than a year before; negative: further away
}

// Structure assesses an indicator whose parts add up to 100. The targets are those of the parts (PartKey), of one baseline and period; the
// history holds what was reported of every part.
func (a *Assessor) Structure(in Indicator, targets []Target, history []Reported) StructureAssessment {
	s := StructureAssessment{Verdict: NotAssessed, WhyNot: NoTarget}
	var now []Reported
	off, before := 0.0, 0.0
	all, known := len(targets) > 0, len(targets) > 0
	for _, t := range targets {
		of := ofPart(history, t.Indicator)
		p := a.Assess(in, t, of)
		s.Parts = append(s.Parts, p)
		if p.Actual == nil {
			all, known = false, false
			continue
		}
		now = append(now, Reported{Value: *p.Actual})
		off += math.Abs(lessBy(*p.Actual, t.Value)) / 2
		if p.Change == nil {
			known = false
		} else {
			before += math.Abs(lessBy(p.Change.From, t.Value)) / 2
		}
	}
	if all {
		o := roundTo(off, maxDecimals)
		s.Off = &o
	}
	if known {
		c := roundTo(before-off, maxDecimals)
		s.Closer = &c
	}
	RedFirst(s.Parts)
	s.settle(all, now)
	return s
}

// settle decides on the whole: the parts must be all there and add up, then the worst of them counts.
func (s *StructureAssessment) settle(all bool, now []Reported) {
	if len(s.Parts) == 0 {
		return
	}
	worst := s.Parts[0]
	_, gap := StructureGap(now)
	switch {
	case !all && slices.ContainsFunc(s.Parts, func(p Assessment) bool { return p.Actual != nil }), all && gap:
		s.WhyNot = NotWhole
	default:
		s.Verdict, s.WhyNot = worst.Verdict, worst.WhyNot
	}
}

func ofPart(history []Reported, key string) []Reported {
	var list []Reported
	for _, r := range history {
		if r.Indicator == key {
			list = append(list, r)
		}
	}
	return list
}
