package app_test

import (
	"strings"
	"testing"

	"haicap/internal/access"
	"haicap/internal/app"
	"haicap/internal/gov"
)

// conclusions is a notice in the form of the province's office, with a task for two bodies and one with a lead.
const conclusions = `TỈNH ỦY PHÚ THỌ
*
Số 41-TB/TU

Phú Thọ, ngày 05 tháng 01 năm 2026

THÔNG BÁO
kết luận của Thường trực Tỉnh ủy tại buổi làm việc với phường Thanh Miếu và phường Hòa Bình, ngày 05/01/2026

Thường trực Tỉnh ủy kết luận như sau:

1. Giao Sở Tài chính, Sở Xây dựng rà soát vốn sửa chữa trụ sở của các phường, báo cáo trước ngày 31/01/2026.

2. Giao Ban Tổ chức Tỉnh ủy chủ trì, phối hợp với Văn phòng Tỉnh ủy tổng hợp các kiến nghị, báo cáo trước ngày 28/02/2026.
`

// tasks reads the notice, confirms it, and gives the tasks that came of it.
func (h house) tasks(t *testing.T) (session gov.ID, tasks []app.MatterLine) {
	t.Helper()
	_, review := h.file(t, "ket-luan.txt", conclusions)
	session = h.confirm(t, review)
	list, err := h.Matters(h.ctx, h.analyst, gov.MatterQuery{Kinds: []gov.MatterKind{gov.Task}}, true)
	if err != nil {
		t.Fatal(err)
	}
	return session, list.Lines
}

func TestTaskOfSeveralBodies(t *testing.T) {
	t.Parallel()
	h := begin(t, "25")
	_, tasks := h.tasks(t)
	var whole, led app.MatterLine
	for _, l := range tasks {
		switch {
		case l.Parts > 0:
			whole = l
		case l.Lead() != "":
			led = l
		}
	}
	if whole.Parts != 2 || led.Lead() == "" {
		for _, l := range tasks {
			t.Logf("%s: %d parts, lead %q, due %s", l.Text, l.Parts, l.Lead(), l.Due)
		}
		t.Fatal("a task of two bodies has two parts, one with a lead has none")
	}
	v, err := h.Matter(h.ctx, h.analyst, whole.ID)
	if err != nil || len(v.PartLines) != 2 {
		t.Fatalf("%d parts on the page: %v", len(v.PartLines), err)
	}
	boss := h.account(t, "lanhdao", access.Leader)
	step := func(p access.Principal, id gov.ID, a gov.Action, in gov.StepInput) error {
		m, err := h.Matter(h.ctx, p, id)
		if err != nil {
			return err
		}
		return h.Act(h.ctx, p, id, app.ActInput{Action: a, StepInput: in, Version: m.Version})
	}
	if err := step(h.analyst, whole.ID, gov.ActSubmit, gov.StepInput{Note: "xong"}); !strings.Contains(err.Error(), "error.step_of_parts") {
		t.Errorf("the whole was submitted: %v", err)
	}
	for i, part := range v.PartLines {
		if err := step(h.analyst, part.ID, gov.ActSubmit, gov.StepInput{Note: "xong"}); err != nil {
			t.Fatal(err)
		}
		if err := step(h.analyst, part.ID, gov.ActConfirm, gov.StepInput{}); !strings.Contains(err.Error(), "error.own_result") {
			t.Errorf("whoever submitted confirmed: %v", err)
		}
		if err := step(boss, part.ID, gov.ActConfirm, gov.StepInput{}); err != nil {
			t.Fatal(err)
		}
		now, err := h.Matter(h.ctx, h.analyst, whole.ID)
		if err != nil {
			t.Fatal(err)
		}
		if want := map[int]gov.State{0: gov.StateOpen, 1: gov.Completed}[i]; now.State != want {
			t.Errorf("after part %d the whole is %s, want %s", i+1, now.State, want)
		}
	}
}
