package gov

// A Lineage is what a unit version came from and what became of it, as two trees that grow from it.
type Lineage struct {
	Unit       UnitVersion
	Origins    []LineageStep // one step back, by code; each with its own origins
	Successors []LineageStep // one step on, by code; each with its own successors
}

// A LineageStep is one succession, the unit at its far end, and the steps beyond.
type LineageStep struct {
	Succession
	Unit UnitVersion
	Next []LineageStep
}

// maxSteps bounds the trees; a register with a longer chain is wrong, not deep.
const maxSteps = 24

// LineageOf gives the lineage of a version; NotFound where there is no such version.
func LineageOf(units Units, k UnitKey) (Lineage, error) {
	u, err := units.Get(k)
	if err != nil {
		return Lineage{}, err
	}
	return Lineage{
		Unit:       u,
		Origins:    stepsFrom(units, u.UnitKey, false, map[UnitKey]bool{u.UnitKey: true}),
		Successors: stepsFrom(units, u.UnitKey, true, map[UnitKey]bool{u.UnitKey: true}),
	}, nil
}

// stepsFrom follows the successions of k; path holds the versions between the root and here, so that a circle ends.
func stepsFrom(units Units, k UnitKey, forward bool, path map[UnitKey]bool) []LineageStep {
	if len(path) > maxSteps {
		return nil
	}
	list := units.Origins(k)
	if forward {
		list = units.Successors(k)
	}
	var steps []LineageStep
	for _, s := range list {
		far := s.Old
		if forward {
			far = s.New
		}
		u, err := units.Get(far)
		if err != nil || path[far] {
			continue
		}
		path[far] = true
		steps = append(steps, LineageStep{Succession: s, Unit: u, Next: stepsFrom(units, far, forward, path)})
		delete(path, far)
	}
	return steps
}

// An Heir is a unit at the end of a lineage: in force now, or ended without a known successor.
type Heir struct {
	Unit   UnitVersion
	Extent Extent // of the first unit in this one: whole only where every step was, part where one was, else unknown
	Steps  int
}

// HeirsOf lists where a version's land and people are now, by code. A version in force is its own heir.
func HeirsOf(units Units, k UnitKey) ([]Heir, error) {
	l, err := LineageOf(units, k)
	if err != nil {
		return nil, err
	}
	if len(l.Successors) == 0 {
		return []Heir{{Unit: l.Unit, Extent: Whole}}, nil
	}
	var heirs []Heir
	seen := map[UnitKey]int{}
	var walk func(steps []LineageStep, so Extent, n int)
	walk = func(steps []LineageStep, so Extent, n int) {
		for _, s := range steps {
			extent := joinExtents(so, s.Extent)
			if len(s.Next) > 0 {
				walk(s.Next, extent, n+1)
				continue
			}
			if i, ok := seen[s.Unit.UnitKey]; ok { // reached on two ways: what came together is not known
				heirs[i].Extent = ExtentUnknown
				continue
			}
			seen[s.Unit.UnitKey] = len(heirs)
			heirs = append(heirs, Heir{Unit: s.Unit, Extent: extent, Steps: n})
		}
	}
	walk(l.Successors, Whole, 1)
	return heirs, nil
}

func joinExtents(a, b Extent) Extent {
	switch {
	case a == Part || b == Part:
		return Part
	case a == Whole && b == Whole:
		return Whole
	}
	return ExtentUnknown
}

// LastDay is the last day of an ended version, empty for one in force: the day on which its parents are to be asked for.
func (u UnitVersion) LastDay() Day {
	if u.To == "" {
		return ""
	}
	return u.To.AddDays(-1)
}

// UnitsAbove lists the units above a version on its last day, nearest first; those that the register does not know are left out.
func UnitsAbove(units Units, u UnitVersion) []UnitVersion {
	var above []UnitVersion
	day := u.LastDay()
	for parent := u.Parent; parent != "" && len(above) < 4; {
		p, err := units.At(parent, day)
		if err != nil {
			break
		}
		above = append(above, p)
		parent = p.Parent
	}
	return above
}

// ProvinceOf is the province of a version on its last day; a province is its own. False where the register does not know it.
func ProvinceOf(units Units, u UnitVersion) (UnitVersion, bool) {
	if u.Level() == ProvinceLevel {
		return u, true
	}
	for _, a := range UnitsAbove(units, u) {
		if a.Level() == ProvinceLevel {
			return a, true
		}
	}
	return UnitVersion{}, false
}

// UnitPath is the version with the units above it on its last day: "phường Thanh Miếu, tỉnh Phú Thọ".
func UnitPath(units Units, u UnitVersion) string {
	s := u.Full()
	for _, a := range UnitsAbove(units, u) {
		s += ", " + a.Full()
	}
	return s
}
