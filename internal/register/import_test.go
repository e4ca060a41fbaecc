package register_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"haicap/internal/gov"
	"haicap/internal/register"
)

// small is an import of one province, in the form of docs/units-import.md.
var small = map[string]string{
	"units.csv": "\ufeffcode,name,type,parent_code,valid_from,valid_to,remark\n" +
		"58,Tỉnh Ninh Thuận,Tỉnh,,,2025-07-01,\n" +
		"56,Tỉnh Khánh Hoà,Tỉnh,,,2025-07-01,\n" +
		"56,Tỉnh Khánh Hòa,Tỉnh,,2025-07-01,,\n" +
		"582,Thành phố Phan Rang-Tháp Chàm,Thành phố,58,,2025-07-01,\n" +
		"22750,Phường Phủ Hà,Phường,582,2024-11-01,2025-07-01,\n" +
		"22759,Phường Kinh Dinh,Xã,582,,2025-07-01,the type lags behind\n" +
		"22759,Phường Phan Rang,Phường,56,2025-07-01,,\n" +
		"22798,Phường Hai,Phường,582,,2025-07-01,\n",
	"units_history.csv": "code,name,type,parent_code,valid_from,valid_to,ended_by\n" +
		"22750,Phường Thanh Sơn,Phường,582,,2024-11-01,x\n" +
		"22747,Phường Phủ Hà,Phường,582,,2024-11-01,x\n" +
		"22753,Phường Mỹ Hương,Phường,582,,2024-11-01?,x\n" +
		"22799,Phường Một,Phường,582,2024-11-01,2024-11-01?,a version of no day\n",
	"successions.csv": "old_code,new_code,date,kind\n58,56,2025-07-01,whole\n56,56,2025-07-01,whole\n" +
		"22750,22759,2025-07-01,whole\n22759,22759,2025-07-01,\n22798,22759,2025-07-01,\n",
	"successions_pre2025.csv": "old_code,old_name,old_district,valid_to,successor_codes_at_2025-06-30,successor_names,method\n" +
		"22750,Phường Thanh Sơn,582,2024-11-01,22750,Phường Phủ Hà,alias\n" +
		"22747,Phường Phủ Hà,582,2024-11-01,22750 22759,Phường Phủ Hà / Phường Kinh Dinh,alias-ambiguous\n",
	"commune_facts.csv": "code,name,province_code,lat,lon,area_km2,population,centre\n22759,Phường Phan Rang,56,11.5673,108.9876,10,1,x\n",
	"legal_basis.csv":   "code,name,province_code,resolution,clause_of_art_1,status\n22759,Phường Phan Rang,56,1667/NQ-UBTVQH15,60,formed\n",
}

