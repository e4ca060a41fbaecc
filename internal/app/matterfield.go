package app

import "haicap/internal/gov"

// fieldsOf fills in which fields a recommendation's page offers, the one that was chosen and the one that its words suggest.
func (a *App) fieldsOf(v *MatterView) error {
	if v.Kind != gov.Recommendation {
		return nil
	}
	all, err := a.fields()
	if err != nil {
		return err
	}
	v.Fields, v.Suggested = all.On(a.Today()), all.On(a.Today()).Suggest(v.Text)
	for _, f := range all {
		if f.Key == v.Matter.Field {
			v.Field = f
		}
	}
	return nil
}

// checkField refuses a field that cannot be chosen today.
func (a *App) checkField(key string) error {
	if key == "" {
		return nil
	}
	all, err := a.fields()
	if err == nil && !all.On(a.Today()).Has(key) {
		err = gov.Errorf(gov.Invalid, "error.field_needed")
	}
	return err
}
