package cli

import (
	"context"
	"errors"
	stdlog "log"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"haicap/internal/gov"
	"haicap/internal/web"
)

// webSettings are what a server tells its interface.
var webSettings = []string{"listen", "https", "tls_cert", "tls_key", "public_url", "proxy", "outgoing", "metrics", "second_factor", "oidc_issuer", "oidc_client_id",
	"oidc_client_secret_file", "oidc_match"}

func serveCommand() command {
	return command{name: "serve", settings: slices.Concat(webSettings, mailSettings, scheduleSettings, auditSettings), run: runServe,
		examples: []string{"haicap serve", "haicap serve --data /var/lib/haicap --listen 127.0.0.1:9000",
			"haicap serve --listen :443 --tls-cert /etc/haicap/cert.pem --tls-key /etc/haicap/key.pem --metrics 127.0.0.1:9090",
			"haicap serve --db postgres://haicap@db.lan/haicap --db-password-file /etc/haicap/db"}}
}

func runServe(ctx context.Context, c *call) error {
	p, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	if _, err := p.app.Holding(ctx); err != nil {
		return err
	}
	if err := c.settlePersonal(ctx, p); err != nil {
		return err
	}
	if err := c.schedule(ctx, p, time.Now()); err != nil {
		return err
	}
	l, err := listen(ctx, c.settings.get("listen"))
	if err != nil {
		return err
	}
	if err := c.scheduleMail(ctx, p, time.Now()); err != nil {
		return err
	}
	working, stop := context.WithCancel(ctx)
	wait := c.work(working, p)
	defer wait() // before the store is closed
	defer stop()
	return c.serve(ctx, p, l, "cli.serve_ready")
}

func listen(ctx context.Context, address string) (net.Listener, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, gov.Errorf(gov.Unavailable, "error.cli_listen", address).Because(err)
	}
	return l, nil
}

// The patience of the server. A whole upload has to come within readFor, a whole page has to go out within writeFor; what is under way when
// the program is asked to stop has stopFor.
const (
	headerFor   = 10 * time.Second
	readFor     = 2 * time.Minute
	writeFor    = 2 * time.Minute
	idleFor     = 2 * time.Minute
	stopFor     = 30 * time.Second
	headerBytes = 64 << 10
)

// newServer is a server with all its limits.
func newServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: headerFor, ReadTimeout: readFor, WriteTimeout: writeFor, IdleTimeout: idleFor,
		MaxHeaderBytes: headerBytes, ErrorLog: stdlog.New(withoutAddresses{log}, "", 0)}
}

// withoutAddresses passes on what net/http complains of, less the addresses of those who caused it.
type withoutAddresses struct{ log *slog.Logger }

var netAddress = regexp.MustCompile(`(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:.]+(?:%\w+)?\])(?::\d+)?`)

// Write implements io.Writer.
func (w withoutAddresses) Write(b []byte) (int, error) {
	w.log.Warn("http", "cause", netAddress.ReplaceAllString(strings.TrimSpace(string(b)), "…"))
	return len(b), nil
}

// A serving is a server that answers, and the one beside it that tells how it does.
type serving struct {
	server, metrics *http.Server // metrics may be nil
	secure          bool
	stopping        atomic.Bool
	ended           chan error
}

// serve answers on l until ctx is done, then lets the requests that are under way finish. The ready line, with the address, goes
// to standard output once a browser can connect.
func (c *call) serve(ctx context.Context, p *parts, l net.Listener, ready string) error {
	s, err := c.startServing(ctx, p, l)
	if err != nil {
		_ = l.Close()
		return err
	}
	defer s.close()
	go func() { _, _ = p.units() }() // so that the first page that needs the register need not wait; it reports a failure itself
	scheme := "http://"
	if s.secure {
		scheme = "https://"
	}
	if !loopback(l.Addr()) && !c.secure() {
		c.say("cli.serve_open")
	}
	if err := c.put(c.lang.T(ready, scheme+l.Addr().String()) + "\n"); err != nil {
		return err
	}
	select {
	case err := <-s.ended:
		return err
	case <-ctx.Done():
	}
	s.stopping.Store(true)
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopFor)
	defer cancel()
	if err := s.server.Shutdown(late); err != nil {
		c.say("cli.serve_cut")
		_ = s.server.Close()
	}
	if err := <-s.ended; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	c.say("cli.serve_stopped")
	return nil
}

// startServing opens what is to be opened and begins to answer.
func (c *call) startServing(ctx context.Context, p *parts, l net.Listener) (*serving, error) {
	log := c.logger()
	s := &serving{ended: make(chan error, 1)}
	ready := func(ctx context.Context) error {
		if s.stopping.Load() {
			return gov.Errorf(gov.Unavailable, "error.stopping")
		}
		return p.store.Check(ctx)
	}
	conf := c.webConfig(p, log)
	conf.Metrics, conf.Ready = p.metrics, ready
	s.server = newServer(web.New(conf), log)
	if cert := c.settings.get("tls_cert"); cert != "" {
		pair, err := openCertificate(cert, c.settings.get("tls_key"), log)
		if err != nil {
			return nil, err
		}
		s.server.TLSConfig, s.secure = pair.config(), true
	}
	if address := c.settings.get("metrics"); address != "" {
		beside, err := listen(ctx, address)
		if err != nil {
			return nil, err
		}
		c.watch(p)
		watchMail(p.metrics, p, p.system)
		s.metrics = newServer(measures(p, ready), log)
		c.say("cli.serve_metrics", "http://"+beside.Addr().String()+"/metrics")
		go func() { _ = s.metrics.Serve(beside) }()
	}
	go func() {
		if s.secure {
			s.ended <- s.server.ServeTLS(l, "", "")
			return
		}
		s.ended <- s.server.Serve(l)
	}()
	return s, nil
}

func (s *serving) close() {
	_ = s.server.Close()
	if s.metrics != nil {
		_ = s.metrics.Close()
	}
}

// secure says whether people always come over HTTPS.
func (c *call) secure() bool {
	return c.settings.get("https") == "yes" || c.settings.get("tls_cert") != "" || strings.HasPrefix(c.settings.get("public_url"), "https:")
}

// webConfig is what the interface is told.
func (c *call) webConfig(p *parts, log *slog.Logger) web.Config {
	proxies, _ := web.ParseProxies(c.settings.get("proxy")) // checked with the settings
	public := strings.TrimRight(c.settings.get("public_url"), "/")
	return web.Config{App: p.app, Secure: c.secure(), PublicURL: public, Proxies: proxies, Log: log}
}

// loopback reports whether only this machine can reach the address.
func loopback(a net.Addr) bool {
	ap, err := netip.ParseAddrPort(a.String())
	return err == nil && ap.Addr().Unmap().IsLoopback()
}
