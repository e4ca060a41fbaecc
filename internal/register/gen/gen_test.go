package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"haicap/internal/gov"
	"haicap/internal/register"
	"haicap/internal/text"
)

// address is a package of three communes, with the mistakes of the real one: lost zeros, decomposed letters, a row without a code.
const address = `[{"type":"header","version":"1.1"},
{"type":"table","name":"provinces","data":[{"province_code":"25","name":"Phú Thọ","place_type":"Tỉnh"},{"province_code":"01","name":"Thành phố Hà Nội","place_type":"Thành phố Trung Ương"}]},
{"type":"table","name":"wards","data":[{"ward_code":"07909","name":"Phường Thanh Miếu","province_code":"25"},{"ward_code":"07000","name":"Xã Hoà Ánh","province_code":"25"},{"ward_code":"00004","name":"Phường Ba Đình","province_code":"01"}]},
{"type":"table","name":"ward_mappings","data":[
{"old_ward_code":"07909","old_ward_name":"Phường Thanh Miếu","old_district_name":"Thành phố Việt Trì","old_province_name":"Tỉnh Phú Thọ","new_ward_code":"7909"},
{"old_ward_code":"07906","old_ward_name":"Phường Thọ Sơn","old_district_name":"Thành phố Việt Trì","old_province_name":"Tỉnh Phú Thọ","new_ward_code":"7909"},
{"old_ward_code":"07001","old_ward_name":"Xã Sai","old_district_name":"Huyện Kia","old_province_name":"Tỉnh Phú Thọ","new_ward_code":"4"},
{"old_ward_code":"","old_ward_name":"Phường Bến Gót","old_district_name":"Thành phố Việt Trì","old_province_name":"Tỉnh Phú Thọ","new_ward_code":"7909"}]}]`

const table = "kind,code,from,to,type,name,parent,new_code,extent,was,source\n" +
	"code,07010,,,,,,,,07000,s\n" +
	"name,07001,,,xã,Đúng,,,,Xã Sai,s\n" +
	"remove,07001,,,,,,00004,,,s\n" +
	"district,227,,,thành phố,Việt Trì,25,,,,s\n" +
	"unit,07915,,2025-01-01,phường,Bến Gót,227,07906,whole,,NQ 1282\n" +
	"unit,07909,2026-04-30,,xã,Thanh Miếu,25,,,,s\n" +
	"succession,07906,,2025-07-01,,,,07909,part,,s\n" +
	"alias,07099,,,,,,07909,,,s\n"

func made(t *testing.T, facts string) *register.Register {
	t.Helper()
	c, err := build([]byte(address), []byte(facts))
	if err != nil {
		t.Fatal(err)
	}
	return register.New(c)
}

func TestBuild(t *testing.T) {
	t.Parallel()
	r := made(t, table)
	for _, c := range []struct {
		code string
		on   gov.Day
		path string
	}{
		{"07909", "2025-06-30", "phường Thanh Miếu, thành phố Việt Trì, tỉnh Phú Thọ"},
		{"07909", "2026-04-29", "phường Thanh Miếu, tỉnh Phú Thọ"},
		{"07909", "", "xã Thanh Miếu, tỉnh Phú Thọ"},
		{"07099", "", "xã Thanh Miếu, tỉnh Phú Thọ"},
		{"07010", "", "xã Hòa Ánh, tỉnh Phú Thọ"},
		{"07000", "", ""},
		{"07001", "2025-06-30", "xã Đúng, huyện Kia, tỉnh Phú Thọ"},
		{"25~huyen-kia", "2025-06-30", "huyện Kia, tỉnh Phú Thọ"},
		{"00004", "", "phường Ba Đình, thành phố Hà Nội"},
	} {
		u, err := r.At(c.code, c.on)
		if got := gov.UnitPath(r, u); err == nil && got != c.path || err != nil && c.path != "" {
			t.Errorf("At(%s, %q) is %q, %v; want %q", c.code, c.on, got, err, c.path)
		}
	}
	if s := r.Successors(gov.UnitKey{Code: "07001"}); len(s) != 0 {
		t.Errorf("the removed pair is still there: %v", s)
	}
	heirs, err := gov.HeirsOf(r, gov.UnitKey{Code: "07915"})
	if err != nil || len(heirs) != 1 || heirs[0].Steps != 2 || heirs[0].Extent != gov.Part {
		t.Errorf("heirs of Bến Gót: %+v, %v", heirs, err)
	}
	if s := r.Successors(gov.UnitKey{Code: "07909"}); len(s) != 1 || s[0].Extent != gov.ExtentUnknown {
		t.Errorf("what no fact says stays open: %v", s)
	}
}

func TestBuildGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	var last []byte
	for range 3 {
		c, err := build([]byte(address), []byte(table))
		if err != nil {
			t.Fatal(err)
		}
		packed, err := register.Pack(c)
		if err != nil {
			t.Fatal(err)
		}
		if last != nil && !bytes.Equal(last, packed) {
			t.Fatal("two runs gave two registers")
		}
		last = packed
	}
}

