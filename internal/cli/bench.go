package cli

import (
	"context"
	"os"
	"path/filepath"

	"haicap/internal/gov"
)

// inTemp hands over a temporary folder, and takes it away afterwards.
func inTemp(f func(top string) error) error {
	top, err := os.MkdirTemp("", "haicap-bench-")
	if err != nil {
		return gov.Errorf(gov.Unavailable, "error.cli_data_folder", os.TempDir()).Because(err)
	}
	defer func() { _ = os.RemoveAll(top) }()
	return f(top)
}

// inBench hands over a temporary folder and a data folder of the province in it with nothing in it, whatever database was given.
func (c *call) inBench(ctx context.Context, province string, f func(top string, p *parts) error) error {
	c.settings["db"] = value{}
	return inTemp(func(top string) error {
		return c.inEmpty(ctx, filepath.Join(top, "data"), province, func(p *parts) error { return f(top, p) })
	})
}

// inEmpty begins a data folder where there is none, and hands over the program put together over it.
func (c *call) inEmpty(ctx context.Context, dir, province string, f func(p *parts) error) error {
	c.settings["data"] = value{text: dir}
	if err := c.beginEmpty(ctx, province); err != nil {
		return err
	}
	p, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	return f(p)
}
