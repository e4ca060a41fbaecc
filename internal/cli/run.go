package cli

import (
	"context"
	"crypto/rand"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"haicap/internal/gov"
	"haicap/internal/lang"
)

// The exit statuses.
const (
	statusDone    = 0
	statusBroken  = 1
	statusRefused = 2
)

// A command is one thing that the program does. Its texts are in the catalogue: "cli.NAME" (one line) and "cli.NAME.help", with a dot
// for each space of the name.
type command struct {
	name     string   // "units find"
	args     string   // what follows the name: "FILE…"
	min, max int      // how many arguments; max -1: any number
	settings []string // keys of settings that it uses besides data and lang
	flags    []flag   // of its own
	examples []string
	run      func(ctx context.Context, c *call) error
}

// A flag is an option of one or several commands; its text in the catalogue is "cli.flag.NAME".
type flag struct {
	name  string
	value string // what the flag takes: "CODE"; empty: nothing, it is there or not
}

// commands is the table of all commands, in the order in which help shows them.
func commands() []command {
	return []command{
		demoCommand(), initCommand(), accountAddCommand(), accountLinkCommand(), serveCommand(), migrateCommand(),
		readCommand(), evalCommand(), goldExportCommand(), briefCommand(), dueCommand(), calendarCommand(),
		dictionaryListCommand(), dictionaryAddCommand(), dictionaryRemoveCommand(),
		unitsFindCommand(), unitsShowCommand(), unitsAtCommand(), unitsLineageCommand(), unitsImportCommand(), unitsBoundariesCommand(),
		auditVerifyCommand(), auditHeadCommand(), auditKeyCommand(), auditProofCommand(), auditCheckCommand(),
		backupCommand(), restoreCommand(), doctorCommand(), jobsCommand(), generateCommand(), benchBackupCommand(),
		figuresImportCommand(), figuresExportCommand(), figuresCountryCommand(), figuresTemplateCommand(), benchFiguresCommand(), benchMattersCommand(),
		configDumpCommand(), versionCommand(), helpCommand(),
	}
}

// A call is one run of a command.
type call struct {
	lang     lang.Lang
	settings values
	flags    map[string]string // own flags that were given
	args     []string
	stdin    io.Reader
	stdout   io.Writer
	stderr   io.Writer

	now   gov.Clock      // nil: the machine's clock; tests set another
	roots *x509.CertPool // who may vouch for a mail server; nil: the machine's authorities
}

func (c *call) has(flag string) bool { _, ok := c.flags[flag]; return ok }

// say writes a line for people to standard error.
func (c *call) say(key string, args ...any) { fmt.Fprintln(c.stderr, c.lang.T(key, args...)) }

// put writes to standard output and gives the error: a full disk or a closed pipe must not look like success.
func (c *call) put(s string) error {
	_, err := io.WriteString(c.stdout, s)
	return err
}

// logger writes the program's own log to standard error, a line for each event: as JSON, or as text for a person who watches.
func (c *call) logger() *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.settings.get("log_level"))) // checked with the settings
	opts := &slog.HandlerOptions{Level: level}
	if c.settings.get("log_format") == "text" {
		return slog.New(slog.NewTextHandler(c.stderr, opts))
	}
	return slog.New(slog.NewJSONHandler(c.stderr, opts))
}

// An exit is an exit status whose reasons have been said already.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// Main is the program as the operating system calls it. The first interrupt or SIGTERM lets it end in good order; the second ends it at once.
func Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	return Run(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr)
}

// Run does what args say and returns the exit status. It ends early, in good order, when ctx is done.
func Run(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := &call{lang: languageOf(args, getenv), stdin: stdin, stdout: stdout, stderr: stderr}
	err := c.dispatch(ctx, args, getenv)
	var said exit
	switch {
	case err == nil:
		return statusDone
	case errors.As(err, &said):
		return int(said)
	}
	c.complain("", err)
	return statusOf(err)
}

func (c *call) dispatch(ctx context.Context, args []string, getenv func(string) string) error {
	p, err := parse(args)
	if err != nil {
		return err
	}
	cmd, words, err := choose(p)
	switch {
	case err != nil:
		return err
	case cmd == nil && len(words) == 0 && !p.help:
		_ = c.overview(c.stderr)
		return exit(statusRefused)
	case cmd == nil:
		return c.overview(c.stdout)
	case p.help:
		return c.help(*cmd)
	}
	if err := accept(*cmd, p, words); err != nil {
		return err
	}
	if c.settings, err = resolve(p.flags, getenv); err != nil {
		return err
	}
	c.flags, c.args = p.flags, words
	return cmd.run(ctx, c)
}

// statusOf is the exit status for an error.
func statusOf(err error) int {
	switch gov.CodeOf(err) {
	case "":
		return statusDone
	case gov.Internal, gov.Unavailable:
		return statusBroken
	}
	return statusRefused
}

// complain writes the error's sentence to standard error, after the name of what it is about. What is not meant for people goes
// to the log, under a number that the sentence gives.
func (c *call) complain(about string, err error) {
	if about != "" {
		about += ": "
	}
	fmt.Fprintf(c.stderr, "haicap: %s%s\n", about, c.sentence(err))
}

func (c *call) sentence(err error) string {
	var e *gov.Error
	if errors.As(err, &e) && e.Code != gov.Internal && lang.Has(e.Key) {
		if e.Code == gov.Unavailable && e.Err != nil {
			c.logger().Error("unavailable", "cause", e.Err.Error())
		}
		return c.lang.T(e.Key, e.Args...)
	}
	b := make([]byte, 4)
	_, _ = rand.Read(b)
	number := hex.EncodeToString(b)
	c.logger().Error("internal", "number", number, "cause", err.Error())
	return c.lang.T("error.internal", number)
}

// languageOf finds the language before anything else is understood, so that every sentence is in it.
func languageOf(args []string, getenv func(string) string) lang.Lang {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			return lang.Parse(v)
		}
		if a == "--lang" && i+1 < len(args) {
			return lang.Parse(args[i+1])
		}
	}
	if v := getenv("HAICAP_LANG"); v != "" {
		return lang.Parse(v)
	}
	return lang.Parse(getenv("LANG"))
}
