package store

import (
	"context"

	"haicap/internal/gov"
)

const reviewColumns = `realm, id, document, state, reading, head, join_session, session, started_by, started_at, confirmed_by,
	confirmed_at, version`

var (
	sqlInsertReview = statement(insertInto("review", reviewColumns))
	sqlReview       = statement("SELECT " + reviewColumns + " FROM review WHERE realm = $1 AND id = $2")
	sqlUpdateReview = statement(`UPDATE review SET document = $4, state = $5, head = $6, join_session = $7, session = $8, started_by = $9,
		started_at = $10, confirmed_by = $11, confirmed_at = $12, version = version + 1
		WHERE realm = $1 AND id = $2 AND version = $3`)
	sqlHasReview = statement("SELECT 1 FROM review WHERE realm = $1 AND id = $2")
)

// A head is the session of a review as it is kept. Its keys stay when fields of gov.Session are renamed.
type head struct {
	ID        gov.ID           `json:"id,omitempty"`
	Kind      gov.DocumentKind `json:"kind"`
	Title     string           `json:"title"`
	Day       gov.Day          `json:"day"`
	Place     string           `json:"place"`
	Programme string           `json:"programme"`
	Units     []gov.UnitKey    `json:"units"`
	Offices   []string         `json:"offices"`
}

func headOf(s gov.Session) head {
	return head{s.ID, s.Kind, s.Title, s.Day, s.Place, s.Programme, s.Units, s.Offices}
}

func (h head) session(r gov.Realm) gov.Session {
	return gov.Session{Realm: r, ID: h.ID, Kind: h.Kind, Title: h.Title, Day: h.Day, Place: h.Place, Programme: h.Programme,
		Units: h.Units, Offices: h.Offices}
}

func scanReview(r row) (v gov.Review, err error) {
	var h head
	err = r.Scan(&v.Realm, &v.ID, &v.Document, &v.State, body{&v.Reading}, body{&h}, &v.Join, &v.SessionID, &v.Started.By,
		at{&v.Started.At}, &v.Confirmed.By, at{&v.Confirmed.At}, &v.Version)
	v.Session = h.session(v.Realm)
	return v, err
}

func (t *tx) CreateReview(ctx context.Context, v gov.Review, drafts []gov.Draft) error {
	if err := t.reachesDocument(ctx, v.Realm, v.Document); err != nil {
		return err
	}
	err := t.put(ctx, sqlInsertReview, v.Realm, v.ID, v.Document, v.State, asJSON{v.Reading}, asJSON{headOf(v.Session)}, v.Join,
		v.SessionID, v.Started.By, v.Started.At, v.Confirmed.By, v.Confirmed.At, v.Version)
	for _, d := range drafts {
		if err != nil {
			return err
		}
		d.Realm, d.Review = v.Realm, v.ID
		err = t.CreateDraft(ctx, d)
	}
	return err
}

func (t *tx) Review(ctx context.Context, r gov.Realm, id gov.ID) (gov.Review, error) {
	f := asked(r, id)
	return one(ctx, t, scanReview, sqlReview+" AND "+f.holdsDocument(t, "document"), f.args...)
}

func (t *tx) ReviewsOf(ctx context.Context, r gov.Realm, document gov.ID) ([]gov.Review, error) {
	f := asked(r, document)
	f.and("realm = $1 AND document = $2 AND " + f.holdsDocument(t, "document"))
	return many(ctx, t, scanReview, f.query(reviewColumns, "review", " ORDER BY id DESC"), f.args...)
}

func (t *tx) OpenReviews(ctx context.Context, r gov.Realm, holder gov.ID, limit int) ([]gov.Review, error) {
	f := openReviews(r, holder)
	f.and(f.holdsDocument(t, "document"))
	return many(ctx, t, scanReview, f.query(reviewColumns, "review", " ORDER BY started_at, id")+f.limit(pageSize(limit)), f.args...)
}

