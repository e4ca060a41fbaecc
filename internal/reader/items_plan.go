package reader

import (
	"strconv"
	"strings"

	"haicap/internal/text"
)

// A commitment needs a unit or one of its bodies that plans. strongPlans say so by themselves, weakPlans after a time to come.
var (
	strongPlans = dictOf(map[string]bool{"phấn đấu": true, "sẽ": true, "đề ra mục tiêu": true, "đặt mục tiêu": true, "xác định mục tiêu": true, "quyết tâm": true,
		"đặt ra mục tiêu": true, "phấn đấu đến": true, "đề ra chỉ tiêu": true, "đề ra": true, "xác định": true, "cam kết": true, "dự kiến": false, "tập trung": true})
	weakPlans = dictOf(map[string]bool{"tiếp tục": true, "tập trung": true, "đẩy mạnh": true, "tăng cường": true, "chú trọng": true, "xác định": true, "triển khai": true,
		"thực hiện": true, "hoàn thành": true, "chủ động": true, "ưu tiên": true, "nâng cao": true, "xây dựng": true, "tổ chức": true, "hoàn chỉnh": true, "cần": true})
	notPlanners = dictOf(map[string]bool{"công ty": true, "doanh nghiệp": true, "nhà thầu": true, "tập đoàn": true, "các doanh nghiệp": true, "kỳ vọng": true, "nếu": true,
		"tin tưởng": true, "hy vọng": true, "chắc chắn": true, "tôi": true, "chúng tôi": true, "mong": true, "theo doanh nghiệp": true, "dự báo": true, "riêng": true})
)

// plans reports whether [start, last) speaks of what will be done, within a flow of commitments.
func (r *itemReader) plans(start, last int) bool {
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
		r.is(i, "bước sang") || r.is(i, "phương hướng") || r.is(i, "tới đây") {
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
	return latest >= year && latest > 0
}

// commits opens a flow of commitments where a sentence tells what a unit plans.
func (r *itemReader) commits(start, last int) {
	for j := start + 1; j < min(last, start+longestSubject); j++ { // a line that ran into this one
		if r.Tokens[j].Upper && r.is(j, "theo kế hoạch") && r.Tokens[j-1].Kind == text.Word {
			start = j
		}
	}
	to := r.future(start, last) || r.is(start, "để") || r.is(start, "theo kế hoạch")
	i := r.afterTime(start, last)
	for j := start; to && i == start && j < min(last, start+25); j++ {
		if r.Tokens[j].Norm == "," {
			i = j + 1
		}
	}
	e := i
	for e < last { // the subject and what belongs to it, on to the plan
		if t := r.Tokens[e].Norm; t == "đã" || t == ":" || t == ";" || t == "là" || t == "đang" || e-i > 30 {
			return
		}
		if v, k := strongPlans.At(r.Tokens[:last], e); k > 0 && v && (e > i || r.Tokens[e].Norm == "phấn") {
			break
		}
		if _, k := weakPlans.At(r.Tokens[:last], e); k > 0 && (e > i && to || e > i && e == r.subject(i, last) && r.ownBody(i, e)) {
			break
		}
		e++
	}
	if e >= last || r.unplanned(start, e) || (r.Tokens[e].Norm != "phấn" || e > i) && !r.planner(i, e, to) {
		return
	}
	by := r.holder()
	if s, ok := r.bodyBefore(i, e); ok && s.Rank > rankPeople {
		by = s
	}
	if p, ok := r.personBefore(i, e); ok && (r.Tokens[e].Norm == "sẽ" || r.is(e, "cam kết")) {
		by = p
	}
	if by.Name == "" {
		return
	}
	r.flow = flow{Act: commitmentAct, By: by, Para: r.para, Rule: "item.plan"}
	a := start
	if r.is(start, "theo kế hoạch") {
		a = i
	}
	r.clauses(a, last, func(x, y int) { r.add(x, y, r.flow) })
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

// ownBody reports whether [i, e) is the main unit, its tier or one of its bodies.
func (r *itemReader) ownBody(i, e int) bool {
	name := r.fullName(i, e, r.tidy(i, e))
	for _, m := range r.mains {
		if text.Norm(name) == text.Norm(m) {
			return true
		}
	}
	return false
}
