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

// maxParts is how many parts a form may have: the one by which documents are filed has three.
const maxParts = 20

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
	for n := 1; ; n++ {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return in, unreadable(err)
		}
		if n > maxParts {
			return in, gov.Errorf(gov.Invalid, "error.form_unreadable")
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
