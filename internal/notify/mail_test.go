package notify_test

import (
	"context"
	"errors"
	"flag"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"haicap/internal/gov"
	"haicap/internal/lang"
	"haicap/internal/notify"
)

var update = flag.Bool("update", false, "write the expected files anew")

var written = time.Date(2026, 11, 23, 7, 30, 0, 0, gov.Zone)

func digest() notify.Mail {
	return notify.Mail{Key: "digest/01HZX/2026-W48", To: "canbo@phuong.example", Subject: "Việc trong tuần: 1 quá hạn, 2 sắp đến hạn", At: written,
		Letter: notify.Letter{Lang: lang.VI, Title: "Việc của tuần 48", Paras: []string{"Tính đến 23/11/2026."}, Footer: []string{"Thư tự động; tắt ở trang Tài khoản của tôi."},
			Groups: []notify.Group{{Title: "Quá hạn (1)", Items: []notify.Item{{Text: "Rà soát trụ sở dôi dư <sau sắp xếp>", Detail: "Sở Tài chính · hạn 20/11/2026", Link: "https://haicap.example/m/1?a=1&b=2"}}},
				{Title: "Sắp đến hạn (2)", Items: []notify.Item{{Text: "Báo cáo giải ngân"}, {Text: ".Dòng bắt đầu bằng dấu chấm", Link: "javascript:alert(1)"}}}}}}
}

func mailer(t *testing.T, s *sink, change func(*notify.Server)) *notify.Mailer {
	t.Helper()
	server := notify.Server{Host: "127.0.0.1", Port: s.port, Security: notify.StartTLS, Roots: s.roots, From: "haicap@tinh.example", FromName: "Hai Cấp", Patience: 5 * time.Second, Dial: new(net.Dialer).DialContext}
	if change != nil {
		change(&server)
	}
	m, err := notify.NewMailer(server)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMailArrives(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte("bí mật\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		implicit bool
		change   func(*notify.Server)
		login    string
	}{
		"STARTTLS and a password in a file": {false, func(s *notify.Server) { s.User, s.PasswordFile = "haicap", file }, "\x00haicap\x00bí mật"},
		"TLS and a password":                {true, func(s *notify.Server) { s.Security, s.User, s.Password = notify.TLS, "haicap", "x" }, "\x00haicap\x00x"},
		"STARTTLS without login":            {false, nil, ""},
		"open, on this machine":             {false, func(s *notify.Server) { s.Security = notify.Open }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSink(t, c.implicit, nil)
			m := mailer(t, s, c.change)
			if err := m.Send(t.Context(), digest()); err != nil {
				t.Fatalf("%v: %v", err, errors.Unwrap(err))
			}
			letters := s.taken()
			if len(letters) != 1 || strings.Join(s.logins, "") != c.login {
				t.Fatalf("%d letters, logins %q", len(letters), s.logins)
			}
			want, err := m.Bytes(digest())
			if err != nil || letters[0] != string(want) && letters[0] != string(want)+"\r\n" {
				t.Errorf("what arrived is not what Bytes says (%v):\n%s", err, letters[0])
			}
		})
	}
}

