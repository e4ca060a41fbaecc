package app

import (
	"context"
	"time"

	"haicap/internal/access"
	"haicap/internal/gov"
)

// A PersonalExport is all that the store holds of a person, as it is handed to him. docs/personal-data.md describes its JSON.
type PersonalExport struct {
	Made     time.Time         `json:"made"`
	Person   gov.ID            `json:"person"`
	Kind     gov.SubjectKind   `json:"kind"`
	Since    time.Time         `json:"since"`
	Fields   gov.Personal      `json:"fields"`
	Account  *ExportedAccount  `json:"account,omitempty"`
	Requests []ExportedRequest `json:"requests"`
	Actions  []ExportedAction  `json:"actions"`      // the latest first
	More     bool              `json:"more_actions"` // there are older ones that are not listed
}

// ExportedAccount is an account in an export; no secret leaves with it.
type ExportedAccount struct {
	Login    string           `json:"login"`
	Agency   string           `json:"agency"`
	Roles    []access.Role    `json:"roles"`
	Closed   bool             `json:"closed"`
	Password bool             `json:"password"` // there is one
	Codes    *time.Time       `json:"codes_since,omitempty"`
	Passkeys []ExportedDevice `json:"passkeys"`
	Logins   []ExportedDevice `json:"logins"`
	SSO      []string         `json:"single_sign_on"`
}

// ExportedDevice is a browser or a passkey.
type ExportedDevice struct {
	Name  string    `json:"name"`
	Since time.Time `json:"since"`
	Used  time.Time `json:"used"`
}

// ExportedRequest is a request in an export.
type ExportedRequest struct {
	Kind     gov.RequestKind  `json:"kind"`
	Received gov.Day          `json:"received"`
	Due      gov.Day          `json:"due"`
	State    gov.RequestState `json:"state"`
	Ground   gov.Ground       `json:"ground,omitempty"`
	Words    string           `json:"words,omitempty"`
}

// ExportedAction is a line of the audit log that the person caused.
type ExportedAction struct {
	At     time.Time `json:"at"`
	Action string    `json:"action"`
	Noun   string    `json:"noun"`
	Record gov.ID    `json:"record"`
}

// ExportPerson gives all that the store holds of a person, to be handed to him.
func (a *App) ExportPerson(ctx context.Context, p access.Principal, id gov.ID) (PersonalExport, error) {
	if err := a.permitFresh(p, access.AccountsManage); err != nil {
		return PersonalExport{}, err
	}
	return a.export(ctx, p, access.AccountsManage, id)
}

// ExportOwn gives the principal all that the store holds of him.
func (a *App) ExportOwn(ctx context.Context, p access.Principal) (PersonalExport, error) {
	return a.export(ctx, p, access.LoggedIn, gov.ID(p.Account))
}

// mostActions is how many lines of the log an export lists.
const mostActions = 1000

func (a *App) export(ctx context.Context, p access.Principal, perm access.Permission, id gov.ID) (x PersonalExport, err error) {
	err = a.update(ctx, p, perm, func(tx gov.Tx, s gov.Stamp) (act, error) {
		v, err := a.subject(ctx, tx, p, id)
		if err != nil {
			return act{}, err
		}
		x = PersonalExport{Made: s.At, Person: id, Kind: v.Kind, Since: v.Since, Fields: v.Fields, Requests: []ExportedRequest{}, Actions: []ExportedAction{}}
		for _, q := range v.Requests {
			x.Requests = append(x.Requests, ExportedRequest{q.Kind, q.Received, q.Due, q.State, q.Ground, q.Words})
		}
		if v.Login != "" {
			if err := a.exportAccount(ctx, tx, p, id, v, &x); err != nil {
				return act{}, err
			}
		}
		return act{"person.export", "person", id}, nil
	})
	return x, err
}

func (a *App) exportAccount(ctx context.Context, tx gov.Tx, p access.Principal, id gov.ID, v SubjectView, x *PersonalExport) error {
	r := gov.Realm(p.Realm)
	acc, err := tx.Account(ctx, r, id)
	if err != nil {
		return err
	}
	own := OwnView{Account: acc}
	if err := a.fillOwn(ctx, tx, &own); err != nil {
		return err
	}
	e := &ExportedAccount{Login: acc.Login, Agency: v.Agency, Roles: v.Roles, Closed: acc.Disabled, Password: acc.Password != "",
		Passkeys: []ExportedDevice{}, Logins: []ExportedDevice{}, SSO: []string{}}
	if own.Codes != nil {
		e.Codes = &own.Codes.Since
	}
	for _, k := range own.Passkeys {
		e.Passkeys = append(e.Passkeys, ExportedDevice{k.Name, k.Since, k.Used})
	}
	for _, l := range own.Logins {
		e.Logins = append(e.Logins, ExportedDevice{l.Device, l.Since, l.Seen})
	}
	for _, s := range own.Subjects {
		e.SSO = append(e.SSO, s.Issuer+" "+s.Subject)
	}
	x.Account = e
	lines, next, err := tx.FindAudit(ctx, r, gov.AuditQuery{Account: id, Page: gov.Page{Limit: mostActions}})
	for _, l := range lines {
		x.Actions = append(x.Actions, ExportedAction{l.At, l.Action, l.Noun, l.Record})
	}
	x.More = next != ""
	return err
}
