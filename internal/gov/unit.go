package gov

import "strings"

// A UnitKey names one version of an administrative unit. A code alone is not a unit: more than half of the commune codes in
// use since July 2025 named another unit before.
type UnitKey struct {
	Code string `json:"code"`
	From Day    `json:"from"` // first day of the version; empty: before the register begins
}

// Zero reports whether no unit is named.
func (k UnitKey) Zero() bool { return k.Code == "" }

// A UnitType is the kind of a unit as its name carries it, in lower case.
type UnitType string

// The unit types, present and former.
const (
	Province     UnitType = "tỉnh"
	City         UnitType = "thành phố"
	UrbanDist    UnitType = "quận"
	RuralDist    UnitType = "huyện"
	Town         UnitType = "thị xã"
	Ward         UnitType = "phường"
	Commune      UnitType = "xã"
	Township     UnitType = "thị trấn"
	SpecialZone  UnitType = "đặc khu"
	UnknownUnits UnitType = ""
)

// A UnitLevel is the tier of a unit; it follows from the length of its code.
type UnitLevel int

// The tiers: province (2 digits), district (3 digits, until June 2025), commune (5 digits).
const (
	UnknownLevel  UnitLevel = 0
	ProvinceLevel UnitLevel = 2
	DistrictLevel UnitLevel = 3
	CommuneLevel  UnitLevel = 5
)

// A UnitVersion is a unit during the days [From, To): one name, one type, one parent.
type UnitVersion struct {
	UnitKey
	Name   string   // without its type, NFC, tone placement of the register: "Thanh Miếu"
	Type   UnitType // "phường"
	Parent string   // code of the unit above on those days; empty for a province
	To     Day      // exclusive; empty: still in force
	Lat    float64  // of its centre, in degrees; with Lon 0 where no list said so
	Lon    float64
}

// Placed reports whether the unit's position is known.
func (u UnitVersion) Placed() bool { return u.Lat != 0 || u.Lon != 0 }

// Full is the name with its type: "phường Thanh Miếu".
func (u UnitVersion) Full() string {
	if u.Type == "" {
		return u.Name
	}
	return string(u.Type) + " " + u.Name
}

// Marker stands in a code that is none: the register's own sign for a former district whose official code it does not know.
const Marker = "~"

// Official reports whether the code is an official one; only such a code is shown to people or written into a reading.
func (u UnitVersion) Official() bool { return !strings.Contains(u.Code, Marker) }

// Level is the tier of the unit.
func (u UnitVersion) Level() UnitLevel {
	if !u.Official() {
		return DistrictLevel
	}
	switch len(u.Code) {
	case 2, 3, 5:
		return UnitLevel(len(u.Code))
	}
	return UnknownLevel
}

// Current reports whether the version is still in force.
func (u UnitVersion) Current() bool { return u.To == "" }

// On reports whether the version was in force on the day.
func (u UnitVersion) On(d Day) bool { return u.From <= d && (u.To == "" || d < u.To) }

// An Extent says how much of a unit went into its successor.
type Extent string

// The extents. What the register does not know is ExtentUnknown ("chưa rõ"), never the whole.
const (
	ExtentUnknown Extent = ""
	Whole         Extent = "whole"
	Part          Extent = "part"
)

// A Succession says that on a day one unit became, or gave a part to, another.
type Succession struct {
	Old    UnitKey
	New    UnitKey
	Day    Day
	Extent Extent
	Source string // resolution or list that says so; empty: the embedded register
}

// A UnitMatch is one candidate for a name that somebody typed or a document used.
type UnitMatch struct {
	Unit  UnitVersion
	Path  string // "phường Thanh Miếu, tỉnh Phú Thọ" as of the version's last day
	Exact bool   // the name agrees with its marks, not only folded
}

// A UnitQuery narrows a search for units by name.
type UnitQuery struct {
	Name   string   // with or without type and marks
	Type   UnitType // empty: any
	Within string   // code of a unit above, current or former; empty: the country
	On     Day      // only versions in force on this day; empty: any time, current ones first
	Limit  int      // 0: no limit
}

// Units is the register of units, read-only. Implementations are safe for concurrent use.
type Units interface {
	// At gives the version of code in force on the day (empty: today's current version); NotFound where there is none.
	At(code string, on Day) (UnitVersion, error)
	// Get gives the version with exactly this key; NotFound where there is none.
	Get(k UnitKey) (UnitVersion, error)
	// Versions lists all versions of a code, oldest first; empty where the code is unknown.
	Versions(code string) []UnitVersion
	// Find lists the candidates for a name: exact marks first, then current before former, then by code.
	Find(q UnitQuery) []UnitMatch
	// Children lists the units directly below code on the day (empty: now), by folded name.
	Children(code string, on Day) []UnitVersion
	// Origins lists what a version was made of, one step back; Successors what became of it, one step on.
	Origins(k UnitKey) []Succession
	Successors(k UnitKey) []Succession
	// Provinces lists the provinces in force on the day (empty: now), by code.
	Provinces(on Day) []UnitVersion
}
