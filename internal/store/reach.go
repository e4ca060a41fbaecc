package store

import (
	"context"
	"slices"

	"haicap/internal/gov"
)

// A bounded tx reads and writes what is within its reach and nothing else; for the rest it answers as if it were not there. What a record
// belongs to is found in one of three ways: a document has its holder (held), a figure or target or whatever else has the columns
// unit_code and unit_from its unit (ofUnits), and what may belong to several has rows in record_owner under its noun (own, owned).
// DESIGN.md says how a new noun takes part.

// Within gives the transaction bounded by a reach.
func (t *tx) Within(r gov.Reach) gov.Tx {
	bounded := *t
	bounded.reach = &r
	return &bounded
}

// whole reports whether all records of the books are within reach; documents are not asked.
func (t *tx) whole() bool { return t.reach == nil || t.reach.All }

// owned is the condition that a record of the noun is within reach; column names the record's id in the list. It is asked for each row
// that something else leads to. The concatenation keeps SQLite from looking up each owner of a long list for each row.
func (f *filter) owned(t *tx, noun, column string) string {
	if t.whole() {
		return "1 = 1"
	}
	return "EXISTS (SELECT 1 FROM record_owner AS o WHERE o.realm = $1 AND o.noun = '" + noun + "' AND o.record = " + column +
		" AND " + f.anyOf("(o.owner || '')", t.reach.Owners()) + ")"
}

// within narrows a list of a noun in record_owner that something else leads (a unit, a session, a document) to what is within reach.
func (f *filter) within(t *tx, noun string) {
	if !t.whole() {
		f.and(f.owned(t, noun, "id"))
	}
}

// ledWithin is within for a list that nothing else leads: it goes to its rows from their owners.
func (f *filter) ledWithin(t *tx, noun string) {
	if !t.whole() {
		// Joined to nothing, so that SQLite goes by the owners and does not walk the noun in the order that DISTINCT would like.
		f.through("SELECT DISTINCT record || '' AS to_id FROM record_owner WHERE realm = $1 AND noun = '" + noun + "' AND " + f.anyOf("owner", t.reach.Owners()))
	}
}

// ofUnits is the condition that the unit in the columns unit_code and unit_from of the table is within reach; table is a name with its dot,
// or empty.
func (f *filter) ofUnits(t *tx, table string) string {
	if t.whole() {
		return "1 = 1"
	}
	var codes, keys []string
	for _, k := range t.reach.Units {
		if !slices.Contains(codes, k.Code) {
			codes = append(codes, k.Code)
		}
		keys = append(keys, k.Code+"/"+string(k.From))
	}
	return f.anyOf(table+"unit_code", codes) + " AND " + f.anyOf("("+table+"unit_code || '/' || "+table+"unit_from)", keys)
}

// held is the condition that the agency in the column is one whose documents are within reach.
func (f *filter) held(t *tx, column string) string {
	if t.reach == nil {
		return "1 = 1"
	}
	return f.anyOf(column, ids(t.reach.Agencies))
}

// holdsDocument is the condition that the document in the column is within reach.
func (f *filter) holdsDocument(t *tx, column string) string {
	if t.reach == nil {
		return "1 = 1"
	}
	return "EXISTS (SELECT 1 FROM document AS d WHERE d.realm = $1 AND d.id = " + column + " AND " + f.held(t, "d.holder") + ")"
}

// anyOf is the condition that a column has one of the values; without values nothing fulfils it.
func (f *filter) anyOf(column string, values []string) string {
	if len(values) == 0 {
		return "1 = 0"
	}
	list := ""
	for i, v := range values {
		if i > 0 {
			list += ", "
		}
		list += f.arg(v)
	}
	return column + " IN (" + list + ")"
}

func ids(list []gov.ID) []string {
	s := make([]string, len(list))
	for i, id := range list {
		s[i] = string(id)
	}
	return s
}

// asked is a fixed statement with its arguments as a filter to which conditions can be added; the realm is its first argument.
func asked(args ...any) *filter { return &filter{args: args} }

// oneOwned reads a record of the noun by its realm and id; query ends with its conditions.
func oneOwned[T any](ctx context.Context, t *tx, noun string, scan func(row) (T, error), query string, r gov.Realm, id gov.ID) (T, error) {
	f := asked(r, id)
	if !t.whole() {
		query += " AND " + f.owned(t, noun, "id")
	}
	return one(ctx, t, scan, query, f.args...)
}

