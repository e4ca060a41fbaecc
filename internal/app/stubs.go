package app

import (
	"context"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/text"
)

var todo = gov.Errorf(gov.Internal, "error.internal", "stub")

func (a *App) FileDocument(ctx context.Context, p access.Principal, in FileInput) (gov.Document, gov.ID, error) {
	return gov.Document{}, "", todo
} // document, review
func (a *App) Documents(ctx context.Context, p access.Principal, pg gov.Page) (DocumentsView, error) {
	return DocumentsView{}, todo
}
func (a *App) Document(ctx context.Context, p access.Principal, id gov.ID) (DocumentView, error) {
	return DocumentView{}, todo
}
func (a *App) Original(ctx context.Context, p access.Principal, id gov.ID) (gov.Document, []byte, error) {
	return gov.Document{}, nil, todo
}
func (a *App) ReviewAgain(ctx context.Context, p access.Principal, document gov.ID) (gov.ID, error) {
	return "", todo
} // review
func (a *App) Review(ctx context.Context, p access.Principal, id gov.ID) (ReviewView, error) {
	return ReviewView{}, todo
}
func (a *App) SettleHead(ctx context.Context, p access.Principal, review gov.ID, in HeadInput) error {
	return todo
}
func (a *App) SettleDraft(ctx context.Context, p access.Principal, review, draft gov.ID, s gov.DraftState, version int) error {
	return todo
} // accepted, rejected or pending (undo)
func (a *App) EditDraft(ctx context.Context, p access.Principal, review, draft gov.ID, in DraftInput) error {
	return todo
}
func (a *App) AddDraft(ctx context.Context, p access.Principal, review gov.ID, kind gov.DraftKind, span text.Span) (gov.ID, error) {
	return "", todo
}
func (a *App) SplitDraft(ctx context.Context, p access.Principal, review, draft gov.ID, at, version int) error {
	return todo
} // at: byte of the text layer
func (a *App) MergeDrafts(ctx context.Context, p access.Principal, review, draft, with gov.ID, version int) error {
	return todo
}
func (a *App) AcceptSure(ctx context.Context, p access.Principal, review gov.ID) (int, error) {
	return 0, todo
}
func (a *App) Confirm(ctx context.Context, p access.Principal, review gov.ID, version int) (gov.ID, error) {
	return "", todo
} // session
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
