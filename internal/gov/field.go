package gov

import (
	_ "embed"
	"strings"
	"sync"
)

// A WorkField is the field of work that an indicator stands in.
type WorkField string

// FieldOther is the field of what the table does not name, such as a province's own indicators.
const FieldOther WorkField = "other"

//go:embed fields.csv
var fieldsCSV string

type fieldTable struct {
	order []WorkField
	of    map[string]WorkField
}

var fields = sync.OnceValue(func() fieldTable {
	t := fieldTable{of: map[string]WorkField{}}
	ownTable("fields.csv", fieldsCSV, 2, func(row []string) error {
		f := WorkField(row[0])
		t.order = append(t.order, f)
		for _, key := range strings.Split(row[1], "|") {
			t.of[key] = f
		}
		return nil
	})
	t.order = append(t.order, FieldOther)
	return t
})

// WorkFields lists the fields in the order in which a form offers them. The slice is shared: do not change it.
func WorkFields() []WorkField { return fields().order }

// Field is the field of work that the indicator stands in.
func (in Indicator) Field() WorkField {
	if f, ok := fields().of[in.Key]; ok {
		return f
	}
	return FieldOther
}
