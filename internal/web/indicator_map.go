package web

import (
	"cmp"
	"io"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"haicap/internal/app"
	"haicap/internal/chart"
	"haicap/internal/gov"
)

// areas are the boundaries that the office brought in, read once for each file.
func (s *server) areas(r *http.Request) ([]chart.Area, error) {
	data, sum, err := s.app.Boundaries(r.Context(), who(r))
	if err != nil || sum == "" {
		return nil, err
	}
	if list, ok := s.maps.Load(sum); ok {
		return list.([]chart.Area), nil
	}
	list, err := chart.ParseAreas(data)
	if err == nil {
		s.maps.Store(sum, list)
	}
	return list, err
}

func compareCodes(a, b string) int { return cmp.Compare(a, b) }

// initials are the first letters of a unit's name, for a small square: "phường Thanh Miếu" is TM, "xã Hy Cương" HC.
func initials(name string) string {
	var b strings.Builder
	for _, w := range strings.Fields(name) {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// mostBoundaries is how large a boundary file may be.
const mostBoundaries = 32 << 20

// bringBoundaries takes a boundary file.
func (s *server) bringBoundaries(w http.ResponseWriter, r *http.Request) error {
	leave, err := s.uploads.take(r.Context(), who(r).Account)
	if err != nil {
		return err
	}
	defer leave()
	r.Body = http.MaxBytesReader(w, r.Body, mostBoundaries)
	file, head, err := r.FormFile("file")
	if err != nil {
		return gov.Errorf(gov.Invalid, "error.boundary_file")
	}
	defer func() { _ = file.Close() }()
	data, err := io.ReadAll(file)
	if err != nil {
		return gov.Errorf(gov.Invalid, "error.boundary_file")
	}
	areas, err := chart.ParseAreas(data)
	if err != nil {
		return gov.Errorf(gov.Invalid, "error.boundary_file")
	}
	codes := make([]string, len(areas))
	for i, a := range areas {
		codes[i] = a.Code
	}
	if _, _, err := s.app.SetBoundaries(r.Context(), who(r), app.BoundaryInput{Name: head.Filename, Data: data, Codes: codes}); err != nil {
		return err
	}
	return see(w, r, "/indicators?done=boundaries")
}
