package register

import (
	"bytes"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// A Summary says what an import brought.
type Summary struct {
	Units                int  // unit versions
	Provinces, Communes  int  // in force now
	Successions          int  // of which:
	Whole, Part, Unknown int  // by extent
	NoSuccessor          int  // ended communes of which the lists do not say where they went
	Ambiguous            int  // former communes left without successor because the list names several candidates
	Doubtful             int  // versions left out because they have no day: they end, with a question mark, on the day they begin
	Unchanged            bool // the data folder held exactly this already
}

// Import reads a complete history in the CSV form of docs/units-import.md from srcDir, checks it whole, and lays it into the
// data folder in place of an earlier one. Where anything is wrong it says what, file and line, and changes nothing.
func Import(srcDir, dataDir string) (Summary, error) {
	im := importer{byCode: map[string][]gov.UnitVersion{}, at: map[gov.UnitKey]row{}, pairs: map[[2]gov.UnitKey]bool{}}
	for _, step := range []func(string) error{im.readUnits, im.checkTimelines, im.readLaw, im.readSuccessions, im.readEarlier, im.continueCodes, im.readPlaces} {
		if err := step(srcDir); err != nil {
			return Summary{}, err
		}
	}
	own, err := Load()
	if err != nil {
		return Summary{}, err
	}
	im.adoptFacts(own)
	c := Contents{Origin: "units import", Units: im.units(), Successions: im.successions, Aliases: map[string]string{}}
	for alias, code := range own.aliases {
		if len(im.byCode[alias]) == 0 && len(im.byCode[code]) > 0 {
			c.Aliases[alias] = code
		}
	}
	packed, err := Pack(c)
	if err != nil {
		return Summary{}, gov.Errorf(gov.Invalid, "error.units_import_broken").Because(err)
	}
	s := im.summary()
	if old, err := os.ReadFile(ImportedFile(dataDir)); err == nil && bytes.Equal(old, packed) {
		s.Unchanged = true
		return s, nil
	}
	return s, replaceFile(ImportedFile(dataDir), packed)
}

// replaceFile writes data beside path and renames it into place, so that a reader sees the old file or the new one.
func replaceFile(path string, data []byte) error {
	fail := func(err error) error { return gov.Errorf(gov.Unavailable, "error.units_import_write").Because(err) }
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return fail(err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "units-*.tmp")
	if err != nil {
		return fail(err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(data)
	if err == nil {
		err = tmp.Sync()
	}
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return fail(err)
	}
	return nil
}

// An importer gathers the tables of one import.
type importer struct {
	byCode      map[string][]gov.UnitVersion // oldest first
	at          map[gov.UnitKey]row          // where each version was read
	law         map[string]string            // code of a unit formed on the cutover → the words that formed it
	successions []gov.Succession
	pairs       map[[2]gov.UnitKey]bool
	ambiguous   int
	doubtful    int
}

func (im *importer) readUnits(dir string) error {
	columns := []string{"code", "name", "type", "parent_code", "valid_from", "valid_to"}
	present, err := readTable(dir, "units.csv", true, columns...)
	if err != nil {
		return err
	}
	history, err := readTable(dir, "units_history.csv", false, columns...)
	if err != nil {
		return err
	}
	for _, r := range append(present.rows, history.rows...) {
		if err := im.addUnit(r); err != nil {
			return err
		}
	}
	return nil
}

func (im *importer) addUnit(r row) error {
	code, err := r.code("code")
	if err != nil {
		return err
	}
	from, err := r.day("valid_from")
	if err != nil {
		return err
	}
	to, err := r.day("valid_to")
	if err != nil {
		return err
	}
	t, name, err := r.typed("name", "type")
	if err != nil {
		return err
	}
	if to != "" && to == from && strings.HasSuffix(r.get("valid_to"), "?") {
		im.doubtful++ // a version of no day at all, whose end the list itself doubts
		return nil
	}
	if to != "" && to <= from {
		return r.bad("error.units_import_order", code)
	}
	parent := ""
	if len(code) != 2 {
		if parent, err = r.code("parent_code"); err != nil {
			return err
		}
	}
	u := gov.UnitVersion{UnitKey: gov.UnitKey{Code: code, From: from}, Name: name, Type: t, Parent: parent, To: to}
	if first, twice := im.at[u.UnitKey]; twice {
		return gov.Errorf(gov.Invalid, "error.units_import_twice", r.file, r.line, code, first.file, first.line)
	}
	im.at[u.UnitKey] = r
	im.byCode[code] = append(im.byCode[code], u)
	return nil
}

// checkTimelines sorts each code's versions, and checks that they do not overlap, that parents exist, and that somebody is in force.
func (im *importer) checkTimelines(string) error {
	for _, code := range im.codes() {
		vs := im.byCode[code]
		sort.Slice(vs, func(i, j int) bool { return vs[i].From < vs[j].From })
		for i, u := range vs {
			r := im.at[u.UnitKey]
			if i > 0 && (vs[i-1].To == "" || vs[i-1].To > u.From) {
				first := im.at[vs[i-1].UnitKey]
				return gov.Errorf(gov.Invalid, "error.units_import_overlap", r.file, r.line, code, first.file, first.line)
			}
			if u.Parent == "" {
				continue
			}
			last := u.LastDay()
			if _, ok := im.on(u.Parent, last); !ok {
				return r.bad("error.units_import_parent", u.Parent)
			}
		}
	}
	s := im.summary()
	if s.Provinces == 0 || s.Communes == 0 {
		return gov.Errorf(gov.Invalid, "error.units_import_empty", "units.csv")
	}
	return nil
}

// readLaw notes which article formed each unit on the cutover, the only day of which legal_basis.csv speaks.
func (im *importer) readLaw(dir string) error {
	t, err := readTable(dir, "legal_basis.csv", false, "code", "resolution", "clause_of_art_1")
	im.law = map[string]string{}
	for _, r := range t.rows {
		words := r.get("resolution")
		if clause := r.get("clause_of_art_1"); words != "" && clause != "" {
			words += ", Điều 1 khoản " + clause
		}
		im.law[r.get("code")] = words
	}
	return err
}

// readPlaces reads where the units in force lie. A place outside the land and its islands is an error: latitude and longitude have changed places.
func (im *importer) readPlaces(dir string) error {
	t, err := readTable(dir, "commune_facts.csv", false, "code", "lat", "lon")
	for _, r := range t.rows {
		lat, err1 := strconv.ParseFloat(r.get("lat"), 64)
		lon, err2 := strconv.ParseFloat(r.get("lon"), 64)
		if r.get("lat") == "" && r.get("lon") == "" {
			continue
		}
		if err1 != nil || err2 != nil || lat < 6 || lat > 24 || lon < 102 || lon > 118 {
			return r.bad("error.units_import_place", r.get("lat")+", "+r.get("lon"))
		}
		versions := im.byCode[r.get("code")]
		if len(versions) == 0 || !versions[len(versions)-1].Current() {
			return r.bad("error.units_import_no_unit", r.get("code"))
		}
		versions[len(versions)-1].Lat, versions[len(versions)-1].Lon = lat, lon
	}
	return err
}

// readSuccessions reads what went where on a day: the old version is the one that ended on it, the new one that began on it.
func (im *importer) readSuccessions(dir string) error {
	t, err := readTable(dir, "successions.csv", true, "old_code", "new_code", "date", "kind")
	if err != nil {
		return err
	}
	for _, r := range t.rows {
		day, err := r.day("date")
		if err != nil {
			return err
		}
		if day == "" {
			return r.bad("error.units_import_day", "")
		}
		old, ok := im.on(r.get("old_code"), day.AddDays(-1))
		if !ok {
			return r.bad("error.units_import_no_unit", r.get("old_code"))
		}
		next, ok := im.on(r.get("new_code"), day)
		if !ok {
			return r.bad("error.units_import_no_unit", r.get("new_code"))
		}
		extent := gov.Extent(r.get("kind"))
		if extent != gov.Whole && extent != gov.Part && extent != gov.ExtentUnknown {
			return r.bad("error.units_import_kind", string(extent))
		}
		source := ""
		if day == Cutover && next.From == Cutover {
			source = im.law[next.Code]
		}
		im.link(old, next, day, extent, source)
	}
	return nil
}

func (im *importer) link(old, next gov.UnitVersion, day gov.Day, extent gov.Extent, source string) {
	key := [2]gov.UnitKey{old.UnitKey, next.UnitKey}
	if im.pairs[key] || old.UnitKey == next.UnitKey {
		return
	}
	im.pairs[key] = true
	im.successions = append(im.successions, gov.Succession{Old: old.UnitKey, New: next.UnitKey, Day: day, Extent: extent, Source: source})
}

// eve is the day of which successions_pre2025.csv names the successors.
const eve gov.Day = "2025-06-30"

// readEarlier reads where communes went that ended before the cutover. The list names the unit of 30 June 2025; the step leads
// to that unit as it was when the old one ended, where it had its name by then. Several candidates are no knowledge and are left out.
func (im *importer) readEarlier(dir string) error {
	t, err := readTable(dir, "successions_pre2025.csv", false, "old_code", "valid_to", "successor_codes_at_2025-06-30", "method")
	if err != nil {
		return err
	}
	for _, r := range t.rows {
		day, err := r.day("valid_to")
		if err != nil {
			return err
		}
		old, ok := im.on(r.get("old_code"), day.AddDays(-1))
		if !ok && strings.HasSuffix(r.get("valid_to"), "?") {
			continue // its version was left out
		}
		if !ok || day == "" {
			return r.bad("error.units_import_no_unit", r.get("old_code"))
		}
		if next, ok := im.on(old.Code, day); ok && next.From == day && sameName(next, old) {
			continue // the unit itself goes on; continueCodes links it
		}
		codes := strings.FieldsFunc(r.get("successor_codes_at_2025-06-30"), func(c rune) bool { return c < '0' || c > '9' })
		if len(codes) > 1 {
			im.ambiguous++
			continue
		}
		for _, code := range codes {
			last, ok := im.on(code, eve)
			if !ok {
				return r.bad("error.units_import_no_unit", code)
			}
			if then, ok := im.on(code, day); ok && (sameName(then, last) || code == old.Code) {
				last = then
			}
			im.link(old, last, day, gov.ExtentUnknown, "")
		}
	}
	return nil
}

func sameName(a, b gov.UnitVersion) bool { return text.Norm(a.Name) == text.Norm(b.Name) }

// continueCodes links a version that ended before the cutover to the one of its code that began on the same day, where no list
// says anything: its type, name or parent changed. Codes are given anew only on the cutover, for which successions.csv speaks.
func (im *importer) continueCodes(string) error {
	has := map[gov.UnitKey]bool{}
	for _, s := range im.successions {
		has[s.Old] = true
	}
	for _, code := range im.codes() {
		vs := im.byCode[code]
		for i := range len(vs) - 1 {
			if vs[i].To == vs[i+1].From && vs[i].To <= eve && !has[vs[i].UnitKey] {
				im.link(vs[i], vs[i+1], vs[i].To, gov.ExtentUnknown, "")
			}
		}
	}
	return nil
}

// adoptFacts takes over what this project's own facts say about steps that the import has without an extent.
func (im *importer) adoptFacts(own *Register) {
	type step struct {
		old, new string
		day      gov.Day
	}
	facts := map[step]gov.Succession{}
	for _, s := range own.bySucc {
		if s.Source != "" && s.Extent != gov.ExtentUnknown {
			facts[step{s.Old.Code, s.New.Code, s.Day}] = s
		}
	}
	for i := range im.successions {
		s := &im.successions[i]
		if f, ok := facts[step{s.Old.Code, s.New.Code, s.Day}]; ok {
			if s.Extent == gov.ExtentUnknown {
				s.Extent = f.Extent
			}
			if s.Source == "" && s.Extent == f.Extent {
				s.Source = f.Source
			}
		}
	}
}

func (im *importer) codes() []string {
	codes := make([]string, 0, len(im.byCode))
	for c := range im.byCode {
		codes = append(codes, c)
	}
	sort.Strings(codes)
	return codes
}

func (im *importer) on(code string, day gov.Day) (gov.UnitVersion, bool) {
	for _, u := range im.byCode[code] {
		if day == "" && u.Current() || day != "" && u.On(day) {
			return u, true
		}
	}
	return gov.UnitVersion{}, false
}

func (im *importer) units() []gov.UnitVersion {
	var all []gov.UnitVersion
	for _, vs := range im.byCode {
		all = append(all, vs...)
	}
	return all
}

func (im *importer) summary() Summary {
	s := Summary{Successions: len(im.successions), Ambiguous: im.ambiguous, Doubtful: im.doubtful}
	has := map[gov.UnitKey]bool{}
	for _, x := range im.successions {
		has[x.Old] = true
		switch x.Extent {
		case gov.Whole:
			s.Whole++
		case gov.Part:
			s.Part++
		default:
			s.Unknown++
		}
	}
	for _, vs := range im.byCode {
		for _, u := range vs {
			s.Units++
			switch {
			case u.Current() && u.Level() == gov.ProvinceLevel:
				s.Provinces++
			case u.Current() && u.Level() == gov.CommuneLevel:
				s.Communes++
			case !u.Current() && u.Level() == gov.CommuneLevel && !has[u.UnitKey]:
				s.NoSuccessor++
			}
		}
	}
	return s
}
