package web

import "haicap/internal/access"

// entryRoutes are how figures and targets come into the book, and what is edited around them.
func (s *server) entryRoutes() []route {
	return []route{
		{pattern: "GET /reports", needs: access.BooksRead, do: s.reports},
		{pattern: "GET /reports/import", needs: access.FiguresEnter, do: s.importPage},
		{pattern: "POST /reports/import", needs: access.FiguresEnter, do: s.importFigures, upload: true, cost: reading},
		{pattern: "GET /reports/{code}", needs: access.BooksRead, do: s.report},
		{pattern: "POST /reports/{code}", needs: access.FiguresEnter, do: s.saveReport},
		{pattern: "POST /reports/{code}/step", needs: access.BooksRead, do: s.stepReport},
		{pattern: "GET /reports/{code}/check", needs: access.FiguresEnter, do: s.checkFigure},
		{pattern: "GET /reports/{code}/file", needs: access.BooksRead, do: s.sheetFile, cost: fetching},
		{pattern: "GET /targets", needs: access.BooksRead, do: s.targets},
		{pattern: "POST /targets", needs: access.TargetsSet, do: s.setTarget},
		{pattern: "GET /targets/{id}/work", needs: access.BooksRead, do: s.targetWork},
		{pattern: "POST /targets/{id}/revise", needs: access.TargetsSet, do: s.reviseTarget},
		{pattern: "POST /targets/{id}/down", needs: access.TargetsSet, do: s.handDown},

		{pattern: "GET /catalogue", needs: access.CatalogueEdit, do: s.catalogue},
		{pattern: "GET /catalogue/file", needs: access.CatalogueEdit, do: s.catalogueFile, cost: fetching},
		{pattern: "POST /catalogue/file", needs: access.CatalogueEdit, do: s.importCatalogue, upload: true, cost: reading},
		{pattern: "GET /catalogue/{key}", needs: access.CatalogueEdit, do: s.catalogueEntry},
		{pattern: "POST /catalogue/{key}", needs: access.CatalogueEdit, do: s.addVersion},

		{pattern: "GET /forms", needs: access.CatalogueEdit, do: s.forms},
		{pattern: "GET /forms/{form}", needs: access.CatalogueEdit, do: s.form},
		{pattern: "POST /forms/{form}", needs: access.CatalogueEdit, do: s.setForm},

		{pattern: "GET /plausibility", needs: access.BooksRead, do: s.doubts},
		{pattern: "POST /plausibility", needs: access.FiguresVerify, do: s.resolveDoubt},
		{pattern: "GET /plausibility/apportionments", needs: access.BooksRead, do: s.apportionments},
		{pattern: "POST /plausibility/apportionments", needs: access.CatalogueEdit, do: s.setApportionment},
	}
}
