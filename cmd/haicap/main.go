// Command haicap is the whole program: web interface, command line and demo. Package cli has what it does.
package main

import (
	"os"

	"haicap/internal/cli"
)

func main() { os.Exit(cli.Main()) }
