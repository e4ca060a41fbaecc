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
	return c.put(fmt.Sprintf("haicap %s (%s, %s/%s)\n", release(), runtime.Version(), runtime.GOOS, runtime.GOARCH))
}

// release is the version with the build's revision, where it is known.
func release() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return version
	}
	out := version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			out += " " + s.Value[:12]
		}
	}
	return out
}
