package access

import "testing"

// FuzzPasskey: whatever a browser's script sends as a passkey's answer, and whatever stands in a kept state or record, it is refused and nothing breaks.
func FuzzPasskey(f *testing.F) {
	site, ok := SiteOf("https://haicap.example")
	if !ok {
		f.Fatal("no site")
	}
	h := Holder{Handle: "a", Login: "a", Name: "a"}
	_, creation, err := site.AskForKey(h)
	if err != nil {
		f.Fatal(err)
	}
	_, challenge, err := site.Challenge()
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(`{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YUA"}}`), creation, "{}")
	f.Add([]byte(`{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AAAA","signature":"AA","userHandle":"YQ"}}`), challenge, `{"id":"YQ=="}`)
	f.Add([]byte(`null`), "null", "null")
	f.Fuzz(func(t *testing.T, answer []byte, state, record string) {
		h := Holder{Handle: "a", Login: "a", Name: "a", Keys: []string{record}}
		if k, err := site.TakeKey(h, state, answer); err == nil {
			t.Errorf("a passkey out of nothing: %+v", k)
		}
		if handle, _, err := site.Answer(state, answer, func(string) (Holder, error) { return h, nil }); err == nil {
			t.Errorf("somebody comes in with nothing: %q", handle)
		}
	})
}
