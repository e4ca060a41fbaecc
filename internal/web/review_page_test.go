package web_test

import (
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

func teeString(r io.Reader, b *strings.Builder) io.Reader { return io.TeeReader(r, b) }

// all finds the elements that fit a simple selector: "tag", ".class", "#id", "[attr=value]" and their joins without spaces; parts
// with a space between them nest.
func (p page) all(selector string) []*html.Node {
	found := []*html.Node{p.root}
	for _, step := range strings.Fields(selector) {
		var next []*html.Node
		for _, n := range found {
			for d := range n.Descendants() {
				if d.Type == html.ElementNode && fits(d, step) && !slices.Contains(next, d) {
					next = append(next, d)
				}
			}
		}
		found = next
	}
	return found
}

// one is the only element that fits.
func (p page) one(selector string) *html.Node {
	p.t.Helper()
	found := p.all(selector)
	if len(found) != 1 {
		p.t.Fatalf("%s: %d elements fit %q, want 1", p.at.Path, len(found), selector)
	}
	return found[0]
}

func fits(n *html.Node, step string) bool {
	for step != "" {
		end := strings.IndexAny(step[1:], ".#[") + 1
		if step[0] == '[' {
			end = strings.IndexByte(step, ']') + 1
		}
		if end <= 0 {
			end = len(step)
		}
		part := step[:end]
		step = step[end:]
		switch part[0] {
		case '.':
			if !slices.Contains(strings.Fields(attr(n, "class")), part[1:]) {
				return false
			}
		case '#':
			if attr(n, "id") != part[1:] {
				return false
			}
		case '[':
			name, value, hasValue := strings.Cut(strings.Trim(part, "[]"), "=")
			if got, ok := attrOf(n, name); !ok || hasValue && got != value {
				return false
			}
		default:
			if n.Data != part {
				return false
			}
		}
	}
	return true
}

func attr(n *html.Node, name string) string {
	v, _ := attrOf(n, name)
	return v
}

func attrOf(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// words is the text below a node, white space squeezed, and one space between elements.
func words(n *html.Node) string {
	var all []string
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			all = append(all, strings.Fields(d.Data)...)
		}
	}
	return strings.Join(all, " ")
}

func rawText(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
