package score

import "testing"

// FuzzParse: whatever a file of readings or labels holds, it is read or refused.
func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"source":{"name":"a.txt"},"document":{"title":"x","n":1},"figures":[{"span":[0,5],"value":1}],"directives":[{}]}`))
	f.Add([]byte(`{"source":null,"figures":[null,{"span":[9]}]}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if d, err := Parse(data); err == nil && (d.Head == nil || d.Kinds == nil) {
			t.Errorf("half of a document: %+v", d)
		}
	})
}
