package gov

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"haicap/internal/text"
)

// A UnitChange is one rearrangement of units and agencies by one document: "sắp xếp đơn vị". Old units go into new ones, whole or in parts. A new
// unit bears a new code or that of a former one. One that is in force already, keeps code, name, type and unit above and is not named as a whole among
// the old ones, goes on under its own key and only takes in, as Thọ Sơn did with Bến Gót; one that goes as a whole into its own code begins anew, as
// Thanh Miếu did. So the same shape says merging, absorbing, splitting, renaming and handing parts over. Agencies change along with their units, or
// without any.
type UnitChange struct {
	Day      Day    // the first day of the new state
	Source   string // number of the resolution or decision
	Moves    []UnitMove
	New      []NewUnit
	Agencies []AgencyChange
}

// A UnitMove says what of an old unit goes where.
type UnitMove struct {
	Old    UnitKey
	New    string // code of a new unit of the change
	Extent Extent // Whole or Part
	Heir   bool   // of parts: this one takes over the open work of the old unit; what is whole does anyway
}

// A NewUnit is a unit as the change leaves it.
type NewUnit struct {
	Code   string
	Name   string // without its type
	Type   UnitType
	Parent string // code of the unit above; empty: that of the first old unit that goes into it, or the holding's where that is no more
}

// An AgencyChange puts one agency in the place of others.
type AgencyChange struct {
	Old  []ID
	Into ID     // one that goes on; empty: a new one
	Name string // of a new one
	Unit string // code of the unit that a new one belongs to; empty: that of the first old one, or what took its place
	Line Line   // of a new one; empty: that of the first old one
}

// A UnitEffect is what a change does to a register. It is kept with the change, so that a register that is brought in later cannot give it
// another meaning.
type UnitEffect struct {
	Day         Day
	Ended       []UnitKey
	Begun       []UnitVersion
	Continuing  []UnitKey // go on under their keys and take in or give away
	Successions []Succession
}

// Touches lists the codes of all units that an effect is about, each once.
func (e UnitEffect) Touches() []string {
	var codes []string
	add := func(c string) {
		if !slices.Contains(codes, c) {
			codes = append(codes, c)
		}
	}
	for _, k := range e.Ended {
		add(k.Code)
	}
	for _, u := range e.Begun {
		add(u.Code)
	}
	for _, k := range e.Continuing {
		add(k.Code)
	}
	return codes
}

// Heir is the unit that takes over the open work of one that ended; false where nobody said which.
func (e UnitEffect) Heir(c UnitChange, old UnitKey) (UnitKey, bool) {
	for _, m := range c.Moves {
		if m.Old == old && (m.Extent == Whole || m.Heir) {
			return e.New(m.New), true
		}
	}
	return UnitKey{}, false
}

// New is the key of a new unit by its code.
func (e UnitEffect) New(code string) UnitKey {
	for _, u := range e.Begun {
		if u.Code == code {
			return u.UnitKey
		}
	}
	for _, k := range e.Continuing {
		if k.Code == code {
			return k
		}
	}
	return UnitKey{}
}

// communeTypes are the types that a unit of the lower tier may have.
var communeTypes = []UnitType{Ward, Commune, Township, SpecialZone}

// CommuneTypes lists the types that a form offers for a unit of the lower tier.
func CommuneTypes() []UnitType { return slices.Clone(communeTypes) }

// maxChanged bounds how many units or agencies one change may name.
const maxChanged = 200

// A changing is a change while it is checked against the register.
type changing struct {
	c      UnitChange
	units  Units
	home   string // code of the holding's unit
	within func(UnitKey) bool
	effect UnitEffect
	faults []*Error
}

// Effect works out what a change of units does to the register as it is, or says everything that stands against it. home is the code of the holding
// whose change it is, within says which units are its own. The change comes back with its spaces cut and its open fields filled in.
func (c UnitChange) Effect(units Units, home string, within func(UnitKey) bool) (UnitChange, UnitEffect, []*Error) {
	g := &changing{c: c.tidy(), units: units, home: home, within: within}
	g.effect.Day = g.c.Day
	switch {
	case !g.c.Day.Valid():
		g.fault("error.unitchange_day", string(g.c.Day))
	case g.c.Source == "":
		g.fault("error.unitchange_source")
	case len(g.c.Moves)+len(g.c.New)+len(g.c.Agencies) == 0:
		g.fault("error.unitchange_empty")
	case len(g.c.Moves) > maxChanged || len(g.c.New) > maxChanged || len(g.c.Agencies) > maxChanged:
		g.fault("error.unitchange_many", maxChanged)
	default:
		olds := g.olds()
		for i := range g.c.New {
			g.begin(&g.c.New[i], olds)
		}
		for _, k := range g.order() {
			g.end(k, olds[k])
		}
		g.received()
	}
	return g.c, g.effect, g.faults
}

