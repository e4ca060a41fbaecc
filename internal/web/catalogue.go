package web

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/text"
	"haicap/internal/web/ui"
)

// CataloguePage is the catalogue for those who edit it.
type CataloguePage struct {
	ui.Frame
	View    app.CatalogueView
	Words   string
	Trouble string
	Import  *app.CatalogueImport
	Dry     bool
}

func (s *server) catalogue(w http.ResponseWriter, r *http.Request) error {
	return s.cataloguePage(w, r, http.StatusOK, CataloguePage{})
}

func (s *server) cataloguePage(w http.ResponseWriter, r *http.Request, status int, p CataloguePage) error {
	v, err := s.app.Catalogue(r.Context(), who(r), "")
	if err != nil {
		return err
	}
	p.View, p.Frame = v, s.frame(r, "catalogue", langOf(r).T("web.catalogue.title"))
	p.Styles = []string{"report.css"}
	if p.Words = strings.TrimSpace(r.URL.Query().Get("words")); p.Words != "" {
		p.View.Lines = slices.DeleteFunc(p.View.Lines, func(l app.CatalogueLine) bool {
			in := l.Now()
			return !strings.Contains(text.Fold(in.Key+" "+in.NameVI+" "+in.NameEN+" "+in.Code+" "+strings.Join(in.Aliases, " ")), text.Fold(p.Words))
		})
	}
	return s.render(w, r, status, Catalogue(p))
}

// catalogueFile is the whole catalogue as a table.
func (s *server) catalogueFile(w http.ResponseWriter, r *http.Request) error {
	f, err := s.app.CatalogueFile(r.Context(), who(r), app.TableFormat(r.URL.Query().Get("format")), langOf(r))
	if err != nil {
		return err
	}
	return sendTable(w, f)
}

// importCatalogue takes the whole catalogue as a table.
func (s *server) importCatalogue(w http.ResponseWriter, r *http.Request) error {
	leave, err := s.uploads.take(r.Context(), who(r).Account)
	if err != nil {
		return err
	}
	defer leave()
	p := CataloguePage{}
	up, err := readTable(w, r)
	if err == nil {
		p.Dry = up.do != "import"
		var v app.CatalogueImport
		v, err = s.app.ImportCatalogue(r.Context(), who(r), app.ImportInput{Name: up.name, File: bytes.NewReader(up.data), Dry: p.Dry}, up.reason, langOf(r))
		p.Import = &v
	}
	switch code := gov.CodeOf(err); code {
	case "":
		status := http.StatusOK
		if len(p.Import.Faults) > 0 {
			status = http.StatusUnprocessableEntity
		}
		return s.cataloguePage(w, r, status, p)
	case gov.Internal, gov.Forbidden, gov.Unauthenticated:
		return err
	default:
		p.Import = nil
		_, p.Trouble = s.words(r, err)
		return s.cataloguePage(w, r, statusOf(code), p)
	}
}

// CatalogueEntryPage is one indicator with its versions, and the form that adds one.
type CatalogueEntryPage struct {
	ui.Frame
	Line    app.CatalogueLine // no versions: a new indicator
	Row     map[string]string // by column, as the form shows it
	Faults  map[string]string // by column
	Reason  string
	Trouble string
}

// newIndicator is the address of the form for an indicator that is not there yet.
const newIndicator = "new"

func (s *server) catalogueEntry(w http.ResponseWriter, r *http.Request) error {
	return s.catalogueEntryPage(w, r, http.StatusOK, CatalogueEntryPage{})
}

func (s *server) catalogueEntryPage(w http.ResponseWriter, r *http.Request, status int, p CatalogueEntryPage) error {
	p.Frame = s.frame(r, "catalogue", langOf(r).T("web.catalogue.new"))
	if key := r.PathValue("key"); key != newIndicator {
		v, err := s.app.Catalogue(r.Context(), who(r), key)
		if err != nil {
			return err
		}
		p.Line = v.Lines[0]
		p.Title = p.Frame.Name(p.Line.Now())
		if p.Row == nil {
			p.Row = map[string]string{}
			for i, cell := range gov.IndicatorRows([]gov.Indicator{p.Line.Now()})[1] {
				p.Row[gov.IndicatorColumns[i]] = cell
			}
			p.Row["valid_from"], p.Row["valid_to"] = string(p.Today), ""
		}
	}
	p.Crumbs = []ui.Link{{Text: p.T("web.catalogue.title"), Href: "/catalogue"}}
	p.Styles = []string{"report.css"}
	return s.render(w, r, status, CatalogueEntry(p))
}

// addVersion adds a version of an indicator.
func (s *server) addVersion(w http.ResponseWriter, r *http.Request) error {
	p := CatalogueEntryPage{Row: map[string]string{}, Faults: map[string]string{}, Reason: text.NFC(strings.TrimSpace(r.PostFormValue("reason")))}
	row := make([]string, len(gov.IndicatorColumns))
	for i, column := range gov.IndicatorColumns {
		row[i] = text.NFC(strings.TrimSpace(r.PostFormValue(column)))
		p.Row[column] = row[i]
	}
	if key := r.PathValue("key"); key != newIndicator {
		row[0] = key
	}
	bad, err := s.app.AddVersion(r.Context(), who(r), row, p.Reason)
	switch code := gov.CodeOf(err); {
	case err == nil && len(bad) == 0:
		return see(w, r, "/catalogue/"+url.PathEscape(row[0])+"?done=version")
	case code == gov.Invalid:
		_, p.Trouble = s.words(r, err)
		return s.catalogueEntryPage(w, r, http.StatusBadRequest, p)
	case err != nil:
		return err
	}
	p.Trouble = langOf(r).T("web.catalogue.faults", len(bad))
	for _, b := range bad {
		p.Faults[b.Column] = langOf(r).T(b.Err.Key, b.Err.Args...)
	}
	return s.catalogueEntryPage(w, r, http.StatusBadRequest, p)
}
