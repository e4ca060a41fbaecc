package app

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/intake"
	"haicap/internal/lang"
	"haicap/internal/report"
)

// A SheetFault is a cell of a form that was not written, with what was typed.
type SheetFault struct {
	Indicator string
	Typed     string
	Err       *gov.Error
}

// SaveSheet writes several cells of one form. A cell that cannot be written, or that somebody else wrote meanwhile, is named and left as it is in the
// books; the others are written. It gives how many were.
func (a *App) SaveSheet(ctx context.Context, p access.Principal, k gov.ReportKey, cells []SaveInput) (int, []SheetFault, error) {
	var n int
	var faults []SheetFault
	err := a.withRegister(func(units gov.Units) error {
		return a.update(ctx, p, access.FiguresEnter, func(tx gov.Tx, s gov.Stamp) (act, error) {
			n, faults = 0, nil
			r, err := a.builder(ctx, tx, p, units).reporting(k)
			if err != nil {
				return act{}, err
			}
			if !r.report.Open() {
				return act{}, gov.Errorf(gov.Conflict, "error.report_closed")
			}
			for _, in := range cells {
				in.ReportKey = k
				f, err := r.typed(in, s)
				if err == nil {
					err = r.save(f, in, s)
				}
				if err == nil {
					if r.report, err = tx.Report(ctx, r.realm, k); err == nil {
						n++
					}
				}
				var refused *gov.Error
				switch {
				case errors.As(err, &refused) && (refused.Code == gov.Conflict || refused.Code == gov.Invalid):
					faults = append(faults, SheetFault{in.Indicator, in.Value, refused})
				case err != nil:
					return act{}, err
				}
			}
			if n == 0 {
				return act{}, errFaults
			}
			return act{"report.save", "report", reportRecord(k)}, nil
		})
	})
	if errors.Is(err, errFaults) {
		err = nil
	}
	return n, faults, err
}

func reportRecord(k gov.ReportKey) gov.ID {
	return gov.ID(k.Form + "/" + string(k.Period) + "/" + k.Unit.Code)
}

// A Typed is what somebody typed, read: the value in the indicator's measure, and what looks wrong with it.
type Typed struct {
	Value    float64
	Measure  string
	Findings []gov.Finding
}

// CheckFigure reads what somebody types and says what looks wrong with it. It writes nothing.
func (a *App) CheckFigure(ctx context.Context, p access.Principal, in SaveInput) (Typed, error) {
	var t Typed
	err := a.withRegister(func(units gov.Units) error {
		return a.view(ctx, p, access.FiguresEnter, func(tx gov.Tx) error {
			r, err := a.builder(ctx, tx, p, units).reporting(in.ReportKey)
			if err != nil {
				return err
			}
			f, err := r.typed(in, a.stamp(p))
			if err != nil {
				return err
			}
			t = Typed{Value: f.Value, Measure: f.Measure}
			v := ReportView{Lines: []ReportLine{{Key: f.Indicator, Own: &f}}}
			if v.Lines[0].Indicator, err = r.catalogue.At(f.Indicator, in.Period.LastDay()); err != nil {
				return err
			}
			err = r.doubt(&v)
			t.Findings = v.Lines[0].Findings
			return err
		})
	})
	return t, err
}

