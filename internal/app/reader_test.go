package app_test

import (
	"slices"
	"testing"

	"haicap/internal/app"
	"haicap/internal/gov"
)

// TestReaderKnowsTheProvincesCatalogue adds an indicator and another word for one that there was: the next reading names them, the review offers and takes
// them, and the dictionary does.
func TestReaderKnowsTheProvincesCatalogue(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	text := "Năm 2025, sản lượng bưởi đặc sản của phường Thanh Miếu đạt 1.250 tấn; nguồn thu cân đối đạt 366,3 tỷ đồng."
	found := func(name string) map[string]string {
		_, review, err := h.FileDocument(h.ctx, h.analyst, app.FileInput{Name: name, Data: []byte(text + " (" + name + ")")})
		if err != nil {
			t.Fatal(err)
		}
		v, err := h.Review(h.ctx, h.analyst, review)
		if err != nil {
			t.Fatal(err)
		}
		keys := map[string]string{}
		for _, c := range v.Cards {
			if c.Figure != nil {
				keys[c.Figure.Text] = c.Figure.Indicator
			}
		}
		return keys
	}
	if before := found("mot.txt"); len(before) != 2 || before["1.250 tấn"] != "" || before["366,3 tỷ đồng"] != "" {
		t.Fatalf("known before: %v", before)
	}
	budget, err := gov.IndicatorByKey("budget_revenue")
	if err != nil {
		t.Fatal(err)
	}
	budget.Aliases = append(slices.Clone(budget.Aliases), "nguồn thu cân đối")
	own := gov.Indicator{Key: "pomelo", NameVI: "Sản lượng bưởi", Measure: "tấn", Better: gov.Up, Aggregate: gov.Aggregation{Rule: gov.Additive}, Flow: true,
		Aliases: []string{"sản lượng bưởi đặc sản"}}
	for _, in := range []gov.Indicator{budget, own} {
		if err := h.SetIndicator(h.ctx, h.analyst, []gov.Indicator{in}, "Quyết định của tỉnh"); err != nil {
			t.Fatal(err)
		}
	}
	if after := found("hai.txt"); after["1.250 tấn"] != "pomelo" || after["366,3 tỷ đồng"] != "budget_revenue" {
		t.Errorf("after: %v", after)
	}
	e, err := h.AddDictionaryEntry(h.ctx, h.analyst, gov.DictionaryEntry{Kind: gov.DictIndicator, Phrase: "bưởi ta", Meaning: "Sản lượng bưởi"})
	if err != nil || e.Meaning != "pomelo" {
		t.Errorf("dictionary: %+v, %v", e, err)
	}
}
