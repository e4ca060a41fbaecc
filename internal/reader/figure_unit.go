package reader

import (
	"strings"

	"haicap/internal/reader/grammar"
	"haicap/internal/text"
)

// owners finds whose a figure may be: the units that the text names, with and without their type, and bare words of a type where
// the text has one unit of it.
type owners struct {
	names *grammar.Dict[string]
	kinds map[string]string // "phường" → the only unit of that type
	main  string            // the unit that the document is about; empty where it is about several
	agent map[int]mention   // agencies by first token
}

var typeWords = []string{"thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã"}

// typeOf cuts a unit's name into type and bare name.
func typeOf(name string) (kind, bare string) {
	norm := text.Norm(name)
	for _, t := range typeWords {
		if strings.HasPrefix(norm, t+" ") {
			return t, strings.TrimPrefix(norm, t+" ")
		}
	}
	return "", norm
}

// unitWords makes the owners of the document.
func (d *doc) unitWords() *owners {
	o := &owners{names: &grammar.Dict[string]{}, kinds: map[string]string{}, agent: map[int]mention{}}
	bare, several := map[string]string{}, map[string]bool{}
	for _, u := range d.out.Units {
		kind, name := typeOf(u.Name)
		if have, ok := bare[name]; ok && have != u.Name {
			several["="+name] = true
		}
		bare[name] = u.Name
		if have, ok := o.kinds[kind]; ok && have != u.Name {
			several[kind] = true
		}
		o.kinds[kind] = u.Name
		o.names.Add(u.Name, u.Name)
	}
	for kind := range several {
		delete(o.kinds, kind)
	}
	for _, u := range d.out.Units {
		if _, name := typeOf(u.Name); strings.Contains(name, " ") && !several["="+name] {
			o.names.Add(name, u.Name)
		}
	}
	for _, m := range d.mentions {
		if !m.Unit {
			o.agent[m.First] = m
		}
	}
	o.main = d.aboutUnit(o)
	return o
}

// aboutUnit is the one unit of the title; without one there, the unit that a session was held with, else the only one of the text.
func (d *doc) aboutUnit(o *owners) string {
	found := map[string]bool{}
	one := ""
	for _, p := range d.paras {
		if p.Class != dateline && p.Class != title {
			continue
		}
		o.names.Each(d.Tokens, d.Sentences[p.First].First, d.end(p), func(_, _ int, name string) {
			found[name], one = true, name
		})
	}
	if len(found) == 1 {
		return one
	}
	if len(found) > 1 {
		return ""
	}
	for _, s := range d.leadSentences() {
		for i := s.First; i < min(s.Last, s.First+80); i++ {
			if !d.is(i, "làm việc với") && !d.is(i, "làm việc tại") {
				continue
			}
			for k := i + 3; k < min(s.Last, i+10); k++ {
				if name, n := o.names.At(d.Tokens[:s.Last], k); n > 0 {
					return name
				}
			}
		}
	}
	if len(d.out.Units) == 1 {
		return d.out.Units[0].Name
	}
	return ""
}

// at gives the owner that token i begins to name, or nothing. What follows another name after a comma ("xã A, huyện B") is where that
// one lies, and none.
func (o *owners) at(d *doc, i int) string {
	t := d.Tokens[i]
	if t.Kind != text.Word {
		return ""
	}
	if m, ok := o.agent[i]; ok && (i == 0 || d.Tokens[i-1].Norm == "." || d.firstOfParagraph(i)) && strings.HasPrefix(text.Norm(m.Name), "đảng bộ") {
		return m.Name
	}
	if name, n := o.names.At(d.Tokens, i); n > 0 {
		if i > 1 && d.Tokens[i-1].Norm == "," && d.Tokens[i-2].Upper {
			if k := o.endingAt(d, i-1); k != "" {
				return ""
			}
		}
		return name
	}
	for _, kind := range typeWords {
		if !d.is(i, kind) {
			continue
		}
		name := o.kinds[kind]
		if name == "" || i == 0 {
			return ""
		}
		mainKind, _ := typeOf(o.main)
		switch d.Tokens[i-1].Norm {
		case "của", "bàn", "toàn", ",", "trong", ".":
			return name
		case "ubnd", "hđnd", "dân", "bộ", "ủy":
			return ""
		}
		if kind == mainKind && t.Upper {
			return name
		}
		return ""
	}
	return ""
}

func (d *doc) firstOfParagraph(i int) bool {
	return i == 0 || strings.ContainsRune(d.Text[d.Tokens[i-1].Span[1]:d.Tokens[i].Span[0]], '\n')
}

// endingAt gives a unit's name that ends right before token i.
func (o *owners) endingAt(d *doc, i int) string {
	for k := max(0, i-5); k < i; k++ {
		if name, n := o.names.At(d.Tokens[:i], k); n > 0 && k+n == i {
			return name
		}
	}
	return ""
}

// unitOf gives whose the figure is: the subject of its clause or paragraph, else the unit that the document is about. A document about
// several units leaves it open.
func (f *figures) unitOf(q quantity, c *context) string {
	if c.unit != "" {
		return c.unit
	}
	return f.owners.main
}
