package reader

import (
	"strings"

	"haicap/internal/text"
)

// maxBodyTokens bounds the name of one body; what is longer is no name.
const maxBodyTokens = 40

// bodyTail are the words that go on with a body's name: its tier, its owner, what it has to do with the matter.
var bodyTail = dictOf(map[string]bool{"liên quan": true, "có liên quan": true, "chức năng": true, "chuyên môn": true, "trực thuộc": true,
	"địa phương": true, "của tỉnh": true, "của thành phố": true, "của huyện": true, "của phường": true, "của xã": true, "của sở": true,
	"trên địa bàn": true, "trên địa bàn tỉnh": true, "cấp xã": true, "cấp tỉnh": true, "cấp huyện": true, "các cấp": true, "cơ sở": true, "thuộc": true,
	"của": true, "tỉnh": true, "thành phố": true, "huyện": true, "quận": true, "thị xã": true, "xã": true, "phường": true, "thị trấn": true, "đặc khu": true,
	"tỉnh ủy": true, "thành ủy": true, "huyện ủy": true, "quận ủy": true, "thị ủy": true, "đảng ủy": true, "ubnd": true, "hđnd": true, "đảng bộ": true,
	"đảng": true, "trung ương": true, "nhân dân": true, "đoàn thể": true, "khu vực": true, "mỗi địa phương": true, "các xã, phường": true, "các phường": true,
	"các xã, phường, đặc khu": true, "các xã, phường, thị trấn": true, "các huyện, thị xã, thành phố": true, "các huyện, thành phố": true,
	"các huyện, quận, thị xã": true, "các quận, huyện": true, "các quận, huyện, thị xã": true,
	"các xã": true, "chính trị - xã hội": true, "quân sự": true, "cảnh sát": true, "giao thông": true, "sự nghiệp": true, "chính quyền": true, "hai phường": true,
	"các địa phương": true, "mttq": true, "việt nam": true, "các cơ quan": true, "ubmttq": true, "các tổ chức": true, "thi công": true, "tư vấn": true, "cơ quan": true,
	"các huyện": true, "quản lý nhà nước": true, "nhà nước": true, "sở tại": true, "này": true, "trên": true, "các đơn vị": true})

// notBodies are words that begin like a body.
var notBodies = phrases([]string{"trường hợp", "trường học", "trường lớp", "quỹ đất", "quỹ nhà", "báo chí", "bộ máy", "bộ tiêu chí", "bộ thủ tục", "bộ hồ sơ", "ban đầu",
	"đoàn viên", "đoàn kết", "phòng học", "phòng họp", "phòng làm việc", "đội ngũ", "thôn bản", "thôn xóm", "tổ hợp", "viện phí", "thuế đất", "bộ mặt", "trường đạt chuẩn",
	"cơ quan báo", "công an toàn", "hội trường", "hội nghị", "hội thảo", "hội chợ", "đài tưởng niệm", "báo hiệu", "trạm bơm", "trạm biến áp", "trung tâm hành chính"})

// bodyAt gives the token after the body that begins at token i, or i where none begins: words that stand before it (các,
// lãnh đạo), its first words from the list, then its name in capitals, its tier and its owner.
func (d *doc) bodyAt(i, last int) int {
	j, tag, size := i, "", 0
	for range 3 {
		if j < last && !d.begin.bodies.Has(&d.Tokens[j]) {
			break
		}
		t, k := d.bodyWord(j, last)
		if _, n := notBodies.At(d.Tokens[:last], j); n > k {
			break
		}
		if k == 0 || k < 3 && t != "quant" && d.predicateInstead(j, k, last) { // báo cáo, tổ chức, ban hành
			break
		}
		j, tag, size = j+k, t, k
		if t != "quant" {
			break
		}
	}
	if tag == "" || tag == "quant" {
		if r, ok := d.refAt(i); ok && r.Last <= last {
			return r.Last
		}
		return i
	}
	if r, ok := d.refAt(j - 1); ok && r.Last > j && r.Last <= last {
		j = r.Last
	}
	if tag == "low" && size == 1 && j < last && !d.Tokens[j].Upper && d.Tokens[j].Kind == text.Word {
		j = d.lowName(j, last)
	}
	return d.bodyRest(j, min(last, i+maxBodyTokens), tag)
}

