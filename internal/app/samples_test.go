package app_test

import (
	"slices"
	"strings"
	"testing"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/samples"
)

// TestLoopOnOwnSamples runs the loop on the documents that the program carries, as the demo does.
func TestLoopOnOwnSamples(t *testing.T) {
	h := begin(t, "25")
	sessions := map[string]gov.ID{}
	for _, s := range samples.All() {
		_, review := h.file(t, s.Name, string(s.Data))
		v, err := h.Review(h.ctx, h.analyst, review)
		if err != nil {
			t.Fatal(err)
		}
		if len(v.Candidates) > 0 { // the notice of a session that the books hold
			in := app.HeadInput{Kind: v.Review.Session.Kind, Title: v.Review.Session.Title, Day: v.Review.Session.Day, Version: v.Review.Version,
				Join: v.Candidates[0].Session.ID}
			for _, u := range v.Review.Session.Units {
				in.Units = append(in.Units, u.Code)
			}
			if err := h.SettleHead(h.ctx, h.analyst, review, in); err != nil {
				t.Fatal(err)
			}
		}
		sessions[s.Name[:2]] = h.confirm(t, review)
	}
	if sessions["03"] != sessions["04"] {
		t.Error("the notice did not join the session that it concludes")
	}
	g := group(t, h, "07909", "budget_revenue")
	if got := quotes(g, "2025"); !slices.Equal(got, []string{"410,6 tỷ đồng", "366,3 tỷ đồng"}) || !g.Conflict {
		t.Errorf("revenue: %v, conflict %v", got, g.Conflict)
	}
	if g := group(t, h, "07909", "social_investment"); !g.ScopeOpen || g.Conflict {
		t.Errorf("investment: scope open %v, conflict %v", g.ScopeOpen, g.Conflict)
	}
	five, err := h.Session(h.ctx, h.analyst, sessions["02"])
	if err != nil {
		t.Fatal(err)
	}
	if len(five.Units) != 5 || !slices.ContainsFunc(five.Matters[gov.Directive], func(m app.MatterLine) bool { return len(m.Units) == 5 }) {
		t.Errorf("the session of five units has %d, its directives %+v", len(five.Units), five.Matters[gov.Directive])
	}
	var fromNotice int
	for _, m := range matters(t, h, gov.Task) {
		if strings.HasSuffix(m.AssignedBy, "TB/VPTU") && m.State == gov.StateOpen {
			fromNotice++
		}
	}
	if fromNotice < 3 {
		t.Errorf("%d tasks are assigned by the notice", fromNotice)
	}
	b, err := h.Brief(h.ctx, h.analyst, "07909")
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Recommendations) == 0 || len(b.Tasks) == 0 || len(b.Figures) == 0 || len(b.Origins) != 5 {
		t.Errorf("the brief: %d recommendations, %d tasks, %d figures, %d origins", len(b.Recommendations), len(b.Tasks), len(b.Figures), len(b.Origins))
	}
	found, err := h.Search(h.ctx, h.analyst, "bien che")
	if err != nil || len(found.Hits) == 0 {
		t.Errorf("search finds %d, %v", len(found.Hits), err)
	}
}
