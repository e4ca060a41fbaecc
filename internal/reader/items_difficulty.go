package reader

import "haicap/internal/reader/grammar"

// difficulties makes items of a sentence that complains, and reports whether it did. A sentence that only announces difficulties
// lets those after it in the paragraph be read as such.
func (r *itemReader) difficulties(start, last int) bool {
	if r.is(start, "bên cạnh") {
		for j := start; j < min(last, start+25); j++ {
			if r.Tokens[j].Norm == "," {
				start = r.afterConnectives(j+1, last)
				break
			}
		}
	}
	if r.workTroubled(start, last) {
		f := flow{Act: difficultyAct, Para: r.para, Rule: "item.difficulty"}
		r.clauses(start, last, func(a, b int) {
			if r.workTroubled(a, b) || r.complains(a, b) {
				r.add(a, b, f)
			}
		})
		return true
	}
	if lead, after := r.difficultyLead(start, last); lead {
		if after >= last && last < len(r.Tokens) && r.Tokens[last].Norm == ":" {
			r.lead, r.depth, r.below = &flow{Act: difficultyAct, Para: r.para, Rule: "item.difficulty_list"}, 0, false
		}
		if after >= last {
			r.flow = flow{Act: difficultyAct, Para: r.para, Rule: "item.difficulty_lead"}
			return true
		}
		f := flow{Act: difficultyAct, Para: r.para, Rule: "item.difficulty_list"}
		r.clauses(after, last, func(a, b int) { r.add(a, b, f) })
		return true
	}
	if !r.complains(start, last) {
		return false
	}
	f := flow{Act: difficultyAct, Para: r.para, Rule: "item.difficulty"}
	turned := r.turned(start)
	task := !turned && r.solves(start, last)
	if task && !r.turnsInside(start, last) {
		return false
	}
	r.clauses(start, last, func(a, b int) {
		if task && !r.complains(a, b) {
			return
		}
		if turned || r.complains(a, b) || r.lacks(a, b) {
			r.add(a, b, f)
		}
	})
	return true
}

// works are words for a task or a state of things; one that meets difficulties is a difficulty itself and announces none.
var works = phrases([]string{"việc", "công tác", "tiến độ", "hoạt động", "đời sống", "sản xuất"})

// workTroubled reports whether [start, last) says of a task that it meets difficulties, without saying which: "Công tác giải phóng mặt
// bằng còn gặp nhiều khó khăn".
func (r *itemReader) workTroubled(start, last int) bool {
	if _, k := works.At(r.Tokens[:last], start); k == 0 || last < len(r.Tokens) && r.Tokens[last].Norm == ":" {
		return false
	}
	met := false
	for i := start; i < last; i++ {
		if v, k := notDifficult.At(r.Tokens[:last], i); k > 0 && !met && (v || r.is(i, "tháo gỡ") || r.is(i, "khắc phục")) {
			return false
		}
		switch r.Tokens[i].Norm {
		case ":", "như", "nhưng", "song":
			return false
		case ";":
			return met
		case "gặp", "còn":
			tag, k := vocab().difficulty.At(r.Tokens[:last], i)
			met = met || k > 0 && tag == "lead" && r.Tokens[i+k-1].Norm == "khăn"
		}
	}
	return met
}

// solves reports whether the first of several clauses tells of something that is being solved: the clauses after it go on with what.
func (r *itemReader) solves(start, last int) bool {
	solves := false
	for i := start; i < last; i++ {
		if r.Tokens[i].Norm == ";" {
			return solves && !r.complains(start, i)
		}
		if r.is(i, "giải quyết") || r.is(i, "tháo gỡ") || r.is(i, "khắc phục") || r.is(i, "xử lý") {
			solves = true
		}
	}
	return false
}

// turnsInside reports whether a clause after the first begins with a word that turns to what is missing.
func (r *itemReader) turnsInside(start, last int) bool {
	for i := start + 1; i+1 < last; i++ {
		if r.Tokens[i-1].Norm == ";" && (r.is(i, "tuy nhiên") || r.is(i, "song") || r.is(i, "nhưng") || r.is(i, "còn") || r.is(i, "tuy vậy")) {
			return true
		}
	}
	return false
}

// lacks reports whether a clause next to one that complains has a weak word of difficulty too.
func (r *itemReader) lacks(a, b int) bool {
	words := &vocab().difficulty
	for i := words.Next(r.Tokens[:b], a); i < b; i = words.Next(r.Tokens[:b], i+1) {
		if tag, k := words.At(r.Tokens[:b], i); k > 0 && tag == "weak" {
			return true
		}
	}
	return false
}

// difficultyLead reports whether a sentence leads into difficulties, and where they begin: after a colon or "như", or, for one that
// has nothing after the announcement, at its end.
func (r *itemReader) difficultyLead(start, last int) (bool, int) {
	words := &vocab().difficulty
	for i := words.Next(r.Tokens[:last], start); i < last; i = words.Next(r.Tokens[:last], i+1) {
		tag, k := words.At(r.Tokens[:last], i)
		if k == 0 {
			continue
		}
		if tag != "lead" {
			i += k - 1
			continue
		}
		for j := i + k - 1; j < min(last, i+k+16); j++ {
			switch r.Tokens[j].Norm {
			case ":", "như":
				for j+1 < last && (r.Tokens[j+1].Norm == ":" || r.Tokens[j+1].Norm == "sau") {
					j++
				}
				return true, j + 1
			case ";":
				return false, 0
			}
		}
		return i+k+8 >= last, last
	}
	return r.namesDifficulty(start, last)
}

