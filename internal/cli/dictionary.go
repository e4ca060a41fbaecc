package cli

import (
	"context"
	"slices"
	"strings"

	"haicap/internal/gov"
)

func dictionaryListCommand() command {
	return command{name: "dictionary list", settings: storeSettings, flags: []flag{{"json", ""}}, run: runDictionaryList,
		examples: []string{"haicap dictionary list", "haicap dictionary list --json --data /var/lib/haicap"}}
}

func dictionaryAddCommand() command {
	return command{name: "dictionary add", args: "KIND PHRASE MEANING", min: 3, max: 3, settings: storeSettings, run: runDictionaryAdd,
		examples: []string{`haicap dictionary add agency "BQLDA KV1" "Ban Quản lý dự án khu vực I"`, `haicap dictionary add indicator "nguồn thu cân đối" budget_revenue`,
			`haicap dictionary add title CVP "Chánh Văn phòng"`, `haicap dictionary add measure "tỷ VNĐ" "tỷ đồng"`}}
}

func dictionaryRemoveCommand() command {
	return command{name: "dictionary remove", args: "KIND PHRASE", min: 2, max: 2, settings: storeSettings, run: runDictionaryRemove,
		examples: []string{`haicap dictionary remove agency "BQLDA KV1"`}}
}

func runDictionaryList(ctx context.Context, c *call) error {
	p, who, err := c.openSystem(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	list, err := p.app.Dictionary(ctx, who)
	if err != nil {
		return err
	}
	known, err := p.app.CatalogueOn(ctx, who, "")
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, e := range list {
		if c.has("json") {
			jsonLine(&b, map[string]string{"kind": string(e.Kind), "phrase": e.Phrase, "meaning": e.Meaning})
			continue
		}
		b.WriteString(c.lang.T("cli.dictionary_entry", c.lang.T("dictionary_kind."+string(e.Kind)), e.Phrase, c.meaning(e, known)) + "\n")
	}
	return c.put(b.String())
}

// meaning is what an entry means in words: the name of its indicator in the office's catalogue.
func (c *call) meaning(e gov.DictionaryEntry, known []gov.Indicator) string {
	if e.Kind == gov.DictIndicator {
		for _, in := range known {
			if in.Key == e.Meaning {
				return c.nameOf(in)
			}
		}
	}
	return e.Meaning
}

func runDictionaryAdd(ctx context.Context, c *call) error {
	e := gov.DictionaryEntry{Kind: gov.DictionaryKind(c.args[0]), Phrase: c.args[1], Meaning: c.args[2]}
	if !slices.Contains(gov.DictionaryKinds, e.Kind) {
		return gov.Errorf(gov.Invalid, "error.cli_dictionary_kind", c.args[0])
	}
	p, who, err := c.openSystem(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	if e, err = p.app.AddDictionaryEntry(ctx, who, e); err != nil {
		return err
	}
	known, err := p.app.CatalogueOn(ctx, who, "")
	if err != nil {
		return err
	}
	return c.put(c.lang.T("cli.dictionary_added", e.Phrase, c.meaning(e, known)) + "\n")
}

func runDictionaryRemove(ctx context.Context, c *call) error {
	p, who, err := c.openSystem(ctx)
	if err != nil {
		return err
	}
	defer p.close()
	if err := p.app.RemoveDictionaryEntry(ctx, who, gov.DictionaryKind(c.args[0]), c.args[1]); err != nil {
		return err
	}
	return c.put(c.lang.T("cli.dictionary_removed", c.args[1]) + "\n")
}
