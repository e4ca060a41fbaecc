package gov

import (
	"slices"
	"strings"

	"haicap/internal/text"
)

// CheckAgencies says everything that stands against the changes of agencies: the realm's agencies are all, keeper is the one that holds the books.
func (c UnitChange) CheckAgencies(all []Agency, keeper ID) []*Error {
	var faults []*Error
	seen := map[ID]bool{}
	find := func(id ID) (Agency, bool) {
		i := slices.IndexFunc(all, func(a Agency) bool { return a.ID == id })
		if i < 0 || all[i].To != "" {
			faults = append(faults, Errorf(Invalid, "error.unitchange_agency", string(id)))
			return Agency{}, false
		}
		return all[i], true
	}
	for _, a := range c.Agencies {
		if len(a.Old) == 0 {
			faults = append(faults, Errorf(Invalid, "error.unitchange_agency_none", a.Name))
		}
		for _, id := range append(slices.Clone(a.Old), a.Into) {
			if id == "" {
				continue
			}
			old, ok := find(id)
			switch {
			case !ok:
			case id == keeper && slices.Contains(a.Old, id):
				faults = append(faults, Errorf(Invalid, "error.unitchange_keeper", old.Name))
			case seen[id]:
				faults = append(faults, Errorf(Invalid, "error.unitchange_agency_twice", old.Name))
			}
			seen[id] = true
		}
		if a.Into == "" && a.Name == "" {
			faults = append(faults, Errorf(Invalid, "error.unitchange_agency_name"))
		}
	}
	return faults
}

// Renamed is a name that words a body in the place of another: "UBND phường Tiên Cát" becomes "UBND phường Thanh Miếu". What does not hold the old
// name stays as it is.
func Renamed(words string, old, now UnitVersion) string {
	for _, pair := range [][2]string{{old.Full(), now.Full()}, {capital(old.Full()), capital(now.Full())}} {
		if strings.Contains(words, pair[0]) {
			return strings.ReplaceAll(words, pair[0], pair[1])
		}
	}
	return words
}

func capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// ProposeAgencies proposes what becomes of the agencies of units that end: those that bear the same name but for the unit's become one, named by the
// unit that takes over; where that has such an agency already, it goes on. Agencies of units whose heir is open are left out.
func ProposeAgencies(all []Agency, c UnitChange, e UnitEffect, before, after Units, keeper ID) []AgencyChange {
	var list []AgencyChange
	at := map[string]int{}
	for _, k := range e.Ended {
		old, err1 := before.Get(k)
		heir, ok := e.Heir(c, k)
		now, err2 := after.Get(heir)
		if err1 != nil || err2 != nil || !ok {
			continue
		}
		for _, a := range all {
			if a.Unit != k || a.To != "" || a.ID == keeper {
				continue
			}
			name := Renamed(a.Name, old, now)
			key := text.Fold(name) + "/" + now.Code + "/" + string(a.Line)
			if i, there := at[key]; there {
				list[i].Old = append(list[i].Old, a.ID)
				continue
			}
			change := AgencyChange{Old: []ID{a.ID}, Name: name, Unit: now.Code, Line: a.Line}
			for _, o := range all {
				if o.Unit == now.UnitKey && o.To == "" && text.Fold(o.Name) == text.Fold(name) {
					change.Into = o.ID
				}
			}
			at[key] = len(list)
			list = append(list, change)
		}
	}
	return list
}
