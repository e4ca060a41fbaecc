package register_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"haicap/internal/gov"
	"haicap/internal/register"
	"haicap/internal/text"
)

func load(t testing.TB) *register.Register {
	t.Helper()
	r, err := register.Load()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestUnitOnADay(t *testing.T) {
	t.Parallel()
	r := load(t)
	for _, c := range []struct {
		code string
		on   gov.Day
		path string
	}{
		{"07909", "2025-12-24", "phường Thanh Miếu, tỉnh Phú Thọ"},
		{"07909", "", "phường Thanh Miếu, tỉnh Phú Thọ"},
		{"07909", "2025-06-30", "phường Thanh Miếu, thành phố Việt Trì, tỉnh Phú Thọ"},
		{"07936", "2025-06-30", "xã Sông Lô, thành phố Việt Trì, tỉnh Phú Thọ"},
		{"07936", "2025-07-01", ""},
		{"08848", "2025-07-26", "xã Sông Lô, tỉnh Phú Thọ"},
		{"22750", "2022-05-11", "phường Thanh Sơn, thành phố Phan Rang-Tháp Chàm, tỉnh Ninh Thuận"},
		{"22750", "2024-11-01", "phường Phủ Hà, thành phố Phan Rang-Tháp Chàm, tỉnh Ninh Thuận"},
		{"26368", "2026-04-29", "xã Long Thành, tỉnh Đồng Nai"},
		{"26368", "2026-04-30", "phường Long Thành, thành phố Đồng Nai"},
		{"23938", "", "xã Ia Mơ, tỉnh Gia Lai"},
		{"06970", "", "xã Ba Chẽ, tỉnh Quảng Ninh"},
		{"06978", "", "xã Ba Chẽ, tỉnh Quảng Ninh"},
		{"46", "2024-12-31", "tỉnh Thừa Thiên Huế"},
		{"46", "2025-01-01", "thành phố Huế"},
		{"24", "2025-06-30", "tỉnh Bắc Giang"},
		{"24", "2025-07-01", "tỉnh Bắc Ninh"},
		{"99999", "", ""},
	} {
		u, err := r.At(c.code, c.on)
		switch {
		case c.path == "" && gov.CodeOf(err) != gov.NotFound:
			t.Errorf("At(%s, %q) = %v, %v; want not found", c.code, c.on, u, err)
		case c.path != "" && err != nil:
			t.Errorf("At(%s, %q): %v", c.code, c.on, err)
		case c.path != "" && gov.UnitPath(r, u) != c.path:
			t.Errorf("At(%s, %q) is %q, want %q", c.code, c.on, gov.UnitPath(r, u), c.path)
		}
	}
}

func TestThanhMieuIsMadeOfFive(t *testing.T) {
	t.Parallel()
	r := load(t)
	got := map[string]gov.Extent{}
	for _, s := range r.Origins(gov.UnitKey{Code: "07909", From: "2025-07-01"}) {
		u, err := r.Get(s.Old)
		if err != nil {
			t.Fatal(err)
		}
		got[u.Code+" "+u.Full()] = s.Extent
	}
	want := map[string]gov.Extent{
		"07906 phường Thọ Sơn": gov.Whole, "07903 phường Tiên Cát": gov.Whole, "07912 phường Bạch Hạc": gov.Whole,
		"07909 phường Thanh Miếu": gov.Whole, "07936 xã Sông Lô": gov.Whole,
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("Thanh Miếu is made of %v, want %v", got, want)
	}
}

func TestThanhSonEndsInPhanRangInTwoSteps(t *testing.T) {
	t.Parallel()
	r := load(t)
	heirs, err := gov.HeirsOf(r, gov.UnitKey{Code: "22750"})
	if err != nil || len(heirs) != 1 {
		t.Fatalf("heirs %v, %v", heirs, err)
	}
	h := heirs[0]
	province, ok := gov.ProvinceOf(r, h.Unit)
	if h.Unit.Code != "22759" || h.Unit.Name != "Phan Rang" || h.Steps != 2 || h.Extent != gov.Whole || !ok || province.Code != "56" {
		t.Errorf("Thanh Sơn ends in %+v, province %v", h, province)
	}
	l, err := gov.LineageOf(r, gov.UnitKey{Code: "22750"})
	if err != nil || len(l.Successors) != 1 || l.Successors[0].Unit.Name != "Phủ Hà" || l.Successors[0].Day != "2024-11-01" {
		t.Errorf("first step %+v, %v", l.Successors, err)
	}
}

func TestUnknownExtentStaysOpen(t *testing.T) {
	t.Parallel()
	r := load(t)
	for _, p := range r.Provinces("2025-06-30") {
		for _, c := range r.Children(p.Code, "2025-06-30") {
			if !c.Official() && (c.Level() != gov.DistrictLevel || !strings.HasPrefix(c.Code, p.Code+gov.Marker)) {
				t.Errorf("%v: a marker stands only in place of a district's code", c)
			}
		}
	}
	known := 0
	for _, p := range r.Provinces("") {
		for _, c := range r.Children(p.Code, "") {
			for _, s := range r.Origins(c.UnitKey) {
				if s.Extent != gov.ExtentUnknown {
					known++
					if s.Source == "" {
						t.Errorf("%v → %v is called %s without a source", s.Old, s.New, s.Extent)
					}
				}
			}
		}
	}
	if known == 0 || known > 500 {
		t.Errorf("%d extents are known; only facts with a source may say one", known)
	}
}

func TestSixtyThreeProvincesBecameThirtyFour(t *testing.T) {
	t.Parallel()
	r := load(t)
	if n, m := len(r.Provinces("2025-06-30")), len(r.Provinces("2025-07-01")); n != 63 || m != 34 {
		t.Errorf("%d provinces before and %d after 1 July 2025", n, m)
	}
	communes := 0
	for _, p := range r.Provinces("") {
		communes += len(r.Children(p.Code, ""))
	}
	if communes != 3321 {
		t.Errorf("%d communes", communes)
	}
}

func TestEveryParentIsThere(t *testing.T) {
	t.Parallel()
	r := load(t)
	for _, day := range []gov.Day{"", "2025-06-30", "2022-05-11"} {
		for _, p := range r.Provinces(day) {
			for _, c := range r.Children(p.Code, day) {
				for _, u := range append(r.Children(c.Code, day), c) {
					if got, ok := gov.ProvinceOf(r, u); !ok || day != "2022-05-11" && got.Code != p.Code {
						t.Errorf("%v lies in %v, found below %v", u, got, p)
					}
					if n := u.Name; n != text.NFC(n) || n != text.Tones(n) || u.Type == "" {
						t.Errorf("%s is not spelled as the register spells", u.Full())
					}
				}
			}
		}
	}
}

func TestAnImportedRegisterKnowsMarkers(t *testing.T) {
	t.Parallel()
	r := register.New(register.Contents{Units: []gov.UnitVersion{
		{UnitKey: gov.UnitKey{Code: "58"}, Name: "Ninh Thuận", Type: gov.Province, To: "2025-07-01"},
		{UnitKey: gov.UnitKey{Code: "587"}, Name: "Ninh Phước", Type: gov.RuralDist, Parent: "58", To: "2025-07-01"},
		{UnitKey: gov.UnitKey{Code: "22870", From: "2020-01-01"}, Name: "Phước Dân", Type: gov.Township, Parent: "587", To: "2025-07-01"},
	}})
	if u, err := r.Get(gov.UnitKey{Code: "22870"}); err != nil || u.From != "2020-01-01" {
		t.Errorf("a key without a first day gives %v, %v", u, err)
	}
	if us := r.Children("58~huyen-ninh-phuoc", "2025-06-30"); len(us) != 1 || us[0].Name != "Phước Dân" {
		t.Errorf("below the marker lie %v", us)
	}
	u, err := r.Get(gov.UnitKey{Code: "58~huyen-ninh-phuoc"})
	if err != nil || u.Code != "587" {
		t.Errorf("Get = %v, %v", u, err)
	}
	if u, err := load(t).Get(gov.UnitKey{Code: "58~huyen-ninh-phuoc"}); err != nil || u.Name != "Ninh Phước" || u.Level() != gov.DistrictLevel {
		t.Errorf("the embedded register has %v, %v", u, err)
	}
}

func TestOpenTakesTheImportedRegister(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r, err := register.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, imported := r.Origin(); imported {
		t.Error("an empty data folder has no imported register")
	}
	file := register.ImportedFile(dir)
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("no register"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := register.Open(dir); gov.CodeOf(err) != gov.Unavailable {
		t.Errorf("a damaged register gives %v", err)
	}
}

func TestUnpackRefusesDamage(t *testing.T) {
	t.Parallel()
	good, err := register.Pack(register.Contents{Units: []gov.UnitVersion{{UnitKey: gov.UnitKey{Code: "01"}, Name: "Hà Nội", Type: gov.City}}})
	if err != nil {
		t.Fatal(err)
	}
	if c, err := register.Unpack(good); err != nil || len(c.Units) != 1 || c.Units[0].Full() != "thành phố Hà Nội" {
		t.Errorf("Unpack = %v, %v", c, err)
	}
	for _, bad := range [][]byte{nil, []byte("x"), good[:len(good)/2]} {
		if _, err := register.Unpack(bad); err == nil {
			t.Errorf("%d bytes are taken for a register", len(bad))
		}
	}
	twice := register.Contents{Units: []gov.UnitVersion{{UnitKey: gov.UnitKey{Code: "01"}}, {UnitKey: gov.UnitKey{Code: "01"}}}}
	if _, err := register.Pack(twice); err == nil {
		t.Error("one key twice is packed")
	}
}

// chain is a register of units that follow one another, old → new.
func chain(steps ...gov.Succession) *register.Register {
	seen := map[gov.UnitKey]bool{}
	var c register.Contents
	for _, s := range steps {
		for _, k := range []gov.UnitKey{s.Old, s.New} {
			if !seen[k] {
				seen[k] = true
				c.Units = append(c.Units, gov.UnitVersion{UnitKey: k, Name: k.Code, Type: gov.Commune})
			}
		}
	}
	c.Successions = steps
	return register.New(c)
}

func TestHeirsJoinExtents(t *testing.T) {
	t.Parallel()
	a, b, c, d := gov.UnitKey{Code: "00001"}, gov.UnitKey{Code: "00002"}, gov.UnitKey{Code: "00003"}, gov.UnitKey{Code: "00004"}
	for _, x := range []struct {
		name  string
		steps []gov.Succession
		want  string
	}{
		{"none", []gov.Succession{{Old: b, New: c}}, "not found"},
		{"itself", []gov.Succession{{Old: b, New: a, Extent: gov.Whole}}, "00001 whole 0"},
		{"whole twice", []gov.Succession{{Old: a, New: b, Extent: gov.Whole}, {Old: b, New: c, Extent: gov.Whole}}, "00003 whole 2"},
		{"unknown step", []gov.Succession{{Old: a, New: b, Extent: gov.Whole}, {Old: b, New: c}}, "00003  2"},
		{"part", []gov.Succession{{Old: a, New: b, Extent: gov.Part}, {Old: a, New: c, Extent: gov.Part}}, "00002 part 1; 00003 part 1"},
		{"parts that meet", []gov.Succession{
			{Old: a, New: b, Extent: gov.Part}, {Old: a, New: c, Extent: gov.Part}, {Old: b, New: d, Extent: gov.Whole}, {Old: c, New: d, Extent: gov.Whole},
		}, "00004  2"},
		{"circle", []gov.Succession{{Old: a, New: b, Extent: gov.Whole}, {Old: b, New: a, Extent: gov.Whole}}, "00002 whole 1"},
	} {
		heirs, err := gov.HeirsOf(chain(x.steps...), a)
		var got []string
		for _, h := range heirs {
			got = append(got, fmt.Sprint(h.Unit.Code, " ", h.Extent, " ", h.Steps))
		}
		if gov.IsNotFound(err) {
			got = []string{"not found"}
		}
		if s := strings.Join(got, "; "); s != x.want {
			t.Errorf("%s: %q, want %q", x.name, s, x.want)
		}
	}
}

func FuzzUnpack(f *testing.F) {
	good, err := register.Pack(register.Contents{Units: []gov.UnitVersion{{UnitKey: gov.UnitKey{Code: "01"}, Name: "Hà Nội", Type: gov.City}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte("\x1f\x8b"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if c, err := register.Unpack(data); err == nil {
			register.New(c).Find(gov.UnitQuery{Name: "ha noi"})
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	data, err := os.ReadFile("units.gz")
	if err != nil {
		b.Fatal(err)
	}
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		c, err := register.Unpack(data)
		if err != nil {
			b.Fatal(err)
		}
		r := register.New(c)
		r.Find(gov.UnitQuery{Name: "Thanh Miếu"})
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(r)
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MB-held")
	b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/(1<<20), "MB-allocated")
}

func BenchmarkFind(b *testing.B) {
	r := load(b)
	names := []string{"song lo", "phường Thanh Miếu", "P. Hoà Bình, Phú Thọ", "TP.HCM", "tan an", "không có"}
	for i := 0; b.Loop(); i++ {
		r.Find(gov.UnitQuery{Name: names[i%len(names)]})
	}
}
