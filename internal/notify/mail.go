package notify

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"net"
	"net/mail"
	"net/netip"
	"net/textproto"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"

	gomail "github.com/wneessen/go-mail"
)

// A Security says how a connection to a mail server is kept from being read.
type Security string

// The securities.
const (
	StartTLS Security = "starttls" // begins in the open and turns to TLS before anything is said; port 587
	TLS      Security = "tls"      // TLS from the first byte; port 465
	Open     Security = "none"     // for a server on this machine only
)

// A Server is the mail server through which letters go.
type Server struct {
	Host         string
	Port         int // 0: 587, 465 or 25, by Security
	Security     Security
	User         string // empty: the server wants no login
	Password     string // from the environment
	PasswordFile string // read anew for each connection, so that it can be changed while the program runs
	From         string // the address from which letters come
	FromName     string
	Patience     time.Duration  // for a connection and each step on it; 0: 15 s
	Roots        *x509.CertPool // nil: the machine's authorities
	// Dial connects: the method of a guard (package outgoing). The mailer dials nothing by itself.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// A Mail is one letter to one person.
type Mail struct {
	Key     string // what it is about: the same key gives the same Message-ID
	To      string // an address
	Subject string
	Letter  Letter
	At      time.Time // when it was written: the Date
}

// Refusals of a Server or a Mail.
var (
	ErrServer  = errors.New("notify: the mail server's settings do not go together")
	ErrAddress = errors.New("notify: no mail address")
	ErrText    = errors.New("notify: a line break or a control character where one line stands")
	ErrKey     = errors.New("notify: no key")
)

// A Mailer sends mail through one server. It is safe for concurrent use.
type Mailer struct{ server Server }

// NewMailer checks the settings. A password never goes over an open connection, and an open connection goes to this machine only.
func NewMailer(s Server) (*Mailer, error) {
	if _, err := address(s.From); err != nil || s.Host == "" || s.Dial == nil || strings.ContainsFunc(s.FromName, unicode.IsControl) {
		return nil, ErrServer
	}
	if (s.User == "") != (s.Password == "" && s.PasswordFile == "") || s.Password != "" && s.PasswordFile != "" {
		return nil, ErrServer
	}
	port := map[Security]int{StartTLS: 587, TLS: 465, Open: 25}[s.Security]
	if port == 0 || s.Security == Open && (s.User != "" || !local(s.Host)) {
		return nil, ErrServer
	}
	if s.Port == 0 {
		s.Port = port
	}
	if s.Patience == 0 {
		s.Patience = 15 * time.Second
	}
	return &Mailer{s}, nil
}

// Address is the host and port that the mailer dials, for a guard's list.
func (m *Mailer) Address() string {
	return net.JoinHostPort(m.server.Host, strconv.Itoa(m.server.Port))
}

func local(host string) bool {
	a, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && a.IsLoopback()
}

// address is a mail address that is nothing but that: no name, no list, no control character.
func address(s string) (string, error) {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || strings.ContainsFunc(s, unicode.IsControl) {
		return "", ErrAddress
	}
	return s, nil
}

// MessageID is the Message-ID, without its brackets, of whatever has the key.
func (m *Mailer) MessageID(key string) string {
	sum := sha256.Sum256([]byte(key))
	_, domain, _ := strings.Cut(m.server.From, "@")
	return hex.EncodeToString(sum[:16]) + "@" + domain
}

// Bytes is the mail as it goes over the wire: the same value gives the same bytes.
func (m *Mailer) Bytes(x Mail) ([]byte, error) {
	msg, err := m.message(x)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	_, err = msg.WriteTo(&b)
	return b.Bytes(), err
}

func (m *Mailer) message(x Mail) (*gomail.Msg, error) {
	to, err := address(x.To)
	switch {
	case err != nil:
		return nil, err
	case x.Key == "":
		return nil, ErrKey
	case x.Subject == "" || strings.ContainsFunc(x.Subject, unicode.IsControl):
		return nil, ErrText
	}
	page, err := x.Letter.html()
	if err != nil {
		return nil, err
	}
	id := m.MessageID(x.Key)
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithBoundary("haicap-"+id[:32]), gomail.WithEncoding(gomail.EncodingQP))
	msg.FromMailAddress(&mail.Address{Name: m.server.FromName, Address: m.server.From})
	msg.ToMailAddress(&mail.Address{Address: to})
	msg.Subject(x.Subject)
	msg.SetDateWithValue(x.At)
	msg.SetMessageIDWithValue(id)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader(gomail.HeaderXAutoResponseSuppress, "All")
	msg.SetBodyString(gomail.TypeTextPlain, x.Letter.text())
	msg.AddAlternativeString(gomail.TypeTextHTML, page)
	return msg, nil
}

