package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"haicap/internal/samples"
)

// TestReadingPage reads a sample into one page and looks at it as a browser does: it loads nothing, runs nothing, every mark has a hover
// and every entry of the list leads to a mark that is there.
func TestReadingPage(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "<b>lam viec<i>.txt")
	sample := string(samples.All()[2].Data)
	hostile := sample + "\n\n<script src=\"https://example.org/x.js\">alert(1)</script> Phường có 12 trường học <img src=x onerror=alert(1)>.\n"
	if err := os.WriteFile(file, []byte(hostile), 0o600); err != nil {
		t.Fatal(err)
	}
	page := must(t, "read", "--html", "--explain", file)
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	ids, links, hovers := map[string]int{}, []string{}, 0
	for n := range root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data == "div" || n.Type == html.TextNode && n.Parent.Data == "mark" && hasClass(n, "text") {
			text.WriteString(n.Data)
		}
		if n.Type != html.ElementNode {
			continue
		}
		if strings.Contains(" script link img iframe object embed base form input video audio svg source meta-refresh ", " "+n.Data+" ") {
			t.Errorf("the page has <%s>", n.Data)
		}
		for _, a := range n.Attr {
			switch {
			case a.Key == "id":
				ids[a.Val]++
			case a.Key == "href":
				links = append(links, a.Val)
			case a.Key == "title" && n.Data == "mark" && a.Val != "":
				hovers++
			case a.Key == "src" || a.Key == "srcset" || a.Key == "style" || strings.HasPrefix(a.Key, "on") || a.Val == "refresh":
				t.Errorf("<%s> has %s=%q", n.Data, a.Key, a.Val)
			}
		}
	}
	if text.String() != hostile {
		t.Errorf("the page shows another text:\n%s", text.String())
	}
	if hovers < 20 || len(links) < 20 {
		t.Errorf("%d hovers, %d links", hovers, len(links))
	}
	for _, l := range links {
		if id, inside := strings.CutPrefix(l, "#"); !inside || ids[id] != 1 {
			t.Errorf("the link %q leads to %d places", l, ids[id])
		}
	}
	for _, bad := range []string{"url(", "@import", "//example.org/x.js\"", "[cli.", "[draft_kind", "[document_kind"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	for _, want := range []string{"default-src &#39;none&#39;", "@media print", "không chọn: ", "ước đạt"} {
		if !strings.Contains(page, want) && !strings.Contains(html.UnescapeString(page), html.UnescapeString(want)) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// hasClass reports whether a node stands inside an element of the class.
func hasClass(n *html.Node, class string) bool {
	for p := range n.Ancestors() {
		for _, a := range p.Attr {
			if a.Key == "class" && a.Val == class {
				return true
			}
		}
	}
	return false
}

// TestMarksOverlap: marks that lie over one another nest, each with one anchor.
func TestMarksOverlap(t *testing.T) {
	t.Parallel()
	got := markUp("abcdef<", []markedSpan{{[2]int{1, 4}, "a", "A", "1"}, {[2]int{2, 6}, "b", "B", "2"}, {[2]int{2, 4}, "c", "\"", "3"}})
	want := `a<mark class="a" id="t1" title="A">b</mark>` +
		`<mark class="a" title="A"><mark class="b" id="t2" title="B"><mark class="c" id="t3" title="&#34;">cd</mark></mark></mark>` +
		`<mark class="b" title="B">ef</mark>&lt;`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
