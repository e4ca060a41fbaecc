package register

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"

	"haicap/internal/gov"
)

// Contents is all that a register holds, in the form in which it is made and packed.
type Contents struct {
	Origin      string // what it was made from, for people
	FactsSum    string // SHA-256 of the facts.csv that went in, so that a test sees when the two part
	Units       []gov.UnitVersion
	Successions []gov.Succession
	Aliases     map[string]string // a code that some sources use → the code of the register
}

const packHeader = "haicap-units 1"

// maxPacked bounds the unpacked size of a register, so that a damaged or hostile file cannot fill the memory.
const maxPacked = 64 << 20

// Pack writes the contents in the register's own form: gzip over lines of tab-separated fields, units by (code, from),
// successions by the numbers of their units. The same contents give the same bytes.
func Pack(c Contents) ([]byte, error) {
	c.sort()
	index := make(map[gov.UnitKey]int, len(c.Units))
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nO\t%s\nF\t%s\n", packHeader, c.Origin, c.FactsSum)
	for i, u := range c.Units {
		if _, twice := index[u.UnitKey]; twice {
			return nil, fmt.Errorf("unit %v stands twice", u.UnitKey)
		}
		index[u.UnitKey] = i
		fmt.Fprintf(&b, "U\t%s\t%s\t%s\t%s\t%s\t%s\n", u.Code, u.From, u.To, u.Type, u.Name, u.Parent)
	}
	for i, u := range c.Units {
		if u.Placed() {
			fmt.Fprintf(&b, "P\t%d\t%s\t%s\n", i, degrees(u.Lat), degrees(u.Lon))
		}
	}
	for _, s := range c.Successions {
		from, ok1 := index[s.Old]
		to, ok2 := index[s.New]
		if !ok1 || !ok2 {
			return nil, fmt.Errorf("succession %v → %v names a unit that is not there", s.Old, s.New)
		}
		fmt.Fprintf(&b, "S\t%d\t%d\t%s\t%s\t%s\n", from, to, s.Day, s.Extent, s.Source)
	}
	for _, a := range sortedKeys(c.Aliases) {
		fmt.Fprintf(&b, "A\t%s\t%s\n", a, c.Aliases[a])
	}
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := io.WriteString(z, b.String()); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// degrees is an angle to a hundred metres: what a map of squares needs.
func degrees(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }

func (c *Contents) sort() {
	sort.Slice(c.Units, func(i, j int) bool { return keyLess(c.Units[i].UnitKey, c.Units[j].UnitKey) })
	sort.Slice(c.Successions, func(i, j int) bool {
		a, b := c.Successions[i], c.Successions[j]
		if a.Old != b.Old {
			return keyLess(a.Old, b.Old)
		}
		if a.New != b.New {
			return keyLess(a.New, b.New)
		}
		return a.Day < b.Day
	})
}

func keyLess(a, b gov.UnitKey) bool {
	if a.Code != b.Code {
		return a.Code < b.Code
	}
	return a.From < b.From
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// Unpack reads what Pack wrote.
func Unpack(data []byte) (Contents, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return Contents{}, err
	}
	plain, err := io.ReadAll(io.LimitReader(z, maxPacked+1))
	if err != nil {
		return Contents{}, err
	}
	if len(plain) > maxPacked {
		return Contents{}, errors.New("larger than a register can be")
	}
	return parsePacked(string(plain))
}

// parsePacked splits the lines; the strings of the result share the one text, which keeps loading fast.
func parsePacked(s string) (Contents, error) {
	head, rest, _ := strings.Cut(s, "\n")
	if head != packHeader {
		return Contents{}, fmt.Errorf("begins with %.40q, not with %q", head, packHeader)
	}
	c := Contents{Aliases: map[string]string{}, Units: make([]gov.UnitVersion, 0, 16<<10), Successions: make([]gov.Succession, 0, 16<<10)}
	var f [7]string
	for line := 2; rest != ""; line++ {
		var row string
		row, rest, _ = strings.Cut(rest, "\n")
		if err := c.addPacked(row, split(row, f[:])); err != nil {
			return Contents{}, fmt.Errorf("line %d: %w", line, err)
		}
	}
	return c, nil
}

func (c *Contents) addPacked(row string, f []string) error {
	switch {
	case f[0] == "U" && len(f) == 7:
		c.Units = append(c.Units, gov.UnitVersion{
			UnitKey: gov.UnitKey{Code: f[1], From: gov.Day(f[2])}, To: gov.Day(f[3]), Type: gov.UnitType(f[4]), Name: f[5], Parent: f[6],
		})
	case f[0] == "P" && len(f) == 4:
		i, err1 := strconv.Atoi(f[1])
		lat, err2 := strconv.ParseFloat(f[2], 64)
		lon, err3 := strconv.ParseFloat(f[3], 64)
		if err1 != nil || err2 != nil || err3 != nil || i < 0 || i >= len(c.Units) {
			return fmt.Errorf("no such place in %.60q", row)
		}
		c.Units[i].Lat, c.Units[i].Lon = lat, lon
	case f[0] == "S" && len(f) == 6:
		from, err1 := strconv.Atoi(f[1])
		to, err2 := strconv.Atoi(f[2])
		if err1 != nil || err2 != nil || from < 0 || to < 0 || from >= len(c.Units) || to >= len(c.Units) {
			return fmt.Errorf("no such units in %.60q", row)
		}
		c.Successions = append(c.Successions, gov.Succession{
			Old: c.Units[from].UnitKey, New: c.Units[to].UnitKey, Day: gov.Day(f[3]), Extent: gov.Extent(f[4]), Source: f[5],
		})
	case f[0] == "A" && len(f) == 3:
		c.Aliases[f[1]] = f[2]
	case f[0] == "O" && len(f) == 2:
		c.Origin = f[1]
	case f[0] == "F" && len(f) == 2:
		c.FactsSum = f[1]
	default:
		return fmt.Errorf("cannot read %.60q", row)
	}
	return nil
}

// split cuts row at tabs into f, without allocating; a row with more fields than f has gives all of f and one more, which no case takes.
func split(row string, f []string) []string {
	n := 0
	for n < len(f) {
		field, rest, more := strings.Cut(row, "\t")
		f[n], row = field, rest
		n++
		if !more {
			return f[:n]
		}
	}
	return append(f[:n:n], row)
}
