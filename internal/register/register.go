package register

import (
	_ "embed"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// The generator needs the npm package that THIRD_PARTY.md names, unpacked: UNITS_PACKAGE=/path/to/package go generate ./internal/register
//
//go:generate go run ./gen -facts facts.csv -out units.gz

//go:embed units.gz
var embedded []byte

// A Register is one register of units, read-only and safe for concurrent use. It implements gov.Units.
type Register struct {
	origin   string
	imported bool
	units    []gov.UnitVersion // by (code, from)
	bySucc   []gov.Succession  // by old key
	byOrigin []gov.Succession  // by new key
	aliases  map[string]string
	children map[string][]int32 // code of the unit above → units

	names   sync.Once
	byName  map[string][]int32 // search key → units
	byLoose map[string][]int32 // search key with y as i after a consonant → units
	byShort map[string][]int32 // initials of provinces and districts → units

	markers  sync.Once
	byMarker map[string][]int32 // marker of a district → its versions, where the register has official codes
}

var _ gov.Units = (*Register)(nil)

var load = sync.OnceValues(func() (*Register, error) {
	c, err := Unpack(embedded)
	if err != nil {
		return nil, gov.Errorf(gov.Internal, "error.units_embedded").Because(err)
	}
	return New(c), nil
})

// Load gives the embedded register. It is unpacked at the first call; later calls give the same one.
func Load() (*Register, error) { return load() }

// ImportedFile is where the imported register lies in a data folder.
func ImportedFile(dataDir string) string { return filepath.Join(dataDir, "register", "units.gz") }

// Open gives the register of a data folder: the imported one where there is one, else the embedded one. A damaged imported
// register is an error, not a silent step back to less knowledge.
func Open(dataDir string) (*Register, error) {
	data, err := os.ReadFile(ImportedFile(dataDir))
	if errors.Is(err, fs.ErrNotExist) {
		return Load()
	}
	if err != nil {
		return nil, gov.Errorf(gov.Unavailable, "error.units_unreadable").Because(err)
	}
	c, err := Unpack(data)
	if err != nil {
		return nil, gov.Errorf(gov.Unavailable, "error.units_damaged").Because(err)
	}
	r := New(c)
	r.imported = true
	return r, nil
}

// New makes a register of the contents, which it keeps and sorts.
func New(c Contents) *Register {
	c.sort()
	r := &Register{origin: c.Origin, units: c.Units, bySucc: c.Successions, aliases: c.Aliases, children: map[string][]int32{}}
	for i, u := range r.units {
		if u.Parent != "" {
			r.children[u.Parent] = append(r.children[u.Parent], int32(i))
		}
	}
	r.byOrigin = append([]gov.Succession(nil), r.bySucc...)
	sort.SliceStable(r.byOrigin, func(i, j int) bool { return keyLess(r.byOrigin[i].New, r.byOrigin[j].New) })
	return r
}

// Origin says what the register was made from, and whether it was imported into the data folder.
func (r *Register) Origin() (source string, imported bool) { return r.origin, r.imported }

// Size is the number of unit versions and of successions.
func (r *Register) Size() (units, successions int) { return len(r.units), len(r.bySucc) }

// Versions lists all versions of a code, oldest first; empty where the code is unknown.
func (r *Register) Versions(code string) []gov.UnitVersion {
	if vs := r.versions(code); len(vs) > 0 {
		return append([]gov.UnitVersion(nil), vs...)
	}
	return r.byMarkerCode(code)
}

// versions is Versions on the register's own memory, through aliases but not through markers.
func (r *Register) versions(code string) []gov.UnitVersion {
	lo := sort.Search(len(r.units), func(i int) bool { return r.units[i].Code >= code })
	hi := lo
	for hi < len(r.units) && r.units[hi].Code == code {
		hi++
	}
	if hi == lo {
		if other := r.aliases[code]; other != "" && other != code {
			return r.versions(other)
		}
	}
	return r.units[lo:hi:hi]
}

// byMarkerCode lists the versions of a district that an embedded register knew by a marker.
func (r *Register) byMarkerCode(code string) []gov.UnitVersion {
	if !strings.Contains(code, gov.Marker) {
		return nil
	}
	r.markers.Do(func() {
		r.byMarker = map[string][]int32{}
		for i, u := range r.units {
			if u.Level() == gov.DistrictLevel && u.Official() {
				m := MarkerCode(u.Parent, u.Full())
				r.byMarker[m] = append(r.byMarker[m], int32(i))
			}
		}
	})
	var vs []gov.UnitVersion
	for _, i := range r.byMarker[code] {
		vs = append(vs, r.units[i])
	}
	sort.SliceStable(vs, func(i, j int) bool { return vs[i].From < vs[j].From })
	return vs
}

// MarkerCode is what stands in place of a district's code where the official one is not known: the code of its province, a
// tilde, and its full name folded. It is the same whenever the register is made, and cannot be mistaken for a code.
func MarkerCode(province, full string) string {
	return province + gov.Marker + strings.ReplaceAll(searchKey(text.Tones(text.NFC(full))), " ", "-")
}

// At gives the version of code in force on the day (empty: the current one); NotFound where there is none.
func (r *Register) At(code string, on gov.Day) (gov.UnitVersion, error) {
	if u, ok := r.at(code, on); ok {
		return u, nil
	}
	if on == "" {
		return gov.UnitVersion{}, gov.Errorf(gov.NotFound, "error.unit_not_current", code)
	}
	return gov.UnitVersion{}, gov.Errorf(gov.NotFound, "error.unit_not_on_day", code, string(on))
}

func (r *Register) at(code string, on gov.Day) (gov.UnitVersion, bool) {
	vs := r.versions(code)
	if len(vs) == 0 {
		vs = r.byMarkerCode(code)
	}
	for i := len(vs) - 1; i >= 0; i-- {
		if on == "" && vs[i].Current() || on != "" && vs[i].On(on) {
			return vs[i], true
		}
	}
	return gov.UnitVersion{}, false
}

// Get gives the version with exactly this key; NotFound where there is none. Keys that a record took from the embedded register
// hold after an import: a marker finds its district, and a key without a first day, where the imported register knows it,
// finds the unit of the last day before the cutover.
func (r *Register) Get(k gov.UnitKey) (gov.UnitVersion, error) {
	vs := r.versions(k.Code)
	for _, u := range vs {
		if u.From == k.From {
			return u, nil
		}
	}
	for _, u := range vs {
		if k.From == "" && u.To == Cutover {
			return u, nil
		}
	}
	if vs := r.byMarkerCode(k.Code); len(vs) > 0 {
		return vs[len(vs)-1], nil
	}
	return gov.UnitVersion{}, gov.Errorf(gov.NotFound, "error.unit_no_code", k.Code)
}

// Children lists the units directly below code on the day (empty: now), by folded name.
func (r *Register) Children(code string, on gov.Day) []gov.UnitVersion {
	if vs := r.Versions(code); len(vs) > 0 {
		code = vs[0].Code // past an alias or a marker
	}
	var out []gov.UnitVersion
	for _, i := range r.children[code] {
		if u := r.units[i]; on == "" && u.Current() || on != "" && u.On(on) {
			out = append(out, u)
		}
	}
	keys := make(map[gov.UnitKey]string, len(out))
	for _, u := range out {
		keys[u.UnitKey] = text.Fold(u.Name)
	}
	sort.SliceStable(out, func(i, j int) bool { return keys[out[i].UnitKey] < keys[out[j].UnitKey] })
	return out
}

// Provinces lists the provinces in force on the day (empty: now), by code.
func (r *Register) Provinces(on gov.Day) []gov.UnitVersion {
	var out []gov.UnitVersion
	for _, u := range r.units {
		if u.Level() == gov.ProvinceLevel && (on == "" && u.Current() || on != "" && u.On(on)) {
			out = append(out, u)
		}
	}
	return out
}

// Origins lists what the version was made of, one step back, by code.
func (r *Register) Origins(k gov.UnitKey) []gov.Succession {
	k = r.canonical(k)
	lo := sort.Search(len(r.byOrigin), func(i int) bool { return !keyLess(r.byOrigin[i].New, k) })
	hi := lo
	for hi < len(r.byOrigin) && r.byOrigin[hi].New == k {
		hi++
	}
	return append([]gov.Succession(nil), r.byOrigin[lo:hi]...)
}

// Successors lists what became of the version, one step on, by code.
func (r *Register) Successors(k gov.UnitKey) []gov.Succession {
	k = r.canonical(k)
	lo := sort.Search(len(r.bySucc), func(i int) bool { return !keyLess(r.bySucc[i].Old, k) })
	hi := lo
	for hi < len(r.bySucc) && r.bySucc[hi].Old == k {
		hi++
	}
	return append([]gov.Succession(nil), r.bySucc[lo:hi]...)
}

// canonical is the register's own key for k, where k uses an alias or a marker.
func (r *Register) canonical(k gov.UnitKey) gov.UnitKey {
	if u, err := r.Get(k); err == nil {
		return u.UnitKey
	}
	return k
}
