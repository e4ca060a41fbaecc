package gov

import "testing"

func TestPriorityHasReasons(t *testing.T) {
	t.Parallel()
	today := Day("2026-11-22")
	p := PriorityOf(Asked{Units: 3, Repeats: 2, Opened: "2025-11-20", Connects: true, Promised: "2026-10-31", Unfunded: 2}, today)
	sum := 0
	for i, r := range p.Reasons {
		sum += r.Points
		if i > 0 && r.Points > p.Reasons[i-1].Points {
			t.Error("the strongest reason does not stand first")
		}
	}
	if sum != p.Score || len(p.Reasons) != 6 || p.Reasons[0].Key != "priority.months" || p.Reasons[0].Points != 12 {
		t.Errorf("score %d, reasons %v", p.Score, p.Reasons)
	}
	if p := PriorityOf(Asked{Units: 1, Opened: today, Promised: "2026-12-31"}, today); p.Score != 0 || p.Reasons != nil {
		t.Errorf("a new one of one unit presses by %d: %v", p.Score, p.Reasons)
	}
}

func TestAnsweredIsNotResolved(t *testing.T) {
	t.Parallel()
	var tally RecommendationTally
	for _, s := range []State{StateOpen, Answered, Scheduled, Explained, Resolved} {
		tally.Add(s, s == Scheduled, 1)
	}
	if want := (RecommendationTally{Total: 5, Answered: 4, Scheduled: 1, Explained: 1, Resolved: 1, Late: 1}); tally != want {
		t.Errorf("%+v, want %+v", tally, want)
	}
}
