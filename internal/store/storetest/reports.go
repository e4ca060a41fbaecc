package storetest

import "haicap/internal/gov"

var reportCases = []testCase{
	{"kept with each step, and written over by nobody", func(b *book) {
		key := gov.ReportKey{Form: "month", Period: "2025-11", Unit: b.unit}
		r := gov.Report{Realm: Realm, ReportKey: key, State: gov.ReportDraft, Due: "2025-11-20", EnteredBy: b.id()}
		first := gov.ReportEvent{By: b.stamp(), Action: gov.ActOpen, To: gov.ReportDraft}
		b.missing(func(tx gov.Tx) error { _, err := tx.Report(ctx, Realm, key); return err })
		b.update(func(tx gov.Tx) error { return tx.PutReport(ctx, r, first) })
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.PutReport(ctx, r, first) })
		r.Version, r.State, r.Submitted = 1, gov.ReportSubmitted, "2025-11-18"
		second := gov.ReportEvent{By: b.stamp(), Action: gov.ActSubmit, From: gov.ReportDraft, To: gov.ReportSubmitted, Note: "đủ số liệu"}
		b.update(func(tx gov.Tx) error { return tx.PutReport(ctx, r, second) })
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.PutReport(ctx, r, second) })
		b.refused(gov.NotFound, func(tx gov.Tx) error {
			none := r
			none.Form = "none"
			return tx.PutReport(ctx, none, second)
		})
		b.view(func(tx gov.Tx) error {
			got, err := tx.Report(ctx, Realm, key)
			if err != nil {
				return err
			}
			r.Version = 2
			same(b, "report", got, r)
			events, err := tx.ReportEvents(ctx, Realm, key)
			first.Seq, second.Seq = 1, 2
			same(b, "events", events, []gov.ReportEvent{first, second})
			return err
		})
		for q, want := range map[gov.ReportQuery]int{{}: 1, {Form: "month"}: 1, {Form: "year"}: 0, {Period: "2025-11"}: 1, {Period: "2025"}: 0, {Unit: "01"}: 0} {
			b.view(func(tx gov.Tx) error {
				list, err := tx.Reports(ctx, Realm, q)
				same(b, "narrowed", len(list), want)
				return err
			})
		}
		b.view(func(tx gov.Tx) error { // beyond reach it is as if there were none
			bounded := tx.Within(gov.Reach{Units: []gov.UnitKey{{Code: "01"}}})
			if _, err := bounded.Report(ctx, Realm, key); !gov.IsNotFound(err) {
				b.Error(err)
			}
			list, err := bounded.Reports(ctx, Realm, gov.ReportQuery{})
			same(b, "beyond reach", len(list), 0)
			return err
		})
		b.refused(gov.Forbidden, func(tx gov.Tx) error {
			return tx.Within(gov.Reach{Units: []gov.UnitKey{{Code: "01"}}}).PutReport(ctx, r, second)
		})
	}},
	{"batches", func(b *book) {
		batch := gov.Batch{Realm: Realm, ID: b.id(), FileName: "Số liệu tháng 11.csv", Sum: "ab", Figures: 3, Made: b.stamp()}
		b.update(func(tx gov.Tx) error { return tx.CreateBatch(ctx, batch) })
		b.refused(gov.Conflict, func(tx gov.Tx) error { return tx.CreateBatch(ctx, batch) })
		b.view(func(tx gov.Tx) error {
			got, err := tx.Batch(ctx, Realm, batch.ID)
			same(b, "batch", got, batch)
			return err
		})
		b.missing(func(tx gov.Tx) error { _, err := tx.Batch(ctx, Realm+1, batch.ID); return err })
	}},
}

var entryCases = []testCase{
	{"the last version of each key, and all of them", func(b *book) {
		put := func(key, body string) gov.Entry {
			e := gov.Entry{Realm: Realm, Kind: gov.EntryForm, Key: key, Body: body, Note: "theo Quyết định", Entered: b.stamp()}
			b.update(func(tx gov.Tx) (err error) { e, err = tx.PutEntry(ctx, e); return err })
			return e
		}
		m1, y1, m2 := put("month", "{}"), put("annual", `{"x":1}`), put("month", "")
		same(b, "numbered", []int{m1.Seq, y1.Seq, m2.Seq}, []int{1, 1, 2})
		b.view(func(tx gov.Tx) error {
			list, err := tx.Entries(ctx, Realm, gov.EntryForm)
			if err != nil {
				return err
			}
			same(b, "entries", list, []gov.Entry{y1, m2})
			list, err = tx.EntryHistory(ctx, Realm, gov.EntryForm, "month")
			same(b, "history", list, []gov.Entry{m1, m2})
			if err != nil {
				return err
			}
			list, err = tx.Entries(ctx, Realm, gov.EntryIndicator)
			same(b, "another kind", len(list), 0)
			if err != nil {
				return err
			}
			for kind, want := range map[gov.EntryKind]int{gov.EntryForm: 3, gov.EntryIndicator: 0} {
				n, err := tx.CountEntries(ctx, Realm, kind)
				if err != nil {
					return err
				}
				same(b, "versions of "+string(kind), n, want)
			}
			n, err := tx.CountEntries(ctx, Realm+1, gov.EntryForm)
			same(b, "of another realm", n, 0)
			return err
		})
	}},
}
