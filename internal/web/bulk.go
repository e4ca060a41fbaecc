package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// Rows of a list are ticked and one step is taken with all of them: each for itself, or all or none. A list is one form that is sent to its own
// address, so that it comes back with its ticks and with what was typed where the step lacks something.

// A bulkBar is what can be done with ticked rows, with what was typed where it was refused.
type bulkBar struct {
	Actions []gov.Action     // none: rows are not ticked
	Fields  gov.MatterFields // for ActClassify
	Typed   url.Values
}

// bulkOf are the steps that a list of a kind offers to whom can take them.
func bulkOf(f ui.Frame, k gov.MatterKind, fields gov.MatterFields, typed url.Values) bulkBar {
	b := bulkBar{Fields: fields, Typed: typed}
	switch {
	case !f.May(access.MattersSettle):
	case k == gov.Task:
		b.Actions = []gov.Action{gov.ActUrge, gov.ActExtend, gov.ActAttachDocument, gov.ActConfirm}
	case k == gov.Recommendation && len(fields) > 0:
		b.Actions = []gov.Action{gov.ActUrge, gov.ActClassify}
	case k == gov.Recommendation:
		b.Actions = []gov.Action{gov.ActUrge}
	}
	return b
}

// Value is what was typed for a step.
func (b bulkBar) Value(field string, a gov.Action) string { return b.Typed.Get(bulkField(field, a)) }

// Tried reports whether a step was refused.
func (b bulkBar) Tried(a gov.Action) bool { return b.Typed.Get("action") == string(a) }

// Ticked reports whether a row was ticked.
func (b bulkBar) Ticked(m app.MatterLine) bool { return slices.Contains(b.Typed["row"], rowValue(m)) }

// bulkField is the name of a field of a step, so that the steps of one form keep theirs apart.
func bulkField(field string, a gov.Action) string { return field + "." + string(a) }

// BulkPage says what came of each row that was ticked.
type BulkPage struct {
	ui.Frame
	Action  gov.Action
	Results []app.BulkResult
	Words   []string // why a row was refused
	Done    int
	Back    string
}

// bulk takes one step with all rows that were ticked in a list; again shows the list with what stood in the way.
func (s *server) bulk(section string, again func(http.ResponseWriter, *http.Request, error) error) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := r.ParseForm(); err != nil {
			return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
		}
		f := r.PostForm
		in := app.ActInput{Action: gov.Action(f.Get("action"))}
		of := func(field string) string { return f.Get(bulkField(field, in.Action)) }
		in.StepInput = gov.StepInput{Day: gov.Day(of("day")), Note: of("note"), Number: of("number"), Field: of("field")}
		do := s.app.ActEach
		if f.Get("how") == "all" {
			do = s.app.ActAll
		}
		rows, err := bulkRows(f["row"])
		if err != nil {
			return err
		}
		results, err := do(r.Context(), who(r), rows, in)
		if gov.CodeOf(err) == gov.Invalid {
			return again(w, r, err)
		} else if err != nil {
			return err
		}
		page := BulkPage{Frame: s.frame(r, section, langOf(r).T("web.bulk.title")), Action: in.Action, Results: results, Back: samePath(r.URL.RequestURI())}
		for _, row := range results {
			words := ""
			if row.Err == nil {
				page.Done++
			} else {
				_, words = s.words(r, row.Err)
			}
			page.Words = append(page.Words, words)
		}
		return s.ok(w, r, Bulk(page))
	}
}

// bulkRows reads the ticked rows: id and version of each.
func bulkRows(values []string) ([]app.BulkRow, error) {
	var rows []app.BulkRow
	for _, v := range values {
		id, version, _ := strings.Cut(v, ":")
		n, err := strconv.Atoi(version)
		if err != nil {
			return nil, gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
		}
		if !slices.ContainsFunc(rows, func(o app.BulkRow) bool { return o.Matter == gov.ID(id) }) { // one matter may stand in two parts
			rows = append(rows, app.BulkRow{Matter: gov.ID(id), Version: n})
		}
	}
	return rows, nil
}

// rowValue is a row as its box sends it.
func rowValue(m app.MatterLine) string { return string(m.ID) + ":" + strconv.Itoa(m.Version) }
