package store

import (
	"cmp"
	"context"
	"slices"

	"haicap/internal/gov"
)

// CreateMatters writes new matters many rows a statement: the matters, what they belong to, their parties, their counts, their steps in the order
// given, and links. It keeps exactly what CreateMatter, AddEvent and AddLink keep; a case of the contract holds the two against each other.
func (t *tx) CreateMatters(ctx context.Context, b gov.MatterBatch) error {
	rows := matterRows{new: make(map[gov.ID]bool, len(b.Matters)), holders: map[gov.ID]string{}, counts: map[tallyOf]int{}}
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
		{"matter", matterColumns + ", stand, sort_due", "", rows.matters},
		{"record_owner", ownerColumns, ownerTwice, rows.owners},
		{"matter_party", partyColumns, "", rows.parties},
		{"matter_tally", tallyColumns, tallyAgain, rows.tallies()},
		{"matter_event", eventColumns, "", rows.events},
	} {
		n, row := rowsOf(table.rows)
		if err := t.putMany(ctx, table.name, table.columns, table.conflict, n, row); err != nil {
			return err
		}
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
	counts                           map[tallyOf]int
}

// A tallyOf is a row of counts of a realm.
type tallyOf struct {
	realm gov.Realm
	tallyKey
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
			w.owners = append(w.owners, []any{m.Realm, "matter", m.ID, o})
		}
	}
	for i, p := range placed(m) {
		w.parties = append(w.parties, partyValues(m, i, p))
	}
	for _, k := range tallyKeys(m) {
		w.counts[tallyOf{m.Realm, k}]++
	}
	return nil
}

// tallies are the counts in the order of their key, so that two who write them wait for each other and do not lock each other out.
func (w *matterRows) tallies() [][]any {
	keys := make([]tallyOf, 0, len(w.counts))
	for k := range w.counts {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b tallyOf) int {
		return cmp.Or(cmp.Compare(a.realm, b.realm), cmp.Compare(a.role, b.role), cmp.Compare(a.place, b.place), cmp.Compare(a.kind, b.kind),
			cmp.Compare(a.state, b.state), cmp.Compare(a.cell, b.cell), cmp.Compare(a.first, b.first))
	})
	rows := make([][]any, len(keys))
	for i, k := range keys {
		rows[i] = []any{k.realm, k.role, k.place, k.kind, k.state, k.cell, k.tallyKey.first, w.counts[k]}
	}
	return rows
}
