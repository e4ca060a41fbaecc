package reader

import (
	"sort"
	"strings"
	"unicode"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// found is what the stages of units, people and items keep for each other in a doc.
type found struct {
	refs    []unitRef   // every place that names a unit, in the order of the text
	entries []unitEntry // each unit once
	mains   []string    // see mainUnits
	persons persons

	refAtToken []int32 // by token: the number of the reference that begins there, counted from 1, or 0
}

// reachBack is how many references back the merged unit of a list is looked for.
const reachBack = 60

// A unitEntry is one unit of the document with the versions that it may be.
type unitEntry struct {
	Type           gov.UnitType
	Name           string
	First          int // first of its refs
	Former, Merged bool
	Parent         int // entry of the unit that the text names above it, or -1
	cands          []gov.UnitVersion
	provinces      map[string]bool // provinces of cands, as of the document's day
	whole          string          // see full
}

// full is the unit's name with its type.
func (e *unitEntry) full() string {
	if e.whole == "" {
		e.whole = gov.UnitVersion{Name: e.Name, Type: e.Type}.Full()
	}
	return e.whole
}

// day is the day by which the document's units are looked up: that of the event, else that of publication.
func (d *doc) day() gov.Day {
	if d.out.Document.Date != "" {
		return d.out.Document.Date
	}
	return d.out.Document.Published
}

// joinParents links a unit to the one that stands right after it as its province or district: "xã A, huyện B", "xã A (tỉnh B)".
func (d *doc) joinParents() {
	for i := 0; i+1 < len(d.refs); i++ {
		a, b := &d.refs[i], d.refs[i+1]
		gap := d.Tokens[a.Last:max(a.Last, b.First)]
		near := len(gap) == 0 && !a.Mixed || len(gap) == 1 && (gap[0].Norm == "," || gap[0].Norm == "(" || gap[0].Norm == "thuộc" || gap[0].Norm == "-")
		if near && b.Rule == "unit.typed" && level(a.Type) > level(b.Type) && level(b.Type) != gov.UnknownLevel {
			a.Parent = i + 1
		}
	}
}

// level is the tier that a type belongs to; a city may be of two and counts as the upper one.
func level(t gov.UnitType) gov.UnitLevel {
	switch t {
	case gov.Province, gov.City:
		return gov.ProvinceLevel
	case gov.UrbanDist, gov.RuralDist, gov.Town:
		return gov.DistrictLevel
	case gov.Ward, gov.Commune, gov.Township, gov.SpecialZone:
		return gov.CommuneLevel
	}
	return gov.UnknownLevel
}

// settleUnits makes entries of the references and settles each by the register where one version fits.
func (d *doc) settleUnits() {
	d.typeMixed()
	index := map[string]int{}
	for i := range d.refs {
		r := &d.refs[i]
		key := string(r.Type) + " " + plainName(r.Name)
		x, ok := index[key]
		if !ok {
			x = len(d.entries)
			index[key] = x
			d.entries = append(d.entries, unitEntry{Type: r.Type, Name: r.Name, First: i, Former: true, Parent: -1})
		}
		e := &d.entries[x]
		e.Former, e.Merged = e.Former && r.Former, e.Merged || r.Merged
		r.Entry = x
	}
	for _, r := range d.refs {
		if r.Parent >= 0 {
			d.entries[r.Entry].Parent = d.refs[r.Parent].Entry
		}
	}
	if d.reader.units != nil {
		s := &settler{doc: d, day: d.day()}
		s.settle()
	}
	for i := range d.entries {
		e := &d.entries[i]
		r := d.refs[e.First]
		u := gov.UnitMention{Name: e.full(), Span: d.span(r.First, r.Last), Rule: r.Rule}
		if v, ok := e.version(); ok && v.Official() {
			u.Code, u.From = v.Code, v.From
		}
		d.out.Units = append(d.out.Units, u)
	}
}

// version is the one version that fits, where all that is left has one code.
func (e *unitEntry) version() (gov.UnitVersion, bool) {
	if len(e.cands) == 0 {
		return gov.UnitVersion{}, false
	}
	v := e.cands[0]
	for _, c := range e.cands[1:] {
		if c.Code != v.Code {
			return gov.UnitVersion{}, false
		}
		if c.From > v.From {
			v = c
		}
	}
	return v, true
}

// typeMixed gives the names of a list with several types (các phường, xã cũ gồm: A, B) the types that the register knows among
// the units that the merged one was made of; where it knows none the type stays open.
func (d *doc) typeMixed() {
	types := map[string]gov.UnitType{}
	for _, r := range d.refs {
		if !r.Mixed {
			types[plainName(r.Name)] = r.Type
		}
	}
	for i := range d.refs {
		if !d.refs[i].Mixed {
			continue
		}
		d.refs[i].Type = types[plainName(d.refs[i].Name)]
		for j := i - 1; j >= max(0, i-reachBack) && d.refs[i].Former; j-- {
			if !d.refs[j].Merged {
				continue
			}
			if v, ok := d.origin(d.refs[j], d.refs[i].Name); ok {
				d.refs[i].Type = v.Type
			}
			break
		}
	}
}

// origin finds the version with the name among the origins of the unit that r names.
func (d *doc) origin(r unitRef, name string) (gov.UnitVersion, bool) {
	for _, v := range d.versions(r.Type, r.Name) {
		for _, s := range d.reader.units.Origins(v.UnitKey) {
			o, err := d.reader.units.Get(s.Old)
			if err == nil && o.UnitKey != v.UnitKey && plainName(o.Name) == plainName(name) {
				return o, true
			}
		}
	}
	return gov.UnitVersion{}, false
}

// A settler settles the entries of one document.
type settler struct {
	*doc
	day      gov.Day
	inferred bool            // day is not the document's own: see bound
	parts    map[string]bool // units that the text names as parts of a merger
	province string          // the one that holds the document's units, or empty
}

func (s *settler) settle() {
	if s.day == "" {
		s.day = s.bound()
		s.inferred = s.day != ""
	}
	for i := range s.entries {
		e := &s.entries[i]
		e.cands = s.candidates(e)
		e.provinces = s.provincesOf(e.cands)
	}
	s.province = s.choose()
	for i := range s.entries {
		e := &s.entries[i]
		s.byOrigins(i)
		s.byParent(e)
		if _, ok := e.version(); !ok && s.province != "" && len(e.cands) > 1 {
			e.cands = s.within(e.cands, s.province)
			if e.Former {
				e.cands = lastEnded(e.cands)
			}
		}
		if e.Merged && s.twoCodes(e) {
			e.cands = nil
		}
	}
}

// bound is a day on which all units that have ended were still there, for a document without a day; empty where none has ended.
func (s *settler) bound() gov.Day {
	end := gov.Day("")
	for i := range s.entries {
		e := &s.entries[i]
		last := gov.Day("")
		for _, v := range s.versions(e.Type, e.Name) {
			if v.To == "" {
				last = ""
				break
			}
			last = max(last, v.To)
		}
		if last != "" && !e.Former && (end == "" || last < end) {
			end = last
		}
	}
	return end.AddDays(-1)
}

// candidates lists the versions that a name may mean on the document's day.
func (s *settler) candidates(e *unitEntry) []gov.UnitVersion {
	all := s.versions(e.Type, e.Name)
	if len(all) == 0 && e.Type != "" {
		all = s.byInitials(e.Type, e.Name)
	}
	if s.day == "" && !e.Former {
		return all
	}
	var out []gov.UnitVersion
	if !e.Former {
		for _, v := range all {
			if v.On(s.day) {
				out = append(out, v)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	if s.inferred {
		return latest(all, "")
	}
	return latest(all, s.day)
}

// latest keeps, of each code, the last version that had ended or was about to on the day.
func latest(all []gov.UnitVersion, day gov.Day) []gov.UnitVersion {
	best := map[string]gov.UnitVersion{}
	for _, v := range all {
		if v.To == "" || day != "" && v.From > day {
			continue
		}
		if b, ok := best[v.Code]; !ok || v.To > b.To {
			best[v.Code] = v
		}
	}
	var out []gov.UnitVersion
	for _, v := range best {
		out = append(out, v)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Code < out[j].Code })
	return out
}

// lastEnded keeps the versions that ended last.
func lastEnded(cands []gov.UnitVersion) []gov.UnitVersion {
	end := gov.Day("")
	for _, v := range cands {
		end = max(end, v.To)
	}
	var out []gov.UnitVersion
	for _, v := range cands {
		if v.To == end {
			out = append(out, v)
		}
	}
	return out
}

// byInitials finds the provinces and districts of the type whose initials are the name: PRTC for Phan Rang - Tháp Chàm.
func (s *settler) byInitials(typ gov.UnitType, name string) []gov.UnitVersion {
	if len(name) < 2 || len(name) > 6 || name != strings.ToUpper(name) || strings.ContainsAny(name, " 0123456789") {
		return nil
	}
	key := initialsKey{typ, s.day, name}
	if list, ok := s.reader.memo.initials.Load(key); ok {
		return list.([]gov.UnitVersion)
	}
	var out []gov.UnitVersion
	take := func(v gov.UnitVersion) {
		if v.Type == typ && text.Fold(initials(v.Name)) == text.Fold(name) {
			out = append(out, v)
		}
	}
	for _, p := range s.reader.units.Provinces(s.day) {
		take(p)
		if typ == gov.Province {
			continue
		}
		for _, c := range s.reader.units.Children(p.Code, s.day) {
			take(c)
		}
	}
	key.name = strings.Clone(name)
	s.reader.memo.keep(&s.reader.memo.initials, key, out)
	return out
}

func initials(name string) string {
	var b strings.Builder
	begin := true
	for _, r := range name {
		if begin && unicode.IsLetter(r) {
			b.WriteRune(unicode.ToUpper(r))
		}
		begin = r == ' ' || r == '-' || r == '–'
	}
	return b.String()
}

// provincesOf gives the provinces that hold the versions, by the province's code on the document's day.
func (s *settler) provincesOf(cands []gov.UnitVersion) map[string]bool {
	out := map[string]bool{}
	for _, v := range cands {
		if p := s.provinceOf(v); p != "" {
			out[p] = true
		}
	}
	return out
}

// provinceOf climbs to the province of a version and, where it has ended since, goes on to what it became by the document's day.
func (s *settler) provinceOf(v gov.UnitVersion) string {
	on := v.To.AddDays(-1)
	for range 3 {
		if v.Parent == "" {
			break
		}
		up, err := s.reader.units.At(v.Parent, on)
		if err != nil {
			return ""
		}
		v = up
	}
	for range 3 {
		if v.To == "" || s.day == "" || s.day < v.To {
			break
		}
		next := s.reader.units.Successors(v.UnitKey)
		if len(next) == 0 {
			break
		}
		n, err := s.reader.units.Get(next[0].New)
		if err != nil {
			break
		}
		v = n
	}
	return v.Code
}

// choose finds the one province that holds the document's units together. Units that are alone in the country decide where there
// are any; else it is the one province that has all names.
func (s *settler) choose() string {
	alone, common := map[string]bool{}, map[string]int{}
	several, named := 0, map[string]bool{}
	for i := range s.entries {
		e := &s.entries[i]
		if len(e.cands) == 0 {
			continue
		}
		if e.cands[0].Level() == gov.ProvinceLevel {
			named[e.cands[0].Code] = true
			continue
		}
		several++
		for p := range e.provinces {
			common[p]++
			if len(e.provinces) == 1 {
				alone[p] = true
			}
		}
	}
	pick := ""
	for p, n := range common {
		ok := n == several && len(alone) == 0 && (len(named) != 1 || named[p])
		if len(alone) == 1 {
			ok = alone[p] && 2*n >= several
		}
		if ok && pick != "" {
			return ""
		}
		if ok {
			pick = p
		}
	}
	return pick
}

// within keeps the versions of one province.
func (s *settler) within(cands []gov.UnitVersion, province string) []gov.UnitVersion {
	var out []gov.UnitVersion
	for _, v := range cands {
		if s.provinceOf(v) == province {
			out = append(out, v)
		}
	}
	return out
}

// byParent keeps the versions that lie in the unit that the text names above this one.
func (s *settler) byParent(e *unitEntry) {
	if e.Parent < 0 || len(e.cands) < 2 {
		return
	}
	var out []gov.UnitVersion
	for _, v := range e.cands {
		for _, p := range s.entries[e.Parent].cands {
			if v.Parent == p.Code || p.Level() == gov.ProvinceLevel && s.provinceOf(v) == p.Code {
				out = append(out, v)
				break
			}
		}
	}
	if len(out) > 0 {
		e.cands = out
	}
}

// byOrigins settles the names of a merger by the register's list of what the merged unit was made of.
func (s *settler) byOrigins(i int) {
	e := &s.entries[i]
	if !e.Former {
		return
	}
	for j := e.First - 1; j >= max(0, e.First-reachBack); j-- {
		if !s.refs[j].Merged {
			continue
		}
		if o, ok := s.origin(s.refs[j], e.Name); ok && (e.Type == "" || o.Type == e.Type) {
			e.cands = []gov.UnitVersion{o}
		}
		return
	}
}

// twoCodes reports whether a name that stands for a merged unit and for one of its parts has two codes, so that none can be given.
func (s *settler) twoCodes(e *unitEntry) bool {
	if s.parts == nil {
		s.parts = map[string]bool{}
		for _, r := range s.refs {
			if r.Former {
				s.parts[string(r.Type)+" "+plainName(r.Name)] = true
			}
		}
	}
	if !s.parts[string(e.Type)+" "+plainName(e.Name)] {
		return false
	}
	code := ""
	for _, v := range s.versions(e.Type, e.Name) {
		if p := s.provinceOf(v); s.province != "" && p != s.province && !s.follows(p) || v.To != "" && s.day != "" && v.To < s.day {
			continue
		}
		if code != "" && v.Code != code {
			return true
		}
		code = v.Code
	}
	return false
}

// follows reports whether a province is what the document's province became later.
func (s *settler) follows(code string) bool {
	v, err := s.reader.units.At(s.province, s.day)
	if err != nil {
		return false
	}
	for _, n := range s.reader.units.Successors(v.UnitKey) {
		if n.New.Code == code {
			return true
		}
	}
	return false
}
