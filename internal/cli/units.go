package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"haicap/internal/gov"
)

func unitsFindCommand() command {
	return command{name: "units find", args: "NAME…", min: 1, max: -1, flags: []flag{{"json", ""}, {"within", "CODE"}, {"on", "DAY"}}, run: runUnitsFind,
		examples: []string{`haicap units find "song lo"`, "haicap units find thanh miếu --within 25", "haicap units find phường Thanh Sơn --on 2022-05-11 --json"}}
}

func unitsShowCommand() command {
	return command{name: "units show", args: "CODE", min: 1, max: 1, flags: []flag{{"json", ""}}, run: runUnitsShow,
		examples: []string{"haicap units show 07909", "haicap units show 07936 --json"}}
}

func unitsAtCommand() command {
	return command{name: "units at", args: "DAY CODE", min: 2, max: 2, flags: []flag{{"json", ""}}, run: runUnitsAt,
		examples: []string{"haicap units at 24/12/2025 04795", "haicap units at 2024-12-31 04795"}}
}

func unitsLineageCommand() command {
	return command{name: "units lineage", args: "CODE", min: 1, max: 1, run: runUnitsLineage,
		examples: []string{"haicap units lineage 07909", "haicap units lineage 22759"}}
}

// unitsBook is the register of the data folder with the changes that were carried out in its books, where they were begun.
func (c *call) unitsBook(ctx context.Context) (gov.Units, error) {
	if c.needData() != nil {
		return c.units()()
	}
	p, err := c.open(ctx)
	if err != nil {
		return nil, err
	}
	defer p.close()
	return p.app.Units(ctx)
}

func runUnitsFind(ctx context.Context, c *call) error {
	units, err := c.unitsBook(ctx)
	if err != nil {
		return err
	}
	on, err := dayOf(c.flags["on"])
	if err != nil {
		return err
	}
	name := strings.Join(c.args, " ")
	found := units.Find(gov.UnitQuery{Name: name, Within: c.flags["within"], On: on})
	if len(found) == 0 {
		return gov.Errorf(gov.NotFound, "error.cli_unit_none", name)
	}
	var b strings.Builder
	for _, m := range found {
		if c.has("json") {
			u := unitOut(units, m.Unit)
			u.Exact = &m.Exact
			jsonLine(&b, u)
			continue
		}
		fmt.Fprintf(&b, "%s%s  (%s)\n", column(codeOf(m.Unit), 7), m.Path, c.inForce(m.Unit))
	}
	return c.put(b.String())
}

func runUnitsShow(ctx context.Context, c *call) error {
	units, err := c.unitsBook(ctx)
	if err != nil {
		return err
	}
	versions, err := versionsOf(units, c.args[0])
	if err != nil {
		return err
	}
	var b strings.Builder
	for i, u := range versions {
		if c.has("json") {
			jsonLine(&b, unitOut(units, u))
			continue
		}
		if i > 0 {
			b.WriteString("\n")
		}
		c.showUnit(&b, units, u)
	}
	return c.put(b.String())
}

func runUnitsAt(ctx context.Context, c *call) error {
	units, err := c.unitsBook(ctx)
	if err != nil {
		return err
	}
	day, err := dayOf(c.args[0])
	if err != nil {
		return err
	}
	u, err := units.At(c.args[1], day)
	if err != nil {
		return err
	}
	var b strings.Builder
	if c.has("json") {
		jsonLine(&b, unitOut(units, u))
	} else {
		c.showUnit(&b, units, u)
	}
	return c.put(b.String())
}

func runUnitsLineage(ctx context.Context, c *call) error {
	units, err := c.unitsBook(ctx)
	if err != nil {
		return err
	}
	versions, err := versionsOf(units, c.args[0])
	if err != nil {
		return err
	}
	var b strings.Builder
	for i, u := range versions {
		l, err := gov.LineageOf(units, u.UnitKey)
		if err != nil {
			return err
		}
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "%s  %s  (%s)\n", codeOf(u), gov.UnitPath(units, u), c.inForce(u))
		c.tree(&b, "cli.unit_origins", l.Origins)
		c.tree(&b, "cli.unit_successors", l.Successors)
		if len(l.Origins)+len(l.Successors) == 0 {
			b.WriteString("  " + c.lang.T("cli.unit_no_steps") + "\n")
		}
	}
	return c.put(b.String())
}

// tree draws steps of a lineage, deeper ones further in.
func (c *call) tree(b *strings.Builder, key string, steps []gov.LineageStep) {
	if len(steps) == 0 {
		return
	}
	b.WriteString("  " + c.lang.T(key) + "\n")
	c.branches(b, "  ", steps)
}

func (c *call) branches(b *strings.Builder, prefix string, steps []gov.LineageStep) {
	for i, s := range steps {
		joint, below := "├─ ", "│  "
		if i == len(steps)-1 {
			joint, below = "└─ ", "   "
		}
		fmt.Fprintf(b, "%s%s%s\n", prefix, joint, c.step(s.Succession, s.Unit))
		c.branches(b, prefix+below, s.Next)
	}
}