// folder writes the files, with the changes, into a new folder; an empty text leaves a file out.
func folder(t *testing.T, changes map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range small {
		if c, ok := changes[name]; ok {
			content = c
		}
		if content == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestImport(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	s, err := register.Import(folder(t, nil), data)
	if err != nil {
		t.Fatal(err)
	}
	want := register.Summary{Units: 11, Provinces: 1, Communes: 1, Successions: 6, Whole: 5, Unknown: 1, NoSuccessor: 2, Ambiguous: 1, Doubtful: 1}
	if s != want {
		t.Errorf("summary %+v, want %+v", s, want)
	}
	r, err := register.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	if _, imported := r.Origin(); !imported {
		t.Error("Open does not say that the register is imported")
	}
	if u, err := r.At("22759", ""); err != nil || !u.Placed() || u.Lat != 11.567 || u.Lon != 108.988 {
		t.Errorf("where it lies: %v, %v", u, err)
	}
	if u, err := r.At("22759", "2025-01-01"); err != nil || u.Placed() {
		t.Errorf("the former unit lies where the present one does: %v, %v", u, err)
	}
	if u, err := r.At("56", "2025-01-01"); err != nil || u.Full() != "tỉnh Khánh Hòa" {
		t.Errorf("names keep the register's spelling: %v, %v", u, err)
	}
	if u, err := r.At("22759", "2025-01-01"); err != nil || u.Full() != "phường Kinh Dinh" {
		t.Errorf("the name says the type: %v, %v", u, err)
	}
	// The extent of the first step is not in the lists; the project's own fact about it stays.
	heirs, err := gov.HeirsOf(r, gov.UnitKey{Code: "22750"})
	if err != nil || len(heirs) != 1 || heirs[0].Unit.Code != "22759" || heirs[0].Steps != 2 || heirs[0].Extent != gov.Whole {
		t.Errorf("heirs of Thanh Sơn: %+v, %v", heirs, err)
	}
	for _, o := range r.Origins(gov.UnitKey{Code: "22759", From: "2025-07-01"}) {
		if o.Source != "1667/NQ-UBTVQH15, Điều 1 khoản 60" {
			t.Errorf("source of %v: %q", o.Old, o.Source)
		}
		if o.Old.Code == "22798" && o.Extent != gov.ExtentUnknown {
			t.Errorf("an empty kind is %q", o.Extent)
		}
	}
	if s, err := register.Import(folder(t, nil), data); err != nil || !s.Unchanged {
		t.Errorf("the same import again: %+v, %v", s, err)
	}
}

func TestImportRefusesAndKeeps(t *testing.T) {
	t.Parallel()
	units, pairs := small["units.csv"], small["successions.csv"]
	for _, c := range []struct {
		name, file, content, key string
		line                     int
	}{
		{"missing file", "units.csv", "", "error.units_import_missing", 0},
		{"missing pairs", "successions.csv", "", "error.units_import_missing", 0},
		{"empty file", "units.csv", "\n", "error.units_import_header", 0},
		{"missing column", "units.csv", "code,name,type,valid_from,valid_to\n", "error.units_import_column", 0},
		{"field count", "units.csv", units + "22760,Phường\n", "error.units_import_csv", 10},
		{"open quote", "units.csv", units + "22760,\"Phường\n", "error.units_import_csv", 10},
		{"tab", "units.csv", units + "22760,\"Phường\tX\",Phường,56,2025-07-01,,\n", "error.units_import_csv", 10},
		{"short code", "units.csv", units + "2276,Phường X,Phường,56,2025-07-01,,\n", "error.units_import_code", 10},
		{"no code", "units.csv", units + "abcde,Phường X,Phường,56,2025-07-01,,\n", "error.units_import_code", 10},
		{"no day", "units.csv", units + "22760,Phường X,Phường,56,2025-02-30,,\n", "error.units_import_day", 10},
		{"no type", "units.csv", units + "22760,Làng X,Làng,56,2025-07-01,,\n", "error.units_import_name", 10},
		{"no name", "units.csv", units + "22760,,Phường,56,2025-07-01,,\n", "error.units_import_name", 10},
		{"wrong order", "units.csv", units + "22760,Phường X,Phường,56,2025-07-01,2025-07-01,\n", "error.units_import_order", 10},
		{"twice", "units.csv", units + "22759,Phường X,Phường,56,2025-07-01,,\n", "error.units_import_twice", 10},
		{"overlap", "units.csv", units + "22759,Phường X,Phường,56,2026-07-01,,\n", "error.units_import_overlap", 10},
		{"no parent", "units.csv", units + "22760,Phường X,Phường,57,2025-07-01,,\n", "error.units_import_parent", 10},
		{"ended parent", "units.csv", units + "22760,Phường X,Phường,582,2025-07-01,,\n", "error.units_import_parent", 10},
		{"nobody in force", "units.csv", strings.Replace(strings.Replace(units, "2025-07-01,,\n", "2025-07-01,2026-01-01,\n", 2), "2025-07-01,,", "2025-07-01,2026-01-01,", 1), "error.units_import_empty", 0},
		{"no old unit", "successions.csv", pairs + "22751,22759,2025-07-01,whole\n", "error.units_import_no_unit", 7},
		{"no new unit", "successions.csv", pairs + "22750,22751,2025-07-01,whole\n", "error.units_import_no_unit", 7},
		{"no kind", "successions.csv", pairs + "22750,22759,2025-07-01,all\n", "error.units_import_kind", 7},
		{"empty day", "successions.csv", pairs + "22750,22759,,whole\n", "error.units_import_day", 7},
		{"turned place", "commune_facts.csv", "code,lat,lon\n22759,108.9,11.5\n", "error.units_import_place", 2},
		{"place of nobody", "commune_facts.csv", "code,lat,lon\n22798,11.5,108.9\n", "error.units_import_no_unit", 2},
		{"no earlier unit", "successions_pre2025.csv", small["successions_pre2025.csv"] + "22000,X,582,2024-11-01,22750,X,alias\n", "error.units_import_no_unit", 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			data := t.TempDir()
			if _, err := register.Import(folder(t, nil), data); err != nil {
				t.Fatal(err)
			}
			before, err := os.ReadFile(register.ImportedFile(data))
			if err != nil {
				t.Fatal(err)
			}
			_, err = register.Import(folder(t, map[string]string{c.file: c.content}), data)
			var e *gov.Error
			if !errors.As(err, &e) || e.Code != gov.Invalid || e.Key != c.key || e.Args[0] != c.file || c.line != 0 && e.Args[1] != c.line {
				t.Errorf("the error is %v, want %s in %s, line %d", err, c.key, c.file, c.line)
			}
			after, err := os.ReadFile(register.ImportedFile(data))
			if err != nil || string(after) != string(before) {
				t.Errorf("the earlier register is not as it was (%v)", err)
			}
			if files, _ := os.ReadDir(filepath.Dir(register.ImportedFile(data))); len(files) != 1 {
				t.Errorf("something is left behind: %v", files)
			}
		})
	}
}

func FuzzImport(f *testing.F) {
	f.Add(small["units.csv"], small["successions.csv"])
	f.Add("code,name,type,parent_code,valid_from,valid_to\n01,Hà Nội,Thành phố trực thuộc trung ương,,,\n", "old_code,new_code,date,kind\n")
	f.Fuzz(func(t *testing.T, units, successions string) {
		dir := t.TempDir()
		for name, content := range map[string]string{"units.csv": units, "successions.csv": successions} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := register.Import(dir, dir); err == nil {
			if _, err := register.Open(dir); err != nil {
				t.Errorf("imported, but cannot be opened: %v", err)
			}
		} else if code := gov.CodeOf(err); code != gov.Invalid {
			t.Errorf("%v", err)
		}
	})
}
