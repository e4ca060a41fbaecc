package reader

import (
	"strconv"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/reader/grammar"
	"haicap/internal/text"
)

// A commitment needs a unit or one of its bodies that plans. strongPlans say so by themselves, weakPlans after a time to come.
var (
	strongPlans = dictOf(map[string]bool{"phấn đấu": true, "sẽ": true, "đề ra mục tiêu": true, "đặt mục tiêu": true, "xác định mục tiêu": true, "quyết tâm": true,
		"đặt ra mục tiêu": true, "đặt chỉ tiêu": true, "đặt ra chỉ tiêu": true, "hứa": true, "hướng đến": true, "hướng tới": true, "phấn đấu đến": true, "đề ra chỉ tiêu": true, "đề ra": true, "xác định": true, "cam kết": true, "dự kiến": false, "tập trung": true})
	weakPlans = dictOf(map[string]bool{"tiếp tục": true, "tập trung": true, "đẩy mạnh": true, "tăng cường": true, "chú trọng": true, "xác định": true, "triển khai": true,
		"thực hiện": true, "hoàn thành": true, "chủ động": true, "ưu tiên": true, "nâng cao": true, "xây dựng": true, "tổ chức": true, "hoàn chỉnh": true, "cần": true, "chọn": true, "huy động": true, "phát động": true, "dồn sức": true})
	notPlanners = dictOf(map[string]bool{"công ty": true, "doanh nghiệp": true, "nhà thầu": true, "tập đoàn": true, "các doanh nghiệp": true, "kỳ vọng": true, "nếu": true,
		"tin tưởng": true, "hy vọng": true, "chắc chắn": true, "tôi": true, "chúng tôi": true, "mong": true, "theo doanh nghiệp": true, "dự báo": true, "riêng": true})
)

// plans reports whether [start, last) speaks of what will be done, within a flow of commitments.
func (r *itemReader) plans(start, last int) bool {
	if r.is(start, "hằng năm") || r.is(start, "hàng năm") || r.is(start, "mỗi năm") {
		return true
	}
	for i := start; i < min(last, start+longestSubject); i++ {
		switch r.Tokens[i].Norm {
		case "sẽ", "phấn":
			return !r.unplanned(start, i)
		case "đã":
			return false
		}
	}
	return r.future(start, last)
}

func (r *itemReader) unplanned(start, i int) bool {
	for j := start; j < i; j++ {
		if _, k := notPlanners.At(r.Tokens[:i], j); k > 0 {
			return true
		}
	}
	return false
}

// future reports whether the words at token i name a time to come: a year, term or phase that is not over, or "thời gian tới".
func (r *itemReader) future(i, last int) bool {
	if r.is(i, "thời gian tới") || r.is(i, "trong thời gian tới") || r.is(i, "từ nay") || r.is(i, "thời gian đến") || r.is(i, "những tháng cuối năm") ||
		r.is(i, "bước sang") || r.is(i, "bước vào") || r.is(i, "phương hướng") || r.is(i, "tới đây") {
		return true
	}
	if r.is(i, "trong tháng") && r.monthAhead(i, last) || r.is(i, "nhiệm kỳ tới") || r.is(i, "nhiệm kỳ mới") || r.is(i, "năm tới") || r.is(i, "trong nhiệm kỳ tới") || r.is(i, "trong năm tới") || r.is(i, "giai đoạn tới") ||
		r.restOfYear(i, last) {
		return true
	}
	year := r.day().Year()
	switch r.Tokens[i].Norm {
	case "ngày", "sáng", "chiều", "tối", "tại", "từ", "sau":
		return false // a day of the calendar tells what happened
	}
	if !r.timeAhead(i, last) || year == 0 {
		return false
	}
	latest := 0
	for j := i; j < min(last, i+10) && r.Tokens[j].Norm != ","; j++ {
		if n, err := strconv.Atoi(r.Tokens[j].Norm); err == nil && n > 1990 && n < 2100 {
			latest = max(latest, n)
		}
	}
	if day := string(r.day()); latest == year && len(day) > 7 && (day[5:7] == "12" || day[5:7] == "11") {
		return r.is(i, "đến") || r.is(i, "trước") || r.is(i, "từ nay") // the year that ends is told, not planned
	}
	return latest >= year && latest > 0
}

