package cli

import (
	"path/filepath"
	"testing"
)

// FuzzOrder: whatever stands in the payload of a job, no archive is removed because of it.
func FuzzOrder(f *testing.F) {
	f.Add(`{"dir":"/mnt/saoluu","keep":14,"recipient":"age1x"}`)
	f.Add(`{"dir":"","keep":-1}`)
	f.Add(`null`)
	f.Add(`{"dir":"/","keep":1e99}`)
	f.Fuzz(func(t *testing.T, payload string) {
		if o, err := readOrder(payload); err == nil && (!filepath.IsAbs(o.Dir) || o.Keep < 1) {
			t.Errorf("%+v", o)
		}
	})
}
