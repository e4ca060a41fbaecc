package store

import (
	"context"

	"haicap/internal/gov"
)

const documentColumns = `realm, id, holder, blob, text, size, text_size, format, converted, file_name, title, kind, day, published, number, issuer,
	source, filed_at, filed_by`

var (
	sqlInsertDocument = statement(insertInto("document", documentColumns))
	sqlDocument       = statement("SELECT " + documentColumns + " FROM document WHERE realm = $1 AND id = $2")
	sqlDocumentByBlob = statement("SELECT " + documentColumns + " FROM document WHERE realm = $1 AND holder = $2 AND blob = $3")
	sqlUpdateDocument = statement(`UPDATE document SET title = $3, kind = $4, day = $5, published = $6, number = $7, issuer = $8,
		source = $9 WHERE realm = $1 AND id = $2`)
	sqlHasDocument = statement("SELECT 1 FROM document WHERE realm = $1 AND id = $2")
)

func scanDocument(r row) (d gov.Document, err error) {
	err = r.Scan(&d.Realm, &d.ID, &d.Holder, &d.Blob, &d.Text, &d.Size, &d.TextSize, &d.Format, &d.Converted, &d.FileName, &d.Title, &d.Kind,
		&d.Date, &d.Published, &d.Number, &d.Issuer, &d.Source, at{&d.FiledAt}, &d.FiledBy)
	return d, err
}

func (t *tx) CreateDocument(ctx context.Context, d gov.Document) error {
	if t.reach != nil && !t.reach.HasAgency(d.Holder) {
		return gov.Errorf(gov.Forbidden, "error.beyond_reach")
	}
	return t.put(ctx, sqlInsertDocument, d.Realm, d.ID, d.Holder, d.Blob, d.Text, d.Size, d.TextSize, d.Format, d.Converted, d.FileName, d.Title,
		d.Kind, d.Date, d.Published, d.Number, d.Issuer, d.Source, d.FiledAt, d.FiledBy)
}

func (t *tx) Document(ctx context.Context, r gov.Realm, id gov.ID) (gov.Document, error) {
	f := asked(r, id)
	return one(ctx, t, scanDocument, sqlDocument+" AND "+f.held(t, "holder"), f.args...)
}

func (t *tx) DocumentByBlob(ctx context.Context, r gov.Realm, holder gov.ID, blob string) (gov.Document, error) {
	f := asked(r, holder, blob)
	return one(ctx, t, scanDocument, sqlDocumentByBlob+" AND "+f.held(t, "holder"), f.args...)
}

func (t *tx) UpdateDocument(ctx context.Context, d gov.Document) error {
	if err := t.reachesDocument(ctx, d.Realm, d.ID); err != nil {
		return err
	}
	n, err := t.exec(ctx, sqlUpdateDocument, d.Realm, d.ID, d.Title, d.Kind, d.Date, d.Published, d.Number, d.Issuer, d.Source)
	return t.changed(ctx, n, err, sqlHasDocument, d.Realm, d.ID)
}

func (t *tx) Documents(ctx context.Context, r gov.Realm, holder gov.ID, p gov.Page) ([]gov.Document, string, error) {
	f := inRealm(r)
	equal(f, "holder", holder)
	f.and(f.held(t, "holder"))
	if p.After != "" {
		keys, err := keysOf(p.After, 1)
		if err != nil {
			return nil, "", err
		}
		f.and("id < " + f.arg(keys[0]))
	}
	n := pageSize(p.Limit)
	list, err := many(ctx, t, scanDocument, f.query(documentColumns, "document", " ORDER BY id DESC")+f.limit(n+1), f.args...)
	if err != nil {
		return nil, "", err
	}
	list, next := cut(list, n, func(d gov.Document) []string { return []string{string(d.ID)} })
	return list, next, nil
}
