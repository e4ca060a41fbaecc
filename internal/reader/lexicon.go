package reader

import (
	"strings"
	"sync"
	"sync/atomic"

	"haicap/internal/reader/grammar"
	"haicap/internal/text"
)

// The word lists of people, units, agencies and speech acts are CSV files of two columns, phrase and tag, without quotes: the
// last comma of a line divides the two, and a line that begins with # is a comment.

// A lexicon holds the word lists, read once.
type lexicon struct {
	titles      grammar.Dict[string] // what an office title may be made of: head, pre, org, mod
	surnames    map[string]bool      // family names in Norm form
	bodies      grammar.Dict[string] // first words of bodies: agencies, units, groups, people
	cues        grammar.Dict[string] // verbs of speech: order, ask, propose, stress, say, praise …
	predicates  grammar.Dict[string] // what begins a predicate: modal, adverb, verb
	connectives grammar.Dict[string] // words that only join a sentence to the one before
	difficulty  grammar.Dict[string] // what makes a clause a difficulty
	sections    grammar.Dict[string] // words of headings that say what their items are
	compounds   grammar.Dict[string] // names of agencies with a comma or "và" inside

	// The words at which findCue, complains and told look up anything.
	speechHeads, complaintHeads, toldHeads grammar.Heads
}

// vocab gives the lexicon; it is read when it is first asked for and then shared. It is asked for at every word.
func vocab() *lexicon {
	if l := lexiconRead.Load(); l != nil {
		return l
	}
	return readLexicon()
}

var lexiconRead atomic.Pointer[lexicon]

var readLexicon = sync.OnceValue(func() *lexicon {
	l := &lexicon{surnames: map[string]bool{}}
	for phrase := range lexiconRows("surnames") {
		l.surnames[text.Norm(phrase)] = true
	}
	for name, dict := range map[string]*grammar.Dict[string]{"titles": &l.titles, "bodies": &l.bodies, "cues": &l.cues,
		"predicates": &l.predicates, "connectives": &l.connectives, "difficulty": &l.difficulty, "sections": &l.sections,
		"compounds": &l.compounds} {
		for phrase, tag := range lexiconRows(name) {
			dict.Add(phrase, tag)
		}
	}
	l.speechHeads.Of(&l.cues, pastWords)
	l.complaintHeads.Of(&l.difficulty, notDifficult).Words("nhưng", ";", "song")
	l.toldHeads.Of(&l.cues).Words(`"`, "“", "”", "đã")
	lexiconRead.Store(l)
	return l
})

// lexiconRows reads one list.
func lexiconRows(name string) map[string]string {
	raw, err := dataFiles.ReadFile("data/" + name + ".csv")
	if err != nil {
		panic(err) // embedded: a defect of the build
	}
	rows := map[string]string{}
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		phrase, tag := line, ""
		if i := strings.LastIndexByte(line, ','); i >= 0 {
			phrase, tag = strings.TrimSpace(line[:i]), strings.TrimSpace(line[i+1:])
		}
		rows[phrase] = tag
	}
	return rows
}
