package register_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"

	"haicap/internal/gov"
	"haicap/internal/register"
	"haicap/internal/text"
)

// dataDir is the folder of dated facts beside the sample documents; it is no part of the project.
func dataDir(t *testing.T) string {
	t.Helper()
	samples := os.Getenv("HAICAP_SAMPLES")
	if samples == "" {
		t.Skip("skipped: set HAICAP_SAMPLES to the folder of sample documents, beside which the folder data lies")
	}
	dir := filepath.Join(samples, "..", "data")
	if _, err := os.Stat(filepath.Join(dir, "units.csv")); err != nil {
		t.Skip("skipped: beside HAICAP_SAMPLES lies no folder data with units.csv")
	}
	return dir
}

func rows(t *testing.T, file string) []map[string]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, rec := range all[1:] {
		m := map[string]string{}
		for i, c := range all[0] {
			m[c] = rec[i]
		}
		out = append(out, m)
	}
	return out
}

// percent prints one line of the agreement and gives its share.
func percent(t *testing.T, what string, n, of int) float64 {
	t.Helper()
	share := 100 * float64(n) / float64(of)
	t.Logf("%-42s %6d / %6d  %6.2f %%", what, n, of, share)
	return share
}

func TestAgreementOnUnits(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	r := load(t)
	var current, found, named, placed, former, formerNamed, formerPlaced int
	for _, u := range rows(t, filepath.Join(dir, "units.csv")) {
		code, province := u["code"], len(u["code"]) == 2
		if u["valid_to"] == "" {
			current++
			got, err := r.At(code, "")
			if err != nil {
				t.Errorf("%s %s is missing", code, u["name"])
				continue
			}
			found++
			if text.Norm(got.Full()) == text.Norm(u["name"]) && string(got.From) == u["valid_from"] {
				named++
			} else {
				t.Errorf("%s is %s from %s, not %s from %s", code, got.Full(), got.From, u["name"], u["valid_from"])
			}
			if province || got.Parent == u["parent_code"] {
				placed++
			}
		} else if u["valid_to"] == "2025-07-01" && len(code) != 3 {
			former++
			if got, err := r.At(code, "2025-06-30"); err == nil {
				if text.Norm(got.Full()) == text.Norm(u["name"]) {
					formerNamed++
				} else {
					t.Logf("former %s is %s, not %s", code, got.Full(), u["name"])
				}
				if p, ok := gov.ProvinceOf(r, got); ok && (province || p.Code != "") {
					formerPlaced++
				}
			}
		}
	}
	for _, share := range []float64{
		percent(t, "current units: code", found, current), percent(t, "current units: name, type, first day", named, current),
		percent(t, "current units: unit above", placed, current), percent(t, "former provinces and communes: province", formerPlaced, former),
	} {
		if share != 100 {
			t.Errorf("%.2f %%, want all", share)
		}
	}
	if share := percent(t, "former provinces and communes: name, type", formerNamed, former); share < 99.8 {
		t.Errorf("%.2f %%, want 99.8", share)
	}
}

func TestAgreementOnSuccessions(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	r := load(t)
	type pair struct{ old, new, day string }
	want := map[pair]gov.Extent{}
	for _, s := range rows(t, filepath.Join(dir, "successions.csv")) {
		want[pair{s["old_code"], s["new_code"], s["date"]}] = gov.Extent(s["kind"])
	}
	var found, right, extents, all int
	for _, u := range rows(t, filepath.Join(dir, "units.csv")) {
		if u["valid_from"] != "2025-07-01" && u["valid_from"] != "2026-04-30" {
			continue
		}
		for _, s := range r.Origins(gov.UnitKey{Code: u["code"], From: gov.Day(u["valid_from"])}) {
			all++
			kind, ok := want[pair{s.Old.Code, s.New.Code, string(s.Day)}]
			if !ok {
				t.Errorf("%s → %s on %s stands in no list", s.Old.Code, s.New.Code, s.Day)
				continue
			}
			found++
			if s.Extent == gov.ExtentUnknown {
				continue
			}
			extents++
			if s.Extent == kind {
				right++
			} else {
				t.Errorf("%s → %s is called %s; it is %s", s.Old.Code, s.New.Code, s.Extent, kind)
			}
		}
	}
	if share := percent(t, "successions found", found, len(want)); share < 94 {
		t.Errorf("%.2f %%, want 94", share)
	}
	percent(t, "successions that stand in the list", found, all)
	percent(t, "known extents that are right", right, extents)
}

func TestImportOfTheCompleteHistory(t *testing.T) {
	t.Parallel()
	dir, data := dataDir(t), t.TempDir()
	s, err := register.Import(dir, data)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", s)
	r, err := register.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(register.ImportedFile(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("packed: %d bytes", info.Size())
	if s.Provinces != len(r.Provinces("")) || s.Communes < 3000 || s.Units < 17000 {
		t.Errorf("summary %+v", s)
	}
	for _, row := range rows(t, filepath.Join(dir, "successions.csv")) {
		ok := false
		for _, u := range r.Versions(row["new_code"]) {
			for _, x := range r.Origins(u.UnitKey) {
				ok = ok || x.Old.Code == row["old_code"] && string(x.Day) == row["date"] && string(x.Extent) == row["kind"]
			}
		}
		if !ok {
			t.Errorf("%v is not in the register", row)
		}
	}
	heirs, err := gov.HeirsOf(r, gov.UnitKey{Code: "22750"})
	if err != nil || len(heirs) != 1 || heirs[0].Unit.Code != "22759" || heirs[0].Steps != 2 || heirs[0].Extent != gov.Whole {
		t.Errorf("Thanh Sơn ends in %+v, %v", heirs, err)
	}
	// What the embedded register knows of the documents' units, the imported one knows too.
	for _, k := range []gov.UnitKey{{Code: "07909", From: "2025-07-01"}, {Code: "04828", From: "2025-07-01"}} {
		if own, all := load(t).Origins(k), r.Origins(k); len(own) != len(all) {
			t.Errorf("%v has %d origins embedded, %d imported", k, len(own), len(all))
		}
	}
	if _, err := r.Get(gov.UnitKey{Code: "58~huyen-ninh-phuoc"}); err != nil {
		t.Errorf("a marker of the embedded register: %v", err)
	}
}
