package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"haicap/internal/gov"
)

func helpCommand() command {
	return command{name: "help", args: "[COMMAND]", max: 2, examples: []string{"haicap help read"}, run: runHelp}
}

func runHelp(_ context.Context, c *call) error {
	if len(c.args) == 0 {
		return c.overview(c.stdout)
	}
	cmd, rest, err := choose(parsed{words: c.args, help: true})
	switch {
	case err != nil:
		return err
	case cmd == nil:
		return c.overview(c.stdout)
	case len(rest) > 0:
		return gov.Errorf(gov.Invalid, "error.cli_command_unknown", strings.Join(c.args, " "))
	}
	return c.help(*cmd)
}

// textKey is where the catalogue has a command's texts.
func textKey(cmd command) string { return "cli." + strings.ReplaceAll(cmd.name, " ", ".") }

// overview lists all commands.
func (c *call) overview(w io.Writer) error {
	var b strings.Builder
	b.WriteString(c.lang.T("cli.overview") + "\n\n" + c.lang.T("cli.head.commands") + "\n")
	for _, cmd := range commands() {
		fmt.Fprintf(&b, "  haicap %s\n", column(cmd.name, 19)+c.lang.T(textKey(cmd)))
	}
	b.WriteString("\n" + c.lang.T("cli.more") + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// help teaches one command.
func (c *call) help(cmd command) error {
	var b strings.Builder
	fmt.Fprintf(&b, "haicap %s: %s\n\n%s\n  haicap %s\n\n", cmd.name, c.lang.T(textKey(cmd)), c.lang.T("cli.head.usage"), usage(cmd))
	b.WriteString(wrap(c.lang.T(textKey(cmd)+".help"), "", 100) + "\n")
	section := func(key string, lines []string) {
		if len(lines) > 0 {
			fmt.Fprintf(&b, "\n%s\n%s", c.lang.T(key), strings.Join(lines, ""))
		}
	}
	var own, shared []string
	for _, f := range cmd.flags {
		own = append(own, option("--"+strings.TrimSpace(f.name+" "+f.value), c.lang.T("cli.flag."+f.name)))
	}
	for _, s := range settingsOf(cmd) {
		shared = append(shared, option(settingName(s), c.settingText(s)))
	}
	section("cli.head.options", own)
	section("cli.head.settings", shared)
	section("cli.head.examples", indent(cmd.examples))
	section("cli.head.status", []string{option("0", c.lang.T("cli.status.0")), option("1", c.lang.T("cli.status.1")), option("2", c.lang.T("cli.status.2"))})
	return c.put(b.String())
}

func usage(cmd command) string {
	s := cmd.name
	for _, f := range cmd.flags {
		s += " [--" + strings.TrimSpace(f.name+" "+f.value) + "]"
	}
	return strings.TrimSpace(s + " " + cmd.args)
}

func settingName(s setting) string {
	if s.flag == "" {
		return s.env
	}
	return "--" + s.flag + " " + s.value
}

// settingText is what a setting is for, where else it can be given and what it is by itself.
func (c *call) settingText(s setting) string {
	text := c.lang.T("cli.setting." + s.key)
	if s.flag != "" {
		text += " " + c.lang.T("cli.setting_env", s.env)
	}
	if s.def != "" {
		text += " " + c.lang.T("cli.setting_default", s.def)
	}
	return text
}

// option lays out one entry of a list: the text beside a short name, below a long one.
func option(name, text string) string {
	const left = 14
	lines := wrap(text, strings.Repeat(" ", left), 100)
	if len([]rune(name)) > left-4 {
		return "  " + name + "\n" + lines + "\n"
	}
	return "  " + column(name, left-2) + strings.TrimLeft(lines, " ") + "\n"
}

func indent(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = "  " + l + "\n"
	}
	return out
}

// column pads s to a width in characters, with at least one space behind it.
func column(s string, width int) string {
	return s + strings.Repeat(" ", max(1, width-len([]rune(s))))
}

// wrap breaks each paragraph (a line of s) at spaces into lines of at most width characters that begin with prefix.
func wrap(s, prefix string, width int) string {
	var out []string
	for _, para := range strings.Split(s, "\n") {
		line := prefix
		for _, word := range strings.Fields(para) {
			if len(line) > len(prefix) && len([]rune(line))+1+len([]rune(word)) > width {
				out = append(out, line)
				line = prefix
			}
			if len(line) > len(prefix) {
				line += " "
			}
			line += word
		}
		out = append(out, strings.TrimRight(line, " "))
	}
	return strings.Join(out, "\n")
}
