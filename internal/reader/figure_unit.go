package reader

import (
	"sort"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/reader/grammar"
	"haicap/internal/text"
)

// owners finds whose a figure may be: the units that the text names, with and without their type, and bare words of a type where
// the text has one unit of it.
type owners struct {
	*doc
	bare  *grammar.Dict[string]      // names without their type
	lands []*grammar.Dict[string]    // provinces by their bare name
	typed map[string]map[string]bool // bare names of units that the text names with their type
	kinds map[string]string          // "phường" → the only unit of that type
	main  string                     // the unit that the document is about; empty where it is about several
	agent map[int]mention            // bodies of the Party by first token
}

// typeWords are the types of units, longer ones first.
var typeWords = []string{"thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã"}

// typeOf cuts a unit's name into type and bare name.
func typeOf(name string) (kind, bare string) {
	norm := text.Norm(name)
	for _, t := range typeWords {
		if bare, ok := strings.CutPrefix(norm, t); ok && bare != "" && bare[0] == ' ' {
			return t, bare[1:]
		}
	}
	return "", norm
}

// unitWords makes the owners of the document.
func (d *doc) unitWords() *owners {
	o := &owners{doc: d, bare: &grammar.Dict[string]{}, kinds: map[string]string{}, main: d.mainUnit(), agent: map[int]mention{}}
	bare, kinds := map[string]map[string]bool{}, map[string]map[string]bool{}
	file := func(m map[string]map[string]bool, key, name string) {
		if m[key] == nil {
			m[key] = map[string]bool{}
		}
		m[key][name] = true
	}
	type parts struct{ kind, short string }
	cut := make([]parts, len(d.entries))
	for i := range d.entries {
		e := &d.entries[i]
		kind, short := typeOf(e.full())
		cut[i] = parts{kind, short}
		file(bare, short, e.full())
		if !e.Former || e.Merged {
			file(kinds, kind, e.full())
		}
	}
	for i := range d.entries {
		if p := cut[i]; len(bare[p.short]) == 1 && strings.Contains(p.short, " ") && p.kind != "" {
			o.bare.Add(p.short, d.entries[i].full())
		}
		if kind := cut[i].kind; len(kinds[kind]) == 1 && kinds[kind][d.entries[i].full()] {
			o.kinds[kind] = d.entries[i].full()
		}
	}
	for _, m := range d.mentions {
		if !m.Unit && d.Tokens[m.First].Norm == "đảng" {
			o.agent[m.First] = m
		}
	}
	o.provinces(bare)
	o.settleMain()
	return o
}

// beforeMergers is a day on which the provinces of before July 2025 were in force, for texts without a day.
const beforeMergers = gov.Day("2025-06-30")

// provinces adds the provinces that were in force on the document's day under their bare names. Where the text names no province
// with its type and one without, a bare "tỉnh" is that one.
func (o *owners) provinces(typed map[string]map[string]bool) {
	o.typed = typed
	if o.reader.units == nil {
		return
	}
	if day := o.day(); day != "" {
		o.lands = append(o.lands, o.reader.lands(day))
	} else {
		o.lands = append(o.lands, o.reader.lands(""), o.reader.lands(beforeMergers))
	}
	if o.kinds["tỉnh"] != "" || o.anyOf("tỉnh") {
		return
	}
	found := map[string]bool{}
	one := ""
	for i := 1; i < len(o.Tokens); i++ {
		if name, n := o.land(i); n > 0 && o.Tokens[i].Upper && !o.insideName(i, i+n) {
			found[name], one = true, name
		}
	}
	if kind, _ := typeOf(one); len(found) == 1 && kind == "tỉnh" {
		o.kinds[kind] = one
	}
}

// land gives the province whose bare name begins at token i, where the text names no unit of that name with its type. Of two days'
// provinces the later named wins.
func (o *owners) land(i int) (name string, n int) {
	for _, dict := range o.lands {
		if v, k := dict.At(o.Tokens, i); k > 0 && k >= n && o.typed[o.norm(i, i+k)] == nil {
			name, n = v, k
		}
	}
	return name, n
}

func (o *owners) nameAt(i int) (string, int) { return o.bare.At(o.Tokens, i) }

// anyOf reports whether the text names a unit of the type.
func (o *owners) anyOf(kind string) bool {
	for i := range o.doc.refs {
		if string(o.doc.refs[i].Type) == kind {
			return true
		}
	}
	return false
}

