package store

import (
	"encoding/base64"
	"strconv"
	"strings"

	"haicap/internal/gov"
)

// defaultPage is how many rows a page has when nobody says.
const defaultPage = 50

// A filter collects the conditions of a list and their arguments.
type filter struct {
	from  string // what stands before the table: a list that leads to its rows
	where []string
	args  []any
}

// inRealm begins a filter: every list stays within one realm.
func inRealm(r gov.Realm) *filter {
	f := &filter{}
	f.and("realm = " + f.arg(r))
	return f
}

// arg adds an argument and gives its placeholder.
func (f *filter) arg(v any) string {
	f.args = append(f.args, v)
	return "$" + strconv.Itoa(len(f.args))
}

func (f *filter) and(condition string) { f.where = append(f.where, condition) }

// equal narrows to a value; an empty one does not narrow.
func equal[T ~string](f *filter, column string, v T) {
	if v != "" {
		f.and(column + " = " + f.arg(v))
	}
}

// oneOf narrows to any of the values; an empty list does not narrow.
func oneOf[T ~string](f *filter, column string, list []T) {
	if len(list) == 0 {
		return
	}
	marks := make([]string, len(list))
	for i, v := range list {
		marks[i] = f.arg(v)
	}
	f.and(column + " IN (" + strings.Join(marks, ", ") + ")")
}

func (f *filter) String() string { return strings.Join(f.where, " AND ") }

// through narrows to the ids that a subquery gives, and goes from them to the rows: CROSS JOIN makes SQLite keep this order,
// where for an IN it would rather walk the realm in the order of the list. PostgreSQL decides for itself.
func (f *filter) through(ids string) {
	f.from = "(" + ids + ") AS led CROSS JOIN "
	f.and("id = led.to_id")
}

// query is the statement for a list of the table's columns.
func (f *filter) query(columns, table, order string) string {
	return "SELECT " + columns + " FROM " + f.from + table + " WHERE " + strings.Join(f.where, " AND ") + order
}

// limit is the clause for at most n rows; 0: all.
func (f *filter) limit(n int) string {
	if n <= 0 {
		return ""
	}
	return " LIMIT " + f.arg(n)
}

func pageSize(n int) int {
	if n <= 0 {
		return defaultPage
	}
	return n
}

// cursor writes the sort keys of the last row of a page as a text that callers hand back and do not look into.
func cursor(keys ...string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strings.Join(keys, "\n")))
}

// keysOf reads a cursor with n keys; Invalid for anything else.
func keysOf(s string, n int) ([]string, error) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	keys := strings.Split(string(b), "\n")
	if err != nil || len(keys) != n {
		return nil, gov.Errorf(gov.Invalid, "error.bad_cursor")
	}
	return keys, nil
}

// cut makes a page of up to n rows out of a list that was asked for one row more: the page, and the cursor after it.
func cut[T any](list []T, n int, keys func(T) []string) ([]T, string) {
	if len(list) <= n {
		return list, ""
	}
	list = list[:n]
	return list, cursor(keys(list[n-1])...)
}