func TestBuildRefuses(t *testing.T) {
	t.Parallel()
	head, _, _ := strings.Cut(table, "\n")
	for _, c := range []struct{ row, want string }{
		{"town,1,,,,,,,,,s", "no kind"},
		{"alias,06978,,,,,,06970,,,", "needs the column source"},
		{"unit,07915,,2025-13-01,phường,Bến Gót,227,,,,s", "no day"},
		{"unit,07915,,,làng,Bến Gót,227,,,,s", "no type"},
		{"succession,07906,,2025-07-01,,,,07909,all,,s", "extent"},
		{"succession,07906,,2025-07-01,,,,00001,,,s", "was not there"},
		{"name,07001,,,xã,Đúng,,,,Xã Khác,s", "does nothing"},
		{"code,07010,,,,,,,,07011,s", "does nothing"},
		{"remove,07001,,,,,,07909,,,s", "does nothing"},
		{"district,228,,,thị xã,Không Có,25,,,,s", "does nothing"},
	} {
		if _, err := build([]byte(address), []byte(head+"\n"+c.row+"\n")); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.row, err, c.want)
		}
	}
	for _, bad := range []string{"", "[]", `[{"type":"table","name":"wards","data":[]}]`} {
		if _, err := build([]byte(bad), []byte(table)); err == nil {
			t.Errorf("%q is taken for the package", bad)
		}
	}
}

// TestFactsAreInTheRegister reads the project's own table and looks each row up in the embedded register.
func TestFactsAreInTheRegister(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.Join("..", "facts.csv"))
	if err != nil {
		t.Fatal(err)
	}
	facts, err := readFacts(data)
	if err != nil {
		t.Fatal(err)
	}
	packed, err := os.ReadFile(filepath.Join("..", "units.gz"))
	if err != nil {
		t.Fatal(err)
	}
	c, err := register.Unpack(packed)
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(data); c.FactsSum != hex.EncodeToString(sum[:]) {
		t.Fatal("facts.csv has changed since units.gz was made: run go generate ./internal/register (see gen/main.go)")
	}
	r := register.New(c)
	for _, f := range facts {
		if strings.TrimSpace(f.source) == "" {
			t.Errorf("line %d has no source", f.line)
		}
		if why := missing(r, f); why != "" {
			t.Errorf("line %d (%s %s) is not to be seen in the register: %s", f.line, f.kind, f.code, why)
		}
	}
}

// missing says what of a fact the register does not show.
func missing(r *register.Register, f fact) string {
	day := gov.Day(f.to).AddDays(-1)
	switch f.kind {
	case "unit":
		u, err := r.At(f.code, day)
		if err != nil || u.Name != f.name || string(u.Type) != f.typ || u.Parent != f.parent || string(u.From) != f.from || string(u.To) != f.to {
			return "it is " + gov.UnitPath(r, u)
		}
	case "code":
		if _, err := r.At(f.was, ""); err == nil {
			return f.was + " is still there"
		}
		if u, err := r.At(f.code, ""); err != nil || u.Code != f.code {
			return "no such code"
		}
	case "name":
		for _, u := range r.Versions(f.code) {
			if u.Name == f.name || text.Norm(u.Full()) == text.Norm(f.was) {
				return map[bool]string{true: "", false: "the old name is there"}[u.Name == f.name]
			}
		}
		return "no such name"
	case "district":
		if u, err := r.At(f.code, "2025-06-30"); err != nil || u.Name != f.name || u.Parent != f.parent {
			return "it is " + gov.UnitPath(r, u)
		}
		if u, err := r.At(register.MarkerCode(f.parent, f.typ+" "+f.name), "2025-06-30"); err != nil || u.Code != f.code {
			return "its marker leads to " + u.Code
		}
		if len(r.Children(f.code, "2025-06-30")) == 0 {
			return "no commune lies in it"
		}
	case "alias":
		if u, err := r.At(f.code, ""); err != nil || u.Code != f.newCode {
			return "the alias leads nowhere"
		}
	}
	return missingStep(r, f, day)
}

func missingStep(r *register.Register, f fact, day gov.Day) string {
	if f.newCode == "" || f.kind == "alias" {
		return ""
	}
	if f.kind == "remove" {
		day = "2025-06-30"
	}
	old, err := r.At(f.code, day)
	if err != nil {
		return "no such former unit"
	}
	for _, s := range r.Successors(old.UnitKey) {
		if s.New.Code == f.newCode {
			if f.kind == "remove" {
				return "the pair is still there"
			}
			if string(s.Day) == f.to && string(s.Extent) == f.extent && s.Source == f.source {
				return ""
			}
		}
	}
	if f.kind == "remove" {
		return ""
	}
	return "no such step with this extent and source"
}

// TestGeneratedIsCurrent makes the register again where the npm package is at hand.
func TestGeneratedIsCurrent(t *testing.T) {
	t.Parallel()
	src := os.Getenv("UNITS_PACKAGE")
	if src == "" {
		t.Skip("skipped: set UNITS_PACKAGE to the unpacked npm package that THIRD_PARTY.md names")
	}
	out := filepath.Join(t.TempDir(), "units.gz")
	if err := run(src, filepath.Join("..", "facts.csv"), out); err != nil {
		t.Fatal(err)
	}
	if plain(t, out) != plain(t, filepath.Join("..", "units.gz")) {
		t.Error("units.gz is not what the generator makes: run go generate ./internal/register")
	}
}

// plain is a register's contents packed by this toolchain, so that another version of gzip's compression makes no difference.
func plain(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c, err := register.Unpack(data)
	if err != nil {
		t.Fatal(err)
	}
	again, err := register.Pack(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(again)
}
