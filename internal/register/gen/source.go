package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/register"
)

// The rows of the package's three tables, as far as they are used.
type (
	province struct {
		Code string `json:"province_code"`
		Name string `json:"name"`
		Kind string `json:"place_type"`
	}
	ward struct {
		Code     string `json:"ward_code"`
		Name     string `json:"name"`
		Province string `json:"province_code"`
	}
	mapping struct {
		OldCode     string `json:"old_ward_code"`
		OldName     string `json:"old_ward_name"`
		OldDistrict string `json:"old_district_name"`
		OldProvince string `json:"old_province_name"`
		NewCode     string `json:"new_ward_code"`
	}
)

// source is the package's content, with codes at full length and names in the register's spelling.
type source struct {
	provinces []province
	wards     []ward
	mappings  []mapping
}

func readSource(data []byte) (source, error) {
	var tables []struct {
		Type, Name string
		Data       json.RawMessage
	}
	var s source
	if err := json.Unmarshal(data, &tables); err != nil {
		return s, fmt.Errorf("address.json: %w", err)
	}
	into := map[string]any{"provinces": &s.provinces, "wards": &s.wards, "ward_mappings": &s.mappings}
	for _, t := range tables {
		if rows := into[t.Name]; t.Type == "table" && rows != nil {
			if err := json.Unmarshal(t.Data, rows); err != nil {
				return s, fmt.Errorf("address.json, table %s: %w", t.Name, err)
			}
		}
	}
	if len(s.provinces) == 0 || len(s.wards) == 0 || len(s.mappings) == 0 {
		return s, fmt.Errorf("address.json lacks one of the tables provinces, wards, ward_mappings")
	}
	for i := range s.provinces {
		s.provinces[i].Name = register.Spell(s.provinces[i].Name)
	}
	for i := range s.wards {
		s.wards[i].Name = register.Spell(s.wards[i].Name)
	}
	for i := range s.mappings {
		m := &s.mappings[i]
		// Leading zeros are lost in some of the package's codes.
		m.NewCode = strings.Repeat("0", max(0, 5-len(m.NewCode))) + m.NewCode
		m.OldName, m.OldDistrict, m.OldProvince = register.Spell(m.OldName), register.Spell(m.OldDistrict), register.Spell(m.OldProvince)
	}
	return s, nil
}

// cut splits a full name into type and name.
func cut(full string) (gov.UnitType, string, error) {
	t, name, ok := register.SplitName(full)
	if !ok {
		return "", "", fmt.Errorf("%q begins with no type of unit", full)
	}
	return t, name, nil
}