// openReviews narrows to the open reviews of a holder's documents; empty: of all.
func openReviews(r gov.Realm, holder gov.ID) *filter {
	f := inRealm(r)
	f.and("state = 'open'")
	if holder != "" {
		f.and("EXISTS (SELECT 1 FROM document AS d WHERE d.realm = $1 AND d.id = review.document AND d.holder = " + f.arg(holder) + ")")
	}
	return f
}

func (t *tx) UpdateReview(ctx context.Context, v gov.Review) error {
	if err := t.reachesReview(ctx, v.Realm, v.ID); err != nil {
		return err
	}
	n, err := t.exec(ctx, sqlUpdateReview, v.Realm, v.ID, v.Version, v.Document, v.State, asJSON{headOf(v.Session)}, v.Join, v.SessionID,
		v.Started.By, v.Started.At, v.Confirmed.By, v.Confirmed.At)
	return t.changed(ctx, n, err, sqlHasReview, v.Realm, v.ID)
}

const draftColumns = `realm, review, id, seq, kind, state, figure, item, task, by_hand, match_record, settled_by, settled_at, version`

var (
	sqlInsertDraft = statement(insertInto("draft", draftColumns))
	sqlDraft       = statement("SELECT " + draftColumns + " FROM draft WHERE realm = $1 AND review = $2 AND id = $3")
	sqlUpdateDraft = statement(`UPDATE draft SET seq = $5, kind = $6, state = $7, figure = $8, item = $9, task = $10, by_hand = $11,
		match_record = $12, settled_by = $13, settled_at = $14, version = version + 1
		WHERE realm = $1 AND review = $2 AND id = $3 AND version = $4`)
	sqlHasDraft = statement("SELECT 1 FROM draft WHERE realm = $1 AND review = $2 AND id = $3")
)

func scanDraft(r row) (d gov.Draft, err error) {
	err = r.Scan(&d.Realm, &d.Review, &d.ID, &d.Seq, &d.Kind, &d.State, body{&d.Figure}, body{&d.Item}, &d.Task, &d.ByHand,
		&d.Match, &d.Settled.By, at{&d.Settled.At}, &d.Version)
	return d, err
}

// draftBodies gives the two bodies as arguments; the missing one is NULL.
func draftBodies(d gov.Draft) (figure, item any) {
	if d.Figure != nil {
		figure = asJSON{d.Figure}
	}
	if d.Item != nil {
		item = asJSON{d.Item}
	}
	return figure, item
}

func (t *tx) Drafts(ctx context.Context, r gov.Realm, review gov.ID) ([]gov.Draft, error) {
	f := asked(r, review)
	f.and("realm = $1 AND review = $2 AND " + f.holdsReview(t))
	return many(ctx, t, scanDraft, f.query(draftColumns, "draft", " ORDER BY seq, id"), f.args...)
}

func (t *tx) Draft(ctx context.Context, r gov.Realm, review, id gov.ID) (gov.Draft, error) {
	f := asked(r, review, id)
	return one(ctx, t, scanDraft, sqlDraft+" AND "+f.holdsReview(t), f.args...)
}

func (t *tx) CreateDraft(ctx context.Context, d gov.Draft) error {
	if err := t.reachesReview(ctx, d.Realm, d.Review); err != nil {
		return err
	}
	figure, item := draftBodies(d)
	return t.put(ctx, sqlInsertDraft, d.Realm, d.Review, d.ID, d.Seq, d.Kind, d.State, figure, item, d.Task, d.ByHand, d.Match,
		d.Settled.By, d.Settled.At, d.Version)
}

func (t *tx) UpdateDraft(ctx context.Context, d gov.Draft) error {
	if err := t.reachesReview(ctx, d.Realm, d.Review); err != nil {
		return err
	}
	figure, item := draftBodies(d)
	n, err := t.exec(ctx, sqlUpdateDraft, d.Realm, d.Review, d.ID, d.Version, d.Seq, d.Kind, d.State, figure, item, d.Task, d.ByHand,
		d.Match, d.Settled.By, d.Settled.At)
	return t.changed(ctx, n, err, sqlHasDraft, d.Realm, d.Review, d.ID)
}
