package app

import (
	"cmp"
	"context"
	"slices"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/text"
)

// A RollKind says what a group of units has in common.
type RollKind string

// The kinds.
const (
	RollAll    RollKind = "all"    // all units within reach
	RollChosen RollKind = "chosen" // those that the reader names
	RollFormer RollKind = "former" // of one former province
	RollType   RollKind = "type"   // of one type
)

// A UnitRoll is a group of units put together in a period by the indicator's rule, with its coverage.
type UnitRoll struct {
	Kind   RollKind
	Name   string // of the former province or the type; empty: of the kind
	Rolled gov.Rolled
	Units  []UnitRef // of RollChosen
}

// rolls puts the units of the period together in groups: all, those that the reader chose, by former province and by type.
func (l *looking) rolls() error {
	v := l.v
	on, amounts := v.Query.Period.LastDay(), l.cells.of(v.Query.Period)
	if l.restater != nil {
		on, amounts = v.Query.On, l.restated(v.Query.Period)
	}
	list, err := l.communes(l.home, on, l.tree)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(u gov.UnitVersion) bool { return !l.reach.HasUnit(u.UnitKey) })
	add := func(kind RollKind, name string, units []gov.UnitVersion) {
		keys := make([]gov.UnitKey, len(units))
		r := UnitRoll{Kind: kind, Name: name}
		for i, u := range units {
			if keys[i] = u.UnitKey; kind == RollChosen {
				r.Units = append(r.Units, UnitRef{Key: u.UnitKey, Name: u.Full()})
			}
		}
		r.Rolled = gov.RollUp(v.Indicator, keys, amounts)
		v.Rolls = append(v.Rolls, r)
	}
	add(RollAll, "", list)
	if codes := v.Query.Group; len(codes) > 0 {
		chosen := slices.DeleteFunc(slices.Clone(list), func(u gov.UnitVersion) bool { return !slices.Contains(codes, u.Code) })
		for _, code := range codes {
			if !slices.ContainsFunc(chosen, func(u gov.UnitVersion) bool { return u.Code == code }) {
				v.Strangers = append(v.Strangers, code)
			}
		}
		if len(chosen) > 0 {
			add(RollChosen, "", chosen)
		}
	}
	for _, kind := range []struct {
		kind RollKind
		of   func(u gov.UnitVersion) string
	}{{RollFormer, l.formerProvince}, {RollType, func(u gov.UnitVersion) string { return string(u.Type) }}} {
		groups := map[string][]gov.UnitVersion{}
		var names []string
		for _, u := range list {
			name := kind.of(u)
			if groups[name] == nil {
				names = append(names, name)
			}
			groups[name] = append(groups[name], u)
		}
		if len(names) < 2 {
			continue
		}
		slices.SortFunc(names, func(x, y string) int { return cmp.Or(cmp.Compare(text.Fold(x), text.Fold(y)), cmp.Compare(x, y)) })
		for _, name := range names {
			add(kind.kind, name, groups[name])
		}
	}
	return nil
}

// formerProvince is the province in which a unit, or what it was made of, stood the day before the holding's own province began; empty where it is not known.
func (l *looking) formerProvince(u gov.UnitVersion) string {
	if l.home.From == "" {
		return ""
	}
	before := l.home.From.AddDays(-1)
	if !u.On(before) {
		i := slices.IndexFunc(l.units.Origins(u.UnitKey), func(s gov.Succession) bool {
			o, err := l.units.Get(s.Old)
			return err == nil && o.On(before)
		})
		if i < 0 {
			return ""
		}
		u, _ = l.units.Get(l.units.Origins(u.UnitKey)[i].Old)
	}
	for above := 0; u.Parent != "" && above < 3; above++ {
		p, err := l.units.At(u.Parent, before)
		if err != nil {
			return ""
		}
		u = p
	}
	return u.Full()
}

// CountryView is one indicator of one period over the provinces, and all of their units put together.
type CountryView struct {
	Indicator gov.Indicator
	Period    gov.Period
	Provinces []ProvinceRoll // by code
	Whole     gov.Rolled     // over all units of the country, also those whose province keeps its books elsewhere
}

// A ProvinceRoll is one province of the country.
type ProvinceRoll struct {
	Unit   UnitRef
	Here   bool // its books are in this data folder
	Rolled gov.Rolled
}

// Country puts an indicator together over the country, from all holdings of the data folder, by the catalogue that the program comes with, so that provinces mean
// the same by it. No account reaches several provinces: it is for whoever runs the program where the data are.
func (a *App) Country(ctx context.Context, p access.Principal, key string, period gov.Period) (CountryView, error) {
	v := CountryView{Period: period}
	if !p.System() {
		return v, gov.Errorf(gov.Forbidden, "error.forbidden")
	}
	if !period.Valid() {
		return v, gov.Errorf(gov.Invalid, "error.cell_period", string(period))
	}
	var err error
	if v.Indicator, err = gov.StartingCatalogue().For(key, period); err != nil {
		return v, err
	}
	cells, here := bestCells{}, map[string]bool{}
	err = a.store.View(ctx, func(tx gov.Tx) error {
		cells = bestCells{}
		holdings, err := tx.Holdings(ctx)
		if err != nil {
			return err
		}
		for _, h := range holdings {
			here[h.Unit.Code] = true
			list, err := tx.Within(gov.Reach{All: true}).Cells(ctx, h.Realm, gov.CellQuery{Periods: []gov.Period{period}, Indicators: append([]string{key}, v.Indicator.Aggregate.Needs()...)})
			if err != nil {
				return err
			}
			for _, c := range list {
				cells.add(c)
			}
		}
		return nil
	})
	if err != nil {
		return v, err
	}
	return v, a.withRegister(func(units gov.Units) error {
		var all []gov.UnitKey
		for _, province := range units.Provinces(period.LastDay()) {
			var keys []gov.UnitKey
			for _, u := range communesBelow(units, province.Code, period.LastDay()) {
				keys = append(keys, u.UnitKey)
			}
			all = append(all, keys...)
			v.Provinces = append(v.Provinces, ProvinceRoll{Unit: UnitRef{Key: province.UnitKey, Name: province.Full()}, Here: here[province.Code],
				Rolled: gov.RollUp(v.Indicator, keys, cells.of(period))})
		}
		v.Whole = gov.RollUp(v.Indicator, all, cells.of(period))
		return nil
	})
}

// communesBelow lists the units of the lowest tier below a unit on a day, whether there are districts between or not.
func communesBelow(units gov.Units, code string, on gov.Day) []gov.UnitVersion {
	var list []gov.UnitVersion
	for _, u := range units.Children(code, on) {
		if u.Level() == gov.CommuneLevel {
			list = append(list, u)
		} else {
			list = append(list, communesBelow(units, u.Code, on)...)
		}
	}
	return list
}
