package app

import (
	"bytes"
	"context"
	"io"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/lang"
	"haicap/internal/report"
)

// A ListingInput says how a list is written as a file.
type ListingInput struct {
	Lang   lang.Lang
	Format string   // "xlsx" or "docx"
	Notes  []string // what narrows the list, in words
}

// How many rows a file holds: a workbook is counted on, a document is read.
const (
	MaxRowsXLSX = 20000
	MaxRowsDOCX = 3000
)

// listingFile writes a listing of n rows; it refuses what would be too long before a row is read. Rows go into the file one by one, and the file,
// whose size the limits bound, goes out when it is whole: so an error is a page and not a broken file.
func listingFile(l report.Listing, in ListingInput, name string, n int) (TableFile, error) {
	var b bytes.Buffer
	most, write, kind := MaxRowsXLSX, report.ListingXLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	switch in.Format {
	case "xlsx":
	case "docx":
		most, write, kind = MaxRowsDOCX, report.ListingDOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	default:
		return TableFile{}, gov.Errorf(gov.NotFound, "error.not_found")
	}
	if n > most {
		return TableFile{}, gov.Errorf(gov.TooLarge, "error.listing_too_long", n, most)
	}
	l.Page = in.Lang.T("listing.page")
	err := write(&b, l)
	return TableFile{Name: name + "." + in.Format, Type: kind, Data: b.Bytes()}, err
}

// MattersFile writes the list of matters that Matters shows, whole, as a file.
func (a *App) MattersFile(ctx context.Context, p access.Principal, q gov.MatterQuery, open bool, in ListingInput) (TableFile, error) {
	var f TableFile
	if open {
		q.States = unfinished
	}
	q.Top = q.Unit == ""
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			n, err := tx.CountMatters(ctx, b.realm, q)
			if err != nil {
				return err
			}
			l := b.matterListing(q, in)
			f, err = listingFile(l, in, "so-viec-"+string(b.today), n)
			return err
		})
	})
	if err != nil {
		return TableFile{}, err
	}
	return f, a.look(ctx, p, access.BooksRead, act{"matter.export", "", ""})
}

// matterListing is a list of matters as a file has it, read page by page.
func (b *builder) matterListing(q gov.MatterQuery, in ListingInput) report.Listing {
	t := in.Lang.T
	title := t("listing.matters")
	if len(q.Kinds) == 1 {
		title = t("matter_kind." + string(q.Kinds[0]))
	}
	l := report.Listing{Title: title, Notes: append([]string{t("listing.of_day", in.Lang.Date(string(b.today)))}, in.Notes...), Columns: []report.Column{
		{Head: t("listing.number"), Width: 5, Right: true}, {Head: t("web.matter.what"), Width: 52}, {Head: t("web.matter.kind"), Width: 12}, {Head: t("web.matter.unit"), Width: 18},
		{Head: t("web.matter.doer"), Width: 22}, {Head: t("web.matter.due"), Width: 15}, {Head: t("web.matter.first_due"), Width: 15}, {Head: t("web.matter.state"), Width: 18},
		{Head: t("web.matter.since"), Width: 15}, {Head: t("web.matter.assigned_by"), Width: 14}}}
	var page []MatterLine
	var failed error
	n, more := 0, true
	q.Page = gov.Page{Limit: 500}
	l.Next = func() ([]any, error) {
		if len(page) == 0 && more {
			list, next, err := b.tx.Matters(b.ctx, b.realm, q)
			page, failed = b.matters(list), err
			q.Page.After, more = next, next != ""
		}
		switch {
		case failed != nil:
			return nil, failed
		case len(page) == 0:
			return nil, io.EOF
		}
		m := page[0]
		page, n = page[1:], n+1
		return []any{n, m.Text, t("matter_kind." + string(m.Kind)), unitNames(m.Units), doerNames(m.Matter), in.Lang.Date(string(m.Due)), in.Lang.Date(string(m.FirstDue)),
			b.stateWords(m.Matter, in.Lang), in.Lang.Date(string(m.Opened)), m.AssignedBy}, nil
	}
	return l
}