// monthAhead reports whether "trong tháng 10" at token i names the month of the document or one of the two after it.
func (r *itemReader) monthAhead(i, last int) bool {
	day := string(r.day())
	if i+2 >= last || len(day) < 7 || i+3 < last && r.Tokens[i+3].Norm == "/" {
		return false
	}
	n, err := strconv.Atoi(r.Tokens[i+2].Norm)
	if err != nil || r.is(i+3, "năm") {
		return false
	}
	now, _ := strconv.Atoi(day[5:7])
	return n >= now && n <= now+2
}

// restOfYear reports whether "6 tháng cuối năm", "trong 3 tháng còn lại" or the like stands at token i.
func (r *itemReader) restOfYear(i, last int) bool {
	if i < last && r.Tokens[i].Norm == "trong" {
		i++
	}
	if i+3 >= last || r.Tokens[i].Kind != text.Number && r.Tokens[i].Norm != "những" && r.Tokens[i].Norm != "các" {
		return false
	}
	return r.is(i+1, "tháng cuối năm") || r.is(i+1, "tháng còn lại")
}

var (
	// aims are what a unit resolves on; before a colon they lead into them.
	aims = phrases([]string{"phương hướng", "mục tiêu", "chỉ tiêu", "nhiệm vụ", "nhiệm vụ trọng tâm", "khâu đột phá", "giải pháp", "chương trình đột phá", "đột phá", "trọng tâm", "nhiệm vụ then chốt", "nhiệm vụ chủ yếu", "nội dung trọng tâm"})
	// resolves are the verbs that make them aims to come.
	resolves = phrases([]string{"đề ra", "xác định", "đặt ra", "đặt", "thông qua", "thống nhất", "tập trung", "tập trung vào", "tập trung thực hiện", "quyết nghị", "xây dựng", "nhấn mạnh"})
	// bygone are words of time that put a plan into the past.
	bygone = phrases([]string{"nhiệm kỳ qua", "nhiệm kỳ vừa qua", "năm năm qua", "nửa nhiệm kỳ qua", "nhiệm kỳ vừa rồi", "đạt và vượt", "vượt các", "đạt, vượt", "năm qua", "thời gian qua", "nhiệm kỳ trước", "trong nhiệm kỳ qua", "những năm qua", "trong những năm qua", "5 năm qua", "trước đó", "theo báo cáo"})
)

var (
	// resolveBeginnings are the words at which resolved looks up anything, planBeginnings those at which commits looks for a plan.
	resolveBeginnings = new(grammar.Heads).Of(bygone, resolves, aims).Words(";", "với")
	planBeginnings    = new(grammar.Heads).Of(strongPlans, weakPlans).Words("đã", ":", ";", "là", "đang")
)

// resolved makes commitments of what a unit resolves on: "Đại hội đề ra 3 khâu đột phá: …". It reports whether it did.
func (r *itemReader) resolved(start, last int) bool {
	verb := -1
	near := r.Tokens[:min(last, start+2*longestSubject)]
	for i := resolveBeginnings.Next(near, start); i < len(near); i = resolveBeginnings.Next(near, i+1) {
		if _, k := bygone.At(r.Tokens[:last], i); k > 0 || r.Tokens[i].Norm == ";" && !(verb >= 0 && r.is(i+1, "nghị quyết")) {
			return false
		}
		if _, k := resolves.At(r.Tokens[:last], i); k > 0 && i > start {
			verb = i
			i += k - 1
			if from := i + 1; from+3 < last && r.Tokens[from].Norm == ":" && r.semicolon(from, last) < last && (r.is(i-1, "xác định") || r.is(i-1, "đề ra") || r.is(i-1, "đặt ra")) && r.future(start, last) {
				f := flow{Act: commitmentAct, By: r.holder(), Para: r.para, Rule: "item.resolved"}
				if p, ok := r.personBefore(start, i); f.By.Name != "" && (!ok || p.Rank < rankProvince) {
					r.flow = f
					r.clauses(from+1, last, func(a, b int) { r.add(a, b, f) })
					return true
				}
			}
			continue
		}
		_, k := aims.At(r.Tokens[:last], i)
		if k == 0 {
			continue
		}
		from := 0
		if verb >= 0 || r.lists(start, i) {
			from = r.aimsFrom(i+k, last)
		}
		if from == 0 && (verb >= 0 || r.near(i, "nghị quyết", 30)) {
			from = r.aimsAfterWith(start, i, i+k, last)
		}
		if from == 0 {
			continue
		}
		if p, ok := r.personBefore(start, i); ok && p.Rank >= rankProvince || r.holder().Name == "" {
			return false
		}
		f := flow{Act: commitmentAct, By: r.holder(), Para: r.para, Rule: "item.resolved"}
		r.flow = f
		if from >= last {
			r.lead, r.depth, r.below = &f, 0, false
			return true
		}
		r.clauses(from, last, func(a, b int) { r.add(a, b, f) })
		return true
	}
	return false
}

