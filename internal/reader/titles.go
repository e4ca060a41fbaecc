package reader

import (
	"haicap/internal/gov"
	"haicap/internal/text"
)

// maxTitleTokens bounds one office title.
const maxTitleTokens = 30

// titleHead reports whether an office begins at token i.
func (d *doc) titleHead(i, last int) bool {
	tag, k := d.titleWord(i, last)
	for k > 0 && tag == "pre" {
		i += k
		tag, k = d.titleWord(i, last)
	}
	return k > 0 && (tag == "head" || tag == "free")
}

// titleChain gives the token after the titles that begin at token i, joined by commas or "kiêm", or i where none begins.
func (d *doc) titleChain(i, last int) int {
	end := d.title(i, last)
	if end == i {
		return i
	}
	for end < last {
		j := end
		for j < last && j < end+2 && (d.Tokens[j].Norm == "," || d.Tokens[j].Norm == "kiêm" || d.Tokens[j].Norm == "/" && d.titleHead(j+1, last) || d.Tokens[j].Norm == "và" && d.upperHead(j+1, last)) {
			j++
		}
		if j == end {
			break
		}
		e := d.title(j, last)
		if e == j || d.Tokens[j-1].Norm == "và" && d.personAt(e, last) > 0 { // the title of the next in a list
			break
		}
		end = e
	}
	return end
}

func (d *doc) upperHead(i, last int) bool {
	return i < last && d.Tokens[i].Upper && d.titleHead(i, last)
}

// title gives the token after the one title that begins at token i, or i. After its head come words of offices, names in
// capitals and units; it ends before a person's name and before everything else.
func (d *doc) title(i, last int) int {
	if i >= last || !d.titleHead(i, last) {
		return i
	}
	j := i
	tag, k := d.titleWord(j, last)
	for tag == "pre" {
		j += k
		tag, k = d.titleWord(j, last)
	}
	j += k
	last = min(last, i+maxTitleTokens)
	if tag == "free" {
		return d.freeTitle(i, j, last)
	}
	if r, ok := d.refAt(j - 1); ok && r.Last > j && r.Last <= last { // the head took a unit's type
		j = r.Last
	}
	for j < last {
		n := d.titleStep(j, last)
		if n == j {
			break
		}
		j = n
	}
	if t := d.Tokens[j-1].Norm; t == "và" || t == "-" || t == "–" {
		j--
	}
	return j
}

// titleStep goes over one piece of a title.
func (d *doc) titleStep(j, last int) int {
	if r, ok := d.refAt(j); ok && r.Last <= last {
		j = r.Last
		if r.Parent >= 0 && d.refs[r.Parent].Last <= last {
			j = d.refs[r.Parent].Last
		}
		return j
	}
	if _, k := vocab().compounds.At(d.Tokens[:last], j); k > 0 && (d.Tokens[j].Upper || !d.Tokens[j-1].Upper) {
		return j + k
	}
	t := d.Tokens[j]
	if e := d.seatAt(j, last); e > j {
		return e
	}
	if t.Kind == text.Word && t.Upper && d.personAt(j, last) > 0 {
		return j
	}
	if tag, k := d.titleWord(j, last); k > 0 && (tag == "org" || tag == "mod") {
		if _, isRef := d.refAt(j + k - 1); isRef && k > 1 {
			k--
		}
		return j + k
	}
	joins := t.Norm == "-" || t.Norm == "–" || t.Norm == "&" || t.Norm == "và"
	switch {
	case t.Kind == text.Word && t.Upper && !d.titleHead(j, last):
		return j + 1
	case joins && j+1 < last && d.Tokens[j+1].Upper && d.Tokens[j-1].Upper && d.personAt(j+1, last) == 0 && !d.titleHead(j+1, last):
		return j + 2
	}
	return j
}

// freeTitle reads a title whose middle is free, on to the unit that it ends with: "công chức tư pháp - hộ tịch phường A".
func (d *doc) freeTitle(i, j, last int) int {
	for n := 0; n < 8 && j < last; n++ {
		if r, ok := d.refAt(j); ok && n > 0 {
			return d.titleStep(r.First, last)
		}
		t := d.Tokens[j]
		if t.Kind != text.Word && t.Norm != "-" || t.Upper && n == 0 {
			return i
		}
		j++
	}
	return i
}

// seats are the committees that bear the name of their unit without its type: "Bí thư Huyện ủy Đồi Cao".
var seats = dictOf(map[string]gov.UnitType{"tỉnh ủy": gov.Province, "thành ủy": gov.City, "huyện ủy": gov.RuralDist, "quận ủy": gov.UrbanDist,
	"thị ủy": gov.Town, "tỉnh đoàn": gov.Province, "thành đoàn": gov.City, "huyện đoàn": gov.RuralDist})

// seatAt gives the token after the name of the unit that token j begins, where a committee of its tier stands before it: the longest
// name that the register knows, with nothing or a person's name after it. It gives j where none stands there.
func (d *doc) seatAt(j, last int) int {
	if j < 2 || d.Tokens[j].Kind != text.Word || !d.Tokens[j].Upper || d.reader.units == nil {
		return j
	}
	typ, k := seats.At(d.Tokens[:j], j-2)
	if k != 2 {
		return j
	}
	end := j
	for end < last && end < j+7 && d.Tokens[end].Kind == text.Word && d.Tokens[end].Upper {
		end++
	}
	for e := min(end, j+4); e > j; e-- {
		rest := end - e
		if rest > 0 && (rest < 2 || !vocab().surnames[d.Tokens[e].Norm]) && !d.titleHead(e, last) {
			continue
		}
		if d.known(typ, d.tidy(j, e)) {
			return e
		}
	}
	return j
}

// known asks the register, once for each name, whether a unit of the type and name ever was.
func (d *doc) known(typ gov.UnitType, name string) bool {
	key := string(typ) + " " + text.Norm(name)
	is, ok := d.persons.seats[key]
	if !ok {
		is = len(d.versions(typ, name)) > 0
		if d.persons.seats == nil {
			d.persons.seats = map[string]bool{}
		}
		d.persons.seats[key] = is
	}
	return is
}