// lowName goes over the name of an office in small letters: two words at least, on to the first predicate.
func (d *doc) lowName(j, last int) int {
	if _, k := bodyTail.At(d.Tokens[:last], j); k > 0 {
		return j
	}
	if t, _ := vocab().predicates.At(d.Tokens[:last], j); t == "modal" || t == "past" || t == "future" {
		return j
	}
	for n := 0; n < 6 && j < last && d.Tokens[j].Kind == text.Word && !d.Tokens[j].Upper; n++ {
		if _, k := bodyTail.At(d.Tokens[:last], j); k > 0 {
			break
		}
		t, k := vocab().predicates.At(d.Tokens[:last], j)
		if k > 0 && (n >= 2 || n > 0 && (k > 1 || t != "verb" && t != "adv")) {
			break
		}
		j++
	}
	return j
}

// bodyRest goes over capitals, compound names, tails and units.
func (d *doc) bodyRest(j, last int, tag string) int {
	for j < last {
		if r, ok := d.refAt(j); ok && r.Last <= last {
			j = r.Last
			for tag == "people" && j+1 < last && (d.Tokens[j].Norm == "," || d.Tokens[j].Norm == "và") { // cử tri các xã A và B
				r, ok := d.refAt(j + 1)
				if !ok || r.Rule == "unit.typed" || r.Last > last {
					break
				}
				j = r.Last
			}
			continue
		}
		if tag == "people" {
			if e := d.peopleRest(j, last); e > j {
				j = e
				continue
			}
		}
		if t, k := vocab().bodies.At(d.Tokens[:last], j); t == "group" && d.heads(j-1) { // thủ trưởng các sở, ngành
			j += k
			continue
		}
		if _, k := vocab().compounds.At(d.Tokens[:last], j); k > 0 && (d.Tokens[j].Upper || tag == "low" || !d.predicateUpTo(j, k, last)) {
			j += k
			continue
		}
		if t, k := d.bodyWord(j, last); k > 1 && t == "org" && d.Tokens[j].Upper && d.Tokens[j-1].Norm != "," {
			j += k // các thành viên Đoàn giám sát, Đảng ủy Ủy ban nhân dân xã
			continue
		}
		if _, k := bodyTail.At(d.Tokens[:last], j); k > 0 && !d.predicateInstead(j, k, last) {
			if r, ok := d.refAt(j + k - 1); ok && k > 1 && r.Last <= last { // các phường A, B
				j = r.Last
				continue
			}
			j += k
			continue
		}
		t := d.Tokens[j]
		switch {
		case t.Kind == text.Word && t.Upper && tag != "people" && d.personAt(j, last) == 0:
			j++
		case t.Kind == text.Number && tag == "org" && len(t.Norm) <= 2 && d.numbered(j, last): // Ban Quản lý dự án 2
			j++
		case t.Kind == text.Number && tag == "low" && len(t.Norm) <= 2 && j > 0 && d.Tokens[j-1].Norm != ",": // tổ dân phố 3
			j++
		case (t.Norm == "-" || t.Norm == "–" || t.Norm == "&") && j+1 < last && d.Tokens[j+1].Upper && d.Tokens[j-1].Upper:
			j += 2
		case t.Norm == "và" && j+1 < last && d.Tokens[j+1].Upper && d.Tokens[j-1].Upper && tag == "org" && !d.startsBody(j+1, last):
			j += 2
		default:
			return j
		}
	}
	return j
}

// peopleRest goes over one piece of what says which people: "2 xã A và B", "thôn 5", "Y Blan (thôn A)".
func (d *doc) peopleRest(j, last int) int {
	if _, ok := d.refAt(j + 1); ok && d.Tokens[j].Kind == text.Number {
		return j + 1
	}
	if t, _ := vocab().bodies.At(d.Tokens[:last], j); t == "low" {
		return d.bodyAt(j, last)
	}
	switch t := d.Tokens[j]; {
	case t.Kind == text.Word && t.Upper && !d.startsBody(j, last):
		return j + 1
	case t.Norm == "(":
		for e := j + 1; e < min(last, j+14); e++ {
			if d.Tokens[e].Norm == ")" {
				return e + 1
			}
		}
	}
	return j
}

