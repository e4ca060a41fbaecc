package app

import (
	"sync"

	"haicap/internal/gov"
)

// onceReader makes the reader with its register when the first document is read.
func onceReader(c Config) func() (Reader, error) {
	return sync.OnceValues(func() (Reader, error) {
		units, err := c.Units()
		if err != nil {
			return nil, err
		}
		return c.Reader(units)
	})
}

var _ gov.Code
