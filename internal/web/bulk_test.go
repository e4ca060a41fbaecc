package web_test

import (
	"net/http"
	"slices"
	"testing"

	"golang.org/x/net/html"

	"haicap/internal/gov"
)

// Tasks that rest on press texts wait for the document that assigns them: its number is given to all that are ticked, in the list that was narrowed.
func TestTickedRowsOfAList(t *testing.T) {
	t.Parallel()
	d := work(t)
	v := d.visitor(t, "tonghop")
	const list = "/matters?kind=task&state=awaiting_document"
	p := v.get(list)
	boxes := p.all(".tick input")
	if len(boxes) < 2 {
		t.Fatalf("%d rows can be ticked", len(boxes))
	}
	one, two := attr(boxes[0], "value"), attr(boxes[1], "value")
	if to := attr(p.one("form.bulk"), "action"); to != list {
		t.Errorf("the form is sent to %q", to)
	}

	lacking := v.post(list, "row", one, "row", two, "action", "attach_document", "note.extend", "chờ vốn", "how", "all")
	if !slices.ContainsFunc(lacking.all(".bar-bulk input"), func(n *html.Node) bool { return attr(n, "name") == "note.extend" && attr(n, "value") == "chờ vốn" }) {
		t.Error("what was typed for another step is lost")
	}
	lacking.has("Cần số, ký hiệu của văn bản giao việc.")
	if lacking.status != http.StatusBadRequest || len(lacking.all(".tick input[checked]")) != 2 ||
		len(lacking.all(".bar-bulk details[open]")) != 1 || len(lacking.all(".tick input")) != len(boxes) {
		t.Errorf("status %d, %d of %d still ticked", lacking.status, len(lacking.all(".tick input[checked]")), len(boxes))
	}

	done := v.post(list, "row", one, "row", two, "action", "attach_document", "number.attach_document", "12/TB-UBND", "how", "all")
	done.has("Đã làm 2 trong 2 việc.")
	if back := attr(done.one("main a.button"), "href"); back != list {
		t.Errorf("back leads to %q", back)
	}
	open, err := d.Matters(d.ctx, d.analyst, gov.MatterQuery{Kinds: []gov.MatterKind{gov.Task}, States: []gov.State{gov.StateOpen}}, false)
	must(t, err)
	n := 0
	for _, m := range open.Lines {
		if m.AssignedBy == "12/TB-UBND" && slices.Contains([]string{one[:len(m.ID)], two[:len(m.ID)]}, string(m.ID)) {
			n++
		}
	}
	if n != 2 || len(v.get(list).all(".tick input")) != len(boxes)-2 {
		t.Errorf("%d were given the number", n)
	}

	again := v.post(list, "row", one, "action", "urge")
	again.has("Đã làm 0 trong 1 việc.")
	if leader := d.visitor(t, "lanhdao").get(list); len(leader.all(".tick input")) != 0 && len(leader.all(".bar-bulk")) == 0 {
		t.Error("rows are ticked for nothing")
	}

	register := v.get("/recommendations")
	row := attr(register.all(".tick input")[0], "value")
	field := attr(register.all(".bar-bulk option")[1], "value")
	v.post("/recommendations", "row", row, "action", "classify", "field.classify", field).has("Đã làm 1 trong 1 việc.")
	if got := v.get("/recommendations?field=" + field).all(".tick input"); len(got) != 1 {
		t.Errorf("%d stand in the field", len(got))
	}
}
