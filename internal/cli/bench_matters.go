package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
	"haicap/internal/synth"
	"haicap/internal/web"
)

func benchMattersCommand() command {
	return command{name: "bench matters", run: runBenchMatters, flags: []flag{{"full", ""}, {"json", ""}},
		examples: []string{"haicap bench matters", "haicap bench matters --full --json"}}
}

// The sizes, and how often each thing is done.
const (
	benchMatters     = 100_000
	fullMatters      = 1_000_000
	benchMatterYears = 3
	benchLists       = 300
	benchPages       = 40
	benchSteps       = 200
	benchAsked       = 5
)

// A mattersMeasure is one line of the benchmark of matters.
type mattersMeasure struct {
	Name  string  `json:"name"`
	Size  int     `json:"size"`            // matters of the books
	P50   float64 `json:"p50,omitempty"`   // milliseconds
	P95   float64 `json:"p95,omitempty"`   // milliseconds
	CPU   float64 `json:"cpu,omitempty"`   // milliseconds of processor time, in the middle: on a machine that others use, too, it says more
	CPU95 float64 `json:"cpu95,omitempty"` // milliseconds of processor time
	Rate  float64 `json:"rate,omitempty"`  // a second
	Ratio float64 `json:"ratio,omitempty"` // of the median to that of the smaller size
}

// A mattersBench is one size: a data folder of its own, and who looks at it.
type mattersBench struct {
	*call
	ctx     context.Context
	p       *parts
	app     *app.App
	store   *clockedStore
	pages   http.Handler
	size    int
	whole   access.Principal // the program itself
	clerk   access.Principal // of one ward
	ward    string
	units   []gov.UnitVersion
	cookies map[string][]*http.Cookie
	first   map[string]float64 // medians of the smaller size
}

// A clockedStore says when the function of an update had ended, so that what the engine needs to make it durable can be told apart.
type clockedStore struct {
	gov.Store
	done time.Time
}

// Update implements gov.Store.
func (s *clockedStore) Update(ctx context.Context, f func(gov.Tx) error) error {
	return s.Store.Update(ctx, func(tx gov.Tx) error {
		err := f(tx)
		s.done = time.Now()
		return err
	})
}

func runBenchMatters(ctx context.Context, c *call) error {
	medians := map[string]float64{}
	sizes := []int{benchMatters}
	if c.has("full") {
		sizes = append(sizes, fullMatters)
	}
	for _, size := range sizes {
		if err := c.benchMatters(ctx, size, medians); err != nil {
			return err
		}
	}
	return nil
}

