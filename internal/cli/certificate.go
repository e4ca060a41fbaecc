package cli

import (
	"crypto/tls"
	"log/slog"
	"os"
	"sync"
	"time"

	"haicap/internal/gov"
)

// lookEvery is how often a certificate's files are looked at: whatever renews them need not tell the program.
const lookEvery = 10 * time.Second

// A certificate is a pair of files, read again when one of them has changed. A pair that cannot be used leaves the one before in place.
type certificate struct {
	cert, key string
	log       *slog.Logger
	now       gov.Clock

	mu     sync.Mutex
	pair   *tls.Certificate
	seen   [2]time.Time // when the files were changed, as they were read
	lookAt time.Time
}

// openCertificate reads the files; Invalid where they are no pair.
func openCertificate(cert, key string, log *slog.Logger) (*certificate, error) {
	c := &certificate{cert: cert, key: key, log: log, now: time.Now}
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		return nil, gov.Errorf(gov.Invalid, "error.cli_certificate", cert, key).Because(err)
	}
	c.pair, c.seen, c.lookAt = &pair, c.changed(), c.now().Add(lookEvery)
	return c, nil
}

func (c *certificate) changed() (t [2]time.Time) {
	for i, file := range []string{c.cert, c.key} {
		if info, err := os.Stat(file); err == nil {
			t[i] = info.ModTime()
		}
	}
	return t
}

// get is a tls.Config's GetCertificate.
func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	if now.Before(c.lookAt) {
		return c.pair, nil
	}
	c.lookAt = now.Add(lookEvery)
	changed := c.changed()
	if changed == c.seen {
		return c.pair, nil
	}
	pair, err := tls.LoadX509KeyPair(c.cert, c.key)
	if err != nil { // perhaps one of the two is not written yet: it is tried again
		c.log.Error("certificate: the new files cannot be used, the former one stays", "cause", err.Error())
		return c.pair, nil
	}
	c.pair, c.seen = &pair, changed
	c.log.Info("certificate: read anew")
	return c.pair, nil
}

// config is for a server: TLS 1.2 or newer, with the suites that Go thinks safe.
func (c *certificate) config() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: c.get}
}
