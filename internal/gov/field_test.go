package gov

import (
	"slices"
	"testing"
)

func TestEachIndicatorHasAField(t *testing.T) {
	t.Parallel()
	for _, in := range Indicators() {
		if in.Field() == FieldOther || !slices.Contains(WorkFields(), in.Field()) {
			t.Errorf("%s stands in no field of fields.csv", in.Key)
		}
	}
	for key := range fields().of {
		if _, err := IndicatorByKey(key); err != nil {
			t.Errorf("fields.csv names %s, which is no indicator", key)
		}
	}
}