// stateWords are how far a matter is: a task's place on the two axes, any other's state.
func (b *builder) stateWords(m gov.Matter, l lang.Lang) string {
	words := l.T("state." + string(m.State))
	if m.Kind == gov.Task && m.CellOn(b.today, gov.ByGranted) == gov.Overdue {
		words += ", " + strings.ToLower(l.T("web.matter.late"))
	}
	return words
}

func unitNames(us []UnitRef) string {
	names := make([]string, len(us))
	for i, u := range us {
		names[i] = u.Name
	}
	return strings.Join(names, ", ")
}

// doerNames are the bodies that are asked or that do a matter.
func doerNames(m gov.Matter) string {
	switch {
	case m.Kind == gov.Recommendation:
		return strings.Join(m.Names(gov.RoleAddressee), ", ")
	case m.Lead() != "":
		return m.Lead()
	}
	return strings.Join(m.Names(gov.RoleAssignee), ", ")
}

// RecommendationsFile writes the register that Recommendations shows, whole, as a file.
func (a *App) RecommendationsFile(ctx context.Context, p access.Principal, q RecommendationQuery, in ListingInput) (TableFile, error) {
	q.From, q.Limit = 0, MaxRowsXLSX+1
	v, err := a.Recommendations(ctx, p, q)
	if err != nil {
		return TableFile{}, err
	}
	t := in.Lang.T
	l := report.Listing{Title: t("web.rec.register"), Notes: append([]string{t("listing.of_day", in.Lang.Date(string(a.Today())))}, in.Notes...), Columns: []report.Column{
		{Head: t("listing.number"), Width: 5, Right: true}, {Head: t("web.matter.what"), Width: 50}, {Head: t("web.rec.raiser"), Width: 22}, {Head: t("web.rec.level"), Width: 12},
		{Head: t("web.rec.asked"), Width: 20}, {Head: t("web.rec.field"), Width: 18}, {Head: t("web.matter.state"), Width: 16}, {Head: t("web.rec.due"), Width: 15},
		{Head: t("web.matter.since"), Width: 15}, {Head: t("web.rec.priority"), Width: 26}}}
	n := 0
	l.Next = func() ([]any, error) {
		if n == len(v.Lines) {
			return nil, io.EOF
		}
		m := v.Lines[n]
		n++
		return []any{n, m.Text, unitNames(m.Units), t("level." + string(m.Level)), doerNames(m.Matter), fieldWords(m.Field, m.Matter.Field, in.Lang), t("state." + string(m.State)),
			in.Lang.Date(string(m.Due)), in.Lang.Date(string(m.Opened)), reasonWords(m.Asked.Priority, in.Lang)}, nil
	}
	f, err := listingFile(l, in, "so-kien-nghi-"+string(a.Today()), v.Total)
	if err != nil {
		return TableFile{}, err
	}
	return f, a.look(ctx, p, access.BooksRead, act{"matter.export", "", ""})
}

// fieldWords is the name of a field, or that none was chosen.
func fieldWords(f gov.MatterField, key string, l lang.Lang) string {
	switch {
	case key == "":
		return l.T("web.rec.no_field_short")
	case f.VI == "":
		return key
	case l == lang.EN:
		return f.EN
	}
	return f.VI
}

func reasonWords(p gov.Priority, l lang.Lang) string {
	words := make([]string, len(p.Reasons))
	for i, r := range p.Reasons {
		words[i] = l.T(r.Key, r.Number)
	}
	return strings.Join(words, "; ")
}

