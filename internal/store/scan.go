package store

import (
	"encoding/json"
	"fmt"
	"time"
)

// layout is how instants are kept: UTC, microseconds, always the same length, so that they compare as strings.
const layout = "2006-01-02T15:04:05.000000Z"

// instant is t as it is kept; the zero time is "".
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(layout)
}

// An at reads an instant into a time.
type at struct{ t *time.Time }

func (a at) Scan(src any) error {
	s, err := asText(src)
	if err != nil || s == "" {
		*a.t = time.Time{}
		return err
	}
	*a.t, err = time.Parse(layout, s)
	return err
}

// A maybe reads a text that may be NULL into a string type; NULL is "".
type maybe[T ~string] struct{ s *T }

func (m maybe[T]) Scan(src any) error {
	s, err := asText(src)
	*m.s = T(s)
	return err
}

// null is s as an argument: NULL where it is empty.
func null[T ~string](s T) any {
	if s == "" {
		return nil
	}
	return string(s)
}

// A body reads JSON into a value; NULL leaves the value as it is.
type body struct{ v any }

func (b body) Scan(src any) error {
	s, err := asText(src)
	if err != nil || s == "" {
		return err
	}
	return json.Unmarshal([]byte(s), b.v)
}

// An asJSON is an argument that is kept as JSON.
type asJSON struct{ v any }

func asText(src any) (string, error) {
	switch v := src.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	}
	return "", fmt.Errorf("a text was expected, not %T", src)
}
