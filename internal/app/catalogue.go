package app

import (
	"context"
	"errors"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/intake"
	"haicap/internal/lang"
	"haicap/internal/report"
)

// CatalogueView is the catalogue with all versions, for those who edit it.
type CatalogueView struct {
	Lines []CatalogueLine
}

// A CatalogueLine is one indicator with its versions, the earliest first, and what was changed of it.
type CatalogueLine struct {
	Key      string
	Versions []gov.Indicator
	Changes  []gov.Entry // by the province, the first one first; none: as the program comes with it
}

// Now is the last version.
func (l CatalogueLine) Now() gov.Indicator { return l.Versions[len(l.Versions)-1] }

// CatalogueOn lists the indicators in force on a day.
func (a *App) CatalogueOn(ctx context.Context, p access.Principal, on gov.Day) (list []gov.Indicator, err error) {
	err = a.view(ctx, p, access.BooksRead, func(tx gov.Tx) error {
		c, err := catalogueIn(ctx, tx, gov.Realm(p.Realm))
		list = c.On(on)
		return err
	})
	return list, err
}

// Catalogue gives the catalogue for editing, or one indicator of it with its changes.
func (a *App) Catalogue(ctx context.Context, p access.Principal, key string) (CatalogueView, error) {
	var v CatalogueView
	err := a.view(ctx, p, access.CatalogueEdit, func(tx gov.Tx) error {
		v = CatalogueView{}
		r := gov.Realm(p.Realm)
		all, err := allVersions(ctx, tx, r)
		if err != nil {
			return err
		}
		edited, err := tx.Entries(ctx, r, gov.EntryIndicator)
		if err != nil {
			return err
		}
		for _, in := range all {
			n := len(v.Lines)
			switch {
			case key != "" && key != in.Key:
			case n > 0 && v.Lines[n-1].Key == in.Key:
				v.Lines[n-1].Versions = append(v.Lines[n-1].Versions, in)
			default:
				l := CatalogueLine{Key: in.Key, Versions: []gov.Indicator{in}}
				if i := slices.IndexFunc(edited, func(e gov.Entry) bool { return e.Key == in.Key }); i >= 0 {
					l.Changes = edited[i : i+1]
				}
				v.Lines = append(v.Lines, l)
			}
		}
		if key == "" {
			return nil
		}
		if len(v.Lines) == 0 {
			return gov.Errorf(gov.NotFound, "error.indicator_unknown", key)
		}
		v.Lines[0].Changes, err = tx.EntryHistory(ctx, r, gov.EntryIndicator, key)
		return err
	})
	return v, err
}

// allVersions lists all versions of the realm's catalogue, those of one key together.
func allVersions(ctx context.Context, tx gov.Tx, r gov.Realm) ([]gov.Indicator, error) {
	c, err := catalogueIn(ctx, tx, r)
	if err != nil {
		return nil, err
	}
	entries, err := tx.Entries(ctx, r, gov.EntryIndicator)
	if err != nil {
		return nil, err
	}
	var keys []string
	add := func(key string) {
		if !slices.Contains(keys, key) && len(c.Versions(key)) > 0 {
			keys = append(keys, key)
		}
	}
	for _, in := range gov.Indicators() {
		add(in.Key)
	}
	for _, e := range entries {
		add(e.Key)
	}
	var all []gov.Indicator
	for _, key := range keys {
		all = append(all, c.Versions(key)...)
	}
	return all, nil
}

// AddVersion adds a version of an indicator, in force from its first day on, or a new indicator. Earlier versions stay; the one before ends the day before.
// What is wrong comes field by field.
func (a *App) AddVersion(ctx context.Context, p access.Principal, row []string, reason string) ([]gov.RowError, error) {
	var bad []gov.RowError
	if strings.TrimSpace(reason) == "" {
		return nil, gov.Errorf(gov.Invalid, "error.catalogue_reason")
	}
	err := a.update(ctx, p, access.CatalogueEdit, func(tx gov.Tx, s gov.Stamp) (act, error) {
		bad = nil
		r := gov.Realm(p.Realm)
		all, err := allVersions(ctx, tx, r)
		if err != nil {
			return act{}, err
		}
		var versions []gov.Indicator
		rows := [][]string{gov.IndicatorColumns, row}
		from := row[slices.Index(gov.IndicatorColumns, "valid_from")]
		for _, in := range all {
			if in.Key != row[0] {
				rows = append(rows, gov.IndicatorRows([]gov.Indicator{in})[1])
				continue
			}
			if from <= string(in.From) {
				return act{}, gov.Errorf(gov.Invalid, "error.catalogue_from", string(in.From))
			}
			if in.To == "" || string(in.To) >= from {
				in.To = gov.Day(from).AddDays(-1)
			}
			versions = append(versions, in)
			rows = append(rows, gov.IndicatorRows([]gov.Indicator{in})[1])
		}
		parsed, faults := gov.ParseIndicatorRows(rows)
		if len(faults) > 0 {
			bad = faults
			return act{}, errFaults
		}
		versions = append(versions, parsed[0])
		return act{"indicator.set", "indicator", gov.ID(row[0])}, putEntry(ctx, tx, r, gov.EntryIndicator, row[0], reason, s, versions)
	})
	if errors.Is(err, errFaults) {
		err = nil
	}
	return bad, err
}

