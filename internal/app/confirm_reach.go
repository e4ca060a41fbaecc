package app

import (
	"slices"

	"haicap/internal/gov"
)

// What a document says of units beyond the reach of whoever confirms it is not written: it stays in the document, and the office in charge of
// these units writes it from its own copy.

// nearUnits are the units of a session within reach.
func nearUnits(r gov.Reach, units []gov.UnitKey) []gov.UnitKey {
	return slices.DeleteFunc(slices.Clone(units), func(k gov.UnitKey) bool { return !r.HasUnit(k) })
}

// beyond reports whether a draft is about units beyond reach only.
func (w *writer) beyond(d gov.Draft) bool {
	if w.reach.All {
		return false
	}
	var units []gov.UnitKey
	if d.Figure != nil {
		units = append(units, w.resolve(d.Figure.Unit))
	} else {
		for _, p := range w.parties(gov.MatterKind(d.Kind), *d.Item) {
			if p.Role == gov.RoleUnit {
				units = append(units, p.Unit)
			}
		}
	}
	units = slices.DeleteFunc(units, gov.UnitKey.Zero)
	return len(units) > 0 && len(nearUnits(w.reach, units)) == 0
}

// nearParties leaves out the units beyond reach on whose pages a matter would stand.
func (w *writer) nearParties(parties []gov.Party) []gov.Party {
	return slices.DeleteFunc(parties, func(p gov.Party) bool { return p.Role == gov.RoleUnit && !w.reach.HasUnit(p.Unit) })
}

// nearDrafts are the drafts without those that are kept and would not be written, and how many these are.
func (b *builder) nearDrafts(rv gov.Review, drafts []gov.Draft, r gov.Reach) ([]gov.Draft, int) {
	w := &writer{builder: b, review: rv, reach: r, session: rv.Session, resolve: nameResolver(b.units, rv)}
	w.session.Units = nearUnits(r, rv.Session.Units)
	near := slices.DeleteFunc(slices.Clone(drafts), func(d gov.Draft) bool { return d.Kept() && w.beyond(d) })
	return near, len(drafts) - len(near)
}
