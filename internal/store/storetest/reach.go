package storetest

import (
	"haicap/internal/gov"
)

// A ward is one unit with its office and one record of each noun.
type ward struct {
	unit     gov.UnitKey
	agency   gov.ID
	document gov.Document
	review   gov.Review
	session  gov.Session
	figure   gov.Figure // of the unit
	open     gov.Figure // of no unit, from the document
	target   gov.Target
	matter   gov.Matter // of the unit
	held     gov.Matter // of nobody, from the document
}

// ward writes one. The book's own agency and unit stand in for it meanwhile.
func (b *book) ward(code string) ward {
	agency, unit := b.agency, b.unit
	defer func() { b.agency, b.unit = agency, unit }()
	w := ward{unit: gov.UnitKey{Code: code, From: "2025-07-01"}}
	a := gov.Agency{Realm: Realm, ID: b.id(), Name: "UBND " + code, Unit: w.unit}
	b.update(func(tx gov.Tx) error { return tx.CreateAgency(ctx, a) })
	w.agency, b.agency, b.unit = a.ID, a.ID, w.unit
	w.document = b.document()
	w.review, _ = b.review(w.document.ID)
	w.session = b.session("2025-12-24", w.unit)
	w.figure = b.figure(func(f *gov.Figure) { f.Session = w.session.ID })
	w.open = b.figure(func(f *gov.Figure) {
		f.Unit, f.Source.Document, f.Session = gov.UnitKey{}, w.document.ID, w.session.ID
	})
	w.target = gov.Target{Realm: Realm, ID: b.id(), Claim: gov.Claim{Indicator: "budget_revenue", Unit: w.unit, Period: "2025"}, Entered: b.stamp()}
	w.matter = b.matter(func(m *gov.Matter) { m.Parties = []gov.Party{{Role: gov.RoleUnit, Name: code, Unit: w.unit}} })
	w.held = b.matter(func(m *gov.Matter) { m.Source.Document = w.document.ID })
	b.update(func(tx gov.Tx) error {
		if err := tx.CreateTarget(ctx, w.target); err != nil {
			return err
		}
		for noun, id := range w.records() {
			e := gov.SearchEntry{Realm: Realm, Noun: noun, Record: id, Title: "Báo cáo hộ nghèo", Day: "2025-12-24"}
			if noun == "document" {
				e.Holder = w.agency
			}
			if err := tx.Index(ctx, e); err != nil {
				return err
			}
		}
		return tx.AddAlsoSaid(ctx, gov.AlsoSaid{Realm: Realm, Noun: "matter", Record: w.matter.ID, Source: gov.Source{Document: w.document.ID}})
	})
	return w
}

// records are one of each noun that can be searched.
func (w ward) records() map[string]gov.ID {
	return map[string]gov.ID{"document": w.document.ID, "session": w.session.ID, "figure": w.figure.ID, "target": w.target.ID, "matter": w.matter.ID}
}

// reads tries to read each record of a ward, one by one.
func (w ward) reads(tx gov.Tx) map[string]error {
	e := map[string]error{}
	_, e["document"] = tx.Document(ctx, Realm, w.document.ID)
	_, e["copy"] = tx.DocumentByBlob(ctx, Realm, w.agency, w.document.Blob)
	_, e["review"] = tx.Review(ctx, Realm, w.review.ID)
	_, e["session"] = tx.Session(ctx, Realm, w.session.ID)
	_, e["figure"] = tx.Figure(ctx, Realm, w.figure.ID)
	_, e["figure of no unit"] = tx.Figure(ctx, Realm, w.open.ID)
	_, e["target"] = tx.Target(ctx, Realm, w.target.ID)
	_, e["matter"] = tx.Matter(ctx, Realm, w.matter.ID)
	_, e["matter of a document"] = tx.Matter(ctx, Realm, w.held.ID)
	return e
}

