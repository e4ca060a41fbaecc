package web

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"

	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/text"
)

// maxUploads is how many uploads are held in memory at once; the next one waits.
const maxUploads = 4

// readUpload reads the form by which a document is filed: the part "file", or "text" for pasted text, and "source". It keeps
// everything in memory: net/http's own ParseMultipartForm would write large parts into temporary files, and a secret document
// must leave none.
func (s *server) readUpload(w http.ResponseWriter, r *http.Request) (app.FileInput, error) {
	var in app.FileInput
	r.Body = http.MaxBytesReader(w, r.Body, 2*gov.MaxFileBytes+maxForm)
	parts, err := r.MultipartReader()
	if err != nil {
		return in, gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
	}
	var file, pasted []byte
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return in, unreadable(err)
		}
		switch part.FormName() {
		case "file":
			if part.FileName() != "" {
				in.Name = text.NFC(part.FileName())
				file, err = readPart(part, gov.MaxFileBytes)
			}
		case "text":
			pasted, err = readPart(part, gov.MaxFileBytes)
		case "source":
			var b []byte
			b, err = readPart(part, maxForm)
			in.Source = string(b)
		}
		if err != nil {
			return in, err
		}
	}
	in.Data = file
	if in.Name == "" {
		// Browsers send line ends of text fields as CR LF.
		in.Data = bytes.ReplaceAll(pasted, []byte("\r\n"), []byte("\n"))
	}
	if in.Name == "" && len(bytes.TrimSpace(in.Data)) == 0 {
		return in, gov.Errorf(gov.Invalid, "error.nothing_to_file")
	}
	return in, nil
}

// readPart reads a part up to the limit; one byte more is one too many.
func readPart(p *multipart.Part, limit int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(p, limit+1))
	if err != nil {
		return nil, unreadable(err)
	}
	if int64(len(b)) > limit {
		return nil, gov.Errorf(gov.TooLarge, "error.upload_too_large", int(limit>>20))
	}
	return b, nil
}

func unreadable(err error) error {
	var big *http.MaxBytesError
	if errors.As(err, &big) {
		return gov.Errorf(gov.TooLarge, "error.upload_too_large", gov.MaxFileBytes>>20)
	}
	return gov.Errorf(gov.Invalid, "error.form_unreadable").Because(err)
}

// admit waits for a place for an upload; give it back with the returned function.
func (s *server) admit(r *http.Request) (func(), error) {
	select {
	case s.uploads <- struct{}{}:
		return func() { <-s.uploads }, nil
	case <-r.Context().Done():
		return nil, gov.Errorf(gov.Unavailable, "error.form_unreadable").Because(r.Context().Err())
	}
}
