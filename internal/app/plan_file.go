package app

import (
	"context"
	"io"
	"slices"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/lang"
	"haicap/internal/report"
)

// PlanFile writes a plan as a file: its items as they are planned, then the tasks that were made of them. when says in words when an item is due.
func (a *App) PlanFile(ctx context.Context, p access.Principal, id gov.ID, when func(p gov.Plan, it gov.PlanItem) string, in ListingInput) (TableFile, error) {
	v, err := a.Plan(ctx, p, id, 0)
	if err != nil {
		return TableFile{}, err
	}
	t := in.Lang.T
	l := report.Listing{Title: v.Title, Notes: append([]string{t("plan_kind."+string(v.Kind)) + ". " + v.Number, v.Owner, t("listing.of_day", in.Lang.Date(string(a.Today())))}, in.Notes...),
		Columns: []report.Column{{Head: t("listing.number"), Width: 5, Right: true}, {Head: t("web.matter.what"), Width: 50}, {Head: t("web.plan.who"), Width: 24}, {Head: t("web.plan.with"), Width: 22},
			{Head: t("web.matter.product"), Width: 22}, {Head: t("web.plan.when"), Width: 24}, {Head: t("web.matter.due"), Width: 14}, {Head: t("web.matter.state"), Width: 20}}}
	rows := v.fileRows(in.Lang, when, a.Today())
	n := 0
	l.Bold = func(row []any) bool { return row[0] == "" }
	l.Next = func() ([]any, error) {
		if n == len(rows) {
			return nil, io.EOF
		}
		n++
		return rows[n-1], nil
	}
	f, err := listingFile(l, in, "ke-hoach-"+string(a.Today()), len(rows))
	if err != nil {
		return TableFile{}, err
	}
	return f, a.look(ctx, p, access.BooksRead, act{"plan.export", "plan", id})
}

// fileRows are the rows of a plan's file.
func (v PlanView) fileRows(l lang.Lang, when func(p gov.Plan, it gov.PlanItem) string, today gov.Day) [][]any {
	who := func(names []string) string {
		list := slices.Clone(names)
		for i, n := range list {
			list[i] = strings.ReplaceAll(n, gov.PlanUnit, l.T("web.plan.unit_itself"))
		}
		return strings.Join(list, "; ")
	}
	gap := func(words, key string) string {
		if words == "" {
			return l.T(key)
		}
		return words
	}
	var rows [][]any
	for i, it := range v.Items {
		rows = append(rows, []any{i + 1, it.Text, gap(who(it.Who), "gap.people"), who(it.With), gap(it.Product, "gap.result"), gap(when(v.Plan, it), "gap.time"), "", ""})
	}
	n := 0
	for _, k := range v.tasks {
		m, ok := v.made[k.Matter]
		if k.Gone || k.Matter != "" && !ok {
			continue // withdrawn, or beyond reach
		}
		if n++; n == 1 {
			rows = append(rows, []any{"", l.T("web.plan.tasks"), "", "", "", "", "", ""})
		}
		period := ""
		if v.Kind != gov.PlanTemplate {
			period = PlanPeriod(l, k.Period)
		}
		if k.Matter == "" {
			it, _ := v.Item(k.Item)
			rows = append(rows, []any{n, it.Text, "", "", "", period, l.Date(string(k.Due)), l.T("plan_skip." + string(k.Skipped))})
			continue
		}
		words := l.T("state." + string(m.State))
		if m.CellOn(today, gov.ByGranted) == gov.Overdue {
			words += ", " + strings.ToLower(l.T("web.matter.late"))
		}
		rows = append(rows, []any{n, m.Text, gap(doerNames(m.Matter), "gap.people"), strings.Join(m.Names(gov.RoleCoordinator), "; "), m.Product, period, l.Date(string(m.Due)), words})
	}
	return rows
}