// numbered reports whether the number at token j belongs to the name of the body before it: a predicate, a verb of speech or a sign
// follows, nothing that it counts.
func (d *doc) numbered(j, last int) bool {
	switch d.Tokens[j-1].Norm {
	case "án", "vùng", "số", "điện", "lâm", "vực", "trung":
	default:
		return false
	}
	if j+1 >= last || d.Tokens[j+1].Kind != text.Word {
		return true
	}
	_, p := vocab().predicates.At(d.Tokens[:last], j+1)
	_, c := vocab().cues.At(d.Tokens[:last], j+1)
	return p > 0 || c > 0
}

// heads reports whether token i ends the office of whoever heads a body.
func (d *doc) heads(i int) bool {
	for _, w := range []string{"thủ trưởng", "giám đốc", "chủ tịch", "bí thư", "đứng đầu", "trưởng ban"} {
		if d.is(i-1, w) {
			return true
		}
	}
	return false
}

// predicateInstead reports whether a word that may go on with a body begins its predicate here.
func (d *doc) predicateInstead(j, k, last int) bool {
	_, p := vocab().predicates.At(d.Tokens[:last], j)
	return p > k
}

// predicateUpTo reports whether a predicate begins at token j that is as long as the k tokens of a name there.
func (d *doc) predicateUpTo(j, k, last int) bool {
	_, p := vocab().predicates.At(d.Tokens[:last], j)
	return p >= k
}

func (d *doc) startsBody(j, last int) bool {
	if t, k := d.bodyWord(j, last); k > 0 && t != "quant" {
		return true
	}
	_, ok := d.refAt(j)
	return ok
}

// refAt gives the unit reference whose words begin at token i; an empty one where there is none.
func (d *doc) refAt(i int) (*unitRef, bool) {
	if uint(i) >= uint(len(d.refAtToken)) || d.refAtToken[i] == 0 {
		return &noRef, false
	}
	return &d.refs[d.refAtToken[i]-1], true
}

var noRef unitRef

// agencies lists the places that name an agency with its owner or its own name ("Sở Tài chính", "UBND huyện A"), the form in
// which figures and items give it.
func (d *doc) agencies() []mention {
	var out []mention
	heads := &d.begin.bodies
	for i := heads.Next(d.Tokens, 0); i < len(d.Tokens); i = heads.Next(d.Tokens, i+1) {
		t, k := d.bodyWord(i, len(d.Tokens))
		if k == 0 || t != "org" {
			continue
		}
		last := min(len(d.Tokens), i+maxBodyTokens)
		e := d.bodyAt(i, last)
		for e > i && d.Tokens[e-1].Kind == text.Punct {
			e--
		}
		if e > i+k {
			out = append(out, mention{First: i, Last: e, Name: d.tidy(i, e)})
			i = e - 1
		}
	}
	return out
}

// tidy is the words of [i, j) with single spaces and without signs at the ends.
func (d *doc) tidy(i, j int) string {
	for i < j && d.Tokens[i].Kind == text.Punct {
		i++
	}
	for i < j && (d.Tokens[j-1].Kind == text.Punct && d.Tokens[j-1].Norm != ")" || d.Tokens[j-1].Kind == text.Ellipsis) {
		j--
	}
	return singly(d.words(i, j))
}

// singly is s with single spaces, without those at its ends.
func singly(s string) string {
	space := true // before this byte
	for i := range len(s) {
		switch c := s[i]; {
		case c > ' ' && (c < 0xC2 || c > 0xC2 && c < 0xE1 || c == 0xE1 && i+1 < len(s) && s[i+1] >= 0xB8): // no white space begins so
			space = false
		case c == ' ' && !space && i+1 < len(s):
			space = true
		default:
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}
