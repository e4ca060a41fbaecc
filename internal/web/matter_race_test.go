package web_test

import (
	"net/http"
	"strconv"
	"sync"
	"testing"

	"haicap/internal/gov"
)

// Two browsers send a step of one matter at the same time: one wins, the other gets the page as it is now and is told that somebody was before him.
func TestTwoBrowsersOneMatter(t *testing.T) {
	t.Parallel()
	d := work(t)
	m := d.matterOf(t, gov.Recommendation)
	path, version := "/matters/"+string(m.ID), strconv.Itoa(m.Version)
	one, other := d.visitor(t, "tonghop"), d.visitor(t, "tonghop")
	pages := make([]page, 2)
	var wg sync.WaitGroup
	wg.Go(func() {
		pages[0] = one.post(path, "version", version, "action", "answer", "note", "Đã trả lời bằng văn bản")
	})
	wg.Go(func() {
		pages[1] = other.post(path, "version", version, "action", "explain", "note", "Thực hiện theo quy định")
	})
	wg.Wait()
	won := 0
	if pages[0].status != http.StatusOK {
		won = 1
	}
	if pages[won].status != http.StatusOK || pages[1-won].status != http.StatusConflict {
		t.Fatalf("statuses %d and %d", pages[0].status, pages[1].status)
	}
	pages[1-won].has([]string{"Đã trả lời bằng văn bản", "Thực hiện theo quy định"}...)
	now, err := d.Matter(d.ctx, d.analyst, m.ID)
	must(t, err)
	if want := []gov.State{gov.Answered, gov.Explained}[won]; now.State != want || now.Version != m.Version+1 {
		t.Errorf("%s, version %d, want %s", now.State, now.Version, want)
	}
}

// A form cannot send a matter where the flow has no way.
func TestNoFormLeavesTheFlow(t *testing.T) {
	t.Parallel()
	d := work(t)
	v := d.visitor(t, "tonghop")
	for _, k := range []gov.MatterKind{gov.Recommendation, gov.Task} {
		m := d.matterOf(t, k)
		tried := 0
		for _, other := range append([]gov.Step{{Action: "open"}, {Action: "supersede"}, {Action: "delete"}, {}}, gov.Flow...) {
			if _, err := gov.StepFor(k, m.State, other.Action); err == nil {
				continue
			}
			tried++
			p := v.post("/matters/"+string(m.ID), "version", strconv.Itoa(m.Version), "action", string(other.Action), "note", "x", "number", "1-QĐ",
				"day", "2030-01-01", "cause", "unit", "level", "province")
			if p.status != http.StatusUnprocessableEntity && p.status != http.StatusBadRequest {
				t.Errorf("%s %s %s: %d", k, m.State, other.Action, p.status)
			}
		}
		now, err := d.Matter(d.ctx, d.analyst, m.ID)
		must(t, err)
		if now.State != m.State || now.Version != m.Version || tried < 10 {
			t.Errorf("%s is %s, version %d, after %d tries", k, now.State, now.Version, tried)
		}
	}
}
