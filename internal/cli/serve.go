package cli

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"haicap/internal/gov"
	"haicap/internal/web"
)

func serveCommand() command {
	return command{name: "serve", settings: slices.Concat([]string{"listen", "https"}, scheduleSettings, auditSettings), run: runServe,
		examples: []string{"haicap serve", "haicap serve --data /var/lib/haicap --listen 127.0.0.1:9000",
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
	if err := c.schedule(ctx, p, time.Now()); err != nil {
		return err
	}
	l, err := listen(ctx, c.settings.get("listen"))
	if err != nil {
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

// The patience of the server. A whole upload has to come within readFor, a whole page has to go out within writeFor.
const (
	headerFor   = 10 * time.Second
	readFor     = 2 * time.Minute
	writeFor    = 2 * time.Minute
	idleFor     = 2 * time.Minute
	stopFor     = 10 * time.Second
	headerBytes = 64 << 10
)

// serve answers on l until ctx is done, then lets the requests that are under way finish. The ready line, with the address, goes
// to standard output once a browser can connect.
func (c *call) serve(ctx context.Context, p *parts, l net.Listener, ready string) error {
	log := c.logger()
	server := &http.Server{
		Handler:           web.New(c.webConfig(p, log)),
		ReadHeaderTimeout: headerFor, ReadTimeout: readFor, WriteTimeout: writeFor, IdleTimeout: idleFor, MaxHeaderBytes: headerBytes,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	go func() { _, _ = p.units() }() // so that the first page that needs the register need not wait; it reports a failure itself
	if !loopback(l.Addr()) && c.settings.get("https") != "yes" {
		c.say("cli.serve_open")
	}
	if err := c.put(c.lang.T(ready, "http://"+l.Addr().String()) + "\n"); err != nil {
		_ = server.Close()
		return err
	}
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopFor)
	defer cancel()
	if err := server.Shutdown(late); err != nil {
		_ = server.Close()
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	c.say("cli.serve_stopped")
	return nil
}

// webConfig is what the interface is told.
func (c *call) webConfig(p *parts, log *slog.Logger) web.Config {
	proxies, _ := web.ParseProxies(c.settings.get("proxy")) // checked with the settings
	public := strings.TrimRight(c.settings.get("public_url"), "/")
	return web.Config{App: p.app, Secure: c.settings.get("https") == "yes" || strings.HasPrefix(public, "https:"), PublicURL: public, Proxies: proxies, Log: log}
}

// loopback reports whether only this machine can reach the address.
func loopback(a net.Addr) bool {
	ap, err := netip.ParseAddrPort(a.String())
	return err == nil && ap.Addr().Unmap().IsLoopback()
}