// doubt says of each own figure of a form what looks wrong with it: against its range, the period and the year before, its counts, and the other units
// within reach.
func (r *reporting) doubt(v *ReportView) error {
	var keys []string
	for l := range v.Cells() {
		if l.Own != nil {
			keys = append(keys, l.Key)
			keys = append(keys, l.Indicator.Aggregate.Needs()...)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	p := r.report.Period
	cells, err := r.tx.Cells(r.ctx, r.realm, gov.CellQuery{Periods: []gov.Period{p, p.Previous(), p.YearBefore()}, Indicators: keys})
	if err != nil {
		return err
	}
	s := suspects{period: p, cells: map[gov.Period]map[amountKey]gov.Reported{}}
	s.take(cells)
	for l := range v.Cells() {
		if l.Own == nil {
			continue
		}
		if now, ok := gov.ReportedOf(*l.Own); ok {
			l.Findings = gov.Plausible(l.Indicator, s.of(ofPart(l.Indicator, l.Key), r.report.Unit, now))
		}
	}
	for i := range v.Lines {
		v.Lines[i].Findings = append(v.Lines[i].Findings, v.Lines[i].gaps()...)
	}
	return nil
}

// gaps says where the parts of a structure are all there and do not add up to 100.
func (l ReportLine) gaps() []gov.Finding {
	if l.Indicator.Better != gov.Structure {
		return nil
	}
	var list []gov.Finding
	for _, g := range l.Groups {
		var parts []gov.Reported
		for _, p := range g.Lines {
			if p.Own != nil {
				now, _ := gov.ReportedOf(*p.Own)
				parts = append(parts, now)
			}
		}
		if f, gap := gov.StructureGap(parts); gap && len(parts) == len(g.Lines) {
			list = append(list, f)
		}
	}
	return list
}

// ofPart is the indicator as a part of it is looked at: under the part's key, and without what only the whole is counted by.
func ofPart(in gov.Indicator, key string) gov.Indicator {
	if key != in.Key {
		in.Key, in.Aggregate = key, gov.Aggregation{Rule: gov.NotAdded}
	}
	return in
}

// suspects lays around a figure what the rules of plausibility look at.
type suspects struct {
	period gov.Period
	cells  map[gov.Period]map[amountKey]gov.Reported
	peers  map[[2]string][]gov.Peer // by indicator and measure
	sized  map[[3]string][]gov.Peer // by indicator, what they weigh by, and measure
}

func (s *suspects) take(cells []gov.FigureCell) {
	for _, c := range cells {
		if s.cells[c.Period] == nil {
			s.cells[c.Period] = map[amountKey]gov.Reported{}
		}
		k, now := amountKey{c.Indicator, c.Unit}, c.Reported()
		if old, ok := s.cells[c.Period][k]; !ok || old.Rank < now.Rank {
			s.cells[c.Period][k] = now
		}
	}
}

func (s *suspects) get(p gov.Period, key string, u gov.UnitKey) *gov.Reported {
	if f, ok := s.cells[p][amountKey{key, u}]; ok && key != "" {
		return &f
	}
	return nil
}

func (s *suspects) of(in gov.Indicator, u gov.UnitKey, now gov.Reported) gov.Suspect {
	x := gov.Suspect{Now: now, Unit: u, Before: s.get(s.period.Previous(), in.Key, u), YearBefore: s.get(s.period.YearBefore(), in.Key, u),
		Part: s.get(s.period, in.Aggregate.Part, u), Whole: s.get(s.period, in.Aggregate.Whole, u)}
	size := in.Aggregate.Weight + in.Aggregate.Whole
	if f := s.get(s.period, size, u); f != nil {
		x.Size = f.Value
	}
	x.Peers = s.peersOf(in.Key, size, now.Measure)
	return x
}

// peersOf are the units with a value of the indicator in the measure, with what they weigh by; they are gathered once for all of them.
func (s *suspects) peersOf(key, size, measure string) []gov.Peer {
	if s.peers == nil {
		s.peers, s.sized = map[[2]string][]gov.Peer{}, map[[3]string][]gov.Peer{}
		for k, f := range s.cells[s.period] {
			at := [2]string{k.indicator, f.Measure}
			s.peers[at] = append(s.peers[at], gov.Peer{Unit: k.unit, Value: f.Value})
		}
	}
	of := [3]string{key, size, measure}
	list, ok := s.sized[of]
	if !ok {
		list = slices.Clone(s.peers[[2]string{key, measure}])
		for i := range list {
			if w := s.get(s.period, size, list[i].Unit); w != nil {
				list[i].Size = w.Value
			}
		}
		s.sized[of] = list
	}
	return list
}

// ReportTemplate is a report as a table to fill in: the columns of import, and beside them what helps whoever fills it in.
func ReportTemplate(v ReportView, l lang.Lang) report.Template {
	t := report.Template{Title: v.Form.Name, Values: []int{5, 11}, Wrong: l.T("cli.template.number"), Widths: []float64{10, 10, 12, 26, 44, 14, 16, 10, 10, 14, 14, 14},
		Heads: []string{"ky", "don_vi", "don_vi_tu_ngay", "chi_tieu", l.T("cli.template.name"), "gia_tri", "don_vi_tinh", "pham_vi", "muc_do",
			l.T("cli.template.last"), l.T("cli.template.target"), "tong_so"}}
	for line := range v.Cells() {
		if line.Indicator.Better == gov.Structure && line.Key == line.Indicator.Key { // its parts follow
			continue
		}
		name := line.Indicator.NameVI
		if _, part := gov.CutPart(line.Key); part != "" {
			name += ": " + PartName(l, part)
		}
		row := []any{string(v.Report.Period), v.Report.Unit.Code, string(v.Report.Unit.From), line.Key, name, nil,
			line.Indicator.Measure, string(ScopeFor(line.Indicator, v.Report.Period)), "", nil, nil, nil}
		if line.Own != nil {
			row[5] = line.Own.Value
			if line.Own.Of != nil {
				row[11] = *line.Own.Of
			}
		}
		if line.Last != nil {
			row[9] = line.Last.Value
		}
		if len(line.Targets) > 0 {
			row[10] = line.Targets[0].Value
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// PartName names a part of an indicator; one that the province made itself keeps its own word.
func PartName(l lang.Lang, part string) string {
	if key := "indicator_part." + part; slices.Contains(lang.Keys(key), key) {
		return l.T(key)
	}
	return strings.ReplaceAll(part, "_", " ")
}

// ScopeFor is the scope that a form gives to what is typed into it: a year's amount is of the year.
func ScopeFor(in gov.Indicator, p gov.Period) gov.Scope {
	if in.Flow && p.Kind() == gov.YearReport {
		return gov.Annual
	}
	return ""
}

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// ReportFile gives the form of a unit and a period as a workbook that import takes back.
func (a *App) ReportFile(ctx context.Context, p access.Principal, k gov.ReportKey, l lang.Lang) (TableFile, error) {
	v, err := a.Report(ctx, p, k)
	if err != nil {
		return TableFile{}, err
	}
	var b bytes.Buffer
	err = ReportTemplate(v, l).Write(&b)
	return TableFile{Name: fileWord(k.Form+"-"+k.Unit.Code+"-"+string(k.Period)) + ".xlsx", Type: xlsxType, Data: b.Bytes()}, err
}

// ImportMessages are the faults of an import in words.
func ImportMessages(v ImportView, l lang.Lang) []report.Message {
	list := make([]report.Message, len(v.Faults))
	for i, f := range v.Faults {
		list[i] = report.Message{Row: f.Row, Col: f.Col, Text: l.T(f.Key, f.Args...)}
	}
	return list
}

// AnnotatedImport is a copy of a table with what is wrong marked in it.
func AnnotatedImport(in ImportInput, v ImportView, l lang.Lang) (TableFile, error) {
	f := TableFile{Name: "loi-nhap-so-lieu.xlsx", Type: xlsxType}
	if _, err := in.File.Seek(0, 0); err != nil {
		return f, err
	}
	t, err := intake.Open(in.Name, in.File)
	if err != nil {
		return f, err
	}
	var b bytes.Buffer
	err = report.Annotated(&b, func() (int, []string, error) {
		row, err := t.Next()
		texts := make([]string, len(row.Cells))
		for i, cell := range row.Cells {
			texts[i] = strings.Clone(cell.Text)
		}
		return row.Number, texts, err
	}, ImportMessages(v, l))
	f.Data = b.Bytes()
	return f, err
}

// ReportPermission is what a step of a report asks for.
func ReportPermission(a gov.Action) access.Permission { return reportPermission[a] }

// A FaultLine is what is wrong with one cell of a table, in words.
type FaultLine struct{ Cell, Words string }

// FaultLines are the first faults of an import, at most n.
func FaultLines(v ImportView, l lang.Lang, n int) []FaultLine {
	var list []FaultLine
	for _, f := range v.Faults[:min(len(v.Faults), n)] {
		list = append(list, FaultLine{f.Address(), l.T(f.Key, f.Args...)})
	}
	return list
}
