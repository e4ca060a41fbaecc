package reader

import (
	"sync"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// docs keeps the memory of documents that were read for those to come: most of what reading needs is tables as long as the text, and
// asking for them anew for each document would cost more than reading it. Nothing is kept but memory.
var docs = sync.Pool{New: func() any { return &doc{Layout: &text.Layout{}} }}

// mostTokens is the length of a document above which its memory is not kept.
const mostTokens = 1 << 19

// scratch is what single stages need for themselves.
type scratch struct {
	busy  []bool     // tokens that belong to times (readFigures)
	taken []bool     // tokens that speak of people (nameAgain)
	buf   []quantity // the numbers of one sentence (readFigures)

	ranks map[string]int // by the words of offices and bodies: see rankOf
}

// finish gives the reading, in memory of its own, and leaves the rest to the next document.
func (d *doc) finish() gov.Reading {
	out := d.out
	kept := &d.out
	out.Units, kept.Units = handOver(kept.Units)
	out.People, kept.People = handOver(kept.People)
	out.Figures, kept.Figures = handOver(kept.Figures)
	out.Difficulties, kept.Difficulties = handOver(kept.Difficulties)
	out.Recommendations, kept.Recommendations = handOver(kept.Recommendations)
	out.Directives, kept.Directives = handOver(kept.Directives)
	out.Commitments, kept.Commitments = handOver(kept.Commitments)
	out.Checks, kept.Checks = handOver(kept.Checks)
	if len(d.Tokens) > mostTokens {
		return out
	}
	d.Text = ""
	clear(d.ranks)
	*d = doc{
		Layout: d.Layout, paras: emptied(d.paras), mentions: emptied(d.mentions), times: d.times[:0], numbers: emptied(d.numbers),
		found:   found{refs: emptied(d.refs), entries: emptied(d.entries), refAtToken: d.refAtToken[:0]},
		scratch: d.scratch,
		out: gov.Reading{Units: kept.Units, People: kept.People, Figures: kept.Figures, Difficulties: kept.Difficulties,
			Recommendations: kept.Recommendations, Directives: kept.Directives, Commitments: kept.Commitments, Checks: kept.Checks},
	}
	docs.Put(d)
	return out
}

// handOver gives a copy of the list for the reader's caller, never nil, and the list emptied.
func handOver[T any](list []T) (out, kept []T) {
	return append(make([]T, 0, len(list)), list...), emptied(list)
}

// emptied is the list without its elements and without what they point to.
func emptied[T any](list []T) []T {
	clear(list)
	return list[:0]
}

// zeroed is a table of n zero elements, in the memory of the list where it is long enough.
func zeroed[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n)
	}
	list = list[:n]
	clear(list)
	return list
}
