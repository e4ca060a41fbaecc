package web

import (
	"net/http"
	"slices"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// A route is one row of the site map.
type route struct {
	pattern string            // method and path, as net/http.ServeMux reads them
	needs   access.Permission // asked before the handler runs; the use case asks again
	do      handler
	cost    cost // what it takes besides being answered; empty: nothing
	upload  bool // takes a file: the handler itself limits the body
	blind   bool // does not ask who it is
}

// routes is the site map.
func (s *server) routes() []route {
	return slices.Concat(s.openRoutes(), s.accountRoutes(), s.followRoutes(), s.personalRoutes(), s.bookRoutes(), s.matterRoutes(), s.planRoutes(), s.entryRoutes(), s.reviewRoutes(), s.auditRoutes())
}

// openRoutes need no login.
func (s *server) openRoutes() []route {
	return []route{
		{pattern: "GET /healthz", needs: access.Open, do: s.health, blind: true},
		{pattern: "GET /readyz", needs: access.Open, do: s.isReady, blind: true},
		{pattern: "GET /static/{version}/{name...}", needs: access.Open, do: s.static, blind: true},
		{pattern: "GET /login", needs: access.Open, do: s.loginPage},
		{pattern: "POST /login", needs: access.Open, do: s.login},
		{pattern: "GET /login/second", needs: access.Open, do: s.secondPage},
		{pattern: "POST /login/second", needs: access.Open, do: s.second},
		{pattern: "POST /login/passkey/options", needs: access.Open, do: s.loginKeyOptions},
		{pattern: "POST /login/passkey", needs: access.Open, do: s.loginKey},
		{pattern: "GET /login/sso", needs: access.Open, do: s.beginSSO},
		{pattern: "GET /login/sso/back", needs: access.Open, do: s.endSSO},
		{pattern: "GET /link/{token}", needs: access.Open, do: s.linkPage},
		{pattern: "POST /link/{token}", needs: access.Open, do: s.link},
		{pattern: "GET /feed/{token}", needs: access.Open, do: s.feed, cost: feeding, blind: true},
		{pattern: "POST /logout", needs: access.Open, do: s.logout},
		{pattern: "POST /lang", needs: access.Open, do: s.setLang},
		{pattern: "/", needs: access.Open, do: s.missing},
	}
}

// accountRoutes are the own account, and everybody's.
func (s *server) accountRoutes() []route {
	return []route{
		{pattern: "GET /account", needs: access.LoggedIn, do: s.account},
		{pattern: "POST /account/password", needs: access.LoggedIn, do: s.changePassword},
		{pattern: "POST /account/logins/end", needs: access.LoggedIn, do: s.endLogin},
		{pattern: "POST /account/deputy", needs: access.LoggedIn, do: s.setDeputy},
		{pattern: "POST /account/deputy/end", needs: access.LoggedIn, do: s.endDeputy},
		{pattern: "GET /account/prove", needs: access.LoggedIn, do: s.provePage},
		{pattern: "POST /account/prove", needs: access.LoggedIn, do: s.prove},
		{pattern: "POST /account/codes", needs: access.LoggedIn, do: s.beginCodes},
		{pattern: "GET /account/codes", needs: access.LoggedIn, do: s.codesPage},
		{pattern: "GET /account/codes/picture", needs: access.LoggedIn, do: s.codesPicture},
		{pattern: "POST /account/codes/confirm", needs: access.LoggedIn, do: s.confirmCodes},
		{pattern: "POST /account/codes/remove", needs: access.LoggedIn, do: s.removeCodes},
		{pattern: "POST /account/recovery", needs: access.LoggedIn, do: s.renewRecovery},
		{pattern: "POST /account/passkeys/options", needs: access.LoggedIn, do: s.newKeyOptions},
		{pattern: "POST /account/passkeys", needs: access.LoggedIn, do: s.newKey},
		{pattern: "POST /account/passkeys/remove", needs: access.LoggedIn, do: s.removeKey},
		{pattern: "POST /account/prove/passkey", needs: access.LoggedIn, do: s.proveKey},
		{pattern: "GET /admin/accounts", needs: access.AccountsManage, do: s.accounts},
		{pattern: "POST /admin/accounts", needs: access.AccountsManage, do: s.createAccount},
		{pattern: "GET /admin/accounts/{id}", needs: access.AccountsManage, do: s.accountOf},
		{pattern: "POST /admin/accounts/{id}", needs: access.AccountsManage, do: s.manageAccount},
	}
}

// bookRoutes are today's page, the search and the books but that of matters.
func (s *server) bookRoutes() []route {
	return []route{
		// Today and help.
		{pattern: "GET /{$}", needs: access.LoggedIn, do: s.home},
		{pattern: "GET /help", needs: access.LoggedIn, do: s.help},
		{pattern: "GET /search", needs: access.BooksRead, do: s.search, cost: searching},

		// Documents book.
		{pattern: "GET /documents", needs: access.DocumentsRead, do: s.documents},
		{pattern: "GET /documents/new", needs: access.DocumentsFile, do: s.fileDocumentPage},
		{pattern: "POST /documents", needs: access.DocumentsFile, do: s.fileDocument, upload: true, cost: reading},
		{pattern: "GET /documents/{id}", needs: access.DocumentsRead, do: s.document, cost: fetching},
		{pattern: "GET /documents/{id}/original", needs: access.DocumentsRead, do: s.original, cost: fetching},

		// Units book, sessions and briefs.
		{pattern: "GET /units", needs: access.BooksRead, do: s.units},
		{pattern: "GET /units/{code}", needs: access.BooksRead, do: s.unit},
		{pattern: "GET /units/changes", needs: access.UnitsMerge, do: s.unitChanges},
		{pattern: "GET /units/changes/new", needs: access.UnitsMerge, do: s.newUnitChange},
		{pattern: "POST /units/changes/new", needs: access.UnitsMerge, do: s.tryUnitChange},
		{pattern: "GET /units/changes/{id}/record", needs: access.UnitsMerge, do: s.unitChange},
		{pattern: "POST /units/changes/{id}/undo", needs: access.UnitsMerge, do: s.undoUnitChange},
		{pattern: "GET /units/{code}/brief", needs: access.BooksRead, do: s.brief, cost: fetching},
		{pattern: "GET /sessions", needs: access.BooksRead, do: s.sessions},
		{pattern: "GET /sessions/{id}", needs: access.BooksRead, do: s.session},

		// Figures book.
		{pattern: "GET /scorecard", needs: access.BooksRead, do: s.scorecard},
		{pattern: "GET /scorecard/cell", needs: access.BooksRead, do: s.scorecardCell},
		{pattern: "GET /scorecard/file", needs: access.BooksRead, do: s.scorecardFile, cost: exporting},
		{pattern: "POST /scorecard/ask", needs: access.MattersAssign, do: s.askExplanation},
		{pattern: "GET /indicators", needs: access.BooksRead, do: s.indicators},
		{pattern: "GET /indicators/{key}", needs: access.BooksRead, do: s.indicator},
		{pattern: "GET /indicators/{key}/file", needs: access.BooksRead, do: s.indicatorFile, cost: exporting},
		{pattern: "POST /indicators/boundaries", needs: access.CatalogueEdit, do: s.bringBoundaries, upload: true, cost: reading},
		{pattern: "GET /figures/{id}", needs: access.BooksRead, do: s.figure},
		{pattern: "GET /targets/{id}", needs: access.BooksRead, do: s.target},
	}
}

// matterRoutes are the matters book: what was asked and ordered.
func (s *server) matterRoutes() []route {
	return []route{
		{pattern: "GET /matters", needs: access.BooksRead, do: s.matters},
		{pattern: "POST /matters", needs: access.MattersReport, do: s.bulk("matters", s.showMatters)},
		{pattern: "GET /matters/league", needs: access.BooksRead, do: s.league},
		{pattern: "GET /matters/league/file", needs: access.BooksRead, do: s.leagueFile, cost: fetching},
		{pattern: "GET /matters/board", needs: access.BooksRead, do: s.board},
		{pattern: "GET /matters/months", needs: access.BooksRead, do: s.months},
		{pattern: "GET /matters/file", needs: access.BooksRead, do: s.mattersFile, cost: fetching},
		{pattern: "GET /matters/{id}", needs: access.BooksRead, do: s.matter},
		{pattern: "POST /matters/{id}", needs: access.MattersReport, do: s.act, upload: true}, // files cost where they come: see pay
		{pattern: "GET /matters/{id}/files/{sha}", needs: access.BooksRead, do: s.matterFile, cost: fetching},
		{pattern: "GET /recommendations", needs: access.BooksRead, do: s.recommendations},
		{pattern: "POST /recommendations", needs: access.MattersReport, do: s.bulk(string(gov.Recommendation), s.showRecommendations)},
		{pattern: "GET /recommendations/file", needs: access.BooksRead, do: s.recommendationsFile, cost: fetching},
		{pattern: "GET /recommendations/report", needs: access.BooksRead, do: s.recommendationReport},
		{pattern: "GET /recommendations/report/file", needs: access.BooksRead, do: s.reportFile, cost: fetching},
		{pattern: "GET /recommendations/map", needs: access.BooksRead, do: s.recommendationMap},
		{pattern: "GET /recommendations/similar", needs: access.BooksRead, do: s.similar, cost: searching},
		{pattern: "POST /recommendations/similar", needs: access.MattersSettle, do: s.settleSimilar},
		{pattern: "POST /views", needs: access.BooksRead, do: s.saveView},
		{pattern: "POST /views/{id}/remove", needs: access.BooksRead, do: s.removeView},
	}
}

// missing answers every address that is not in the table.
func (s *server) missing(http.ResponseWriter, *http.Request) error {
	return gov.Errorf(gov.NotFound, "error.not_found")
}

// foreign answers a form that another site sent.
func (s *server) foreign(http.ResponseWriter, *http.Request) error {
	return gov.Errorf(gov.Forbidden, "error.foreign_form")
}
