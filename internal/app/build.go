package app

import (
	"context"
	"sort"

	"haicap/internal/access"
	"haicap/internal/gov"
	"haicap/internal/text"
)

// withRegister runs f with the register of units, loading it when it is first needed.
func (a *App) withRegister(f func(units gov.Units) error) error {
	units, err := a.units()
	if err != nil {
		return err
	}
	return f(units)
}

// A builder makes the lines of views within one transaction. It asks for each document and session once.
type builder struct {
	ctx      context.Context
	tx       gov.Tx
	realm    gov.Realm
	agency   gov.ID
	units    gov.Units
	today    gov.Day
	docs     map[gov.ID]gov.Document
	sessions map[gov.ID]gov.Session
	mayRead  bool
	own      *gov.Catalogue // of the realm; nil: not asked for yet
}

func (a *App) builder(ctx context.Context, tx gov.Tx, p access.Principal, units gov.Units) *builder {
	return &builder{ctx: ctx, tx: tx, realm: gov.Realm(p.Realm), agency: gov.ID(p.Agency), units: units, today: a.Today(),
		docs: map[gov.ID]gov.Document{}, sessions: map[gov.ID]gov.Session{}, mayRead: p.May(access.DocumentsRead)}
}

// unit makes the reference to a unit; name stands in where no unit is settled.
func (b *builder) unit(k gov.UnitKey, name string) UnitRef {
	if k.Zero() {
		return UnitRef{Name: name, Path: name}
	}
	u, err := b.units.Get(k)
	if err != nil {
		return UnitRef{Key: k, Name: name, Path: name}
	}
	return UnitRef{Key: k, Name: u.Full(), Path: gov.UnitPath(b.units, u)}
}

func (b *builder) unitRefs(keys []gov.UnitKey) []UnitRef {
	refs := make([]UnitRef, len(keys))
	for i, k := range keys {
		refs[i] = b.unit(k, k.Code)
	}
	return refs
}

// source makes the reference to a source: the words for everybody, the document for those who hold it.
func (b *builder) source(s gov.Source) SourceRef {
	ref := SourceRef{Source: s}
	d, ok := b.docs[s.Document]
	if !ok {
		d, _ = b.tx.Document(b.ctx, b.realm, s.Document) // a source without its document is still a source
		b.docs[s.Document] = d
	}
	if b.mayRead && d.ID != "" { // within reach
		ref.Title, ref.Open = d.Title, true
	}
	return ref
}

// catalogue is the realm's own catalogue, asked for once; the one that the program comes with where it cannot be read.
func (b *builder) catalogue() gov.Catalogue {
	if b.own == nil {
		c, err := catalogueIn(b.ctx, b.tx, b.realm)
		if err != nil {
			c = gov.StartingCatalogue()
		}
		b.own = &c
	}
	return *b.own
}

// nameOf is what a claim measures: the catalogue's name, or the words of the text.
func (b *builder) nameOf(c gov.Claim) string {
	vi, _ := b.namesOf(c)
	return vi
}

// namesOf is nameOf in both languages; words of the text are Vietnamese only.
func (b *builder) namesOf(c gov.Claim) (vi, en string) {
	if in, err := b.catalogue().For(c.Indicator, c.Period); c.Indicator != "" && err == nil {
		return in.NameVI, in.NameEN
	}
	return c.Label, ""
}

func (b *builder) figures(list []gov.Figure) []FigureLine {
	lines := make([]FigureLine, len(list))
	for i, f := range list {
		vi, en := b.namesOf(f.Claim)
		lines[i] = FigureLine{Figure: f, Name: vi, NameEN: en, Unit: b.unit(f.Unit, f.UnitName), From: b.source(f.Source)}
	}
	return lines
}

func (b *builder) targets(list []gov.Target) []TargetLine {
	lines := make([]TargetLine, len(list))
	for i, t := range list {
		vi, en := b.namesOf(t.Claim)
		lines[i] = TargetLine{Target: t, Name: vi, NameEN: en, Unit: b.unit(t.Unit, t.UnitName), From: b.source(t.Source)}
	}
	return lines
}

func (b *builder) matters(list []gov.Matter) []MatterLine {
	lines := make([]MatterLine, len(list))
	for i, m := range list {
		lines[i] = MatterLine{Matter: m, Units: b.unitRefs(m.Units()), AgeDays: b.today.DaysSince(m.Opened), From: b.source(m.Source)}
	}
	return lines
}

func (b *builder) session(id gov.ID) (gov.Session, error) {
	if s, ok := b.sessions[id]; ok {
		return s, nil
	}
	s, err := b.tx.Session(b.ctx, b.realm, id)
	if err == nil {
		b.sessions[id] = s
	}
	return s, err
}

func (b *builder) sessionLines(list []gov.Session) []SessionLine {
	lines := make([]SessionLine, len(list))
	for i, s := range list {
		lines[i] = SessionLine{Session: s, UnitRefs: b.unitRefs(s.Units)}
	}
	return lines
}