// writes tries to change each record of a ward; it is done within transactions of their own, since the first failure ends one.
func (w ward) writes(b *book) map[string]func(tx gov.Tx) error {
	m := w.matter
	m.State = gov.Answered
	return map[string]func(tx gov.Tx) error{
		"document":   func(tx gov.Tx) error { return tx.UpdateDocument(ctx, w.document) },
		"review":     func(tx gov.Tx) error { return tx.UpdateReview(ctx, w.review) },
		"session":    func(tx gov.Tx) error { return tx.UpdateSession(ctx, w.session) },
		"its papers": func(tx gov.Tx) error { return tx.LinkDocument(ctx, Realm, w.session.ID, w.document.ID) },
		"figure":     func(tx gov.Tx) error { return tx.SupersedeFigure(ctx, Realm, w.figure.ID, b.id()) },
		"target":     func(tx gov.Tx) error { return tx.SupersedeTarget(ctx, Realm, w.target.ID, b.id()) },
		"matter":     func(tx gov.Tx) error { return tx.UpdateMatter(ctx, m) },
		"event":      func(tx gov.Tx) error { return tx.AddEvent(ctx, gov.MatterEvent{Realm: Realm, Matter: m.ID, At: b.now}) },
	}
}

// lists counts what the lists and counts of a transaction hold.
func lists(tx gov.Tx, w ward) (map[string]int, error) {
	n := map[string]int{}
	var all []error
	put := func(name string, length int, err error) { n[name] = length; all = append(all, err) }
	documents, _, err := tx.Documents(ctx, Realm, "", gov.Page{})
	put("documents", len(documents), err)
	reviews, err := tx.OpenReviews(ctx, Realm, "", 0)
	put("open reviews", len(reviews), err)
	sessions, _, err := tx.Sessions(ctx, Realm, "", gov.Page{})
	put("sessions", len(sessions), err)
	ofUnit, _, err := tx.Sessions(ctx, Realm, w.unit.Code, gov.Page{})
	put("sessions of the unit", len(ofUnit), err)
	on, err := tx.SessionsOn(ctx, Realm, "2025-12-24", []string{w.unit.Code})
	put("sessions on the day", len(on), err)
	for name, q := range map[string]gov.FigureQuery{"figures": {}, "figures of the indicator": {Indicator: "budget_revenue"},
		"figures of the unit": {Unit: w.unit.Code}, "figures of the session": {Session: w.session.ID}, "figures of the document": {Document: w.document.ID}} {
		figures, err := tx.Figures(ctx, Realm, q)
		put(name, len(figures), err)
	}
	targets, err := tx.Targets(ctx, Realm, gov.FigureQuery{})
	put("targets", len(targets), err)
	counts, err := tx.CountFigures(ctx, Realm)
	put("count of figures", counts["budget_revenue"], err)
	for name, q := range map[string]gov.MatterQuery{"matters": {}, "matters of the unit": {Unit: w.unit.Code}, "matters of the document": {Document: w.document.ID},
		"matters of a place": {PlaceRole: gov.RoleUnit, Place: w.unit.Code}} {
		matters, _, err := tx.Matters(ctx, Realm, q)
		put(name, len(matters), err)
		count, err := tx.CountMatters(ctx, Realm, q)
		put("count of "+name, count, err)
	}
	also, err := tx.AlsoSaid(ctx, Realm, "matter", w.matter.ID)
	put("also said", len(also), err)
	hits, err := tx.Search(ctx, Realm, gov.SearchQuery{Words: "hộ nghèo", Holder: w.agency})
	put("hits", len(hits), err)
	for _, err := range all {
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

var reachCases = []testCase{
	{"what is beyond reach is not there", func(b *book) {
		alone := b.ward("07909")
		near := gov.Reach{Units: []gov.UnitKey{alone.unit}, Agencies: []gov.ID{alone.agency}}
		var before map[string]int
		b.view(func(tx gov.Tx) (err error) { before, err = lists(tx.Within(near), alone); return err })
		for name, n := range before {
			if n == 0 {
				b.Errorf("%s: nothing of what is within reach", name)
			}
		}
		far := b.ward("08848")
		b.view(func(tx gov.Tx) error {
			after, err := lists(tx.Within(near), alone)
			same(b, "with another unit's records", after, before)
			if err != nil {
				return err
			}
			theirs, err := lists(tx.Within(near), far)
			for _, name := range []string{"sessions of the unit", "sessions on the day", "figures of the unit", "figures of the session", "figures of the document",
				"matters of the unit", "count of matters of the unit", "matters of the document", "matters of a place", "count of matters of a place", "also said"} {
				same(b, "theirs: "+name, theirs[name], 0)
			}
			for name, err := range alone.reads(tx.Within(near)) {
				if err != nil {
					b.Errorf("within reach, %s: %v", name, err)
				}
			}
			for name, err := range far.reads(tx.Within(near)) {
				if !gov.IsNotFound(err) {
					b.Errorf("beyond reach, %s: %v", name, err)
				}
			}
			whole, err2 := lists(tx, far)
			same(b, "unbounded", whole["matters"], 2*before["matters"])
			if err2 != nil {
				return err2
			}
			return err
		})
	}},
	{"what is beyond reach is not written", func(b *book) {
		own, far := b.ward("07909"), b.ward("08848")
		near := gov.Reach{Units: []gov.UnitKey{own.unit}, Agencies: []gov.ID{own.agency}}
		for name, f := range far.writes(b) {
			if err := b.store.Update(ctx, func(tx gov.Tx) error { return f(tx.Within(near)) }); !gov.IsNotFound(err) {
				b.Errorf("beyond reach, %s: %v", name, err)
			}
		}
		for name, f := range own.writes(b) {
			if err := b.store.Update(ctx, func(tx gov.Tx) error { return f(tx.Within(near)) }); err != nil {
				b.Errorf("within reach, %s: %v", name, err)
			}
		}
		theirs := far.matter
		theirs.ID = b.id()
		doc := far.document
		doc.ID, doc.Blob = b.id(), "another"
		for name, f := range map[string]func(tx gov.Tx) error{
			"figure": func(tx gov.Tx) error { g := far.figure; g.ID, g.Session = b.id(), ""; return tx.CreateFigure(ctx, g) },
			"figures": func(tx gov.Tx) error {
				g := far.figure
				g.ID, g.Session = b.id(), ""
				return tx.CreateFigures(ctx, []gov.Figure{g})
			},
			"target":   func(tx gov.Tx) error { g := far.target; g.ID = b.id(); return tx.CreateTarget(ctx, g) },
			"matter":   func(tx gov.Tx) error { return tx.CreateMatter(ctx, theirs) },
			"session":  func(tx gov.Tx) error { s := far.session; s.ID = b.id(); return tx.CreateSession(ctx, s) },
			"document": func(tx gov.Tx) error { return tx.CreateDocument(ctx, doc) },
		} {
			b.refused(gov.Forbidden, func(tx gov.Tx) error { return f(tx.Within(near)) })
			if err := b.store.Update(ctx, func(tx gov.Tx) error { return f(tx.Within(gov.Reach{All: true, Agencies: []gov.ID{far.agency}})) }); err != nil {
				b.Errorf("a new %s where all is within reach: %v", name, err)
			}
		}
	}},
	{"links lead nowhere beyond reach", func(b *book) {
		own, far := b.ward("07909"), b.ward("08848")
		b.update(func(tx gov.Tx) error {
			return tx.AddLink(ctx, gov.Link{Realm: Realm, From: own.matter.ID, To: far.matter.ID, Kind: gov.LinkAnswers})
		})
		near := gov.Reach{Units: []gov.UnitKey{own.unit}}
		b.view(func(tx gov.Tx) error {
			links, err := tx.Within(near).Links(ctx, Realm, own.matter.ID)
			same(b, "links", len(links), 0)
			return err
		})
		b.refused(gov.NotFound, func(tx gov.Tx) error {
			return tx.Within(near).AddLink(ctx, gov.Link{Realm: Realm, From: own.matter.ID, To: far.matter.ID, Kind: gov.LinkRepeats})
		})
	}},
	{"all of the books are not all documents", func(b *book) {
		own, far := b.ward("07909"), b.ward("08848")
		b.view(func(tx gov.Tx) error {
			all := far.reads(tx.Within(gov.Reach{All: true, Agencies: []gov.ID{own.agency}}))
			for _, name := range []string{"session", "figure", "figure of no unit", "target", "matter", "matter of a document"} {
				same(b, name, all[name], nil)
			}
			for _, name := range []string{"document", "review", "copy"} {
				same(b, name, gov.IsNotFound(all[name]), true)
			}
			for name, err := range own.reads(tx.Within(gov.Reach{})) {
				same(b, "nothing within reach: "+name, gov.IsNotFound(err), true)
			}
			return nil
		})
	}},
	{"a matter that moves takes its owners along", func(b *book) {
		own, far := b.ward("07909"), b.ward("08848")
		m := own.matter
		m.Parties = []gov.Party{{Role: gov.RoleUnit, Name: "x", Unit: far.unit}, {Role: gov.RoleLead, Name: "y", Agency: own.agency}}
		b.update(func(tx gov.Tx) error { return tx.UpdateMatter(ctx, m) })
		b.view(func(tx gov.Tx) error {
			for name, c := range map[string]struct {
				r    gov.Reach
				sees bool
			}{"by the new unit": {gov.Reach{Units: []gov.UnitKey{far.unit}}, true}, "by the agency": {gov.Reach{Agencies: []gov.ID{own.agency}}, true},
				"by the old unit": {gov.Reach{Units: []gov.UnitKey{own.unit}}, false}} {
				_, err := tx.Within(c.r).Matter(ctx, Realm, m.ID)
				same(b, name, err == nil, c.sees)
			}
			return nil
		})
	}},
	{"grants and deputies end and are not deleted", func(b *book) {
		a, d := b.account("vanthu"), b.account("pho")
		g := gov.Grant{Realm: Realm, ID: b.id(), Account: a.ID, Role: "clerk", Agency: b.agency, Unit: b.unit, From: "2025-01-01", To: "2025-12-31", Given: b.stamp()}
		leave := gov.Deputy{Realm: Realm, ID: b.id(), Account: a.ID, Deputy: d.ID, From: "2025-02-01", To: "2025-02-10", Given: b.stamp()}
		b.update(func(tx gov.Tx) error {
			if err := tx.CreateGrant(ctx, g); err != nil {
				return err
			}
			return tx.CreateDeputy(ctx, leave)
		})
		end := b.stamp()
		b.update(func(tx gov.Tx) error {
			if err := tx.EndGrant(ctx, Realm, g.ID, end); err != nil {
				return err
			}
			return tx.EndDeputy(ctx, Realm, leave.ID, end)
		})
		g.Ended, leave.Ended = end, end
		b.view(func(tx gov.Tx) error {
			grants, err := tx.GrantsOf(ctx, Realm, a.ID)
			same(b, "grants", grants, []gov.Grant{g})
			if err != nil {
				return err
			}
			of, err := tx.DeputiesOf(ctx, Realm, a.ID)
			same(b, "deputies", of, []gov.Deputy{leave})
			if err != nil {
				return err
			}
			stands, err := tx.DeputyFor(ctx, Realm, d.ID)
			same(b, "stands in for", stands, []gov.Deputy{leave})
			return err
		})
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.EndGrant(ctx, Realm, g.ID, end) })
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.EndDeputy(ctx, Realm, leave.ID, end) })
		b.refused(gov.NotFound, func(tx gov.Tx) error { return tx.EndGrant(ctx, Realm, "none", end) })
	}},
}
