package cli

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is the release; between releases the build's own revision says more.
const version = "0.1.0"

func versionCommand() command {
	return command{name: "version", examples: []string{"haicap version"}, run: runVersion}
}

func runVersion(_ context.Context, c *call) error {
	revision := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 12 {
				revision = " " + s.Value[:12]
			}
		}
	}
	return c.put(fmt.Sprintf("haicap %s%s (%s, %s/%s)\n", version, revision, runtime.Version(), runtime.GOOS, runtime.GOARCH))
}
