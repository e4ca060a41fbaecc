package text

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"
)

// A Match is a text of an Index that is like the one that was asked about. All values lie between 0 and 1.
type Match struct {
	ID    string
	Score float64 // Topic, less where the names differ: "the same one again"
	Topic float64 // how alike the texts are without the names in them: "the same elsewhere"
	Names float64 // how far the names agree; 1 where neither text has one
}

// An Index finds texts that are like each other among very many short ones: which recommendation was raised before, and where else. Texts
// are compared folded, by their syllables and pairs of syllables; what is rare among all texts counts for more. Names of two capital
// syllables and more (Thịnh Minh) are compared apart, since the same wish from another place is another wish.
//
// It suggests and never decides. Texts come and go one by one. It is safe for concurrent use.
type Index struct {
	common phrases

	mu       sync.RWMutex
	at       map[string]int32 // place of the text with an ID
	texts    []indexed
	gone     int               // of them taken out
	numbers  map[uint32]uint32 // of the features by their hashes: twice the place in the list, and one more for a pair
	features []posting
	pool     sync.Pool // *tally
}

// A posting lists the texts with a feature.
type posting struct {
	texts []int32
	live  int32 // how many of them were not taken out
}

// An indexed text is what the index keeps of one. The numbers of its features are sorted.
type indexed struct {
	id           string
	topic, names []uint32
	gone         bool
}

// NewIndex makes an empty index. The common phrases ("đề nghị", "quan tâm") are left out of every text, besides the small words of the
// language: whoever knows what kind of texts they are knows what all of them say.
func NewIndex(common ...string) *Index {
	return &Index{common: newPhrases(append(common, smallWords...)), at: map[string]int32{}, numbers: map[uint32]uint32{},
		pool: sync.Pool{New: func() any { return &tally{} }}}
}

// smallWords say nothing of what a text is about.
var smallWords = []string{"và", "của", "các", "những", "cho", "để", "về", "tại", "trong", "trên", "từ", "đến", "theo", "với", "là", "được", "bị", "do", "có", "này",
	"đó", "khi", "như", "cũng", "còn", "đã", "đang", "sẽ", "một", "nay", "nhằm", "vào", "ra", "qua", "bởi", "vì", "nên", "mà", "thì", "hoặc", "hay", "việc", "sự", "rất"}

// Len is how many texts the index holds.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.texts) - x.gone
}

// Add puts a text under its ID, in place of the one that stood there.
func (x *Index) Add(id, s string) {
	topic, names := x.common.features(s)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(id)
	for _, list := range [][]uint32{topic, names} {
		for i, h := range list {
			n, ok := x.numbers[h]
			if !ok {
				n = uint32(len(x.features))<<1 | h&1
				x.numbers[h] = n
				x.features = append(x.features, posting{})
			}
			list[i] = n
		}
		slices.Sort(list)
	}
	x.put(indexed{id: id, topic: topic, names: names})
}

func (x *Index) put(t indexed) {
	n := int32(len(x.texts))
	x.at[t.id] = n
	x.texts = append(x.texts, t)
	for _, list := range [][]uint32{t.topic, t.names} {
		for _, f := range list {
			p := &x.features[f>>1]
			p.texts = append(p.texts, n)
			p.live++
		}
	}
}

// Remove takes the text with the ID out.
func (x *Index) Remove(id string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(id)
}

func (x *Index) remove(id string) {
	n, ok := x.at[id]
	if !ok {
		return
	}
	delete(x.at, id)
	t := &x.texts[n]
	t.gone = true
	x.gone++
	for _, list := range [][]uint32{t.topic, t.names} {
		for _, f := range list {
			x.features[f>>1].live--
		}
	}
	if x.gone > 1000 && x.gone > len(x.texts)/2 {
		x.rebuild()
	}
}

// rebuild forgets the texts that were taken out. Features stay: the words of a language are soon all known.
func (x *Index) rebuild() {
	old := x.texts
	x.texts, x.gone = make([]indexed, 0, len(old)-x.gone), 0
	clear(x.at)
	for i := range x.features {
		x.features[i] = posting{}
	}
	for _, t := range old {
		if !t.gone {
			x.put(t)
		}
	}
}

// The work of one query is bounded: this many places in the lists of rare features are looked at, and this many texts compared whole.
const (
	maxLooks    = 40_000
	maxCompared = 300
)

// Similar lists at most limit texts whose Score is at least floor, the highest first: the same wish raised again, in other words. About 0.3
// is a floor below which people see no likeness.
func (x *Index) Similar(s string, limit int, floor float64) []Match {
	topic, names := x.common.features(s)
	return x.find(topic, names, limit, floor, func(m Match) float64 { return m.Score })
}

