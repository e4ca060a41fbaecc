package grammar

import (
	"strings"

	"haicap/internal/text"
)

// A Dict is a set of phrases over tokens, each with a value: a trie whose edges are words in Norm form.
// The zero Dict is empty and ready to use. It must not be changed while it is read.
type Dict[V any] struct {
	edges map[edge]int32
	nodes []node[V]
	heads sieve
}

// A sieve says of most words at once that nothing begins with them.
type sieve [64]uint64

func (s *sieve) add(hash uint32)      { s[hash>>6&63] |= 1 << (hash & 63) }
func (s *sieve) has(hash uint32) bool { return s[hash>>6&63]>>(hash&63)&1 != 0 }

type edge struct {
	from int32
	word string
}

type node[V any] struct {
	value V
	end   bool
}

// Add puts a phrase into the dictionary; its words are cut as text.Split cuts them. A phrase that stands there already
// gets the new value.
func (d *Dict[V]) Add(phrase string, v V) {
	if d.nodes == nil {
		d.nodes, d.edges = make([]node[V], 1), map[edge]int32{}
	}
	at := int32(0)
	for _, t := range text.Split(strings.ReplaceAll(phrase, "\t", " ")).Tokens {
		if at == 0 {
			d.heads.add(t.Hash)
		}
		e := edge{at, t.Norm}
		next, ok := d.edges[e]
		if !ok {
			next = int32(len(d.nodes))
			d.nodes = append(d.nodes, node[V]{})
			d.edges[e] = next
		}
		at = next
	}
	if at != 0 {
		d.nodes[at] = node[V]{v, true}
	}
}

// At gives the longest phrase that begins at toks[i] and how many tokens it has; 0 where none begins there.
func (d *Dict[V]) At(toks []text.Token, i int) (v V, n int) {
	if i >= len(toks) || !d.heads.has(toks[i].Hash) {
		return v, 0
	}
	at := int32(0)
	for k := i; k < len(toks); k++ {
		next, ok := d.edges[edge{at, toks[k].Norm}]
		if !ok {
			break
		}
		at = next
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
