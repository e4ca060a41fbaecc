package web

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/a-h/templ"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/lang"
	"haicap/internal/metrics"
	"haicap/internal/web/ui"
)

// Config is what the interface is made of.
type Config struct {
	App    *app.App
	Secure bool         // served over HTTPS: cookies carry the __Host- prefix and browsers are told to stay with HTTPS
	Log    *slog.Logger // nil: nothing is logged

	PublicURL  string         // scheme and host under which people reach the program; empty: what the request says
	Proxies    []netip.Prefix // machines in front whose X-Forwarded-For and X-Forwarded-Proto are believed
	PerAddress Limit          // of requests; zero: the usual
	PerAccount Limit

	Metrics *metrics.Registry           // nil: nobody reads what is measured
	Ready   func(context.Context) error // says why requests should go to another server for now; nil: never
}

// New makes the handler of the whole interface. It panics only where the program itself was built wrongly.
func New(c Config) http.Handler { return newHandler(c, newCosts()) }

func newHandler(c Config, costs map[cost]meters) http.Handler {
	sub, err := fs.Sub(static, "static")
	if err != nil {
		panic(err)
	}
	files, err := loadAssets(sub)
	if err != nil {
		panic(err)
	}
	s := &server{app: c.App, secure: c.Secure, log: c.Log, assets: files, uploads: newPlaces(maxUploads, maxUploadsEach),
		originals: newPlaces(maxOriginals, maxOriginalsEach), ready: readiness{check: c.Ready},
		public: c.PublicURL, proxies: c.Proxies, addresses: newMeter(c.PerAddress, addressLimit), persons: newMeter(c.PerAccount, accountLimit),
		costs: costs, counts: newCounts(c.Metrics)}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	mux := http.NewServeMux()
	for _, row := range s.routes() {
		mux.Handle(row.pattern, s.serve(row))
	}
	guard := http.NewCrossOriginProtection()
	if c.PublicURL != "" { // a proxy in front may send another Host
		if err := guard.AddTrustedOrigin(c.PublicURL); err != nil {
			panic(err)
		}
	}
	guard.SetDenyHandler(s.serve(route{pattern: "cross-origin", needs: access.Open, do: s.foreign, blind: true}))
	return guard.Handler(mux)
}

type server struct {
	app    *app.App
	secure bool
	log    *slog.Logger
	assets *assets
	ready  readiness
	counts counts

	uploads   *places // for each upload that is in memory
	originals *places // for each document that is sent

	public    string
	proxies   []netip.Prefix
	addresses *meter // requests by address
	persons   *meter // requests by account
	costs     map[cost]meters
	names     sync.Map // gov.Realm → app.UnitRef of the holding
	maps      sync.Map // SHA-256 of a boundary file → []chart.Area
}

// A handler answers one request or says why not.
type handler func(w http.ResponseWriter, r *http.Request) error

// A session of a browser, as the middleware found it; handlers read it through who and langOf.
type visitor struct {
	request   string // its number in the log and on error pages
	principal access.Principal
	lang      lang.Lang
}

type visitorKey struct{}

func visit(r *http.Request) visitor {
	v, _ := r.Context().Value(visitorKey{}).(visitor)
	if v.lang == "" {
		v.lang = lang.VI
	}
	return v
}

// who is the person that asks.
func who(r *http.Request) access.Principal { return visit(r).principal }

// langOf is the language of the answer.
func langOf(r *http.Request) lang.Lang { return visit(r).lang }

// frame is the frame of a page with its title, in the named section of the navigation.
func (s *server) frame(r *http.Request, section, title string) ui.Frame {
	f := ui.Frame{Lang: langOf(r), Who: who(r), Title: title, Path: r.URL.RequestURI(), Section: section,
		Done: r.URL.Query().Get("done"), Asset: s.assets.URL, Today: gov.DayOf(time.Now().In(gov.Zone))}
	if s.app != nil {
		f.Today = s.app.Today()
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		f.Path = "/"
	}
	f.Holding = s.holding(r)
	if s.app != nil && f.May(access.BooksRead) {
		f.Waiting, _ = s.app.WorkCount(r.Context(), f.Who) // a page without the number is still a page
	}
	return f
}

// holding is the unit that the person's realm serves. It never changes while the program runs, so it is asked for once.
func (s *server) holding(r *http.Request) app.UnitRef {
	p := who(r)
	if s.app == nil || !p.May(access.BooksRead) {
		return app.UnitRef{}
	}
	if u, ok := s.names.Load(p.Realm); ok {
		return u.(app.UnitRef)
	}
	v, err := s.app.UnitsBook(r.Context(), p, "")
	if err != nil {
		return app.UnitRef{} // the page itself will say what is wrong
	}
	s.names.Store(p.Realm, v.Holding)
	return v.Holding
}

// render writes a page. It is made in memory first, so that an error in it becomes an error page and not half a page.
func (s *server) render(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	buf := templ.GetBuffer()
	defer templ.ReleaseBuffer(buf)
	if err := page.Render(templ.InitializeContext(context.WithoutCancel(r.Context())), buf); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if status == http.StatusTooManyRequests && w.Header().Get("Retry-After") == "" {
		w.Header().Set("Retry-After", "60")
	}
	w.WriteHeader(status)
	_, err := buf.WriteTo(w)
	if err != nil {
		s.log.Debug("answer not taken", "err", err) // the browser went away
	}
	return nil
}

// ok renders a page with status 200.
func (s *server) ok(w http.ResponseWriter, r *http.Request, page templ.Component) error {
	return s.render(w, r, http.StatusOK, page)
}

// see sends the browser on after something was done.
func see(w http.ResponseWriter, r *http.Request, to string) error {
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}