// step is one succession in words: code, name, extent, day and source.
func (c *call) step(s gov.Succession, u gov.UnitVersion) string {
	line := fmt.Sprintf("%s  %s, %s, %s", codeOf(u), u.Full(), c.lang.T("extent."+string(s.Extent)), c.lang.Date(string(s.Day)))
	if s.Source != "" {
		line += " (" + s.Source + ")"
	}
	return line
}

// showUnit writes a version with one step back and one step on.
func (c *call) showUnit(b *strings.Builder, units gov.Units, u gov.UnitVersion) {
	fmt.Fprintf(b, "%s  %s  (%s)\n", codeOf(u), gov.UnitPath(units, u), c.inForce(u))
	list := func(key string, steps []gov.Succession, far func(gov.Succession) gov.UnitKey) {
		if len(steps) > 0 {
			b.WriteString("  " + c.lang.T(key) + "\n")
		}
		for _, s := range steps {
			if other, err := units.Get(far(s)); err == nil {
				b.WriteString("    " + c.step(s, other) + "\n")
			}
		}
	}
	list("cli.unit_origins", units.Origins(u.UnitKey), func(s gov.Succession) gov.UnitKey { return s.Old })
	list("cli.unit_successors", units.Successors(u.UnitKey), func(s gov.Succession) gov.UnitKey { return s.New })
	if n := len(units.Children(u.Code, u.LastDay())); n > 0 {
		b.WriteString("  " + c.lang.T("cli.unit_children", n) + "\n")
	}
}

// inForce says in words when a version was in force.
func (c *call) inForce(u gov.UnitVersion) string {
	from, to := c.lang.Date(string(u.From)), c.lang.Date(string(u.LastDay()))
	switch {
	case u.From == "" && u.To == "":
		return c.lang.T("cli.unit_now")
	case u.To == "":
		return c.lang.T("cli.unit_since", from)
	case u.From == "":
		return c.lang.T("cli.unit_until", to)
	}
	return c.lang.T("cli.unit_between", from, to)
}

// versionsOf lists the versions of a code, newest first.
func versionsOf(units gov.Units, code string) ([]gov.UnitVersion, error) {
	versions := units.Versions(code)
	if len(versions) == 0 {
		return nil, gov.Errorf(gov.NotFound, "error.unit_unknown", code)
	}
	out := make([]gov.UnitVersion, 0, len(versions))
	for i := len(versions) - 1; i >= 0; i-- {
		out = append(out, versions[i])
	}
	return out, nil
}

// codeOf is the code as people see it: a dash where the official one is not known.
func codeOf(u gov.UnitVersion) string {
	if !u.Official() {
		return "–"
	}
	return u.Code
}

// dayOf reads a day as people write it (24/12/2025) or as data do (2025-12-24); empty stays empty.
func dayOf(s string) (gov.Day, error) {
	if s == "" {
		return "", nil
	}
	for _, layout := range []string{time.DateOnly, "2/1/2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return gov.DayOf(t), nil
		}
	}
	return "", gov.Errorf(gov.Invalid, "error.day_invalid", s)
}

// A unitJSON is a unit version in the JSON of the units commands.
type unitJSON struct {
	Code       string     `json:"code"` // empty: the official one is not known
	From       gov.Day    `json:"from"` // empty: before the register begins
	To         gov.Day    `json:"to"`   // exclusive; empty: in force
	Name       string     `json:"name"`
	Type       string     `json:"type"`
	Path       string     `json:"path"`
	Exact      *bool      `json:"exact,omitempty"` // the name agrees with its marks
	Origins    []stepJSON `json:"origins"`
	Successors []stepJSON `json:"successors"`
}

type stepJSON struct {
	Code   string  `json:"code"`
	From   gov.Day `json:"from"`
	Name   string  `json:"name"`
	Day    gov.Day `json:"day"`
	Extent string  `json:"extent"` // whole, part; empty: not known
	Source string  `json:"source,omitempty"`
}

func unitOut(units gov.Units, u gov.UnitVersion) unitJSON {
	out := unitJSON{From: u.From, To: u.To, Name: u.Name, Type: string(u.Type), Path: gov.UnitPath(units, u), Origins: []stepJSON{}, Successors: []stepJSON{}}
	if u.Official() {
		out.Code = u.Code
	}
	add := func(steps *[]stepJSON, s gov.Succession, far gov.UnitKey) {
		other, err := units.Get(far)
		if err != nil {
			return
		}
		j := stepJSON{From: other.From, Name: other.Full(), Day: s.Day, Extent: string(s.Extent), Source: s.Source}
		if other.Official() {
			j.Code = other.Code
		}
		*steps = append(*steps, j)
	}
	for _, s := range units.Origins(u.UnitKey) {
		add(&out.Origins, s, s.Old)
	}
	for _, s := range units.Successors(u.UnitKey) {
		add(&out.Successors, s, s.New)
	}
	return out
}

// jsonLine writes v as one line of JSON, without HTML's escapes.
func jsonLine(w io.Writer, v any) {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // plain structs into memory
}