// lists reports whether only a word for several stands between the start of a sentence and its aims, in a congress: "Một số chỉ tiêu
// chủ yếu: …".
func (r *itemReader) lists(start, i int) bool {
	if r.out.Document.Kind != gov.KindCongress {
		return false
	}
	v, k := pluralWords.At(r.Tokens[:i], start)
	return i == start || k > 0 && v && start+k == i || r.Tokens[start].Kind == text.Number && start+1 == i
}

// aimsFrom gives the token where the aims begin whose noun ends at token i: after a colon, "gồm", "trong đó" or "là" close by; 0
// where nothing leads into them, last where they stand in the lines below.
func (r *itemReader) aimsFrom(i, last int) int {
	for j := i; j < min(last, i+16); j++ {
		switch w := r.Tokens[j].Norm; {
		case w == ":" || w == "gồm":
			for j+1 < last && r.Tokens[j+1].Norm == ":" {
				j++
			}
			return j + 1
		case w == "là" && j+1 < last:
			if r.Tokens[j+1].Norm == ":" {
				return j + 2
			}
			if _, k := vocab().predicates.At(r.Tokens[:last], j+1); k > 0 {
				return j + 1
			}
		case w == "trong" && r.is(j, "trong đó") && j+4 < last && (r.Tokens[j+2].Norm == "," || r.Tokens[j+2].Norm == ":") && !r.is(j+3, "có"):
			return j + 3
		case w == ";" || w == "đã" || w == "đạt" || w == "hoàn" || w == "vượt":
			return 0
		}
	}
	if last-i < 16 && last < len(r.Tokens) && r.Tokens[last].Norm == ":" {
		return last
	}
	return 0
}

// aimsAfterWith gives the token where aims begin that "với" leads into without a colon: "thông qua nghị quyết với một số chỉ tiêu chủ
// yếu thu ngân sách tăng 5%; …". Only several of them are a list; 0 where nothing leads into one.
func (r *itemReader) aimsAfterWith(start, i, j, last int) int {
	h := i - 1
	for h > start && (r.Tokens[h].Kind == text.Number || r.is(h, "các") || r.is(h, "những") || r.is(h-1, "một số") || r.is(h, "một số")) {
		h--
	}
	if h <= start || r.Tokens[h].Norm != "với" || r.semicolon(j, last) >= last {
		return 0
	}
	for j < last {
		_, k := aimAdjectives.At(r.Tokens[:last], j)
		if k == 0 {
			break
		}
		j += k
	}
	return j
}

// aimAdjectives may follow the noun of aims.
var aimAdjectives = phrases([]string{"chủ yếu", "cụ thể", "tổng quát", "chung", "trọng tâm", "cơ bản", "quan trọng", "chính", "là", "như"})

// ranInto gives the token where a line begins that ran into the one before it ("… Theo kế hoạch"), or start.
func (r *itemReader) ranInto(start, last int) int {
	from := start
	for j := start + 1; j < min(last, start+longestSubject); j++ {
		if r.Tokens[j].Upper && r.is(j, "theo kế hoạch") && r.Tokens[j-1].Kind == text.Word {
			from = j
		}
	}
	return from
}

