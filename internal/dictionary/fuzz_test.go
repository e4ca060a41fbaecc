package dictionary

import (
	"testing"

	"haicap/internal/gov"
)

// FuzzParse: whatever stands in the office's file, it is read or refused in words.
func FuzzParse(f *testing.F) {
	f.Add([]byte("phrase,kind,meaning\nthu cân đối,indicator,budget_revenue\n"))
	f.Add([]byte("\xef\xbb\xbfa;b;c\r\n\"x\ny\";z;\r\n"))
	f.Add([]byte("\"\""))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := parse(data); err != nil && gov.CodeOf(err) != gov.Invalid {
			t.Errorf("%v", err)
		}
	})
}
