package synth

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"

	"haicap/internal/gov"
)

// A pledge is one target in the making.
type pledge struct {
	n        node
	s        spec
	period   gov.Period
	baseline gov.Baseline
	value    float64
	day      gov.Day
	words    string // what sets it
	parent   gov.ID
	reason   string
}

// The years and the term of targets.
const (
	termYears  = 5
	firstTerm  = 2020 // of the units before the reform
	presentOne = 2025
)

// termOf is the term of the congresses that began in a year.
func termOf(year int) gov.Period {
	return gov.PeriodOf(gov.MonthOf(year, 1), gov.MonthOf(year+termYears, 12))
}

// targets makes what the units have to reach: of the present ones what the province hands down, what their own councils and congresses resolve and what
// they plan themselves; of the former ones their plans and the resolutions of their last congresses. Targets are believable against the figures: most
// are met or nearly, some are not.
func (m *maker) targets(ctx context.Context, communes, provinces []node) error {
	for _, s := range specs {
		if !s.goal {
			continue
		}
		for year := m.first(); year <= m.last()+1; year++ {
			if decided(year) > m.until() || !m.roomFor(m.made.Targets+len(m.pending.targets), m.Records) {
				continue
			}
			for _, p := range provinces {
				if p.unit.On(day(year, 12, 31)) && year >= presentOne {
					m.handDown(p, below(communes, p), s, year)
				}
			}
			m.own(communes, s, year)
			if err := m.flushFull(ctx); err != nil {
				return err
			}
		}
		if m.roomFor(m.made.Targets+len(m.pending.targets), m.Records) {
			m.congresses(communes, provinces, s)
		}
		if err := m.flushFull(ctx); err != nil {
			return err
		}
	}
	return m.flushTargets(ctx)
}

// decided is the day on which the targets of a year are decided: in December before it, and anew after the reform.
func decided(year int) gov.Day {
	if year == presentOne {
		return "2025-07-25"
	}
	return day(year-1, 12, 9)
}

// below are the present communes of a province.
func below(communes []node, p node) []node {
	return slices.DeleteFunc(slices.Clone(communes), func(n node) bool { return !n.unit.Current() || n.above.UnitKey != p.unit.UnitKey })
}

// goalOf is what a target asks of a unit: what will be, and a little more or less; some units are asked for more than they can do.
func (m *maker) goalOf(n node, s spec, year float64, what string) float64 {
	r, habit := m.random(n.key(), s.key+what, int(4*year)), m.random(n.key(), "ambition", 0)
	less := 0.045 + 0.03*r.NormFloat64()
	if habit.IntN(9) == 0 {
		less -= 0.06
	}
	v := s.value(n, year)
	switch {
	case s.down():
		return s.nice(v * (1 + 2*less))
	case s.top > 0: // what is missing to all of them is asked for in part
		return s.nice(s.top - (s.top-v)*(1+3*less))
	}
	return s.nice(v * (1 - less))
}

// down reports whether less is better.
func (s spec) down() bool {
	in, err := gov.IndicatorByKey(s.key)
	return err == nil && in.Better == gov.Down
}

// nice rounds a target as offices set it: not to the last person.
func (s spec) nice(v float64) float64 {
	unit := math.Pow(10, -float64(s.digits))
	for s.top == 0 && !s.rate && v/unit > 400 {
		unit *= 10
	}
	if s.top > 0 {
		v = min(v, s.top)
	}
	return max(s.round(math.Round(v/unit)*unit), math.Pow(10, -float64(s.digits)))
}

// handDown makes the target of a province for a year, and hands it down so that the parts meet the whole; now and then they do not, with a reason.
func (m *maker) handDown(p node, parts []node, s spec, year int) {
	r := m.random(p.key(), s.key+" hand down", year)
	list := make([]pledge, len(parts))
	period, on := gov.Period(strconv.Itoa(year)), decided(year)
	words := fmt.Sprintf("Quyết định của UBND tỉnh giao chỉ tiêu phát triển kinh tế - xã hội năm %d", year)
	for i, n := range parts {
		list[i] = pledge{n: n, s: s, period: period, baseline: gov.BaselineProvince, value: m.goalOf(n, s, float64(year), "goal"), day: on.AddDays(12), words: words}
	}
	whole := pledge{n: p, s: s, period: period, baseline: gov.BaselineCouncil, value: m.whole(s, list), day: on,
		words: fmt.Sprintf("Nghị quyết của HĐND tỉnh về nhiệm vụ phát triển kinh tế - xã hội năm %d", year)}
	m.spoil(r, &whole, &list)
	id := m.pledge(whole, "whole")
	if r.IntN(8) == 0 && on.AddDays(200) <= m.until() { // the parts stay, and the check says what is missing
		again := whole
		again.day, again.reason = on.AddDays(150+r.IntN(50)), amended[r.IntN(len(amended))]
		again.value = s.harder(whole.value, 0.02)
		m.revise(&whole, again, "whole")
	}
	for _, t := range list {
		t.parent = id
		m.pledgeRevised(r, t, "part")
	}
}

