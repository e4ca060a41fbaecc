package app

import (
	"haicap/internal/gov"
)

// around fills in what a matter's page shows besides its facts: the chain of who directs whom, its parts apart from the tasks that came of it, the
// files of its steps, and of a recommendation what it was gathered with and how much it presses.
func (b *builder) around(v *MatterView) error {
	if v.Kind == gov.Task || v.Kind == gov.Directive {
		v.Chain = gov.ChainOf(v.Text)
	}
	if v.Kind == gov.Task {
		parts, err := everyMatter(b.ctx, b.tx, b.realm, gov.MatterQuery{Parent: v.ID})
		if err != nil {
			return err
		}
		v.PartLines = b.matters(parts)
		v.Tasks = without(v.Tasks, v.PartLines)
	}
	if v.Parent != "" {
		whole, err := b.tx.Matter(b.ctx, b.realm, v.Parent)
		if err == nil {
			v.Whole = &b.matters([]gov.Matter{whole})[0]
			if v.Origin != nil && v.Origin.ID == whole.ID {
				v.Origin = nil
			}
		} else if !gov.IsNotFound(err) {
			return err
		}
	}
	if err := b.files(v); err != nil {
		return err
	}
	if v.Kind == gov.Recommendation {
		return b.gathered(v)
	}
	return nil
}

// without is a list of lines without others.
func without(list, others []MatterLine) []MatterLine {
	there := map[gov.ID]bool{}
	for _, o := range others {
		there[o.ID] = true
	}
	var rest []MatterLine
	for _, l := range list {
		if !there[l.ID] {
			rest = append(rest, l)
		}
	}
	return rest
}

// files lays the files beside the steps with which they came.
func (b *builder) files(v *MatterView) error {
	files, err := b.tx.MatterFiles(b.ctx, b.realm, v.ID)
	for i := range v.Events {
		for _, f := range files {
			if f.Seq == v.Events[i].Seq {
				v.Events[i].Files = append(v.Events[i].Files, f)
			}
		}
	}
	return err
}

// gathered walks along the links of a recommendation to all that it was gathered with.
func (b *builder) gathered(v *MatterView) error {
	list := []gov.Matter{v.Matter}
	seen := map[gov.ID]bool{v.ID: true}
	var links []gov.Link
	for i := 0; i < len(list); i++ {
		ls, err := b.tx.Links(b.ctx, b.realm, list[i].ID)
		if err != nil {
			return err
		}
		for _, l := range ls {
			links = append(links, l)
			other := l.To
			if other == list[i].ID {
				other = l.From
			}
			if l.Kind != gov.LinkRepeats && l.Kind != gov.LinkSimilar || seen[other] {
				continue
			}
			seen[other] = true
			m, err := b.tx.Matter(b.ctx, b.realm, other)
			if err != nil {
				return err
			}
			if m.SupersededBy == "" {
				list = append(list, m)
			}
		}
	}
	own := gov.Gather(list, onceEach(links), b.today)[0]
	v.With, v.Priority, v.Asked = b.matters(list[1:]), own.Priority, own
	return nil
}

// onceEach leaves each link once: each was found from both of its ends.
func onceEach(links []gov.Link) []gov.Link {
	seen := map[gov.Link]bool{}
	var list []gov.Link
	for _, l := range links {
		if !seen[l] {
			seen[l] = true
			list = append(list, l)
		}
	}
	return list
}
