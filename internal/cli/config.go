package cli

import (
	"context"
	"fmt"
	"strings"
)

func configDumpCommand() command {
	all := make([]string, len(settings))
	for i, s := range settings {
		all[i] = s.key
	}
	return command{name: "config dump", settings: all, examples: []string{"haicap config dump", "HAICAP_LISTEN=127.0.0.1:9000 haicap config dump"}, run: runConfigDump}
}

// runConfigDump prints each setting in the form of an environment file, with the place that it came from. Secrets are not printed.
func runConfigDump(_ context.Context, c *call) error {
	var b strings.Builder
	for _, s := range settings {
		v := c.settings[s.key]
		from := v.from
		if from == "" {
			from = c.lang.T("cli.from_default")
		}
		fmt.Fprintf(&b, "%s# %s\n", column(s.env+"="+redact(s, v.text), 48), from)
	}
	return c.put(b.String())
}
