package reader

import (
	"strings"

	"haicap/internal/gov"
	"haicap/internal/reader/grammar"
	"haicap/internal/text"
)

// An Option changes how a reader reads.
type Option func(*Reader)

// WithDictionary makes a reader understand what an office always understands in its own way. An entry adds words and gives them
// their meaning; it goes before the reader's own lists, and takes nothing away elsewhere.
func WithDictionary(entries []gov.DictionaryEntry) Option {
	return func(r *Reader) { r.own = newDictionary(entries) }
}

// A dictionary is an office's own entries, ready to be looked up. The zero one is empty.
type dictionary struct {
	indicators, agencies, titles, measures grammar.Dict[string] // phrase → meaning
	names                                  map[gov.DictionaryKind][]gov.DictionaryEntry
}

func newDictionary(entries []gov.DictionaryEntry) dictionary {
	own := dictionary{names: map[gov.DictionaryKind][]gov.DictionaryEntry{}}
	for _, e := range entries {
		switch e.Kind {
		case gov.DictIndicator:
			own.indicators.Add(e.Phrase, e.Meaning)
		case gov.DictAgency:
			own.agencies.Add(e.Phrase, e.Meaning)
		case gov.DictTitle:
			own.titles.Add(e.Phrase, e.Meaning)
		case gov.DictMeasure:
			own.measures.Add(e.Phrase, e.Meaning)
		}
		e.Phrase = text.Norm(e.Phrase)
		own.names[e.Kind] = append(own.names[e.Kind], e)
	}
	return own
}

// beginnings are the words with which a phrase of the reader's own lists or the office's can begin.
type beginnings struct {
	bodies, titles, indicators grammar.Heads
}

func (r *Reader) beginnings() *beginnings {
	b := &beginnings{}
	b.bodies.Of(&vocab().bodies, &r.own.agencies)
	b.titles.Of(&vocab().titles, &r.own.titles)
	b.indicators.Of(&r.catalogue.aliases, &r.own.indicators)
	return b
}

// bodyWord gives the tag of the first words of a body at token i, and their number: the office's own agencies, else the list.
func (d *doc) bodyWord(i, last int) (tag string, n int) {
	tag, n = vocab().bodies.At(d.Tokens[:last], i)
	if _, k := d.reader.own.agencies.At(d.Tokens[:last], i); k > 0 && k >= n {
		return "org", k
	}
	return tag, n
}

// titleWord gives the tag of the words of an office title at token i, and their number.
func (d *doc) titleWord(i, last int) (tag string, n int) {
	tag, n = vocab().titles.At(d.Tokens[:last], i)
	if _, k := d.reader.own.titles.At(d.Tokens[:last], i); k > 0 && k >= n {
		return "head", k
	}
	return tag, n
}

// indicatorWord gives the aliases at token i of the stretch that ends before edge, and the number of their words.
func (d *doc) indicatorWord(i, edge int) ([]alias, int) {
	list, n := d.reader.catalogue.aliases.At(d.Tokens[:edge], i)
	if key, k := d.reader.own.indicators.At(d.Tokens[:edge], i); k > 0 && k >= n {
		return []alias{{key: key}}, k
	}
	return list, n
}

// measureWord gives the class of the measure at token i, and the number of its words. A measure of the office's own has the class of what
// it means.
func (d *doc) measureWord(toks []text.Token, i int) (measureClass, int) {
	class, n := measures.At(toks, i)
	if meaning, k := d.reader.own.measures.At(toks, i); k > 0 && k >= n {
		means := text.Split(meaning).Tokens
		if class, n = measures.At(means, 0); n == 0 {
			class = counts
		}
		return class, k
	}
	return class, n
}

// readOwnNames writes out what the office's entries stand for, wherever the reading gives a name. Spans and words of the text stay.
func (d *doc) readOwnNames() {
	own := d.reader.own.names
	if len(own) == 0 {
		return
	}
	agencies := own[gov.DictAgency]
	for _, list := range [][]gov.ItemDraft{d.out.Recommendations, d.out.Directives, d.out.Commitments} {
		for i := range list {
			it := &list[i]
			for _, name := range []*string{&it.By, &it.To, &it.Lead} {
				*name = writeOut(agencies, *name)
			}
			it.Assignees, it.Coordinators = writeAllOut(agencies, it.Assignees), writeAllOut(agencies, it.Coordinators)
		}
	}
	for i := range d.out.Figures {
		f := &d.out.Figures[i]
		f.Unit, f.Measure = writeOut(agencies, f.Unit), writeOut(own[gov.DictMeasure], f.Measure)
	}
	for i := range d.out.People {
		p := &d.out.People[i]
		p.Title = writeOut(own[gov.DictTitle], p.Title)
	}
}

// writeOut gives the meaning of a name that is one of the entries' phrases or begins with one; of several, the longest.
func writeOut(entries []gov.DictionaryEntry, name string) string {
	n, best := text.Norm(name), -1
	for i, e := range entries {
		if (n == e.Phrase || strings.HasPrefix(n, e.Phrase+" ")) && (best < 0 || len(e.Phrase) > len(entries[best].Phrase)) {
			best = i
		}
	}
	if best < 0 || strings.HasPrefix(n, text.Norm(entries[best].Meaning)) { // "Sở TC" for "Sở TC tỉnh", which is there already
		return name
	}
	rest := strings.Fields(name)[len(strings.Fields(entries[best].Phrase)):]
	return strings.Join(append([]string{entries[best].Meaning}, rest...), " ")
}

func writeAllOut(entries []gov.DictionaryEntry, names []string) []string {
	if len(entries) == 0 || names == nil {
		return names
	}
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = writeOut(entries, n)
	}
	return out
}
