package reader

import (
	"strings"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// A person is somebody whom the text names with an office. Offices hold each title that the text gives, in Norm form.
type person struct {
	Name, Title string
	First, Last int
	Rule        string
	rank        int
}

// A personRef is one place that speaks of a person: by name, by office, or by a name with "ông", "đồng chí" before it.
type personRef struct {
	First, Last int
	Person      int    // index into persons.list, or -1 where the text never names the holder of the office
	Title       string // the office, where the place gives one
}

// persons is what the reader knows of the people in a document.
type persons struct {
	list   []person
	byName map[string]int
	byGive map[string]int  // given name → person, -1 where two have it
	refs   []personRef     // in the order of the text
	held   map[string]int  // part of a title → the last who had it, while people are read
	seats  map[string]bool // answers of the register, by type and name
}

// honorifics stand before a name; each of them alone speaks of the person before.
var honorifics = dictOf(map[string]bool{"đồng chí": true, "đ/c": true, "đ / c": true, "ông": true, "bà": true, "anh": false, "chị": false, "cô": false,
	"bác sĩ": false, "các đồng chí": true, "các ông": true, "đồng chí :": true})

// notPersons are names in Norm form that stand for more than a holder of an office: movements and places bear them.
var notPersons = map[string]bool{"hồ chí minh": true, "phong cách hồ chí minh": true}

// notPersonHeads are the first words of notPersons.
var notPersonHeads = func() map[string]bool {
	heads := map[string]bool{}
	for name := range notPersons {
		head, _, _ := strings.Cut(name, " ")
		heads[head] = true
	}
	return heads
}()

// appointments lead from a name to the office that somebody is given.
var appointments = dictOf(map[string]bool{"giữ chức": true, "giữ chức vụ": true, "giữ các chức vụ": true, "làm": true, "giữ cương vị": true})

// nameBearers stand before a person's name that names something else: a school, a road, a fund.
var nameBearers = dictOf(map[string]bool{"trường": true, "thpt": true, "thcs": true, "tiểu học": true, "chuyên": true, "quỹ": true, "đường": true, "phố": true,
	"giải": true, "công viên": true, "quảng trường": true, "cộng đồng": true, "cầu": true, "khu lưu niệm": true, "đền": true, "tượng đài": true, "học viện": true,
	"bảo tàng": true, "giải thưởng": true, "nhà máy": true, "công ty": true, "tnhh": true, "dntn": true})

// notBearers are words that end like one of nameBearers.
var notBearers = phrases([]string{"thành phố", "môi trường", "thị trường", "công trường", "nông trường", "hiện trường", "yêu cầu", "nhu cầu", "toàn cầu", "hòa giải", "khu phố"})

// readPeople is the stage that finds people: each office title, and the name that stands after it or before it.
func (d *doc) readPeople() {
	p := &d.persons
	p.byName, p.byGive = map[string]int{}, map[string]int{}
	for _, s := range d.Sentences {
		for i := d.begin.titles.Next(d.Tokens[:s.Last], s.First); i < s.Last; i = d.begin.titles.Next(d.Tokens[:s.Last], i) {
			if j := d.titled(i, s.First, s.Last); j > i {
				i = j
				continue
			}
			i++
		}
	}
	d.readSigners()
	d.nameAgain()
	for _, q := range p.list {
		d.out.People = append(d.out.People, gov.Person{Name: q.Name, Title: q.Title, Span: d.span(q.First, q.Last), Rule: q.Rule})
	}
}

// titled reads the office that begins at token i with the name after or before it; it gives the token after both, or i.
func (d *doc) titled(i, first, last int) int {
	end := d.titleChain(i, last)
	if end == i {
		return i
	}
	if k := d.reportsTo(i, end, last); k > i {
		d.persons.refs = append(d.persons.refs, personRef{First: i, Last: k, Person: -1, Title: d.tidy(i, k)})
		return k
	}
	title := d.tidy(i, end)
	j := end
	if j < last && (d.Tokens[j].Norm == "," || d.Tokens[j].Norm == ":" || d.Tokens[j].Norm == "-" || d.Tokens[j].Norm == "–") {
		if _, k := honorifics.At(d.Tokens[:last], j+1); k > 0 && d.Tokens[j].Norm != "," {
			j++
		}
	}
	if _, k := honorifics.At(d.Tokens[:last], j); k > 0 {
		j += k
	}
	if e := d.sharedTitle(i, end, first, last, title); e > end {
		return e
	}
	if n := d.personAt(j, last); n > 0 {
		if end2 := d.after(j+n, last); end2 > j+n {
			title = d.fuller(title, d.tidy(end2, d.titleChain(end2, last)))
		}
		d.addPerson(j, j+n, title, i, j+n, "person.title_name")
		return j + n
	}
	if a, b, ok := d.nameBefore(i, first); ok {
		d.addPerson(a, b, title, a, end, "person.name_title")
		return end
	}
	if a, b, ok := d.appointed(i, first); ok {
		d.addPerson(a, b, title, i, end, "person.appointed")
		return end
	}
	d.persons.refs = append(d.persons.refs, personRef{First: i, Last: end, Person: -1, Title: title})
	return end
}

// sharedTitle reads the names of several who hold one office: "các Phó Chủ tịch UBND tỉnh: A, B và C". It gives the token after
// them, or end.
func (d *doc) sharedTitle(i, end, first, last int, title string) int {
	if i == first || end >= last || d.Tokens[i-1].Norm != "các" && d.Tokens[i-1].Kind != text.Number && !d.is(i-2, "đồng chí") {
		return end
	}
	j := end
	if d.Tokens[j].Norm == ":" || d.Tokens[j].Norm == "," {
		j++
	}
	from := len(d.persons.refs)
	for j < last {
		if _, k := honorifics.At(d.Tokens[:last], j); k > 0 {
			j += k
		}
		n := d.personAt(j, last)
		if n == 0 || d.after(j+n, last) > j+n {
			break
		}
		d.addPerson(j, j+n, title, j, j+n, "person.shared_title")
		if end = j + n; end >= last || d.Tokens[end].Norm != "," && d.Tokens[end].Norm != "và" && d.Tokens[end].Norm != ";" {
			break
		}
		j = end + 1
	}
	if len(d.persons.refs) == from+1 {
		d.persons.refs[from].First = i
	}
	return end
}

// reportsTo gives the token after the first of the titles [i, end) where it is somebody else's: "Báo cáo với Bí thư Tỉnh ủy, Bí thư Đảng
// ủy xã A …". It gives i where the titles belong together.
func (d *doc) reportsTo(i, end, last int) int {
	if !d.is(i-3, "báo cáo với") && !d.is(i-3, "kiến nghị với") && !d.is(i-3, "trao đổi với") && !d.is(i-3, "đề xuất với") && !d.is(i-2, "báo cáo") {
		return i
	}
	k := d.title(i, last)
	if k >= end || d.personAt(end, last) == 0 || d.holderOf(d.tidy(i, k)) < 0 {
		return i
	}
	return k
}

// holderOf gives the person who is known so far by exactly this office, or -1.
func (d *doc) holderOf(title string) int {
	if x, ok := d.persons.held[officeKey(title)]; ok {
		return x
	}
	return -1
}

// after gives the place of a title that goes on after a name and a separator, or j where none does.
func (d *doc) after(j, last int) int {
	if j+1 < last && (d.Tokens[j].Norm == "," || d.Tokens[j].Norm == "-" || d.Tokens[j].Norm == "–") && d.titleChain(j+1, last) > j+1 {
		e := d.titleChain(j+1, last)
		if d.personAt(e, last) == 0 {
			return j + 1
		}
	}
	return j
}

// fuller joins two titles of one person that stand at both sides of the name.
func (d *doc) fuller(a, b string) string {
	if strings.Contains(text.Norm(b), text.Norm(a)) {
		return b
	}
	return a + ", " + b
}

// nameBefore finds the name that ends right before the title at token i, with or without a separator.
func (d *doc) nameBefore(i, first int) (int, int, bool) {
	e := i
	if e > first && (d.Tokens[e-1].Norm == "," || d.Tokens[e-1].Norm == "-" || d.Tokens[e-1].Norm == "–" || d.Tokens[e-1].Norm == "—" || d.Tokens[e-1].Norm == "(" || d.Tokens[e-1].Norm == ":") {
		e--
	}
	a := e
	for a > first && e-a < 8 && (d.Tokens[a-1].Kind == text.Word && d.Tokens[a-1].Upper || a < e && d.apostrophe(a-1, e)) {
		a--
	}
	for ; a < e; a++ {
		if n := d.personAt(a, e); n > 0 && a+n == e {
			return a, e, true
		}
	}
	if a = e - 1; e > first+1 && d.Tokens[a].Upper && d.Tokens[a].Kind == text.Word { // chị Thắng giám đốc
		if _, k := honorifics.At(d.Tokens[:a], a-1); k == 1 && !d.Tokens[a-1].Upper {
			return a, e, true
		}
	}
	return 0, 0, false
}

// appointed finds the name whose holder the sentence gives the title at token i: "A được … giữ chức …".
func (d *doc) appointed(i, first int) (int, int, bool) {
	k := 0
	for n := 1; n <= 3 && k == 0 && i-n >= first; n++ {
		if _, m := appointments.At(d.Tokens[:i], i-n); m == n {
			k = n
		}
	}
	if k == 0 {
		return 0, 0, false
	}
	for a := max(first, i-30); a < i-k; a++ {
		if n := d.personAt(a, i); n > 1 && d.seatAt(a, i) == a {
			return a, a + n, true
		}
	}
	return 0, 0, false
}

// personAt gives how many tokens the person's name that begins at token i has: a family name and one to four words more; after
// an honorific two to four capitalised words are enough. 0 where none begins.
func (d *doc) personAt(i, last int) int {
	if i >= last || d.Tokens[i].Kind != text.Word || !d.Tokens[i].Upper || i > 0 && d.Tokens[i-1].Upper && d.bearer(i) {
		return 0
	}
	if _, ok := d.refAt(i); ok {
		return 0
	}
	n, parts := 0, 0
	for j := i; j < last && d.Tokens[j].Kind == text.Word && d.Tokens[j].Upper && parts < 7; j = i + n {
		if _, ok := d.refAt(j); ok {
			break
		}
		if _, k := vocab().titles.At(d.Tokens[:last], j); k > 0 && parts >= 2 && d.titleHead(j, last) {
			break
		}
		if d.Tokens[j].Caps && !d.Tokens[i].Caps && len(d.Tokens[j].Fold) > 1 {
			break
		}
		n, parts = n+1, parts+1
		if d.apostrophe(j+1, last) { // H'Yim
			n += 2
		}
	}
	if d.apostrophe(i+1, last) && d.Tokens[i].Norm == "h" && parts >= 1 && parts <= 4 {
		return n // the women's names of the Ê Đê and Mnông
	}
	if parts < 2 || parts > 5 || d.bearer(i) || notPersonHeads[d.Tokens[i].Norm] && notPersons[d.norm(i, i+n)] {
		return 0
	}
	if vocab().surnames[d.Tokens[i].Norm] {
		return n
	}
	if d.afterHonorific(i) && parts <= 4 {
		if _, k := d.titleWord(i, last); k == 0 && !d.startsBody(i, last) {
			return n
		}
	}
	return 0
}

// apostrophe reports whether the sign at token j joins the words around it into one name.
func (d *doc) apostrophe(j, last int) bool {
	return j+1 < last && (d.Tokens[j].Norm == "'" || d.Tokens[j].Norm == "’") && d.glued(j) && d.glued(j+1) && d.Tokens[j+1].Kind == text.Word
}

// bearer reports whether the words before token i make the name after them that of a thing.
func (d *doc) bearer(i int) bool {
	for n := 1; n <= 2 && i-n >= 0; n++ {
		if _, k := nameBearers.At(d.Tokens[:i], i-n); k == n {
			_, inside := notBearers.At(d.Tokens[:i], i-n-1)
			return inside != n+1
		}
	}
	return false
}

func (d *doc) afterHonorific(i int) bool {
	for n := 1; n <= 2 && i-n >= 0; n++ {
		if _, k := honorifics.At(d.Tokens[:i], i-n); k == n {
			return true
		}
	}
	return false
}

// addPerson keeps a name with its title, or adds the title to the person who has the name, and notes the place [a, b).
func (d *doc) addPerson(first, last int, title string, a, b int, rule string) {
	name := d.tidy(first, last)
	if last-first > 1 && allCaps(d.Tokens[first:last]) {
		name = titleCase(name)
	}
	key := text.Norm(name)
	p := &d.persons
	x, ok := p.byName[key]
	if !ok {
		x = len(p.list)
		p.byName[key] = x
		p.list = append(p.list, person{Name: name, Title: title, First: first, Last: last, Rule: rule})
		give := d.Tokens[last-1].Norm
		if y, two := p.byGive[give]; two && y != x {
			p.byGive[give] = -1
		} else {
			p.byGive[give] = x
		}
	}
	q := &p.list[x]
	if len([]rune(title)) > len([]rune(q.Title)) {
		q.Title = title
	}
	q.rank = max(q.rank, d.rankOf(title))
	for part := range strings.SplitSeq(title, ", ") {
		if p.held == nil {
			p.held = map[string]int{}
		}
		p.held[officeKey(part)] = x
	}
	p.refs = append(p.refs, personRef{First: a, Last: b, Person: x, Title: title})
}
