package gov

import (
	"slices"
	"strings"

	"haicap/internal/text"
)

// A UnitJournal is what a change moved, each with what was before and after, so that it can be read later and undone. The store keeps it as an Entry
// beside the change, under the same id.
type UnitJournal struct {
	Matters  []MovedMatter
	Grants   []MovedGrant
	Accounts []MovedAccount
	Targets  []MovedTarget
}

// A MovedMatter is an open matter whose bodies changed.
type MovedMatter struct {
	ID            ID
	Before, After []Party
}

// A MovedGrant is a role that ended with its unit or agency, and the one that began for what took its place.
type MovedGrant struct {
	Account ID
	Ended   ID
	Given   ID // empty: the account has the same role there already
}

// A MovedAccount is somebody who works for another agency now.
type MovedAccount struct {
	ID            ID
	Before, After ID
}

// A MovedTarget is the target that took the place of those of former units.
type MovedTarget struct {
	Old []ID
	New ID
}

// Follow is the parties of a matter after a change, and whether anything changed. unit and agency say what took the place of which, words how a name
// reads now. A body that stands twice in one role after it stands there once.
func Follow(parties []Party, unit func(UnitKey) (UnitKey, bool), agency func(ID) (Agency, bool), words func(name string, from, to UnitKey) string) ([]Party, bool) {
	var list []Party
	changed := false
	for _, p := range parties {
		q := p
		if to, ok := unit(p.Unit); ok && !p.Unit.Zero() {
			q.Unit, q.Name = to, words(p.Name, p.Unit, to)
		}
		if a, ok := agency(p.Agency); ok && p.Agency != "" {
			q.Agency, q.Name = a.ID, a.Name
			if p.Unit == q.Unit && !a.Unit.Zero() && !p.Unit.Zero() && p.Role != RoleUnit {
				q.Unit = a.Unit
			}
		}
		changed = changed || q != p
		if q != p && slices.ContainsFunc(list, func(o Party) bool {
			return o.Role == q.Role && o.Unit == q.Unit && o.Agency == q.Agency && (q.Role == RoleUnit || q.Agency != "" || o.Name == q.Name)
		}) {
			continue
		}
		list = append(list, q)
	}
	return list, changed
}

// SplitNumber takes the number of a document apart: 15 and "TB/TU" of "15-TB/TU". A register of documents counts each symbol by itself.
func SplitNumber(number string) (n int, symbol string, ok bool) {
	s := strings.TrimSpace(text.NFC(number))
	for _, word := range []string{"Số:", "Số", "số:", "số"} {
		s = strings.TrimSpace(strings.TrimPrefix(s, word))
	}
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' && i < 7 {
		n = n*10 + int(s[i]-'0')
		i++
	}
	symbol = strings.TrimSpace(strings.TrimLeft(s[i:], "/-–. "))
	return n, symbol, i > 0
}
