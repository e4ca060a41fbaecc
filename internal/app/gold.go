package app

import (
	"bytes"
	"context"
	"encoding/json"
	"path"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/text"
)

// A GoldFile is one document with the labels that a person's review gave it: what was kept, as it was left. The reader is measured and
// corrected with it.
type GoldFile struct {
	Name   string // without an extension
	Text   string // the text layer, which the spans point into
	Labels []byte // JSON in the shape of a reading
}

// ExportGold turns the confirmed reviews of the principal's agency into gold files, one a document, newest first. It is audited,
// because whole texts leave the program.
func (a *App) ExportGold(ctx context.Context, p access.Principal) ([]GoldFile, error) {
	var reviewed []reviewedDocument
	err := a.update(ctx, p, access.ReviewsConfirm, func(tx gov.Tx, _ gov.Stamp) (act, error) {
		var err error
		reviewed, err = confirmedReviews(ctx, tx, p)
		return act{"gold.export", "agency", gov.ID(p.Agency)}, err
	})
	if err != nil {
		return nil, err
	}
	files := make([]GoldFile, 0, len(reviewed))
	for _, r := range reviewed {
		layer, err := a.textOf(r.document)
		if err != nil {
			return nil, err
		}
		f := GoldFile{Name: goldName(r.document), Text: layer}
		if f.Labels, err = goldLabels(f.Name+".txt", layer, r.review, r.drafts); err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

// A reviewedDocument is a document with its review in force and what the person made of its drafts.
type reviewedDocument struct {
	document gov.Document
	review   gov.Review
	drafts   []gov.Draft
}

func confirmedReviews(ctx context.Context, tx gov.Tx, p access.Principal) ([]reviewedDocument, error) {
	var list []reviewedDocument
	for pg := (gov.Page{Limit: 200}); ; {
		docs, next, err := tx.Documents(ctx, gov.Realm(p.Realm), "", pg)
		if err != nil {
			return nil, err
		}
		for _, d := range docs {
			reviews, err := tx.ReviewsOf(ctx, d.Realm, d.ID)
			if err != nil {
				return nil, err
			}
			for _, v := range reviews {
				if v.State != gov.ReviewConfirmed {
					continue
				}
				drafts, err := tx.Drafts(ctx, v.Realm, v.ID)
				if err != nil {
					return nil, err
				}
				list = append(list, reviewedDocument{d, v, drafts})
				break
			}
		}
		if next == "" {
			return list, nil
		}
		pg.After = next
	}
}

// goldName is a file name without marks, made of the document's own and the end of its id, so that no two are alike.
func goldName(d gov.Document) string {
	stem := strings.TrimSuffix(d.FileName, path.Ext(d.FileName))
	if stem == "" {
		stem = "van ban"
	}
	var b strings.Builder
	for _, w := range strings.FieldsFunc(text.Fold(stem), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }) {
		if b.Len() > 60 {
			break
		}
		b.WriteString(w + "-")
	}
	id := strings.ReplaceAll(string(d.ID), "-", "")
	return b.String() + id[max(0, len(id)-8):]
}

// goldDocument is a gold file. Units, people and checks are not reviewed one by one, so that it leaves them out: they are not judged.
type goldDocument struct {
	Schema          string            `json:"schema"`
	Source          gov.ReadingSource `json:"source"`
	Document        goldHead          `json:"document"`
	Figures         []goldFigure      `json:"figures"`
	Difficulties    []goldItem        `json:"difficulties"`
	Recommendations []goldItem        `json:"recommendations"`
	Directives      []goldItem        `json:"directives"`
	Commitments     []goldItem        `json:"commitments"`
}

type goldHead struct {
	Kind  gov.DocumentKind `json:"kind"`
	Title string           `json:"title"`
	Date  gov.Day          `json:"date"`
}

type goldFigure struct {
	Text       string         `json:"text"`
	Span       text.Span      `json:"span"`
	Value      float64        `json:"value"`
	Of         *float64       `json:"of,omitempty"`
	Measure    string         `json:"measure"`
	Kind       gov.FigureKind `json:"kind"`
	Comparator gov.Comparator `json:"comparator"`
	Label      string         `json:"label"`
	Indicator  string         `json:"indicator"`
	Period     gov.Period     `json:"period"`
	Scope      gov.Scope      `json:"scope"`
	Unit       string         `json:"unit"`
}

// A goldItem is an item; the fields that are pointers are judged only for the kinds that have them.
type goldItem struct {
	Text         string       `json:"text"`
	Span         text.Span    `json:"span"`
	Topic        string       `json:"topic,omitempty"`
	TopicSpan    *text.Span   `json:"topic_span,omitempty"`
	By           *string      `json:"by,omitempty"`
	To           *string      `json:"to,omitempty"`
	Assignees    *[]string    `json:"assignees,omitempty"`
	Lead         *string      `json:"lead,omitempty"`
	Coordinators *[]string    `json:"coordinators,omitempty"`
	Due          *string      `json:"due,omitempty"`
	Strength     gov.Strength `json:"strength,omitempty"`
	Answers      string       `json:"answers,omitempty"`
	Past         bool         `json:"past,omitempty"`
}

// goldLabels is the gold file of one review, in JSON.
func goldLabels(name, layer string, v gov.Review, drafts []gov.Draft) ([]byte, error) {
	sum := gov.SHA256([]byte(layer))
	g := goldDocument{Schema: gov.ReadingSchema,
		Source:   gov.ReadingSource{Name: name, SHA256: sum, Bytes: len(layer), Text: &gov.TextLayer{SHA256: sum, Bytes: len(layer)}},
		Document: goldHead{v.Session.Kind, v.Session.Title, v.Session.Day},
		Figures:  []goldFigure{}, Difficulties: []goldItem{}, Recommendations: []goldItem{}, Directives: []goldItem{}, Commitments: []goldItem{}}
	lists := map[gov.DraftKind]*[]goldItem{gov.DraftDifficulty: &g.Difficulties, gov.DraftRecommendation: &g.Recommendations,
		gov.DraftDirective: &g.Directives, gov.DraftCommitment: &g.Commitments}
	for _, d := range drafts {
		switch list := lists[d.Kind]; {
		case !d.Kept():
		case d.Figure != nil:
			f := *d.Figure
			g.Figures = append(g.Figures, goldFigure{f.Text, f.Span, f.Value, f.Of, f.Measure, f.Kind, f.Comparator, f.Label, f.Indicator, f.Period, f.Scope, f.Unit})
		case d.Item != nil && list != nil:
			*list = append(*list, goldItemOf(d.Kind, *d.Item))
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(g)
	return b.Bytes(), err
}

func goldItemOf(kind gov.DraftKind, it gov.ItemDraft) goldItem {
	g := goldItem{Text: it.Text, Span: it.Span, Topic: it.Topic, TopicSpan: it.TopicSpan}
	if kind != gov.DraftDifficulty {
		g.By = &it.By
	}
	if kind == gov.DraftRecommendation {
		g.To = &it.To
	}
	if kind == gov.DraftDirective {
		bodies, partners := append([]string{}, it.Assignees...), append([]string{}, it.Coordinators...)
		g.Assignees, g.Coordinators, g.Lead, g.Due = &bodies, &partners, &it.Lead, &it.Due
		g.Strength, g.Answers, g.Past = it.Strength, it.Answers, it.Past
	}
	return g
}
