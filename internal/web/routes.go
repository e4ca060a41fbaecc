package web

import (
	"net/http"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// A route is one row of the site map.
type route struct {
	pattern string            // method and path, as net/http.ServeMux reads them
	needs   access.Permission // asked before the handler runs; the use case asks again
	do      handler
	upload  bool // takes a file: the handler itself limits the body
	blind   bool // does not ask who it is
}

// routes is the site map.
func (s *server) routes() []route {
	rows := []route{
		// Without login.
		{pattern: "GET /healthz", needs: access.Open, do: s.health, blind: true},
		{pattern: "GET /static/{version}/{name...}", needs: access.Open, do: s.static, blind: true},
		{pattern: "GET /login", needs: access.Open, do: s.loginPage},
		{pattern: "POST /login", needs: access.Open, do: s.login},
		{pattern: "POST /logout", needs: access.Open, do: s.logout},
		{pattern: "POST /lang", needs: access.Open, do: s.setLang},
		{pattern: "/", needs: access.Open, do: s.missing},

		// Today and help.
		{pattern: "GET /{$}", needs: access.LoggedIn, do: s.home},
		{pattern: "GET /help", needs: access.LoggedIn, do: s.help},
	}
	return append(rows, s.reviewRoutes()...)
}

// missing answers every address that is not in the table.
func (s *server) missing(http.ResponseWriter, *http.Request) error {
	return gov.Errorf(gov.NotFound, "error.not_found")
}

// health says that the program answers; it touches no book.
func (s *server) health(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := w.Write([]byte("ok\n"))
	return err
}