// RecommendationReportFile writes the report on recommendations as a file: a line for each field in bold, then one for each level, then the sum.
func (a *App) RecommendationReportFile(ctx context.Context, p access.Principal, since gov.Day, in ListingInput) (TableFile, error) {
	v, err := a.RecommendationReport(ctx, p, since)
	if err != nil {
		return TableFile{}, err
	}
	t := in.Lang.T
	l := report.Listing{Title: t("web.rec.report"), Notes: []string{t("web.rec.report_of", v.Unit.Name, in.Lang.Date(string(v.Today)), in.Lang.Date(string(v.Since))),
		t("web.rec.said.change", v.Sum.Then, v.Sum.Added, v.Sum.Reopened, v.Sum.Ended, v.Sum.Owed)}, Columns: reportColumns(v, in.Lang)}
	var rows [][]any
	fields := map[int]bool{}
	add := func(name string, s gov.RecommendationSum, group bool) {
		fields[len(rows)] = group
		rows = append(rows, reportRow(name, s))
	}
	for _, key := range v.FieldKeys() {
		add(fieldWords(v.known(key), key, in.Lang), v.Fields[key], true)
		for _, row := range v.Rows {
			if row.Field == key {
				add("– "+t("level."+string(row.Level)), row.RecommendationSum, false)
			}
		}
	}
	add(t("web.rec.sum"), v.Sum, true)
	n := 0
	l.Bold = func([]any) bool { return fields[n-1] }
	l.Next = func() ([]any, error) {
		if n == len(rows) {
			return nil, io.EOF
		}
		n++
		return rows[n-1], nil
	}
	f, err := listingFile(l, in, "bao-cao-kien-nghi-"+string(v.Today), len(rows))
	if err != nil {
		return TableFile{}, err
	}
	return f, a.look(ctx, p, access.BooksRead, act{"matter.export", "", ""})
}

func reportColumns(v RecommendationReportView, l lang.Lang) []report.Column {
	columns := []report.Column{{Head: l.T("web.rec.field_level"), Width: 32}, {Head: l.T("web.league.total"), Width: 8, Right: true}}
	num := func(head string) { columns = append(columns, report.Column{Head: head, Width: 9, Right: true}) }
	for _, s := range gov.RecommendationStates {
		num(l.T("web.rec.col." + string(s)))
	}
	for i := range len(gov.AgeBands) + 1 {
		num(AgeWords(l, i) + " " + l.T("listing.days"))
	}
	for _, c := range []string{"added", "answered", "resolved", "reopened", "ended"} {
		num(l.T("web.rec.change." + c))
	}
	return columns
}

func reportRow(name string, s gov.RecommendationSum) []any {
	row := []any{name, s.Total}
	for _, st := range gov.RecommendationStates {
		row = append(row, s.States[st])
	}
	for i := range len(gov.AgeBands) + 1 {
		n := 0
		if i < len(s.Ages) {
			n = s.Ages[i]
		}
		row = append(row, n)
	}
	for _, n := range []int{s.Added, s.Answered, s.Resolved, s.Reopened, s.Ended} {
		row = append(row, n)
	}
	return row
}

// AgeWords names a band of ages.
func AgeWords(l lang.Lang, i int) string {
	switch {
	case i == 0:
		return l.T("web.rec.age.until", gov.AgeBands[0])
	case i == len(gov.AgeBands):
		return l.T("web.rec.age.over", gov.AgeBands[i-1])
	}
	return l.T("web.rec.age.between", gov.AgeBands[i-1]+1, gov.AgeBands[i])
}

// FieldKeys are the keys of the fields that the report has rows for, in the order of the office's table; what has no field stands last.
func (v RecommendationReportView) FieldKeys() []string {
	var keys []string
	seen := map[string]bool{"": true}
	add := func(key string) {
		if !seen[key] && v.Fields[key].Total > 0 {
			seen[key] = true
			keys = append(keys, key)
		}
	}
	for _, f := range v.Known {
		add(f.Key)
	}
	for _, row := range v.Rows {
		add(row.Field)
	}
	if v.Fields[""].Total > 0 {
		keys = append(keys, "")
	}
	return keys
}

func (v RecommendationReportView) known(key string) gov.MatterField {
	for _, f := range v.Known {
		if f.Key == key {
			return f
		}
	}
	return gov.MatterField{}
}
