package reader

import (
	"strings"

	"haicap/internal/reader/grammar"
	"haicap/internal/text"
)

var (
	captionOpeners = phrases(lines("captions.txt"))
	captionVerbs   = phrases(lines("caption_verbs.txt"))
	// reportingVerbs make a line more than a caption: it says what somebody said.
	reportingVerbs = phrases([]string{"đề nghị", "yêu cầu", "nhấn mạnh", "cho biết", "cho rằng", "khẳng định", "ghi nhận", "giao", "đã",
		"kiến nghị", "đề xuất", "lưu ý", "cần", "phải", "mong muốn", "bày tỏ"})
)

// longestCaption is how many tokens a caption or a heading may have.
const longestCaption = 60

// readClasses gives each paragraph its class, its marker and the line that leads into it.
func (d *doc) readClasses() {
	d.readMarkers()
	d.readFrame()
	twice := d.repeatedLines()
	for i := range d.paras {
		p := &d.paras[i]
		switch {
		case p.Class != body:
		case i == 0 && d.isDateline():
			p.Class = dateline
		case strings.ContainsRune(p.Span.Of(d.Text), '\t'):
			p.Class = tableRow
		case d.isByline(i):
			p.Class = byline
		case d.isCaption(p) || twice[i]:
			p.Class = caption
		case i == 0 && len(d.paras) > 1 && d.end(*p)-p.Body <= longestCaption && !d.stops(*p):
			p.Class = title
		case p.Marker != "":
			p.Class = listItem
		case d.isHeading(p):
			p.Class = heading
		}
	}
	d.captionsAtEnd()
	d.readLeads()
}

// stops reports whether the paragraph ends like a sentence.
func (d *doc) stops(p para) bool {
	for k := d.end(p) - 1; k >= p.Body; k-- {
		switch t := d.Tokens[k]; {
		case t.Kind == text.Ellipsis, t.Norm == ".", t.Norm == ";", t.Norm == "!", t.Norm == "?", t.Norm == ",":
			return true
		case t.Kind != text.Punct, t.Norm == ":", t.Norm == "%":
			return false
		}
	}
	return false
}

func (d *doc) isDateline() bool {
	t := d.Tokens
	return d.isMonthLine() || len(t) >= 6 && t[0].Norm == "date" && t[1].Kind == text.Number && t[2].Norm == "-" && t[3].Kind == text.Number &&
		t[4].Norm == "-" && t[5].Kind == text.Number
}

// isMonthLine reports whether the first line only knows the month of publication: "date 2025-07 TITLE".
func (d *doc) isMonthLine() bool {
	t := d.Tokens
	return len(t) >= 5 && t[0].Norm == "date" && yearOf(t[1]) > 0 && t[2].Norm == "-" && between(t[3], 1, 12) && len(t[3].Norm) == 2 && t[4].Norm != "-"
}

// repeatedLines marks the short lines that stand in the text twice: captions are repeated, prose is not.
func (d *doc) repeatedLines() map[int]bool {
	seen, twice := map[string]int{}, map[int]bool{}
	for i, p := range d.paras {
		n := d.end(p) - p.Body
		if n < 5 || n > longestCaption || p.Marker != "" || p.Last-p.First > 1 {
			continue
		}
		line := strings.TrimRight(p.Span.Of(d.Text), ". ")
		if first, ok := seen[line]; ok {
			twice[first], twice[i] = true, true
			continue
		}
		seen[line] = i
	}
	delete(twice, 0)
	return twice
}

func (d *doc) isCaption(p *para) bool {
	last := d.end(*p)
	if last-p.Body > longestCaption || p.Last-p.First > 1 || p.Marker != "" {
		return false
	}
	if _, n := captionOpeners.At(d.Tokens[:last], p.Body); n > 0 {
		return !d.has(reportingVerbs, p.Body, last)
	}
	if !d.Tokens[p.Body].Upper || d.beginsWithDay(p.Body, last) {
		return false
	}
	shown := false
	for i := p.Body; i < last; i++ {
		if t := d.Tokens[i]; t.Norm == ";" || t.Norm == ":" {
			return false
		}
		if _, n := reportingVerbs.At(d.Tokens[:last], i); n > 0 && !d.Tokens[i].Upper {
			return false
		}
		if _, n := captionVerbs.At(d.Tokens[:last], i); n > 0 && i > p.Body+1 {
			shown = true
		}
	}
	return shown
}

// beginsWithDay reports whether a line that ends like a sentence begins with a day ("Sáng 1/10, …"): it tells what happened that day, under
// no picture.
func (d *doc) beginsWithDay(i, last int) bool {
	switch d.Tokens[i].Norm {
	case "sáng", "trưa", "chiều", "tối", "ngày", "trong":
	default:
		return false
	}
	for k := i + 1; k < min(last, i+4); k++ {
		if d.Tokens[k].Kind == text.Number {
			return d.Tokens[last-1].Norm == "."
		}
	}
	return false
}

// has reports whether a phrase of the dictionary stands in the tokens [first, last).
func (d *doc) has(dict *grammar.Dict[bool], first, last int) bool {
	for i := dict.Next(d.Tokens[:last], first); i < last; i = dict.Next(d.Tokens[:last], i+1) {
		if _, n := dict.At(d.Tokens[:last], i); n > 0 {
			return true
		}
	}
	return false
}

var bylineOpeners = phrases([]string{"ảnh:", "(ảnh:", "nguồn:", "(nguồn:", "tin, ảnh:", "bài, ảnh:", "tin và ảnh:", "bài và ảnh:",
	"tác giả:", "theo ttxvn", "thực hiện:", "ảnh -", "tin bài:", "người viết:"})

// isByline reports whether paragraph i names who wrote the text or took the picture: a few capitalised words near the end, or a
// line that says so.
func (d *doc) isByline(i int) bool {
	p := d.paras[i]
	last := d.end(p)
	if _, n := bylineOpeners.At(d.Tokens[:last], p.Body); n > 0 && last-p.Body <= 20 {
		return true
	}
	if i < 2 || i < len(d.paras)-6 || last-p.Body > 8 || d.stops(p) || p.Marker != "" {
		return false
	}
	for k := p.Body; k < last; k++ {
		if t := d.Tokens[k]; t.Kind == text.Number || t.Kind == text.Word && !t.Upper || t.Norm == ":" {
			return false
		}
	}
	return true
}

// captionsAtEnd makes the short lines after a byline captions: what is left of the pictures.
func (d *doc) captionsAtEnd() {
	for i := range d.paras {
		if d.paras[i].Class != byline {
			continue
		}
		for k := i + 1; k < len(d.paras) && len(d.paras)-i <= 6; k++ {
			if p := &d.paras[k]; p.Class == body && p.Last-p.First == 1 && d.end(*p)-p.Body <= longestCaption {
				p.Class = caption
			}
		}
	}
}

// isHeading: a short line without a full stop, or one that ends with a colon.
func (d *doc) isHeading(p *para) bool {
	n := d.end(*p) - p.Body
	return n <= 40 && !d.stops(*p) && (n <= 25 || d.Tokens[d.end(*p)-1].Norm == ":")
}
