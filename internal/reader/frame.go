package reader

import (
	"strings"

	"haicap/internal/text"
)

// readMarkers finds the markers of lists: "I.", "1.", "1.1.", "a)", "(1)", "Điều 1.", "-", "+".
func (d *doc) readMarkers() {
	for i := range d.paras {
		p := &d.paras[i]
		first, last := p.Body, d.end(*p)
		t := d.Tokens[first:last]
		marker, n, level := "", 0, 0
		switch {
		case len(t) < 2:
		case t[0].Norm == "-" || t[0].Norm == "–" || t[0].Norm == "+" || t[0].Norm == "•" || t[0].Norm == "*" || t[0].Norm == "":
			marker, n, level = "-", 1, 4
		case t[0].Norm == "(" && len(t) > 3 && t[2].Norm == ")" && len(t[1].Fold) <= 3:
			marker, n, level = t[1].Norm, 3, 3
		case t[0].Norm == "điều" && t[1].Kind == text.Number && len(t) > 3 && (t[2].Norm == "." || t[2].Norm == ":"):
			marker, n, level = t[1].Norm, 3, 1
		case t[1].Norm == "." && d.glued(first+1) && isRoman(t[0]) && len(t) > 2:
			marker, n, level = t[0].Norm, 2, 1
		case t[0].Kind == text.Number && strings.Count(t[0].Norm, ".") > 0 && len(t[0].Norm) <= 5 && t[1].Upper:
			marker, n, level = t[0].Norm, 1, 2
		case t[0].Kind == text.Number && len(t[0].Norm) <= 6 && (t[1].Norm == "." || t[1].Norm == ")" || t[1].Norm == "/") && d.glued(first+1) && len(t) > 2 && !d.glued(first+2):
			marker, n, level = t[0].Norm, 2, 2
		case t[0].Kind == text.Word && len(t[0].Fold) == 1 && t[1].Norm == ")" && len(t) > 2:
			marker, n, level = t[0].Norm, 2, 3
		}
		if n > 0 && n < len(t) {
			p.Marker, p.Level, p.Body = marker, level, first+n
		}
	}
}

func isRoman(t text.Token) bool {
	return t.Kind == text.Word && t.Upper && len(t.Fold) <= 5 && strings.Trim(t.Fold, "ivx") == ""
}

var (
	mottos  = phrases([]string{"cộng hòa xã hội chủ nghĩa việt nam", "đảng cộng sản việt nam", "độc lập - tự do - hạnh phúc"})
	framing = phrases([]string{"căn cứ", "kính gửi:", "kính gửi", "số:", "theo đề nghị của", "xét đề nghị của"})
	closing = phrases([]string{"nơi nhận:", "nơi nhận", "t/m", "tm.", "kt.", "k/t", "tl.", "t/l"})
	// docTypes are lines of their own in the head of an official document.
	docTypes = phrases([]string{"thông báo", "báo cáo", "nghị quyết", "kế hoạch", "quyết định", "kết luận", "chương trình", "chương trình hành động",
		"công văn", "chỉ thị", "tờ trình", "hướng dẫn", "biên bản", "thông báo kết luận", "công điện"})
)

// headLines is how far into a document its letterhead may reach.
const headLines = 14

// readFrame marks letterhead, number, place and date, legal grounds and what stands after "Nơi nhận". A document has a
// letterhead where the state's or the Party's line, or a number, stands among its first lines.
func (d *doc) readFrame() {
	official := false
	for i := 0; i < len(d.paras) && i < headLines; i++ {
		p := d.paras[i]
		first, last := d.Sentences[p.First].First, d.end(p)
		for k := first; k < last && k < first+20; k++ {
			if _, n := mottos.At(d.Tokens[:last], k); n > 0 {
				official = true
			}
		}
		official = official || i > 0 && first+3 < last && d.is(first, "số") && (d.is(first+1, ":") || d.Tokens[first+1].Kind == text.Number)
	}
	if official {
		d.frameHead()
	}
	for i := range d.paras {
		p := &d.paras[i]
		if _, n := framing.At(d.Tokens, p.Body); n > 0 && p.Class == body && (official || d.is(p.Body, "căn cứ")) && d.Tokens[p.Body].Upper {
			p.Class = frame
		}
		if _, n := closing.At(d.Tokens, p.Body); n > 0 && official && i > 3 {
			for k := i; k < len(d.paras); k++ {
				if !strings.ContainsRune(d.paras[k].Span.Of(d.Text), '\t') || k > i+3 || d.Tokens[d.paras[k].Body].Kind != text.Number {
					d.paras[k].Class = frame
				}
			}
			return
		}
	}
}