func (c *call) benchMatters(ctx context.Context, size int, medians map[string]float64) error {
	return c.inBench(ctx, benchProvince, func(_ string, p *parts) error {
		b := &mattersBench{call: c, ctx: ctx, p: p, size: size, first: medians, cookies: map[string][]*http.Cookie{}, store: &clockedStore{Store: p.store}}
		for _, step := range []func() error{b.make, b.lists, b.homes, b.steps, b.asked} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
}

// make fills the folder and opens the program over it.
func (b *mattersBench) make() error {
	units, err := b.p.units()
	if err != nil {
		return err
	}
	holding, err := b.p.app.Holding(b.ctx)
	if err != nil {
		return err
	}
	b.app = app.New(app.Config{Store: b.store, Units: b.p.units, Calendar: b.calendar})
	until := b.app.Today()
	password := access.NewPassword()
	hash, err := access.HashPassword(password)
	if err != nil {
		return err
	}
	began := time.Now()
	made, err := synth.Run(b.ctx, synth.Config{Store: b.p.store, Units: units, Holding: holding, Provinces: []string{benchProvince}, Seed: 1, Last: lastYear,
		Only: []string{synth.Accounts, synth.Sessions, synth.Matters}, Matters: b.size, From: until.AddDays(-365 * benchMatterYears), Until: until,
		PresentUnits: true, NoSearch: true, Roles: []synth.Role{{Login: "vanthu", Name: "Văn thư", Role: string(access.Clerk), Password: hash}}})
	if err != nil {
		return err
	}
	if err := b.add(mattersMeasure{Name: "generate", Size: made.Matters, Rate: float64(made.Matters) / time.Since(began).Seconds()}); err != nil {
		return err
	}
	if err := b.p.store.Update(b.ctx, func(tx gov.Tx) error { return b.app.MoveCounts(b.ctx, tx) }); err != nil {
		return err
	}
	leader := gov.Account{Realm: holding.Realm, ID: gov.NewID(began), Login: "lanhdao", Name: "Lãnh đạo", Agency: holding.Agency, Password: hash}
	err = b.p.store.Update(b.ctx, func(tx gov.Tx) error {
		if err := tx.CreateAccount(b.ctx, leader); err != nil {
			return err
		}
		return tx.CreateGrant(b.ctx, gov.Grant{Realm: leader.Realm, ID: leader.ID, Account: leader.ID, Role: string(access.Leader), Agency: leader.Agency, Unit: holding.Unit,
			Given: gov.Stamp{At: began}})
	})
	if err != nil {
		return err
	}
	b.size, b.units = made.Matters, units.Children(benchProvince, "")
	b.ward = b.units[len(b.units)/2].Code
	b.pages = web.New(web.Config{App: b.app, Log: slog.New(slog.DiscardHandler)})
	if b.whole, err = b.p.system(b.ctx); err != nil {
		return err
	}
	_, b.clerk, err = b.app.Login(b.ctx, "vanthu."+b.ward, password)
	for _, login := range []string{"lanhdao", "vanthu." + b.ward} {
		if _, cookies, err := b.page("POST", "/login", nil, url.Values{"login": {login}, "password": {password}}); err != nil {
			return err
		} else if b.cookies[login] = cookies; len(cookies) == 0 {
			return gov.Errorf(gov.Internal, "nobody could log in as "+login)
		}
	}
	return err
}

// lists measures lists with their totals: of a unit, of a lead and of all, by state and due day.
func (b *mattersBench) lists() error {
	states := []gov.State{gov.StateOpen, gov.Submitted, gov.Completed, gov.Returned, gov.Withdrawn}
	list := func(p access.Principal, q gov.MatterQuery) error {
		q.Kinds, q.ByDue = []gov.MatterKind{gov.Task}, true
		_, err := b.app.Matters(b.ctx, p, q, len(q.States) == 0)
		return err
	}
	league, err := b.app.League(b.ctx, b.whole, gov.Task, gov.RoleLead)
	if err != nil {
		return err
	}
	most := slices.MaxFunc(league.Rows, func(x, y app.LeagueRow) int {
		return cmp.Compare(x.Granted.Cells[gov.Overdue], y.Granted.Cells[gov.Overdue])
	})
	all := gov.MatterQuery{}
	for _, m := range []struct {
		name string
		do   func(i int) error
	}{
		{"list of a unit", func(i int) error {
			return list(b.whole, gov.MatterQuery{Unit: b.units[i%len(b.units)].Code, States: states[i%len(states) : i%len(states)+1]})
		}},
		{"list of a unit, owed", func(i int) error { return list(b.whole, gov.MatterQuery{Unit: b.units[i%len(b.units)].Code}) }},
		{"list of a department, overdue", func(int) error {
			return list(b.whole, gov.MatterQuery{Place: most.Place, PlaceRole: gov.RoleLead, Stand: gov.StandOwed, DueUntil: b.app.Today().AddDays(-1)})
		}},
		{"list of all, owed", func(int) error { return list(b.whole, all) }},
		{"list of a ward by its clerk", func(i int) error {
			return list(b.clerk, gov.MatterQuery{Unit: b.ward, States: states[i%len(states) : i%len(states)+1]})
		}},
		{"list of all by a ward's clerk", func(int) error { return list(b.clerk, all) }},
		{"table of leads", func(int) error { _, err := b.app.League(b.ctx, b.whole, gov.Task, gov.RoleLead); return err }},
	} {
		if err := b.measure(m.name, benchLists, m.do); err != nil {
			return err
		}
	}
	return nil
}

// homes measures the whole first page, as the browser gets it.
func (b *mattersBench) homes() error {
	for name, login := range map[string]string{"home page of a leader": "lanhdao", "home page of a ward's clerk": "vanthu." + b.ward} {
		err := b.measure(name, benchPages, func(int) error {
			body, _, err := b.page("GET", "/", b.cookies[login], nil)
			if err == nil && !strings.Contains(body, "</html>") {
				err = gov.Errorf(gov.Internal, "the page is not whole: "+body[:min(300, len(body))])
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// steps measures one step of one matter: the work alone, and until it is durable.
func (b *mattersBench) steps() error {
	open, err := b.app.Matters(b.ctx, b.whole, gov.MatterQuery{Kinds: []gov.MatterKind{gov.Task}, States: []gov.State{gov.StateOpen}, Top: true, Stand: gov.StandOwed,
		Page: gov.Page{Limit: benchSteps}}, false)
	if err != nil {
		return err
	}
	var work, durable, cpu []float64
	for _, m := range open.Lines {
		if m.Parts > 0 {
			continue
		}
		for n, a := range []gov.Action{gov.ActReport, gov.ActSubmit, gov.ActReturn} {
			watch := newStopwatch()
			err := b.app.Act(b.ctx, b.whole, m.ID, app.ActInput{Action: a, Version: m.Version + n, StepInput: gov.StepInput{Note: "Đã rà soát xong."}})
			if err != nil {
				return err
			}
			took, busy := watch.read()
			durable, cpu = append(durable, took.Seconds()*1000), append(cpu, busy.Seconds()*1000)
			work = append(work, b.store.done.Sub(watch.began).Seconds()*1000)
		}
	}
	if err := b.times("one step, without the commit", work, cpu); err != nil {
		return err
	}
	return b.times("one step, durable", durable, cpu)
}

// measure does something some times more than it counts: the first ones find nothing in memory.
func (b *mattersBench) measure(name string, n int, do func(i int) error) error {
	const warm = 5
	var times, work []float64
	for i := range n + min(n, warm) {
		watch := newStopwatch()
		if err := do(i); err != nil {
			return err
		}
		if took, cpu := watch.read(); i >= min(n, warm) {
			times, work = append(times, took.Seconds()*1000), append(work, cpu.Seconds()*1000)
		}
	}
	return b.times(name, times, work)
}

func (b *mattersBench) times(name string, times, work []float64) error {
	slices.Sort(times)
	slices.Sort(work)
	m := mattersMeasure{Name: name, Size: b.size, P50: times[len(times)/2], P95: times[len(times)*95/100], CPU: work[len(work)/2],
		CPU95: work[len(work)*95/100], Ratio: 1}
	if first, ok := b.first[name]; ok {
		m.Ratio = m.P50 / first
	} else {
		b.first[name] = m.P50
	}
	return b.add(m)
}

// add prints a measure as soon as it is there.
func (b *mattersBench) add(m mattersMeasure) error {
	line, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if !b.has("json") {
		line = fmt.Appendf(nil, "%-32s %9d %8.2f ms %8.2f ms  CPU %8.2f ms %8.2f ms %9.0f/s  × %.2f", m.Name, m.Size, m.P50, m.P95, m.CPU, m.CPU95, m.Rate, m.Ratio)
	}
	return b.put(string(line) + "\n")
}

// A taker takes one answer, as a browser would.
type taker struct {
	head http.Header
	code int
	body strings.Builder
}

func (w *taker) Header() http.Header         { return w.head }
func (w *taker) WriteHeader(code int)        { w.code = code }
func (w *taker) Write(b []byte) (int, error) { return w.body.Write(b) }

// page asks the interface for a page, or sends it a form.
func (b *mattersBench) page(method, path string, cookies []*http.Cookie, form url.Values) (string, []*http.Cookie, error) {
	r, err := http.NewRequestWithContext(b.ctx, method, "http://localhost"+path, strings.NewReader(form.Encode()))
	if err != nil {
		return "", nil, err
	}
	r.RequestURI, r.RemoteAddr = path, "127.0.0.1:1"
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := &taker{head: http.Header{}, code: http.StatusOK}
	b.pages.ServeHTTP(w, r)
	if w.code >= http.StatusBadRequest {
		return "", nil, gov.Errorf(gov.Internal, fmt.Sprintf("%s %s: %d", method, path, w.code))
	}
	return w.body.String(), (&http.Response{Header: w.head}).Cookies(), nil
}

// asked measures what goes through all recommendations: the register, its report, the map by field and unit, and what may be the same.
func (b *mattersBench) asked() error {
	since := b.app.Today().AddDays(-90)
	for _, m := range []struct {
		name string
		do   func(int) error
	}{
		{"register of recommendations", func(int) error {
			_, err := b.app.Recommendations(b.ctx, b.whole, app.RecommendationQuery{Limit: 50})
			return err
		}},
		{"register, ward's clerk", func(int) error {
			_, err := b.app.Recommendations(b.ctx, b.clerk, app.RecommendationQuery{Limit: 50})
			return err
		}},
		{"report on recommendations", func(int) error { _, err := b.app.RecommendationReport(b.ctx, b.whole, since); return err }},
		{"map of recommendations", func(int) error { _, err := b.app.RecommendationMap(b.ctx, b.whole); return err }},
		{"recommendations alike", func(int) error { _, err := b.app.Similar(b.ctx, b.whole, ""); return err }},
	} {
		if err := b.measure(m.name, benchAsked, m.do); err != nil {
			return err
		}
	}
	return nil
}
