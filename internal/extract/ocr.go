package extract

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"haicap/internal/text"
)

// An OCR reads scans and pictures with programs that are installed beside this one: tesseract recognises the letters, pdftoppm draws
// the pages of a PDF. The zero value has neither and refuses what needs them.
//
// Nothing is written to a disk: the programs take the file from a pipe and give their result to one, and with prlimit, where that is
// installed, they cannot leave a core file either. So a document that turns out to be secret leaves no trace here.
type OCR struct {
	tesseract, pdftoppm string
	wrap                []string // what the programs are run under: prlimit with the limits
}

// The limits of a recognition. A page of A4 takes two to three seconds and 130 MB.
const (
	maxOCRPages  = 50
	maxOCRTime   = 100 * time.Second // of a whole file; a page on the web waits for it
	maxPageTime  = 60 * time.Second
	maxOCRMemory = 2 << 30
	pageSide     = 3508 // dots of a page's longer side: A4 at 300 to the inch
	maxOCROutput = 8 << 20
	maxOCRWords  = 1 << 15 // on one page
)

// ocrSlots bounds how many pages are recognised at one time in the whole program.
var ocrSlots = make(chan struct{}, max(1, runtime.NumCPU()))

// FindOCR finds the programs that are installed.
func FindOCR() OCR {
	find := func(name string) string {
		path, err := exec.LookPath(name)
		if err != nil {
			return ""
		}
		return path
	}
	o := OCR{tesseract: find("tesseract"), pdftoppm: find("pdftoppm")}
	if prlimit := find("prlimit"); prlimit != "" {
		o.wrap = []string{prlimit, "--core=0", "--as=" + strconv.Itoa(maxOCRMemory), "--"}
	}
	return o
}

// Extract makes the text layer of a file as the function of the same name does, and that of scans and pictures as well.
func (o OCR) Extract(ctx context.Context, name string, data []byte) (Layer, error) {
	switch {
	case len(data) > MaxFileBytes:
		return Layer{}, tooLarge("error.file_too_large", MaxFileBytes>>20)
	case len(data) == 0:
		return Layer{}, invalid("error.file_empty")
	}
	l, err := o.extract(ctx, strings.ToLower(filepath.Ext(name)), data)
	if err != nil {
		return Layer{}, err
	}
	return l.checked()
}

