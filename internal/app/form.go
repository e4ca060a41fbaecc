package app

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// FormView is one reporting form for those who edit it.
type FormView struct {
	Form       gov.Form
	Indicators []gov.Indicator // that it can ask for
	Changes    []gov.Entry     // by the province, the first one first; none: as the program comes with it
	Offices    map[gov.ID]string
}

// Form gives one reporting form for editing; without a key what a new one can ask for.
func (a *App) Form(ctx context.Context, p access.Principal, key string) (FormView, error) {
	var v FormView
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.CatalogueEdit, func(tx gov.Tx) error {
			b := a.builder(ctx, tx, p, units)
			v = FormView{Indicators: b.catalogue().On(b.today), Offices: map[gov.ID]string{}}
			if key == "" {
				return nil
			}
			forms, err1 := formsIn(ctx, tx, b.realm)
			changes, err2 := tx.EntryHistory(ctx, b.realm, gov.EntryForm, key)
			if err := errors.Join(err1, err2); err != nil {
				return err
			}
			i := slices.IndexFunc(forms, func(f gov.Form) bool { return f.Key == key })
			if i < 0 {
				return gov.Errorf(gov.NotFound, "error.form_unknown", key)
			}
			v.Form, v.Changes = forms[i], changes
			for _, e := range changes {
				v.Offices[e.Entered.By] = b.officeOf(e.Entered.By)
			}
			return nil
		})
	})
	return v, err
}

// formKey is what keys of forms look like: they stand in addresses and files.
var formKey = regexp.MustCompile(`^[a-z][a-z0-9_]{1,63}$`)

// mostDueDays bounds how long after the cut-off a report may be due.
const mostDueDays = 366

// SetForm writes a form, with the reason; the one before stays in the history. What a form is for does not change: another kind of report is another form.
func (a *App) SetForm(ctx context.Context, p access.Principal, f gov.Form, reason string) error {
	f.Name = strings.Join(strings.Fields(f.Name), " ")
	switch {
	case !formKey.MatchString(f.Key), f.Name == "", !slices.Contains(gov.ReportKinds, f.Kind):
		return gov.Errorf(gov.Invalid, "error.form_wrong")
	case strings.TrimSpace(reason) == "":
		return gov.Errorf(gov.Invalid, "error.catalogue_reason")
	case f.DueDays < 0 || f.DueDays > mostDueDays:
		return gov.Errorf(gov.Invalid, "error.form_days", mostDueDays)
	case f.From != "" && !f.From.Valid(), f.To != "" && (!f.To.Valid() || f.To < f.From):
		return gov.Errorf(gov.Invalid, "error.day_invalid", string(f.From)+" – "+string(f.To))
	}
	return a.withRegister(func(units gov.Units) error {
		return a.update(ctx, p, access.CatalogueEdit, func(tx gov.Tx, s gov.Stamp) (act, error) {
			r := gov.Realm(p.Realm)
			c, err1 := catalogueIn(ctx, tx, r)
			forms, err2 := formsIn(ctx, tx, r)
			if err := errors.Join(err1, err2); err != nil {
				return act{}, err
			}
			for _, key := range f.Indicators {
				if len(c.Versions(key)) == 0 {
					return act{}, gov.Errorf(gov.Invalid, "error.indicator_unknown", key)
				}
			}
			for _, code := range f.Units {
				if _, err := units.At(code, gov.DayOf(s.At)); err != nil {
					return act{}, gov.Errorf(gov.Invalid, "error.unit_unknown", code)
				}
			}
			if i := slices.IndexFunc(forms, func(o gov.Form) bool { return o.Key == f.Key }); i >= 0 && forms[i].Kind != f.Kind {
				return act{}, gov.Errorf(gov.Invalid, "error.form_kind")
			}
			return act{"form.set", "form", gov.ID(f.Key)}, putEntry(ctx, tx, r, gov.EntryForm, f.Key, reason, s, f)
		})
	})
}
