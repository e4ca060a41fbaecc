package storetest

import (
	"math/rand/v2"
	"sync"

	"haicap/internal/gov"
)

// racers are how many write at once, raceRounds how often.
const (
	racers     = 2
	raceRounds = 60
)

// A racer takes a step on a matter that he has read: what he wants to write, and whether he could.
type racer struct {
	moved gov.Matter
	event gov.MatterEvent
	err   error
}

// want draws a step of the flow that a matter can take as it is; false where it can take none.
func (b *book) want(rnd *rand.Rand, m gov.Matter) (racer, bool) {
	steps := gov.Steps(m.Kind, m.State)
	today := gov.DayOf(b.now)
	for _, i := range rnd.Perm(len(steps)) {
		if steps[i].Action == gov.ActWithdraw && rnd.IntN(5) > 0 {
			continue // else everything would soon be gone
		}
		in := gov.StepInput{Today: today, Note: "đã rà soát", Number: "41-TB/TU", Day: today.AddDays(100 + rnd.IntN(400)), Cause: gov.CauseHigher, Level: gov.LevelProvince}
		if moved, e, err := m.Take(steps[i], in, b.stamp()); err == nil {
			return racer{moved: moved, event: e}, true
		}
	}
	return racer{}, false
}

// write is what a use case does with a step: the event and the matter in one transaction.
func (b *book) write(r *racer) {
	r.err = b.store.Update(ctx, func(tx gov.Tx) error {
		if err := tx.UpdateMatter(ctx, r.moved); err != nil {
			return err
		}
		return tx.AddEvent(ctx, r.event)
	})
}

var raceCases = []testCase{
	{"over random histories one of two writers wins, the other is told, and counts add up", func(b *book) {
		rnd := rand.New(rand.NewPCG(11, 13))
		list := make([]gov.Matter, 12)
		history := map[gov.ID][]gov.MatterEvent{}
		for i := range list {
			list[i] = b.matter(func(m *gov.Matter) {
				m.Kind, m.State, m.Due, m.FirstDue, m.Parties = gov.Task, gov.FirstState(gov.Task, i%4 > 0), "2026-01-31", "2026-01-31", b.parties()
			})
		}
		raced := 0
		for range raceRounds {
			i := rnd.IntN(len(list))
			both := make([]racer, 0, racers)
			for range racers {
				if r, ok := b.want(rnd, list[i]); ok {
					both = append(both, r)
				}
			}
			var wg sync.WaitGroup
			for k := range both {
				wg.Go(func() { b.write(&both[k]) })
			}
			wg.Wait()
			won := -1
			for k, r := range both {
				switch {
				case r.err == nil && won < 0:
					won = k
				case r.err == nil:
					b.Fatalf("two steps were taken of one version: %+v and %+v", both[won].event, r.event)
				case gov.CodeOf(r.err) != gov.Conflict:
					b.Fatalf("whoever lost was told %v", r.err)
				}
			}
			if len(both) > 0 && won < 0 {
				b.Fatalf("nobody won: %v", both[0].err)
			}
			if len(both) == racers {
				raced++
			}
			if won >= 0 {
				list[i] = both[won].moved
				list[i].Version++
				e := both[won].event
				e.Seq = len(history[list[i].ID]) + 1
				history[list[i].ID] = append(history[list[i].ID], e)
			}
		}
		if raced < raceRounds/2 {
			b.Errorf("%d races of %d rounds", raced, raceRounds)
		}
		b.view(func(tx gov.Tx) error {
			for _, m := range list {
				got, err := tx.Matter(ctx, Realm, m.ID)
				if err != nil {
					return err
				}
				same(b, "matter", got, m)
				events, err := tx.Events(ctx, Realm, m.ID)
				if err != nil {
					return err
				}
				same(b, "history", events, history[m.ID])
			}
			return b.countedAlike(tx, list)
		})
	}},
}
