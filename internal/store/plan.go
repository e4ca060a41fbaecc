package store

import (
	"context"

	"haicap/internal/gov"
)

const (
	planColumns     = "p.realm, p.id, p.kind, p.state, p.agency, v.version, v.body, v.note, v.changed_by, v.changed_at"
	planTables      = "plan AS p JOIN plan_version AS v ON v.realm = p.realm AND v.plan = p.id"
	planEventFields = "realm, plan, seq, at, account, action, note, version, run, period"
	planTaskColumns = "realm, plan, item, period, run, version, matter, due, skipped, gone, made_by, made_at"
)

var (
	sqlInsertPlan   = statement(insertInto("plan", "realm, id, kind, state, agency, version"))
	sqlPlan         = statement("SELECT " + planColumns + " FROM " + planTables + " WHERE p.realm = $1 AND p.id = $2 AND v.version = p.version")
	sqlPlanAt       = statement("SELECT " + planColumns + " FROM " + planTables + " WHERE p.realm = $1 AND p.id = $2 AND v.version = $3")
	sqlChangePlan   = statement("UPDATE plan SET version = version + 1 WHERE realm = $1 AND id = $2 AND version = $3")
	sqlSetPlanState = statement("UPDATE plan SET state = $4 WHERE realm = $1 AND id = $2 AND state = $3")
	sqlHasPlan      = statement("SELECT 1 FROM plan WHERE realm = $1 AND id = $2")

	sqlInsertPlanVersion = statement(insertInto("plan_version", "realm, plan, version, body, note, changed_by, changed_at"))

	sqlInsertPlanEvent = statement(insertInto("plan_event", planEventFields) + " ON CONFLICT (realm, plan, seq) DO NOTHING")
	sqlLastPlanEvent   = statement("SELECT COALESCE(max(seq), 0) FROM plan_event WHERE realm = $1 AND plan = $2")
	sqlPlanEvents      = statement("SELECT " + planEventFields + " FROM plan_event WHERE realm = $1 AND plan = $2 ORDER BY seq")

	sqlInsertPlanTask = statement(insertInto("plan_task", planTaskColumns) + " ON CONFLICT (realm, plan, item, period) WHERE NOT gone DO NOTHING")
	sqlPlanTasks      = statement("SELECT " + planTaskColumns + " FROM plan_task WHERE realm = $1 AND plan = $2 ORDER BY due, item, period, run")
	sqlPlanTaskGone   = statement("UPDATE plan_task SET gone = TRUE WHERE realm = $1 AND plan = $2 AND item = $3 AND period = $4 AND run = $5")
)

func scanPlan(r row) (p gov.Plan, err error) {
	err = r.Scan(&p.Realm, &p.ID, &p.Kind, &p.State, &p.Agency, &p.Version, body{&p.PlanBody}, &p.Note, &p.Changed.By, at{&p.Changed.At})
	return p, err
}

func (t *tx) CreatePlan(ctx context.Context, p gov.Plan) error {
	if err := t.put(ctx, sqlInsertPlan, p.Realm, p.ID, p.Kind, p.State, p.Agency, p.Version); err != nil {
		return err
	}
	if err := t.own(ctx, "plan", p.Realm, p.ID, p.Owners()); err != nil {
		return err
	}
	return t.putPlanVersion(ctx, p)
}

func (t *tx) putPlanVersion(ctx context.Context, p gov.Plan) error {
	return t.put(ctx, sqlInsertPlanVersion, p.Realm, p.ID, p.Version, asJSON{p.PlanBody}, p.Note, p.Changed.By, p.Changed.At)
}

func (t *tx) Plan(ctx context.Context, r gov.Realm, id gov.ID) (gov.Plan, error) {
	if err := t.reaches(ctx, "plan", r, id); err != nil {
		return gov.Plan{}, err
	}
	return one(ctx, t, scanPlan, sqlPlan, r, id)
}

func (t *tx) PlanAt(ctx context.Context, r gov.Realm, id gov.ID, version int) (gov.Plan, error) {
	if err := t.reaches(ctx, "plan", r, id); err != nil {
		return gov.Plan{}, err
	}
	return one(ctx, t, scanPlan, sqlPlanAt, r, id, version)
}

func (t *tx) ChangePlan(ctx context.Context, p gov.Plan) error {
	if err := t.reaches(ctx, "plan", p.Realm, p.ID); err != nil {
		return err
	}
	n, err := t.exec(ctx, sqlChangePlan, p.Realm, p.ID, p.Version)
	if err := t.changed(ctx, n, err, sqlHasPlan, p.Realm, p.ID); err != nil {
		return err
	}
	if err := t.put(ctx, sqlDisown, p.Realm, "plan", p.ID); err != nil {
		return err
	}
	if err := t.own(ctx, "plan", p.Realm, p.ID, p.Owners()); err != nil {
		return err
	}
	p.Version++
	return t.putPlanVersion(ctx, p)
}

