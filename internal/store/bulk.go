package store

import (
	"context"
	"strconv"
	"strings"
)

// bulkRows is how many rows one statement of putMany writes: enough for PostgreSQL to be about twenty times as fast as row by row, few
// enough for both engines' limits of parameters.
const bulkRows = 100

// putMany inserts rows, many with each statement. The statement is prepared once for all of them: SQLite would spend as long on reading it as
// on the rows. conflict is what happens to a row that is there; empty: it is an error.
func (t *tx) putMany(ctx context.Context, table, columns, conflict string, rows [][]any) error {
	whole := len(rows) / bulkRows * bulkRows
	if err := t.putChunks(ctx, t.d.insertMany(table, columns, bulkRows)+conflict, rows[:whole], bulkRows); err != nil {
		return err
	}
	rest := rows[whole:]
	return t.putChunks(ctx, t.d.insertMany(table, columns, len(rest))+conflict, rest, len(rest))
}

// putChunks runs a statement that takes n rows for each n rows.
func (t *tx) putChunks(ctx context.Context, query string, rows [][]any, n int) error {
	if len(rows) == 0 {
		return nil
	}
	st, err := t.sql.PrepareContext(ctx, query)
	if err != nil {
		return t.fail(err)
	}
	defer func() { _ = st.Close() }()
	args := make([]any, 0, n*len(rows[0]))
	for ; len(rows) > 0; rows = rows[n:] {
		args = args[:0]
		for _, r := range rows[:n] {
			args = append(args, r...)
		}
		list, err := plain(args)
		if err != nil {
			return err
		}
		if _, err := st.ExecContext(ctx, list...); err != nil {
			return t.fail(err)
		}
	}
	return nil
}

// insertMany is an INSERT of n rows into the comma-separated columns. SQLite gets placeholders without a number: it looks up the name of each
// parameter that has one among all before it, which takes longer than the rows where there are thousands.
func (d *dialect) insertMany(table, columns string, n int) string {
	width := strings.Count(columns, ",") + 1
	var b strings.Builder
	b.WriteString("INSERT INTO " + table + " (" + columns + ") VALUES ")
	for i := range n {
		for j := range width {
			switch {
			case j > 0:
				b.WriteString(", ")
			case i > 0:
				b.WriteString(", (")
			default:
				b.WriteString("(")
			}
			if d.bare {
				b.WriteByte('?')
			} else {
				b.WriteString("$" + strconv.Itoa(i*width+j+1))
			}
		}
		b.WriteString(")")
	}
	return b.String()
}