// reaches is NotFound where a record of the noun is not within reach. It says nothing of whether it exists where the reach is whole.
func (t *tx) reaches(ctx context.Context, noun string, r gov.Realm, id gov.ID) error {
	if t.whole() {
		return nil
	}
	f := asked(r, id)
	_, err := one(ctx, t, scanInt, "SELECT 1 WHERE "+f.owned(t, noun, "$2"), f.args...)
	return err
}

// reachesDocument is NotFound where a document is not within reach.
func (t *tx) reachesDocument(ctx context.Context, r gov.Realm, id gov.ID) error {
	if t.reach == nil {
		return nil
	}
	f := asked(r, id)
	_, err := one(ctx, t, scanInt, "SELECT 1 FROM document WHERE realm = $1 AND id = $2 AND "+f.held(t, "holder"), f.args...)
	return err
}

const (
	ownerColumns = "realm, noun, record, owner"
	ownerTwice   = " ON CONFLICT (realm, noun, record, owner) DO NOTHING"
)

var (
	sqlAddOwner = statement(insertInto("record_owner", ownerColumns) + ownerTwice)
	sqlHolderOf = statement("SELECT holder FROM document WHERE realm = $1 AND id = $2")
	sqlDisown   = statement("DELETE FROM record_owner WHERE realm = $1 AND noun = $2 AND record = $3")
)

// mayOwn is Forbidden where a bounded tx would write what is not within its reach.
func (t *tx) mayOwn(owners []string) error {
	if t.whole() {
		return nil
	}
	mine := t.reach.Owners()
	if !slices.ContainsFunc(owners, func(o string) bool { return slices.Contains(mine, o) }) {
		return gov.Errorf(gov.Forbidden, "error.beyond_reach")
	}
	return nil
}

// own writes what a record belongs to. A bounded tx may write only what is within its reach: Forbidden.
func (t *tx) own(ctx context.Context, noun string, r gov.Realm, id gov.ID, owners []string) error {
	if err := t.mayOwn(owners); err != nil {
		return err
	}
	for _, o := range owners {
		if err := t.put(ctx, sqlAddOwner, r, noun, id, o); err != nil {
			return err
		}
	}
	return nil
}

// holder adds the owner of what rests on a document: the agency that holds it. A document that is not there has none; the foreign key
// will say so where it matters.
func (t *tx) holder(ctx context.Context, r gov.Realm, document gov.ID, owners []string) ([]string, error) {
	if document == "" {
		return owners, nil
	}
	holder, err := one(ctx, t, scanID, sqlHolderOf, r, document)
	if gov.IsNotFound(err) {
		return owners, nil
	}
	return append(owners, gov.OwnerOfAgency(holder)), err
}

// Figures and targets.

// ofClaim is the condition that a figure or target is within reach: by its unit, or where that is open by the holder of its document.
func (f *filter) ofClaim(t *tx, table string) string {
	if t.whole() {
		return "1 = 1"
	}
	return "(" + f.ofUnits(t, table) + " OR " + table + "unit_code = '' AND " + f.holdsDocument(t, table+"src_document") + ")"
}

// claims narrows a list of figures or targets to what is within reach. One that neither a unit nor a session nor a document leads goes from
// the units and documents to its rows.
func (f *filter) claims(t *tx, table string, q gov.FigureQuery) {
	switch {
	case t.whole():
	case f.from != "", q.Unit != "", q.Session != "", q.Document != "":
		f.and(f.ofClaim(t, ""))
	default:
		indicator := ""
		if q.Indicator != "" {
			indicator = " AND indicator = " + f.arg(q.Indicator)
		}
		f.through("SELECT id AS to_id FROM " + table + " WHERE realm = $1 AND " + f.ofUnits(t, "") + indicator +
			" UNION ALL SELECT c.id FROM document AS d CROSS JOIN " + table + " AS c WHERE d.realm = $1 AND " + f.held(t, "d.holder") +
			" AND c.realm = $1 AND c.src_document = d.id AND c.unit_code = ''")
	}
}

// oneClaim reads a figure or target by its realm and id.
func oneClaim[T any](ctx context.Context, t *tx, scan func(row) (T, error), query string, r gov.Realm, id gov.ID) (T, error) {
	f := asked(r, id)
	if !t.whole() {
		query += " AND " + f.ofClaim(t, "")
	}
	return one(ctx, t, scan, query, f.args...)
}