// TestMailIsReadable takes the mail apart as a mail program does.
func TestMailIsReadable(t *testing.T) {
	t.Parallel()
	s := &sink{port: 25}
	data, err := mailer(t, s, nil).Bytes(digest())
	if err != nil {
		t.Fatal(err)
	}
	again, _ := mailer(t, s, nil).Bytes(digest())
	if string(again) != string(data) {
		t.Error("the same mail has other bytes")
	}
	golden(t, "testdata/digest.eml", data)
	msg, err := mail.ReadMessage(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
	if err != nil || subject != digest().Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	from, err := msg.Header.AddressList("From")
	if err != nil || from[0].Name != "Hai Cấp" || msg.Header.Get("Auto-Submitted") != "auto-generated" {
		t.Errorf("%v, %v", from, err)
	}
	if at, err := msg.Header.Date(); err != nil || !at.Equal(written) {
		t.Errorf("date %s, %v", at, err)
	}
	_, params, _ := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	parts := multipart.NewReader(msg.Body, params["boundary"])
	var texts []string
	for {
		p, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, p.Header.Get("Content-Type")+"\n"+strings.ReplaceAll(string(body), "\r\n", "\n"))
	}
	if len(texts) != 2 || !strings.HasPrefix(texts[0], "text/plain; charset=UTF-8") || !strings.HasPrefix(texts[1], "text/html; charset=UTF-8") {
		t.Fatalf("%d parts: %q", len(texts), texts)
	}
	for i, wants := range [][]string{
		{"Việc của tuần 48\n\nTính đến 23/11/2026.", "- Rà soát trụ sở dôi dư <sau sắp xếp>\n  Sở Tài chính · hạn 20/11/2026\n  https://haicap.example/m/1?a=1&b=2\n", "\n-- \nThư tự động"},
		{`<html lang="vi">`, `<a href="https://haicap.example/m/1?a=1&amp;b=2"`, "Rà soát trụ sở dôi dư &lt;sau sắp xếp&gt;", `href="#ZgotmplZ"`},
	} {
		for _, want := range wants {
			if !strings.Contains(texts[i], want) {
				t.Errorf("%q is missing in\n%s", want, texts[i])
			}
		}
	}
	if strings.Contains(texts[1], "javascript:") {
		t.Error("a link runs a script")
	}
}

func TestMessageIDs(t *testing.T) {
	t.Parallel()
	m := mailer(t, &sink{port: 25}, nil)
	if a, b := m.MessageID("a"), m.MessageID("a"); a != b || a == m.MessageID("b") || !strings.HasSuffix(a, "@tinh.example") {
		t.Error(a, b, m.MessageID("b"))
	}
	data, _ := m.Bytes(digest())
	if !strings.Contains(string(data), "\r\nMessage-ID: <"+m.MessageID(digest().Key)+">\r\n") {
		t.Errorf("%s", data)
	}
}

// TestMailFaults: every way in which a server refuses or fails, and whether trying again can help.
func TestMailFaults(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answers map[string]string
		kind    notify.FaultKind
		code    int
		taken   int
	}{
		"no such mailbox":           {map[string]string{"RCPT": "550 5.1.1 canbo@phuong.example unknown"}, notify.Permanent, 550, 0},
		"mailbox full":              {map[string]string{"RCPT": "452 4.2.2 full"}, notify.Temporary, 452, 0},
		"greylisted":                {map[string]string{"RCPT": "451 4.7.1 later"}, notify.Temporary, 451, 0},
		"sender refused":            {map[string]string{"MAIL": "553 no"}, notify.Permanent, 553, 0},
		"text refused":              {map[string]string{"END": "554 spam"}, notify.Permanent, 554, 1},
		"text not now":              {map[string]string{"END": "451 busy"}, notify.Temporary, 451, 1},
		"server closing":            {map[string]string{"GREET": "421 closing"}, notify.Temporary, 421, 0},
		"hangs up at once":          {map[string]string{"GREET": "hang up"}, notify.Temporary, 0, 0},
		"hangs up before the text":  {map[string]string{"MAIL": "hang up"}, notify.Temporary, 0, 0},
		"hangs up after the text":   {map[string]string{"END": "hang up"}, notify.Unclear, 0, 1},
		"hangs up after its thanks": {map[string]string{"RSET": "hang up", "QUIT": "hang up"}, -1, 0, 1},
		"offers no TLS":             {map[string]string{"EHLO": "250 sink"}, notify.Temporary, 0, 0},
		"login refused":             {map[string]string{"AUTH": "535 no"}, notify.Temporary, 535, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSink(t, false, c.answers)
			m := mailer(t, s, func(x *notify.Server) { x.User, x.Password = "haicap", "mật" })
			err := m.Send(t.Context(), digest())
			if len(s.taken()) != c.taken {
				t.Errorf("%d letters taken, want %d", len(s.taken()), c.taken)
			}
			if c.kind < 0 {
				if err != nil {
					t.Errorf("delivered, and yet %v: %v", err, errors.Unwrap(err))
				}
				return
			}
			var f *notify.Fault
			if !errors.As(err, &f) || f.Kind != c.kind || f.Code != c.code || notify.KindOf(err) != c.kind {
				t.Fatalf("%v (%v), want %s %d", err, errors.Unwrap(err), c.kind, c.code)
			}
			if strings.Contains(f.Error(), "canbo") || strings.Contains(f.Error(), "mật") {
				t.Errorf("the fault tells of somebody: %s", f)
			}
		})
	}
}

