package synth

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"

	"haicap/internal/gov"
)

// A reporting is one report that a unit owes, as far as it has come.
type reporting struct {
	form                gov.Form
	report              gov.Report
	events              []gov.ReportEvent // none: nobody has begun it
	entered             gov.Day
	figure              gov.FigureState // of its figures
	confirmed, verified gov.Stamp
}

// asks reports whether the form has a line for the indicator.
func (p *reporting) asks(key string) bool { return slices.Contains(p.form.Indicators, key) }

// forms are what the province asks for: quarters and years since the reform, of the indicators that are made, some days after the cut-off.
func (m *maker) forms() []gov.Form {
	list := []gov.Form{
		{Key: "quy", Name: "Báo cáo quý", Kind: gov.QuarterReport, Level: gov.CommuneLevel, DueDays: 3, From: reform, Law: "chế độ báo cáo của tỉnh (giả định)"},
		{Key: "nam", Name: "Báo cáo năm", Kind: gov.YearReport, Level: gov.CommuneLevel, DueDays: 5, From: reform, Law: "chế độ báo cáo của tỉnh (giả định)"},
	}
	for i := range list {
		for _, s := range specs {
			if in, err := gov.IndicatorByKey(s.key); err == nil && in.ReportedFor(list[i].Kind) {
				list[i].Indicators = append(list[i].Indicators, s.key)
			}
		}
	}
	return list
}

// setForms writes the forms, and withdraws those of the program that nobody is asked for; a form that somebody edited already stays as it is.
func (m *maker) setForms(ctx context.Context, tx gov.Tx) error {
	there, err := tx.Entries(ctx, m.Holding.Realm, gov.EntryForm)
	if err != nil {
		return err
	}
	stamp := m.byProvince(began(reform.AddDays(-5)))
	put := func(key, body, note string) error {
		if slices.ContainsFunc(there, func(e gov.Entry) bool { return e.Key == key }) {
			return nil
		}
		_, err := tx.PutEntry(ctx, gov.Entry{Realm: m.Holding.Realm, Kind: gov.EntryForm, Key: key, Body: body, Note: note, Entered: stamp})
		return err
	}
	own := m.forms()
	for _, f := range own {
		body, err := json.Marshal(f)
		if err != nil {
			return err
		}
		if err := put(f.Key, string(body), "Giao chế độ báo cáo sau khi sắp xếp đơn vị hành chính"); err != nil {
			return err
		}
	}
	for _, f := range gov.Forms() {
		if slices.ContainsFunc(own, func(o gov.Form) bool { return o.Key == f.Key }) {
			continue
		}
		if err := put(f.Key, "", "Tỉnh chỉ giao báo cáo quý và báo cáo năm"); err != nil {
			return err
		}
	}
	return nil
}

// owed makes the reports that a commune owes for a year, by period, as far as they have come.
func (m *maker) owed(n node, year int) map[gov.Period]*reporting {
	list := map[gov.Period]*reporting{}
	if n.province() {
		return list
	}
	for _, f := range m.forms() {
		for _, p := range f.Kind.PeriodsIn(year) {
			if f.Asks(p) && n.unit.On(p.LastDay()) {
				list[p] = m.reporting(n, f, p)
			}
		}
	}
	return list
}

// reporting lives the life of one report: most come in time, some late or never, some come back with a question; a leader confirms and the
// province's department verifies.
func (m *maker) reporting(n node, f gov.Form, p gov.Period) *reporting {
	r, habit := m.random(n.key(), f.Key+string(p), 0), m.random(n.key(), "punctual", 0)
	due := f.DueDay(gov.Windows(), p)
	w := &reporting{form: f, figure: gov.FigureEntered,
		report: gov.Report{Realm: m.Holding.Realm, ReportKey: gov.ReportKey{Form: f.Key, Period: p, Unit: n.unit.UnitKey}, State: gov.ReportDraft, Due: due}}
	late := 0.04 + 0.1*habit.Float64()
	if habit.IntN(11) == 0 {
		late = 0.5
	}
	if r.IntN(40) == 0 {
		return w // nobody has begun it
	}
	handed := due.AddDays(-r.IntN(6))
	if r.Float64() < late {
		handed = due.AddDays(around(r, 6))
	}
	w.entered = handed.AddDays(-1 - r.IntN(3))
	if w.entered > m.until() {
		return w
	}
	open := m.by(n, enters, began(w.entered))
	w.report.EnteredBy = open.By
	w.events = []gov.ReportEvent{{By: open, Action: gov.ActOpen, From: gov.ReportDraft, To: gov.ReportDraft}}
	if r.IntN(45) == 0 {
		return w // begun and left lying
	}
	w.life(m, n, r, handed)
	return w
}

// life takes the steps of a report from the day on which it is handed in.
func (w *reporting) life(m *maker, n node, r *rand.Rand, handed gov.Day) {
	day := handed
	step := func(a gov.Action, who doing, days int, note string) bool {
		day = day.AddDays(days)
		if day > m.until() {
			return false
		}
		st, err := gov.ReportStepFor(w.report.State, a)
		if err != nil {
			panic(errFlow)
		}
		s := m.by(n, who, began(day).Add(minutes(r)))
		if last := w.events[len(w.events)-1].By.At; !s.At.After(last) {
			s.At = last.Add(minutes(r))
		}
		w.events = append(w.events, gov.ReportEvent{By: s, Action: a, From: st.From, To: st.To, Note: note})
		w.report.State, w.figure = st.To, st.Figure
		switch a {
		case gov.ActSubmit:
			if w.report.Submitted == "" {
				w.report.Submitted = day
			}
		case gov.ActConfirm:
			w.confirmed = s
		case gov.ActVerify:
			w.verified = s
		}
		return true
	}
	if !step(gov.ActSubmit, enters, 0, "") {
		return
	}
	if r.IntN(16) == 0 && (!step(gov.ActReturn, confirms, 1, sentBack[r.IntN(len(sentBack))]) || r.IntN(8) == 0 || !step(gov.ActSubmit, enters, 1+r.IntN(4), "")) {
		return
	}
	if r.IntN(30) == 0 || !step(gov.ActConfirm, confirms, r.IntN(3), "") {
		return
	}
	if r.IntN(12) == 0 || !step(gov.ActVerify, verifies, 2+around(r, 7), "") {
		return
	}
	if r.IntN(60) == 0 {
		step(gov.ActReopen, verifies, around(r, 10), sentBack[r.IntN(len(sentBack))])
	}
}

// sentBack is why reports come back.
var sentBack = []string{"Số thu ngân sách lệch với số của kho bạc, đề nghị kiểm tra lại.", "Chưa thống nhất với số liệu tháng trước, đề nghị rà soát.",
	"Thiếu số liệu của một số thôn, khu, đề nghị bổ sung.", "Đơn vị tính chưa đúng biểu mẫu, đề nghị sửa.", "Số hộ nghèo chưa khớp quyết định công nhận."}

// put writes a report with its steps.
func (w *reporting) put(ctx context.Context, tx gov.Tx) error {
	report := w.report
	for i, e := range w.events {
		report.State, report.Version = e.To, i
		if report.Submitted = w.report.Submitted; !slices.ContainsFunc(w.events[:i+1], func(e gov.ReportEvent) bool { return e.Action == gov.ActSubmit }) {
			report.Submitted = ""
		}
		if err := tx.PutReport(ctx, report, e); err != nil {
			return fmt.Errorf("report %s of %s: %w", report.Period, report.Unit.Code, err)
		}
	}
	return nil
}
