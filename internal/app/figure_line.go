package app

import "haicap/internal/gov"

// succeed puts a figure that somebody now answers for in the place of what the unit's own line said before on the same cell: a preliminary figure in that
// of the estimate, a final one in that of both. What another source says stays beside it, as a conflict where it differs.
func (r *reporting) succeed(f gov.Figure) error {
	claims, err := r.tx.ClaimsOn(r.ctx, r.realm, gov.CellKey{Period: f.Period, Indicator: f.Indicator, Unit: f.Unit})
	if err != nil {
		return err
	}
	for _, old := range claims {
		before := vintageOrder(old.Vintage) < vintageOrder(f.Vintage) || old.Vintage == f.Vintage && old.ID < f.ID
		if old.ID == f.ID || !old.Own() || old.Scope != f.Scope || !before {
			continue
		}
		if err := r.tx.SupersedeFigure(r.ctx, r.realm, old.ID, f.ID); err != nil {
			return err
		}
	}
	return nil
}
