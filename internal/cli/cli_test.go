package cli

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"haicap/internal/lang"
	"haicap/internal/store/pgtest"
)

// TestMain makes the test binary the program itself: in scripts "haicap" is Run in a process of its own.
func TestMain(m *testing.M) {
	testscript.Main(withServer{m}, map[string]func(){
		"haicap-crash": crashWorker,
		"haicap-main":  func() { os.Exit(Main()) },
		"haicap": func() {
			os.Exit(Run(context.Background(), os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// cleanEnv keeps the machine's own settings out of a script.
func cleanEnv(e *testscript.Env) error {
	for _, s := range settings {
		e.Setenv(s.env, "")
	}
	e.Setenv("LANG", "")
	return nil
}

// withServer stops the private PostgreSQL, if a test has started it, before the program ends.
type withServer struct{ m *testing.M }

func (w withServer) Run() int { return pgtest.Run(w.m) }

func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", Setup: cleanEnv, RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": scriptStatus, "make": scriptMake, "listing": scriptListing, "width": scriptWidth, "jsonl": scriptJSONL, "cut": scriptCut, "spoil": scriptSpoil,
		},
	})
}

// run is Run in this process, with nothing in the environment.
func run(t *testing.T, env map[string]string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = Run(t.Context(), args, func(k string) string { return env[k] }, strings.NewReader(""), &out, &errs)
	return status, out.String(), errs.String()
}

func TestHelpTeaches(t *testing.T) {
	t.Parallel()
	for _, l := range []lang.Lang{lang.VI, lang.EN} {
		for _, cmd := range commands() {
			status, out, errs := run(t, nil, append(strings.Fields(cmd.name), "--help", "--lang", string(l))...)
			if status != 0 || errs != "" {
				t.Errorf("%s: status %d, %s", cmd.name, status, errs)
			}
			for _, want := range append([]string{"EXIT STATUS", "haicap " + cmd.name, "--data DIR", "HAICAP_LANG"}, cmd.examples...) {
				if !strings.Contains(out, want) {
					t.Errorf("%s: the help in %s lacks %q", cmd.name, l, want)
				}
			}
			if len(cmd.examples) == 0 {
				t.Errorf("%s has no example", cmd.name)
			}
			if i := strings.Index(out, "[cli."); i >= 0 {
				t.Errorf("%s: no text in the catalogue: %.40s", cmd.name, out[i:])
			}
			for line := range strings.Lines(out) {
				if n := len([]rune(line)); n > 112 && !strings.HasPrefix(line, "  haicap") && !strings.HasPrefix(line, "  HAICAP") {
					t.Errorf("%s: a line of %d characters: %s", cmd.name, n, line)
				}
			}
		}
	}
}

func TestTablesAgree(t *testing.T) {
	t.Parallel()
	takes := map[string]string{}
	for _, s := range settings {
		if s.flag != "" {
			takes[s.flag] = s.value
		}
		if !strings.HasPrefix(s.env, "HAICAP_") || !lang.Has("cli.setting."+s.key) {
			t.Errorf("setting %s has no text or a foreign variable %s", s.key, s.env)
		}
		if s.check != nil && s.def != "" && s.check(s.def) != nil {
			t.Errorf("the default of %s does not pass its own check", s.key)
		}
	}
	for _, cmd := range commands() {
		for _, f := range cmd.flags {
			if v, ok := takes[f.name]; ok && v != f.value {
				t.Errorf("--%s takes %q here and %q there", f.name, f.value, v)
			}
			takes[f.name] = f.value
		}
		for _, key := range cmd.settings {
			if len(settingsOf(command{settings: []string{key}})) != len(always)+1 && key != "data" && key != "lang" {
				t.Errorf("%s uses the unknown setting %s", cmd.name, key)
			}
		}
	}
}

func TestPasswordStaysOut(t *testing.T) {
	t.Parallel()
	env := map[string]string{"HAICAP_DB": "postgres://haicap:bimat1@db/haicap?sslmode=disable&password=bimat2", "HAICAP_DB_PASSWORD": "bimat3"}
	status, out, errs := run(t, env, "config", "dump")
	if status != 0 || strings.Contains(out+errs, "bimat") || !strings.Contains(out, "HAICAP_DB_PASSWORD=***") || !strings.Contains(out, "postgres://haicap:***@db/haicap") {
		t.Errorf("status %d\n%s%s", status, out, errs)
	}
	env["HAICAP_DB"] = "mysql://haicap:bimat1@db/haicap"
	status, out, errs = run(t, env, "config", "dump")
	if status != 2 || strings.Contains(out+errs, "bimat") || !strings.Contains(errs, "HAICAP_DB") {
		t.Errorf("a wrong address: status %d\n%s%s", status, out, errs)
	}
}
