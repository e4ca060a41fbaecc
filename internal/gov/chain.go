package gov

import (
	"strings"

	"haicap/internal/text"
)

// A chain says who directs whom: "Đảng ủy UBND tỉnh lãnh đạo UBND tỉnh chỉ đạo các sở, ngành …". It is one task, counted once; the first
// body answers for it, and each link is shown.
//
// ChainOf takes the links out of a clause, in order; nil where the clause holds no chain of at least two.
func ChainOf(clause string) []string {
	words := strings.Fields(clause)
	var links []string
	from := 0
	for i := 0; i+1 < len(words); i++ {
		if !isChainVerb(words[i], words[i+1]) {
			continue
		}
		link := trimLink(words[from:i])
		if link == "" {
			return links
		}
		links = append(links, link)
		from = i + 2
		i++
	}
	if len(links) == 0 {
		return nil
	}
	if last := lastLink(words[from:]); last != "" {
		links = append(links, last)
	}
	if len(links) < 2 {
		return nil
	}
	return links
}

// chainVerbs are what one body does to the next in a chain.
var chainVerbs = []string{"lãnh đạo", "chỉ đạo"}

func isChainVerb(a, b string) bool {
	pair := text.Norm(a + " " + b)
	for _, v := range chainVerbs {
		if pair == text.Norm(v) {
			return true
		}
	}
	return false
}

// trimLink is the name of a link without the word that hands the work over.
func trimLink(words []string) string {
	for len(words) > 0 {
		switch text.Norm(words[0]) {
		case "giao", "yêu", "cầu", "đề", "nghị", "để":
			words = words[1:]
			continue
		}
		break
	}
	if len(words) > 12 { // a name of an office is never that long: this is a sentence
		return ""
	}
	return strings.Trim(strings.Join(words, " "), " ,;:.")
}

// workWords begin what is to be done, so they end the name of the last body. They are the verbs of the genre's orders.
var workWords = strings.Fields("rà tham tập triển phối xây tiếp tổng kịp giải thực nghiên kiểm hướng quan khẩn chủ đẩy tăng hoàn làm sớm báo xem bố")

// lastLink is the body at the end of a chain: the words before what it is to do.
func lastLink(words []string) string {
	for i, w := range words {
		n := text.Norm(w)
		for _, v := range workWords {
			if n == text.Norm(v) {
				return trimLink(words[:i])
			}
		}
		if i > 12 {
			return ""
		}
	}
	return ""
}
