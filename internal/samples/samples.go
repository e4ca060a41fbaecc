// Package samples holds seven documents in the genre that the program reads: a congress, working sessions of one unit and of
// five, an inspection, a report and a notice of conclusions. The demo files them, and tests read them where no other documents are.
//
// They were written for this project, in its own sentences, and are no official documents: numbers of documents are 00. The units
// are real. The first three follow the facts of sessions that took place, so that the figures of July and December 2025
// disagree as they did; the notice repeats the session of 24/12/2025; the rest is made up, and names offices and no persons.
package samples

import (
	"embed"
	"slices"
)

//go:embed texts/*.txt
var files embed.FS

// A Sample is one document.
type Sample struct {
	Name string // of its file
	Data []byte
}

// All gives the documents in the order of their days, each time a copy.
func All() []Sample {
	dir, err := files.ReadDir("texts")
	if err != nil {
		panic(err) // embedded
	}
	var all []Sample
	for _, f := range dir { // sorted by name, and the names begin with a number
		data, err := files.ReadFile("texts/" + f.Name())
		if err != nil {
			panic(err)
		}
		all = append(all, Sample{Name: f.Name(), Data: slices.Clone(data)})
	}
	return all
}
