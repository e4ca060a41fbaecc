package gov

import (
	_ "embed"
	"io"
	"slices"
	"strings"
	"sync"

	"haicap/internal/text"
)

// A MatterField is a field (lĩnh vực) in which recommendations are gathered for the report. Which there are is dated data of the office.
type MatterField struct {
	Key         string // what a matter keeps
	From, Until Day    // first and last day on which it is chosen; empty: no bound
	VI, EN      string
	words       []string // folded phrases that suggest it
}

// MatterFields are the fields in the order in which a form and a report show them.
type MatterFields []MatterField

//go:embed matterfields.csv
var matterFieldsCSV string

var defaultMatterFields = sync.OnceValue(func() MatterFields {
	list, err := ReadMatterFields(strings.NewReader(matterFieldsCSV))
	if err != nil {
		panic("gov: matterfields.csv: " + err.Error()) // embedded: a defect of the build
	}
	return list
})

// DefaultMatterFields are the fields that the program brings along.
func DefaultMatterFields() MatterFields { return defaultMatterFields() }

// maxMatterFields is more than a report could show.
const maxMatterFields = 100

// ReadMatterFields reads a table with the columns key, from, until, vi, en, words; lines that begin with # are notes. Invalid, with the number
// of the line, where a key or name is missing, a key stands twice or a day is none.
func ReadMatterFields(r io.Reader) (MatterFields, error) {
	var list MatterFields
	err := readTable(r, 6, "error.matter_fields_line", func(row []string) error {
		f := MatterField{Key: row[0], From: Day(row[1]), Until: Day(row[2]), VI: row[3], EN: row[4]}
		if f.EN == "" {
			f.EN = f.VI
		}
		for _, w := range strings.Split(row[5], "|") {
			if w = fold(w); strings.TrimSpace(w) != "" {
				f.words = append(f.words, w)
			}
		}
		twice := slices.ContainsFunc(list, func(o MatterField) bool { return o.Key == f.Key })
		if f.Key == "" || f.VI == "" || twice || f.From != "" && !f.From.Valid() || f.Until != "" && !f.Until.Valid() || len(list) == maxMatterFields {
			return errRow
		}
		list = append(list, f)
		return nil
	})
	return list, err
}

// fold is a phrase as Suggest looks for it: with its marks, since "đất" is not "dắt", in lower case, words apart by one space and with one at each end.
func fold(s string) string {
	words := strings.FieldsFunc(text.Norm(s), func(r rune) bool { return strings.ContainsRune(" ,;:.()\"“”/–-\n\t", r) })
	return " " + strings.Join(words, " ") + " "
}

// On lists the fields that can be chosen on a day.
func (fs MatterFields) On(d Day) MatterFields {
	var list MatterFields
	for _, f := range fs {
		if (f.From == "" || f.From <= d) && (f.Until == "" || d <= f.Until) {
			list = append(list, f)
		}
	}
	return list
}

// Has reports whether there is a field with the key.
func (fs MatterFields) Has(key string) bool {
	return slices.ContainsFunc(fs, func(f MatterField) bool { return f.Key == key })
}

// Suggest is the key of the field whose words the text holds the most of, longer phrases counting for more; of equals the first, empty where it holds
// none. It suggests: a person chooses.
func (fs MatterFields) Suggest(s string) string {
	s = fold(s)
	best, most := "", 0
	for _, f := range fs {
		n := 0
		for _, w := range f.words {
			n += strings.Count(s, w) * len(strings.Fields(w))
		}
		if n > most {
			best, most = f.Key, n
		}
	}
	return best
}
