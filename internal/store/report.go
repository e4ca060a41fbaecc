package store

import (
	"context"

	"haicap/internal/gov"
)

const (
	reportKeyColumns = "realm, form, period, unit_code, unit_from"
	reportColumns    = reportKeyColumns + ", state, due, entered_by, submitted, version"
	reportEvents     = "seq, at, account, action, from_state, to_state, note"
	batchColumns     = "realm, id, file_name, sum, figures, made_by, made_at"

	thisReport = " WHERE realm = $1 AND form = $2 AND period = $3 AND unit_code = $4 AND unit_from = $5"
)

var (
	sqlInsertReport = statement(insertInto("report", reportColumns))
	sqlUpdateReport = statement("UPDATE report SET state = $6, due = $7, entered_by = $8, submitted = $9, version = version + 1" + thisReport + " AND version = $10")
	sqlHasReport    = statement("SELECT 1 FROM report" + thisReport)
	sqlReport       = statement("SELECT " + reportColumns + " FROM report" + thisReport)
	sqlReportEvents = statement("SELECT " + reportEvents + " FROM report_event" + thisReport + " ORDER BY seq")
	sqlReportEvent  = statement(insertInto("report_event", reportKeyColumns+", "+reportEvents))
	sqlReportSteps  = statement("SELECT coalesce(max(seq), 0) FROM report_event" + thisReport)
	sqlInsertBatch  = statement(insertInto("figure_batch", batchColumns))
	sqlBatch        = statement("SELECT " + batchColumns + " FROM figure_batch WHERE realm = $1 AND id = $2")
)

func reportKey(r gov.Realm, k gov.ReportKey) []any {
	return []any{r, k.Form, k.Period, k.Unit.Code, k.Unit.From}
}

func scanReport(r row) (p gov.Report, err error) {
	err = r.Scan(&p.Realm, &p.Form, &p.Period, &p.Unit.Code, &p.Unit.From, &p.State, &p.Due, &p.EnteredBy, &p.Submitted, &p.Version)
	return p, err
}

func scanReportEvent(r row) (e gov.ReportEvent, err error) {
	err = r.Scan(&e.Seq, at{&e.By.At}, &e.By.By, &e.Action, &e.From, &e.To, &e.Note)
	return e, err
}

func scanBatch(r row) (b gov.Batch, err error) {
	err = r.Scan(&b.Realm, &b.ID, &b.FileName, &b.Sum, &b.Figures, &b.Made.By, at{&b.Made.At})
	return b, err
}

func (t *tx) PutReport(ctx context.Context, p gov.Report, e gov.ReportEvent) error {
	if err := t.mayUnit(p.Unit); err != nil {
		return err
	}
	key := reportKey(p.Realm, p.ReportKey)
	if p.Version == 0 {
		if err := t.put(ctx, sqlInsertReport, append(key, p.State, p.Due, p.EnteredBy, p.Submitted, 1)...); err != nil {
			return err
		}
	} else {
		n, err := t.exec(ctx, sqlUpdateReport, append(key, p.State, p.Due, p.EnteredBy, p.Submitted, p.Version)...)
		if err := t.changed(ctx, n, err, sqlHasReport, key...); err != nil {
			return err
		}
	}
	seq, err := one(ctx, t, scanInt, sqlReportSteps, key...)
	if err != nil {
		return err
	}
	return t.put(ctx, sqlReportEvent, append(key, seq+1, e.By.At, e.By.By, e.Action, e.From, e.To, e.Note)...)
}

// mayUnit is Forbidden where a bounded tx does not reach the unit.
func (t *tx) mayUnit(k gov.UnitKey) error {
	if t.reach != nil && !t.reach.HasUnit(k) {
		return gov.Errorf(gov.Forbidden, "error.beyond_reach")
	}
	return nil
}

// sees is NotFound where a bounded tx does not reach the unit: as if there were nothing.
func (t *tx) sees(k gov.UnitKey) error {
	if t.mayUnit(k) != nil {
		return gov.Errorf(gov.NotFound, "error.not_found")
	}
	return nil
}

func (t *tx) Report(ctx context.Context, r gov.Realm, k gov.ReportKey) (gov.Report, error) {
	if err := t.sees(k.Unit); err != nil {
		return gov.Report{}, err
	}
	return one(ctx, t, scanReport, sqlReport, reportKey(r, k)...)
}

func (t *tx) ReportEvents(ctx context.Context, r gov.Realm, k gov.ReportKey) ([]gov.ReportEvent, error) {
	if t.sees(k.Unit) != nil {
		return nil, nil
	}
	return many(ctx, t, scanReportEvent, sqlReportEvents, reportKey(r, k)...)
}

func (t *tx) Reports(ctx context.Context, r gov.Realm, q gov.ReportQuery) ([]gov.Report, error) {
	f := inRealm(r)
	equal(f, "form", q.Form)
	equal(f, "period", q.Period)
	equal(f, "unit_code", q.Unit)
	if !t.whole() {
		f.and(f.ofUnits(t, ""))
	}
	return many(ctx, t, scanReport, f.query(reportColumns, "report", " ORDER BY form, period, unit_code, unit_from"), f.args...)
}

func (t *tx) CreateBatch(ctx context.Context, b gov.Batch) error {
	return t.put(ctx, sqlInsertBatch, b.Realm, b.ID, b.FileName, b.Sum, b.Figures, b.Made.By, b.Made.At)
}

func (t *tx) Batch(ctx context.Context, r gov.Realm, id gov.ID) (gov.Batch, error) {
	return one(ctx, t, scanBatch, sqlBatch, r, id)
}
