package app

import (
	"context"
	"slices"
	"time"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// A brake slows down guesses at one thing: burst of them are free, then one in every. It never shuts: it is a bucket that drains, and
// what is kept of it is only the moment at which it will be empty.
type brake struct {
	key   string
	every time.Duration
	burst int
}

// The brakes on passwords. A browser that has logged in to the account before has one of its own, so that nobody elsewhere can keep
// its owner out. All others share: one for the login name from this address, one for the address, and, wide open, one for the login
// name from anywhere, against many machines that guess together. Unknown login names are braked like known ones.
func brakesFor(from Browser, login string, account gov.ID, known bool) []brake {
	if known {
		return []brake{{mark("device", string(account), access.HashToken(from.Device)), time.Minute, 10}}
	}
	return []brake{
		{mark("login at address", login, from.Address), time.Minute, 5},
		{mark("address", from.Address), 10 * time.Second, 30},
		{mark("login", login), 30 * time.Second, 100},
	}
}

// brakeOnCodes is on second factors, which only somebody with the password can try. A browser that is known has its own here too: who has
// stolen a password must not keep its owner out.
func brakeOnCodes(from Browser, account gov.ID, known bool) []brake {
	if known {
		return []brake{{mark("second by device", string(account), access.HashToken(from.Device)), time.Minute, 5}}
	}
	return []brake{{mark("second", string(account)), time.Minute, 5}}
}

// brakeOnProof is on what is asked for again within a login.
func brakeOnProof(p access.Principal) []brake {
	return []brake{{mark("proof", p.Account, p.Login), time.Minute, 5}}
}

// brakeOnTickets is on what a stranger can make the store keep: challenges and the way to the single sign-on.
func brakeOnTickets(from Browser) []brake {
	return []brake{{mark("ticket", from.Address), 2 * time.Second, 60}}
}

// mark is a key that tells nothing about what it stands for.
func mark(parts ...string) string {
	key := ""
	for _, p := range parts {
		key += p + "\x00"
	}
	return access.HashToken(key)
}

// full is how long the bucket has to drain before the next try; not positive: there is room.
func (b brake) full(until, now time.Time) time.Duration {
	if !until.After(now) {
		return 0
	}
	return until.Sub(now) - time.Duration(b.burst-1)*b.every
}

// charge takes one try from all brakes, before the try is made: tries at the same moment cannot all slip through. Limited, with the
// minutes to wait, where one of them has none left.
func (a *App) charge(ctx context.Context, brakes []brake) error {
	now, brakes := a.instant(), a.salted(brakes)
	look := func(tx gov.Tx) error {
		for _, b := range brakes {
			until, err := tx.Throttle(ctx, b.key)
			if err != nil {
				return err
			}
			if wait := b.full(until, now); wait > 0 {
				return gov.Errorf(gov.Limited, "error.try_later", int(wait/time.Minute)+1)
			}
		}
		return nil
	}
	if err := a.store.View(ctx, look); err != nil { // a flood of refused tries writes nothing
		return err
	}
	return a.store.Update(ctx, func(tx gov.Tx) error {
		if err := look(tx); err != nil {
			return err
		}
		if err := tx.DeleteThrottlesUntil(ctx, now); err != nil {
			return err
		}
		return shift(ctx, tx, brakes, now, 1)
	})
}

// refund gives the try back: it was right.
func (a *App) refund(ctx context.Context, tx gov.Tx, brakes []brake) error {
	return shift(ctx, tx, a.salted(brakes), a.instant(), -1)
}

// salted puts the key of the data folder into the keys of brakes: whoever has only the database cannot try out login names and
// addresses on them.
func (a *App) salted(brakes []brake) []brake {
	list := slices.Clone(brakes)
	for i := range list {
		list[i].key = a.vault.Mark(list[i].key, "brake")
	}
	return list
}

func shift(ctx context.Context, tx gov.Tx, brakes []brake, now time.Time, tries time.Duration) error {
	for _, b := range brakes {
		until, err := tx.Throttle(ctx, b.key)
		if err != nil {
			return err
		}
		if until.Before(now) {
			until = now
		}
		if err := tx.SetThrottle(ctx, b.key, until.Add(tries*b.every)); err != nil {
			return err
		}
	}
	return nil
}
