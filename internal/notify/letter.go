package notify

import (
	"bytes"
	"embed"
	"html/template"
	"strings"

	"haicap/internal/lang"
)

//go:embed letter.html
var letterFiles embed.FS

var letterTemplate = template.Must(template.ParseFS(letterFiles, "letter.html"))

// A Letter is what a mail says, in words that are ready to be read. It becomes plain text and HTML that say the same.
type Letter struct {
	Lang   lang.Lang
	Title  string
	Paras  []string
	Groups []Group
	Footer []string // why one gets this, and how to get it no more
}

// A Group is a list under a heading: "Quá hạn (3)".
type Group struct {
	Title string
	Items []Item
}

// An Item is a line of a list.
type Item struct {
	Text   string
	Detail string // "Sở Tài chính · hạn 30/06/2026"
	Link   string // absolute; only http and https become links
}

// text is the letter for programs that show none but plain text.
func (l Letter) text() string {
	var b strings.Builder
	para := func(s string) {
		if s != "" {
			b.WriteString(s + "\n\n")
		}
	}
	para(l.Title)
	for _, p := range l.Paras {
		para(p)
	}
	for _, g := range l.Groups {
		b.WriteString(g.Title + "\n")
		for _, i := range g.Items {
			b.WriteString("- " + i.Text + "\n")
			for _, more := range []string{i.Detail, i.Link} {
				if more != "" {
					b.WriteString("  " + more + "\n")
				}
			}
		}
		b.WriteString("\n")
	}
	if len(l.Footer) > 0 {
		b.WriteString("-- \n" + strings.Join(l.Footer, "\n") + "\n")
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// html is the letter as a page. Everything in it is escaped by the template.
func (l Letter) html() (string, error) {
	var b bytes.Buffer
	err := letterTemplate.Execute(&b, l)
	return b.String(), err
}
