package store

import (
	"context"

	"haicap/internal/gov"
)

const sessionColumns = "realm, id, kind, title, day, place, programme, offices, created_by, created_at"

const sessionOrder = " ORDER BY day DESC, id DESC"

var (
	sqlInsertSession = statement(insertInto("session", sessionColumns))
	sqlSession       = statement("SELECT " + sessionColumns + " FROM session WHERE realm = $1 AND id = $2")
	sqlUpdateSession = statement(`UPDATE session SET kind = $3, title = $4, day = $5, place = $6, programme = $7, offices = $8
		WHERE realm = $1 AND id = $2`)
	sqlHasSession = statement("SELECT 1 FROM session WHERE realm = $1 AND id = $2")

	sqlInsertSessionUnit  = statement(insertInto("session_unit", "realm, session, seq, unit_code, unit_from"))
	sqlDeleteSessionUnits = statement("DELETE FROM session_unit WHERE realm = $1 AND session = $2")

	sqlLinkDocument = statement(insertInto("session_document", "realm, session, document") +
		" ON CONFLICT (realm, session, document) DO NOTHING")
	sqlSessionHolders = statement(`SELECT DISTINCT d.holder FROM session_document AS s JOIN document AS d ON d.realm = s.realm AND d.id = s.document
		WHERE s.realm = $1 AND s.session = $2`)
)

func scanSession(r row) (s gov.Session, err error) {
	err = r.Scan(&s.Realm, &s.ID, &s.Kind, &s.Title, &s.Day, &s.Place, &s.Programme, body{&s.Offices}, &s.Created.By,
		at{&s.Created.At})
	return s, err
}

func (t *tx) CreateSession(ctx context.Context, s gov.Session) error {
	err := t.put(ctx, sqlInsertSession, s.Realm, s.ID, s.Kind, s.Title, s.Day, s.Place, s.Programme, asJSON{s.Offices},
		s.Created.By, s.Created.At)
	if err != nil {
		return err
	}
	if err := t.ownSession(ctx, s, nil); err != nil {
		return err
	}
	return t.insertSessionUnits(ctx, s)
}

func (t *tx) UpdateSession(ctx context.Context, s gov.Session) error {
	if err := t.reaches(ctx, "session", s.Realm, s.ID); err != nil {
		return err
	}
	n, err := t.exec(ctx, sqlUpdateSession, s.Realm, s.ID, s.Kind, s.Title, s.Day, s.Place, s.Programme, asJSON{s.Offices})
	if err := t.changed(ctx, n, err, sqlHasSession, s.Realm, s.ID); err != nil {
		return err
	}
	if err := t.put(ctx, sqlDeleteSessionUnits, s.Realm, s.ID); err != nil {
		return err
	}
	holders, err := many(ctx, t, scanID, sqlSessionHolders, s.Realm, s.ID)
	if err != nil {
		return err
	}
	if err := t.ownSession(ctx, s, holders); err != nil {
		return err
	}
	return t.insertSessionUnits(ctx, s)
}

