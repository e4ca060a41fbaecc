// Command gen makes the project's own corpus of official documents: from each corpus/src/*.txt a Word document in corpus/docx
// and its gold labels in corpus/gold, so that a document and what a person sees in it are written once, in one place.
//
// # The markup
//
// A source is UTF-8 text, a paragraph a line. Lines that begin with % are remarks. What stands at the start of a line says what it is:
//
//	@key value     what holds from here on: kind, date and title of the document; unit, period, by d|r|c, assign (see labels)
//	@check RULE a b: sentence    a contradiction; a and b are the id= of its figures
//	# text         the title, centred and bold; ## and ### are headings, bold and bold italic
//	> text         centred; ^ text: italic (Căn cứ …); - text: an item of a list, marked by hand or, after "@bullets word", by Word
//	[head] … [/head], [sign] … [/sign]   letterhead and signature: lines "L text" and "R text" for two columns, -- between rows
//	[table ROLE ROLE …] … [/table]       rows of cells between " | "; the rows above --- are the head
//
// Inside a line **…** is bold, //…// is italic and ⟦kind field=value …|…⟧ is a label; labels may hold labels:
//
//	f   figure: a word for the kind (result unless said), i= indicator, p= period, u= unit, c= comparator, m= measure, v= value
//	d   directive: a= assignees, lead=, co= coordinators (several between ;), due=, s= strength, past=yes
//	r   recommendation, by=, to=;   c  commitment, by=;   k  difficulty;   t  topic of the next item in the line
//	p   person, title=;   u  unit, code=, name= (where it is not the words)
//
// The value and the measure of a figure are those of its words, unless said. A field that is not said takes what @unit, @period,
// @by and @assign set; "-" empties it, and "?" leaves it out of the gold file: it is not judged.
//
// The roles of a table's columns: "no" (nothing), "label", "measure", KIND:PERIOD for a column of figures (KIND:PERIOD:% with the
// measure, ~ for a space), "unit" (whose the row's figures are); "task", "lead", "coord", "due" make a directive of each row; "rec", "by",
// "to" a recommendation. A row may begin with {i=… u=… p=…} for all its figures; in a cell, labels say what the column does not.
//
// Spans are not computed by this command: the document is made once with numbered tags in its text, its text layer is taken as the
// program takes it from any file, and where the tags come to stand is where the labels are.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

//go:generate go run . -dir ../../../../corpus

func main() {
	dir := flag.String("dir", "corpus", "folder with src, docx and gold")
	flag.Parse()
	if err := run(*dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run makes all documents of a corpus anew.
func run(dir string) error {
	paths, err := filepath.Glob(filepath.Join(dir, "src", "*.txt"))
	if err != nil {
		return err
	}
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		name := strings.TrimSuffix(filepath.Base(p), ".txt")
		docx, gold, err := build(name, string(data))
		if err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
		if err := os.WriteFile(filepath.Join(dir, "docx", name+".docx"), docx, 0o644); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, "gold", name+".json"), gold, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// build makes the Word document and the gold file of one source.
func build(name, src string) (docx, gold []byte, err error) {
	d, err := parse(src)
	if err != nil {
		return nil, nil, err
	}
	if docx, err = d.write(false); err != nil {
		return nil, nil, err
	}
	tagged, err := d.write(true)
	if err != nil {
		return nil, nil, err
	}
	gold, err = d.gold(name+".docx", docx, tagged)
	return docx, gold, err
}
