package reader

import (
	"errors"
	"testing"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// smallUnits is a register of a few invented units.
type smallUnits []gov.UnitVersion

const reform = gov.Day("2025-07-01")

func small() smallUnits {
	v := func(code, name string, typ gov.UnitType, parent string, from, to gov.Day) gov.UnitVersion {
		return gov.UnitVersion{UnitKey: gov.UnitKey{Code: code, From: from}, Name: name, Type: typ, Parent: parent, To: to}
	}
	return smallUnits{
		v("90", "Đồi Cao", gov.Province, "", "", ""), v("91", "Sông Dài", gov.Province, "", "", ""),
		v("901", "Phố Núi - Đá Bạc", gov.City, "90", "", reform),
		v("90001", "Núi Đỏ", gov.Ward, "901", "", reform), v("90001", "Núi Đỏ", gov.Ward, "90", reform, ""),
		v("90002", "Sông Xanh", gov.Commune, "901", "", reform), v("91002", "Sông Xanh", gov.Commune, "91", "", ""),
		v("90003", "Suối Sâu", gov.Ward, "90", reform, ""), v("91003", "Suối Sâu", gov.Ward, "91", reform, ""),
		v("90004", "Bến Cũ", gov.Ward, "901", "", reform), v("90005", "Bến Cũ", gov.Ward, "90", reform, ""),
	}
}

func (s smallUnits) filter(keep func(gov.UnitVersion) bool) (out []gov.UnitVersion) {
	for _, v := range s {
		if keep(v) {
			out = append(out, v)
		}
	}
	return out
}

func first(vs []gov.UnitVersion) (gov.UnitVersion, error) {
	if len(vs) == 0 {
		return gov.UnitVersion{}, errors.New("no such unit")
	}
	return vs[0], nil
}

func (s smallUnits) At(code string, on gov.Day) (gov.UnitVersion, error) {
	return first(s.filter(func(v gov.UnitVersion) bool {
		return v.Code == code && (on == "" && v.Current() || on != "" && v.On(on))
	}))
}
func (s smallUnits) Get(k gov.UnitKey) (gov.UnitVersion, error) {
	return first(s.filter(func(v gov.UnitVersion) bool { return v.UnitKey == k }))
}
func (s smallUnits) Versions(code string) []gov.UnitVersion {
	return s.filter(func(v gov.UnitVersion) bool { return v.Code == code })
}
func (s smallUnits) Find(q gov.UnitQuery) (out []gov.UnitMatch) {
	for _, v := range s {
		if text.Norm(v.Name) == text.Norm(q.Name) && (q.Type == "" || q.Type == v.Type) {
			out = append(out, gov.UnitMatch{Unit: v})
		}
	}
	return out
}
func (s smallUnits) Children(code string, on gov.Day) []gov.UnitVersion {
	return s.filter(func(v gov.UnitVersion) bool {
		return v.Parent == code && (on == "" && v.Current() || on != "" && v.On(on))
	})
}
func (s smallUnits) Provinces(on gov.Day) []gov.UnitVersion { return s.Children("", on) }
func (s smallUnits) Origins(k gov.UnitKey) []gov.Succession {
	if k != (gov.UnitKey{Code: "90001", From: reform}) {
		return nil
	}
	return []gov.Succession{{Old: gov.UnitKey{Code: "90001"}, New: k, Day: reform}, {Old: gov.UnitKey{Code: "90002"}, New: k, Day: reform}}
}
func (s smallUnits) Successors(gov.UnitKey) []gov.Succession { return nil }

func TestUnitCodes(t *testing.T) {
	t.Parallel()
	type codes map[string]string // name → code and first day
	cases := []struct {
		name, text string
		want       codes
	}{
		{"in force on the day", "date 2025-12-24 Làm việc với phường Núi Đỏ\n\nSáng 24/12, đoàn đến phường Núi Đỏ.", codes{"phường Núi Đỏ": "90001 2025-07-01"}},
		{"before the reform", "date 2024-12-24 Làm việc với phường Núi Đỏ\n\nSáng 24/12, đoàn đến phường Núi Đỏ.", codes{"phường Núi Đỏ": "90001 "}},
		{"two provinces have the name", "date 2025-12-24 Họp\n\nSáng 24/12, đoàn đến phường Suối Sâu.", codes{"phường Suối Sâu": " "}},
		{"one province has all names", "date 2025-12-24 Họp\n\nSáng 24/12, đoàn đến các phường: Núi Đỏ, Suối Sâu.",
			codes{"phường Núi Đỏ": "90001 2025-07-01", "phường Suối Sâu": "90003 2025-07-01"}},
		{"the text names the province", "date 2025-12-24 Họp\n\nSáng 24/12, đoàn đến phường Suối Sâu, tỉnh Sông Dài.",
			codes{"phường Suối Sâu": "91003 2025-07-01", "tỉnh Sông Dài": "91 "}},
		{"called cũ", "date 2025-12-24 Họp\n\nSáng 24/12, phường Núi Đỏ kiểm tra xã Sông Xanh cũ.",
			codes{"phường Núi Đỏ": "90001 2025-07-01", "xã Sông Xanh": "90002 "}},
		{"parts of a merger", "date 2025-12-24 Họp\n\nPhường Núi Đỏ được thành lập trên cơ sở hợp nhất các phường, xã cũ gồm: Núi Đỏ và Sông Xanh.",
			codes{"phường Núi Đỏ": "90001 2025-07-01", "xã Sông Xanh": "90002 "}},
		{"whole and part have two codes", "date 2025-06-24 Họp\n\nPhường Bến Cũ mới được thành lập trên cơ sở sáp nhập từ phường Núi Đỏ và phường Bến Cũ.",
			codes{"phường Bến Cũ": " ", "phường Núi Đỏ": "90001 "}},
		{"initials", "date 2024-12-24 Họp\n\nSáng 24/12, Thường trực Thành ủy thành phố PNDB họp.", codes{"thành phố PNDB": "901 "}},
		{"unknown", "date 2025-12-24 Họp\n\nSáng 24/12, đoàn đến phường Không Có.", codes{"phường Không Có": " "}},
	}
	for _, c := range cases {
		r := read(t, c.text, small())
		got := codes{}
		for _, u := range r.Units {
			got[u.Name] = u.Code + " " + string(u.From)
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		for name, want := range c.want {
			if got[name] != want {
				t.Errorf("%s: %s is %q, want %q", c.name, name, got[name], want)
			}
		}
	}
}
