package app

import (
	"context"
	"slices"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/intake"
)

// SaveInput is one cell of a form as somebody typed it.
type SaveInput struct {
	gov.ReportKey
	Indicator string // key of the catalogue, or of a part (gov.PartKey)
	Value     string // as typed: "1.234,5"
	Of        string // the y of x of y; empty: none
	Measure   string // empty: the indicator's
	Scope     gov.Scope
	Vintage   gov.Vintage // empty: as final as the period's data are on their cut-off day
	Was       gov.ID      // the figure that the form showed; empty: none
}

// SaveFigure writes one cell of a form. Where somebody else wrote it since the form was shown, it is Conflict, and the sentence says what, whose and
// when; what was typed stands in the sentence, too, so that nothing is lost. What was there is superseded.
func (a *App) SaveFigure(ctx context.Context, p access.Principal, in SaveInput) error {
	return a.withRegister(func(units gov.Units) error {
		return a.update(ctx, p, access.FiguresEnter, func(tx gov.Tx, s gov.Stamp) (act, error) {
			r, err := a.builder(ctx, tx, p, units).reporting(in.ReportKey)
			if err != nil {
				return act{}, err
			}
			if !r.report.Open() {
				return act{}, gov.Errorf(gov.Conflict, "error.report_closed")
			}
			f, err := r.typed(in, s)
			if err != nil {
				return act{}, err
			}
			return act{"figure.save", "figure", f.ID}, r.save(f, in, s)
		})
	})
}

// typed is what somebody typed as a figure.
func (r *reporting) typed(in SaveInput, s gov.Stamp) (gov.Figure, error) {
	asked, err := r.asked(in.Indicator)
	if err != nil {
		return gov.Figure{}, err
	}
	v, ok := intake.Number(in.Value, false)
	switch {
	case !ok:
		return gov.Figure{}, gov.Errorf(gov.Invalid, "error.cell_number", in.Value)
	case asked.Better == gov.YesNo && v != 0 && v != 1:
		return gov.Figure{}, gov.Errorf(gov.Invalid, "error.cell_yes_no", in.Value)
	case !slices.Contains(gov.Vintages, in.Vintage):
		return gov.Figure{}, gov.Errorf(gov.Invalid, "error.kind_unknown", string(in.Vintage))
	}
	quote, measure := strings.TrimSpace(in.Value), asked.Measure
	var of *float64
	if in.Of = strings.TrimSpace(in.Of); in.Of != "" {
		y, ok := intake.Number(in.Of, false)
		if !ok || y <= 0 {
			return gov.Figure{}, gov.Errorf(gov.Invalid, "error.cell_number", in.Of)
		}
		of, quote = &y, quote+"/"+in.Of
	}
	if in.Measure != "" && in.Measure != measure {
		quote += " " + in.Measure
		if v, ok = gov.ConvertMeasure(v, in.Measure, measure); !ok {
			return gov.Figure{}, gov.Errorf(gov.Invalid, "error.cell_measure", in.Measure, measure)
		}
	}
	f := gov.Figure{Realm: r.realm, ID: gov.NewID(s.At), Kind: gov.Result, State: gov.FigureEntered, CutOff: gov.CutOff(gov.Windows(), in.Period), Entered: s, Vintage: in.Vintage,
		Claim: gov.Claim{Indicator: in.Indicator, Unit: in.Unit, Period: in.Period, Scope: in.Scope, Comparator: gov.Equal, Value: v, Of: of, Measure: measure, Quote: quote}}
	if f.Vintage == gov.VintageOpen {
		f.Vintage = gov.VintageBy(gov.Windows(), in.Period, f.CutOff)
	}
	if f.Vintage == gov.Estimated {
		f.Kind = gov.Estimate
	}
	return f, nil
}

// asked is the indicator of a cell that the form has. The whole of a structure has none: its parts have.
func (r *reporting) asked(key string) (gov.Indicator, error) {
	base, part := gov.CutPart(key)
	list := r.form.Of(r.catalogue, r.report.Period)
	i := slices.IndexFunc(list, func(o gov.Indicator) bool { return o.Key == base })
	if i < 0 || !list[i].HasPart(part) || list[i].Better == gov.Structure && part == "" {
		return gov.Indicator{}, gov.Errorf(gov.Invalid, "error.indicator_unknown", key)
	}
	return list[i], nil
}

func (r *reporting) save(f gov.Figure, in SaveInput, s gov.Stamp) error {
	own, err := r.own()
	if err != nil {
		return err
	}
	old, there := own[in.Indicator]
	if old.ID != in.Was {
		return r.taken(old, in)
	}
	if there {
		if err := r.tx.SupersedeFigure(r.ctx, r.realm, old.ID, f.ID); err != nil {
			return err
		}
	}
	if err := r.tx.CreateFigure(r.ctx, f); err != nil {
		return err
	}
	if r.report.Version > 0 && r.report.EnteredBy == s.By {
		return nil
	}
	from := r.report.State
	r.report.EnteredBy = s.By
	return r.tx.PutReport(r.ctx, r.report, gov.ReportEvent{By: s, Action: gov.ActOpen, From: from, To: from})
}

// taken says what somebody else wrote into the cell meanwhile: the value, the office, the time.
func (r *reporting) taken(old gov.Figure, in SaveInput) error {
	typed := in.Value
	if in.Of != "" {
		typed += "/" + in.Of
	}
	return gov.Errorf(gov.Conflict, "error.cell_taken", old.Quote, r.officeOf(old.Entered.By), old.Entered.At.In(gov.Zone).Format("15:04 02/01/2006"), typed)
}
