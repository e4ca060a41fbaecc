package gov

import (
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Whatever the recommendations and their histories: rows, fields and levels add up to the whole; states and ages to their totals; what was owed
// then and what changed to what is owed now; the map's rows and columns to its sum.
func TestReportAddsUp(t *testing.T) {
	t.Parallel()
	since, today := Day("2026-06-01"), Day("2026-11-22")
	for seed := range uint64(300) {
		rnd := rand.New(rand.NewPCG(seed, 6))
		var list []Matter
		var events []MatterEvent
		var links []Link
		fresh := map[ID]bool{}
		for i := range rnd.IntN(40) {
			m := Matter{ID: ID("m" + strconv.Itoa(i)), Kind: Recommendation, Opened: since.AddDays(rnd.IntN(300) - 200), State: StateOpen,
				Field: []string{"", "land", "finance"}[rnd.IntN(3)], Level: append(Levels, LevelOpen)[rnd.IntN(4)]}
			for u := range rnd.IntN(3) {
				m.Parties = append(m.Parties, Party{Role: RoleUnit, Unit: UnitKey{Code: strconv.Itoa(rnd.IntN(4) + u), From: "2025-07-01"}})
			}
			fresh[m.ID] = rnd.IntN(3) == 0
			for step := range rnd.IntN(6) {
				steps := Steps(Recommendation, m.State)
				if len(steps) == 0 {
					break
				}
				st := steps[rnd.IntN(len(steps))]
				if step > 1 || fresh[m.ID] { // the first ones lie before the day of the report
					events = append(events, MatterEvent{Matter: m.ID, Action: st.Action, From: m.State, To: st.To, At: DayStart(since).Add(time.Duration(step) * time.Hour)})
				}
				m.State = st.To
			}
			if m.State == Scheduled {
				m.Due = today.AddDays(rnd.IntN(20) - 10)
			}
			if i > 0 && rnd.IntN(3) == 0 {
				links = append(links, Link{From: m.ID, To: list[rnd.IntN(i)].ID, Kind: []LinkKind{LinkRepeats, LinkSimilar, LinkApart}[rnd.IntN(3)]})
			}
			list = append(list, m)
		}
		if n := len(Gather(list, links, today)); n != len(list) {
			t.Fatalf("seed %d: %d of %d", seed, n, len(list))
		}
		counter := CountRecommendations(events, since, today)
		for _, m := range list {
			counter.Add(AskedRow{ID: m.ID, Field: m.Field, Level: m.Level, State: m.State, Opened: m.Opened, Due: m.Due, Linked: seed%2 == 0}, fresh[m.ID])
		}
		r := counter.Report()
		late, oldest := 0, Day("")
		for _, m := range list {
			if m.State == Scheduled && m.Due < today {
				late++
			}
			if !m.State.Finished() {
				oldest = nearest(oldest, m.Opened)
			}
		}
		if r.Sum.Late != late || r.Sum.Oldest != oldest || seed%2 == 0 && r.Sum.Linked != len(list) {
			t.Fatalf("seed %d: %d late, oldest %s: %+v", seed, late, oldest, r.Sum)
		}
		var rows, fields, levels RecommendationSum
		for _, row := range r.Rows {
			rows = rows.plus(row.RecommendationSum)
		}
		for _, s := range r.Fields {
			fields = fields.plus(s)
		}
		for _, s := range r.Levels {
			levels = levels.plus(s)
		}
		if len(list) > 0 && (!reflect.DeepEqual(rows, r.Sum) || !reflect.DeepEqual(fields, r.Sum) || !reflect.DeepEqual(levels, r.Sum)) {
			t.Fatalf("seed %d: rows %+v, fields %+v, levels %+v, sum %+v", seed, rows, fields, levels, r.Sum)
		}
		inStates, inAges := 0, 0
		for _, s := range RecommendationStates {
			inStates += r.Sum.States[s]
		}
		for _, n := range r.Sum.Ages {
			inAges += n
		}
		if r.Sum.Total != len(list) || inStates != r.Sum.Total || inAges != r.Sum.Owed || r.Sum.Then+r.Sum.Added+r.Sum.Reopened-r.Sum.Ended != r.Sum.Owed {
			t.Fatalf("seed %d: %+v", seed, r.Sum)
		}
		checkMap(t, seed, mapOf(list), len(list))
	}
}

// mapOf is the map of recommendations that are counted one by one.
func mapOf(list []Matter) RecommendationMap {
	var by, whole []AskedCount
	for _, m := range list {
		one := AskedCount{Field: m.Field, Owed: !m.State.Finished(), N: 1}
		whole = append(whole, one)
		seen := map[string]bool{}
		for _, u := range m.Units() {
			if !seen[u.Code] {
				seen[u.Code], one.Unit = true, u.Code
				by = append(by, one)
			}
		}
		if len(seen) == 0 {
			by = append(by, one)
		}
	}
	return MapOf(by, whole)
}

func checkMap(t *testing.T, seed uint64, m RecommendationMap, all int) {
	t.Helper()
	var cells, rows, fields MapCell
	plus := func(a, b MapCell) MapCell { return MapCell{a.Total + b.Total, a.Owed + b.Owed} }
	for _, u := range m.Units {
		rows = plus(rows, m.Rows[u])
		for _, c := range m.Cells[u] {
			cells = plus(cells, c)
		}
	}
	for _, c := range m.Fields {
		fields = plus(fields, c)
	}
	if cells != m.Sum || rows != m.Sum || fields != m.Sum || m.Whole.Total != all || len(m.Rows) != len(m.Units) {
		t.Fatalf("seed %d: cells %v, rows %v, fields %v, sum %v, whole %v of %d", seed, cells, rows, fields, m.Sum, m.Whole, all)
	}
}

func TestGatherNeverMerges(t *testing.T) {
	t.Parallel()
	unit := func(code string) []Party {
		return []Party{{Role: RoleUnit, Unit: UnitKey{Code: code, From: "2025-07-01"}}}
	}
	list := []Matter{
		{ID: "a", Opened: "2026-01-01", State: StateOpen, Parties: unit("1")},
		{ID: "b", Opened: "2026-03-01", State: StateOpen, Parties: unit("1")},
		{ID: "c", Opened: "2026-02-01", State: Resolved, Parties: unit("2")},
		{ID: "d", Opened: "2026-02-01", State: StateOpen, Parties: unit("3")},
	}
	got := Gather(list, []Link{{From: "b", To: "a", Kind: LinkRepeats}, {From: "c", To: "b", Kind: LinkSimilar}, {From: "d", To: "a", Kind: LinkApart},
		{From: "x", To: "d", Kind: LinkRepeats}, {From: "directive", To: "d", Kind: LinkAnswers}}, "2026-03-02")
	a, c, d := got[0], got[2], got[3]
	if len(got) != 4 || a.Units != 2 || a.Repeats != 1 || a.Since != "2026-01-01" || !reflect.DeepEqual(a.With, []ID{"b", "c"}) || a.Priority.Score == 0 {
		t.Errorf("%+v", a)
	}
	if c.Priority.Score != 0 || c.Since != "2026-01-01" {
		t.Errorf("what is resolved presses: %+v", c)
	}
	if d.With != nil || d.Units != 1 || d.Repeats != 0 || d.Answers != 1 {
		t.Errorf("what a person kept apart was gathered: %+v", d)
	}
}

func TestMatterFields(t *testing.T) {
	t.Parallel()
	fs := DefaultMatterFields()
	for words, want := range map[string]string{
		"Đề nghị bố trí kinh phí hỗ trợ thu ngân sách cho phường": "finance",
		"Đề nghị sớm giải phóng mặt bằng và giao đất tái định cư": "land",
		"Đề nghị giao bổ sung biên chế cán bộ, công chức":         "organisation",
		"Đề nghị có ý kiến": "",
		"Đầu tư nâng cấp hạ tầng công nghệ thông tin, phần mềm giải quyết thủ tục hành chính": "digital",
	} {
		if got := fs.Suggest(words); got != want {
			t.Errorf("%s: %q, want %q", words, got, want)
		}
	}
	dated, err := ReadMatterFields(strings.NewReader("key,from,until,vi,en,words\na,,2025-12-31,Cũ,,x\nb,2026-01-01,,Mới,,y\n"))
	if err != nil || len(dated.On("2025-12-31")) != 1 || dated.On("2026-01-01")[0].Key != "b" || dated[0].EN != "Cũ" {
		t.Errorf("%+v, %v", dated, err)
	}
	for _, bad := range []string{"h,,,,,\na,,,,,\n", "h,,,,,\na,,,A,,\na,,,B,,\n", "h,,,,,\na,x,,A,,\n", "h\n"} {
		if _, err := ReadMatterFields(strings.NewReader(bad)); CodeOf(err) != Invalid {
			t.Errorf("%q was taken: %v", bad, err)
		}
	}
}
