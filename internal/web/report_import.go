package web

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/text"
	"haicap/internal/web/ui"
)

// ImportPage takes a table of figures, and says what is wrong with it.
type ImportPage struct {
	ui.Frame
	Trouble string
	Name    string
	View    *app.ImportView // nil: nothing was sent yet
	Words   []app.FaultLine
	Dry     bool
}

// faultsShown is how many faults of a table a page names; the annotated copy has them all.
const faultsShown = 200

func (s *server) importPage(w http.ResponseWriter, r *http.Request) error {
	return s.ok(w, r, Import(ImportPage{Frame: s.importFrame(r)}))
}

func (s *server) importFrame(r *http.Request) ui.Frame {
	f := s.frame(r, "reports", langOf(r).T("web.import.title"))
	f.Crumbs = []ui.Link{{Text: f.T("web.nav.reports"), Href: "/reports"}}
	f.Styles = []string{"report.css"}
	return f
}

// importFigures takes a table in, only checks it, or gives a copy of it with what is wrong marked.
func (s *server) importFigures(w http.ResponseWriter, r *http.Request) error {
	leave, err := s.uploads.take(r.Context(), who(r).Account)
	if err != nil {
		return err
	}
	defer leave()
	up, err := readTable(w, r)
	p := ImportPage{Frame: s.importFrame(r), Name: up.name, Dry: up.do != "import"}
	if err == nil {
		in := app.ImportInput{Name: up.name, File: bytes.NewReader(up.data), Dry: p.Dry}
		var v app.ImportView
		if v, err = s.app.ImportFigures(r.Context(), who(r), in); err == nil {
			if up.do == "annotate" && v.Wrong > 0 {
				f, err := app.AnnotatedImport(in, v, p.Lang)
				if err != nil {
					return err
				}
				return sendTable(w, f)
			}
			p.View = &v
			p.Words = app.FaultLines(v, p.Lang, faultsShown)
			if v.Wrong > 0 {
				return s.render(w, r, http.StatusUnprocessableEntity, Import(p))
			}
			return s.ok(w, r, Import(p))
		}
	}
	switch code := gov.CodeOf(err); code {
	case gov.Internal, gov.Forbidden, gov.Unauthenticated:
		return err
	default:
		_, p.Trouble = s.words(r, err)
		return s.render(w, r, statusOf(code), Import(p))
	}
}

// An uploadedTable is a table that somebody sent, and what he wants done with it.
type uploadedTable struct {
	name, do, reason string
	data             []byte
}

// readTable reads a form with a table, keeping it in memory as readUpload does.
func readTable(w http.ResponseWriter, r *http.Request) (t uploadedTable, err error) {
	r.Body = http.MaxBytesReader(w, r.Body, gov.MaxFileBytes+maxForm)
	parts, err := r.MultipartReader()
	if err != nil {
		return t, gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	for n := 0; n < maxParts; n++ {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return t, unreadable(err)
		}
		limit := int64(maxForm)
		if part.FormName() == "file" {
			limit = gov.MaxFileBytes
		}
		data, err := readPart(part, limit)
		if err != nil {
			return t, err
		}
		switch part.FormName() {
		case "file":
			t.name, t.data = text.NFC(part.FileName()), data
		case "do":
			t.do = string(data)
		case "reason":
			t.reason = strings.TrimSpace(text.NFC(string(data)))
		}
	}
	if t.name == "" || len(t.data) == 0 {
		return t, gov.Errorf(gov.Invalid, "error.no_table")
	}
	return t, nil
}