// Send delivers one mail. Whatever goes wrong is a *Fault.
func (m *Mailer) Send(ctx context.Context, x Mail) error {
	msg, err := m.message(x)
	if err != nil {
		return &Fault{Kind: Permanent, What: "mail: message", Err: err}
	}
	client, err := m.client()
	if err != nil {
		return &Fault{Kind: Temporary, What: "mail: settings", Err: err}
	}
	conn, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		// The next try may find a server that is up, a password that was mended, a certificate that was renewed: the mail is not to blame.
		return &Fault{Kind: Temporary, What: "mail: connecting", Code: smtpCode(err), Err: err}
	}
	err = client.SendWithSMTPClient(conn, msg)
	_ = client.CloseWithSMTPClient(conn) // what was delivered is delivered, however the connection ends
	if err == nil || msg.IsDelivered() {
		return nil
	}
	return sending(err)
}

func (m *Mailer) client() (*gomail.Client, error) {
	s := m.server
	config := &tls.Config{ServerName: s.Host, MinVersion: tls.VersionTLS12, RootCAs: s.Roots}
	dial := s.Dial
	policy := gomail.NoTLS
	switch s.Security {
	case StartTLS:
		policy = gomail.TLSMandatory
	case TLS:
		dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := s.Dial(ctx, network, address)
			if err != nil {
				return nil, err
			}
			over := tls.Client(conn, config)
			if err := over.HandshakeContext(ctx); err != nil {
				_ = conn.Close()
				return nil, err
			}
			return over, nil
		}
	}
	_, domain, _ := strings.Cut(s.From, "@")
	options := []gomail.Option{gomail.WithPort(s.Port), gomail.WithTimeout(s.Patience), gomail.WithTLSConfig(config), gomail.WithTLSPolicy(policy),
		gomail.WithDialContextFunc(dial), gomail.WithHELO(domain), gomail.WithoutNoop()}
	if s.User != "" {
		password, err := s.password()
		if err != nil {
			return nil, err
		}
		options = append(options, gomail.WithUsername(s.User), gomail.WithPassword(password), gomail.WithOpportunisticSMTPAuth(
			gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthSCRAMSHA1, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin))
	}
	return gomail.NewClient(s.Host, options...)
}

func (s Server) password() (string, error) {
	if s.PasswordFile == "" {
		return s.Password, nil
	}
	data, err := os.ReadFile(s.PasswordFile)
	return strings.TrimRight(string(data), "\r\n"), err
}

// sending says what a failure in the middle means.
func sending(err error) error {
	f := &Fault{Kind: Temporary, What: "mail: sending", Err: err}
	var s *gomail.SendError
	if !errors.As(err, &s) {
		return f
	}
	f.Code = s.ErrorCode()
	switch {
	case f.Code >= 500:
		f.Kind = Permanent
	case f.Code == 0 && s.Reason == gomail.ErrSMTPDataClose:
		f.Kind = Unclear // all was said and no answer came
	case s.Reason == gomail.ErrGetSender, s.Reason == gomail.ErrGetRcpts:
		f.Kind = Permanent
	}
	return f
}

func smtpCode(err error) int {
	var p *textproto.Error
	if errors.As(err, &p) {
		return p.Code
	}
	return 0
}
