package synth

import (
	"cmp"
	"math"
	"slices"

	"haicap/internal/gov"
)

// A leaf is a commune as it was before the mergers: what everything is made of.
type leaf struct {
	code   string
	since  int // the year in which it joined a unit that was there before it; 0: it has always been part of it
	people float64
	tilt   map[string]float64 // how much more or less of each indicator it has than others
}

// A node is a unit of which there are figures.
type node struct {
	unit   gov.UnitVersion
	above  gov.UnitVersion // its province today
	leaves []leaf
	next   gov.UnitKey // what a former unit went into
}

// province reports whether the node is one; its figures are the statistics office's.
func (n node) province() bool { return n.unit.Level() == gov.ProvinceLevel }

// key names the version of the unit, for chance.
func (n node) key() string { return n.unit.Code + string(n.unit.From) }

// A growing collects nodes.
type growing struct {
	m    *maker
	list []node
	seen map[gov.UnitKey]bool
}

// nodes lists the present communes of the provinces and the former ones that they are made of, present ones first, by code; and the provinces, present
// and former.
func (m *maker) nodes() (communes, provinces []node, err error) {
	g := &growing{m: m, seen: map[gov.UnitKey]bool{}}
	for _, code := range m.Provinces {
		province, err := m.Units.At(code, "")
		if err != nil {
			return nil, nil, err
		}
		if province.Level() != gov.ProvinceLevel {
			return nil, nil, gov.Errorf(gov.Invalid, "error.cli_not_province", code, province.Full())
		}
		whole := node{unit: province, above: province}
		for _, u := range m.Units.Children(code, "") {
			present := node{unit: u, above: province, leaves: g.leaves(u, province)}
			g.list = append(g.list, present)
			whole.leaves = append(whole.leaves, joined(present.leaves, 0)...)
		}
		provinces = append(provinces, whole)
	}
	slices.SortStableFunc(g.list, func(a, b node) int {
		if a.unit.Current() != b.unit.Current() {
			if a.unit.Current() {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.unit.Code, b.unit.Code), cmp.Compare(a.unit.From, b.unit.From))
	})
	return g.list, append(provinces, m.formerProvinces(g.list, provinces)...), nil
}

// leaves gives what a unit is made of, and lists the former units on the way. What a unit has already, another one that got a part of it has not. A unit
// that was there before others joined it is made of itself, too.
func (g *growing) leaves(u, province gov.UnitVersion) (list []leaf) {
	before := false
	for _, s := range g.m.Units.Origins(u.UnitKey) {
		old, err := g.m.Units.Get(s.Old)
		if err != nil || g.seen[s.Old] || s.Old == u.UnitKey {
			continue
		}
		g.seen[s.Old] = true
		its := g.leaves(old, province)
		g.list = append(g.list, node{unit: old, above: province, leaves: its, next: u.UnitKey})
		since := 0 // a unit that began with them has always had them
		if u.From < s.Day {
			before, since = true, s.Day.Year()
		}
		list = append(list, joined(its, since)...)
	}
	if len(list) > 0 && !before {
		return list
	}
	code := u.Code
	if u.Current() {
		code += "+" // it was there before, or nobody knows what it came from: not the former unit of this code
	}
	return append([]leaf{g.m.leaf(code)}, list...)
}

// joined gives the leaves as they are part of a unit since a year; 0: always.
func joined(leaves []leaf, since int) []leaf {
	list := slices.Clone(leaves)
	for i := range list {
		list[i].since = since
	}
	return list
}

// formerProvinces are the provinces as they were before: each of the communes that were below it.
func (m *maker) formerProvinces(communes, present []node) []node {
	at := map[gov.UnitKey]int{}
	var list []node
	for _, n := range communes {
		if n.unit.Current() || n.unit.To != reform {
			continue
		}
		on := reform.AddDays(-1)
		district, err := m.Units.At(n.unit.Parent, on)
		if err != nil {
			continue
		}
		province, err := m.Units.At(district.Parent, on)
		if err != nil || province.Level() != gov.ProvinceLevel || slices.ContainsFunc(present, func(p node) bool { return p.unit.UnitKey == province.UnitKey }) {
			continue
		}
		i, ok := at[province.UnitKey]
		if !ok {
			i = len(list)
			at[province.UnitKey] = i
			list = append(list, node{unit: province, above: n.above, next: n.above.UnitKey})
		}
		list[i].leaves = append(list[i].leaves, joined(n.leaves, 0)...)
	}
	slices.SortFunc(list, func(a, b node) int { return cmp.Compare(a.unit.Code, b.unit.Code) })
	return list
}

// leaf draws the size and the habits of a commune.
func (m *maker) leaf(code string) leaf {
	r := m.random(code, "leaf", 0)
	l := leaf{code: code, people: math.Round(6500 * math.Exp(r.NormFloat64()*0.45)), tilt: map[string]float64{}}
	for _, s := range specs {
		l.tilt[s.key] = math.Exp(r.NormFloat64() * s.spread)
	}
	return l
}

// reform is the day from which there are communes and provinces and nothing between them.
const reform gov.Day = "2025-07-01"
