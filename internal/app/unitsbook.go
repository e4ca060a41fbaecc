package app

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"haicap/internal/gov"
	registers "haicap/internal/register"
)

// A unitsBook is the register of the data folder with the changes laid over it that the store holds. Each use case looks in its own transaction whether
// there are others than it knows (refresh), by one count: so a change that was carried out is seen by all at once, on every server over the same
// database, and nobody's reach is older than his transaction.
type unitsBook struct {
	base  func() (gov.Units, error) // loads the register when it is first needed
	store gov.Store                 // of all realms
	asked atomic.Bool               // whether anybody has looked for changes yet
	mu    sync.Mutex                // over changes of state
	state atomic.Pointer[unitsState]
}

// A unitsState is the units book for one state of the changes. It is never altered; what was worked out from it goes away with it.
type unitsState struct {
	generation int                               // counts the states of this program
	marks      map[gov.Realm]int                 // how many versions of changes there were, by realm
	changes    map[gov.Realm][]gov.AppliedChange // in force, as they were carried out
	units      gov.Units                         // nil: no changes, the register itself
	former     map[gov.ID][]gov.ID               // the agencies whose place one has taken
	trees      *sync.Map                         // gov.UnitKey → []gov.UnitKey: gov.WithinUnit, worked out
}

func newUnitsBook(base func() (gov.Units, error), store gov.Store) *unitsBook {
	b := &unitsBook{base: base, store: store}
	b.state.Store(&unitsState{marks: map[gov.Realm]int{}, changes: map[gov.Realm][]gov.AppliedChange{}, former: map[gov.ID][]gov.ID{}, trees: &sync.Map{}})
	return b
}

// live gives units that always are those of the present state. Whoever asks before anybody has looked for changes, as a command does that names a unit
// before its first transaction, looks for them.
func (b *unitsBook) live() (gov.Units, error) {
	if !b.asked.Load() && b.store != nil {
		if err := b.all(context.Background()); err != nil {
			return nil, err
		}
	}
	if b.state.Load().units == nil {
		if _, err := b.base(); err != nil {
			return nil, err
		}
	}
	return liveUnits{b}, nil
}

// all takes over the changes of every realm.
func (b *unitsBook) all(ctx context.Context) error {
	return b.store.View(ctx, func(tx gov.Tx) error {
		list, err := tx.Holdings(ctx)
		for _, h := range list {
			err = errors.Join(err, b.refresh(ctx, tx, h.Realm))
		}
		return err
	})
}

// refresh takes over the realm's changes where there are others than the book knows. It is asked before anything is written in the transaction.
func (b *unitsBook) refresh(ctx context.Context, tx gov.Tx, r gov.Realm) error {
	b.asked.Store(true)
	n, err := tx.CountEntries(ctx, r, gov.EntrySuccession)
	if err != nil || n <= b.state.Load().marks[r] {
		return err // less: a transaction that began before the last change
	}
	entries, err := tx.Entries(ctx, r, gov.EntrySuccession)
	if err != nil {
		return err
	}
	changes, err := gov.ChangesOf(entries)
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	old := b.state.Load()
	if n <= old.marks[r] {
		return nil
	}
	now := &unitsState{generation: old.generation + 1, marks: maps.Clone(old.marks), changes: maps.Clone(old.changes), former: map[gov.ID][]gov.ID{}, trees: &sync.Map{}}
	now.marks[r], now.changes[r] = n, changes
	var effects []gov.UnitEffect
	for _, list := range now.changes {
		for _, c := range list {
			effects = append(effects, c.Effect)
			for _, s := range c.Successors {
				for _, id := range s.Old {
					now.former[s.New] = append(append(now.former[s.New], id), now.former[id]...)
				}
			}
		}
	}
	if now.units, err = b.with(effects); err == nil {
		b.state.Store(now)
	}
	return err
}

// with is the register with effects laid over it.
func (b *unitsBook) with(effects []gov.UnitEffect) (gov.Units, error) {
	base, err := b.base()
	if err != nil || len(effects) == 0 {
		return base, err
	}
	r, ok := base.(*registers.Register)
	if !ok {
		return nil, errors.New("units: this register takes no changes")
	}
	return registers.With(r, effects), nil
}

// after is the present state with one more effect laid over it, as it will be.
func (b *unitsBook) after(e gov.UnitEffect) (gov.Units, error) {
	var effects []gov.UnitEffect
	for _, list := range b.state.Load().changes {
		for _, c := range list {
			effects = append(effects, c.Effect)
		}
	}
	return b.with(append(effects, e))
}

// inForce lists the realm's changes that are in force, as they were carried out.
func (b *unitsBook) inForce(r gov.Realm) []gov.AppliedChange { return b.state.Load().changes[r] }

// takenIn lists the units of other codes that the unit of a code has taken in as a whole by the realm's changes, also on the way.
func (b *unitsBook) takenIn(r gov.Realm, code string) []gov.UnitKey {
	var list []gov.UnitKey
	has := func(k gov.UnitKey) bool { return k.Code == code || slices.Contains(list, k) }
	changes := b.inForce(r)
	for i := len(changes) - 1; i >= 0; i-- {
		for _, s := range changes[i].Effect.Successions {
			if s.Extent == gov.Whole && has(s.New) && !has(s.Old) {
				list = append(list, s.Old)
			}
		}
	}
	return list
}

// tree is gov.WithinUnit, worked out once for each state.
func (b *unitsBook) tree(k gov.UnitKey) ([]gov.UnitKey, error) {
	s := b.state.Load()
	if list, ok := s.trees.Load(k); ok {
		return list.([]gov.UnitKey), nil
	}
	units, err := b.now(s)
	if err != nil {
		return nil, err
	}
	list := gov.WithinUnit(units, k)
	s.trees.Store(k, list)
	return list, nil
}

func (b *unitsBook) now(s *unitsState) (gov.Units, error) {
	if s.units != nil {
		return s.units, nil
	}
	return b.base()
}

// liveUnits answers from the present state of a book, so that what holds it need not ask anew.
type liveUnits struct{ b *unitsBook }

func (l liveUnits) now() gov.Units {
	units, _ := l.b.now(l.b.state.Load()) // live saw that it loads, once
	return units
}

func (l liveUnits) At(code string, on gov.Day) (gov.UnitVersion, error) { return l.now().At(code, on) }
func (l liveUnits) Get(k gov.UnitKey) (gov.UnitVersion, error)          { return l.now().Get(k) }
func (l liveUnits) Versions(code string) []gov.UnitVersion              { return l.now().Versions(code) }
func (l liveUnits) Find(q gov.UnitQuery) []gov.UnitMatch                { return l.now().Find(q) }
func (l liveUnits) Children(code string, on gov.Day) []gov.UnitVersion {
	return l.now().Children(code, on)
}
func (l liveUnits) Origins(k gov.UnitKey) []gov.Succession    { return l.now().Origins(k) }
func (l liveUnits) Successors(k gov.UnitKey) []gov.Succession { return l.now().Successors(k) }
func (l liveUnits) Provinces(on gov.Day) []gov.UnitVersion    { return l.now().Provinces(on) }

// Units gives the register with the changes of every realm, for whoever asks outside of a use case.
func (a *App) Units(ctx context.Context) (gov.Units, error) {
	if err := a.book.all(ctx); err != nil {
		return nil, err
	}
	return a.units()
}
