package gov_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"haicap/internal/gov"
	"haicap/internal/register"

	"pgregory.net/rapid"
)

func key(code string, from gov.Day) gov.UnitKey { return gov.UnitKey{Code: code, From: from} }

func indicator(t testing.TB, k string) gov.Indicator {
	t.Helper()
	in, err := gov.IndicatorByKey(k)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// figures is a book: what units reported, by period and indicator.
type figures map[gov.Period]map[string]map[gov.UnitKey]float64

func (f figures) put(p gov.Period, k string, u gov.UnitKey, v float64) {
	if f[p] == nil {
		f[p] = map[string]map[gov.UnitKey]float64{}
	}
	if f[p][k] == nil {
		f[p][k] = map[gov.UnitKey]float64{}
	}
	f[p][k][u] = v
}

func (f figures) in(p gov.Period) gov.Amounts {
	return func(k string, u gov.UnitKey) (gov.Amount, bool) {
		v, ok := f[p][k][u]
		in, _ := gov.IndicatorByKey(k)
		return gov.Amount{Value: v, Measure: in.Measure}, ok
	}
}

var (
	tienCat   = key("07903", "")
	thoSon    = key("07906", "")
	thanhMieu = key("07909", "")
	bachHac   = key("07912", "")
	benGot    = key("07915", "")
	songLo    = key("07936", "")
	ward      = key("07909", "2025-07-01")
	oldUnits  = []gov.UnitKey{tienCat, thoSon, thanhMieu, bachHac, benGot, songLo}
	years     = []gov.Period{"2021", "2022", "2023", "2024", "2025"}
)

// invented figures of the six units until 2024; of 2025 the ward's own.
func invented() figures {
	f := figures{}
	for i, p := range years[:4] {
		for j, u := range oldUnits {
			f.put(p, "budget_revenue", u, float64(100*i+10*j)/8)
			f.put(p, "poor_households", u, float64(10+j-i))
			f.put(p, "households", u, float64(1000+100*j+10*i))
			f.put(p, "income_per_capita", u, float64(50+5*i+j))
			f.put(p, "population", u, float64(4000+300*j))
			f.put(p, "cultural_families_rate", u, float64(90+j))
		}
	}
	f.put("2025", "budget_revenue", ward, 366.3)
	f.put("2025", "cultural_families_rate", ward, 93.5)
	return f
}

func embedded(t testing.TB) *register.Register {
	t.Helper()
	r, err := register.Load()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestThanhMieuRestated(t *testing.T) {
	t.Parallel()
	f := invented()
	before := fmt.Sprint(f)
	r := gov.NewRestater(embedded(t), "2026-01-01", nil)
	for _, p := range years[:4] {
		revenue, poor, households, income, people := 0.0, 0.0, 0.0, 0.0, 0.0
		for _, u := range oldUnits {
			revenue += f[p]["budget_revenue"][u]
			poor += f[p]["poor_households"][u]
			households += f[p]["households"][u]
			income += f[p]["income_per_capita"][u] * f[p]["population"][u]
			people += f[p]["population"][u]
		}
		for k, want := range map[string]float64{"budget_revenue": revenue, "poor_households": poor, "poverty_rate": poor / households * 100, "income_per_capita": income / people} {
			got := r.Restate(indicator(t, k), ward, p, f.in(p))
			if got.WhyNot != "" || math.Abs(got.Value-want) > 1e-9 || got.Known != 6 || got.Units != 6 || got.Same || len(got.From) != 6 {
				t.Errorf("%s %s: %+v, want %v of six units", k, p, got, want)
			}
		}
		if got := r.Restate(indicator(t, "cultural_families_rate"), ward, p, f.in(p)); got.WhyNot != gov.NotComparable || got.Value != 0 {
			t.Errorf("cultural families %s: %+v", p, got)
		}
	}
	series := r.Series(indicator(t, "budget_revenue"), ward, years, f.in)
	if last := series[4]; !last.Same || last.Value != 366.3 || !last.Within || series[0].Same {
		t.Errorf("2025 is the ward's own: %+v", last)
	}
	if got := r.Restate(indicator(t, "cultural_families_rate"), ward, "2025", f.in("2025")); got.Value != 93.5 || got.WhyNot != "" {
		t.Errorf("the ward's own figure needs no rule: %+v", got)
	}
	if fmt.Sprint(f) != before {
		t.Error("restating changed what was reported")
	}
}

func TestThanhMieuTwoSteps(t *testing.T) {
	t.Parallel()
	f := invented()
	// Between the two steps: Bến Gót is part of Thọ Sơn, the ward is not yet formed.
	r := gov.NewRestater(embedded(t), "2025-03-01", nil)
	got := r.Restate(indicator(t, "budget_revenue"), thoSon, "2024", f.in("2024"))
	if want := f["2024"]["budget_revenue"][thoSon] + f["2024"]["budget_revenue"][benGot]; got.WhyNot != "" || got.Value != want || got.Units != 2 {
		t.Errorf("%+v, want %v", got, want)
	}
	// The first quarter of 2025 has five units.
	f.put("2025-Q1", "budget_revenue", thoSon, 4)
	for _, u := range []gov.UnitKey{tienCat, thanhMieu, bachHac, songLo} {
		f.put("2025-Q1", "budget_revenue", u, 1)
	}
	now := gov.NewRestater(embedded(t), "", nil)
	if got := now.Restate(indicator(t, "budget_revenue"), ward, "2025-Q1", f.in("2025-Q1")); got.Value != 8 || got.Units != 5 || got.WhyNot != "" {
		t.Errorf("five units: %+v", got)
	}
	// A unit without a figure leaves no sum that looks whole.
	delete(f["2024"]["budget_revenue"], benGot)
	if got := now.Restate(indicator(t, "budget_revenue"), ward, "2024", f.in("2024")); got.WhyNot != gov.OnlyPartly || got.Value != 0 || !slices.Equal(got.Missing, []gov.UnitKey{benGot}) || got.Known != 5 {
		t.Errorf("Bến Gót is missing: %+v", got)
	}
	// Backwards: nobody said which part of the ward's revenue is Tiên Cát's.
	back := gov.NewRestater(embedded(t), "2024-12-31", nil)
	if got := back.Restate(indicator(t, "budget_revenue"), tienCat, "2025", f.in("2025")); got.WhyNot != gov.Unapportioned {
		t.Errorf("a merged unit cannot be taken apart: %+v", got)
	}
	back = gov.NewRestater(embedded(t), "2024-12-31", []gov.Apportionment{{Old: ward, New: tienCat, Day: "2025-07-01", Share: 0.5, Source: "Báo cáo rà soát"}})
	if got := back.Restate(indicator(t, "budget_revenue"), tienCat, "2025", f.in("2025")); math.Abs(got.Value-183.15) > 1e-9 || got.From[0].Sources[0] != "Báo cáo rà soát" {
		t.Errorf("with an apportionment: %+v", got)
	}
}

// smallRegister is Thanh Miếu alone, with or without the event of 1 July 2025.
func smallRegister(merged bool) *register.Register {
	c := register.Contents{}
	for _, u := range oldUnits {
		v := gov.UnitVersion{UnitKey: u, Name: "Phường " + u.Code, Type: gov.Ward}
		if u == benGot {
			v.To = "2025-01-01"
		} else if merged {
			v.To = "2025-07-01"
			c.Successions = append(c.Successions, gov.Succession{Old: u, New: ward, Day: "2025-07-01", Extent: gov.Whole})
		}
		c.Units = append(c.Units, v)
	}
	c.Successions = append(c.Successions, gov.Succession{Old: benGot, New: thoSon, Day: "2025-01-01", Extent: gov.Whole})
	if merged {
		c.Units = append(c.Units, gov.UnitVersion{UnitKey: ward, Name: "Thanh Miếu", Type: gov.Ward})
	}
	return register.New(c)
}

func TestUndoingAMergerRestoresTheFormerState(t *testing.T) {
	t.Parallel()
	f, in := invented(), indicator(t, "budget_revenue")
	state := func(merged bool) string {
		r, s := gov.NewRestater(smallRegister(merged), "2025-06-30", nil), ""
		for _, u := range oldUnits[:4] {
			s += fmt.Sprintln(r.Series(in, u, years[:4], f.in))
		}
		return s
	}
	if before, after := state(false), state(true); before != after || len(before) < 200 {
		t.Errorf("the units of 30/6/2025 until 2024 do not depend on what came later:\n%s\n%s", before, after)
	}
	former := fmt.Sprintln(gov.NewRestater(smallRegister(false), "2026-01-01", nil).Series(in, thoSon, years[:4], f.in))
	_ = gov.NewRestater(smallRegister(true), "2026-01-01", nil).Series(in, ward, years, f.in) // the merger, and then its undoing
	if again := fmt.Sprintln(gov.NewRestater(smallRegister(false), "2026-01-01", nil).Series(in, thoSon, years[:4], f.in)); again != former {
		t.Errorf("%s\n%s", former, again)
	}
	if got := gov.NewRestater(smallRegister(false), "2026-01-01", nil).Restate(in, thoSon, "2024", f.in("2024")); got.Units != 2 || got.WhyNot != "" {
		t.Errorf("without the event Thọ Sơn stands, with Bến Gót: %+v", got)
	}
}

func TestPartialTransfersNeedAnApportionment(t *testing.T) {
	t.Parallel()
	r := embedded(t)
	thongNhat := key("04828", "2025-07-01")
	var vayNua gov.UnitKey
	f := figures{}
	for i, s := range r.Origins(thongNhat) {
		f.put("2024", "population", s.Old, float64(1000*(i+1)))
		if s.Extent != gov.Whole {
			vayNua = s.Old
		}
	}
	if vayNua.Zero() {
		t.Fatal("the register knows no partial transfer to Thống Nhất")
	}
	in := indicator(t, "population")
	got := gov.NewRestater(r, "", nil).Restate(in, thongNhat, "2024", f.in("2024"))
	if got.WhyNot == "" || got.Value != 0 || !slices.Contains(got.Missing, vayNua) {
		t.Errorf("%+v", got)
	}
	small := splitRegister()
	a, b, c := key("1", ""), key("2", "2025-01-01"), key("3", "")
	f = figures{}
	f.put("2024", "population", a, 1000)
	f.put("2024", "population", c, 500)
	none := gov.NewRestater(small, "", nil)
	for _, u := range []gov.UnitKey{a, b, c} {
		if got := none.Restate(in, u, "2024", f.in("2024")); got.WhyNot != gov.Unapportioned {
			t.Errorf("%v: %+v", u, got)
		}
	}
	shares := []gov.Apportionment{{Old: a, New: a, Day: "2025-01-01", Share: 0.6, Source: "s"}, {Old: a, New: b, Day: "2025-01-01", Share: 0.3, Source: "s"},
		{Old: a, New: c, Day: "2025-01-01", Share: 0.1, Source: "s"}, {Old: a, New: c, Day: "2025-01-01", Indicator: "households", Share: 0.2, Source: "s"}}
	if err := gov.CheckApportionments(shares); err != nil {
		t.Fatal(err)
	}
	with := gov.NewRestater(small, "", shares)
	for u, want := range map[gov.UnitKey]float64{a: 600, b: 300, c: 600} {
		if got := with.Restate(in, u, "2024", f.in("2024")); got.WhyNot != "" || math.Abs(got.Value-want) > 1e-9 {
			t.Errorf("%v: %+v, want %v", u, got, want)
		}
	}
	f.put("2024", "households", a, 100)
	f.put("2024", "households", c, 50)
	if got := with.Restate(indicator(t, "households"), c, "2024", f.in("2024")); math.Abs(got.Value-70) > 1e-9 {
		t.Errorf("an indicator's own share goes first: %+v", got)
	}
	for _, bad := range [][]gov.Apportionment{{{Old: a, New: b, Share: 0.5}}, {{Old: a, New: b, Share: 1.5, Source: "s"}}, {shares[0], shares[0]},
		{{Old: a, New: b, Share: 0.6, Source: "s"}, {Old: a, New: c, Share: 0.6, Source: "s"}}, {{Old: a, New: b, Share: math.NaN(), Source: "s"}}} {
		if err := gov.CheckApportionments(bad); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}

// splitRegister: on 1/1/2025 unit 1 gives a part to the new unit 2 and a part to unit 3, and goes on.
func splitRegister() *register.Register {
	return register.New(register.Contents{
		Units: []gov.UnitVersion{{UnitKey: key("1", "")}, {UnitKey: key("2", "2025-01-01")}, {UnitKey: key("3", "")}},
		Successions: []gov.Succession{{Old: key("1", ""), New: key("2", "2025-01-01"), Day: "2025-01-01", Extent: gov.Part},
			{Old: key("1", ""), New: key("3", ""), Day: "2025-01-01", Extent: gov.Part}},
	})
}

// A world is a random history: units that merge, split and give parts away, with the apportionments that a province would enter.
type world struct {
	c         register.Contents
	alive     []gov.UnitKey
	apportion []gov.Apportionment
	n         int
}

func (w *world) unit(from gov.Day) gov.UnitKey {
	w.n++
	k := key(fmt.Sprintf("%05d", w.n), from)
	w.c.Units = append(w.c.Units, gov.UnitVersion{UnitKey: k, Name: "U"})
	w.alive = append(w.alive, k)
	return k
}

func (w *world) end(k gov.UnitKey, day gov.Day) {
	for i := range w.c.Units {
		if w.c.Units[i].UnitKey == k {
			w.c.Units[i].To = day
		}
	}
	w.alive = slices.DeleteFunc(w.alive, func(o gov.UnitKey) bool { return o == k })
}

func (w *world) link(old, to gov.UnitKey, day gov.Day, e gov.Extent) {
	w.c.Successions = append(w.c.Successions, gov.Succession{Old: old, New: to, Day: day, Extent: e})
}

func (w *world) share(old, to gov.UnitKey, day gov.Day, share float64) {
	w.apportion = append(w.apportion, gov.Apportionment{Old: old, New: to, Day: day, Share: share, Source: "s"})
}

// event lets one thing happen; shares are tenths, so that they add up.
func (w *world) event(t *rapid.T, day gov.Day) {
	pick := func(label string) gov.UnitKey { return rapid.SampledFrom(w.alive).Draw(t, label) }
	kind := rapid.IntRange(0, 3).Draw(t, "kind")
	switch a, b := pick("a"), pick("b"); {
	case kind == 0 && a != b: // both become a new one
		w.end(a, day)
		w.end(b, day)
		n := w.unit(day)
		w.link(a, n, day, gov.Whole)
		w.link(b, n, day, gov.Whole)
		w.share(n, a, day, 0.3)
		w.share(n, b, day, 0.7)
	case kind == 1 && a != b: // one joins the other
		w.end(a, day)
		w.link(a, b, day, gov.Whole)
		w.share(b, a, day, 0.4)
		w.share(b, b, day, 0.6)
	case kind == 2: // one becomes two
		w.end(a, day)
		m, n := w.unit(day), w.unit(day)
		w.link(a, m, day, gov.Part)
		w.link(a, n, day, gov.Part)
		w.share(a, m, day, 0.2)
		w.share(a, n, day, 0.8)
	case kind == 3 && a != b: // a part moves
		w.link(a, b, day, gov.Part)
		w.share(a, b, day, 0.1)
		w.share(a, a, day, 0.9)
		w.share(b, a, day, 0.5)
		w.share(b, b, day, 0.5)
	}
}

func TestRestatingConservesTotals(t *testing.T) {
	t.Parallel()
	in := indicator(t, "population")
	rapid.Check(t, func(t *rapid.T) {
		w := &world{}
		for range rapid.IntRange(2, 6).Draw(t, "units") {
			w.unit("")
		}
		f := figures{}
		at := map[gov.Period][]gov.UnitKey{}
		first, last := 2015, 2015+rapid.IntRange(1, 10).Draw(t, "years")
		for y := first; y <= last; y++ {
			if y > first {
				w.event(t, gov.Day(fmt.Sprintf("%d-%02d-01", y, rapid.IntRange(1, 12).Draw(t, "month"))))
			}
			p := gov.Period(fmt.Sprint(y))
			at[p] = slices.Clone(w.alive)
			for _, u := range w.alive {
				f.put(p, "population", u, float64(rapid.IntRange(0, 100000).Draw(t, "people")))
			}
		}
		if err := gov.CheckApportionments(w.apportion); err != nil {
			t.Fatal(err)
		}
		units := register.New(w.c)
		before := fmt.Sprint(f)
		for _, as := range []int{first, last, rapid.IntRange(first, last).Draw(t, "as of")} {
			stand := at[gov.Period(fmt.Sprint(as))]
			r := gov.NewRestater(units, gov.Day(fmt.Sprintf("%d-12-31", as)), w.apportion)
			for y := first; y <= last; y++ {
				p := gov.Period(fmt.Sprint(y))
				reported, restated := 0.0, 0.0
				for _, v := range f[p]["population"] {
					reported += v
				}
				for _, u := range stand {
					got := r.Restate(in, u, p, f.in(p))
					if got.WhyNot != "" {
						t.Fatalf("%d as of %d: %+v", y, as, got)
					}
					restated += got.Value
				}
				if math.Abs(reported-restated) > 1e-6*(1+reported) {
					t.Fatalf("%d as of %d: %v reported, %v restated", y, as, reported, restated)
				}
			}
		}
		if fmt.Sprint(f) != before {
			t.Fatal("restating changed what was reported")
		}
	})
}

// BenchmarkRestate restates ten years of 45 indicators for the 148 communes of Phú Thọ.
func BenchmarkRestate(b *testing.B) {
	r := embedded(b)
	units := r.Children("25", "2026-01-01")
	f := figures{}
	var periods []gov.Period
	for y := 2016; y <= 2025; y++ {
		p := gov.Period(fmt.Sprint(y))
		periods = append(periods, p)
		for _, u := range units {
			for _, o := range r.Origins(u.UnitKey) {
				f.put(p, "population", o.Old, 1000)
			}
		}
	}
	amounts := f.in
	in := indicator(b, "population")
	b.ReportAllocs()
	for b.Loop() {
		s := gov.NewRestater(r, "2026-01-01", nil)
		for range 45 {
			for _, u := range units {
				s.Series(in, u.UnitKey, periods, amounts)
			}
		}
	}
	b.ReportMetric(float64(45*len(units)*len(periods)), "figures/op")
}

// The provinces of 1 July 2025 are made of whole former ones: Phú Thọ of Phú Thọ, Vĩnh Phúc and Hòa Bình.
func TestProvincesRestated(t *testing.T) {
	t.Parallel()
	r := embedded(t)
	phuTho, err := r.At("25", "2026-01-01")
	if err != nil {
		t.Fatal(err)
	}
	f := figures{}
	for i, o := range r.Origins(phuTho.UnitKey) {
		f.put("2024", "population", o.Old, float64(1000+i))
	}
	got := gov.NewRestater(r, "2026-01-01", nil).Restate(indicator(t, "population"), phuTho.UnitKey, "2024", f.in("2024"))
	if got.WhyNot != "" || got.Value != 3003 || got.Units != 3 {
		t.Errorf("%+v", got)
	}
}

// A version whose entry alone changed is the same unit; a code that another unit took over is not.
func TestACodeAloneIsNotAUnit(t *testing.T) {
	t.Parallel()
	in, day := indicator(t, "population"), gov.Day("2024-07-01")
	for name, want := range map[string]gov.WhyNotAdded{"A": "", "B": gov.OriginUnknown} {
		r := register.New(register.Contents{Units: []gov.UnitVersion{{UnitKey: key("00001", ""), Name: "A", Type: gov.Commune, To: day},
			{UnitKey: key("00001", day), Name: name, Type: gov.Ward}}})
		f := figures{}
		f.put("2023", "population", key("00001", ""), 5000)
		f.put("2025", "population", key("00001", day), 6000)
		now := gov.NewRestater(r, "", nil).Restate(in, key("00001", day), "2023", f.in("2023"))
		then := gov.NewRestater(r, "2023-12-31", nil).Restate(in, key("00001", ""), "2025", f.in("2025"))
		if now.WhyNot != want || then.WhyNot != want || want == "" && (now.Value != 5000 || then.Value != 6000 || now.Same) {
			t.Errorf("%s: %+v %+v", name, now, then)
		}
	}
}
