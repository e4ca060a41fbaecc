// Command haicap is the whole program: web interface, command line and demo. Package cli has what it does.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"haicap/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := cli.Run(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}
