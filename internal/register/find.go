package register

import (
	"sort"
	"strings"
	"unicode"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// searchKey is the form under which names are found: folded, apostrophes dropped, every other sign a space.
func searchKey(name string) string {
	return strings.Join(strings.FieldsFunc(strings.Map(func(r rune) rune {
		if r == '\'' || r == '’' || r == '`' || r == 'ʼ' {
			return -1
		}
		return r
	}, text.Fold(name)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// bareKey drops the words for a state farm from the name of a township: lists write "N.T Phong Hải", "NT Trần Phú", and
// documents mostly neither.
func bareKey(key string) string {
	for _, farm := range []string{"nong truong ", "nông trường ", "nt ", "n t "} {
		if rest, ok := strings.CutPrefix(key, farm); ok && rest != "" {
			return rest
		}
	}
	return key
}

// looseKey makes y and i after a consonant at the end of a syllable the same: Mỹ and Mĩ, Quy and Qui.
func looseKey(key string) string {
	words := strings.Fields(key)
	for i, w := range words {
		n := len(w)
		if n >= 2 && (w[n-1] == 'y' && !strings.ContainsRune("aeoiy", rune(w[n-2])) && (w[n-2] != 'u' || w[0] == 'q')) {
			words[i] = w[:n-1] + "i"
		}
	}
	return strings.Join(words, " ")
}

// shortKey is the initials of a name of three syllables or more: "prtc" for Phan Rang-Tháp Chàm.
func shortKey(key string) string {
	words := strings.Fields(key)
	if len(words) < 3 {
		return ""
	}
	var b strings.Builder
	for _, w := range words {
		b.WriteByte(w[0])
	}
	return b.String()
}

// indexNames makes the indices by name at the first search.
func (r *Register) indexNames() {
	r.byName, r.byLoose, r.byShort = make(map[string][]int32, len(r.units)), map[string][]int32{}, map[string][]int32{}
	for i, u := range r.units {
		key := bareKey(searchKey(u.Name))
		r.byName[key] = append(r.byName[key], int32(i))
		if loose := looseKey(key); loose != key {
			r.byLoose[loose] = append(r.byLoose[loose], int32(i))
		}
		if short := shortKey(key); short != "" && u.Level() != gov.CommuneLevel {
			r.byShort[short] = append(r.byShort[short], int32(i))
		}
	}
}

// A reading of what somebody typed: a name, and the types that it may have (none: any).
type asked struct {
	name  string
	types []gov.UnitType
}

// abbreviations are the words before a name that say its type, folded, with the types that each may mean.
var abbreviations = map[string][]gov.UnitType{
	"tinh": {gov.Province}, "t": {gov.Province, gov.Township},
	"thanh pho": {gov.City}, "tp": {gov.City},
	"quan": {gov.UrbanDist}, "q": {gov.UrbanDist},
	"huyen": {gov.RuralDist}, "h": {gov.RuralDist},
	"thi xa": {gov.Town}, "tx": {gov.Town},
	"phuong": {gov.Ward}, "p": {gov.Ward}, "f": {gov.Ward},
	"xa": {gov.Commune}, "x": {gov.Commune},
	"thi tran": {gov.Township}, "tt": {gov.Township},
	"dac khu": {gov.SpecialZone}, "dk": {gov.SpecialZone},
	"xa phuong": {gov.Commune, gov.Ward}, "phuong xa": {gov.Commune, gov.Ward}, "quan huyen": {gov.UrbanDist, gov.RuralDist},
	"xa phuong dac khu": {gov.Commune, gov.Ward, gov.SpecialZone},
}

// readings lists what the typed words may mean: all of them a name, or a type and a name ("quan hoa" is huyện Quan Hóa or
// quận Hoa). Words with their marks settle it: "phường Lâm" is no unit of the name Phương Lâm.
func readings(typed string) []asked {
	words := strings.Fields(spaced(typed))
	all := []asked{{name: strings.Join(words, " ")}}
	for n := min(4, len(words)-1); n >= 1; n-- {
		if types := abbreviations[searchKey(strings.Join(words[:n], " "))]; types != nil {
			return append(all, asked{name: strings.Join(words[n:], " "), types: types})
		}
	}
	return all
}

// spaced sets the type apart from the name where they are written together: "P.10", "TP.HCM", "Q1", "xã/phường".
func spaced(s string) string {
	s = strings.NewReplacer(".", " ", "/", " ", "_", " ", "(", " ", ")", " ").Replace(s)
	words := strings.Fields(s)
	if len(words) > 0 {
		first := strings.TrimRight(words[0], "0123456789")
		if _, ok := abbreviations[searchKey(first)]; ok && first != words[0] {
			words[0] = first + " " + words[0][len(first):]
		} else if rest, ok := strings.CutPrefix(words[0], "TP"); ok && len(rest) >= 3 {
			words[0] = "TP " + rest
		}
	}
	return strings.Join(words, " ")
}

// Find lists the candidates for a name: those with the same marks first, then current before former, then by code. The name
// may carry its type, also abbreviated, and units above it after commas ("P. Thanh Miếu, Phú Thọ").
func (r *Register) Find(q gov.UnitQuery) []gov.UnitMatch {
	r.names.Do(r.indexNames)
	name, above, _ := strings.Cut(text.NFC(q.Name), ",")
	var found []gov.UnitMatch
	seen := map[int32]bool{}
	within := r.withinOf(q.Within)
	for _, a := range readings(name) {
		for _, i := range r.named(a.name) {
			u := r.units[i]
			if seen[i] || !a.allows(u.Type) || q.Type != "" && u.Type != q.Type || q.On != "" && !u.On(q.On) || !within.holds(r, u) {
				continue
			}
			seen[i] = true
			found = append(found, gov.UnitMatch{Unit: u, Exact: a.exact(u)})
		}
	}
	sort.SliceStable(found, func(i, j int) bool { return matchLess(found[i], found[j]) })
	found = r.below(found, above)
	if q.Limit > 0 && len(found) > q.Limit {
		found = found[:q.Limit]
	}
	for i := range found {
		if found[i].Path == "" {
			found[i].Path = gov.UnitPath(r, found[i].Unit)
		}
	}
	return found
}

// named gives the units of a name: by its key, else with y and i alike, else by initials.
func (r *Register) named(name string) []int32 {
	key := bareKey(searchKey(name))
	if key == "" {
		return nil
	}
	if is := r.byName[key]; is != nil {
		return is
	}
	loose := looseKey(key)
	if is := append(append([]int32(nil), r.byLoose[loose]...), r.byName[loose]...); len(is) > 0 {
		return is
	}
	return r.byShort[strings.ReplaceAll(key, " ", "")]
}

func (a asked) allows(t gov.UnitType) bool {
	if a.types == nil {
		return true
	}
	for _, want := range a.types {
		if t == want {
			return true
		}
	}
	return false
}

// exact reports whether the typed name agrees with the unit's in its marks, either placement of the tone.
func (a asked) exact(u gov.UnitVersion) bool { return exactKey(a.name) == exactKey(u.Name) }

func exactKey(s string) string {
	return bareKey(strings.Join(strings.FieldsFunc(strings.NewReplacer("'", "", "’", "").Replace(text.Norm(s)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " "))
}

func matchLess(a, b gov.UnitMatch) bool {
	switch {
	case a.Exact != b.Exact:
		return a.Exact
	case a.Unit.Current() != b.Unit.Current():
		return a.Unit.Current()
	case a.Unit.Code != b.Unit.Code:
		return a.Unit.Code < b.Unit.Code
	}
	return a.Unit.From > b.Unit.From
}

// below keeps the matches that lie in all the units named after commas; where that would leave none, the words after the
// comma are no unit above and all stay.
func (r *Register) below(found []gov.UnitMatch, above string) []gov.UnitMatch {
	if strings.TrimSpace(above) == "" {
		return found
	}
	var kept []gov.UnitMatch
	for _, m := range found {
		m.Path = gov.UnitPath(r, m.Unit)
		path := " " + searchKey(m.Path[len(m.Unit.Full()):]) + " "
		ok := true
		for _, part := range strings.Split(above, ",") {
			words := readings(part)
			ok = ok && strings.Contains(path, " "+searchKey(words[len(words)-1].name)+" ")
		}
		if ok {
			kept = append(kept, m)
		}
	}
	if len(kept) == 0 {
		return found
	}
	return kept
}

// A scope is the codes that a search is narrowed to: a unit and, with it, the provinces that went into it.
type scope struct {
	codes map[string]bool
	ended bool // the unit is no more: what was made of its parts counts too
}

func (r *Register) withinOf(code string) *scope {
	if code == "" {
		return nil
	}
	if other := r.aliases[code]; other != "" {
		code = other
	}
	s := &scope{codes: map[string]bool{code: true}, ended: true}
	for _, v := range r.Versions(code) {
		s.codes[v.Code] = true
		s.ended = s.ended && !v.Current()
		for _, o := range r.Origins(v.UnitKey) {
			if len(o.Old.Code) == len(code) {
				s.codes[o.Old.Code] = true
			}
		}
	}
	return s
}

func (s *scope) holds(r *Register, u gov.UnitVersion) bool {
	if s == nil || s.above(r, u) {
		return true
	}
	if !s.ended {
		return false
	}
	for _, o := range r.Origins(u.UnitKey) {
		if old, err := r.Get(o.Old); err == nil && s.above(r, old) {
			return true
		}
	}
	return false
}

// above reports whether u or a unit above it is in the scope.
func (s *scope) above(r *Register, u gov.UnitVersion) bool {
	if s.codes[u.Code] {
		return true
	}
	for _, a := range gov.UnitsAbove(r, u) {
		if s.codes[a.Code] {
			return true
		}
	}
	return false
}