func TestServerIsDown(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &sink{port: l.Addr().(*net.TCPAddr).Port}
	_ = l.Close()
	if err := mailer(t, s, nil).Send(t.Context(), digest()); err == nil || notify.KindOf(err) != notify.Temporary {
		t.Error(err)
	}
	refused := errors.New("refused by the guard")
	m := mailer(t, s, func(x *notify.Server) {
		x.Dial = func(context.Context, string, string) (net.Conn, error) { return nil, refused }
	})
	if err := m.Send(t.Context(), digest()); !errors.Is(err, refused) {
		t.Error(err)
	}
	gone := newSink(t, false, nil)
	m = mailer(t, gone, func(x *notify.Server) { x.User, x.PasswordFile = "haicap", filepath.Join(t.TempDir(), "none") })
	if err := m.Send(t.Context(), digest()); notify.KindOf(err) != notify.Temporary || err == nil || len(gone.taken()) != 0 {
		t.Error(err)
	}
}

// TestUnknownAuthority: a certificate that nobody vouches for is refused, in both ways of TLS.
func TestUnknownAuthority(t *testing.T) {
	t.Parallel()
	for _, implicit := range []bool{false, true} {
		s := newSink(t, implicit, nil)
		m := mailer(t, s, func(x *notify.Server) {
			x.Roots = nil
			if implicit {
				x.Security = notify.TLS
			}
		})
		if err := m.Send(t.Context(), digest()); err == nil || len(s.taken()) != 0 {
			t.Errorf("implicit %v: %v", implicit, err)
		}
	}
}

func TestBadMails(t *testing.T) {
	t.Parallel()
	s := newSink(t, false, nil)
	m := mailer(t, s, nil)
	for name, change := range map[string]func(*notify.Mail){
		"no key":          func(x *notify.Mail) { x.Key = "" },
		"no address":      func(x *notify.Mail) { x.To = "canbo" },
		"two addresses":   func(x *notify.Mail) { x.To = "a@b.example, c@d.example" },
		"a name":          func(x *notify.Mail) { x.To = "A <a@b.example>" },
		"a second header": func(x *notify.Mail) { x.Subject = "Chào\r\nBcc: a@b.example" },
		"in the address":  func(x *notify.Mail) { x.To = "a@b.example\r\nBcc: c@d.example" },
	} {
		x := digest()
		change(&x)
		if err := m.Send(t.Context(), x); err == nil || notify.KindOf(err) != notify.Permanent {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(s.taken()) != 0 {
		t.Error("something was sent")
	}
}

func TestBadServers(t *testing.T) {
	t.Parallel()
	good := notify.Server{Host: "mail.example", Security: notify.StartTLS, From: "haicap@tinh.example", Dial: new(net.Dialer).DialContext}
	if m, err := notify.NewMailer(good); err != nil || m.Address() != "mail.example:587" {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*notify.Server){
		"no host":                func(s *notify.Server) { s.Host = "" },
		"no way to dial":         func(s *notify.Server) { s.Dial = nil },
		"no sender":              func(s *notify.Server) { s.From = "haicap" },
		"open, elsewhere":        func(s *notify.Server) { s.Security = notify.Open },
		"open, with a password":  func(s *notify.Server) { s.Host, s.Security, s.User, s.Password = "localhost", notify.Open, "a", "b" },
		"no such security":       func(s *notify.Server) { s.Security = "ssl" },
		"a user and no password": func(s *notify.Server) { s.User = "a" },
		"a password and no user": func(s *notify.Server) { s.Password = "a" },
		"two passwords":          func(s *notify.Server) { s.User, s.Password, s.PasswordFile = "a", "b", "c" },
		"a line break in a name": func(s *notify.Server) { s.FromName = "Hai\r\nCấp" },
	} {
		s := good
		change(&s)
		if _, err := notify.NewMailer(s); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

// golden compares data with a file, or writes it with -update.
func golden(t *testing.T, path string, data []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != string(data) {
		t.Errorf("%s is not what came out (%v):\n%s", path, err, data)
	}
}
