package cli

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"haicap/internal/app"
	"haicap/internal/dictionary"
	"haicap/internal/extract"
	"haicap/internal/gov"
	"haicap/internal/reader"
)

func readCommand() command {
	return command{name: "read", args: "FILE…", min: 1, max: -1, run: runRead,
		flags: []flag{{"json", ""}, {"text", ""}, {"html", ""}, {"extract", ""}, {"explain", ""}},
		examples: []string{"haicap read bien-ban.docx --text", "haicap read --json *.txt > ban-doc.jsonl",
			"haicap read --explain thong-bao.pdf", "haicap read --html bao-cao.docx > ban-doc.html", "haicap read --extract - < trang.html"}}
}

// A text is a document on its way to the reader.
type layered struct {
	name  string
	data  []byte
	layer extract.Layer
}

func runRead(ctx context.Context, c *call) error {
	form := "json"
	for _, f := range []string{"text", "html", "extract"} {
		if c.has(f) {
			if form != "json" || c.has("json") {
				return gov.Errorf(gov.Invalid, "error.cli_one_form")
			}
			form = f
		}
	}
	if (form == "html" || form == "extract") && len(c.args) > 1 {
		return gov.Errorf(gov.Invalid, "error.cli_one_file", "--"+form)
	}
	if strings.Count("\n"+strings.Join(c.args, "\n")+"\n", "\n-\n") > 1 {
		return gov.Errorf(gov.Invalid, "error.cli_one_stdin")
	}
	rd := c.reader()
	failed := exit(0)
	for _, file := range c.args {
		if ctx.Err() != nil {
			return exit(statusBroken)
		}
		out, err := c.readOne(ctx, file, form, rd)
		if err != nil {
			c.complain(file, err)
			failed = max(failed, exit(statusOf(err)))
			continue
		}
		if err := c.put(out); err != nil {
			return err
		}
	}
	if failed != 0 {
		return failed
	}
	return nil
}

// reader gives the reader with the register and the dictionary of the data folder, made when the first document needs it.
func (c *call) reader() func() (*reader.Reader, error) {
	units := c.units()
	return func() (*reader.Reader, error) {
		u, err := units()
		if err != nil {
			return nil, err
		}
		own, err := dictionary.In(c.settings.get("data")).Entries()
		if err != nil {
			return nil, err
		}
		return reader.New(u, reader.WithDictionary(own)), nil
	}
}

// readOne reads one file and gives what is to be printed.
func (c *call) readOne(ctx context.Context, file, form string, rd func() (*reader.Reader, error)) (string, error) {
	doc, err := c.load(ctx, file)
	if err != nil {
		return "", err
	}
	if form == "extract" {
		return doc.layer.Text, nil
	}
	r, err := rd()
	if err != nil {
		return "", err
	}
	reading := r.Read(reader.Source{Name: doc.name, SHA256: gov.SHA256(doc.data), Bytes: len(doc.data), Text: doc.layer.Text, Explain: c.has("explain"),
		Recognised: strings.Contains(doc.layer.Converted, "ocr")})
	if err := gov.RefuseSecret(reading.Document.Number); err != nil {
		return "", err
	}
	switch form {
	case "text":
		return c.readingText(reading, doc.layer.Text), nil
	case "html":
		return c.readingHTML(reading, doc.layer.Text), nil
	}
	var b strings.Builder
	jsonLine(&b, reading)
	return b.String(), nil
}

// load takes a file (or "-", standard input) into memory and makes its text layer. The same documents are refused as everywhere.
func (c *call) load(ctx context.Context, file string) (layered, error) {
	doc := layered{name: filepath.Base(file)}
	in := c.stdin
	if file == "-" {
		doc.name = "stdin"
	} else {
		f, err := openFile(file)
		if err != nil {
			return doc, err
		}
		defer f.Close()
		in = f
	}
	var err error
	if doc.data, err = io.ReadAll(io.LimitReader(in, gov.MaxFileBytes+1)); err != nil {
		return doc, gov.Errorf(gov.Invalid, "error.cli_file_unreadable", file).Because(err)
	}
	doc.layer, err = app.LayerOf(ctx, doc.name, doc.data)
	return doc, err
}

func openFile(file string) (*os.File, error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, gov.Errorf(gov.NotFound, "error.cli_file_missing", file)
	case err != nil:
		return nil, gov.Errorf(gov.Invalid, "error.cli_file_unreadable", file).Because(err)
	case info.IsDir():
		return nil, gov.Errorf(gov.Invalid, "error.cli_file_is_folder", file)
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, gov.Errorf(gov.Invalid, "error.cli_file_unreadable", file).Because(err)
	}
	return f, nil
}
