package reader

import (
	"maps"
	"slices"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/reader/grammar"
	"haicap/internal/text"
)

// A unitRef is one place that names an administrative unit with its type, or inside a list that shares its type.
type unitRef struct {
	First, Last int // tokens, the type included where it stands there
	Type        gov.UnitType
	Name        string // without its type, as written, with single spaces
	Former      bool   // the text speaks of the unit before its merger
	Merged      bool   // the unit is the result of a merger that its sentence tells of
	Mixed       bool   // the list names several types, so that Type is open
	Parent      int    // the unit that the text names right after it as the one above: an index into doc.refs, or -1
	Entry       int    // its unit among doc.entries
	Rule        string
}

// unitTypes are the words that stand before the name of a unit.
var unitTypes = dictOf(map[string]gov.UnitType{
	"tỉnh": gov.Province, "thành phố": gov.City, "tp": gov.City, "tp.": gov.City, "quận": gov.UrbanDist, "huyện": gov.RuralDist,
	"thị xã": gov.Town, "tx": gov.Town, "tx.": gov.Town, "xã": gov.Commune, "phường": gov.Ward, "thị trấn": gov.Township,
	"đặc khu": gov.SpecialZone,
})

// cityNames are names that carry their type inside one word.
var cityNames = map[string]string{"tphcm": "Hồ Chí Minh", "tphn": "Hà Nội"}

// shortNames are names that are usually written short after their type.
var shortNames = map[string]string{"HCM": "Hồ Chí Minh", "HN": "Hà Nội"}

// pluralWords stand before a type that several names share; with a plain number they do too.
var pluralWords = dictOf(map[string]bool{"các": true, "những": true, "một số": true, "hai": true, "ba": true, "bốn": true, "năm": false,
	"sáu": true, "cả": true, "nhiều": true, "cụm": true, "mấy": true})

// listWords lead from a plural type to its names.
var listWords = dictOf(map[string]bool{":": true, "gồm": true, "gồm:": true, "bao gồm": true, "bao gồm:": true, "như": true, "như:": true,
	"là": true, "là:": true, "gồm các": true, "(": true})

// formerWords, right after a name or a type, put the unit before its merger; mergeWords do so for all names after them.
var (
	formerWords = dictOf(map[string]bool{"cũ": true, "( cũ )": true, "trước sáp nhập": true, "trước khi sáp nhập": true,
		"trước hợp nhất": true, "trước khi hợp nhất": true, "trước sắp xếp": true, "trước khi sắp xếp": true, "trước đây": true, "ngày trước": true})
	mergeWords = dictOf(map[string]bool{"cơ sở hợp nhất": true, "cơ sở sáp nhập": true, "cơ sở nhập": true, "cơ sở sắp xếp": true,
		"sáp nhập từ": true, "hợp nhất từ": true, "nhập từ": true, "hợp nhất các": true, "sáp nhập các": true, "hợp nhất": true,
		"sắp xếp toàn bộ": true, "nhập toàn bộ": true, "thành lập từ": true, "sáp nhập": false})
	newWords = dictOf(map[string]bool{"mới": true, "( mới )": true})
)

// unitBeginnings are the words that a unit or the tale of a merger begins with.
var unitBeginnings = new(grammar.Heads).Of(unitTypes, mergeWords).Words(slices.Collect(maps.Keys(cityNames))...)

// dictOf makes a dictionary of a map.
func dictOf[V any](m map[string]V) *grammar.Dict[V] {
	d := &grammar.Dict[V]{}
	for k, v := range m {
		d.Add(k, v)
	}
	return d
}

// readUnits is the stage that finds units. It fills out.Units, each unit once, and mentions, every place.
func (d *doc) readUnits() {
	names := &unitNames{doc: d, refs: d.refs, known: map[string]bool{}}
	for _, s := range d.Sentences {
		names.sentence(s.First, s.Last)
	}
	d.refs = names.refs
	d.refAtToken = zeroed(d.refAtToken, len(d.Tokens))
	for i, r := range d.refs {
		d.refAtToken[r.First] = int32(i + 1)
	}
	d.joinParents()
	d.settleUnits()
	d.readMentions()
}