// settleMain corrects the unit that the document is about: a title that names two of them, one without its type, leaves it to the
// lead, where a session says with whom it was held.
func (o *owners) settleMain() {
	for _, p := range o.paras {
		if p.Class != dateline && p.Class != title {
			continue
		}
		for i := o.Sentences[p.First].First; i < o.end(p); i++ {
			for _, find := range []func(int) (string, int){o.nameAt, o.land} {
				if name, n := find(i); n > 0 && i+n <= o.end(p) && name != o.main && o.Tokens[i].Upper && (i == 0 || !o.insideName(i, i+n)) {
					o.main = ""
				}
			}
		}
	}
	if o.main != "" {
		return
	}
	for _, s := range o.leadSentences() {
		for i := s.First; i < min(s.Last, s.First+80); i++ {
			if !o.is(i, "làm việc với") && !o.is(i, "làm việc tại") {
				continue
			}
			for k := i + 3; k < min(s.Last, i+9); k++ {
				if r, ok := o.refAt(k); ok {
					o.main, _ = o.named(r)
					return
				}
				if name := o.kinds["tỉnh"]; name != "" && o.is(k, "tỉnh") {
					o.main = name
					return
				}
			}
		}
	}
}

// at gives the owner that token i begins to name, and whether there is one. An empty owner says that the words name several units.
// What follows another name after a comma ("xã A, huyện B") is where that one lies, and no owner.
func (o *owners) at(i int) (string, bool) {
	t := o.Tokens[i]
	if t.Kind != text.Word {
		return "", false
	}
	if t.Norm == "đảng" && o.opens(i) && o.is(i, "đảng bộ") {
		if m, ok := o.agent[i]; ok {
			return o.partyOf(m.Name), true
		}
	}
	if r, ok := o.refAt(i); ok {
		return o.named(r)
	}
	if t.Upper && i > 0 && !o.within(i) {
		if name, n := o.bare.At(o.Tokens, i); n > 0 && !o.continues(i) && !o.insideName(i, i+n) && !o.madeOf(i) {
			return name, !o.acted(i, i+n)
		}
		if name, n := o.land(i); n > 0 && !o.continues(i) && !o.insideName(i, i+n) {
			switch o.Tokens[i-1].Norm {
			case "ở", "tại", "của", "đoạn", ".", "bàn":
				return name, true
			case ",":
				if i > 1 && o.timed(i-2) {
					return name, true // 9 tháng năm 2024, Hà Nội thu …
				}
			}
		}
	}
	return o.generic(i)
}

// within reports whether token i stands inside a unit's name that begins before it.
func (o *owners) within(i int) bool {
	for k := i - 1; k >= max(0, i-3); k-- {
		if r, ok := o.refAt(k); ok {
			return r.Last > i
		}
	}
	return false
}

// named judges a place that names a unit with its type.
func (o *owners) named(r *unitRef) (string, bool) {
	switch {
	case r.Former && !r.Merged:
		return "", false
	case o.continues(r.First) || o.acted(r.First, r.Last) || o.madeOf(r.First) || o.inOffice(r.First):
		return "", false
	case r.Last+1 < len(o.Tokens):
		joint := o.Tokens[r.Last].Norm
		if next, ok := o.refAt(r.Last + 1); ok && (joint == "," || joint == "và") && next.Type == r.Type {
			return "", true // hai phường A, B
		}
	}
	return o.entries[r.Entry].full(), true
}

// acted reports whether the unit is only the one that acts or speaks: "được thành phố A phê duyệt", "UBND xã B cho biết".
func (o *owners) acted(first, last int) bool {
	if first > 0 {
		switch o.Tokens[first-1].Norm {
		case "được", "do", "bởi", "trong", "thuộc":
			return true
		}
	}
	return o.is(last, "cho biết") || o.is(last, "đề nghị") || o.is(last, "yêu cầu") || o.is(last, "cho rằng")
}