// whole is what the parts come to together by the rule of the indicator, with something to spare.
func (m *maker) whole(s spec, parts []pledge) float64 {
	in, err := gov.IndicatorByKey(s.key)
	if err != nil {
		panic(err) // a test looks each up
	}
	var sum, people float64
	values := make([]float64, len(parts))
	for i, t := range parts {
		values[i] = t.value
		w := 1.0
		if s.rate {
			w = t.n.people()
		}
		sum, people = sum+t.value*w, people+w
	}
	switch in.Aggregate.Rule {
	case gov.Additive:
		return s.round(floorTo(sum*0.998, 3))
	case gov.ByWeight, gov.ByRatio:
		return s.round(s.easier(sum/people, 0.03))
	}
	slices.Sort(values) // each is to reach as much: what most of them can
	v := s.nice(values[len(values)/6])
	for i := range parts {
		parts[i].value = max(parts[i].value, v)
	}
	return v
}

func (n node) people() float64 {
	var sum float64
	for _, l := range n.leaves {
		sum += l.people
	}
	return sum
}

// easier and harder change a target by a share, in the direction in which it is easier or harder to reach.
func (s spec) easier(v, by float64) float64 {
	if s.down() {
		return s.round(v * (1 + by))
	}
	return s.round(v * (1 - by))
}

func (s spec) harder(v, by float64) float64 { return s.easier(v, -by) }

// floorTo rounds down to a number of leading digits.
func floorTo(v float64, digits int) float64 {
	if v <= 0 {
		return v
	}
	unit := math.Pow(10, math.Floor(math.Log10(v))-float64(digits-1))
	return math.Floor(v/unit+1e-9) * unit
}

// spoil makes the parts of one target in ten fall short of the whole, with a reason: a unit is left out, or the whole asks for more than all parts.
func (m *maker) spoil(r *rand.Rand, whole *pledge, parts *[]pledge) {
	switch r.IntN(20) {
	case 0:
		i := r.IntN(len(*parts))
		left := (*parts)[i].n.unit.Full()
		*parts = slices.Delete(*parts, i, i+1)
		for k := range *parts {
			(*parts)[k].reason = "Chưa giao " + left + ", chờ thống nhất số liệu nền sau sắp xếp"
		}
	case 1:
		whole.value = whole.s.harder(whole.value, 0.04)
		if whole.s.top > 0 {
			whole.value = min(whole.value, whole.s.top)
		}
		for k := range *parts {
			(*parts)[k].reason = "Phần còn thiếu so với toàn tỉnh giao cho các doanh nghiệp, đơn vị trực thuộc tỉnh"
		}
	}
}

// own makes what the units resolve and plan for a year besides: their councils mostly ask for a little more than the province did.
func (m *maker) own(communes []node, s spec, year int) {
	period, on := gov.Period(strconv.Itoa(year)), decided(year)
	for _, n := range communes {
		if !n.unit.On(day(year, 12, 31)) {
			continue
		}
		r := m.random(n.key(), s.key+" own", year)
		v := m.goalOf(n, s, float64(year), "goal")
		if n.unit.Current() {
			m.pledgeRevised(r, pledge{n: n, s: s, period: period, baseline: gov.BaselineCouncil, value: s.nice(s.harder(v, 0.015*r.Float64())), day: on.AddDays(16 + r.IntN(8)),
				words: fmt.Sprintf("Nghị quyết của HĐND %s về nhiệm vụ năm %d", n.unit.Full(), year)}, "council")
		}
		if !n.unit.Current() || r.IntN(3) == 0 {
			m.pledgeRevised(r, pledge{n: n, s: s, period: period, baseline: gov.BaselineOwn, value: s.nice(s.harder(v, 0.025*r.Float64())), day: on.AddDays(25 + r.IntN(10)),
				words: fmt.Sprintf("Kế hoạch phát triển kinh tế - xã hội năm %d của %s", year, n.unit.Full())}, "plan")
		}
	}
}

// congresses makes what the congresses resolved for their terms, of what a resolution speaks of: of what accumulates all five years together, of the rest
// what it is to be at the end. The province's is handed down.
func (m *maker) congresses(communes, provinces []node, s spec) {
	for _, t := range []struct {
		from int
		day  gov.Day
	}{{firstTerm, "2020-07-15"}, {presentOne, "2025-08-20"}} {
		if t.day.Year() < m.first() || t.day > m.until() {
			continue
		}
		period := termOf(t.from)
		make1 := func(n node, b gov.Baseline, d gov.Day, words string) pledge {
			return pledge{n: n, s: s, period: period, baseline: b, value: m.term(n, s, t.from, string(b)), day: d, words: words}
		}
		for _, n := range communes {
			if n.unit.On(t.day) {
				m.pledge(make1(n, gov.BaselineCongress, t.day, "Nghị quyết Đại hội Đảng bộ "+n.unit.Full()+" nhiệm kỳ "+string(period)), "congress")
			}
		}
		for _, p := range provinces {
			parts := below(communes, p)
			if t.from < presentOne || !p.unit.Current() {
				continue
			}
			list := make([]pledge, len(parts))
			for i, n := range parts {
				list[i] = make1(n, gov.BaselineProvince, t.day.AddDays(90), "Kế hoạch của UBND tỉnh thực hiện nghị quyết đại hội, giao các xã, phường")
			}
			whole := pledge{n: p, s: s, period: period, baseline: gov.BaselineCongress, value: m.whole(s, list), day: t.day.AddDays(40),
				words: "Nghị quyết Đại hội Đảng bộ tỉnh nhiệm kỳ " + string(period)}
			id := m.pledge(whole, "term whole")
			for _, part := range list {
				part.parent = id
				m.pledge(part, "term part")
			}
		}
	}
}