// unitNames looks for names sentence by sentence.
type unitNames struct {
	*doc
	refs   []unitRef
	known  map[string]bool // answers of the register, by type and name
	merged bool            // a mergeWord stood in this sentence
}

func (n *unitNames) sentence(first, last int) {
	n.merged = false
	begin := len(n.refs)
	for i := unitBeginnings.Next(n.Tokens[:last], first); i < last; i = unitBeginnings.Next(n.Tokens[:last], i) {
		if v, k := mergeWords.At(n.Tokens[:last], i); k > 0 && v {
			if !n.merged && len(n.refs) > begin {
				n.refs[len(n.refs)-1].Merged = true
			}
			n.merged = true
		}
		if j := n.at(i, first, last); j > i {
			i = j
			continue
		}
		i++
	}
}

// at reads the unit or the list of units that begins at token i, and gives the token after it; i where none begins.
func (n *unitNames) at(i, first, last int) int {
	if n.Tokens[i].Caps {
		if name, ok := cityNames[n.Tokens[i].Norm]; ok {
			n.add(unitRef{First: i, Last: i + 1, Type: gov.City, Name: name, Rule: "unit.abbreviation"})
			return i + 1
		}
	}
	typ, k := n.typeAt(i, first, last)
	if k == 0 {
		return i
	}
	j := i + k
	plural := n.plural(i, first)
	mixed := false
	for plural { // các phường, xã …: several types share the list
		c := j
		if n.Tokens[min(c, last-1)].Norm == "," || n.isWord(c, last, "và") || n.isWord(c, last, "/") {
			c++
		}
		t, k := n.typeAt(c, first, last)
		if c == j || k == 0 || n.nameEnd(c+k, last, t) > c+k {
			break
		}
		mixed, j = mixed || t != typ, c+k
	}
	if plural {
		return n.list(i, j, last, typ, mixed)
	}
	e := n.nameEnd(j, last, typ)
	if e == j {
		return j
	}
	n.add(unitRef{First: i, Last: e, Type: typ, Name: n.name(j, e), Former: n.merged, Rule: "unit.typed"})
	if n.isWord(e, last, "và") && n.capital(e+1, last) { // phường A và B
		if f := n.nameEnd(e+1, last, typ); f > e+1 && n.registered(typ, n.name(e+1, f)) && !n.personAhead(e+1, last) {
			n.add(unitRef{First: e + 1, Last: f, Type: typ, Name: n.name(e+1, f), Former: n.merged, Rule: "unit.shared_type"})
			return f
		}
	}
	return e
}

// list reads the names after a plural type whose words are [i, j).
func (n *unitNames) list(i, j, last int, typ gov.UnitType, mixed bool) int {
	former := n.merged
	if _, k := formerWords.At(n.Tokens[:last], j); k > 0 {
		former, j = true, j+k
	}
	start := i
	if e := n.nameEnd(j, last, typ); e == j { // những xã trong huyện như A, B
		for c, far := j, min(last, j+7); c < far; c++ {
			if _, k := listWords.At(n.Tokens[:last], c); k > 0 && (n.capital(c+k, last) || n.digit(c+k, last)) {
				j, start = c+k, c+k
				break
			}
			if t := n.Tokens[c]; t.Upper || t.Kind == text.Punct {
				break
			}
		}
	}
	from := len(n.refs)
	if mixed {
		typ = "" // each name is of one of the types: the register says which names there are
	}
	for j < last {
		e := n.nameEnd(j, last, typ)
		if e == j || len(n.refs) > from && mixed && n.organisation(j) {
			break
		}
		n.add(unitRef{First: start, Last: e, Type: typ, Name: n.name(j, e), Former: former, Mixed: mixed, Rule: "unit.list"})
		j = e
		if j+1 >= last || n.Tokens[j].Norm != "," && n.Tokens[j].Norm != "và" && n.Tokens[j].Norm != ";" ||
			!n.capital(j+1, last) && !n.digit(j+1, last) {
			break
		}
		if t, k := n.typeAt(j+1, j+1, last); k > 0 && t != "" {
			break
		}
		j, start = j+1, j+1
	}
	if _, k := formerWords.At(n.Tokens[:last], j); k > 0 {
		for x := from; x < len(n.refs); x++ {
			n.refs[x].Former = true
		}
	}
	return j
}