// madeOf reports whether a unit is one of those that another was made of: "phường A được thành lập trên cơ sở sáp nhập xã B và xã C".
func (o *owners) madeOf(i int) bool {
	for k := i - 1; k > 0 && k > i-farLeft; k-- {
		switch t := o.Tokens[k]; {
		case t.Norm == "." || t.Norm == ";":
			return false
		case t.Norm == "cơ" && o.is(k-1, "trên cơ sở"), t.Norm == "từ" && (o.Tokens[k-1].Norm == "lập" || o.Tokens[k-1].Norm == "nhất" || o.Tokens[k-1].Norm == "nhập"):
			return true
		}
	}
	return false
}

// inOffice reports whether a unit only stands in somebody's title: "Phó Chủ tịch UBND thành phố A và 200 đại biểu".
func (o *owners) inOffice(i int) bool {
	if i < 2 {
		return false
	}
	switch o.Tokens[i-1].Norm {
	case "ubnd", "hđnd":
		return o.Tokens[i-2].Norm == "tịch"
	}
	for k := i - 1; k > 0 && k > i-8; k-- {
		switch o.Tokens[k].Norm {
		case ",", ".", ";", "(", ":":
			return false
		case "sở", "ban":
			return o.Tokens[k-1].Norm == "đốc" || o.Tokens[k-1].Norm == "trưởng"
		}
	}
	return false
}

// partyOf is the unit that a Party organisation named by its level alone belongs to: "Đảng bộ phường".
func (o *owners) partyOf(name string) string {
	words := text.Norm(name)
	for _, kind := range typeWords {
		if words == "đảng bộ "+kind {
			if main, _ := typeOf(o.main); main == kind {
				return o.main
			}
			if unit := o.kinds[kind]; unit != "" {
				return unit
			}
		}
	}
	return name
}

// generic reads a bare "phường" or "tỉnh" as the text's only unit of that type, where the words before it let it own something.
func (o *owners) generic(i int) (string, bool) {
	switch o.Tokens[i].Norm {
	case "thành", "thị", "đặc", "phường", "huyện", "quận", "tỉnh", "xã":
	default:
		return "", false
	}
	for _, kind := range typeWords {
		if i == 0 || !o.is(i, kind) {
			continue
		}
		name := o.kinds[kind]
		if main, _ := typeOf(o.main); name == "" && main == kind && o.Tokens[i].Upper {
			name = o.main
		}
		if name == "" {
			return "", false
		}
		switch o.Tokens[i-1].Norm {
		case "của", "bàn", "toàn":
			return name, true
		}
		mainKind, _ := typeOf(o.main)
		return name, kind == mainKind && (o.Tokens[i].Upper || o.Tokens[i-1].Norm == ",")
	}
	return "", false
}

// opens reports whether token i begins a sentence.
func (o *owners) opens(i int) bool { return i == 0 || o.Tokens[i-1].Norm == "." || o.firstOfLine(i) }

// timed reports whether token i is the last of a time.
func (d *doc) timed(i int) bool {
	k := sort.Search(len(d.times), func(k int) bool { return d.times[k].First > i })
	return k > 0 && d.times[k-1].Last == i+1
}

func (d *doc) firstOfLine(i int) bool {
	return i == 0 || strings.ContainsRune(d.Text[d.Tokens[i-1].Span[1]:d.Tokens[i].Span[0]], '\n')
}

// continues reports whether token i follows another name after a comma: it says where that one lies.
func (o *owners) continues(i int) bool {
	return i > 1 && o.Tokens[i-1].Norm == "," && o.Tokens[i-2].Upper && o.Tokens[i-2].Kind == text.Word
}

// insideName reports whether the tokens are part of a longer name ("Bến Thành - Suối Tiên", "Quỹ Hòa Bình").
func (o *owners) insideName(first, last int) bool {
	prev := o.Tokens[first-1]
	return prev.Kind == text.Word && prev.Upper && !prev.Caps && !o.opens(first-1) || prev.Norm == "-" || last < len(o.Tokens) && o.Tokens[last].Norm == "-"
}

// unitOf gives whose the figure is: the subject of its clause or paragraph, else the unit that the document is about. A document about
// several units leaves it open.
func (f *figures) unitOf(q quantity, c *context) string {
	for i := q.Last; i+1 < c.right; i++ {
		if r, ok := f.refAt(i + 1); ok && (f.Tokens[i].Norm == "tại" || f.Tokens[i].Norm == "ở") {
			if name, ok := f.owners.named(r); ok && name != "" {
				return name
			}
		}
	}
	if c.unit != "" || c.known {
		return c.unit
	}
	return f.owners.main
}