func (g *changing) fault(key string, args ...any) {
	g.faults = append(g.faults, Errorf(Invalid, key, args...))
}

// tidy cuts spaces and brings names to the form of the register.
func (c UnitChange) tidy() UnitChange {
	c.Source = strings.TrimSpace(text.NFC(c.Source))
	c.Moves, c.New, c.Agencies = slices.Clone(c.Moves), slices.Clone(c.New), slices.Clone(c.Agencies)
	for i := range c.New {
		n := &c.New[i]
		n.Code, n.Parent = strings.TrimSpace(n.Code), strings.TrimSpace(n.Parent)
		n.Name = text.Tones(text.NFC(strings.Join(strings.Fields(n.Name), " ")))
		n.Type = UnitType(strings.ToLower(strings.TrimSpace(text.NFC(string(n.Type)))))
	}
	for i := range c.Agencies {
		a := &c.Agencies[i]
		a.Name, a.Unit = text.NFC(strings.Join(strings.Fields(a.Name), " ")), strings.TrimSpace(a.Unit)
	}
	return c
}

// order lists the old units of the moves, each once, as they are named.
func (g *changing) order() []UnitKey {
	var keys []UnitKey
	for _, m := range g.c.Moves {
		if !slices.Contains(keys, m.Old) {
			keys = append(keys, m.Old)
		}
	}
	return keys
}

// olds finds the old units and checks that each can be changed on the day.
func (g *changing) olds() map[UnitKey]UnitVersion {
	found := map[UnitKey]UnitVersion{}
	for _, k := range g.order() {
		u, err := g.units.Get(k)
		switch {
		case err != nil:
			g.fault("error.unitchange_unknown", k.Code)
			continue
		case u.Level() != CommuneLevel:
			g.fault("error.unitchange_level", u.Full())
		case u.To != "":
			g.fault("error.unitchange_ended", u.Full(), u.To)
		case u.From >= g.c.Day:
			g.fault("error.unitchange_before", u.Full(), u.From)
		case !g.within(u.UnitKey):
			g.fault("error.unitchange_elsewhere", u.Full())
		}
		found[k] = u
	}
	return found
}

// begin checks a new unit: that it goes on as it is, or begins as a version of its own.
func (g *changing) begin(n *NewUnit, olds map[UnitKey]UnitVersion) {
	before, err := g.units.At(n.Code, "")
	there := err == nil && before.Code == n.Code && before.On(g.c.Day.AddDays(-1))
	g.fill(n, before, there, olds)
	twice := 0
	for _, o := range g.c.New {
		if o.Code == n.Code {
			twice++
		}
	}
	u := UnitVersion{UnitKey: UnitKey{Code: n.Code, From: g.c.Day}, Name: n.Name, Type: n.Type, Parent: n.Parent}
	parent, perr := g.units.At(n.Parent, g.c.Day)
	switch {
	case u.Level() != CommuneLevel || strings.Trim(n.Code, "0123456789") != "":
		g.fault("error.unitchange_code", n.Code)
	case twice > 1:
		g.fault("error.unitchange_twice", n.Code)
	case n.Name == "":
		g.fault("error.unitchange_name", n.Code)
	case !slices.Contains(communeTypes, n.Type):
		g.fault("error.unitchange_type", n.Name, string(n.Type))
	case err == nil && !there, there && !g.within(before.UnitKey):
		g.fault("error.unitchange_taken", n.Code, before.Full())
	case perr != nil || parent.Level() >= CommuneLevel || !g.within(parent.UnitKey):
		g.fault("error.unitchange_parent", u.Full(), n.Parent)
	case there && n.same(before) && !slices.Contains(g.c.Moves, UnitMove{Old: before.UnitKey, New: n.Code, Extent: Whole}):
		g.effect.Continuing = append(g.effect.Continuing, before.UnitKey)
		return
	default:
		for _, v := range g.units.Versions(n.Code) {
			if v.UnitKey != before.UnitKey && (v.From >= g.c.Day || v.To > g.c.Day) {
				g.fault("error.unitchange_taken", n.Code, v.Full())
			}
		}
	}
	g.effect.Begun = append(g.effect.Begun, u)
	if there && !slices.ContainsFunc(g.c.Moves, func(m UnitMove) bool { return m.Old == before.UnitKey }) {
		// It takes in and changes its own name or type with it: its former version goes into it as a whole.
		g.c.Moves = append(g.c.Moves, UnitMove{Old: before.UnitKey, New: n.Code, Extent: Whole})
		olds[before.UnitKey] = before
	}
}

