package gov

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestStartingCatalogue(t *testing.T) {
	t.Parallel()
	list := Indicators()
	if len(list) < 70 {
		t.Errorf("%d indicators", len(list))
	}
	measured := map[Direction]bool{}
	for _, in := range list {
		measured[in.Better] = true
		if in.Better == Structure && len(in.Breakdowns) == 0 || in.NameEN == "" || len(in.Periods) == 0 {
			t.Errorf("%s is not whole: %+v", in.Key, in)
		}
		for _, need := range in.Aggregate.Needs() {
			if of, err := IndicatorByKey(need); err != nil || of.Aggregate.Rule != Additive {
				t.Errorf("%s needs %s, which does not add up", in.Key, need)
			}
		}
	}
	for _, d := range []Direction{Up, Down, Exactly, YesNo, XOfY, Structure, Neither} {
		if !measured[d] {
			t.Errorf("no indicator is %s", d)
		}
	}
	if in := indicatorOf(t, "economic_structure/services"); in.Key != "economic_structure" {
		t.Errorf("a part is of its whole: %+v", in)
	}
	if _, err := IndicatorByKey("no_such"); !IsNotFound(err) {
		t.Errorf("%v", err)
	}
}

func TestCatalogueAsTable(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := FormatIndicators(&out, Indicators()); err != nil {
		t.Fatal(err)
	}
	if out.String() != indicatorsCSV {
		t.Error("the embedded table is not what is written: format it anew")
	}
	back, bad, err := ParseIndicators(&out)
	if err != nil || len(bad) > 0 || !reflect.DeepEqual(back, Indicators()) {
		t.Errorf("%v %v", bad, err)
	}
	low, high := 103.0, 107.5
	one := []Indicator{{Key: "sex_ratio", NameVI: "Tỷ số giới tính khi sinh", NameEN: "Sex ratio at birth", Measure: "bé trai/100 bé gái", Better: InBand,
		Aggregate: Aggregation{Rule: NotAdded}, Periods: []ReportKind{YearReport}, Band: Range{&low, &high}, Code: "0203", From: "2025-07-01", To: "2027-12-31",
		Standards: []Standard{{To: "2026-12-31", Law: "a/b c"}, {From: "2027-01-01", Law: "d"}}, Breakdowns: []Breakdown{{"area", []string{"urban", "rural"}}}, Aliases: []string{"x, y", "z"}}}
	again, wrong := ParseIndicatorRows(IndicatorRows(one))
	if len(wrong) > 0 || !reflect.DeepEqual(again, one) {
		t.Errorf("%v\n%+v\n%+v", wrong, again, one)
	}
}

func TestVersionsOfAnIndicator(t *testing.T) {
	t.Parallel()
	c := NewCatalogue([]Indicator{{Key: "a", Measure: "%", To: "2026-12-31"}, {Key: "b"}, {Key: "a", Measure: "‰", From: "2027-01-01"}})
	for day, want := range map[Day]string{"2026-12-31": "%", "2027-01-01": "‰", "": "‰"} {
		if in, err := c.At("a", day); err != nil || in.Measure != want {
			t.Errorf("%q: %+v %v", day, in, err)
		}
	}
	if got := c.On("2025-01-01"); len(got) != 2 || got[0].Measure != "%" || len(c.Versions("a")) != 2 {
		t.Errorf("%+v", got)
	}
	ended := NewCatalogue([]Indicator{{Key: "a", To: "2026-12-31"}})
	if _, err := ended.At("a", ""); !IsNotFound(err) || len(ended.On("")) != 0 {
		t.Error("an indicator that ended is in force")
	}
}

func TestRowErrors(t *testing.T) {
	t.Parallel()
	head := strings.Join(IndicatorColumns, ",")
	good := "a_b,A,,%,up,sum,,,,,,,,,,,,"
	edit := func(column, value string) string {
		f := strings.Split(good, ",")
		f[slices.Index(IndicatorColumns, column)] = value
		return head + "\n" + strings.Join(f, ",") + "\n"
	}
	if list, bad, err := ParseIndicators(strings.NewReader(head + "\n" + good + "\n\n,,,,,,,,,,,,,,,,,\n")); err != nil || len(bad) > 0 || len(list) != 1 || list[0].NameEN != "A" {
		t.Fatalf("%+v %v %v", list, bad, err)
	}
	for _, c := range []struct{ column, value, key string }{
		{"key", "A b", "error.indicator_key"}, {"name_vi", "", "error.indicator_empty"}, {"measure", "", "error.indicator_empty"},
		{"better", "more", "error.indicator_choice"}, {"aggregate", "mean", "error.indicator_choice"}, {"aggregate", "sum:x", "error.indicator_choice"},
		{"aggregate", "ratio:aa", "error.indicator_choice"}, {"aggregate", "mean_by:no_such", "error.indicator_needs"}, {"flow", "yes", "error.indicator_choice"},
		{"periods", "week", "error.indicator_choice"}, {"low", "1.5x", "error.indicator_number"}, {"high", "Inf", "error.indicator_number"}, {"better", "band", "error.indicator_band"},
		{"better", "structure", "error.indicator_structure"}, {"breakdowns", "sex:male", "error.indicator_breakdown"}, {"standards", "2027 x", "error.indicator_standard"},
		{"standards", "2027-01-01..2026-01-01 x", "error.indicator_day"}, {"standards", "..2027-01-01 x|2026-01-01.. y", "error.indicator_standard"}, {"valid_from", "1/1/2027", "error.indicator_day"},
	} {
		list, bad, err := ParseIndicators(strings.NewReader(edit(c.column, c.value)))
		if err != nil || len(list) != 0 || !slices.ContainsFunc(bad, func(e RowError) bool { return e.Row == 2 && e.Err.Key == c.key }) {
			t.Errorf("%s %q: %v %v", c.column, c.value, bad, err)
		}
	}
	for table, key := range map[string]string{
		head + "\n" + good + "\n" + good:                               "error.indicator_twice",
		"key,name_vi,name_en,measure,better\n":                         "error.indicator_column_missing",
		head + ",colour\n":                                             "error.indicator_column",
		head + "\n" + good + "\na_b,A,,%,up,sum,,,,,,,,,,2027-01-01,,": "error.indicator_overlap",
		"": "error.indicator_table",
	} {
		_, bad, err := ParseIndicators(strings.NewReader(table))
		if err != nil || !slices.ContainsFunc(bad, func(e RowError) bool { return e.Err.Key == key }) {
			t.Errorf("%q: %v %v", table, bad, err)
		}
	}
	if _, _, err := ParseIndicators(strings.NewReader("a,\"b\nc")); err == nil {
		t.Error("what is no table is read")
	}
	bounds := strings.Replace(edit("low", "5"), "5,,", "5,3,", 1)
	if _, bad, _ := ParseIndicators(strings.NewReader(bounds)); len(bad) != 1 || bad[0].Column != "high" {
		t.Errorf("%v", bad)
	}
}

func FuzzParseIndicators(f *testing.F) {
	f.Add(indicatorsCSV[:2000])
	f.Add(strings.Join(IndicatorColumns, ",") + "\na_b,A,,%,up,sum,,,,,,,,,,,,\n")
	f.Fuzz(func(t *testing.T, table string) {
		list, bad, err := ParseIndicators(strings.NewReader(table))
		if err != nil || len(bad) > 0 {
			return
		}
		again, wrong := ParseIndicatorRows(IndicatorRows(list))
		if len(wrong) > 0 || !reflect.DeepEqual(again, list) {
			t.Fatalf("%v\n%+v\n%+v", wrong, list, again)
		}
	})
}
