package app_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/text"
)

// realDocuments are the five documents of the loop's first test, in the order in which an office would get them.
func realDocuments(t *testing.T) map[string]string {
	t.Helper()
	root := os.Getenv("HAICAP_SAMPLES")
	if root == "" {
		t.Skip("skipped: HAICAP_SAMPLES names no folder of sample documents")
	}
	docs := map[string]string{}
	for _, n := range []string{"000", "001", "002", "003", "004"} {
		found, _ := filepath.Glob(filepath.Join(root, "dev", n+"_*.txt"))
		if len(found) != 1 {
			t.Fatalf("%d documents %s in %s", len(found), n, root)
		}
		data, err := os.ReadFile(found[0])
		if err != nil {
			t.Fatal(err)
		}
		docs[n] = string(data)
	}
	return docs
}

func TestLoopOnRealDocuments(t *testing.T) {
	docs := realDocuments(t)
	h := begin(t, "25")
	sessions := map[string]gov.ID{}
	for _, n := range []string{"002", "001", "000", "003", "004"} {
		_, review := h.file(t, n+".txt", docs[n])
		sessions[n] = h.confirm(t, review)
	}

	t.Run("two claims on the revenue of 2025 conflict", func(t *testing.T) {
		g := group(t, h, "07909", "budget_revenue")
		if got := quotes(g, "2025"); !slices.Equal(got, []string{"410,6 tỷ đồng", "366,3 tỷ đồng"}) || !g.Conflict {
			t.Errorf("claims %v, conflict %v", got, g.Conflict)
		}
		for _, c := range g.Claims {
			for _, f := range c.Figures {
				if f.Source.Sentence == "" || !f.From.Open {
					t.Errorf("%s has no sentence to open", f.Quote)
				}
			}
		}
	})
	t.Run("investment of a year or of a term is a question and no series", func(t *testing.T) {
		g := group(t, h, "07909", "social_investment")
		all := quotes(g, "")
		if !slices.Contains(all, "15.219 tỷ đồng") || !slices.Contains(all, "4.496 tỷ đồng") || !g.ScopeOpen || g.Conflict {
			t.Errorf("claims %v, scope open %v, conflict %v", all, g.ScopeOpen, g.Conflict)
		}
	})
	t.Run("one label with two values is doubted", func(t *testing.T) {
		v, err := h.Unit(h.ctx, h.analyst, "07909", "")
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(v.Checks, func(c app.CheckLine) bool {
			return strings.Contains(c.Quote, "0,35%") && strings.Contains(c.Quote, "0.27%")
		}) {
			t.Errorf("doubts: %+v", v.Checks)
		}
	})
	t.Run("12/14 is a ratio", func(t *testing.T) {
		s, err := h.Session(h.ctx, h.analyst, sessions["003"])
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(s.Figures, func(f app.FigureLine) bool {
			return f.Quote == "12/14 chỉ tiêu" && f.Value == 12 && f.Of != nil && *f.Of == 14 && f.Kind == gov.PlanRatio
		}) {
			t.Errorf("figures of 003: %+v", s.Figures)
		}
	})
	t.Run("a directive for five units stands on five pages and counts once", func(t *testing.T) {
		const words = "các xã, phường phối hợp với các sở, ngành liên quan rà soát lại tài sản công"
		five := map[gov.ID]int{}
		for _, code := range []string{"04795", "04828", "04792", "04894", "04897"} {
			v, err := h.Unit(h.ctx, h.analyst, code, "")
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range v.Matters[gov.Directive] {
				if text.Norm(m.Text) == text.Norm(words) {
					five[m.ID]++
				}
			}
		}
		if len(five) != 1 {
			t.Fatalf("directives on the pages of the five units: %v", five)
		}
		for id, n := range five {
			if n != 5 {
				t.Errorf("it stands on %d pages", n)
			}
			q := gov.MatterQuery{Kinds: []gov.MatterKind{gov.Directive}, Session: sessions["001"]}
			list, err := h.Matters(h.ctx, h.analyst, q, false)
			if err != nil {
				t.Fatal(err)
			}
			count := 0
			for _, m := range list.Lines {
				if m.ID == id {
					count++
				}
			}
			if count != 1 {
				t.Errorf("it is counted %d times", count)
			}
		}
	})
	t.Run("the brief holds what is open", func(t *testing.T) {
		b, err := h.Brief(h.ctx, h.analyst, "07909")
		if err != nil {
			t.Fatal(err)
		}
		if len(b.Origins) != 5 || len(b.Recommendations) == 0 || len(b.Figures) == 0 || !b.Figures[0].Conflict && !b.Figures[0].ScopeOpen {
			t.Errorf("origins %d, recommendations %d, figures %+v", len(b.Origins), len(b.Recommendations), b.Figures)
		}
	})
	t.Run("no person's name is in the books", func(t *testing.T) {
		s, err := h.Session(h.ctx, h.analyst, sessions["000"])
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range s.Matters[gov.Directive] {
			if strings.Contains(m.By, "Bùi Văn Quang") || m.By == "" {
				t.Errorf("directive by %q", m.By)
			}
		}
	})
	if r, err := h.VerifyAudit(h.ctx, h.admin, nil); err != nil || r.Fault != "" || r.Head.Size < 10 {
		t.Errorf("audit: %+v, %v", r, err)
	}
}

func group(t *testing.T, h house, code, indicator string) app.IndicatorGroup {
	t.Helper()
	v, err := h.Unit(h.ctx, h.analyst, code, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range v.Figures {
		if g.Key == indicator {
			return g
		}
	}
	t.Fatalf("%s has no %s", code, indicator)
	return app.IndicatorGroup{}
}

// quotes are the words of a group's claims in a period (empty: in all).
func quotes(g app.IndicatorGroup, period gov.Period) []string {
	var list []string
	for _, c := range g.Claims {
		for _, f := range c.Figures {
			if period == "" || c.Period == period {
				list = append(list, f.Quote)
			}
		}
	}
	return list
}
