package grammar

import (
	"reflect"
	"testing"

	"haicap/internal/text"
)

var classes = Classes{"n": {Kind: text.Number, Has: func(text.Token) bool { return true }}}

func found(rules []Rule[int], s string) []string {
	l := text.Split(s)
	var got []string
	Compile(classes, rules).Each(l.Tokens, 0, len(l.Tokens), func(m Match[int]) {
		words := m.Rule.Name + ":"
		for _, t := range l.Tokens[m.First:m.Last] {
			words += " " + t.Norm
		}
		for _, k := range m.Caught {
			if k < 0 {
				words += " [-]"
				continue
			}
			words += " [" + l.Tokens[k].Norm + "]"
		}
		got = append(got, words)
	})
	return got
}

func TestRules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rules []Rule[int]
		in    string
		want  []string
	}{
		{[]Rule[int]{{"long", "a b c", 1}, {"short", "a b", 2}}, "a b c a b d", []string{"long: a b c", "short: a b"}},
		{[]Rule[int]{{"first", "a <n>", 1}, {"second", "a|b <n>", 2}}, "a 1 b 2", []string{"first: a 1 [1]", "second: b 2 [2]"}},
		{[]Rule[int]{{"class first", "<n> x?", 1}, {"word first", "5 x", 2}}, "5 x 6", []string{"class first: 5 x [5]", "class first: 6 [6]"}},
		{[]Rule[int]{{"optional", "từ? <n> / <n>?", 1}}, "Từ 3/4, 5/ hết", []string{"optional: từ 3 / 4 [3] [4]", "optional: 5 / [5] [-]"}},
		{[]Rule[int]{{"back", "a? a b", 1}}, "a b", []string{"back: a b"}},
		{[]Rule[int]{{"none", "x", 1}}, "a b", nil},
	} {
		if got := found(c.rules, c.in); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v in %q\n got %q\nwant %q", c.rules, c.in, got, c.want)
		}
	}
}

func TestRulesThatCannotBe(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{"<unknown>", "a? b?", ""} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("pattern %q was taken", pattern)
				}
			}()
			Compile(classes, []Rule[int]{{"r", pattern, 0}})
		}()
	}
}

func TestDict(t *testing.T) {
	t.Parallel()
	var d Dict[int]
	if _, n := d.At(text.Split("a").Tokens, 0); n != 0 {
		t.Error("the empty dictionary knows a phrase")
	}
	d.Add("hộ nghèo", 1)
	d.Add("hộ", 2)
	d.Add("Hoà Bình", 3)
	d.Add("", 4)
	l := text.Split("Hộ nghèo, hộ cận nghèo ở Hòa Bình")
	var got []int
	d.Each(l.Tokens, 0, len(l.Tokens), func(i, j, v int) { got = append(got, i, j, v) })
	if want := []int{0, 2, 1, 3, 4, 2, 7, 9, 3}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