// CatalogueFile gives the whole catalogue as a file, which can be edited and taken back.
func (a *App) CatalogueFile(ctx context.Context, p access.Principal, format TableFormat, l lang.Lang) (TableFile, error) {
	v, err := a.Catalogue(ctx, p, "")
	if err != nil {
		return TableFile{}, err
	}
	var all []gov.Indicator
	for _, line := range v.Lines {
		all = append(all, line.Versions...)
	}
	rows := gov.IndicatorRows(all)
	t := report.Table{Title: l.T("web.catalogue.title"), Head: rows[0]}
	for _, row := range rows[1:] {
		cells := make([]any, len(row))
		for i, s := range row {
			cells[i] = s
			if n, err := strconv.ParseFloat(s, 64); err == nil && strings.Contains(rows[0][i], "low") || err == nil && strings.Contains(rows[0][i], "high") {
				cells[i] = n
			}
		}
		t.Rows = append(t.Rows, cells)
	}
	return tableFile(t, format, "danh-muc-chi-tieu")
}

// CatalogueImport is what became of a table of the catalogue. Where there are faults nothing was written.
type CatalogueImport struct {
	Rows    int
	Changed []string // keys
	Faults  []FaultLine
}

// ImportCatalogue takes the whole catalogue as a table, all or nothing: indicators that differ from those in force get new versions of their record,
// those that the table leaves out stay.
func (a *App) ImportCatalogue(ctx context.Context, p access.Principal, in ImportInput, reason string, l lang.Lang) (CatalogueImport, error) {
	var v CatalogueImport
	if err := permit(p, access.CatalogueEdit); err != nil {
		return v, err
	}
	rows, faults, err := catalogueRows(in)
	if err != nil {
		return v, err
	}
	for _, f := range faults {
		v.Faults = append(v.Faults, FaultLine{f.Address(), l.T(f.Key, f.Args...)})
	}
	list, bad := gov.ParseIndicatorRows(rows)
	for _, b := range bad {
		v.Faults = append(v.Faults, FaultLine{strings.TrimSpace(b.Column + " " + strconv.Itoa(b.Row)), l.T(b.Err.Key, b.Err.Args...)})
	}
	if v.Rows = len(list); len(v.Faults) > 0 {
		return v, nil
	}
	if !in.Dry && strings.TrimSpace(reason) == "" {
		return v, gov.Errorf(gov.Invalid, "error.catalogue_reason")
	}
	change := func(tx gov.Tx, s gov.Stamp) error {
		v.Changed = nil
		before, err := catalogueIn(ctx, tx, gov.Realm(p.Realm))
		if err != nil {
			return err
		}
		after := gov.NewCatalogue(list)
		for _, i := range list {
			now := after.Versions(i.Key)
			if slices.Contains(v.Changed, i.Key) || reflect.DeepEqual(gov.IndicatorRows(now), gov.IndicatorRows(before.Versions(i.Key))) {
				continue
			}
			v.Changed = append(v.Changed, i.Key)
			if !in.Dry {
				if err := putEntry(ctx, tx, gov.Realm(p.Realm), gov.EntryIndicator, i.Key, reason, s, now); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if in.Dry {
		return v, a.view(ctx, p, access.CatalogueEdit, func(tx gov.Tx) error { return change(tx, gov.Stamp{}) })
	}
	return v, a.update(ctx, p, access.CatalogueEdit, func(tx gov.Tx, s gov.Stamp) (act, error) {
		err := change(tx, s)
		if err == nil && len(v.Changed) == 0 {
			err = gov.Errorf(gov.Invalid, "error.catalogue_same")
		}
		return act{"catalogue.import", "indicator", ""}, err
	})
}

// catalogueRows reads a table; a title above its head is passed over.
func catalogueRows(in ImportInput) ([][]string, []intake.Fault, error) {
	t, err := intake.Open(in.Name, in.File)
	if err != nil {
		return nil, nil, err
	}
	var rows [][]string
	for len(rows) < maxCatalogueRows {
		row, err := t.Next()
		if errors.Is(err, io.EOF) {
			return rows, t.Faults(), nil
		}
		if err != nil {
			return nil, nil, err
		}
		texts := make([]string, len(row.Cells))
		for i, c := range row.Cells {
			texts[i] = strings.Clone(c.Text)
		}
		if len(rows) == 0 && !slices.Contains(texts, "key") && !slices.Contains(texts, "\ufeffkey") && row.Number == 1 && len(strings.Fields(strings.Join(texts[min(1, len(texts)):], ""))) == 0 {
			continue
		}
		rows = append(rows, texts)
	}
	return nil, nil, gov.Errorf(gov.TooLarge, "error.table_large", maxCatalogueRows, len(gov.IndicatorColumns))
}

// maxCatalogueRows bounds what is read of a table of the catalogue.
const maxCatalogueRows = 5000
