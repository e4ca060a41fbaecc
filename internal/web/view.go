package web

import (
	"net/http"
	"net/url"
	"slices"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/web/ui"
)

// savedViews are the views of a list, with its present address.
type savedViews struct {
	List  string
	Query string // as it is now, without the page
	Views []gov.SavedView
	Own   gov.ID
}

// savedViews reads the views of the list that a request asks for.
func (s *server) savedViews(r *http.Request) (savedViews, error) {
	views, err := s.app.SavedViews(r.Context(), who(r), r.URL.Path)
	q := r.URL.Query()
	for _, k := range app.PageKeys {
		q.Del(k)
	}
	return savedViews{List: r.URL.Path, Query: q.Encode(), Views: views, Own: gov.ID(who(r).Account)}, err
}

func viewHref(v gov.SavedView) string {
	if v.Query == "" {
		return v.List
	}
	return v.List + "?" + v.Query
}

func (s *server) saveView(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	form := r.PostForm
	v := gov.SavedView{List: form.Get("list"), Query: form.Get("query"), Name: form.Get("name")}
	if err := s.app.SaveView(r.Context(), who(r), v, form.Get("agency") != ""); err != nil {
		return err
	}
	q, _ := url.ParseQuery(v.Query) // SaveView has refused what cannot be read
	for _, k := range app.PageKeys {
		q.Del(k)
	}
	q.Set("done", "view_saved")
	return see(w, r, ui.With(v.List, q))
}

func (s *server) removeView(w http.ResponseWriter, r *http.Request) error {
	v, err := s.app.RemoveView(r.Context(), who(r), gov.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	if !slices.Contains(app.ViewLists, v.List) {
		v.List = "/"
	}
	return see(w, r, v.List+"?done=view_removed")
}