// add keeps a reference with what its neighbours say of it.
func (n *unitNames) add(r unitRef) {
	r.Parent = -1
	if _, k := formerWords.At(n.Tokens, r.Last); k > 0 {
		r.Former = true
	}
	if _, k := newWords.At(n.Tokens, r.Last); k > 0 && !n.merged {
		r.Former = false
	}
	n.refs = append(n.refs, r)
}

// typeAt gives the type whose words begin at token i.
func (n *unitNames) typeAt(i, first, last int) (gov.UnitType, int) {
	if i >= last {
		return "", 0
	}
	typ, k := unitTypes.At(n.Tokens[:last], i)
	switch {
	case k == 0:
		return "", 0
	case n.Tokens[i].Norm == "phố" || i > first && n.glued(i) && n.Tokens[i-1].Norm != "(" && n.Tokens[i-1].Norm != "/":
		return "", 0
	case i > first && n.Tokens[i].Norm == "xã" && n.Tokens[i-1].Norm == "thị":
		return "", 0
	}
	if k == 1 && (n.Tokens[i].Norm == "tp" || n.Tokens[i].Norm == "tx") && !n.Tokens[i].Upper {
		return "", 0
	}
	return typ, k
}

// plural reports whether the type at token i stands for several names.
func (n *unitNames) plural(i, first int) bool {
	if i == first {
		return false
	}
	p := n.Tokens[i-1]
	if v, k := pluralWords.At(n.Tokens[:i], max(first, i-2)); k == 2 && v {
		return true
	}
	v, k := pluralWords.At(n.Tokens[:i], i-1)
	return k == 1 && v || p.Kind == text.Number && !strings.ContainsAny(p.Norm, ".,")
}

func (n *unitNames) isWord(i, last int, w string) bool { return i < last && n.Tokens[i].Norm == w }

func (n *unitNames) capital(i, last int) bool {
	return i < last && n.Tokens[i].Kind == text.Word && n.Tokens[i].Upper
}

func (n *unitNames) digit(i, last int) bool {
	return i < last && n.Tokens[i].Kind == text.Number && len(n.Tokens[i].Norm) <= 2 && n.Tokens[i].Norm[0] != '0'
}

// name is the words of a name as written, with single spaces; a name in capitals is set in small letters with capitals.
func (n *unitNames) name(i, j int) string {
	w := singly(n.words(i, j))
	if full, ok := shortNames[w]; ok {
		return full
	}
	if j-i == 1 && !strings.ContainsAny(n.Tokens[i].Fold, "aeiouy") {
		return w // letters that stand for a name
	}
	if j-i > 1 && allCaps(n.Tokens[i:j]) || j-i == 1 && n.Tokens[i].Caps && i > 0 && n.Tokens[i-1].Caps {
		w = titleCase(w)
	}
	return w
}

func allCaps(toks []text.Token) bool {
	for _, t := range toks {
		if t.Kind == text.Word && !t.Caps && len([]rune(t.Norm)) > 1 {
			return false
		}
	}
	return true
}

// titleCase sets each word in small letters after its first.
func titleCase(s string) string {
	ws := strings.Fields(s)
	for i, w := range ws {
		rs := []rune(strings.ToLower(w))
		if len(rs) > 0 {
			ws[i] = strings.ToUpper(string(rs[:1])) + string(rs[1:])
		}
	}
	return strings.Join(ws, " ")
}
