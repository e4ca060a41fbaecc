package grammar

import (
	"strings"

	"haicap/internal/text"
)

// A Dict is a set of phrases over tokens, each with a value. The zero Dict is empty and ready to use. It must not be changed while it
// is read.
type Dict[V any] struct {
	trie
	values []V // by the number of the phrase; values[0] is the zero value
}

// A trie holds the phrases of a Dict by number. Its edges are words in Norm form.
type trie struct {
	heads sieve
	edges edges
	nodes []node
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

func (s *sieve) next(toks []text.Token, i int) int {
	for i < len(toks) && !s.has(toks[i].Hash) {
		i++
	}
	return i
}

type node struct {
	word   string
	phrase int32 // the number of the phrase that ends here, or 0
	goesOn bool  // longer phrases go through here
	next   int32 // another node below the same one whose word has the same hash, or 0
}

// Add puts a phrase into the dictionary; its words are cut as text.Split cuts them. A phrase that stands there already
// gets the new value.
func (d *Dict[V]) Add(phrase string, v V) {
	at := d.path(text.Split(strings.ReplaceAll(phrase, "\t", " ")).Tokens)
	if at == 0 {
		return
	}
	if d.values == nil {
		d.values = make([]V, 1)
	}
	if n := &d.nodes[at]; n.phrase > 0 {
		d.values[n.phrase] = v
	} else {
		n.phrase = int32(len(d.values))
		d.values = append(d.values, v)
	}
}

// path gives the node that the words of a phrase lead to, which it makes where it is missing; 0 for no words.
func (t *trie) path(toks []text.Token) (at int32) {
	if t.nodes == nil {
		t.nodes = make([]node, 1)
	}
	for i := range toks {
		if at == 0 {
			t.heads.add(toks[i].Hash)
		}
		next := t.step(at, &toks[i])
		if next == 0 {
			key := uint64(at)<<32 | uint64(toks[i].Hash)
			next = int32(len(t.nodes))
			t.nodes = append(t.nodes, node{word: toks[i].Norm, next: t.first(key)})
			t.edges.put(key, next)
			t.nodes[at].goesOn = true
		}
		at = next
	}
	return at
}

// step gives the node that the word of a token leads to from the node at, or 0.
func (t *trie) step(at int32, tok *text.Token) int32 {
	next := t.first(uint64(at)<<32 | uint64(tok.Hash))
	for next != 0 && t.nodes[next].word != tok.Norm {
		next = t.nodes[next].next
	}
	return next
}

func (t *trie) first(key uint64) int32 {
	if len(t.edges.slots) == 0 {
		return 0
	}
	return t.edges.at(key).to
}

// At gives the longest phrase that begins at toks[i] and how many tokens it has; 0 where none begins there, as before the first token.
func (d *Dict[V]) At(toks []text.Token, i int) (v V, n int) {
	if i >= 0 && i < len(toks) && d.heads.has(toks[i].Hash) {
		p, n := d.longest(toks, i)
		return d.values[p], n
	}
	return v, 0
}

// Next gives the first token from toks[i] on at which a phrase may begin, or len(toks). It is a quicker way through tokens than At
// for each of them.
func (t *trie) Next(toks []text.Token, i int) int { return t.heads.next(toks, i) }

func (t *trie) begins() *sieve { return &t.heads }

// longest gives the number of the longest phrase that begins at toks[i], and its tokens.
func (t *trie) longest(toks []text.Token, i int) (phrase int32, n int) {
	at := int32(0)
	for k := i; k < len(toks); k++ {
		if at = t.step(at, &toks[k]); at == 0 {
			break
		}
		node := &t.nodes[at]
		if node.phrase > 0 {
			phrase, n = node.phrase, k+1-i
		}
		if !node.goesOn {
			break
		}
	}
	return phrase, n
}

// Each calls f for the phrases in toks[first:last], leftmost longest, without overlaps; j is the token after the phrase.
func (d *Dict[V]) Each(toks []text.Token, first, last int, f func(i, j int, v V)) {
	toks = toks[:last]
	for i := d.Next(toks, first); i < last; i = d.Next(toks, i) {
		v, n := d.At(toks, i)
		if n > 0 {
			f(i, i+n, v)
		}
		i += max(n, 1)
	}
}