// frameHead marks everything down to the document's type ("BÁO CÁO") as frame and the lines right below, which say what it is
// about, as title.
func (d *doc) frameHead() {
	kind := -1
	for i := 0; i < len(d.paras) && i < headLines; i++ {
		p := d.paras[i]
		_, n := docTypes.At(d.Tokens[:d.end(p)], p.Body)
		if n > 0 && p.Body+n == d.end(p) && d.Tokens[p.Body].Caps || n > 0 && d.Tokens[p.Body].Caps && d.Tokens[d.end(p)-1].Caps {
			kind = i
			break
		}
	}
	for i := 0; i < kind; i++ {
		d.paras[i].Class = frame
	}
	for i := 0; kind >= 0 && i < 4 && kind+i < len(d.paras); i++ {
		p := &d.paras[kind+i]
		if i > 0 && (d.stops(*p) || p.Last-p.First > 1 || d.Tokens[d.end(*p)-1].Norm == ":" || p.Marker != "" || d.end(*p)-p.Body > longestCaption) {
			break // a sentence, or the lead into the first list
		}
		if _, n := framing.At(d.Tokens, p.Body); n > 0 {
			break // the legal grounds
		}
		if _, n := issuers.At(d.Tokens, p.Body); i > 0 && n > 0 && d.Tokens[p.Body].Caps {
			d.issuerAgain(kind + i)
			break
		}
		p.Class = title
	}
}

// issuers are the words that the name of an issuer begins with, where it stands once more under the title.
var issuers = phrases([]string{"hội đồng nhân dân", "ủy ban nhân dân", "ban chấp hành", "ban thường vụ", "chủ tịch", "đảng ủy", "tỉnh ủy", "thành ủy", "thủ tướng", "bộ trưởng", "giám đốc",
	"khóa", "kỳ họp", "chính phủ", "quốc hội"})

// issuerAgain makes the lines of capitals or in brackets from i on frame: the issuer, its term and session.
func (d *doc) issuerAgain(i int) {
	for ; i < len(d.paras) && i < headLines+6; i++ {
		p := &d.paras[i]
		if t := d.Tokens[p.Body]; !t.Caps && t.Norm != "(" || d.end(*p)-p.Body > 20 || p.Marker != "" {
			return
		}
		p.Class = frame
	}
}

// readLeads finds for each paragraph the line that leads into it: the nearest line above with a lesser level that is a heading
// or ends with a colon.
func (d *doc) readLeads() {
	var stack []int
	for i := range d.paras {
		p := &d.paras[i]
		if p.Class.silent() || p.Class == tableRow {
			if len(stack) > 0 && p.Class == tableRow {
				p.Lead = stack[len(stack)-1]
			}
			continue
		}
		level := p.Level
		if level == 0 && p.Class == heading {
			level = 1
		}
		for len(stack) > 0 && level > 0 && d.levelOf(stack[len(stack)-1]) >= level {
			stack = stack[:len(stack)-1]
		}
		if level == 0 && len(stack) > 0 && p.Class == body && d.Tokens[d.end(*p)-1].Norm == ":" {
			stack = stack[:0]
		}
		if len(stack) > 0 && (p.Class != body || d.paras[stack[len(stack)-1]].Class != body) {
			p.Lead = stack[len(stack)-1]
		}
		if p.Class == heading || p.Level > 0 || d.Tokens[d.end(*p)-1].Norm == ":" {
			stack = append(stack, i)
		}
	}
}

func (d *doc) levelOf(i int) int {
	p := d.paras[i]
	switch {
	case p.Level > 0:
		return p.Level
	case p.Class == heading:
		return 1
	}
	return 0
}
