package outgoing

import (
	"context"
	"errors"
	"testing"
)

// FuzzRules: a list is refused, or names hosts; and no address gets past an empty list.
func FuzzRules(f *testing.F) {
	f.Add("hooks.tinh.gov.vn, sso.lan@10.2.0.0/16@fd00::/8, mail.lan:587@10.2.0.9, [::1]:9")
	f.Fuzz(func(t *testing.T, list string) {
		rules, err := ParseRules(list)
		for _, r := range rules {
			if err != nil || r.Host == "" {
				t.Errorf("%+v, %v", r, err)
			}
		}
		if _, err := New().DialContext(context.Background(), "tcp", list); !errors.Is(err, ErrHost) {
			t.Errorf("%v", err)
		}
	})
}