// term is what a unit is to reach in a term.
func (m *maker) term(n node, s spec, from int, what string) float64 {
	if !s.flow() {
		return m.goalOf(n, s, float64(from+termYears), "term "+what)
	}
	var sum float64
	for year := from + 1; year <= from+termYears; year++ {
		sum += m.goalOf(n, s, float64(year), "term "+what)
	}
	return s.nice(sum)
}

// pledgeRevised makes a target, and now and then the revision of it: harder, with a reason.
func (m *maker) pledgeRevised(r *rand.Rand, t pledge, what string) {
	if r.IntN(25) > 0 {
		m.pledge(t, what)
		return
	}
	again := t
	again.day, again.reason = t.day.AddDays(60+r.IntN(150)), amended[r.IntN(len(amended))]
	again.value = t.s.nice(t.s.harder(t.value, 0.02+0.04*r.Float64()))
	if again.day > m.until() || again.value == t.value {
		m.pledge(t, what)
		return
	}
	m.revise(&t, again, what)
}

// amended is why targets are revised.
var amended = []string{"Điều chỉnh theo nghị quyết giữa năm của HĐND", "Giao bổ sung do dự án trọng điểm hoàn thành sớm hơn dự kiến",
	"Điều chỉnh sau khi rà soát số liệu nền của đơn vị mới", "Giao bổ sung theo kịch bản tăng trưởng sáu tháng cuối năm"}

// revise makes a target with the one that takes its place. The target itself may be there already.
func (m *maker) revise(old *pledge, again pledge, what string) {
	if i := len(m.pending.targets) - 1; i < 0 || m.pending.targets[i].ID != m.targetID(*old, what) {
		m.pledge(*old, what)
	}
	m.pending.targets[len(m.pending.targets)-1].SupersededBy = m.targetID(again, what+" again")
	m.pledge(again, what+" again")
}

func (m *maker) targetID(t pledge, what string) gov.ID {
	return makeID(began(t.day), m.random(t.n.key(), t.s.key+" "+what+" "+string(t.period)+string(t.baseline), 0))
}

// pledge puts a target behind what is pending. One of a day that has not come is not made.
func (m *maker) pledge(t pledge, what string) gov.ID {
	in, err := gov.IndicatorByKey(t.s.key)
	if err != nil {
		panic(err) // a test looks each up
	}
	id := m.targetID(t, what)
	if t.day > m.until() {
		return id
	}
	at := began(t.day)
	scope := gov.Annual
	if t.period.Length() > 12 {
		scope = gov.Term
	}
	digits := t.s.digits
	if t.value == math.Trunc(t.value) && !t.s.rate {
		digits = 0
	}
	by := m.byProvince(at)
	if t.baseline != gov.BaselineProvince && !t.n.province() {
		by = m.by(t.n, enters, at)
	}
	m.pending.targets = append(m.pending.targets, gov.Target{Realm: m.Holding.Realm, ID: id, Baseline: t.baseline, Parent: t.parent, Reason: cmp.Or(t.reason, t.words), Entered: by, Confirmed: by,
		Claim: gov.Claim{Indicator: in.Key, Label: in.NameVI, Unit: t.n.unit.UnitKey, UnitName: t.n.unit.Full(), Period: t.period, Scope: scope, Comparator: gov.Equal,
			Value: t.value, Measure: in.Measure, Quote: quote(t.value, digits, in.Measure), Source: gov.Source{Day: t.day}}})
	return id
}

func (m *maker) flushFull(ctx context.Context) error {
	if len(m.pending.targets) < batch {
		return ctx.Err()
	}
	return m.flushTargets(ctx)
}

// flushTargets writes the pending targets, in batches of one transaction and one audit line each.
func (m *maker) flushTargets(ctx context.Context) error {
	for some := range slices.Chunk(m.pending.targets, batch) {
		err := m.Store.Update(ctx, func(tx gov.Tx) error {
			if err := tx.CreateTargets(ctx, some); err != nil {
				return err
			}
			return m.line(ctx, tx, "target", some[len(some)-1].Entered.At)
		})
		if err != nil {
			return err
		}
		m.made.Targets += len(some)
		m.tell()
	}
	m.pending.targets = nil
	return nil
}