func (t *tx) SetPlanState(ctx context.Context, r gov.Realm, id gov.ID, from, to gov.PlanState) error {
	if err := t.reaches(ctx, "plan", r, id); err != nil {
		return err
	}
	n, err := t.exec(ctx, sqlSetPlanState, r, id, from, to)
	return t.changed(ctx, n, err, sqlHasPlan, r, id)
}

func (t *tx) Plans(ctx context.Context, r gov.Realm, q gov.PlanQuery) ([]gov.Plan, string, error) {
	f := &filter{}
	f.and("p.realm = " + f.arg(r))
	f.and("v.version = p.version")
	equal(f, "p.kind", q.Kind)
	equal(f, "p.state", q.State)
	if !t.whole() {
		f.and(f.owned(t, "plan", "p.id"))
	}
	if q.Page.After != "" {
		keys, err := keysOf(q.Page.After, 1)
		if err != nil {
			return nil, "", err
		}
		f.and("p.id < " + f.arg(keys[0]))
	}
	n := pageSize(q.Page.Limit)
	list, err := many(ctx, t, scanPlan, f.query(planColumns, planTables, " ORDER BY p.id DESC")+f.limit(n+1), f.args...)
	if err != nil {
		return nil, "", err
	}
	list, next := cut(list, n, func(p gov.Plan) []string { return []string{string(p.ID)} })
	return list, next, nil
}

func scanPlanEvent(r row) (e gov.PlanEvent, err error) {
	err = r.Scan(&e.Realm, &e.Plan, &e.Seq, at{&e.By.At}, &e.By.By, &e.Action, &e.Note, &e.Version, &e.Run, &e.Period)
	return e, err
}

func (t *tx) AddPlanEvent(ctx context.Context, e gov.PlanEvent) error {
	if err := t.reaches(ctx, "plan", e.Realm, e.Plan); err != nil {
		return err
	}
	last, err := one(ctx, t, scanInt, sqlLastPlanEvent, e.Realm, e.Plan)
	if err != nil {
		return err
	}
	return t.put(ctx, sqlInsertPlanEvent, e.Realm, e.Plan, last+1, e.By.At, e.By.By, e.Action, e.Note, e.Version, e.Run, e.Period)
}

func (t *tx) PlanEvents(ctx context.Context, r gov.Realm, plan gov.ID) ([]gov.PlanEvent, error) {
	if err := t.reaches(ctx, "plan", r, plan); err != nil {
		return nil, err
	}
	return many(ctx, t, scanPlanEvent, sqlPlanEvents, r, plan)
}

func scanPlanTask(r row) (k gov.PlanTask, err error) {
	err = r.Scan(&k.Realm, &k.Plan, &k.Item, &k.Period, &k.Run, &k.Version, &k.Matter, &k.Due, &k.Skipped, &k.Gone, &k.Made.By, at{&k.Made.At})
	return k, err
}

func (t *tx) AddPlanTask(ctx context.Context, k gov.PlanTask) (bool, error) {
	if err := t.reaches(ctx, "plan", k.Realm, k.Plan); err != nil {
		return false, err
	}
	n, err := t.exec(ctx, sqlInsertPlanTask, k.Realm, k.Plan, k.Item, k.Period, k.Run, k.Version, k.Matter, k.Due, k.Skipped, k.Gone, k.Made.By, k.Made.At)
	return n > 0, err
}

func (t *tx) PlanTasks(ctx context.Context, r gov.Realm, plan gov.ID) ([]gov.PlanTask, error) {
	if err := t.reaches(ctx, "plan", r, plan); err != nil {
		return nil, err
	}
	return many(ctx, t, scanPlanTask, sqlPlanTasks, r, plan)
}

func (t *tx) PlanTaskOf(ctx context.Context, r gov.Realm, matter gov.ID) (gov.PlanTask, error) {
	f := asked(r, matter)
	f.and("realm = $1 AND matter = $2 AND matter <> ''")
	if !t.whole() {
		f.and(f.owned(t, "plan", "plan"))
	}
	return one(ctx, t, scanPlanTask, f.query(planTaskColumns, "plan_task", ""), f.args...)
}

func (t *tx) UndoPlanTask(ctx context.Context, k gov.PlanTask) error {
	if err := t.reaches(ctx, "plan", k.Realm, k.Plan); err != nil {
		return err
	}
	n, err := t.exec(ctx, sqlPlanTaskGone, k.Realm, k.Plan, k.Item, k.Period, k.Run)
	if err == nil && n == 0 {
		err = gov.Errorf(gov.NotFound, "error.not_found")
	}
	return err
}
