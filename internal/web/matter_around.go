package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/lang"
	"haicap/internal/text"
	"haicap/internal/web/ui"
)

// clearLook draws one of the six "rõ": filled where the task has it, hollow where it is missing.
func clearLook(has bool) ui.Look {
	if has {
		return ui.Look{Class: "ok", Shape: "●"}
	}
	return ui.Look{Class: "watch", Shape: "○"}
}

// moved is how often the due day was moved.
func moved(events []app.EventLine) int {
	n := 0
	for _, e := range events {
		if e.Action == gov.ActExtend {
			n++
		}
	}
	return n
}

// answerOf is the last answer of a recommendation, nil where there is none or it was reopened since.
func answerOf(v app.MatterView) *app.EventLine {
	for i := len(v.Events) - 1; i >= 0; i-- {
		switch v.Events[i].Action {
		case gov.ActAnswer, gov.ActSchedule, gov.ActExplain:
			return &v.Events[i]
		case gov.ActReopen:
			if v.Events[i].To == gov.StateOpen {
				return nil
			}
		}
	}
	return nil
}

// fieldName is the name of a field in the language of the page; a key that is no more in the table stands for itself.
func fieldName(f ui.Frame, field gov.MatterField, key string) string {
	switch {
	case key == "":
		return f.T("web.rec.no_field_short")
	case field.VI == "":
		return key
	case f.Lang == lang.EN:
		return field.EN
	}
	return field.VI
}

// chosenField is the field that the form offers first: what was chosen, else what the words suggest.
func chosenField(v app.MatterView) string { return or(v.Matter.Field, v.Suggested) }

// wholeWords says how the state of a task follows from its parts.
func wholeWords(p MatterPage) string {
	var done, late, apart int
	for _, l := range p.View.PartLines {
		switch c := l.CellOn(p.Today, gov.ByGranted); {
		case l.State == gov.Withdrawn:
			apart++
		case c == gov.Overdue || c == gov.DoneLate:
			late++
			fallthrough
		default:
			if l.Finished != "" {
				done++
			}
		}
	}
	return p.T("web.matter.parts_words", done, len(p.View.PartLines)-apart, late)
}

// evidenced are the steps with which files are handed in.
var evidenced = []gov.Action{gov.ActReport, gov.ActSubmit, gov.ActConfirm, gov.ActAskExtension, gov.ActAnswer, gov.ActSchedule, gov.ActExplain, gov.ActResolve, gov.ActAttachDocument}

func takesFiles(a gov.Action) bool { return slices.Contains(evidenced, a) }

func fileName(f gov.MatterFile) string { return or(f.Name, f.SHA256[:12]+"."+f.Format) }

// readStepFiles is readStep with a place for what is in memory, and with time for reading files.
func (s *server) readStepFiles(w http.ResponseWriter, r *http.Request) ([]app.FileInput, error) {
	leave, err := s.uploads.take(r.Context(), who(r).Account)
	if err != nil {
		return nil, err
	}
	defer leave()
	files, err := readStep(w, r)
	if len(files) > 0 {
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(fileWithin))
	}
	return files, err
}

// readStep reads the form of a step, with the files that come with it: everything in memory, as readUpload does and why.
func readStep(w http.ResponseWriter, r *http.Request) ([]app.FileInput, error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if err := r.ParseForm(); err != nil {
			return nil, gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
		}
		return nil, nil
	}
	r.Body = http.MaxBytesReader(w, r.Body, gov.MaxFileBytes+maxForm)
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	r.PostForm = map[string][]string{}
	var files []app.FileInput
	for n := 1; ; n++ {
		part, err := parts.NextPart()
		if err != nil {
			if errors.Is(err, io.EOF) {
				return files, nil
			}
			return nil, unreadable(err)
		}
		if n > maxParts {
			return nil, gov.Errorf(gov.Invalid, "error.form_unreadable")
		}
		if part.FormName() != "file" {
			b, err := readPart(part, maxForm)
			if err != nil {
				return nil, err
			}
			r.PostForm.Add(part.FormName(), string(b))
			continue
		}
		if part.FileName() == "" {
			continue // a form without files sends one of no name
		}
		b, err := readPart(part, gov.MaxFileBytes)
		if err != nil {
			return nil, err
		}
		files = append(files, app.FileInput{Name: text.NFC(part.FileName()), Data: b})
	}
}

// matterFile sends a file that was handed in, as original does and why.
func (s *server) matterFile(w http.ResponseWriter, r *http.Request) error {
	leave, err := s.originals.take(r.Context(), who(r).Account)
	if err != nil {
		return err
	}
	defer leave()
	f, data, err := s.app.MatterFile(r.Context(), who(r), gov.ID(r.PathValue("id")), strings.ToLower(r.PathValue("sha")))
	if err != nil {
		return err
	}
	return sendBytes(w, fileName(f), data)
}

// sendBytes sends bytes that are kept and never shown in the pages' own origin.
func sendBytes(w http.ResponseWriter, name string, data []byte) error {
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("Content-Length", strconv.Itoa(len(data)))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	_, err := w.Write(data)
	return err
}

// A happening is a line of a matter's timeline: a step that somebody took, or a reminder that the program gave by itself.
type happening struct {
	app.EventLine
	Reminder *gov.Reminder
}

// happened is the timeline, the oldest first.
func (p MatterPage) happened() []happening {
	var list []happening
	for _, e := range p.View.Events {
		list = append(list, happening{EventLine: e})
	}
	for i := range p.View.Reminders {
		r := &p.View.Reminders[i]
		list = append(list, happening{EventLine: app.EventLine{MatterEvent: gov.MatterEvent{At: r.At}}, Reminder: r})
	}
	slices.SortStableFunc(list, func(a, b happening) int { return a.At.Compare(b.At) })
	return list
}

// reminderWords says of what a rule reminds; a rule of the office's own by its key.
func reminderWords(f ui.Frame, rule string) string {
	key := "letter.rule." + rule
	if words := f.T(key); words != "["+key+"]" {
		return words
	}
	return f.T("letter.rule.other", rule)
}
