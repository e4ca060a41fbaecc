package gov_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"haicap/internal/gov"
)

// A field of a person without a mark would be shown to everybody.
func TestEveryPersonalFieldIsMarked(t *testing.T) {
	t.Parallel()
	var p gov.Personal
	v := reflect.ValueOf(&p).Elem()
	if v.NumField() != len(gov.PersonalFields) {
		t.Fatalf("%d fields, %d marks", v.NumField(), len(gov.PersonalFields))
	}
	for i, f := range gov.PersonalFields {
		field := v.Type().Field(i)
		if tag := field.Tag.Get("personal"); tag != f.Key || !strings.HasPrefix(field.Tag.Get("json"), f.Key+",") {
			t.Errorf("%s is marked as %q", field.Name, f.Key)
		}
		if f.Of(&p) != v.Field(i).Addr().Interface().(*string) {
			t.Errorf("%s: the mark leads to another field", field.Name)
		}
		if f.Mask == nil || f.Sees != gov.OwnOffice && f.Sees != gov.Keepers {
			t.Errorf("%s: no mask, or nobody may see it", field.Name)
		}
		if s := "Nguyễn Văn An 0912345678"; f.Mask(s) == s {
			t.Errorf("%s is masked by nothing", field.Name)
		}
	}
}

func TestMasks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		mask     func(string) string
		in, want string
	}{
		{"name", gov.MaskName, "Nguyễn Văn An", "Nguyễn V. A."},
		{"name", gov.MaskName, "  Hà  Ốc ", "Hà Ố."},
		{"name", gov.MaskName, "An", "A."},
		{"name", gov.MaskName, "", ""},
		{"tail", gov.MaskTail, "0912 345 678", "…678"},
		{"tail", gov.MaskTail, "113", "…"},
		{"mail", gov.MaskMail, "an.nv@phutho.gov.vn", "a…@phutho.gov.vn"},
		{"mail", gov.MaskMail, "@phutho.gov.vn", "…"},
		{"mail", gov.MaskMail, "an", "…"},
		{"all", gov.MaskAll, "Số 1 Trần Phú", "…"},
	} {
		if got := c.mask(c.in); got != c.want {
			t.Errorf("%s of %q: %q, want %q", c.name, c.in, got, c.want)
		}
	}
	p := gov.Personal{Name: "Nguyễn Văn An", Phone: "0912345678"}
	if got, want := p.Masked(gov.OwnOffice), (gov.Personal{Name: "Nguyễn Văn An", Phone: "…678"}); got != want {
		t.Errorf("the own office sees %+v, want %+v", got, want)
	}
	if got, want := p.Masked(), (gov.Personal{Name: "Nguyễn V. A.", Phone: "…678"}); got != want {
		t.Errorf("others see %+v, want %+v", got, want)
	}
	if got := p.Masked(gov.OwnOffice, gov.Keepers); got != p {
		t.Errorf("keepers see %+v", got)
	}
}

func TestRetention(t *testing.T) {
	t.Parallel()
	list := gov.DefaultRetention()
	own, err := gov.ReadRetention(strings.NewReader("what,from,length,unit,law,sure\naccount,2027-01-01,60,month,Luật X,yes\naccount,2025-07-01,1,day,,no\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{gov.KeepLogin, gov.KeepDevice, gov.KeepAccount, gov.KeepContact} {
		if _, ok := list.On(what, "2026-01-15"); !ok {
			t.Errorf("nothing says how long %q is kept", what)
		}
	}
	if _, ok := list.On(gov.KeepAccount, "2025-06-30"); ok {
		t.Error("a rule holds before its day")
	}
	now := time.Date(2026, 3, 31, 5, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		rules gov.Retention
		day   gov.Day
		want  time.Time
	}{
		{list, "2026-03-31", now.AddDate(0, -24, 0)},
		{append(list, own...), "2026-12-31", now.AddDate(0, 0, -1)},
		{append(list, own...), "2027-01-01", now.AddDate(0, -60, 0)},
	} {
		r, ok := c.rules.On(gov.KeepAccount, c.day)
		if got := r.Until(now); !ok || !got.Equal(c.want) {
			t.Errorf("on %s: until %s, want %s", c.day, got, c.want)
		}
	}
	for _, bad := range []string{"what,from,length,unit,law,sure\npetition,2026-01-01,1,day,,no\n", "what,from,length,unit,law,sure\nlogin,2026-02-30,1,day,,no\n",
		"what,from,length,unit,law,sure\nlogin,2026-01-01,-1,day,,no\n", "what,from,length,unit,law,sure\nlogin,2026-01-01,1,hour,,no\n", "what,from\nlogin,2026-01-01\n"} {
		if _, err := gov.ReadRetention(strings.NewReader(bad)); gov.CodeOf(err) != gov.Invalid {
			t.Errorf("%q is taken: %v", bad, err)
		}
	}
}
