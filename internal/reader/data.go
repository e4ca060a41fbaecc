package reader

import (
	"embed"
	"encoding/csv"
	"strings"

	"haicap/internal/reader/grammar"
)

// The dictionaries are data: one phrase a line (.txt) or a table with a head (.csv), so that an office can extend them.
//
//go:embed data
var dataFiles embed.FS

// lines reads a list: one phrase a line, # begins a comment.
func lines(name string) []string {
	raw, err := dataFiles.ReadFile("data/" + name)
	if err != nil {
		panic("reader: " + err.Error()) // embedded: a defect of the build
	}
	var list []string
	for _, l := range strings.Split(string(raw), "\n") {
		l, _, _ = strings.Cut(l, "#")
		if l = strings.TrimSpace(l); l != "" {
			list = append(list, l)
		}
	}
	return list
}

// table reads a table without its head.
func table(name string) [][]string {
	raw, err := dataFiles.ReadFile("data/" + name)
	if err != nil {
		panic("reader: " + err.Error())
	}
	r := csv.NewReader(strings.NewReader(string(raw)))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		panic("reader: " + name + ": " + err.Error())
	}
	return rows[1:]
}

// phrases makes a dictionary of a list; every phrase has the value true.
func phrases(list []string) *grammar.Dict[bool] {
	d := &grammar.Dict[bool]{}
	for _, p := range list {
		d.Add(p, true)
	}
	return d
}
