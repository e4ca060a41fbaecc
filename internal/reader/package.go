// Package reader turns the text layer of one document into a gov.Reading: people, units, figures, difficulties,
// recommendations, directives, commitments and checks, each with its span and the rule that made it.
//
// It works in stages over one doc, each stage adding to what the stages before it found:
//
//		text.Split → classes and head → units → people → times → figures → items → checks
//
//	  - Classes: every paragraph has one (title, caption, frame, heading, list item, table row, body …). Captions, bylines, titles
//	    and frames hold no figures and no items.
//	  - Phrases are found by package grammar: dictionaries (data files under data/) and rules, which are values with names.
//	    No rule names a document, a unit or a person.
//	  - What the text leaves open stays empty. A reading never guesses a unit, a period or a day.
//
// Reading is deterministic, uses no network and no clock, and takes time linear in the text, also where all of it is
// one line. The contract that it fulfils stands in docs/reading.md.
package reader
