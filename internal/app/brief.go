package app

import (
	"context"
	"slices"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// Brief gives the page that a leader takes along to a visit, made from the books as they stand.
func (a *App) Brief(ctx context.Context, p access.Principal, code string) (BriefView, error) {
	u, err := a.Unit(ctx, p, code, "")
	if err != nil {
		return BriefView{}, err
	}
	v := BriefView{Unit: u.Unit, Path: u.Path, Today: a.Today(), Origins: u.Origins, Checks: u.Checks}
	v.Figures = keyFigures(u.Figures)
	v.Recommendations, v.MoreRecs = firstOf(u.Matters[gov.Recommendation], BriefItems)
	v.Tasks, v.MoreTasks = firstOf(slices.DeleteFunc(slices.Clone(u.Matters[gov.Task]), func(m MatterLine) bool { return m.State.Finished() }), BriefItems)
	orientation := slices.DeleteFunc(slices.Clone(u.Matters[gov.Directive]), func(m MatterLine) bool { return m.Strength != gov.Orientation })
	v.Orientation, v.MoreOrientation = firstOf(orientation, briefOrientation)
	v.Sessions, _ = firstOf(u.Sessions, briefSessions)
	difficulties := slices.Clone(u.Matters[gov.Difficulty])
	v.Difficulties, _ = firstOf(difficulties, briefOrientation)
	return v, nil
}

// What else fits on one A4 page.
const (
	briefFigures     = 8
	briefOrientation = 4
	briefSessions    = 3
)

// keyFigures are the figures of a brief: conflicts and open questions first, then those with a target, then the rest of the catalogue.
func keyFigures(groups []IndicatorGroup) []IndicatorGroup {
	list := slices.DeleteFunc(slices.Clone(groups), func(g IndicatorGroup) bool { return g.Key == "" })
	rank := func(g IndicatorGroup) int {
		switch {
		case g.Conflict || g.ScopeOpen:
			return 0
		case len(g.Targets) > 0:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(list, func(a, b IndicatorGroup) int { return rank(a) - rank(b) })
	list, _ = firstOf(list, briefFigures)
	return list
}

// firstOf is the first n of a list, and how many more there are.
func firstOf[T any](list []T, n int) ([]T, int) {
	if len(list) <= n {
		return list, 0
	}
	return list[:n], len(list) - n
}
