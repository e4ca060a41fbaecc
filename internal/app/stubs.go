package app

import (
	"context"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/text"
)

var todo = gov.Errorf(gov.Internal, "error.internal", "stub")

func (a *App) Session(ctx context.Context, p access.Principal, id gov.ID) (SessionView, error) {
	return SessionView{}, todo
}
func (a *App) Sessions(ctx context.Context, p access.Principal, unit string, pg gov.Page) (SessionsView, error) {
	return SessionsView{}, todo
}
func (a *App) Matters(ctx context.Context, p access.Principal, q gov.MatterQuery, open bool) (MattersView, error) {
	return MattersView{}, todo
}
func (a *App) Matter(ctx context.Context, p access.Principal, id gov.ID) (MatterView, error) {
	return MatterView{}, todo
}
func (a *App) Act(ctx context.Context, p access.Principal, id gov.ID, in ActInput) error { return todo }
func (a *App) Unit(ctx context.Context, p access.Principal, code string, on gov.Day) (UnitView, error) {
	return UnitView{}, todo
}
func (a *App) UnitsBook(ctx context.Context, p access.Principal, query string) (UnitsView, error) {
	return UnitsView{}, todo
}
func (a *App) Indicators(ctx context.Context, p access.Principal) (IndicatorsView, error) {
	return IndicatorsView{}, todo
}
func (a *App) Indicator(ctx context.Context, p access.Principal, key string) (IndicatorView, error) {
	return IndicatorView{}, todo
}
func (a *App) Search(ctx context.Context, p access.Principal, words string) (SearchView, error) {
	return SearchView{}, todo
}
func (a *App) Brief(ctx context.Context, p access.Principal, code string) (BriefView, error) {
	return BriefView{}, todo
}