func (t *tx) insertSessionUnits(ctx context.Context, s gov.Session) error {
	for i, u := range s.Units {
		if err := t.put(ctx, sqlInsertSessionUnit, s.Realm, s.ID, i+1, u.Code, u.From); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) Session(ctx context.Context, r gov.Realm, id gov.ID) (gov.Session, error) {
	s, err := oneOwned(ctx, t, "session", scanSession, sqlSession, r, id)
	if err != nil {
		return s, err
	}
	list := []gov.Session{s}
	err = t.addUnits(ctx, r, list)
	return list[0], err
}

// A sessionUnit is a row of session_unit.
type sessionUnit struct {
	session gov.ID
	unit    gov.UnitKey
}

// addUnits reads the units of all sessions of a list at once.
func (t *tx) addUnits(ctx context.Context, r gov.Realm, list []gov.Session) error {
	if len(list) == 0 {
		return nil
	}
	place := make(map[gov.ID]int, len(list))
	ids := make([]gov.ID, len(list))
	for i, s := range list {
		place[s.ID], ids[i] = i, s.ID
	}
	f := inRealm(r)
	oneOf(f, "session", ids)
	units, err := many(ctx, t, func(r row) (u sessionUnit, err error) {
		return u, r.Scan(&u.session, &u.unit.Code, &u.unit.From)
	}, "SELECT session, unit_code, unit_from FROM session_unit WHERE "+f.String()+" ORDER BY session, seq", f.args...)
	for _, u := range units {
		s := &list[place[u.session]]
		s.Units = append(s.Units, u.unit)
	}
	return err
}

func (t *tx) Sessions(ctx context.Context, r gov.Realm, unit string, p gov.Page) ([]gov.Session, string, error) {
	f := inRealm(r)
	if unit != "" {
		f.through("SELECT DISTINCT session AS to_id FROM session_unit WHERE realm = $1 AND unit_code = " + f.arg(unit))
		f.within(t, "session")
	} else {
		f.ledWithin(t, "session")
	}
	if p.After != "" {
		keys, err := keysOf(p.After, 2)
		if err != nil {
			return nil, "", err
		}
		f.and("(day, id) < (" + f.arg(keys[0]) + ", " + f.arg(keys[1]) + ")")
	}
	n := pageSize(p.Limit)
	list, err := t.sessions(ctx, r, f, n+1)
	if err != nil {
		return nil, "", err
	}
	list, next := cut(list, n, func(s gov.Session) []string { return []string{string(s.Day), string(s.ID)} })
	return list, next, nil
}

// sessions lists what a filter leaves, newest day first, of one day the one made last first.
func (t *tx) sessions(ctx context.Context, r gov.Realm, f *filter, limit int) ([]gov.Session, error) {
	list, err := many(ctx, t, scanSession, f.query(sessionColumns, "session", sessionOrder)+f.limit(limit), f.args...)
	if err != nil {
		return nil, err
	}
	return list, t.addUnits(ctx, r, list)
}

func (t *tx) SessionsOn(ctx context.Context, r gov.Realm, day gov.Day, codes []string) ([]gov.Session, error) {
	if len(codes) == 0 {
		return nil, nil
	}
	units := inRealm(r)
	units.and("day = " + units.arg(day))
	shared := &filter{args: units.args}
	oneOf(shared, "unit_code", codes)
	units.args = shared.args
	units.and("id IN (SELECT session FROM session_unit WHERE realm = $1 AND " + shared.String() + ")")
	units.within(t, "session")
	return t.sessions(ctx, r, units, 0)
}

func (t *tx) LinkDocument(ctx context.Context, r gov.Realm, session, document gov.ID) error {
	if err := t.reaches(ctx, "session", r, session); err != nil {
		return err
	}
	if err := t.reachesDocument(ctx, r, document); err != nil {
		return err
	}
	if err := t.put(ctx, sqlLinkDocument, r, session, document); err != nil {
		return err
	}
	owners, err := t.holder(ctx, r, document, nil)
	if err != nil {
		return err
	}
	return t.own(ctx, "session", r, session, owners)
}

func (t *tx) DocumentsOf(ctx context.Context, r gov.Realm, session gov.ID) ([]gov.ID, error) {
	f := asked(r, session)
	f.and("realm = $1 AND session = $2 AND " + f.owned(t, "session", "session") + " AND " + f.holdsDocument(t, "document"))
	return many(ctx, t, scanID, f.query("document", "session_document", " ORDER BY document"), f.args...)
}

func (t *tx) SessionsOfDocument(ctx context.Context, r gov.Realm, document gov.ID) ([]gov.ID, error) {
	f := asked(r, document)
	f.and("realm = $1 AND document = $2 AND " + f.owned(t, "session", "session") + " AND " + f.holdsDocument(t, "document"))
	return many(ctx, t, scanID, f.query("session", "session_document", " ORDER BY session"), f.args...)
}
