package grammar

import (
	"strings"

	"haicap/internal/text"
)

// A Dict is a set of phrases over tokens, each with a value: a trie whose edges are words in Norm form.
// The zero Dict is empty and ready to use. It must not be changed while it is read.
type Dict[V any] struct {
	edges edges
	nodes []node[V]
	heads sieve
}

// edges maps node<<32 | hash of a word to the first node whose word has that hash. It is an open table, at most half full: it is
// asked for several times for each token of a text. Node 0 is the root, which no edge leads to.
type edges struct {
	slots []slot
	used  int
}

type slot struct {
	key uint64
	to  int32
}

// at gives the place of the key, or the free place where it belongs.
func (e *edges) at(key uint64) *slot {
	mask := uint64(len(e.slots) - 1)
	for i := key * 0x9E3779B97F4A7C15 >> 32; ; i++ {
		if s := &e.slots[i&mask]; s.to == 0 || s.key == key {
			return s
		}
	}
}

func (e *edges) put(key uint64, to int32) {
	if 2*(e.used+1) > len(e.slots) {
		old := e.slots
		e.slots = make([]slot, max(16, 2*len(old)))
		for _, s := range old {
			if s.to != 0 {
				*e.at(s.key) = s
			}
		}
	}
	s := e.at(key)
	if s.to == 0 {
		e.used++
	}
	*s = slot{key, to}
}

// A sieve says of most words at once that nothing begins with them.
type sieve [128]uint64

func (s *sieve) add(hash uint32)      { s[hash>>6&127] |= 1 << (hash & 63) }
func (s *sieve) has(hash uint32) bool { return s[hash>>6&127]>>(hash&63)&1 != 0 }

type node[V any] struct {
	word  string
	value V
	end   bool
	next  int32 // another node below the same one whose word has the same hash, or 0
}

// Add puts a phrase into the dictionary; its words are cut as text.Split cuts them. A phrase that stands there already
// gets the new value.
func (d *Dict[V]) Add(phrase string, v V) {
	if d.nodes == nil {
		d.nodes = make([]node[V], 1)
	}
	at := int32(0)
	for _, t := range text.Split(strings.ReplaceAll(phrase, "\t", " ")).Tokens {
		if at == 0 {
			d.heads.add(t.Hash)
		}
		next := d.step(at, &t)
		if next == 0 {
			key := uint64(at)<<32 | uint64(t.Hash)
			next = int32(len(d.nodes))
			d.nodes = append(d.nodes, node[V]{word: t.Norm, next: d.first(key)})
			d.edges.put(key, next)
		}
		at = next
	}
	if at != 0 {
		d.nodes[at].value, d.nodes[at].end = v, true
	}
}

// step gives the node that the word of t leads to from the node at, or 0.
func (d *Dict[V]) step(at int32, t *text.Token) int32 {
	next := d.first(uint64(at)<<32 | uint64(t.Hash))
	for next != 0 && d.nodes[next].word != t.Norm {
		next = d.nodes[next].next
	}
	return next
}

func (d *Dict[V]) first(key uint64) int32 {
	if len(d.edges.slots) == 0 {
		return 0
	}
	return d.edges.at(key).to
}

// At gives the longest phrase that begins at toks[i] and how many tokens it has; 0 where none begins there.
func (d *Dict[V]) At(toks []text.Token, i int) (v V, n int) {
	if i < len(toks) && d.heads.has(toks[i].Hash) { // seldom: the rest stands apart, so that this is inlined
		return d.longest(toks, i)
	}
	return v, 0
}

func (d *Dict[V]) longest(toks []text.Token, i int) (v V, n int) {
	at := int32(0)
	for k := i; k < len(toks); k++ {
		if at = d.step(at, &toks[k]); at == 0 {
			break
		}
		if d.nodes[at].end {
			v, n = d.nodes[at].value, k+1-i
		}
	}
	return v, n
}

// Each calls f for the phrases in toks[first:last], leftmost longest, without overlaps; j is the token after the phrase.
func (d *Dict[V]) Each(toks []text.Token, first, last int, f func(i, j int, v V)) {
	toks = toks[:last]
	for i := first; i < last; {
		v, n := d.At(toks, i)
		if n == 0 {
			i++
			continue
		}
		f(i, i+n, v)
		i += n
	}
}
