package app

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/lang"
	"haicap/internal/report"
)

// A LeagueView counts matters of a kind by the bodies that lead them or by the units that they are about. A task of several parts counts once in Whole and
// with each of its parts in Rows, so the two differ by what is said in the page; each of them adds up in itself.
type LeagueView struct {
	Kind  gov.MatterKind
	Role  gov.Role // RoleLead or RoleUnit
	Today gov.Day
	Rows  []LeagueRow
	Sum   gov.PlaceTally // of the rows
	Whole gov.PlaceTally // of the realm, or of what the person may see
}

// A LeagueRow is one body.
type LeagueRow struct {
	Name string  // empty: tasks for which no body answers
	Unit UnitRef // where the body is a unit
	gov.PlaceTally
}

// League gives the table of agencies or units: the two axes of each, worst first.
func (a *App) League(ctx context.Context, p access.Principal, kind gov.MatterKind, role gov.Role) (LeagueView, error) {
	v := LeagueView{Kind: kind, Role: role, Today: a.Today()}
	if role != gov.RoleLead && role != gov.RoleUnit {
		return v, gov.Errorf(gov.NotFound, "error.not_found")
	}
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
			return a.builder(ctx, tx, p, units).league(&v)
		})
	})
	return v, err
}

// LeagueFile writes the table that League shows as a file, its sum last.
func (a *App) LeagueFile(ctx context.Context, p access.Principal, kind gov.MatterKind, role gov.Role, in ListingInput) (TableFile, error) {
	v, err := a.League(ctx, p, kind, role)
	if err != nil {
		return TableFile{}, err
	}
	l := v.listing(in)
	f, err := listingFile(l, in, "tong-hop-"+string(v.Today), len(v.Rows))
	if err != nil {
		return TableFile{}, err
	}
	return f, a.look(ctx, p, access.BooksRead, act{"matter.export", "", ""})
}

// listing is the table as a file has it.
func (v LeagueView) listing(in ListingInput) report.Listing {
	t := in.Lang.T
	body, by := "web.league.body", "web.league.by.lead"
	if v.Role == gov.RoleUnit {
		body, by = "web.league.unit_name", "web.league.by.unit"
	}
	l := report.Listing{Title: t("web.league.of." + string(v.Kind)), Notes: []string{t("listing.of_day", in.Lang.Date(string(v.Today))), t(by)},
		Columns: []report.Column{{Head: t("listing.number"), Width: 5, Right: true}, {Head: t(body), Width: 30}}}
	cells := v.Kind == gov.Task
	for _, head := range leagueHeads(cells) {
		l.Columns = append(l.Columns, report.Column{Head: t(head), Width: 10, Right: true})
	}
	last := v.Whole
	if cells {
		last = v.Sum
		if v.Sum.Granted.Total() != v.Whole.Granted.Total() {
			l.Notes = append(l.Notes, t("web.league.counting", v.Sum.Granted.Total(), v.Whole.Granted.Total()))
		}
	}
	n := 0
	l.Bold = func([]any) bool { return n > len(v.Rows) }
	l.Next = func() ([]any, error) {
		n++
		switch {
		case n > len(v.Rows)+1:
			return nil, io.EOF
		case n > len(v.Rows):
			return append([]any{"", t("web.league.sum")}, leagueNumbers(last, cells, in.Lang)...), nil
		}
		row := v.Rows[n-1]
		return append([]any{n, cmp.Or(row.Name, t("gap.duty"))}, leagueNumbers(row.PlaceTally, cells, in.Lang)...), nil
	}
	return l
}

// leagueHeads are the keys of the columns of numbers: the cells of tasks with their two rates, or how far recommendations are.
func leagueHeads(cells bool) []string {
	if !cells {
		return []string{"web.league.total", "web.league.answered", "state.resolved", "state.scheduled", "state.explained", "web.league.open"}
	}
	heads := []string{"web.league.total"}
	for _, c := range gov.Cells {
		heads = append(heads, "cell."+string(c))
	}
	return append(heads, "web.league.rate_granted", "web.league.rate_first")
}

func leagueNumbers(t gov.PlaceTally, cells bool, l lang.Lang) []any {
	if !cells {
		r := t.Recommendations()
		return []any{r.Total, r.Answered, r.Resolved, r.Scheduled, r.Explained, r.Total - r.Answered}
	}
	row := []any{t.Granted.Total()}
	for _, c := range gov.Cells {
		row = append(row, t.Granted.Cells[c])
	}
	return append(row, RateWords(t.Granted, l), RateWords(t.First, l))
}

// RateWords writes how much of what was due was finished in time; a dash where nothing was due yet.
func RateWords(t gov.Tally, l lang.Lang) string {
	x, y := t.OnTimeRate()
	if y == 0 {
		return "–"
	}
	return l.Number(float64(1000*x/y)/10) + "%"
}

// league fills in the rows of a table, worst first, with their sum and the whole.
func (b *builder) league(v *LeagueView) error {
	v.Rows, v.Sum, v.Whole = nil, gov.PlaceTally{}, gov.PlaceTally{}
	rows, err := b.tx.TallyMatters(b.ctx, b.realm, gov.TallyQuery{Kind: v.Kind, Role: v.Role, Today: b.today})
	if err != nil {
		return err
	}
	whole, err := b.tx.TallyMatters(b.ctx, b.realm, gov.TallyQuery{Kind: v.Kind, Today: b.today})
	if err != nil {
		return err
	}
	if len(whole) == 1 {
		v.Whole = whole[0]
	}
	name, err := b.placeNames(v.Role)
	if err != nil {
		return err
	}
	for _, r := range rows {
		row := LeagueRow{PlaceTally: r}
		row.Name, row.Unit = name(r.Place)
		v.Rows = append(v.Rows, row)
		v.Sum.Join(r)
	}
	slices.SortStableFunc(v.Rows, func(x, y LeagueRow) int {
		return cmp.Or(cmp.Compare(y.Granted.Cells[gov.Overdue], x.Granted.Cells[gov.Overdue]), cmp.Compare(y.Granted.Total(), x.Granted.Total()))
	})
	return nil
}

// MoveCounts keeps the counts of what is owed as of today, so that they are read fast all day; no count depends on it. The job of the night calls it with its
// own transaction. It shows nothing and changes nothing in the books, so it asks for no permission and leaves no line in the log.
func (a *App) MoveCounts(ctx context.Context, tx gov.Tx) error {
	list, err := tx.Holdings(ctx)
	for _, h := range list {
		err = errors.Join(err, tx.MoveTallies(ctx, h.Realm, a.Today()))
	}
	return err
}

// placeNames gives what a place of counts is called: a unit by its code, an agency by its id, anything else by the name that it is.
func (b *builder) placeNames(role gov.Role) (func(place string) (string, UnitRef), error) {
	if role == gov.RoleUnit {
		return func(code string) (string, UnitRef) {
			u, err := unitAt(b.units, code, "")
			if err != nil {
				return code, UnitRef{}
			}
			ref := b.unit(u.UnitKey, code)
			return ref.Name, ref
		}, nil
	}
	agencies, err := b.tx.Agencies(b.ctx, b.realm)
	names := map[string]string{}
	for _, a := range agencies {
		names[string(a.ID)] = a.Name
	}
	return func(place string) (string, UnitRef) {
		if n, ok := names[place]; ok {
			return n, UnitRef{}
		}
		return place, UnitRef{}
	}, err
}
