package app

import (
	"context"
	"errors"
	"sort"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/reader"
	"haicap/internal/text"
)

// FileDocument files a document for the principal's agency (of a deputy who may not, for the absent's), reads it and opens its review. A document that is marked secret is
// refused before any of it is kept. Where the agency holds the same bytes already, the error is a Conflict and the document and its
// latest review come with it.
func (a *App) FileDocument(ctx context.Context, p access.Principal, in FileInput) (gov.Document, gov.ID, error) {
	if err := permit(p, access.DocumentsFile); err != nil {
		return gov.Document{}, "", err
	}
	layer, err := LayerOf(ctx, in.Name, in.Data)
	if err != nil {
		return gov.Document{}, "", err
	}
	doc := gov.Document{Realm: gov.Realm(p.Realm), Holder: filesFor(p), Size: int64(len(in.Data)), TextSize: int64(len(layer.Text)),
		Format: layer.Format, Converted: layer.Converted, FileName: in.Name, Source: strings.TrimSpace(in.Source)}
	rd, err := a.read(ctx, p, reader.Source{Name: in.Name, SHA256: gov.SHA256(in.Data), Bytes: len(in.Data), Text: layer.Text, Recognised: doc.Recognised()})
	if err != nil {
		return gov.Document{}, "", err
	}
	if err := gov.RefuseSecret(rd.Document.Number); err != nil {
		return gov.Document{}, "", err
	}
	doc.Title, doc.Kind, doc.Date, doc.Published = rd.Document.Title, rd.Document.Kind, rd.Document.Date, rd.Document.Published
	doc.Number, doc.Issuer = rd.Document.Number, rd.Document.Issuer
	if doc.Title == "" {
		doc.Title = firstLine(layer.Text)
	}
	if doc.Blob, err = a.blobs.Put(in.Data); err != nil {
		return gov.Document{}, "", err
	}
	if doc.Text, err = a.blobs.Put([]byte(layer.Text)); err != nil {
		return gov.Document{}, "", err
	}
	return a.enter(ctx, p, doc, layer.Text, rd)
}

// filesFor is the agency for which the principal files: his own where he may, else the first for which he may.
func filesFor(p access.Principal) gov.ID {
	grants := p.With(access.DocumentsFile)
	for _, g := range grants {
		if g.Agency == p.Agency {
			return gov.ID(p.Agency)
		}
	}
	if len(grants) > 0 {
		return gov.ID(grants[0].Agency)
	}
	return gov.ID(p.Agency)
}

// enter writes the document with its first review, unless the agency holds it already.
func (a *App) enter(ctx context.Context, p access.Principal, doc gov.Document, layer string, rd gov.Reading) (gov.Document, gov.ID, error) {
	var held error
	var review gov.ID
	err := a.update(ctx, p, access.DocumentsFile, func(tx gov.Tx, s gov.Stamp) (act, error) {
		held = nil
		old, err := tx.DocumentByBlob(ctx, doc.Realm, doc.Holder, doc.Blob)
		if err == nil {
			reviews, err := tx.ReviewsOf(ctx, doc.Realm, old.ID)
			if err != nil {
				return act{}, err
			}
			doc = old
			if len(reviews) > 0 {
				review = reviews[0].ID
			}
			held = gov.Errorf(gov.Conflict, "error.filed_already")
			return act{}, held
		} else if !gov.IsNotFound(err) {
			return act{}, err
		}
		doc.ID, doc.FiledAt, doc.FiledBy = gov.NewID(s.At), s.At, s.By
		if err := tx.CreateDocument(ctx, doc); err != nil {
			return act{}, err
		}
		if review, err = a.openReview(ctx, tx, doc, rd, s); err != nil {
			return act{}, err
		}
		entry := gov.SearchEntry{Realm: doc.Realm, Noun: "document", Record: doc.ID, Holder: doc.Holder, Title: doc.Title,
			Body: strings.TrimSpace(doc.Number + "\n" + layer), Day: doc.Date}
		return act{"document.file", "document", doc.ID}, tx.Index(ctx, entry)
	})
	return doc, review, err
}

func firstLine(s string) string {
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			if r := []rune(line); len(r) > 200 {
				return string(r[:200]) + "…"
			}
			return line
		}
	}
	return ""
}

// Documents lists the documents of the agencies that the principal may read for, newest first.
func (a *App) Documents(ctx context.Context, p access.Principal, pg gov.Page) (DocumentsView, error) {
	var v DocumentsView
	err := a.view(ctx, p, access.DocumentsRead, func(tx gov.Tx) error {
		docs, next, err := tx.Documents(ctx, gov.Realm(p.Realm), "", pg)
		if err != nil {
			return err
		}
		v = DocumentsView{Next: next}
		for _, d := range docs {
			line, err := latestReview(ctx, tx, d)
			if err != nil {
				return err
			}
			v.Lines = append(v.Lines, DocumentLine{Document: d, Review: line})
		}
		return nil
	})
	return v, err
}

