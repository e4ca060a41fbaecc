package score

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// A Label is one labelled thing: a figure, an item, a person, a unit or a check. Has tells which fields the label judges.
type Label struct {
	Has        map[string]bool `json:"-"`
	Text       string          `json:"text"`
	Span       text.Span       `json:"span"`
	TopicSpan  *text.Span      `json:"topic_span"`
	Value      float64         `json:"value"`
	Of         *float64        `json:"of"`
	Measure    string          `json:"measure"`
	Kind       string          `json:"kind"`
	Comparator string          `json:"comparator"`
	Indicator  string          `json:"indicator"`
	Period     string          `json:"period"`
	Unit       string          `json:"unit"`
	Name       string          `json:"name"`
	Title      string          `json:"title"`
	Code       string          `json:"code"`
	By         string          `json:"by"`
	Assignees  []string        `json:"assignees"`
	Lead       string          `json:"lead"`
	Due        string          `json:"due"`
	Rule       string          `json:"rule"`
	Confidence string          `json:"confidence"`
}

// UnmarshalJSON reads a label and notes which fields it has.
func (l *Label) UnmarshalJSON(b []byte) error {
	type plain Label
	if err := json.Unmarshal(b, (*plain)(l)); err != nil {
		return err
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(b, &keys); err != nil {
		return err
	}
	l.Has = make(map[string]bool, len(keys))
	for k := range keys {
		l.Has[k] = true
	}
	if !l.Has["span"] {
		l.Span = noSpan
	}
	return nil
}

var noSpan = text.Span{-1, -1}

// A Document is the labels of one document, or a reading in the same shape. Kinds holds the lists that it judges.
type Document struct {
	Name   string
	Source gov.ReadingSource
	Head   map[string]string
	Kinds  map[string][]Label
}

// Parse reads a gold file or a line of readings.
func Parse(data []byte) (Document, error) {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return Document{}, err
	}
	var source gov.ReadingSource
	if err := json.Unmarshal(raw["source"], &source); err != nil {
		return Document{}, fmt.Errorf("source: %w", err)
	}
	d := Document{Name: filepath.Base(source.Name), Source: source, Head: map[string]string{}, Kinds: map[string][]Label{}}
	var head map[string]any
	if raw["document"] != nil {
		if err := json.Unmarshal(raw["document"], &head); err != nil {
			return d, fmt.Errorf("document: %w", err)
		}
	}
	for k, v := range head {
		if s, ok := v.(string); ok {
			d.Head[k] = s
		}
	}
	for _, k := range Kinds {
		if raw[k] == nil {
			continue
		}
		list := []Label{}
		if err := json.Unmarshal(raw[k], &list); err != nil {
			return d, fmt.Errorf("%s: %w", k, err)
		}
		d.Kinds[k] = list
	}
	return d, nil
}

// FromReading puts a reading into the shape of labels.
func FromReading(r gov.Reading) (Document, error) {
	b, err := json.Marshal(r)
	if err != nil {
		return Document{}, err
	}
	return Parse(b)
}

// LoadDir reads the gold files of a folder (*.json, but not *.draft.json), by name.
func LoadDir(dir string) ([]Document, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	sort.Strings(paths)
	var docs []Document
	for _, p := range paths {
		if strings.HasSuffix(p, ".draft.json") {
			continue
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return nil, err
		}
		d, err := Parse(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p, err)
		}
		docs = append(docs, d)
	}
	return docs, nil
}
