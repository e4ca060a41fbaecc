package web_test

import (
	"strings"
	"testing"

	"haicap/internal/gov"
)

// TestReviewTeachesTheDictionary: the form of a card teaches the reader a word and keeps what was typed; the draft is not saved by it.
func TestReviewTeachesTheDictionary(t *testing.T) {
	t.Parallel()
	d := sit(t)
	v := d.visitor(t, "vanthu")
	figure := d.find(t, "12 mô hình")
	p := v.get(v.review + "?edit=" + string(figure.ID))
	form := p.one("#d-" + string(figure.ID) + " form.edit")
	if got := words(form); !strings.Contains(got, "Luôn hiểu cụm từ này là một chỉ tiêu") {
		t.Fatalf("the form says %q", got)
	}
	p = v.post(v.draft(figure, "edit"), "version", "1", "learn", "1", "phrase", "mô hình dân vận khéo", "meaning", "Tỷ lệ hộ nghèo",
		"value", "13", "figure_kind", "result", "comparator", "=")
	card := p.one("#d-" + string(figure.ID))
	if p.status != 200 || !strings.Contains(words(card), "“mô hình dân vận khéo” luôn được hiểu là “Tỷ lệ hộ nghèo") {
		t.Fatalf("teaching got %d: %s", p.status, words(card))
	}
	if got := attr(p.one("#d-"+string(figure.ID)+"-value"), "value"); got != "13" {
		t.Errorf("what was typed became %q", got)
	}
	if got := attr(p.one("#d-"+string(figure.ID)+"-indicator"), "value"); !strings.HasPrefix(got, "Tỷ lệ hộ nghèo") {
		t.Errorf("the indicator was not filled in: %q", got)
	}
	if c := d.find(t, "12 mô hình"); c.State != gov.DraftPending || c.Version != figure.Version {
		t.Errorf("teaching saved the draft: %s", c.State)
	}

	directive := d.find(t, "Sở Tài chính")
	p = v.post(v.draft(directive, "edit"), "version", "1", "learn", "1", "phrase", "Sở Tài chính", "meaning", "Sở Tài chính tỉnh Phú Thọ", "assignees", "Sở Tài chính\nVăn phòng")
	if got := words(p.one("#d-" + string(directive.ID) + "-assignees")); got != "Sở Tài chính tỉnh Phú Thọ Văn phòng" {
		t.Errorf("assignees %q", got)
	}
	// What cannot be taught is said on the card, and what was typed stays.
	p = v.post(v.draft(figure, "edit"), "version", "1", "learn", "1", "phrase", "mô hình", "meaning", "không có chỉ tiêu này", "label", "của tôi")
	if p.status != 400 || words(p.one("#d-"+string(figure.ID)+" .trouble")) == "" || attr(p.one("#d-"+string(figure.ID)+"-label"), "value") != "của tôi" {
		t.Errorf("a meaning that there is none got %d", p.status)
	}
	if p := d.visitor(t, "thanhtra").post(v.draft(figure, "edit"), "version", "1", "learn", "1", "phrase", "mô hình", "meaning", "poverty_rate"); p.status != 403 {
		t.Errorf("an inspector got %d", p.status)
	}
	list, err := d.Dictionary(d.ctx, d.analyst)
	must(t, err)
	want := []gov.DictionaryEntry{{Kind: gov.DictIndicator, Phrase: "mô hình dân vận khéo", Meaning: "poverty_rate"}, {Kind: gov.DictAgency, Phrase: "Sở Tài chính", Meaning: "Sở Tài chính tỉnh Phú Thọ"}}
	if len(list) != 2 || list[0] != want[0] || list[1] != want[1] {
		t.Errorf("the dictionary holds %+v", list)
	}
}
