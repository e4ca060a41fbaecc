package register

import (
	"slices"

	"haicap/internal/gov"
)

// With gives the register with changes of units laid over it, in their order; the register itself stays as it is. What it knows already, because it was
// brought up to date meanwhile, it keeps as it knows it.
func With(base *Register, effects []gov.UnitEffect) *Register {
	if len(effects) == 0 {
		return base
	}
	w := with{units: slices.Clone(base.units), at: make(map[gov.UnitKey]int, len(base.units)), successions: slices.Clone(base.bySucc)}
	for i, u := range w.units {
		w.at[u.UnitKey] = i
	}
	for _, e := range effects {
		w.lay(base, e)
	}
	r := New(Contents{Origin: base.origin, Units: w.units, Successions: w.successions, Aliases: base.aliases})
	r.imported = base.imported
	return r
}

// A with is a register while changes are laid over it.
type with struct {
	units       []gov.UnitVersion
	at          map[gov.UnitKey]int
	successions []gov.Succession
}

func (w *with) lay(base *Register, e gov.UnitEffect) {
	own := func(k gov.UnitKey) gov.UnitKey {
		if _, ok := w.at[k]; ok {
			return k
		}
		return base.canonical(k)
	}
	for _, k := range e.Ended {
		if i, ok := w.at[own(k)]; ok && (w.units[i].To == "" || w.units[i].To > e.Day) {
			w.units[i].To = e.Day
		}
	}
	for _, u := range e.Begun {
		if _, ok := w.at[u.UnitKey]; !ok {
			w.at[u.UnitKey] = len(w.units)
			w.units = append(w.units, u)
		}
	}
	for _, s := range e.Successions {
		s.Old, s.New = own(s.Old), own(s.New)
		if !slices.ContainsFunc(w.successions, func(o gov.Succession) bool { return o.Old == s.Old && o.New == s.New && o.Day == s.Day }) {
			w.successions = append(w.successions, s)
		}
	}
}
