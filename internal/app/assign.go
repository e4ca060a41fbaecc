package app

import (
	"context"
	"strings"

	"haicap/internal/gov"
	"haicap/internal/text"
)

// assign completes a task that is being made: who assigned it, which of its bodies are agencies of the realm, and its parts, one for each body, where it
// names several and no lead. home is the unit that the realm serves.
func assign(ctx context.Context, tx gov.Tx, t gov.Matter, doc gov.Document, home gov.UnitKey, ids func() gov.ID) (gov.Matter, []gov.Matter, error) {
	for i, p := range t.Parties {
		if p.Agency != "" || p.Role == gov.RoleUnit || gov.IsGroup(p.Name) {
			continue
		}
		a, err := tx.AgencyByName(ctx, t.Realm, p.Name, p.Unit.Code)
		if err != nil && !gov.IsNotFound(err) {
			return t, nil, err
		}
		t.Parties[i].Agency = a.ID
	}
	t.Parties = soleLead(t)
	by, err := assigner(ctx, tx, t, doc, home)
	if err != nil {
		return t, nil, err
	}
	t.Parties = append(t.Parties, by)
	var units []gov.Party
	for _, p := range t.Parties {
		if p.Role == gov.RoleUnit {
			units = append(units, p)
		}
	}
	parts := gov.PartsOf(t, ids, t.Created, units)
	if len(parts) > 0 {
		t = gov.WholeOf(t, parts)
	}
	return t, parts, nil
}

// soleLead makes the only body that is named the lead: there is nobody else to answer for the task. A group is no body.
func soleLead(t gov.Matter) []gov.Party {
	if t.Lead() != "" || len(t.Names(gov.RoleAssignee)) != 1 {
		return t.Parties
	}
	for _, p := range t.Parties {
		if p.Role == gov.RoleAssignee && !gov.IsGroup(p.Name) {
			p.Role = gov.RoleLead
			return append(t.Parties, p)
		}
	}
	return t.Parties
}

// assigner is the office that assigned a task and says whether it is done: the province's where somebody of the province speaks, whoever filed the
// document, else the agency that holds the document. So a ward that files what the province told it does not confirm its own results.
func assigner(ctx context.Context, tx gov.Tx, t gov.Matter, doc gov.Document, home gov.UnitKey) (gov.Party, error) {
	p := gov.Party{Role: gov.RoleAssigner, Name: t.By}
	holder, err := tx.Agency(ctx, t.Realm, doc.Holder)
	if err != nil && !gov.IsNotFound(err) {
		return p, err
	}
	if p.Name == "" {
		p.Name = holder.Name
	}
	if speaksForProvince(t.By) && holder.Unit != home {
		p.Unit = home
		return p, nil
	}
	p.Unit, p.Agency = holder.Unit, holder.ID
	return p, nil
}

// provinceWords are words by which an office shows that it is of the province or above.
var provinceWords = []string{"tinh uy", "thanh uy", "ubnd tinh", "uy ban nhan dan tinh", "chu tich tinh", "tinh", "trung uong", "ubnd thanh pho", "chinh phu"}

func speaksForProvince(office string) bool {
	words := " " + text.Fold(office) + " "
	for _, w := range provinceWords {
		if strings.Contains(words, " "+w+" ") {
			return true
		}
	}
	return false
}

// homeOf is the unit that a realm serves.
func homeOf(ctx context.Context, tx gov.Tx, r gov.Realm) (gov.UnitKey, error) {
	list, err := tx.Holdings(ctx)
	for _, h := range list {
		if h.Realm == r {
			return h.Unit, err
		}
	}
	return gov.UnitKey{}, err
}