// sessionsOf lists the sessions that a document writes up.
func (b *builder) sessionsOf(document gov.ID) ([]SessionLine, error) {
	ids, err := b.tx.SessionsOfDocument(b.ctx, b.realm, document)
	if err != nil {
		return nil, err
	}
	var list []gov.Session
	for _, id := range ids {
		s, err := b.session(id)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return b.sessionLines(list), nil
}

// groups lays figures and targets side by side: one group for each unit and indicator (or label), its claims by period.
func (b *builder) groups(figures []gov.Figure, targets []gov.Target) []IndicatorGroup {
	g := groupMaker{b: b, at: map[string]int{}}
	for _, set := range gov.GroupClaims(figures, b.catalogue()) {
		first := set.Figures[0]
		i := g.group(first.Claim)
		g.list[i].Claims = append(g.list[i].Claims, ClaimSet{set.Period, b.figures(set.Figures), set.Conflict, set.ScopeOpen})
		g.list[i].Conflict = g.list[i].Conflict || set.Conflict
		g.list[i].ScopeOpen = g.list[i].ScopeOpen || set.ScopeOpen
	}
	for _, t := range b.targets(targets) {
		if t.SupersededBy == "" {
			i := g.group(t.Claim)
			g.list[i].Targets = append(g.list[i].Targets, t)
		}
	}
	order := map[string]int{}
	for i, in := range b.catalogue().On("") {
		order[in.Key] = i + 1
	}
	rank := func(x IndicatorGroup) int {
		if n := order[x.Key]; n > 0 {
			return n
		}
		return len(order) + 1
	}
	sort.SliceStable(g.list, func(i, j int) bool { return rank(g.list[i]) < rank(g.list[j]) })
	return g.list
}

type groupMaker struct {
	b    *builder
	list []IndicatorGroup
	at   map[string]int
}

// group finds or makes the group of a claim.
func (g *groupMaker) group(c gov.Claim) int {
	what := c.Indicator
	if what == "" {
		what = "label:" + text.Norm(c.Label) + "/" + text.Norm(c.Measure)
	}
	key := c.Unit.Code + "|" + string(c.Unit.From) + "|" + c.UnitName + "|" + what
	if !c.Unit.Zero() {
		key = c.Unit.Code + "|" + string(c.Unit.From) + "|" + what
	}
	if i, ok := g.at[key]; ok {
		return i
	}
	in, _ := g.b.catalogue().For(c.Indicator, c.Period)
	vi, en := g.b.namesOf(c)
	group := IndicatorGroup{Key: c.Indicator, Name: vi, NameEN: en, Measure: in.Measure, Better: in.Better, Unit: g.b.unit(c.Unit, c.UnitName)}
	if group.Measure == "" {
		group.Measure = c.Measure
	}
	g.list = append(g.list, group)
	g.at[key] = len(g.list) - 1
	return len(g.list) - 1
}

// doubts lists each doubt about the figures' sources once.
func (b *builder) doubts(figures []gov.Figure) []CheckLine {
	var lines []CheckLine
	seen := map[string]int{}
	for _, f := range figures {
		if f.Doubt == "" || f.SupersededBy != "" {
			continue
		}
		key := f.Doubt + string(f.Source.Document)
		if i, ok := seen[key]; ok {
			lines[i].Spans = append(lines[i].Spans, f.Source.Span)
			continue
		}
		seen[key] = len(lines)
		lines = append(lines, CheckLine{Check: gov.Check{Message: f.Doubt, Spans: []text.Span{f.Source.Span}}, Quote: f.Source.Sentence, From: b.source(f.Source)})
	}
	return lines
}

// latestReview is the newest review of a document as a line, nil where there is none.
func latestReview(ctx context.Context, tx gov.Tx, d gov.Document) (*ReviewLine, error) {
	reviews, err := tx.ReviewsOf(ctx, d.Realm, d.ID)
	if err != nil || len(reviews) == 0 {
		return nil, err
	}
	line, err := reviewLine(ctx, tx, d, reviews[0])
	return &line, err
}

func reviewLine(ctx context.Context, tx gov.Tx, d gov.Document, v gov.Review) (ReviewLine, error) {
	drafts, err := tx.Drafts(ctx, v.Realm, v.ID)
	return ReviewLine{Review: v.ID, Document: d.ID, Title: d.Title, Date: d.Date, State: v.State, Progress: gov.ProgressOf(drafts), Started: v.Started}, err
}

// everyMatter lists all matters of a query, page by page: for what must be whole, such as one session's.
func everyMatter(ctx context.Context, tx gov.Tx, r gov.Realm, q gov.MatterQuery) ([]gov.Matter, error) {
	q.Page = gov.Page{Limit: 500}
	var all []gov.Matter
	for {
		list, next, err := tx.Matters(ctx, r, q)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
		if next == "" {
			return all, nil
		}
		q.Page.After = next
	}
}
