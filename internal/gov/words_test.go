package gov_test

import (
	"fmt"
	"strings"
	"testing"

	"haicap/internal/gov"
	"haicap/internal/lang"
)

func TestTheRulesHaveWords(t *testing.T) {
	t.Parallel()
	var keys []string
	for _, v := range gov.Verdicts {
		keys = append(keys, "verdict."+string(v))
	}
	for _, w := range []gov.WhyNot{gov.NoTarget, gov.NoFigure, gov.NotDue, gov.OtherStandard, gov.OtherScope, gov.OpenScope, gov.OtherMeasure, gov.OpenPeriod, gov.NoDirection, gov.OnlyBound, gov.NotWhole} {
		keys = append(keys, "why_not."+string(w))
	}
	for _, w := range []gov.WhyNotAdded{gov.NothingKnown, gov.NotComparable, gov.WeightMissing, gov.MixedMeasures, gov.OnlyPartly, gov.Unapportioned, gov.OriginUnknown} {
		keys = append(keys, "why_not_added."+string(w))
	}
	for _, b := range []gov.Basis{gov.RunRate, gov.Season, gov.Trend, gov.LastValue} {
		keys = append(keys, "forecast."+string(b))
	}
	for _, r := range []gov.HandDownRule{gov.PartsSum, gov.PartsMean, gov.EachAtLeast} {
		keys = append(keys, "hand_down."+string(r))
	}
	for _, d := range gov.Directions {
		keys = append(keys, "web.better."+string(d))
	}
	for _, r := range []gov.AggregationRule{gov.NotAdded, gov.Additive, gov.ByWeight, gov.ByRatio} {
		keys = append(keys, "aggregate."+string(r))
	}
	for _, k := range gov.ReportKinds {
		keys = append(keys, "report_kind."+string(k))
	}
	for _, k := range keys {
		if !lang.Has(k) {
			t.Errorf("the catalogue has no %s", k)
		}
	}
}

func TestFindingsFitTheirSentences(t *testing.T) {
	t.Parallel()
	money := func(v float64, p gov.Period) gov.Reported {
		return gov.Reported{Period: p, Value: v, Measure: "tỷ đồng", Comparator: gov.Equal}
	}
	rate := func(v float64, p gov.Period) gov.Reported {
		return gov.Reported{Period: p, Value: v, Measure: "%", Comparator: gov.Equal}
	}
	last, lastRate, of := money(340, "2024"), rate(0.3, "2024"), 14.0
	many := money(15, "2025")
	many.Of = &of
	part, whole, share := gov.Reported{Value: 7}, gov.Reported{Value: 2940}, 93.0
	var peers []gov.Peer
	for i := range 12 {
		peers = append(peers, gov.Peer{Value: 100 + float64(i%4)})
	}
	revenue, poverty := indicator(t, "budget_revenue"), indicator(t, "poverty_rate")
	var list []gov.Finding
	for _, s := range []gov.Suspect{{Now: money(-1, "2025")}, {Now: many}, {Now: money(3400, "2025"), YearBefore: &last}, {Now: money(1500, "2025"), YearBefore: &last},
		{Now: money(500, "2025"), Peers: peers}, {Now: money(2317.8, "2025"), Share: &share, Target: &gov.Target{Claim: gov.Claim{Value: 2700, Measure: "tỷ đồng"}}}} {
		list = append(list, gov.Plausible(revenue, s)...)
	}
	for _, s := range []gov.Suspect{{Now: rate(101, "2025")}, {Now: rate(1.9, "2025"), Before: &lastRate}, {Now: rate(0.42, "2025"), Part: &part, Whole: &whole}} {
		list = append(list, gov.Plausible(poverty, s)...)
	}
	claim := func(id gov.ID, session gov.ID, v float64) gov.Figure {
		return gov.Figure{ID: id, Session: session, Kind: gov.Result, Claim: gov.Claim{Indicator: "poverty_rate", Period: "2025", Value: v, Comparator: gov.Equal, Measure: "%"}}
	}
	list = append(list, gov.Contradictions([]gov.Figure{claim("a", "s", 1), claim("b", "s", 2), claim("c", "", 3), claim("d", "", 4)}, gov.StartingCatalogue())...)
	gap, _ := gov.StructureGap([]gov.Reported{rate(40, "2025")})
	keys := map[string]bool{}
	for _, f := range append(list, gap) {
		keys[f.Key] = true
		args := make([]any, len(f.Args))
		for i, a := range f.Args {
			args[i] = fmt.Sprint(a)
		}
		for _, l := range []lang.Lang{lang.VI, lang.EN} {
			if s := l.T(f.Key, args...); strings.Contains(s, "%!") || strings.HasPrefix(s, "[") {
				t.Errorf("%s: %s", f.Rule, s)
			}
		}
	}
	for _, k := range lang.Keys("plausible.") {
		if !keys[k] {
			t.Errorf("no rule says %s, or this test does not try it", k)
		}
	}
}
