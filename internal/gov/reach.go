package gov

import "slices"

// A Reach is what part of a realm's books somebody may see and change. The books go by units: a figure or target belongs to its unit, a
// session to its units, a matter to the units and agencies that are named in it; what names no unit belongs to the agency that holds
// its document. Documents always go by the agency that holds them, so All says nothing of them. The zero Reach holds nothing.
type Reach struct {
	All      bool      // all of the books of the realm
	Units    []UnitKey // else those of these versions of units; whoever carries a unit's history has its former versions here too
	Agencies []ID      // documents that these hold, and what belongs to them
}

// HasUnit reports whether the books of a unit are within reach.
func (r Reach) HasUnit(k UnitKey) bool { return r.All || slices.Contains(r.Units, k) }

// HasAgency reports whether what an agency holds is within reach.
func (r Reach) HasAgency(id ID) bool { return slices.Contains(r.Agencies, id) }

// Join is what is within one reach or the other.
func (r Reach) Join(o Reach) Reach {
	j := Reach{All: r.All || o.All, Units: slices.Clone(r.Units), Agencies: slices.Clone(r.Agencies)}
	for _, k := range o.Units {
		if !slices.Contains(j.Units, k) {
			j.Units = append(j.Units, k)
		}
	}
	for _, id := range o.Agencies {
		if !slices.Contains(j.Agencies, id) {
			j.Agencies = append(j.Agencies, id)
		}
	}
	return j
}

// What a record belongs to, as stores keep it beside the record: one word for a unit, one for an agency.

// OwnerOfUnit is the word for a unit.
func OwnerOfUnit(k UnitKey) string { return "u:" + k.Code + "/" + string(k.From) }

// OwnerOfAgency is the word for an agency.
func OwnerOfAgency(id ID) string { return "a:" + string(id) }

// Owners are the words for all that is within reach, besides All.
func (r Reach) Owners() []string {
	list := make([]string, 0, len(r.Units)+len(r.Agencies))
	for _, k := range r.Units {
		list = append(list, OwnerOfUnit(k))
	}
	for _, id := range r.Agencies {
		list = append(list, OwnerOfAgency(id))
	}
	return list
}

// WithinUnit lists a version of a unit, those that it was made of, whose history it carries, and all of the units below them. Whoever
// has only a part of a former unit carries its whole history: figures of the former unit cannot be cut.
func WithinUnit(units Units, k UnitKey) []UnitKey {
	var list []UnitKey
	seen := map[UnitKey]bool{}
	var walk func(k UnitKey)
	walk = func(k UnitKey) {
		if k.Zero() || seen[k] {
			return
		}
		seen[k] = true
		list = append(list, k)
		u, err := units.Get(k)
		if err != nil {
			return // a unit that the register does not know has nothing behind it
		}
		for _, s := range units.Origins(k) {
			walk(s.Old)
		}
		if u.Level() == CommuneLevel {
			return
		}
		for _, c := range units.Children(u.Code, u.LastDay()) {
			walk(c.UnitKey)
		}
	}
	walk(k)
	return list
}
