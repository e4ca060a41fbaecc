package store

import (
	"context"
	"maps"
	"slices"

	"haicap/internal/gov"
)

// CreateMatters writes new matters many rows a statement: the matters, what they belong to, their parties, their counts, their steps in the order
// given, and links. It keeps exactly what CreateMatter, AddEvent and AddLink keep; a case of the contract holds the two against each other.
func (t *tx) CreateMatters(ctx context.Context, b gov.MatterBatch) error {
	rows := matterRows{new: make(map[gov.ID]bool, len(b.Matters)), holders: map[gov.ID]string{}}
	for _, m := range b.Matters {
		if err := rows.add(ctx, t, m); err != nil {
			return err
		}
	}
	seqs := make(map[gov.ID]int, len(b.Matters))
	for _, e := range b.Events {
		if !rows.new[e.Matter] {
			return gov.Errorf(gov.NotFound, "error.not_found")
		}
		seqs[e.Matter]++
		rows.events = append(rows.events, []any{e.Realm, e.Matter, seqs[e.Matter], e.At, e.By, e.Action, e.From, e.To, e.Note, null(e.Document), e.DueFrom, e.DueTo})
	}
	for _, table := range []struct {
		name, columns, conflict string
		rows                    [][]any
	}{
		{"matter", matterInsert, "", rows.matters},
		{"record_owner", matterOwnerColumns, ownerTwice, rows.owners},
		{"matter_party", partyColumns, "", rows.parties},
		{"matter_event", eventColumns, "", rows.events},
	} {
		row := func(list []any, i int) []any { return append(list, table.rows[i]...) }
		if err := t.putMany(ctx, table.name, table.columns, table.conflict, len(table.rows), row); err != nil {
			return err
		}
	}
	if err := rows.count(ctx, t, b.Matters); err != nil {
		return err
	}
	for _, l := range b.Links {
		if err := t.AddLink(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

// matterRows collects the rows of new matters by table.
type matterRows struct {
	matters, owners, parties, events [][]any
	new                              map[gov.ID]bool
	holders                          map[gov.ID]string // the owner that a document brings, empty where it has none
}

func (w *matterRows) add(ctx context.Context, t *tx, m gov.Matter) error {
	w.matters, w.new[m.ID] = append(w.matters, matterValues(m)), true
	holder, known := w.holders[m.Source.Document]
	if !known {
		list, err := t.holder(ctx, m.Realm, m.Source.Document, nil)
		if err != nil {
			return err
		}
		if len(list) > 0 {
			holder = list[0]
		}
		w.holders[m.Source.Document] = holder
	}
	owners := matterOwners(m, holder)
	if err := t.mayOwn(owners); err != nil {
		return err
	}
	for i, o := range owners {
		if !slices.Contains(owners[:i], o) {
			w.owners = append(w.owners, ownerValues(m, o))
		}
	}
	list := placed(m)
	for i := range list {
		w.parties = append(w.parties, partyValues(m, list, i))
	}
	return nil
}

// count adds new matters to the counts of their realms.
func (w *matterRows) count(ctx context.Context, t *tx, list []gov.Matter) error {
	counts := map[gov.Realm]map[tallyKey]int{}
	for _, m := range list {
		day, err := t.tallyDay(ctx, m.Realm)
		if err != nil {
			return err
		}
		if counts[m.Realm] == nil {
			counts[m.Realm] = map[tallyKey]int{}
		}
		for _, k := range tallyKeys(m, day) {
			counts[m.Realm][k]++
		}
	}
	for _, r := range slices.Sorted(maps.Keys(counts)) {
		rows := make([]tallyRow, 0, len(counts[r]))
		for k, n := range counts[r] {
			rows = append(rows, tallyRow{k, n})
		}
		if err := t.addTallies(ctx, r, rows); err != nil {
			return err
		}
	}
	return nil
}
