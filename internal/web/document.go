package web

import (
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// pageSize is how many rows a list shows at once.
const pageSize = 50

// pageOf is the stretch of a list that the address asks for.
func pageOf(r *http.Request) gov.Page {
	return gov.Page{After: r.URL.Query().Get("after"), Limit: pageSize}
}

// nextHref is the address of the next stretch of the same list, "" where there is none.
func nextHref(r *http.Request, cursor string) string {
	if cursor == "" {
		return ""
	}
	q := r.URL.Query()
	q.Del("done")
	q.Set("after", cursor)
	return ui.With(r.URL.Path, q)
}

// DocumentsPage is the list of the documents book.
type DocumentsPage struct {
	ui.Frame
	View app.DocumentsView
	Next string
}

func (s *server) documents(w http.ResponseWriter, r *http.Request) error {
	v, err := s.app.Documents(r.Context(), who(r), pageOf(r))
	if err != nil {
		return err
	}
	f := s.frame(r, "documents", langOf(r).T("web.nav.documents"))
	return s.ok(w, r, Documents(DocumentsPage{Frame: f, View: v, Next: nextHref(r, v.Next)}))
}

// FileDocumentPage is the form by which a document is filed.
type FileDocumentPage struct {
	ui.Frame
	Text    string // as pasted, when the form comes back
	Source  string
	Trouble string
}

func (s *server) fileDocumentPage(w http.ResponseWriter, r *http.Request) error {
	return s.ok(w, r, FileDocument(FileDocumentPage{Frame: s.fileFrame(r)}))
}

func (s *server) fileFrame(r *http.Request) ui.Frame {
	f := s.frame(r, "documents", langOf(r).T("web.file.title"))
	f.Crumbs = []ui.Link{{Text: f.T("web.nav.documents"), Href: "/documents"}}
	return f
}

func (s *server) fileDocument(w http.ResponseWriter, r *http.Request) error {
	leave, err := s.uploads.take(r.Context(), who(r).Account)
	if err != nil {
		return err
	}
	defer leave()
	in, err := s.readUpload(w, r)
	var doc gov.Document
	var review gov.ID
	if err == nil {
		// A scan of many pages takes longer to recognise than an answer may take otherwise.
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(fileWithin))
		doc, review, err = s.app.FileDocument(r.Context(), who(r), in)
	}
	switch code := gov.CodeOf(err); {
	case err == nil && review != "" && who(r).May(access.ReviewsEdit):
		return see(w, r, ui.ReviewHref(review))
	case err == nil:
		return see(w, r, ui.DocumentHref(doc.ID)+"?done=filed")
	case code == gov.Conflict && doc.ID != "": // the agency holds it already
		return see(w, r, ui.DocumentHref(doc.ID)+"?done=held")
	case code == gov.Internal, code == gov.Forbidden, code == gov.Unauthenticated:
		return err
	}
	code, words := s.words(r, err)
	page := FileDocumentPage{Frame: s.fileFrame(r), Source: in.Source, Trouble: words}
	if in.Name == "" && code != gov.Secret && len(in.Data) <= maxForm { // what was pasted is not lost, unless it must not be shown
		page.Text = string(in.Data)
	}
	return s.render(w, r, statusOf(code), FileDocument(page))
}

// fileWithin is how long reading one file may take after its upload.
const fileWithin = 5 * time.Minute

// DocumentPage is a document as it was read, with what the books hold from it.
type DocumentPage struct {
	ui.Frame
	View  app.DocumentView
	Lines []textLine
}

func (s *server) document(w http.ResponseWriter, r *http.Request) error {
	v, err := s.app.Document(r.Context(), who(r), gov.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return s.ok(w, r, Document(s.documentPage(r, v)))
}

func (s *server) documentPage(r *http.Request, v app.DocumentView) DocumentPage {
	f := s.frame(r, "documents", v.Document.Title)
	f.Crumbs = []ui.Link{{Text: f.T("web.nav.documents"), Href: "/documents"}}
	f.Styles = []string{"document.css"}
	return DocumentPage{Frame: f, View: v, Lines: cutText(v.Text, v.Marks, parseSpan(r.URL.Query().Get("at")))}
}

// original sends the bytes as they were filed. They are never shown in the page's own origin: a filed HTML page is not ours.
func (s *server) original(w http.ResponseWriter, r *http.Request) error {
	leave, err := s.originals.take(r.Context(), who(r).Account)
	if err != nil {
		return err
	}
	defer leave()
	doc, data, err := s.app.Original(r.Context(), who(r), gov.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	name := doc.FileName
	if name == "" {
		name = string(doc.ID) + "." + doc.Format
	}
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("Content-Length", strconv.Itoa(len(data)))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	_, err = w.Write(data)
	return err
}

// webSource is the source address if it is one that a browser may follow.
func webSource(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return ""
	}
	return u.String()
}
