package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// The headers of a delivery.
const (
	HeaderKey       = "Haicap-Key"       // the same for every try of one delivery
	HeaderTimestamp = "Haicap-Timestamp" // seconds since 1970, of this try
	HeaderSignature = "Haicap-Signature" // v1= and the HMAC-SHA-256 of timestamp, key and body
)

// MinSecret is the least length of a webhook's secret, in bytes.
const MinSecret = 16

// ErrWebhook refuses an address or a secret.
var ErrWebhook = errors.New("notify: no https address, or a secret that is too short")

// ErrSignature says that a delivery is not from whom it should be, or is too old.
var ErrSignature = errors.New("notify: the signature does not match")

// A Webhook is an address of another system that wants to know.
type Webhook struct {
	address string
	secret  []byte
	client  *http.Client
}

// A Delivery is one thing to tell.
type Delivery struct {
	Key  string    // what it is about; the receiver drops what it has seen
	Body []byte    // JSON
	At   time.Time // of this try
}

// NewWebhook makes a webhook that calls through the client, which decides where calls may go.
func NewWebhook(address string, secret []byte, client *http.Client) (*Webhook, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && (u.Scheme != "http" || !local(u.Hostname())) || len(secret) < MinSecret || client == nil {
		return nil, ErrWebhook
	}
	return &Webhook{address, bytes.Clone(secret), client}, nil
}

// Send makes one try. Whatever goes wrong is a *Fault: since the receiver knows a delivery by its key, a broken connection is Temporary.
func (w *Webhook) Send(ctx context.Context, d Delivery) error {
	if d.Key == "" || bare(d.Key) != d.Key {
		return &Fault{Kind: Permanent, What: "webhook: key", Err: ErrKey}
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.address, bytes.NewReader(d.Body))
	if err != nil {
		return &Fault{Kind: Permanent, What: "webhook: request", Err: err}
	}
	stamp := strconv.FormatInt(d.At.Unix(), 10)
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	r.Header.Set("User-Agent", "haicap")
	r.Header.Set(HeaderKey, d.Key)
	r.Header.Set(HeaderTimestamp, stamp)
	r.Header.Set(HeaderSignature, sign(w.secret, stamp, d.Key, d.Body))
	res, err := w.client.Do(r)
	if err != nil {
		return &Fault{Kind: Temporary, What: "webhook: connecting", Err: err}
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10)) // so that the connection can be used again
	if res.StatusCode >= 200 && res.StatusCode < 300 {
		return nil
	}
	f := &Fault{Kind: Permanent, What: "webhook: answer", Code: res.StatusCode}
	switch c := res.StatusCode; {
	case c >= 500, c == http.StatusRequestTimeout, c == http.StatusTooEarly, c == http.StatusTooManyRequests:
		f.Kind, f.After = Temporary, retryAfter(res.Header.Get("Retry-After"), d.At)
	}
	return f
}

// retryAfter reads the header of that name, at most a day.
func retryAfter(s string, now time.Time) time.Duration {
	wait := time.Duration(0)
	if n, err := strconv.Atoi(s); err == nil && n > 0 {
		wait = time.Duration(min(n, 86400)) * time.Second
	} else if at, err := http.ParseTime(s); err == nil {
		wait = at.Sub(now)
	}
	return min(max(wait, 0), 24*time.Hour)
}

func sign(secret []byte, stamp, key string, body []byte) string {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(stamp + "." + key + "."))
	mac.Write(body)
	return "v1=" + hex.EncodeToString(mac.Sum(nil))
}

// Verify is what a receiver does: it refuses a delivery that is not signed with the secret, or whose timestamp is further from now than the
// tolerance. Several signatures, parted by commas, may stand in the header while a secret is being changed.
func Verify(secret []byte, header http.Header, body []byte, now time.Time, tolerance time.Duration) error {
	stamp := header.Get(HeaderTimestamp)
	n, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || now.Sub(time.Unix(n, 0)).Abs() > tolerance {
		return ErrSignature
	}
	want := []byte(sign(secret, stamp, header.Get(HeaderKey), body))
	for got := range strings.SplitSeq(header.Get(HeaderSignature), ",") {
		if hmac.Equal([]byte(strings.TrimSpace(got)), want) {
			return nil
		}
	}
	return ErrSignature
}
