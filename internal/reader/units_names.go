package reader

import (
	"strings"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// maxUnitWords is the length of the longest name that is looked for, in syllables ("Phan Rang - Tháp Chàm" has four).
const maxUnitWords = 6

// nameEnd gives the token after the unit's name that begins at token i, or i where none begins. A name is a number (Phường
// 10) or a run of capitalised words. Where it ends is decided by the register (the longest run that it knows as a name of
// the type); without its help by the form of the words: a family name begins a person, not the rest of a place.
func (n *unitNames) nameEnd(i, last int, typ gov.UnitType) int {
	if i >= last {
		return i
	}
	if n.digit(i, last) {
		return n.numberName(i, last, typ)
	}
	ends := n.run(i, last)
	if len(ends) == 0 || n.Tokens[i].Norm == "ủy" { // TỈNH ỦY PHÚ THỌ names an office
		return i
	}
	if _, k := notUnits.At(n.Tokens[:last], i); k > 0 && n.Tokens[i].Caps {
		return i // ĐẢNG BỘ XÃ QUYẾT NGHỊ
	}
	for k := len(ends) - 1; k >= 0 && n.reader.units != nil; k-- {
		if n.digit(ends[k], last) && n.registered(typ, n.name(i, ends[k]+1)) {
			return ends[k] + 1 // xã A Lưới 2
		}
		if n.registered(typ, n.name(i, ends[k])) && k+2 != len(ends) {
			return ends[k]
		}
	}
	if n.reader.units != nil && (typ == gov.Province && !n.Tokens[i].Caps || len(ends) == 2 && vocab().surnames[n.Tokens[i].Norm] && n.officeBefore(i)) {
		return i // the register knows every province; "UBND huyện Trần Phong" names its chairman
	}
	if n.organisation(i) || len(ends) == 1 && n.Tokens[i].Caps && typ != gov.City && !n.Tokens[i-1].Caps {
		return i
	}
	if n.Tokens[i].Caps && n.Tokens[i-1].Caps && (len(ends) > 4 || n.organisation(ends[len(ends)-1]-1) || n.typeInside(i, ends)) {
		return i // a line in capitals runs on after the tier
	}
	return n.shape(i, ends)
}

// officeBefore reports whether the type that ends before token i belongs to an office or its council.
func (n *unitNames) officeBefore(i int) bool {
	for k := i - 2; k >= max(0, i-3); k-- {
		switch n.Tokens[k].Norm {
		case "ubnd", "hđnd", "dân", "mttq", "ubmttq", "đoàn", "an", "sự", "tra":
			return true
		}
	}
	return false
}

// notUnits are words that a line in capitals goes on with after a tier.
var notUnits = phrases([]string{"quyết nghị", "quyết định", "nghị quyết", "báo cáo", "kế hoạch", "thông báo", "kết luận", "chương trình", "khóa", "nhiệm kỳ", "lần thứ"})

// typeInside reports whether another type stands among the words of a run.
func (n *unitNames) typeInside(i int, ends []int) bool {
	for _, e := range ends {
		if _, k := unitTypes.At(n.Tokens[:ends[len(ends)-1]], e-1); k > 0 && e-1 > i {
			return true
		}
	}
	return false
}

// numberName reads a name that is a number: wards and urban districts have them.
func (n *unitNames) numberName(i, last int, typ gov.UnitType) int {
	if typ != gov.Ward && typ != gov.UrbanDist {
		return i
	}
	if i+1 < last {
		next := n.Tokens[i+1]
		if next.Norm == "%" || next.Norm == "/" || next.Norm == "-" && n.digit(i+2, last) {
			return i
		}
	}
	if n.reader.units != nil && !n.registered(typ, n.Tokens[i].Norm) {
		return i
	}
	return i + 1
}

// run gives the ends of all prefixes of the run of capitalised words that begins at token i.
func (n *unitNames) run(i, last int) []int {
	var ends []int
	for j := i; j < last && len(ends) < maxUnitWords; {
		switch {
		case n.capital(j, last):
			j++
			ends = append(ends, j)
		case j > i && (n.Tokens[j].Norm == "-" || n.Tokens[j].Norm == "–") && n.capital(j+1, last) && n.dash(j):
			j++
		case j > i && (n.Tokens[j].Norm == "'" || n.Tokens[j].Norm == "’") && n.glued(j) && n.glued(j+1) && j+1 < last:
			j += 2 // M'Đrắk
			ends[len(ends)-1] = j
		default:
			return ends
		}
	}
	return ends
}

// dash reports whether the dash at token j can stand inside a name: one of those that join two halves of a province's or a
// city's name stands between single spaces or none, and what follows it is no title.
func (n *unitNames) dash(j int) bool {
	return !n.organisation(j+1) && !n.titleHead(j+1, len(n.Tokens))
}

// organisation reports whether an agency's name or title begins at token i. Single syllables that places have too (Tân, Bản,
// Trường) do not count.
func (n *unitNames) organisation(i int) bool {
	t := n.Tokens[i]
	single := t.Caps || t.Norm == "sở" || t.Norm == "ban" || t.Norm == "bộ"
	if tag, k := vocab().bodies.At(n.Tokens, i); k > 1 && tag != "quant" || k == 1 && single {
		return true
	}
	tag, k := vocab().titles.At(n.Tokens, i)
	return tag != "pre" && (k > 1 || k == 1 && single)
}

// shape ends a name that the register does not know.
func (n *unitNames) shape(i int, ends []int) int {
	for k := range ends {
		from := i
		if k > 0 {
			from = ends[k-1]
			if n.Tokens[from].Kind == text.Punct {
				from++
			}
		}
		rest := len(ends) - k // words from this one to the end of the run
		if vocab().surnames[n.Tokens[from].Norm] && rest >= 3-min(k, 1) && rest <= 4 {
			if k == 0 && (rest >= 3 || i > 1) {
				if rest >= 3 {
					return i
				}
				continue
			}
			return ends[k-1]
		}
		if k > 0 && n.organisation(from) {
			return ends[k-1]
		}
	}
	if len(ends) > 4 {
		return i
	}
	return ends[len(ends)-1]
}

// personAhead reports whether the capitalised words at token i look like a person's name.
func (n *unitNames) personAhead(i, last int) bool {
	return vocab().surnames[n.Tokens[i].Norm] && len(n.run(i, last)) >= 3
}

// registered asks the register for a unit of this type and name, at any time. Without a register nothing is.
func (n *unitNames) registered(typ gov.UnitType, name string) bool {
	if n.reader.units == nil {
		return false
	}
	key := string(typ) + " " + text.Norm(name)
	known, ok := n.known[key]
	if !ok {
		known = len(n.versions(typ, name)) > 0
		n.known[key] = known
	}
	return known
}

// versions lists the register's versions with exactly this type and name, marks included. The list is shared: it is not to be changed.
func (d *doc) versions(typ gov.UnitType, name string) []gov.UnitVersion {
	if d.reader.units == nil {
		return nil
	}
	key := nameKey{typ, name}
	if list, ok := d.reader.memo.versions.Load(key); ok {
		return list.([]gov.UnitVersion)
	}
	want := plainName(name)
	var out []gov.UnitVersion
	for _, m := range d.reader.units.Find(gov.UnitQuery{Name: name, Type: typ}) {
		if plainName(m.Unit.Name) == want && (typ == "" || m.Unit.Type == typ) {
			out = append(out, m.Unit)
		}
	}
	key.name = strings.Clone(name) // what is kept must not hold the text
	d.reader.memo.keep(&d.reader.memo.versions, key, out)
	return out
}

// plainName is a name for comparison: Norm, and without the spaces around dashes.
func plainName(s string) string {
	rs := []rune(text.Norm(s))
	out := rs[:0]
	for i, r := range rs {
		if r == '–' {
			r = '-'
		}
		if r == ' ' && (i > 0 && (rs[i-1] == '-' || rs[i-1] == '–') || i+1 < len(rs) && (rs[i+1] == '-' || rs[i+1] == '–')) {
			continue
		}
		if r == '’' {
			r = '\''
		}
		out = append(out, r)
	}
	return string(out)
}
