package synth

import (
	"context"
	"math"
	"path/filepath"
	"testing"

	"haicap/internal/blob"
	"haicap/internal/gov"
	"haicap/internal/register"
	"haicap/internal/store"
)

// made runs the maker on a store of its own.
func made(t *testing.T, c Config) (Config, Made) {
	t.Helper()
	ctx := context.Background()
	st, err := store.OpenSQLite(ctx, filepath.Join(t.TempDir(), "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	if err := st.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	blobs, err := blob.Open(filepath.Join(t.TempDir(), "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	units, err := register.Load()
	if err != nil {
		t.Fatal(err)
	}
	c.Store, c.Blobs, c.Units, c.Provinces, c.Years, c.Last = st, blobs, units, []string{"25"}, 10, 2025
	c.Holding = gov.Holding{Realm: 1, Agency: "a"}
	c.Roles = []Role{{"vanthu", "Văn thư", "clerk", "x"}, {"lanhdao", "Lãnh đạo", "leader", "x"}}
	err = st.Update(ctx, func(tx gov.Tx) error { return tx.CreateAgency(ctx, gov.Agency{Realm: 1, ID: "a", Name: "Văn phòng"}) })
	if err != nil {
		t.Fatal(err)
	}
	m, err := Run(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	return c, m
}

func figures(t *testing.T, c Config, q gov.FigureQuery) (list []gov.Figure) {
	t.Helper()
	err := c.Store.View(context.Background(), func(tx gov.Tx) (err error) {
		list, err = tx.Figures(context.Background(), 1, q)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestTwiceInOneStore(t *testing.T) {
	t.Parallel()
	c, m := made(t, Config{Seed: 7, Records: 3000})
	if want := (Made{Agencies: 655, Accounts: 1272, Documents: 60, Figures: 3000, Reports: 175, Targets: 3016}); m != want {
		t.Errorf("made %+v, want %+v", m, want)
	}
	if _, err := Run(context.Background(), c); gov.CodeOf(err) != gov.Conflict {
		t.Errorf("twice in one store: %v", err)
	}
}

func TestOnlyWhatIsWanted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		only []string
		want Made
	}{
		{[]string{Accounts}, Made{Agencies: 655, Accounts: 1272}}, {[]string{Documents}, Made{Documents: 20}}, {[]string{Figures}, Made{Figures: 1000, Reports: 32}},
	} {
		if _, m := made(t, Config{Seed: 1, Records: 1000, Only: c.only}); m != c.want {
			t.Errorf("only %v: %+v, want %+v", c.only, m, c.want)
		}
	}
}

// Each estimate of a report stands in it, at its bytes.
func TestFiguresStandInTheirReports(t *testing.T) {
	t.Parallel()
	c, _ := made(t, Config{Seed: 3, Records: 2000})
	n := 0
	for _, f := range figures(t, c, gov.FigureQuery{All: true}) {
		if f.Source.Document == "" {
			continue
		}
		n++
		var doc gov.Document
		err := c.Store.View(context.Background(), func(tx gov.Tx) (err error) {
			doc, err = tx.Document(context.Background(), 1, f.Source.Document)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		layer, err := c.Blobs.Get(doc.Text)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Source.Span.Of(string(layer)); got != f.Quote {
			t.Fatalf("%q stands where %q should", got, f.Quote)
		}
	}
	if n < 400 {
		t.Errorf("%d figures stand in reports", n)
	}
}

// Estimates are revised, some values are missing, and some finals are contradicted.
func TestTheBookIsAsBooksAre(t *testing.T) {
	t.Parallel()
	c, _ := made(t, Config{Seed: 5, Records: 50000, Only: []string{Figures}})
	var revised, quarters int
	all := figures(t, c, gov.FigureQuery{All: true})
	for _, f := range all {
		if f.SupersededBy != "" {
			revised++
		}
		if f.Period.WithinYear() {
			quarters++
		}
	}
	conflicts := 0
	for _, g := range gov.GroupClaims(all, gov.StartingCatalogue()) {
		if g.Conflict {
			conflicts++
		}
	}
	if revised < len(all)/8 || quarters < len(all)/8 || conflicts == 0 || conflicts > len(all)/100 {
		t.Errorf("of %d figures %d are revised, %d of quarters; %d conflicts", len(all), revised, quarters, conflicts)
	}
}

// Both truths of a merger: what the new unit had is the sum, or the mean by people, of what its parts had.
func TestMergersAddUp(t *testing.T) {
	t.Parallel()
	units, err := register.Load()
	if err != nil {
		t.Fatal(err)
	}
	m := &maker{Config: Config{Units: units, Provinces: []string{"25"}, Seed: 1}}
	nodes, provinces, err := m.nodes()
	if err != nil {
		t.Fatal(err)
	}
	// The former units that each present one is made of, through those that were merged twice.
	next, parts := map[gov.UnitKey]gov.UnitKey{}, map[gov.UnitKey][]node{}
	for _, n := range nodes {
		next[n.unit.UnitKey] = n.next
	}
	former := 0
	for _, n := range nodes {
		if n.unit.Current() || !n.unit.On("2024-12-31") {
			continue
		}
		former++
		to := n.next
		for next[to].Code != "" {
			to = next[to]
		}
		parts[to] = append(parts[to], n)
	}
	for _, n := range nodes {
		if len(parts[n.unit.UnitKey]) == 0 || n.unit.On("2024-12-31") {
			continue
		}
		for _, s := range specs {
			if s.of != "" {
				continue // it is made of its rate
			}
			var sum, all float64
			for _, p := range parts[n.unit.UnitKey] {
				v, people := s.value(p, 2024), specOf("population").value(p, 2024)
				if s.rate {
					v *= people
				}
				sum, all = sum+v, all+people
			}
			if s.rate {
				sum /= all
			}
			if got := s.value(n, 2024); math.Abs(got-sum) > 1e-6*math.Abs(sum) {
				t.Fatalf("%s of %s: %v, its parts make %v", s.key, n.unit.Full(), got, sum)
			}
		}
	}
	if twice := parts[gov.UnitKey{Code: "07909", From: "2025-07-01"}]; former < 400 || len(twice) != 6 {
		t.Errorf("%d former units; Thanh Miếu is made of %d", former, len(twice))
	}
	var of [2]float64
	for _, p := range provinces {
		i := 0
		if !p.unit.Current() {
			i = 1
		}
		of[i] += specOf("population").value(p, 2024)
	}
	if len(provinces) != 4 || math.Abs(of[0]/of[1]-1) > 0.02 {
		t.Errorf("%d provinces; %v people today, %v before", len(provinces), of[0], of[1])
	}
}

func TestSpecsAreInTheCatalogue(t *testing.T) {
	t.Parallel()
	for _, s := range specs {
		in, err := gov.IndicatorByKey(s.key)
		if err != nil {
			t.Error(err)
		}
		total := s.seasons[0] + s.seasons[1] + s.seasons[2] + s.seasons[3]
		if in.Flow != (total > 0) || total > 0 && math.Abs(total-1) > 1e-9 {
			t.Errorf("%s: flow %v, seasons %v", s.key, in.Flow, s.seasons)
		}
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{"1.234,5": number(1234.5, 1), "0,21": number(0.21, 2), "1.000.000": number(1e6, 0), "366,0": number(366, 1)} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
