package gov

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"haicap/internal/text"
)

// A DictionaryKind says what an entry of an office's own dictionary is about.
type DictionaryKind string

// The kinds. The meaning of an indicator's entry is a key of the catalogue, of the others the full words.
const (
	DictIndicator DictionaryKind = "indicator" // the words name this indicator
	DictAgency    DictionaryKind = "agency"    // the words are short for this agency
	DictTitle     DictionaryKind = "title"     // the words are short for this office title
	DictMeasure   DictionaryKind = "measure"   // the words are this measure
)

// DictionaryKinds lists the kinds in the order in which a form offers them.
var DictionaryKinds = []DictionaryKind{DictIndicator, DictAgency, DictTitle, DictMeasure}

// A DictionaryEntry is one thing that an office always understands in its own way: "luôn hiểu PHRASE là MEANING".
type DictionaryEntry struct {
	Kind    DictionaryKind
	Phrase  string
	Meaning string
}

// MaxDictionaryWords bounds phrase and meaning, in characters.
const MaxDictionaryWords = 200

// Checked is the entry with single spaces, or the reason why it cannot be one. An indicator may be given by its key or by its name in the catalogue; without
// one (nil) by a name of the program's own, and whatever could be a key stands.
func (e DictionaryEntry) Checked(known []Indicator) (DictionaryEntry, error) {
	tidy := func(s string) string { return strings.Join(strings.Fields(text.NFC(s)), " ") }
	e.Phrase, e.Meaning = tidy(e.Phrase), tidy(e.Meaning)
	letters := 0
	for _, r := range e.Phrase {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	for _, s := range []string{e.Phrase, e.Meaning} {
		if !utf8.ValidString(s) || utf8.RuneCountInString(s) > MaxDictionaryWords || strings.ContainsFunc(s, unicode.IsControl) {
			return e, Errorf(Invalid, "error.dictionary_words", MaxDictionaryWords)
		}
	}
	switch {
	case letters < 2 && e.Kind != DictMeasure || letters < 1:
		return e, Errorf(Invalid, "error.dictionary_phrase", e.Phrase)
	case e.Meaning == "":
		return e, Errorf(Invalid, "error.dictionary_meaning", e.Phrase)
	}
	switch e.Kind {
	case DictIndicator:
		key, err := indicatorNamed(known, e.Meaning)
		e.Meaning = key
		return e, err
	case DictAgency, DictTitle, DictMeasure:
		return e, nil
	}
	return e, Errorf(Invalid, "error.kind_unknown", string(e.Kind))
}

// indicatorNamed gives the key of the indicator with this key or name.
func indicatorNamed(known []Indicator, s string) (string, error) {
	open := known == nil
	if open {
		known = Indicators()
	}
	for _, in := range known {
		if n := text.Norm(s); s == in.Key || n == text.Norm(in.NameVI) || n == text.Norm(in.NameEN) {
			return in.Key, nil
		}
	}
	if open && goodKey.MatchString(s) {
		return s, nil
	}
	return "", Errorf(Invalid, "error.indicator_unknown", s)
}

// Same reports whether two entries are about the same words, whatever they mean.
func (e DictionaryEntry) Same(o DictionaryEntry) bool {
	return e.Kind == o.Kind && text.Norm(e.Phrase) == text.Norm(o.Phrase)
}

// A Dictionary keeps an office's own entries.
type Dictionary interface {
	// Entries lists them in the order in which they were added. The slice is shared: do not change it.
	Entries() ([]DictionaryEntry, error)
	// Replace writes all entries in the place of the old ones, all or nothing.
	Replace(entries []DictionaryEntry) error
}
