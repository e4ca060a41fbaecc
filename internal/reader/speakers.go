package reader

import (
	"strings"

	"haicap/internal/text"
)

// The ranks of offices and bodies; they tell whether somebody asks upwards or downwards.
const (
	rankUnknown = iota
	rankPeople  // voters, residents, enterprises
	rankCommune // xã, phường, thị trấn, đặc khu and what is below them
	rankOffice  // offices of a district
	rankDistrict
	rankDepartment // departments of a province
	rankProvince
	rankCentral
)

// rankWords say the rank of an office or a body by its words, the first that fits; they are looked for as whole words in Norm form.
var rankWords = padded([]rankRow{
	{"chính phủ|thủ tướng|quốc hội|bộ chính trị|ban bí thư|trung ương|bộ trưởng|thứ trưởng|tổng bí thư|chủ tịch nước|phó thủ tướng", rankCentral},
	{"cử tri|người dân|nông dân|ngư dân|công nhân|người lao động|tiểu thương|phụ huynh|nhân dân các|hộ dân|doanh nghiệp|công ty|bà con|hộ|tổ dân phố|nhà thầu|chủ đầu tư", rankPeople},
	{"xã|phường|thị trấn|đặc khu|khu phố|thôn|địa phương", rankCommune},
	{"huyện ủy|quận ủy|thị ủy|huyện|quận|thị xã", rankDistrict},
	{"sở|ban quản lý|chi cục|cục", rankDepartment},
	{"tỉnh ủy|tỉnh ủy viên|tuv|tỉnh|thành ủy|thành phố|tp|tphcm|uvtv", rankProvince},
	{"phòng", rankOffice},
	{"đảng ủy", rankCommune},
})

type rankRow struct {
	words string
	rank  int
}

// A rankWord is one word of a row with a space on either side.
type rankWord struct {
	word string
	rank int
}

func padded(rows []rankRow) (list []rankWord) {
	for _, row := range rows {
		for w := range strings.SplitSeq(row.words, "|") {
			list = append(list, rankWord{" " + w + " ", row.rank})
		}
	}
	return list
}

// rankOf gives the rank that the words of an office or body name. "Bí thư Tỉnh ủy, Chủ tịch HĐND xã" has the higher of its parts.
func (d *doc) rankOf(s string) int {
	rank, ok := d.ranks[s]
	if !ok {
		if d.ranks == nil {
			d.ranks = map[string]int{}
		}
		rank = findRank(s)
		d.ranks[s] = rank
	}
	return rank
}

func findRank(s string) int {
	best := rankUnknown
	for part := range strings.SplitSeq(text.Norm(s), ", ") {
		best = max(best, rankOfPart(" "+part+" "))
	}
	return best
}

func rankOfPart(s string) int {
	s = strings.ReplaceAll(s, "ủy ban nhân dân", "ubnd")
	s = strings.ReplaceAll(s, "hội đồng nhân dân", "hđnd")
	if strings.Contains(s, " trung ương đảng ") && strings.Contains(s, " ủy viên ") || strings.HasPrefix(s, " bộ ") && !strings.HasPrefix(s, " bộ chỉ huy ") && !strings.HasPrefix(s, " bộ phận ") &&
		!strings.HasPrefix(s, " bộ đội ") {
		return rankCentral
	}
	for _, row := range rankWords {
		if strings.Contains(s, row.word) {
			return row.rank
		}
	}
	return rankUnknown
}

// nameAgain finds further places of people who are named with an office elsewhere: the full name, or the given name after an
// honorific; and it gives the offices that stand without a name to their holders.
func (d *doc) nameAgain() {
	p := &d.persons
	offices := d.offices()
	for i := range p.refs {
		if p.refs[i].Person < 0 {
			p.refs[i].Person = offices.holder(p.refs[i].Title)
		}
	}
	if len(p.list) == 0 {
		return
	}
	d.taken = zeroed(d.taken, len(d.Tokens))
	for _, r := range p.refs {
		for i := r.First; i < r.Last; i++ {
			d.taken[i] = true
		}
	}
	var more []personRef
	for i := 0; i < len(d.Tokens); i++ {
		t := d.Tokens[i]
		if t.Kind != text.Word || !t.Upper || d.taken[i] {
			continue
		}
		if n := d.personAt(i, len(d.Tokens)); n > 0 {
			if x, ok := p.byName[text.Norm(d.tidy(i, i+n))]; ok {
				more = append(more, personRef{First: i, Last: i + n, Person: x})
			}
			i += n - 1
			continue
		}
		if x, ok := p.byGive[t.Norm]; ok && x >= 0 && d.afterHonorific(i) && (i+1 == len(d.Tokens) || !d.Tokens[i+1].Upper) {
			more = append(more, personRef{First: i, Last: i + 1, Person: x})
		}
	}
	p.refs = mergeRefs(p.refs, more)
}

// mergeRefs merges two lists that are each in the order of the text.
func mergeRefs(a, b []personRef) []personRef {
	out := make([]personRef, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		if len(b) == 0 || len(a) > 0 && a[0].First <= b[0].First {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return out
}

// An officeBook knows who holds an office, by each of the titles in the text and by their first words.
type officeBook map[string]int

// offices makes the book of the document.
func (d *doc) offices() officeBook {
	b := officeBook{}
	short := officeBook{}
	for _, r := range d.persons.refs {
		if r.Person < 0 {
			continue
		}
		whole := officeKey(r.Title)
		for part := range strings.SplitSeq(whole+", "+whole, ", ") {
			b.put(part, r.Person)
			ws := strings.Fields(part)
			for n := 2; n < len(ws); n++ {
				short.put(strings.Join(ws[:n], " "), r.Person)
			}
		}
		b.put(whole, r.Person)
	}
	for k, v := range short {
		if _, ok := b[k]; !ok {
			b[k] = v
		}
	}
	return b
}

func (b officeBook) put(key string, x int) {
	if y, ok := b[key]; ok && y != x {
		b[key] = -1
		return
	}
	b[key] = x
}

// holder gives the person who holds the office, or -1.
func (b officeBook) holder(title string) int {
	key := officeKey(title)
	if x, ok := b[key]; ok {
		return x
	}
	for part := range strings.SplitSeq(key, ", ") {
		if x, ok := b[part]; ok && x >= 0 {
			return x
		}
		ws := strings.Fields(part)
		for n := len(ws) - 1; n >= 3; n-- {
			if x, ok := b[strings.Join(ws[:n], " ")]; ok && x >= 0 {
				return x
			}
		}
	}
	return -1
}

// officeKey is a title for comparison, with the usual abbreviations.
func officeKey(s string) string {
	s = text.Norm(s)
	s = strings.ReplaceAll(s, "ủy ban nhân dân", "ubnd")
	return strings.ReplaceAll(s, "hội đồng nhân dân", "hđnd")
}