// commits opens a flow of commitments where a sentence tells what a unit plans.
func (r *itemReader) commits(start, last int) {
	if _, k := bygone.At(r.Tokens[:last], start); k > 0 || r.resolved(start, last) {
		return
	}
	start = r.ranInto(start, last)
	to := r.future(start, last) || r.is(start, "để") || r.is(start, "theo kế hoạch")
	i := r.afterTime(start, last)
	for j := start; to && i == start && j < min(last, start+25); j++ {
		if r.Tokens[j].Norm == "," {
			i = j + 1
		}
	}
	far := r.Tokens[:min(last, i+31)]
	e := planBeginnings.Next(far, i)
	for e < len(far) { // the subject and what belongs to it, on to the plan
		if t := r.Tokens[e].Norm; t == "đã" || t == ":" || t == ";" || t == "là" || t == "đang" || e-i > 30 {
			return
		}
		if after := r.countsAims(e, last); after > e { // xã đề ra 22 chỉ tiêu; trong đó phấn đấu …
			r.afterCount(after, last)
			return
		}
		if v, k := strongPlans.At(r.Tokens[:last], e); k > 0 && v && (e > i || r.Tokens[e].Norm == "phấn") && !r.setBefore(e, last) {
			break
		}
		if _, k := weakPlans.At(r.Tokens[:last], e); k > 0 && e > i && to {
			break
		}
		e = planBeginnings.Next(far, e+1)
	}
	if e >= len(far) {
		return
	}
	_, promised := r.personBefore(start, e)
	promised = promised && e < last && (r.is(e, "hứa") || r.is(e, "cam kết"))
	if e >= last || r.unplanned(start, e) || !promised && (r.Tokens[e].Norm != "phấn" || e > i) && !r.planner(i, e, to) {
		return
	}
	by := r.holder()
	if s, ok := r.bodyBefore(i, e); ok && s.Rank > rankPeople {
		by = s
	}
	if p, ok := r.personBefore(i, e); ok && (r.Tokens[e].Norm == "sẽ" || promised) {
		by = p
	}
	if by.Name == "" {
		return
	}
	r.flow = flow{Act: commitmentAct, By: by, Para: r.para, Rule: "item.plan", Sure: to && r.Tokens[e].Norm == "phấn"}
	a := start
	if r.is(e, "hứa") {
		a = e + 1
	}
	if r.is(start, "theo kế hoạch") {
		a = i
	}
	r.clauses(a, last, func(x, y int) { r.add(x, y, r.flow) })
}

// countsAims gives the token after a clause that only counts the aims that are set ("đề ra 19 chỉ tiêu, 6 nhiệm vụ"), last where nothing
// follows, or e where it says what they are.
func (r *itemReader) countsAims(e, last int) int {
	if !r.is(e, "đề ra") && !r.is(e, "đặt ra") || e+3 >= last || r.Tokens[e+2].Kind != text.Number || !r.is(e+3, "chỉ tiêu") {
		return e
	}
	for j := e + 4; j < last; j++ {
		switch r.Tokens[j].Norm {
		case ";":
			return j + 1
		case ":", "gồm", "như", "đó", "đạt", "là", "tăng":
			return e
		}
	}
	return last
}

// afterCount goes on after a clause that only counts aims: in the same sentence, or in the next ones ("Trong đó, tập trung …").
func (r *itemReader) afterCount(after, last int) {
	if after < last {
		r.commits(r.afterConnectives(after, last), last)
	} else if by := r.holder(); by.Name != "" {
		r.flow = flow{Act: commitmentAct, By: by, Para: r.para, Rule: "item.plan"}
	}
}

// setBefore reports whether "đề ra" at token e only says that the aims before it were set: "hoàn thành 25/25 chỉ tiêu đề ra".
func (r *itemReader) setBefore(e, last int) bool {
	if !r.is(e, "đề ra") && !r.is(e, "đặt ra") {
		return false
	}
	switch r.Tokens[e-1].Norm {
	case "tiêu", "hoạch", "quyết", "vụ":
		return true
	}
	return e+2 >= last
}

// planner reports whether the words [i, e) are a unit or a body that can plan for one; after a time to come (to) it is enough
// that they name one.
func (r *itemReader) planner(i, e int, to bool) bool {
	if s := r.subject(i, e); s > i {
		return true
	}
	if !to {
		return false
	}
	for j := i; j < e; j++ {
		if ref, ok := r.refAt(j); ok && ref.Last <= e {
			return true
		}
	}
	own := text.Norm(r.mainUnit())
	for _, typ := range []string{"tỉnh ", "thành phố ", "huyện ", "quận ", "thị xã ", "xã ", "phường ", "thị trấn ", "đặc khu "} {
		if name, ok := strings.CutPrefix(own, typ); ok {
			return r.is(i, name)
		}
	}
	return false
}
