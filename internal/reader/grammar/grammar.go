// Package grammar finds phrases in tokens. It has two tools and knows no word of any domain:
//
//   - Dict, a dictionary of fixed phrases, longest first;
//   - Rules, patterns of words and classes of tokens, each with a name.
//
// A pattern is a line of elements separated by spaces:
//
//	năm           this word, in text.Norm form
//	–|-|đến       one of these words
//	<year>        a token of the class, which the caller defines; it is captured
//	đầu?          an element that may be missing
//
// Patterns have no unbounded repetition, so finding takes time linear in the tokens. Where several patterns match at one
// token, the longest wins, then the one that was given first.
package grammar

import (
	"fmt"
	"slices"
	"strings"

	"haicap/internal/text"
)

// A Rule is a pattern with a name, and what it means to the caller.
type Rule[V any] struct {
	Name    string
	Pattern string
	Value   V
}

// Classes are the named classes of tokens that patterns use.
type Classes map[string]Class

// A Class is a set of tokens of one kind (zero: of any kind). Words lists all its tokens, in Norm form, where they are few: no other
// token is then asked whether a rule begins with it.
type Class struct {
	Kind  text.Kind
	Has   func(text.Token) bool
	Words []string
}

func (c *Class) has(t text.Token) bool { return (c.Kind == 0 || c.Kind == t.Kind) && c.Has(t) }

// A Match is one place where a rule matched: tokens [First, Last), and the captured tokens in the order of the pattern,
// -1 for one that was left out.
type Match[V any] struct {
	Rule        *Rule[V]
	First, Last int
	Caught      []int
}

// Rules are compiled rules, safe for concurrent use.
type Rules[V any] struct {
	rules   []compiled[V]
	byWord  map[string][]int // rules whose first element is this word, or a class that lists it
	words   sieve
	byClass []classRules // rules whose first element is another class, so that a token is asked once for each class
	open    [kinds]bool  // the kinds of tokens that classes of byClass hold
}

// kinds is how many kinds of tokens there are, with the zero one.
const kinds = text.Ellipsis + 1

type classRules struct {
	name  string
	class Class
	rules []int
}

type compiled[V any] struct {
	rule     *Rule[V]
	elements []element
	catches  int
}

type element struct {
	words    []string
	class    Class
	name     string // of the class
	catch    int
	optional bool
}

// Compile makes rules from patterns. It panics on a class that is not defined and on a pattern without a required
// element: rules are part of the program.
func Compile[V any](classes Classes, rules []Rule[V]) *Rules[V] {
	rs := &Rules[V]{byWord: map[string][]int{}}
	for i := range rules {
		c := compiled[V]{rule: &rules[i]}
		required := false
		for _, f := range strings.Fields(rules[i].Pattern) {
			e := element{catch: -1}
			if len(f) > 1 && strings.HasSuffix(f, "?") {
				e.optional, f = true, f[:len(f)-1]
			}
			if strings.HasPrefix(f, "<") && strings.HasSuffix(f, ">") {
				e.name = f[1 : len(f)-1]
				if e.class = classes[e.name]; e.class.Has == nil {
					panic(fmt.Sprintf("grammar: rule %s: no class %s", rules[i].Name, f))
				}
				e.catch = c.catches
				c.catches++
			} else {
				for _, w := range strings.Split(f, "|") {
					e.words = append(e.words, text.Norm(w))
				}
			}
			if c.catches > maxCatches {
				panic(fmt.Sprintf("grammar: rule %s captures more than %d tokens", rules[i].Name, maxCatches))
			}
			required = required || !e.optional
			c.elements = append(c.elements, e)
		}
		if !required {
			panic(fmt.Sprintf("grammar: rule %s can match nothing", rules[i].Name))
		}
		rs.rules = append(rs.rules, c)
		rs.index(len(rs.rules) - 1)
	}
	return rs
}