// Elsewhere lists at most limit texts whose Topic is at least floor, the highest first: the same wish, wherever it was raised. A floor of
// about 0.45 is a good one.
func (x *Index) Elsewhere(s string, limit int, floor float64) []Match {
	topic, names := x.common.features(s)
	return x.find(topic, names, limit, floor, func(m Match) float64 { return m.Topic })
}

// find compares whole what shares the most; equal values come in the order of their IDs.
func (x *Index) find(topic, names []uint32, limit int, floor float64, by func(Match) float64) []Match {
	x.mu.RLock()
	defer x.mu.RUnlock()
	x.number(topic, names)
	t := x.pool.Get().(*tally)
	defer x.pool.Put(t)
	var out []Match
	for _, n := range x.candidates(t, topic, names) {
		d := &x.texts[n]
		m := Match{ID: d.id, Topic: x.cosine(topic, d.topic), Names: x.agreement(names, d.names)}
		m.Score = m.Topic * (0.25 + 0.75*m.Names)
		if by(m) >= floor {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b Match) int { return cmp.Or(cmp.Compare(by(b), by(a)), cmp.Compare(a.ID, b.ID)) })
	return out[:min(limit, len(out))]
}

// Similar compares a text with a few candidates, whose IDs are their numbers in the list: "0", "1", …
func Similar(s string, candidates, common []string) []Match {
	x := NewIndex(common...)
	for i, c := range candidates {
		x.Add(itoa(i), c)
	}
	return x.Similar(s, len(candidates), 0)
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

// number puts the numbers of features in the place of their hashes; what no text has gets numbers beyond the list.
func (x *Index) number(lists ...[]uint32) {
	next := uint32(len(x.features))
	for _, list := range lists {
		for i, h := range list {
			n, ok := x.numbers[h]
			if !ok {
				n = next<<1 | h&1
				next++
			}
			list[i] = n
		}
		slices.Sort(list)
	}
}

// weight is how much a feature says: the logarithm of how rare it is; pairs count for less than syllables, which they repeat.
func (x *Index) weight(f uint32) float64 {
	live := int32(1)
	if int(f>>1) < len(x.features) {
		live = max(live, x.features[f>>1].live)
	}
	w := math.Log(1 + float64(len(x.texts)-x.gone+1)/float64(live))
	if f&1 == 1 {
		return 0.6 * w
	}
	return w
}

// candidates are the texts that share the most with the features, found by going through the lists of the rarest ones.
func (x *Index) candidates(t *tally, topic, names []uint32) []int32 {
	var known []uint32
	for _, f := range slices.Concat(topic, names) {
		if int(f>>1) < len(x.features) {
			known = append(known, f)
		}
	}
	slices.SortFunc(known, func(a, b uint32) int {
		return cmp.Or(len(x.features[a>>1].texts)-len(x.features[b>>1].texts), cmp.Compare(a, b))
	})
	t.reset(len(x.texts))
	looks := 0
	for i, f := range known {
		list := x.features[f>>1].texts
		if looks += len(list); looks > maxLooks && i > 2 {
			break
		}
		w := float32(x.weight(f))
		for _, n := range list {
			if !x.texts[n].gone {
				t.add(n, w)
			}
		}
	}
	return t.best(maxCompared)
}

// cosine is the cosine of the angle between two weighted texts.
func (x *Index) cosine(a, b []uint32) float64 {
	shared, all := x.overlap(a, b)
	if all[0] == 0 || all[1] == 0 {
		return 0
	}
	return shared / math.Sqrt(all[0]*all[1])
}

// agreement is how far the names of two texts are the same ones.
func (x *Index) agreement(a, b []uint32) float64 {
	switch {
	case len(a) == 0 && len(b) == 0:
		return 1
	case len(a) == 0 || len(b) == 0:
		return 0.7 // one of them leaves open where it is
	}
	shared, all := x.overlap(a, b)
	return 2 * shared / (all[0] + all[1])
}

// overlap sums the squared weights of what two sorted lists share, and of each of them.
func (x *Index) overlap(a, b []uint32) (shared float64, all [2]float64) {
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case j == len(b) || i < len(a) && a[i] < b[j]:
			w := x.weight(a[i])
			all[0] += w * w
			i++
		case i == len(a) || b[j] < a[i]:
			w := x.weight(b[j])
			all[1] += w * w
			j++
		default:
			w := x.weight(a[i])
			shared, all[0], all[1] = shared+w*w, all[0]+w*w, all[1]+w*w
			i, j = i+1, j+1
		}
	}
	return shared, all
}

