package cli

import (
	"cmp"
	"net"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"

	"haicap/internal/access/oidc"
	"haicap/internal/gov"
	"haicap/internal/outgoing"
	"haicap/internal/web"
)

// A setting is something that whoever runs the program decides. Its text in the catalogue is "cli.setting.KEY".
type setting struct {
	key    string
	flag   string // empty: not on the command line
	value  string // what the flag takes, in one word
	hint   string // what it takes, where one word says too little
	env    string
	def    string
	secret secrecy
	check  func(value string) error // of a value that is not empty; nil: anything
}

// secrecy says what of a setting may be shown.
type secrecy int

const (
	public   secrecy = iota
	urlField         // a password may stand inside
	hidden           // only whether it is set
)

// settings is the whole configuration.
var settings = []setting{
	{key: "data", flag: "data", value: "DIR", env: "HAICAP_DATA", def: "data"},
	{key: "lang", flag: "lang", value: "vi|en", env: "HAICAP_LANG", check: checkLang},
	{key: "listen", flag: "listen", value: "HOST:PORT", hint: "127.0.0.1:8080", env: "HAICAP_LISTEN", def: "127.0.0.1:8080", check: checkListen},
	{key: "https", flag: "https", value: "yes|no", env: "HAICAP_HTTPS", def: "no", check: checkYesNo},
	{key: "tls_cert", flag: "tls-cert", value: "FILE", env: "HAICAP_TLS_CERT", check: checkFile},
	{key: "tls_key", flag: "tls-key", value: "FILE", env: "HAICAP_TLS_KEY", check: checkFile},
	{key: "public_url", flag: "public-url", value: "URL", hint: "https://haicap.tinh.gov.vn", env: "HAICAP_PUBLIC_URL", check: checkPublicURL},
	{key: "proxy", flag: "proxy", value: "ADDRESS,…", hint: "10.0.0.5,10.1.0.0/16", env: "HAICAP_PROXY", check: checkProxy},
	{key: "outgoing", flag: "outgoing", value: "HOST,…", hint: "hooks.tinh.gov.vn,sso.lan@10.2.0.0/16", env: "HAICAP_OUTGOING", check: checkOutgoing},
	{key: "mail_server", flag: "mail-server", value: "HOST[:PORT]", hint: "mail.tinh.gov.vn:587", env: "HAICAP_MAIL_SERVER", check: checkMailServer},
	{key: "mail_security", flag: "mail-security", value: "starttls|tls|none", env: "HAICAP_MAIL_SECURITY", def: "starttls", check: checkSecurity},
	{key: "mail_user", flag: "mail-user", value: "NAME", env: "HAICAP_MAIL_USER"},
	{key: "mail_password_file", flag: "mail-password-file", value: "FILE", env: "HAICAP_MAIL_PASSWORD_FILE", check: checkFile},
	{key: "mail_from", flag: "mail-from", value: "ADDRESS", hint: "haicap@tinh.gov.vn", env: "HAICAP_MAIL_FROM"},
	{key: "mail_from_name", flag: "mail-from-name", value: "TEXT", env: "HAICAP_MAIL_FROM_NAME", def: "Hai Cấp"},
	{key: "remind_at", flag: "remind-at", value: "HH:MM", env: "HAICAP_REMIND_AT", def: "07:00", check: checkClock},
	{key: "metrics", flag: "metrics", value: "HOST:PORT", hint: "127.0.0.1:9090", env: "HAICAP_METRICS", check: checkListen},
	{key: "second_factor", flag: "second-factor", value: "off|offered|required", env: "HAICAP_SECOND_FACTOR", def: "offered", check: checkSecond},
	{key: "oidc_issuer", flag: "oidc-issuer", value: "URL", hint: "https://sso.tinh.gov.vn", env: "HAICAP_OIDC_ISSUER", check: checkIssuer},
	{key: "oidc_client_id", flag: "oidc-client-id", value: "ID", env: "HAICAP_OIDC_CLIENT_ID"},
	{key: "oidc_client_secret_file", flag: "oidc-client-secret-file", value: "FILE", env: "HAICAP_OIDC_CLIENT_SECRET_FILE", check: checkFile},
	{key: "oidc_match", flag: "oidc-match", value: "subject|login", env: "HAICAP_OIDC_MATCH", def: "subject", check: checkMatch},
	{key: "db", flag: "db", value: "URL", hint: "postgres://USER@HOST/NAME", env: "HAICAP_DB", secret: urlField, check: checkDB},
	{key: "db_password_file", flag: "db-password-file", value: "FILE", env: "HAICAP_DB_PASSWORD_FILE", check: checkFile},
	{key: "db_password", env: "HAICAP_DB_PASSWORD", secret: hidden},
	{key: "audit_key_file", flag: "audit-key-file", value: "FILE", env: "HAICAP_AUDIT_KEY_FILE"},
	{key: "backup_dir", flag: "backup-dir", value: "DIR", env: "HAICAP_BACKUP_DIR"},
	{key: "backup_at", flag: "backup-at", value: "HH:MM", env: "HAICAP_BACKUP_AT", def: "02:00", check: checkClock},
	{key: "backup_keep", flag: "backup-keep", value: "NUMBER", env: "HAICAP_BACKUP_KEEP", def: "14", check: checkKeep},
	{key: "backup_recipient", flag: "recipient", value: "KEY|FILE", hint: "age1…", env: "HAICAP_BACKUP_RECIPIENT", check: checkRecipient},
	{key: "log_format", flag: "log-format", value: "json|text", env: "HAICAP_LOG_FORMAT", def: "json", check: checkLogFormat},
	{key: "log_level", flag: "log-level", value: "LEVEL", hint: "debug|info|warn|error", env: "HAICAP_LOG_LEVEL", def: "info", check: checkLevel},
}

