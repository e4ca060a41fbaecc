package cli

import (
	"context"
	"time"

	"haicap/internal/app"
	"haicap/internal/gov"
)

const (
	plansAt    = "05:30" // before people are reminded, so that a new task is in the first letter of its day
	plansLease = 30 * time.Minute
)

// plansRow is the row of the timetable by which the next tasks of what recurs are made each morning. What was missed while no server ran is made up for,
// or said to be skipped, by the plans themselves.
func plansRow(ctx context.Context, p *parts, now time.Time) (gov.Timetable, error) {
	who, err := p.system(ctx)
	if err != nil {
		return gov.Timetable{}, err
	}
	next, err := gov.NextAt(plansAt, now)
	return gov.Timetable{Realm: gov.Realm(who.Realm), Kind: app.JobPlans, At: plansAt, Payload: "{}", Next: next}, err
}

// runPlans makes the next tasks of what recurs.
func (c *call) runPlans(ctx context.Context, p *parts) error {
	who, err := p.system(ctx)
	if err != nil {
		return err
	}
	n, err := p.app.RunPlans(ctx, who)
	if err == nil && n > 0 {
		c.logger().Info("recurring tasks made", "tasks", n)
	}
	return err
}