// A tally counts what each text shares with a query.
type tally struct {
	weight  []float32
	touched []int32
}

func (t *tally) reset(n int) {
	for _, i := range t.touched {
		t.weight[i] = 0
	}
	t.touched = t.touched[:0]
	if len(t.weight) < n {
		t.weight = make([]float32, n+n/4)
	}
}

func (t *tally) add(n int32, w float32) {
	if t.weight[n] == 0 {
		t.touched = append(t.touched, n)
	}
	t.weight[n] += w
}

// best are the k texts with the highest weights, in no order: a heap whose smallest stands on top.
func (t *tally) best(k int) []int32 {
	heap := make([]int32, 0, k)
	less := func(a, b int32) bool { return t.weight[a] < t.weight[b] || t.weight[a] == t.weight[b] && a > b }
	for _, n := range t.touched {
		if len(heap) < k {
			heap = append(heap, n)
			for i := len(heap) - 1; i > 0 && less(heap[i], heap[(i-1)/2]); i = (i - 1) / 2 {
				heap[i], heap[(i-1)/2] = heap[(i-1)/2], heap[i]
			}
			continue
		}
		if !less(heap[0], n) {
			continue
		}
		heap[0] = n
		for i := 0; ; {
			c := 2*i + 1
			if c+1 < k && less(heap[c+1], heap[c]) {
				c++
			}
			if c >= k || !less(heap[c], heap[i]) {
				break
			}
			heap[i], heap[c] = heap[c], heap[i]
			i = c
		}
	}
	return heap
}

// phrases are word sequences that are left out, by their folded first syllable, the longer ones first.
type phrases map[string][][]string

func newPhrases(list []string) phrases {
	p := phrases{}
	for _, s := range list {
		if words := strings.Fields(Fold(s)); len(words) > 0 {
			p[words[0]] = append(p[words[0]], words)
		}
	}
	for _, l := range p {
		slices.SortFunc(l, func(a, b []string) int { return len(b) - len(a) })
	}
	return p
}

// at is how many of the tokens, from the first on, are a phrase that is left out.
func (p phrases) at(tokens []Token) int {
	for _, words := range p[tokens[0].Fold] {
		if len(words) <= len(tokens) && slices.EqualFunc(words, tokens[:len(words)], func(w string, t Token) bool { return w == t.Fold }) {
			return len(words)
		}
	}
	return 0
}

// features takes a text apart: its syllables and pairs of them, and apart from these its names, each list sorted and without repeats.
func (p phrases) features(s string) (topic, names []uint32) {
	l := Split(s)
	for _, sentence := range l.Sentences {
		tokens := l.Tokens[sentence.First:sentence.Last]
		prev := ""
		for i := 0; i < len(tokens); {
			if tokens[i].Kind != Word && (tokens[i].Kind != Number || isYear(tokens[i].Fold)) {
				if tokens[i].Kind != Number {
					prev = ""
				}
				i++
				continue
			}
			if n := p.at(tokens[i:]); n > 0 {
				i += n
				continue
			}
			if n := nameAt(tokens, i); n > 0 {
				names = append(names, feature("", tokens[i:i+n]...))
				i, prev = i+n, ""
				continue
			}
			topic = append(topic, feature("", tokens[i]))
			if prev != "" {
				topic = append(topic, feature(prev, tokens[i]))
			}
			prev = tokens[i].Fold
			i++
		}
	}
	slices.Sort(topic)
	slices.Sort(names)
	return slices.Compact(topic), slices.Compact(names)
}

// nameAt is how many tokens from i on are a name: two words and more, each with a capital and not all in capitals. The first word of a sentence
// has its capital from that: where two others follow it, they are the name.
func nameAt(tokens []Token, i int) int {
	n := 0
	for i+n < len(tokens) && tokens[i+n].Kind == Word && tokens[i+n].Upper && !tokens[i+n].Caps {
		n++
	}
	if n < 2 || i == 0 && n > 2 {
		return 0
	}
	return n
}

func isYear(s string) bool {
	return len(s) == 4 && (strings.HasPrefix(s, "19") || strings.HasPrefix(s, "20"))
}

// feature is a number for a syllable, a name, or a pair of syllables; the last bit tells pairs.
func feature(before string, tokens ...Token) uint32 {
	h := uint32(2166136261)
	mix := func(s string) {
		for i := range len(s) {
			h = (h ^ uint32(s[i])) * 16777619
		}
		h = (h ^ ' ') * 16777619
	}
	if before != "" {
		mix(before)
	}
	for _, t := range tokens {
		mix(t.Fold)
	}
	if before != "" {
		return h | 1
	}
	return h &^ 1
}
