package dictionary_test

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"haicap/internal/dictionary"
	"haicap/internal/gov"
)

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := dictionary.In(dir)
	if list, err := f.Entries(); err != nil || len(list) != 0 {
		t.Fatalf("without a file: %v, %v", list, err)
	}
	want := []gov.DictionaryEntry{{Kind: gov.DictAgency, Phrase: `Ban "QLDA", phường`, Meaning: "Ban Quản lý dự án"},
		{Kind: gov.DictIndicator, Phrase: "thu cân đối", Meaning: "budget_revenue"}}
	if err := f.Replace(want); err != nil {
		t.Fatal(err)
	}
	for _, d := range []*dictionary.File{f, dictionary.In(dir)} {
		if got, err := d.Entries(); err != nil || !slices.Equal(got, want) {
			t.Errorf("got %v, %v", got, err)
		}
	}
	if err := f.Replace(want[:1]); err != nil {
		t.Fatal(err)
	}
	if got, err := f.Entries(); err != nil || !slices.Equal(got, want[:1]) {
		t.Errorf("after another write: %v, %v", got, err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(left) != 1 {
		t.Errorf("files that stay: %v, %v", left, err)
	}
}

func TestEditedByHand(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := dictionary.In(dir)
	write := func(s string) {
		if err := os.WriteFile(filepath.Join(dir, dictionary.Name), []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	// A byte order mark, the name of the indicator instead of its key, more spaces than needed.
	write("\ufeffkind,phrase,meaning\nindicator,  thu   cân đối ,Tổng thu ngân sách nhà nước trên địa bàn\n")
	got, err := f.Entries()
	if err != nil || len(got) != 1 || got[0].Phrase != "thu cân đối" || got[0].Meaning != "budget_revenue" {
		t.Fatalf("%+v, %v", got, err)
	}
	for _, bad := range []string{"kind,phrase,meaning\nagency,BQLDA\n", "kind,phrase,meaning\nagency,BQLDA,\n", "kind,phrase,meaning\nword,BQLDA,Ban\n",
		"kind,phrase,meaning\nindicator,thu,không có\n", "kind,phrase,meaning\nagency,\"BQLDA,Ban\n", "kind,phrase,meaning\nagency,x,Ban\n"} {
		write(bad)
		got, err := f.Entries()
		if gov.CodeOf(err) != gov.Invalid || !strings.Contains(err.Error(), "2") {
			t.Errorf("%q: %v, %v", bad, got, err)
		}
	}
	if err := os.Remove(filepath.Join(dir, dictionary.Name)); err != nil {
		t.Fatal(err)
	}
	if got, err := f.Entries(); err != nil || !reflect.DeepEqual(got, []gov.DictionaryEntry(nil)) {
		t.Errorf("the file is gone: %v, %v", got, err)
	}
}
