package gov

import "testing"

func TestPairDrafts(t *testing.T) {
	t.Parallel()
	item := func(id ID, kind DraftKind, words string) Draft {
		return Draft{ID: id, Kind: kind, State: DraftAccepted, Item: &ItemDraft{Text: words}}
	}
	matters := []Matter{
		{ID: "m1", Kind: Recommendation, Text: "bổ sung biên chế cho lĩnh vực tài chính, đất đai"},
		{ID: "m2", Kind: Directive, Text: "UBND phường rà soát tài sản công trên địa bàn"},
	}
	figures := []Figure{{ID: "f1", Kind: Estimate, Claim: Claim{Indicator: "budget_revenue", Period: "2025", Scope: Annual, Value: 366.3, Measure: "tỷ đồng", Comparator: Equal}}}
	revenue := func(id ID, v float64) Draft {
		return Draft{ID: id, Kind: DraftFigure, State: DraftAccepted, Figure: &FigureDraft{Kind: Result, Indicator: "budget_revenue", Period: "2025", Scope: Annual, Value: v, Measure: "tỷ đồng", Comparator: Equal}}
	}
	pairs := PairDrafts([]Draft{
		item("same", DraftRecommendation, "Bổ sung biên chế cho lĩnh vực tài chính, đất đai"),
		item("changed", DraftDirective, "UBND phường rà soát tài sản công trên địa bàn, báo cáo trước ngày 30/6"),
		item("new", DraftDirective, "Sở Tài chính hướng dẫn lập dự toán"),
		item("other kind", DraftCommitment, "bổ sung biên chế cho lĩnh vực tài chính, đất đai"),
		revenue("figure changed", 370),
		{ID: "rejected", Kind: DraftRecommendation, State: DraftRejected, Item: &ItemDraft{Text: matters[0].Text}},
	}, func(FigureDraft) UnitKey { return UnitKey{} }, figures, nil, matters)
	want := map[ID]Pair{"same": {"m1", "matter", true}, "changed": {"m2", "matter", false}, "figure changed": {"f1", "figure", false}}
	if len(pairs) != len(want) {
		t.Errorf("pairs %v", pairs)
	}
	for id, p := range want {
		if pairs[id] != p {
			t.Errorf("%s pairs with %+v, want %+v", id, pairs[id], p)
		}
	}
}
