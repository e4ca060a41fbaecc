package register

import (
	"strings"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// Cutover is the day on which the districts ended, and all provinces and communes began anew with codes that had named others.
const Cutover gov.Day = "2025-07-01"

// UnitTypes are the words that a full name begins with, longer ones before those that they begin with.
var UnitTypes = []gov.UnitType{
	gov.City, gov.Town, gov.Township, gov.SpecialZone, gov.Ward, gov.Commune, gov.UrbanDist, gov.RuralDist, gov.Province,
}

// Spell is a name in the register's spelling: NFC, tone placement of hòa, straight apostrophe, single spaces.
func Spell(name string) string {
	return strings.ReplaceAll(text.Tones(strings.Join(strings.Fields(text.NFC(name)), " ")), "’", "'")
}

// SplitName splits a full name ("Xã Ia Mơ") into type and name; false where it begins with no type.
func SplitName(full string) (gov.UnitType, string, bool) {
	for _, t := range UnitTypes {
		if len(full) > len(t)+1 && strings.EqualFold(full[:len(t)], string(t)) && full[len(t)] == ' ' {
			return t, full[len(t)+1:], true
		}
	}
	return "", full, false
}
