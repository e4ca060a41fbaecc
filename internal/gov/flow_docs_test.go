package gov_test

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"haicap/internal/gov"
	"haicap/internal/lang"
)

var updateFlow = flag.Bool("update-flow", false, "write the tables of docs/matters.md anew")

// The tables of docs/matters.md are those by which the program moves matters, in its own words.
func TestFlowInTheDocs(t *testing.T) {
	t.Parallel()
	const file, begin, end = "../../docs/matters.md", "<!-- flow -->\n", "<!-- /flow -->"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(data), begin)
	old, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("%s has no place for the flow", file)
	}
	want := flowTables()
	if *updateFlow {
		if err := os.WriteFile(file, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if old != want {
		t.Errorf("docs/matters.md does not hold the flow as it is: go test ./internal/gov -run FlowInTheDocs -update-flow")
	}
}

// flowTables are a diagram and a table for each kind that moves.
func flowTables() string {
	var b strings.Builder
	t := lang.VI.T
	for _, k := range []gov.MatterKind{gov.Recommendation, gov.Directive, gov.Task} {
		b.WriteString("\n### " + t("matter_kind."+string(k)) + " (" + string(k) + ")\n\n```mermaid\nstateDiagram-v2\n")
		var seen []string
		for _, st := range gov.Flow {
			if st.Kind != k || st.From == st.To {
				continue
			}
			line := "    " + string(st.From) + " --> " + string(st.To) + ": " + t("action."+string(st.Action)) + "\n"
			if !slices.Contains(seen, line) {
				seen = append(seen, line)
				b.WriteString(line)
			}
		}
		b.WriteString("```\n\n| state | action | next state | by | needs |\n|---|---|---|---|---|\n")
		for _, st := range gov.Flow {
			if st.Kind == k {
				b.WriteString("| " + t("state."+string(st.From)) + " | " + t("action."+string(st.Action)) + " | " + t("state."+string(st.To)) + " | " + string(st.By) + " | " + needs(st.Need) + " |\n")
			}
		}
	}
	return b.String()
}

func needs(n gov.Need) string {
	var list []string
	for _, x := range []struct {
		need gov.Need
		word string
	}{{gov.NeedNote, "note"}, {gov.NeedNumber, "number of the document"}, {gov.NeedDay, "day"}, {gov.NeedCause, "cause"}, {gov.NeedLevel, "level"},
		{gov.NeedGaps, "lead, day or result"}, {gov.NeedField, "field or funding"}, {gov.NeedBody, "body"}, {gov.NeedBodies, "bodies"}} {
		if n.Has(x.need) {
			list = append(list, x.word)
		}
	}
	return strings.Join(list, ", ")
}
