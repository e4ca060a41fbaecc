package reader

import (
	"sort"

	"haicap/internal/gov"
)

// mainUnit is the one unit that the document is about (of its title, else of its first paragraphs, the lowest tier), or empty where there
// are several or none. It can be asked after readUnits; figures and items that name no unit speak of it.
func (d *doc) mainUnit() string {
	if len(d.mains) == 1 {
		return d.mains[0]
	}
	return ""
}

// readMentions fills mentions with units and agencies, and finds the main units.
func (d *doc) readMentions() {
	for _, r := range d.refs {
		e := &d.entries[r.Entry]
		d.mentions = append(d.mentions, mention{First: r.First, Last: r.Last, Name: e.full(), Unit: true})
	}
	d.mentions = append(d.mentions, d.agencies()...)
	sort.SliceStable(d.mentions, func(i, j int) bool {
		a, b := d.mentions[i], d.mentions[j]
		return a.First < b.First || a.First == b.First && a.Last > b.Last
	})
	d.mains = d.findMains()
}

// findMains looks for the main units in the title, then in the letterhead, then in the first two paragraphs of the body.
func (d *doc) findMains() []string {
	upTo, bodies := -1, 0
	for i, p := range d.paras {
		upTo = d.end(p)
		if p.Class == frame && i+1 < len(d.paras) && (d.paras[i+1].Class == frame || d.paras[i+1].Class == title) {
			continue // a letterhead names the level above first: it is read as one
		}
		head := p.Class == dateline || p.Class == title || i == 0
		if !head && p.Class == body {
			bodies++
		}
		if head || bodies == 1 || bodies == 2 {
			if names := d.lowest(upTo); len(names) > 0 {
				return names
			}
		}
		if bodies == 2 {
			break
		}
	}
	return d.lowest(len(d.Tokens))
}

// lowest lists the units of the lowest tier that are named before the token.
func (d *doc) lowest(before int) []string {
	var names []string
	seen, low := map[int]bool{}, gov.UnknownLevel
	for _, r := range d.refs {
		if r.First >= before || r.Former && !r.Merged {
			continue
		}
		e := &d.entries[r.Entry]
		l := level(e.Type)
		if v, ok := e.version(); ok {
			l = v.Level()
		}
		if l > low {
			names, low, seen = nil, l, map[int]bool{}
		}
		if l == low && !seen[r.Entry] {
			seen[r.Entry] = true
			names = append(names, e.full())
		}
	}
	return names
}