// always are the settings of every command.
var always = []string{"data", "lang"}

// settingsOf lists the settings that a command uses, in the order of the table.
func settingsOf(cmd command) []setting {
	var out []setting
	for _, s := range settings {
		if slices.Contains(always, s.key) || slices.Contains(cmd.settings, s.key) {
			out = append(out, s)
		}
	}
	return out
}

// A value is a setting as it was found.
type value struct {
	text string
	from string // flag or environment variable; empty: the default
}

// values are the settings of one run.
type values map[string]value

func (v values) get(key string) string { return v[key].text }

// resolve finds each setting: flag, environment, default. Each is checked, and those that do not go together are refused.
func resolve(flags map[string]string, getenv func(string) string) (values, error) {
	v := values{}
	for _, s := range settings {
		found := value{text: s.def}
		if e := getenv(s.env); e != "" {
			found = value{e, s.env}
		}
		if f, ok := flags[s.flag]; ok && s.flag != "" {
			found = value{f, "--" + s.flag}
		}
		if found.from != "" && s.key == "data" && strings.TrimSpace(found.text) == "" {
			return nil, gov.Errorf(gov.Invalid, "error.cli_setting", found.from, "", "DIR")
		}
		if s.check != nil && found.text != "" {
			if err := s.check(found.text); err != nil {
				return nil, gov.Errorf(gov.Invalid, "error.cli_setting", found.from, redact(s, found.text), cmp.Or(s.hint, s.value)).Because(err)
			}
		}
		v[s.key] = found
	}
	if v.get("db_password_file") != "" && v.get("db_password") != "" {
		return nil, gov.Errorf(gov.Invalid, "error.cli_password_twice")
	}
	if v.get("oidc_issuer") != "" && (v.get("oidc_client_id") == "" || v.get("public_url") == "") {
		return nil, gov.Errorf(gov.Invalid, "error.cli_oidc")
	}
	if (v.get("tls_cert") == "") != (v.get("tls_key") == "") {
		return nil, gov.Errorf(gov.Invalid, "error.cli_tls_pair")
	}
	return v, nil
}

// redact is the value of a setting as it may be shown.
func redact(s setting, text string) string {
	switch {
	case text == "" || s.secret == public:
		return text
	case s.secret == hidden:
		return "***"
	}
	u, err := url.Parse(text)
	if err != nil {
		return "***"
	}
	q := u.Query()
	for _, k := range []string{"password", "sslpassword"} {
		if q.Has(k) {
			q.Set(k, "***")
			u.RawQuery = q.Encode()
		}
	}
	return strings.ReplaceAll(u.Redacted(), ":xxxxx@", ":***@")
}

var errSetting = gov.Errorf(gov.Invalid, "error.cli_setting")

func checkLang(s string) error {
	if s != "vi" && s != "en" {
		return errSetting
	}
	return nil
}

func checkYesNo(s string) error {
	if s != "yes" && s != "no" {
		return errSetting
	}
	return nil
}

func checkIssuer(s string) error {
	_, err := oidc.New(oidc.Config{Issuer: s, ClientID: "-"})
	return err
}

func checkMatch(s string) error {
	if s != "subject" && s != "login" {
		return errSetting
	}
	return nil
}

func checkSecond(s string) error {
	if !slices.Contains([]string{"off", "offered", "required"}, s) {
		return errSetting
	}
	return nil
}

// checkPublicURL wants scheme and host and nothing else: the program answers at the root of its address.
func checkPublicURL(s string) error {
	u, err := url.Parse(s)
	if err != nil {
		return err
	}
	if (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.User != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		return errSetting
	}
	return nil
}

func checkProxy(s string) error {
	_, err := web.ParseProxies(s)
	return err
}

func checkOutgoing(s string) error {
	_, err := outgoing.ParseRules(s)
	return err
}

func checkLogFormat(s string) error {
	if s != "json" && s != "text" {
		return errSetting
	}
	return nil
}

func checkListen(s string) error {
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return err
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return err
}

func checkDB(s string) error {
	u, err := url.Parse(s)
	if err != nil {
		return err
	}
	if (u.Scheme != "postgres" && u.Scheme != "postgresql") || strings.Trim(u.Path, "/") == "" {
		return errSetting
	}
	return nil
}

func checkFile(s string) error {
	f, err := os.Open(s)
	if err != nil {
		return err
	}
	return f.Close()
}

func checkLevel(s string) error {
	if !slices.Contains([]string{"debug", "info", "warn", "error"}, s) {
		return errSetting
	}
	return nil
}