// reachesClaim is NotFound where a figure or target is not within reach.
func (t *tx) reachesClaim(ctx context.Context, table string, r gov.Realm, id gov.ID) error {
	if t.whole() {
		return nil
	}
	_, err := oneClaim(ctx, t, scanInt, "SELECT 1 FROM "+table+" WHERE realm = $1 AND id = $2", r, id)
	return err
}

// mayClaim is Forbidden where a figure or target to be written is not within reach.
func (t *tx) mayClaim(ctx context.Context, r gov.Realm, c gov.Claim) error {
	if t.whole() || !c.Unit.Zero() && t.reach.HasUnit(c.Unit) {
		return nil
	}
	if c.Unit.Zero() && c.Source.Document != "" {
		if err := t.reachesDocument(ctx, r, c.Source.Document); err == nil || !gov.IsNotFound(err) {
			return err
		}
	}
	return gov.Errorf(gov.Forbidden, "error.beyond_reach")
}

// Matters.

// matterOwners are what a matter belongs to; an empty holder is none.
func matterOwners(m gov.Matter, holder ...string) []string {
	var owners []string
	for _, h := range holder {
		if h != "" {
			owners = append(owners, h)
		}
	}
	for _, p := range m.Parties {
		if !p.Unit.Zero() {
			owners = append(owners, gov.OwnerOfUnit(p.Unit))
		}
		if p.Agency != "" {
			owners = append(owners, gov.OwnerOfAgency(p.Agency))
		}
	}
	return owners
}

// reachesAny is reaches for the nouns of which records are said by several sources.
func (t *tx) reachesAny(ctx context.Context, noun string, r gov.Realm, id gov.ID) error {
	if noun == "figure" || noun == "target" {
		return t.reachesClaim(ctx, noun, r, id)
	}
	return t.reaches(ctx, noun, r, id)
}

// Documents, reviews and drafts.

// holdsReview is the condition that the review in the column review is of a document within reach.
func (f *filter) holdsReview(t *tx) string {
	if t.reach == nil {
		return "1 = 1"
	}
	return "EXISTS (SELECT 1 FROM review AS v WHERE v.realm = $1 AND v.id = review AND " + f.holdsDocument(t, "v.document") + ")"
}

// reachesReview is NotFound where a review is not of a document within reach.
func (t *tx) reachesReview(ctx context.Context, r gov.Realm, id gov.ID) error {
	if t.reach == nil {
		return nil
	}
	f := asked(r, id)
	_, err := one(ctx, t, scanInt, "SELECT 1 FROM review WHERE realm = $1 AND id = $2 AND "+f.holdsDocument(t, "document"), f.args...)
	return err
}

// Sessions.

// ownSession writes what a session belongs to: its units, and the holders of the documents that write it up.
func (t *tx) ownSession(ctx context.Context, s gov.Session, holders []gov.ID) error {
	owners := make([]string, 0, len(s.Units)+len(holders))
	for _, u := range s.Units {
		owners = append(owners, gov.OwnerOfUnit(u))
	}
	for _, h := range holders {
		owners = append(owners, gov.OwnerOfAgency(h))
	}
	if err := t.put(ctx, sqlDisown, s.Realm, "session", s.ID); err != nil {
		return err
	}
	return t.own(ctx, "session", s.Realm, s.ID, owners)
}

// Search.

// found narrows the entries e that were found to records within reach. What has no owner is found by nobody who is bounded.
func (f *filter) found(t *tx) {
	if t.reach == nil {
		return
	}
	documents := "e.noun = 'document' AND " + f.held(t, "e.holder")
	if t.whole() {
		f.and("(e.noun <> 'document' OR " + documents + ")")
		return
	}
	claim := func(noun string) string {
		return " OR e.noun = '" + noun + "' AND EXISTS (SELECT 1 FROM " + noun + " AS c WHERE c.realm = $1 AND c.id = e.record AND " + f.ofClaim(t, "c.") + ")"
	}
	f.and("(" + documents + claim("figure") + claim("target") + " OR EXISTS (SELECT 1 FROM record_owner AS o WHERE o.realm = $1 AND o.noun = e.noun AND o.record = e.record AND " +
		f.anyOf("(o.owner || '')", t.reach.Owners()) + "))")
}
