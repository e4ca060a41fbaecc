package app_test

import (
	"slices"
	"testing"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// TestDictionary adds and removes an entry; the next document is read with it, an open review is not touched.
func TestDictionary(t *testing.T) {
	h := begin(t, "25")
	text := func(n string) string {
		return "Năm 2025, nguồn thu cân đối của phường Thanh Miếu đạt " + n + " tỷ đồng."
	}
	indicator := func(review gov.ID) string {
		v, err := h.Review(h.ctx, h.analyst, review)
		if err != nil || len(v.Cards) != 1 {
			t.Fatalf("%d cards, %v", len(v.Cards), err)
		}
		return v.Cards[0].Figure.Indicator
	}
	_, first := h.file(t, "a.txt", text("10"))
	in := gov.DictionaryEntry{Kind: gov.DictIndicator, Phrase: "  Nguồn thu   cân đối", Meaning: "Tổng thu ngân sách nhà nước trên địa bàn"}
	if _, err := h.AddDictionaryEntry(h.ctx, h.account(t, "kiemtra", access.Inspector), in); gov.CodeOf(err) != gov.Forbidden {
		t.Errorf("an inspector adds: %v", err)
	}
	for _, bad := range []gov.DictionaryEntry{{Kind: gov.DictIndicator, Phrase: "thu", Meaning: "không có"}, {Kind: gov.DictAgency, Phrase: "X", Meaning: "Y"},
		{Kind: gov.DictAgency, Phrase: "BQLDA"}, {Kind: "word", Phrase: "thu", Meaning: "chi"}} {
		if _, err := h.AddDictionaryEntry(h.ctx, h.analyst, bad); gov.CodeOf(err) != gov.Invalid {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	e, err := h.AddDictionaryEntry(h.ctx, h.analyst, in)
	if err != nil || e.Phrase != "Nguồn thu cân đối" || e.Meaning != "budget_revenue" {
		t.Fatalf("%+v, %v", e, err)
	}
	_, second := h.file(t, "b.txt", text("20"))
	if a, b := indicator(first), indicator(second); a != "" || b != "budget_revenue" {
		t.Errorf("before %q, after %q", a, b)
	}
	if _, err := h.AddDictionaryEntry(h.ctx, h.analyst, gov.DictionaryEntry{Kind: gov.DictIndicator, Phrase: "nguồn thu CÂN ĐỐI", Meaning: "budget_expenditure"}); err != nil {
		t.Fatal(err)
	}
	if list, err := h.Dictionary(h.ctx, h.analyst); err != nil || len(list) != 1 || list[0].Meaning != "budget_expenditure" {
		t.Errorf("the entry was not replaced: %+v, %v", list, err)
	}
	if err := h.RemoveDictionaryEntry(h.ctx, h.analyst, gov.DictIndicator, "Nguồn thu cân đối"); err != nil {
		t.Fatal(err)
	}
	if err := h.RemoveDictionaryEntry(h.ctx, h.analyst, gov.DictIndicator, "nguồn thu cân đối"); gov.CodeOf(err) != gov.NotFound {
		t.Errorf("removed twice: %v", err)
	}
	if list, err := h.Dictionary(h.ctx, h.analyst); err != nil || len(list) != 0 {
		t.Errorf("left: %+v, %v", list, err)
	}
	_, third := h.file(t, "c.txt", text("30"))
	if c := indicator(third); c != "" {
		t.Errorf("after the entry was removed: %q", c)
	}
	if !slices.Equal(dictionaryActions(t, h), []string{"dictionary.add", "dictionary.add", "dictionary.remove"}) {
		t.Errorf("audit: %v", dictionaryActions(t, h))
	}
}

// dictionaryActions lists the changes of the dictionary in the audit log.
func dictionaryActions(t *testing.T, h house) []string {
	t.Helper()
	var actions []string
	err := h.store.View(h.ctx, func(tx gov.Tx) error {
		lines, err := tx.AuditLines(h.ctx, h.holding.Realm, 0, 1000)
		for _, l := range lines {
			if l.Noun == "dictionary" {
				actions = append(actions, l.Action)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return actions
}
