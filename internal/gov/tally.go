package gov

import (
	"math"
	"strings"

	"haicap/internal/text"
)

// A VerdictCount counts assessments by verdict. Its parts add up to the whole, always.
type VerdictCount map[Verdict]int

// CountVerdicts counts.
func CountVerdicts(list []Assessment) VerdictCount {
	c := VerdictCount{}
	for _, a := range list {
		c[a.Verdict]++
	}
	return c
}

// Total is the number of assessments, those without a verdict too.
func (c VerdictCount) Total() int {
	n := 0
	for _, v := range c {
		n += v
	}
	return n
}

// Reached is "đạt và vượt" in one number.
func (c VerdictCount) Reached() int { return c[Met] + c[Exceeded] }

// Rest is what "đạt và vượt" leaves over: missed, at risk and not assessed.
func (c VerdictCount) Rest() int { return c.Total() - c.Reached() }

// Unreached lists what "đạt và vượt" leaves over, red first, so that the remainder of a count has names.
func Unreached(list []Assessment) []Assessment {
	var rest []Assessment
	for _, a := range list {
		if !a.Verdict.Reached() {
			rest = append(rest, a)
		}
	}
	RedFirst(rest)
	return rest
}

// A SaidCount is how a document counts its targets: "32 chỉ tiêu: 11 vượt, 17 hoàn thành", "12/14 đạt và vượt". What it does not say is nil.
type SaidCount struct {
	Total    int
	Exceeded *int
	Met      *int
	Reached  *int // đạt và vượt, not told apart
	NotMet   *int
}

// Rest is how many targets the sentence leaves over: neither met nor exceeded nor named as missed. A negative number says that the sentence
// does not add up; false where it says too little.
func (s SaidCount) Rest() (int, bool) {
	reached, ok := s.reached()
	if !ok {
		return 0, false
	}
	rest := s.Total - reached
	if s.NotMet != nil {
		rest -= *s.NotMet
	}
	return rest, true
}

// Missed is how many targets the sentence says or implies to be neither met nor exceeded.
func (s SaidCount) Missed() (int, bool) {
	reached, ok := s.reached()
	return s.Total - reached, ok
}

func (s SaidCount) reached() (int, bool) {
	switch {
	case s.Reached != nil:
		return *s.Reached, true
	case s.Exceeded != nil && s.Met != nil:
		return *s.Exceeded + *s.Met, true
	}
	return 0, false
}

// Against compares what the document counts with what the book holds: more or fewer reached than assessed, and the targets that the book
// has not got reached. False where the sentence says too little.
func (s SaidCount) Against(list []Assessment) (more int, rest []Assessment, ok bool) {
	reached, ok := s.reached()
	return reached - CountVerdicts(list).Reached(), Unreached(list), ok
}

// PlanShare is the share of the plan that a plan ratio says, in per cent: the number itself where the text says "đạt 93 %", 100 more where
// it says "vượt 23,2 %", and x of y as its share. False for a claim that is none.
func PlanShare(kind FigureKind, c Claim) (float64, bool) {
	switch {
	case kind != PlanRatio:
		return 0, false
	case c.Of != nil && *c.Of > 0:
		return c.Value / *c.Of * 100, true
	case !SameDimension(c.Measure, "%"):
		return 0, false
	}
	v, _ := ConvertMeasure(c.Value, c.Measure, "%")
	if saysOver(c) {
		v = lessBy(v, -100)
	}
	return v, true
}

// maxOverWords is how many words may stand between "vượt" and its number: "vượt kế hoạch tỉnh giao 23,2 %".
const maxOverWords = 8

// saysOver reports whether the number of a claim is what goes over the plan: "vượt" stands before it in the clause, and no "đạt" or "bằng", which
// would give the whole share ("đạt và vượt", "vượt kế hoạch, đạt 105 %").
func saysOver(c Claim) bool {
	sentence, quote := text.Norm(c.Source.Sentence), text.Norm(c.Quote)
	at := strings.Index(sentence, quote)
	if at < 0 || quote == "" {
		return false
	}
	words := strings.Fields(sentence[:at])
	for i, n := len(words)-1, 0; i >= 0 && n < maxOverWords; i, n = i-1, n+1 {
		switch w := strings.Trim(words[i], "(“\""); {
		case w == "vượt":
			return true
		case strings.ContainsAny(w, ",;:.)") || w == "đạt" || w == "bằng" || w == "còn" || w == "lên":
			return false
		}
	}
	return false
}

// VerdictOfShare judges by a share of the plan alone, where the amounts are not known: only for what is better the more there is.
func VerdictOfShare(in Indicator, percent float64) (Verdict, bool) {
	switch {
	case in.Better != Up && in.Better != XOfY:
		return NotAssessed, false
	case percent > 100:
		return Exceeded, true
	case percent == 100:
		return Met, true
	}
	return NotMet, true
}

// ImpliedTarget is the target that an amount and its share of the plan imply: 78,2 % are 100,3 % of 78,0 %. It is rounded as the amount is; low and
// high are what the rounding of the two numbers leaves possible.
func ImpliedTarget(actual, percent float64) (value float64, possible Range, ok bool) {
	if percent <= 0 || actual <= 0 {
		return 0, Range{}, false
	}
	halfA, halfP := math.Pow10(-decimals(actual))/2, math.Pow10(-decimals(percent))/2
	low, high := (actual-halfA)/(percent+halfP)*100, (actual+halfA)/math.Max(percent-halfP, math.SmallestNonzeroFloat64)*100
	return roundTo(actual/percent*100, decimals(actual)), Range{&low, &high}, true
}
