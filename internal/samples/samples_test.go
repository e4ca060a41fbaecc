package samples

import (
	"strings"
	"testing"

	"haicap/internal/text"
)

func TestSamples(t *testing.T) {
	t.Parallel()
	all := All()
	if len(all) < 6 {
		t.Fatalf("%d samples", len(all))
	}
	for _, s := range all {
		if n := len(strings.Fields(string(s.Data))); n < 300 || n > 700 {
			t.Errorf("%s has %d words, 300 to 700 are wanted", s.Name, n)
		}
		if text.NFC(string(s.Data)) != string(s.Data) {
			t.Errorf("%s is not in NFC", s.Name)
		}
	}
	all[0].Data[0] = 'x'
	if All()[0].Data[0] == 'x' {
		t.Error("the caller can change the samples")
	}
}
