package cli

import (
	"slices"
	"strings"

	"haicap/internal/gov"
)

// parsed is a command line taken apart.
type parsed struct {
	words []string          // command and arguments
	flags map[string]string // by name; a flag that takes nothing has the value ""
	help  bool
}

// parse takes flags anywhere before a lone "--". One name means the same flag for every command, so the command need not be
// known yet.
func parse(args []string) (parsed, error) {
	p := parsed{flags: map[string]string{}}
	for i := 0; i < len(args); i++ {
		a := args[i]
		switch {
		case a == "--":
			p.words = append(p.words, args[i+1:]...)
			return p, nil
		case a == "-h" || a == "--help":
			p.help = true
			continue
		case a == "-" || !strings.HasPrefix(a, "-"):
			p.words = append(p.words, a)
			continue
		}
		name, value, hasValue := strings.Cut(strings.TrimLeft(a, "-"), "=")
		f, ok := flagNamed(name)
		switch {
		case !ok || strings.HasPrefix(a, "---") || !strings.HasPrefix(a, "--"):
			return p, gov.Errorf(gov.Invalid, "error.cli_flag_unknown", a)
		case f.value == "" && hasValue:
			return p, gov.Errorf(gov.Invalid, "error.cli_flag_takes_nothing", "--"+name)
		case f.value != "" && !hasValue && i+1 == len(args):
			return p, gov.Errorf(gov.Invalid, "error.cli_flag_needs_value", "--"+name, f.value)
		case f.value != "" && !hasValue:
			i++
			value = args[i]
		}
		if old, twice := p.flags[name]; twice && old != value {
			return p, gov.Errorf(gov.Invalid, "error.cli_flag_twice", "--"+name)
		}
		p.flags[name] = value
	}
	return p, nil
}

// flagNamed finds a flag among the settings and the commands' own.
func flagNamed(name string) (flag, bool) {
	for _, s := range settings {
		if s.flag == name && name != "" {
			return flag{s.flag, s.value}, true
		}
	}
	for _, cmd := range commands() {
		for _, f := range cmd.flags {
			if f.name == name {
				return f, true
			}
		}
	}
	return flag{}, false
}

// choose finds the command with the longest name that the words begin with, and gives its arguments. No command and no error: nothing
// was asked for.
func choose(p parsed) (*command, []string, error) {
	if len(p.words) == 0 {
		return nil, nil, nil
	}
	var found *command
	var rest []string
	for _, cmd := range commands() {
		name := strings.Fields(cmd.name)
		if len(p.words) >= len(name) && slices.Equal(p.words[:len(name)], name) && (found == nil || len(cmd.name) > len(found.name)) {
			found, rest = &cmd, p.words[len(name):]
		}
	}
	if found != nil {
		return found, rest, nil
	}
	if group := groupOf(p.words[0]); len(group) > 0 {
		if p.help {
			return nil, p.words, nil
		}
		return nil, nil, gov.Errorf(gov.Invalid, "error.cli_command_part", strings.Join(group, ", "))
	}
	return nil, nil, gov.Errorf(gov.Invalid, "error.cli_command_unknown", p.words[0])
}

// groupOf lists the commands whose names begin with the word.
func groupOf(word string) []string {
	var names []string
	for _, cmd := range commands() {
		if strings.HasPrefix(cmd.name, word+" ") {
			names = append(names, "haicap "+cmd.name)
		}
	}
	return names
}

// accept checks that the command takes the flags and as many arguments.
func accept(cmd command, p parsed, words []string) error {
	for name := range p.flags {
		own := slices.ContainsFunc(cmd.flags, func(f flag) bool { return f.name == name })
		set := slices.ContainsFunc(settingsOf(cmd), func(s setting) bool { return s.flag == name })
		if !own && !set {
			return gov.Errorf(gov.Invalid, "error.cli_flag_elsewhere", cmd.name, "--"+name)
		}
	}
	switch {
	case len(words) < cmd.min:
		return gov.Errorf(gov.Invalid, "error.cli_args_missing", cmd.name+" "+cmd.args)
	case cmd.max >= 0 && len(words) > cmd.max:
		return gov.Errorf(gov.Invalid, "error.cli_args_many", words[cmd.max], strings.TrimSpace(cmd.name+" "+cmd.args))
	}
	return nil
}