// heldDocument gives a document; one of an agency beyond the transaction's reach is NotFound, so that nobody learns of it.
func heldDocument(ctx context.Context, tx gov.Tx, p access.Principal, id gov.ID) (gov.Document, error) {
	return tx.Document(ctx, gov.Realm(p.Realm), id)
}

// Original gives a document with its bytes as they were filed, and writes down who took them.
func (a *App) Original(ctx context.Context, p access.Principal, id gov.ID) (gov.Document, []byte, error) {
	d, data, err := a.original(ctx, p, id)
	if err == nil {
		err = a.look(ctx, p, access.DocumentsRead, act{"document.download", "document", d.ID})
	}
	if err != nil {
		return gov.Document{}, nil, err
	}
	return d, data, nil
}

// original is Original for a use case that hands nothing out.
func (a *App) original(ctx context.Context, p access.Principal, id gov.ID) (gov.Document, []byte, error) {
	var d gov.Document
	err := a.view(ctx, p, access.DocumentsRead, func(tx gov.Tx) (err error) {
		d, err = heldDocument(ctx, tx, p, id)
		return err
	})
	if err != nil {
		return gov.Document{}, nil, err
	}
	data, err := a.blobs.Get(d.Blob)
	return d, data, err
}

// textOf gives a document's text layer.
func (a *App) textOf(d gov.Document) (string, error) {
	data, err := a.blobs.Get(d.Text)
	return string(data), err
}

// openText is textOf for somebody who will read it: that he did is written down.
func (a *App) openText(ctx context.Context, p access.Principal, d gov.Document) (string, error) {
	if err := a.look(ctx, p, access.DocumentsRead, act{"document.open", "document", d.ID}); err != nil {
		return "", err
	}
	return a.textOf(d)
}

// Document gives a document with its text and the records that rest on it.
func (a *App) Document(ctx context.Context, p access.Principal, id gov.ID) (DocumentView, error) {
	var v DocumentView
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.DocumentsRead, func(tx gov.Tx) error {
			d, err := heldDocument(ctx, tx, p, id)
			if err != nil {
				return err
			}
			v = DocumentView{Document: d}
			b := a.builder(ctx, tx, p, units)
			var err1, err2, err3 error
			v.Review, err1 = latestReview(ctx, tx, d)
			v.Sessions, err2 = b.sessionsOf(d.ID)
			v.Marks, err3 = b.marks(gov.FigureQuery{Document: d.ID}, gov.MatterQuery{Document: d.ID, Top: true})
			return errors.Join(err1, err2, err3)
		})
	})
	if err != nil {
		return DocumentView{}, err
	}
	v.Text, err = a.openText(ctx, p, v.Document)
	return v, err
}

// marks gives the stretches of a text that records rest on.
func (b *builder) marks(fq gov.FigureQuery, mq gov.MatterQuery) ([]Mark, error) {
	figures, err1 := b.tx.Figures(b.ctx, b.realm, fq)
	targets, err2 := b.tx.Targets(b.ctx, b.realm, fq)
	matters, err3 := everyMatter(b.ctx, b.tx, b.realm, mq)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	var marks []Mark
	for _, f := range figures {
		marks = append(marks, Mark{f.Source.Span, "figure", string(f.Kind), f.ID, b.nameOf(f.Claim)})
	}
	for _, t := range targets {
		marks = append(marks, Mark{t.Source.Span, "target", string(gov.TargetFig), t.ID, b.nameOf(t.Claim)})
	}
	for _, m := range matters {
		if m.Kind != gov.Task { // a task stands where its directive stands
			marks = append(marks, Mark{m.Source.Span, "matter", string(m.Kind), m.ID, m.Text})
		}
	}
	sortMarks(marks)
	return marks, nil
}

func sortMarks(marks []Mark) {
	sort.SliceStable(marks, func(i, j int) bool {
		a, b := marks[i].Span, marks[j].Span
		return a[0] < b[0] || a[0] == b[0] && a[1] > b[1]
	})
}

// sentenceAt is the sentence of the layer around a span, for records that a person adds from a selection.
func sentenceAt(layer string, s text.Span) text.Span {
	for _, p := range text.Split(layer).Sentences {
		if p.Span.Contains(s) {
			return p.Span
		}
	}
	return s
}
