package reader

import (
	"sync"
	"sync/atomic"

	"haicap/internal/gov"
	"haicap/internal/reader/grammar"
)

// A memo keeps what the register answered, from document to document: one office reads about the same units day by day. The register
// does not change while a reader has it, so that a kept answer is the answer. What is kept is bounded.
type memo struct {
	versions  sync.Map // nameKey → []gov.UnitVersion, not to be changed
	initials  sync.Map // initialsKey → []gov.UnitVersion, not to be changed
	provinces sync.Map // gov.Day → *grammar.Dict[string]
	size      atomic.Int32
}

// maxMemo is how many answers a memo keeps.
const maxMemo = 1 << 13

type nameKey struct {
	typ  gov.UnitType
	name string
}

type initialsKey struct {
	typ  gov.UnitType
	day  gov.Day
	name string
}

// keep files an answer where there is room for it.
func (m *memo) keep(in *sync.Map, key, answer any) {
	if m.size.Load() < maxMemo {
		if _, old := in.LoadOrStore(key, answer); !old {
			m.size.Add(1)
		}
	}
}

// lands gives the provinces in force on the day by their bare names.
func (r *Reader) lands(day gov.Day) *grammar.Dict[string] {
	if d, ok := r.memo.provinces.Load(day); ok {
		return d.(*grammar.Dict[string])
	}
	d := &grammar.Dict[string]{}
	for _, v := range r.units.Provinces(day) {
		d.Add(v.Name, v.Full())
	}
	r.memo.keep(&r.memo.provinces, day, d)
	return d
}