// index files a rule under everything that it can begin with.
func (rs *Rules[V]) index(i int) {
	for _, e := range rs.rules[i].elements {
		for _, w := range slices.Concat(e.words, e.class.Words) {
			rs.byWord[w] = append(rs.byWord[w], i)
			for _, t := range text.Split(w).Tokens {
				rs.words.add(t.Hash)
			}
		}
		if e.class.Has != nil && e.class.Words == nil {
			rs.indexClass(e, i)
		}
		if !e.optional {
			return
		}
	}
}

func (rs *Rules[V]) indexClass(e element, i int) {
	for kind := range rs.open {
		rs.open[kind] = rs.open[kind] || e.class.Kind == 0 || int(e.class.Kind) == kind
	}
	for k := range rs.byClass {
		if rs.byClass[k].name == e.name {
			rs.byClass[k].rules = append(rs.byClass[k].rules, i)
			return
		}
	}
	rs.byClass = append(rs.byClass, classRules{e.name, e.class, []int{i}})
}

// At gives the longest match that begins at toks[i], and false where there is none.
func (rs *Rules[V]) At(toks []text.Token, i int) (m Match[V], ok bool) {
	if rs.words.has(toks[i].Hash) || rs.open[toks[i].Kind] {
		return rs.longest(toks, i)
	}
	return m, false
}

func (rs *Rules[V]) longest(toks []text.Token, i int) (Match[V], bool) {
	best := Match[V]{Last: i}
	first := len(rs.rules)
	var caught, got [maxCatches]int
	try := func(list []int) {
		for _, k := range list {
			c := &rs.rules[k]
			if end, ok := c.match(toks, i, got[:]); ok && (end > best.Last || end == best.Last && k < first) {
				best, first, caught = Match[V]{Rule: c.rule, First: i, Last: end}, k, got
			}
		}
	}
	if rs.words.has(toks[i].Hash) {
		try(rs.byWord[toks[i].Norm])
	}
	for k := range rs.byClass {
		if c := &rs.byClass[k]; c.class.has(toks[i]) {
			try(c.rules)
		}
	}
	if best.Last == i {
		return best, false
	}
	best.Caught = append([]int(nil), caught[:rs.rules[first].catches]...)
	return best, true
}

// Each calls f for the matches in toks[first:last], leftmost longest, without overlaps.
func (rs *Rules[V]) Each(toks []text.Token, first, last int, f func(Match[V])) {
	toks = toks[:last]
	for i := first; i < last; {
		if t := &toks[i]; !rs.words.has(t.Hash) && !rs.open[t.Kind] {
			i++
			continue
		}
		m, ok := rs.longest(toks, i)
		if !ok {
			i++
			continue
		}
		f(m)
		i = m.Last
	}
}

// maxCatches is how many tokens a pattern can capture.
const maxCatches = 8

// match matches the rule at token i and puts what it captures into got, -1 for what is left out.
func (c *compiled[V]) match(toks []text.Token, i int, got []int) (end int, ok bool) {
	for k := range c.catches {
		got[k] = -1
	}
	return c.from(toks, i, 0, got)
}

// from matches the elements from k on at token i, taking optional ones first.
func (c *compiled[V]) from(toks []text.Token, i, k int, caught []int) (int, bool) {
	if k == len(c.elements) {
		return i, true
	}
	e := &c.elements[k]
	if i < len(toks) && e.takes(toks[i]) {
		if e.catch >= 0 {
			caught[e.catch] = i
		}
		if end, ok := c.from(toks, i+1, k+1, caught); ok {
			return end, true
		}
		if e.catch >= 0 {
			caught[e.catch] = -1
		}
	}
	if e.optional {
		return c.from(toks, i, k+1, caught)
	}
	return 0, false
}

func (e *element) takes(t text.Token) bool {
	if e.class.Has != nil {
		return e.class.has(t)
	}
	for _, w := range e.words {
		if t.Norm == w {
			return true
		}
	}
	return false
}