// fill fills in what a new unit leaves open: a unit that goes on keeps its own, the unit above is that of the first old unit.
func (g *changing) fill(n *NewUnit, before UnitVersion, there bool, olds map[UnitKey]UnitVersion) {
	if there {
		n.Name, n.Type = cmp.Or(n.Name, before.Name), cmp.Or(n.Type, before.Type)
	}
	if n.Parent != "" {
		return
	}
	above := before.Parent
	for _, m := range g.c.Moves {
		if u, ok := olds[m.Old]; ok && m.New == n.Code && !there {
			above = u.Parent
			break
		}
	}
	if n.Parent = g.home; above != "" {
		if _, err := g.units.At(above, g.c.Day); err == nil { // districts ended
			n.Parent = above
		}
	}
}

// same reports whether the unit is the version that is in force already.
func (n NewUnit) same(u UnitVersion) bool {
	return n.Name == u.Name && n.Type == u.Type && n.Parent == u.Parent
}

// end checks what becomes of an old unit, and ends it unless it goes on.
func (g *changing) end(k UnitKey, u UnitVersion) {
	whole, parts, heirs, goesOn := 0, 0, 0, false
	seen := map[string]bool{}
	for _, m := range g.c.Moves {
		if m.Old != k {
			continue
		}
		to := g.effect.New(m.New)
		switch {
		case to.Zero():
			g.fault("error.unitchange_nowhere", u.Full(), m.New)
			continue
		case seen[m.New]:
			g.fault("error.unitchange_doubled", u.Full(), m.New)
		case m.Extent == Whole:
			whole++
		case m.Extent == Part:
			parts++
		default:
			g.fault("error.unitchange_extent", u.Full())
		}
		if seen[m.New] = true; m.Heir {
			heirs++
		}
		if to == k {
			goesOn = true
			continue
		}
		g.effect.Successions = append(g.effect.Successions, Succession{Old: k, New: to, Day: g.c.Day, Extent: m.Extent, Source: g.c.Source})
	}
	switch {
	case whole > 1 || whole == 1 && parts > 0:
		g.fault("error.unitchange_whole", u.Full())
	case whole == 0 && parts == 1:
		g.fault("error.unitchange_rest", u.Full())
	case heirs > 1:
		g.fault("error.unitchange_heirs", u.Full())
	}
	if !goesOn {
		if slices.Contains(g.effect.Continuing, k) { // named as one that goes on, and given away all the same
			g.fault("error.unitchange_whole", u.Full())
		}
		g.effect.Ended = append(g.effect.Ended, k)
	}
}

// received checks that each new unit is made of something.
func (g *changing) received() {
	for _, n := range g.c.New {
		k := g.effect.New(n.Code)
		if !k.Zero() && !slices.ContainsFunc(g.effect.Successions, func(s Succession) bool { return s.New == k || s.Old == k }) {
			g.fault("error.unitchange_nothing", n.Name)
		}
	}
}

// An AppliedChange is a change as it was carried out; the store keeps it as an Entry under its id, and an undone one as an empty version after it.
type AppliedChange struct {
	ID ID
	UnitChange
	Effect     UnitEffect
	Successors []AgencySuccession
	Applied    Stamp
}

// An AgencySuccession says which agency took the place of which.
type AgencySuccession struct {
	Old  []ID
	New  ID
	Made bool // it was made by the change
}

// ChangesOf are the changes in force among entries of EntrySuccession, in the order in which they were carried out.
func ChangesOf(entries []Entry) ([]AppliedChange, error) {
	var list []AppliedChange
	for _, e := range entries {
		if e.Body == "" {
			continue
		}
		var c AppliedChange
		if err := json.Unmarshal([]byte(e.Body), &c); err != nil {
			return nil, fmt.Errorf("change %s: %w", e.Key, err)
		}
		list = append(list, c)
	}
	slices.SortStableFunc(list, func(a, b AppliedChange) int {
		return cmp.Or(a.Applied.At.Compare(b.Applied.At), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// RestsOn reports whether a later change is about units or agencies of an earlier one, so that the earlier cannot be undone before it.
func (c AppliedChange) RestsOn(earlier AppliedChange) bool {
	codes := earlier.Effect.Touches()
	if slices.ContainsFunc(c.Effect.Touches(), func(code string) bool { return slices.Contains(codes, code) }) {
		return true
	}
	var ids []ID
	for _, s := range earlier.Successors {
		ids = append(append(ids, s.Old...), s.New)
	}
	return slices.ContainsFunc(c.Successors, func(s AgencySuccession) bool {
		return slices.ContainsFunc(append(slices.Clone(s.Old), s.New), func(id ID) bool { return slices.Contains(ids, id) })
	})
}
