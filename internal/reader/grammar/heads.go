package grammar

import "haicap/internal/text"

// Heads are the words that something can begin with: phrases of dictionaries, single words. A walk from one of them to the next leaves
// out most tokens of a text at little cost. They are sieved, so that a few other words pass too. The zero Heads are none.
type Heads struct{ sieve }

// Of adds the first words of the dictionaries' phrases.
func (h *Heads) Of(dicts ...interface{ begins() *sieve }) *Heads {
	for _, d := range dicts {
		for i, bits := range d.begins() {
			h.sieve[i] |= bits
		}
	}
	return h
}

// Words adds single words.
func (h *Heads) Words(words ...string) *Heads {
	for _, w := range words {
		for _, t := range text.Split(w).Tokens {
			h.add(t.Hash)
		}
	}
	return h
}

// Has reports whether the token passes.
func (h *Heads) Has(t *text.Token) bool { return h.has(t.Hash) }

// Next gives the first token from toks[i] on that passes, or len(toks).
func (h *Heads) Next(toks []text.Token, i int) int { return h.next(toks, i) }
