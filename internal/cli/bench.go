package cli

import (
	"context"
	"os"
	"path/filepath"

	"haicap/internal/gov"
)

// inBench makes a temporary folder with an empty data folder of the province in it, hands both over, and takes them away afterwards. The books are
// in a database of the folder; a command that takes --db keeps the one that it was given.
func (c *call) inBench(ctx context.Context, province string, f func(top string, p *parts) error) error {
	top, err := os.MkdirTemp("", "haicap-bench-")
	if err != nil {
		return gov.Errorf(gov.Unavailable, "error.cli_data_folder", os.TempDir()).Because(err)
	}
	defer func() { _ = os.RemoveAll(top) }()
	return c.inEmpty(ctx, filepath.Join(top, "data"), province, func(p *parts) error { return f(top, p) })
}

// inEmpty begins a data folder and hands over the program put together over it.
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
