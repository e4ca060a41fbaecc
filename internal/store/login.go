package store

import (
	"context"
	"time"

	"haicap/internal/gov"
)

const loginColumns = "realm, hash, id, account, device, started_at, ends_at, seen_at, proved_at"

var (
	sqlInsertLogin    = statement(insertInto("login", loginColumns))
	sqlLogin          = statement("SELECT " + loginColumns + " FROM login WHERE hash = $1")
	sqlSeeLogin       = statement("UPDATE login SET seen_at = $2 WHERE hash = $1")
	sqlLoginsOf       = statement("SELECT " + loginColumns + " FROM login WHERE realm = $1 AND account = $2 ORDER BY seen_at DESC, hash DESC")
	sqlDeleteLogin    = statement("DELETE FROM login WHERE hash = $1")
	sqlDeleteLoginsOf = statement("DELETE FROM login WHERE realm = $1 AND account = $2 AND id <> $3")
	sqlDeleteLogins   = statement("DELETE FROM login WHERE ends_at <= $1")

	sqlForgetDevice  = statement("DELETE FROM device WHERE realm = $1 AND account = $2 AND hash = $3")
	sqlInsertDevice  = statement(insertInto("device", "realm, account, hash, ends_at"))
	sqlDevice        = statement("SELECT COUNT(*) FROM device WHERE realm = $1 AND account = $2 AND hash = $3 AND ends_at > $4")
	sqlForgetDevices = statement("DELETE FROM device WHERE realm = $1 AND account = $2 AND ends_at <= $3")
)

func scanLogin(r row) (l gov.Login, err error) {
	err = r.Scan(&l.Realm, &l.Hash, &l.ID, &l.Account, &l.Device, at{&l.Since}, at{&l.Until}, at{&l.Seen}, at{&l.Proved})
	return l, err
}

func (t *tx) CreateLogin(ctx context.Context, l gov.Login) error {
	return t.put(ctx, sqlInsertLogin, l.Realm, l.Hash, l.ID, l.Account, l.Device, l.Since, l.Until, l.Seen, l.Proved)
}

func (t *tx) Login(ctx context.Context, hash string) (gov.Login, error) {
	return one(ctx, t, scanLogin, sqlLogin, hash)
}

func (t *tx) SeeLogin(ctx context.Context, hash string, seen time.Time) error {
	return t.put(ctx, sqlSeeLogin, hash, seen)
}

func (t *tx) LoginsOf(ctx context.Context, r gov.Realm, account gov.ID) ([]gov.Login, error) {
	return many(ctx, t, scanLogin, sqlLoginsOf, r, account)
}

func (t *tx) DeleteLogin(ctx context.Context, hash string) error {
	return t.put(ctx, sqlDeleteLogin, hash)
}

func (t *tx) DeleteLoginsOf(ctx context.Context, r gov.Realm, account, but gov.ID) error {
	return t.put(ctx, sqlDeleteLoginsOf, r, account, but)
}

func (t *tx) DeleteLoginsUntil(ctx context.Context, until time.Time) error {
	return t.put(ctx, sqlDeleteLogins, until)
}

func (t *tx) KnowDevice(ctx context.Context, r gov.Realm, account gov.ID, hash string, until time.Time) error {
	if err := t.put(ctx, sqlForgetDevice, r, account, hash); err != nil {
		return err
	}
	return t.put(ctx, sqlInsertDevice, r, account, hash, until)
}

func (t *tx) KnowsDevice(ctx context.Context, r gov.Realm, account gov.ID, hash string, now time.Time) (bool, error) {
	n, err := one(ctx, t, scanInt, sqlDevice, r, account, hash, now)
	return n > 0, err
}

func (t *tx) ForgetDevices(ctx context.Context, r gov.Realm, account gov.ID, until time.Time) error {
	return t.put(ctx, sqlForgetDevices, r, account, until)
}

const ticketColumns = "realm, hash, kind, account, body, ends_at"

var (
	sqlInsertTicket    = statement(insertInto("ticket", ticketColumns))
	sqlTicket          = statement("SELECT " + ticketColumns + " FROM ticket WHERE hash = $1 AND kind = $2 AND ends_at > $3")
	sqlDeleteTicket    = statement("DELETE FROM ticket WHERE hash = $1")
	sqlDeleteTicketsOf = statement("DELETE FROM ticket WHERE realm = $1 AND account = $2 AND kind = $3")
	sqlDeleteTickets   = statement("DELETE FROM ticket WHERE ends_at <= $1")
)

func scanTicket(r row) (t gov.Ticket, err error) {
	err = r.Scan(&t.Realm, &t.Hash, &t.Kind, &t.Account, &t.Body, at{&t.Until})
	return t, err
}

func (t *tx) CreateTicket(ctx context.Context, k gov.Ticket) error {
	return t.put(ctx, sqlInsertTicket, k.Realm, k.Hash, k.Kind, k.Account, k.Body, k.Until)
}

func (t *tx) Ticket(ctx context.Context, k gov.TicketKind, hash string, now time.Time) (gov.Ticket, error) {
	return one(ctx, t, scanTicket, sqlTicket, hash, k, now)
}

func (t *tx) DeleteTicket(ctx context.Context, hash string) error {
	return t.put(ctx, sqlDeleteTicket, hash)
}

func (t *tx) DeleteTicketsOf(ctx context.Context, r gov.Realm, account gov.ID, k gov.TicketKind) error {
	return t.put(ctx, sqlDeleteTicketsOf, r, account, k)
}

func (t *tx) DeleteTicketsUntil(ctx context.Context, until time.Time) error {
	return t.put(ctx, sqlDeleteTickets, until)
}

var (
	sqlThrottle        = statement("SELECT ends_at FROM throttle WHERE key = $1")
	sqlUpdateThrottle  = statement("UPDATE throttle SET ends_at = $2 WHERE key = $1")
	sqlInsertThrottle  = statement(insertInto("throttle", "key, ends_at"))
	sqlDeleteThrottles = statement("DELETE FROM throttle WHERE ends_at <= $1")
)

func scanInstant(r row) (t time.Time, err error) { return t, r.Scan(at{&t}) }

func (t *tx) Throttle(ctx context.Context, key string) (time.Time, error) {
	until, err := one(ctx, t, scanInstant, sqlThrottle, key)
	if gov.IsNotFound(err) {
		return time.Time{}, nil
	}
	return until, err
}

func (t *tx) SetThrottle(ctx context.Context, key string, until time.Time) error {
	n, err := t.exec(ctx, sqlUpdateThrottle, key, until)
	if err != nil || n > 0 {
		return err
	}
	return t.put(ctx, sqlInsertThrottle, key, until)
}

func (t *tx) DeleteThrottlesUntil(ctx context.Context, until time.Time) error {
	return t.put(ctx, sqlDeleteThrottles, until)
}