// fromImage recognises a picture.
func (o OCR) fromImage(ctx context.Context, p picture, data []byte) (Layer, error) {
	if o.tesseract == "" {
		return Layer{}, unsupported("error.file_image")
	}
	if err := p.check(data); err != nil {
		return Layer{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, maxOCRTime)
	defer cancel()
	pages, err := o.recognise(ctx, data, 1)
	if err != nil {
		return Layer{}, err
	}
	var w pdfWriter
	for i, page := range pages {
		w.page(page.pieces, i+1, len(pages))
		w.margins = append(w.margins, page.margins...)
		if page.poor {
			return Layer{}, unsupported("error.ocr_poor", i+1)
		}
	}
	return Layer{Format: p.format, Text: w.finish(), Converted: "ocr", Margins: w.margins}, nil
}

// scans recognises the pages of a PDF.
func (o OCR) scans(ctx context.Context, data []byte, numbers []int) (map[int]ocrPage, error) {
	if len(numbers) > maxOCRPages {
		return nil, tooLarge("error.ocr_pages", len(numbers), maxOCRPages)
	}
	ctx, cancel := context.WithTimeout(ctx, maxOCRTime)
	defer cancel()
	pages := map[int]ocrPage{}
	var mu sync.Mutex
	var failed error
	var wg sync.WaitGroup
	for _, n := range numbers {
		wg.Go(func() {
			page, err := o.scan(ctx, data, n)
			mu.Lock()
			defer mu.Unlock()
			if pages[n] = page; err != nil && failed == nil {
				failed = err
				cancel() // the others
			}
		})
	}
	if wg.Wait(); failed != nil {
		return nil, failed
	}
	return pages, nil
}

// scan recognises one page of a PDF.
func (o OCR) scan(ctx context.Context, data []byte, number int) (ocrPage, error) {
	select {
	case ocrSlots <- struct{}{}:
		defer func() { <-ocrSlots }()
	case <-ctx.Done():
		return ocrPage{}, errOCRTime(ctx.Err())
	}
	n := strconv.Itoa(number)
	drawn, err := o.run(ctx, 2*pageSide*pageSide, data, number, o.pdftoppm, "-q", "-gray", "-scale-to", strconv.Itoa(pageSide), "-f", n, "-l", n, "-")
	if err != nil {
		return ocrPage{}, err
	}
	pages, err := o.tsv(ctx, drawn, number, "--dpi", "300")
	if err != nil || len(pages) == 0 {
		return ocrPage{}, err
	}
	return pages[0], nil
}

// recognise gives the pages of a picture; a TIFF can have several.
func (o OCR) recognise(ctx context.Context, data []byte, number int) ([]ocrPage, error) {
	select {
	case ocrSlots <- struct{}{}:
		defer func() { <-ocrSlots }()
	case <-ctx.Done():
		return nil, errOCRTime(ctx.Err())
	}
	return o.tsv(ctx, data, number)
}

// A page that is slanted by more than a third of a degree loses cells of its tables; it is turned level and read again.
const (
	slanted    = 0.006
	maxSlanted = 0.2
)

// tsv runs tesseract on a picture: Vietnamese, pages turned upright first (--psm 1), the result as a table of words.
func (o OCR) tsv(ctx context.Context, data []byte, number int, options ...string) ([]ocrPage, error) {
	args := append(options, "stdin", "stdout", "-l", "vie", "--psm", "1", "tsv")
	out, err := o.run(ctx, maxOCROutput, data, number, o.tesseract, args...)
	if err != nil {
		return nil, err
	}
	pages := ocrPages(string(out))
	if len(pages) != 1 || math.Abs(pages[0].slope) < slanted || math.Abs(pages[0].slope) > maxSlanted {
		return pages, nil
	}
	level := levelled(data, pages[0].slope)
	if level == nil {
		return pages, nil
	}
	if out, err = o.run(ctx, maxOCROutput, level, number, o.tesseract, args...); err != nil {
		return nil, err
	}
	return ocrPages(string(out)), nil
}

func errOCRTime(err error) *Error {
	return tooLarge("error.ocr_time", int(maxOCRTime/time.Second)).because(err)
}

// run gives a program data and returns what it writes, up to limit bytes. What it says on its error output may quote the document and
// goes nowhere.
func (o OCR) run(ctx context.Context, limit int, data []byte, page int, program string, args ...string) ([]byte, error) {
	patience, cancel := context.WithTimeout(ctx, maxPageTime)
	defer cancel()
	line := append(append(append([]string{}, o.wrap...), program), args...)
	cmd := exec.CommandContext(patience, line[0], line[1:]...)
	cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1", "LC_ALL=C") // one core for each page
	cmd.WaitDelay = 2 * time.Second
	cmd.Stdin = bytes.NewReader(data)
	out, said := &bounded{left: limit}, &bounded{left: 1 << 12, cut: true}
	cmd.Stdout, cmd.Stderr = out, said
	err := cmd.Run()
	switch {
	case patience.Err() != nil:
		return nil, errOCRTime(patience.Err())
	case bytes.Contains(said.Bytes(), []byte("loading language")), bytes.Contains(said.Bytes(), []byte("traineddata")):
		return nil, unsupported("error.ocr_no_vietnamese")
	case out.full:
		return nil, errBomb()
	case err != nil:
		return nil, invalid("error.ocr_failed", page).because(err)
	}
	return out.Bytes(), nil
}

var errBounded = errors.New("more output than allowed")

// A bounded buffer takes so many bytes; more are an error, or cut off.
type bounded struct {
	bytes.Buffer
	left int
	cut  bool
	full bool
}

func (b *bounded) Write(p []byte) (int, error) {
	n := len(p)
	if n > b.left {
		if b.full = true; !b.cut {
			return 0, errBounded
		}
		p = p[:b.left]
	}
	b.left -= len(p)
	b.Buffer.Write(p)
	return n, nil
}

// ReadFrom is not to get past the bound.
func (b *bounded) ReadFrom(r io.Reader) (int64, error) {
	return io.Copy(struct{ io.Writer }{b}, r)
}

// stamps are marks of secrecy without their marks: a stamp is seldom read letter by letter, and a document that only seems to bear one
// is better refused.
var stamps = map[string]string{"mat": "MẬT", "toi mat": "TỐI MẬT", "tuyet mat": "TUYỆT MẬT"}

// stamp gives the mark of secrecy that a recognised line may be, empty for any other.
func stamp(line string) string {
	core := strings.TrimFunc(line, func(r rune) bool { return !unicode.IsLetter(r) })
	if core != strings.ToUpper(core) {
		return ""
	}
	return stamps[text.Fold(core)]
}
