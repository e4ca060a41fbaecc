package reader

import (
	"strings"

	"haicap/internal/text"
)

// signerReach is how many lines above a signer's name the office is looked for; "(Đã ký)" and white space stand between.
const signerReach = 5

// readSigners finds the people who signed: a line that is nothing but a name, below a line that is nothing but an office, in the
// frame or the last lines of the document. "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH" gives the lower of the two.
func (d *doc) readSigners() {
	for i := max(0, len(d.paras)-12); i < len(d.paras); i++ {
		p := d.paras[i]
		first, last := d.Sentences[p.First].First, d.end(p)
		n := d.personAt(first, last)
		if n < 2 || first+n != last {
			continue
		}
		for j := i - 1; j >= max(0, i-signerReach); j-- {
			if a, b, ok := d.officeLine(d.paras[j]); ok {
				t := d.tidy(a, b)
				if t == strings.ToUpper(t) {
					rs := []rune(text.Norm(t))
					t = strings.ToUpper(string(rs[:1])) + string(rs[1:])
				}
				d.addPerson(first, last, t, first, last, "person.signer")
				break
			}
		}
	}
}

// officeLine gives the office that a line consists of, after "KT.", "TM.", "TL." and their like.
func (d *doc) officeLine(p para) (int, int, bool) {
	first, last := d.Sentences[p.First].First, d.end(p)
	for first < last && (len(d.Tokens[first].Norm) <= 3 && d.Tokens[first].Caps && !d.titleHead(first, last) || d.Tokens[first].Kind == text.Punct) {
		first++
	}
	e := d.titleChain(first, last)
	return first, e, e > first && e == last
}