var (
	// difficultyNouns name difficulties; after a word for several and before a colon they lead into them.
	difficultyNouns = phrases([]string{"khó khăn", "hạn chế", "tồn tại", "vướng mắc", "bất cập", "khuyết điểm", "yếu kém", "thách thức", "trở ngại", "điểm nghẽn"})
	// several are the words before such a noun that make it an announcement.
	several = phrases([]string{"một số", "những", "nhiều", "các", "còn", "gặp", "chỉ ra", "chỉ rõ", "bộc lộ", "vẫn còn", "nêu", "không ít", "cái"})
)

// announcers are the words at which namesDifficulty looks up anything.
var announcers = new(grammar.Heads).Of(notDifficult, difficultyNouns, several).Words(";")

// namesDifficulty reports whether a noun of difficulty leads into what it is: "địa phương còn gặp một số khó khăn, vướng mắc: …", "Khó
// khăn hiện nay là …".
func (r *itemReader) namesDifficulty(start, last int) (bool, int) {
	announced := -10
	toks := r.Tokens[:min(last, start+longestSubject)]
	for i := announcers.Next(toks, start); i < len(toks); i = announcers.Next(toks, i+1) {
		if _, k := notDifficult.At(r.Tokens[:last], i); k > 0 || r.Tokens[i].Norm == ";" {
			return false, 0
		}
		_, k := difficultyNouns.At(r.Tokens[:last], i)
		if k == 0 {
			if _, m := several.At(r.Tokens[:last], i); m > 0 {
				announced = i
			}
			continue
		}
		if i-announced > 6 && i > start {
			i += k - 1
			continue
		}
		for j := i + k; j < min(last, i+k+9); j++ {
			w := r.Tokens[j].Norm
			if w == ":" || w == "như" || w == "là" && (i == start || r.is(j-1, "đó") || j+1 < last && r.Tokens[j+1].Norm == ":") {
				for j+1 < last && (r.Tokens[j+1].Norm == ":" || r.Tokens[j+1].Norm == "sau" || r.Tokens[j+1].Norm == "là") {
					j++
				}
				return true, j + 1
			}
			if (w == "trong" || w == "về") && announced >= 0 && r.semicolon(j, last) < last { // gặp một số khó khăn về vốn; …
				return true, j
			}
			if w == ";" || w == "." {
				break
			}
		}
		i += k - 1
	}
	return false, 0
}

// turned reports whether the sentence of token i begins with a word that turns from results to what is missing.
func (r *itemReader) turned(i int) bool {
	s := r.whole0(i)
	return r.is(s, "tuy nhiên") || r.is(s, "tuy vậy") || r.is(s, "bên cạnh kết quả") || r.is(s, "bên cạnh những kết quả") || r.is(s, "song") || r.is(s, "nhưng")
}

// notDifficult are words that take the complaint out of what follows; those that are false do so only for words that name a
// difficulty, not for those that tell of it (còn …, chưa …).
var notDifficult = dictOf(map[string]bool{"tháo gỡ": false, "khắc phục": false, "giải quyết": false, "không còn": true, "mặc dù": true, "dù": true,
	"không để": true, "xử lý": false, "tránh": false, "ngăn chặn": false, "phòng ngừa": false, "giảm": false, "nếu": true, "kịp thời": false, "vượt qua": true,
	"phòng, chống": false, "hạn chế tình trạng": false, "xóa": false, "chấm dứt": false, "trong bối cảnh": true, "nhằm": true, "đưa": false, "rà soát": false,
	"nắm bắt": false, "sẽ": true, "cải tạo": false, "nâng cấp": false, "sửa chữa": false, "thay thế": false, "thu hồi": false, "di dời": false, "để": true, "hoàn thành những": true, "có thông tin": true, "nêu ra": true, "chỉ ra những mặt": true, "trường hợp": true, "đã nêu": true, "làm rõ": true, "không có": false})

// complains reports whether a strong word of difficulty stands in [first, last), not taken back by a word before it.
func (r *itemReader) complains(first, last int) bool {
	always, nouns := -100, -100
	heads, toks := &vocab().complaintHeads, r.Tokens[:last]
	for i := heads.Next(toks, first); i < last; i = heads.Next(toks, i+1) {
		if v, k := notDifficult.At(r.Tokens[:last], i); k > 0 {
			if v {
				always = i
			} else {
				nouns = i
			}
			continue
		}
		switch w := r.Tokens[i].Norm; w {
		case "nhưng", ";", "song":
			always, nouns = -100, -100
		default:
			tag, k := vocab().difficulty.At(r.Tokens[:last], i)
			if k == 0 {
				continue
			}
			tells := w == "còn" || w == "chưa" || w == "vẫn" || w == "chậm" || w == "gặp" || w == "bị" || w == "đang"
			if tag == "strong" && i-always > 12 && (tells || i-nouns > 12) {
				return true
			}
			i += k - 1
		}
	}
	return false
}
