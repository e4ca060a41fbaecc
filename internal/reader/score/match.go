package score

import (
	"math"
	"regexp"
	"sort"
	"strings"

	"haicap/internal/text"
)

// Kinds are the lists of a reading that are compared, in the order in which they are reported.
var Kinds = []string{"figures", "difficulties", "recommendations", "directives", "commitments", "people", "units", "checks"}

func isItem(kind string) bool {
	return kind == "difficulties" || kind == "recommendations" || kind == "directives" || kind == "commitments"
}

func overlap(a, b text.Span) int { return max(0, min(a[1], b[1])-max(a[0], b[0])) }

func iou(a, b text.Span) float64 {
	inter := overlap(a, b)
	if union := a.Len() + b.Len() - inter; union > 0 {
		return float64(inter) / float64(union)
	}
	return 0
}

// likeness scores a pair of labels of a kind: 0 where they do not match.
func likeness(kind string, g, r Label) float64 {
	switch {
	case kind == "figures":
		if overlap(g.Span, r.Span) > 0 && math.Abs(g.Value-r.Value) < 1e-9 && sameMeasure(g.Measure, r.Measure) {
			return iou(g.Span, r.Span)
		}
		return 0
	case isItem(kind):
		best := 0.0
		for _, a := range stretches(g) {
			for _, b := range stretches(r) {
				best = max(best, iou(a, b))
			}
		}
		if best < 0.5 {
			return 0
		}
		return best
	case kind == "people":
		return yes(text.Norm(g.Name) == text.Norm(r.Name))
	case kind == "units":
		return yes(sameUnit(g.Name, r.Name))
	}
	return yes(g.Rule == r.Rule)
}

func yes(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// stretches are an item's span and, where it names its topic, the stretch from the topic to the item's end.
func stretches(l Label) []text.Span {
	if l.TopicSpan == nil {
		return []text.Span{l.Span}
	}
	return []text.Span{l.Span, {l.TopicSpan[0], l.Span[1]}}
}

// sameMeasure: equal, or one begins with the whole words of the other (hộ / hộ nghèo, % / %/năm).
func sameMeasure(a, b string) bool {
	a, b = strings.ReplaceAll(text.Norm(a), "tỉ", "tỷ"), strings.ReplaceAll(text.Norm(b), "tỉ", "tỷ")
	if len([]rune(a)) > len([]rune(b)) {
		a, b = b, a
	}
	if a == b {
		return true
	}
	return a != "" && a != "tỷ" && a != "triệu" && a != "nghìn" && strings.HasPrefix(b, a) && strings.ContainsRune(" /,", rune(b[len(a)]))
}

var (
	unitTypes = []string{"thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã"}
	hcm       = regexp.MustCompile(`^(thành phố |tp\.? ?)?(hcm|hồ chí minh)$`)
	tp        = regexp.MustCompile(`^tp\.? ?([\p{L}\p{N}_])`)
)

func typed(name string) (kind, bare string) {
	n := text.Norm(name)
	if hcm.MatchString(n) {
		return "thành phố", "hồ chí minh"
	}
	n = tp.ReplaceAllString(n, "thành phố $1")
	for _, t := range unitTypes {
		if rest, ok := strings.CutPrefix(n, t+" "); ok {
			return t, rest
		}
	}
	return "", n
}

func sameUnit(a, b string) bool {
	at, an := typed(a)
	bt, bn := typed(b)
	return an == bn && (at == "" || bt == "" || at == bt)
}

func titleRight(gold, got string) bool {
	x, y := text.Norm(gold), text.Norm(got)
	return y != "" && (strings.Contains(y, x) || strings.Contains(x, y) && len(strings.Fields(y)) >= 2 && 2*len([]rune(y)) >= len([]rune(x)))
}

func bodies(names []string) []string {
	var out []string
	for _, n := range names {
		for _, part := range strings.Split(text.Norm(n), ", ") {
			for _, p := range strings.Split(part, " và ") {
				if p != "" {
					out = append(out, p)
				}
			}
		}
	}
	return out
}

// bodiesRight: both empty, or the two sets of bodies (a name matches a longer form of itself) have F1 of a half.
func bodiesRight(gold, got []string) bool {
	want, have := bodies(gold), bodies(got)
	if len(want) == 0 || len(have) == 0 {
		return len(want) == 0 && len(have) == 0
	}
	found := func(list, among []string) float64 {
		n := 0
		for _, a := range list {
			for _, b := range among {
				if a == b || strings.Contains(" "+b+" ", " "+a+" ") || strings.Contains(" "+a+" ", " "+b+" ") {
					n++
					break
				}
			}
		}
		return float64(n) / float64(len(list))
	}
	p, r := found(have, want), found(want, have)
	return p+r > 0 && 2*p*r/(p+r) >= 0.5
}

func wordsRight(gold, got string) bool {
	x, y := text.Norm(gold), text.Norm(got)
	return x == y || x != "" && y != "" && (strings.Contains(y, x) || strings.Contains(x, y))
}

// match pairs labels greedily by falling likeness, one to one.
func match(kind string, gold, got []Label) (pairs [][2]int, missed, invented []int) {
	type cand struct {
		score float64
		i, j  int
	}
	var all []cand
	for i, g := range gold {
		for j, r := range got {
			if s := likeness(kind, g, r); s > 0 {
				all = append(all, cand{s, i, j})
			}
		}
	}
	sort.SliceStable(all, func(a, b int) bool { return all[a].score > all[b].score }) // made in the order of i, j
	usedG, usedR := make([]bool, len(gold)), make([]bool, len(got))
	for _, c := range all {
		if !usedG[c.i] && !usedR[c.j] {
			usedG[c.i], usedR[c.j] = true, true
			pairs = append(pairs, [2]int{c.i, c.j})
		}
	}
	for i, used := range usedG {
		if !used {
			missed = append(missed, i)
		}
	}
	for j, used := range usedR {
		if !used {
			invented = append(invented, j)
		}
	}
	return pairs, missed, invented
}
