package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"haicap/internal/access"
	"haicap/internal/calendar"
	"haicap/internal/gov"
)

// A RequestLine is a request as people see it in a list.
type RequestLine struct {
	gov.PersonalRequest
	Who   string // the person, as the reader may see him
	Words string // what was asked
	Late  bool
}

// A PersonalView is what is open and what was answered lately.
type PersonalView struct {
	Open    []RequestLine
	Settled []RequestLine
	Late    int // of Open
	Rules   []gov.RetentionRule
}

// A SubjectView is what the store holds of a person.
type SubjectView struct {
	gov.DataSubject // without key and sealed fields
	Fields          gov.Personal
	Login           string // empty: has no account
	Agency          string
	Roles           []access.Role // in force today
	Requests        []RequestLine
	Own             bool // the reader's own
}

// RequestInput is a request as whoever received it writes it down.
type RequestInput struct {
	Person   gov.ID       // who asks, or
	Login    string       // by his account, or
	Fields   gov.Personal // somebody who is not known here yet
	Kind     gov.RequestKind
	Received gov.Day // empty: today
	Words    string
}

// audiences says to whom the principal belongs where a person of an agency is concerned.
func audiences(p access.Principal, person, agency gov.ID) []gov.Audience {
	switch {
	case p.Account != "" && gov.ID(p.Account) == person, p.May(access.AccountsManage):
		return []gov.Audience{gov.OwnOffice, gov.Keepers}
	case agency != "" && gov.ID(p.Agency) == agency:
		return []gov.Audience{gov.OwnOffice}
	}
	return nil
}

// shownName is the name of an account's person as the principal may see it: whole within the agency, else masked.
func shownName(p access.Principal, acc gov.Account) string {
	if acc.Name == gov.ErasedName {
		return acc.Name
	}
	return gov.Personal{Name: acc.Name}.Masked(audiences(p, acc.ID, acc.Agency)...).Name
}

// Personal lists the requests about personal data: open ones by due day, and the last that were answered.
func (a *App) Personal(ctx context.Context, p access.Principal) (v PersonalView, err error) {
	err = a.view(ctx, p, access.AccountsManage, func(tx gov.Tx) error {
		v = PersonalView{}
		r := gov.Realm(p.Realm)
		open, err := tx.PersonalRequests(ctx, r, gov.PersonalRequestQuery{State: gov.RequestOpen})
		if err != nil {
			return err
		}
		all, err := tx.PersonalRequests(ctx, r, gov.PersonalRequestQuery{Limit: 50})
		if err != nil {
			return err
		}
		settled := slices.DeleteFunc(all, func(q gov.PersonalRequest) bool { return q.State == gov.RequestOpen })
		for _, list := range []struct {
			from []gov.PersonalRequest
			to   *[]RequestLine
		}{{open, &v.Open}, {settled, &v.Settled}} {
			for _, q := range list.from {
				line, err := a.requestLine(ctx, tx, p, q)
				if err != nil {
					return err
				}
				*list.to = append(*list.to, line)
				if line.Late {
					v.Late++
				}
			}
		}
		return nil
	})
	for _, what := range []string{gov.KeepAccount, gov.KeepContact, gov.KeepLogin, gov.KeepDevice} {
		if rule, ok := a.retention.On(what, a.Today()); ok {
			v.Rules = append(v.Rules, rule)
		}
	}
	return v, err
}

func (a *App) requestLine(ctx context.Context, tx gov.Tx, p access.Principal, q gov.PersonalRequest) (RequestLine, error) {
	line := RequestLine{PersonalRequest: q, Late: q.Late(a.Today())}
	d, err := tx.DataSubject(ctx, q.Realm, q.Person)
	if err != nil {
		return line, err
	}
	if line.Words, err = a.sealed.openText(d, q.Sealed); err != nil {
		line.Words = "" // the list is shown all the same: days run
	}
	line.Sealed = ""
	if d.Kind == gov.SubjectAccount {
		acc, err := tx.Account(ctx, q.Realm, q.Person)
		line.Who = shownName(p, acc)
		return line, err
	}
	line.Who = gov.Personal{Name: a.sealed.name(d)}.Masked(audiences(p, d.ID, "")...).Name
	if !d.Erased.IsZero() {
		line.Who = gov.ErasedName
	}
	return line, nil
}

// SubjectOf gives what the store holds of a person, which is written down.
func (a *App) SubjectOf(ctx context.Context, p access.Principal, id gov.ID) (v SubjectView, err error) {
	if err := permit(p, access.AccountsManage); err != nil {
		return v, err
	}
	err = a.view(ctx, p, access.AccountsManage, func(tx gov.Tx) (err error) {
		v, err = a.subject(ctx, tx, p, id)
		return err
	})
	if err != nil {
		return v, err
	}
	return v, a.look(ctx, p, access.AccountsManage, act{"person.look", "person", id})
}

// OwnPersonal gives what the store holds of the principal himself.
func (a *App) OwnPersonal(ctx context.Context, p access.Principal) (v SubjectView, err error) {
	err = a.view(ctx, p, access.LoggedIn, func(tx gov.Tx) (err error) {
		v, err = a.subject(ctx, tx, p, gov.ID(p.Account))
		return err
	})
	return v, err
}

func (a *App) subject(ctx context.Context, tx gov.Tx, p access.Principal, id gov.ID) (v SubjectView, err error) {
	r := gov.Realm(p.Realm)
	acc, err := tx.Account(ctx, r, id)
	switch {
	case err == nil:
		v.Login, v.Own = acc.Login, string(acc.ID) == p.Account
		if v.Roles, err = a.rolesOf(ctx, tx, r, acc.ID); err != nil {
			return v, err
		}
		agency, err := tx.Agency(ctx, r, acc.Agency)
		if err != nil {
			return v, err
		}
		v.Agency = agency.Name
	case !gov.IsNotFound(err):
		return v, err
	}
	known := err == nil
	d, err := tx.DataSubject(ctx, r, id)
	if gov.IsNotFound(err) && known { // made by an older version, and nothing personal but the name
		d, err = gov.DataSubject{Realm: r, ID: id, Kind: gov.SubjectAccount}, nil
	}
	if err != nil {
		return v, err
	}
	if v.Fields, err = a.sealed.open(d); err != nil {
		return v, err
	}
	if v.Fields.Name == "" && d.Erased.IsZero() {
		v.Fields.Name = acc.Name
	}
	v.Fields = v.Fields.Masked(audiences(p, id, acc.Agency)...)
	v.DataSubject = d
	v.Key, v.Sealed = "", ""
	list, err := tx.PersonalRequests(ctx, r, gov.PersonalRequestQuery{Person: id})
	for _, q := range list {
		line, err := a.requestLine(ctx, tx, p, q)
		if err != nil {
			return v, err
		}
		v.Requests = append(v.Requests, line)
	}
	return v, err
}

// maxWords bounds what a request says, in bytes; mostOpen bounds how many a person may have open by himself.
const (
	maxWords = 4000
	mostOpen = 5
)

// Ask writes down what the principal asks for about his own data.
func (a *App) Ask(ctx context.Context, p access.Principal, kind gov.RequestKind, words string) error {
	return a.update(ctx, p, access.LoggedIn, func(tx gov.Tx, s gov.Stamp) (act, error) {
		open, err := tx.PersonalRequests(ctx, gov.Realm(p.Realm), gov.PersonalRequestQuery{Person: gov.ID(p.Account), State: gov.RequestOpen})
		if err != nil {
			return act{}, err
		}
		if len(open) >= mostOpen {
			return act{}, gov.Errorf(gov.Limited, "error.requests_open", mostOpen)
		}
		id, err := a.putRequest(ctx, tx, p, s, RequestInput{Person: gov.ID(p.Account), Kind: kind, Words: words})
		return act{"personal.ask", "personal_request", id}, err
	})
}

// RecordRequest writes down a request that came to the office: by an account's holder, by somebody who is known, or by somebody new.
func (a *App) RecordRequest(ctx context.Context, p access.Principal, in RequestInput) (id gov.ID, err error) {
	err = a.update(ctx, p, access.AccountsManage, func(tx gov.Tx, s gov.Stamp) (act, error) {
		if in := &in; in.Person == "" && loginName(in.Login) != "" {
			acc, err := tx.AccountByLogin(ctx, loginName(in.Login))
			if err == nil && acc.Realm != gov.Realm(p.Realm) || gov.IsNotFound(err) {
				err = gov.Errorf(gov.Invalid, "error.personal_no_account", in.Login)
			}
			if err != nil {
				return act{}, err
			}
			in.Person = acc.ID
		}
		id, err = a.putRequest(ctx, tx, p, s, in)
		return act{"personal.record", "personal_request", id}, err
	})
	return id, err
}

func (a *App) putRequest(ctx context.Context, tx gov.Tx, p access.Principal, s gov.Stamp, in RequestInput) (gov.ID, error) {
	if !slices.Contains(gov.RequestKinds, in.Kind) {
		return "", gov.Errorf(gov.Invalid, "error.form_unreadable")
	}
	if in.Received == "" {
		in.Received = a.Today()
	}
	if !in.Received.Valid() || in.Received > a.Today() {
		return "", gov.Errorf(gov.Invalid, "error.personal_received", string(in.Received))
	}
	if len(in.Words) > maxWords {
		return "", gov.Errorf(gov.Invalid, "error.personal_words", maxWords)
	}
	d, err := a.asker(ctx, tx, p, s, in)
	if err != nil {
		return "", err
	}
	q := gov.PersonalRequest{Realm: d.Realm, ID: gov.NewID(s.At), Person: d.ID, Kind: in.Kind, Received: in.Received, State: gov.RequestOpen, Recorded: s}
	if q.Due, q.Law, err = a.dueDay(in.Received); err != nil {
		return "", err
	}
	if q.Sealed, err = a.sealed.sealText(d, in.Words); err != nil {
		return "", err
	}
	return q.ID, tx.CreatePersonalRequest(ctx, q)
}

// asker finds the person who asks, or writes him down.
func (a *App) asker(ctx context.Context, tx gov.Tx, p access.Principal, s gov.Stamp, in RequestInput) (gov.DataSubject, error) {
	if in.Person == "" {
		fields := in.Fields.Trim()
		if fields.Name == "" {
			return gov.DataSubject{}, gov.Errorf(gov.Invalid, "error.personal_who")
		}
		if err := fields.Check(); err != nil {
			return gov.DataSubject{}, err
		}
		d := gov.DataSubject{Realm: gov.Realm(p.Realm), ID: gov.NewID(s.At.Add(time.Microsecond)), Kind: gov.SubjectContact, Since: s.At}
		if err := a.sealed.seal(&d, fields); err != nil {
			return d, err
		}
		return d, tx.PutDataSubject(ctx, d)
	}
	d, err := tx.DataSubject(ctx, gov.Realm(p.Realm), in.Person)
	switch {
	case err != nil:
		return d, err
	case !d.Erased.IsZero():
		return d, gov.Errorf(gov.Conflict, "error.person_erased")
	case d.Kind == gov.SubjectContact && !d.Ended.IsZero(): // he is here again
		d.Ended = time.Time{}
		err = tx.PutDataSubject(ctx, d)
	}
	return d, err
}

// ruleOfRequests is the time limit of package calendar under which requests are answered.
const ruleOfRequests = "personal_data_request"

// dueDay is the last day on which a request is answered in time, and by which law; both are empty where no rule was in force.
func (a *App) dueDay(received gov.Day) (gov.Day, string, error) {
	day, err := calendar.ParseDay(string(received))
	if err != nil {
		return "", "", gov.Errorf(gov.Invalid, "error.personal_received", string(received)).Because(err)
	}
	days, rules, err := a.calendar()
	if err != nil {
		return "", "", err
	}
	rule, err := rules.At(ruleOfRequests, day)
	if errors.Is(err, calendar.ErrRule) {
		return "", "", nil
	} else if err != nil {
		return "", "", err
	}
	due, err := days.DueByRule(rules, ruleOfRequests, day)
	return gov.Day(due.Day.String()), rule.Law, err
}

// SettleRequest ends a request: it was done, or refused on a ground of gov.Grounds. Erasing and correcting themselves are EraseSubject and
// CorrectSubject.
func (a *App) SettleRequest(ctx context.Context, p access.Principal, id gov.ID, ground gov.Ground) error {
	return a.update(ctx, p, access.AccountsManage, func(tx gov.Tx, s gov.Stamp) (act, error) {
		q, err := tx.PersonalRequest(ctx, gov.Realm(p.Realm), id)
		if err != nil {
			return act{}, err
		}
		action := "personal.settle"
		q.State, q.Settled = gov.RequestDone, s
		if ground != "" {
			if !slices.Contains(gov.Grounds, ground) {
				return act{}, gov.Errorf(gov.Invalid, "error.form_unreadable")
			}
			action, q.State, q.Ground = "personal.refuse", gov.RequestRefused, ground
		} else if q.Kind == gov.RequestErase {
			return act{}, gov.Errorf(gov.Conflict, "error.personal_not_erased")
		}
		return act{action, "personal_request", q.ID}, errors.Join(tx.SettlePersonalRequest(ctx, q), a.endContact(ctx, tx, q, s))
	})
}

// endContact notes that nothing of a person without account is open any more: from now on it is a question of time how long he is kept.
func (a *App) endContact(ctx context.Context, tx gov.Tx, q gov.PersonalRequest, s gov.Stamp) error {
	d, err := tx.DataSubject(ctx, q.Realm, q.Person)
	if err != nil || d.Kind != gov.SubjectContact || !d.Erased.IsZero() {
		return err
	}
	open, err := tx.PersonalRequests(ctx, q.Realm, gov.PersonalRequestQuery{Person: d.ID, State: gov.RequestOpen})
	if err != nil || len(open) > 0 {
		return err
	}
	d.Ended = s.At
	return tx.PutDataSubject(ctx, d)
}

// CorrectSubject writes the personal fields of a person anew.
func (a *App) CorrectSubject(ctx context.Context, p access.Principal, id gov.ID, fields gov.Personal) error {
	if err := a.permitFresh(p, access.AccountsManage); err != nil {
		return err
	}
	fields = fields.Trim()
	if err := fields.Check(); err != nil {
		return err
	}
	return a.update(ctx, p, access.AccountsManage, func(tx gov.Tx, s gov.Stamp) (act, error) {
		r := gov.Realm(p.Realm)
		d, err := tx.DataSubject(ctx, r, id)
		if err != nil {
			return act{}, err
		}
		if !d.Erased.IsZero() {
			return act{}, gov.Errorf(gov.Conflict, "error.person_erased")
		}
		if fields.Name == "" {
			return act{}, gov.Errorf(gov.Invalid, "error.personal_who")
		}
		if err := a.sealed.seal(&d, fields); err != nil {
			return act{}, err
		}
		return act{"person.correct", "person", id}, tx.PutDataSubject(ctx, d)
	})
}

// who names the person of an account beside what he did: by his name within his agency, elsewhere by the office with the name masked.
func (b *builder) who(acc gov.Account) (string, error) {
	if acc.Name == "" || acc.Name == gov.ErasedName || acc.Agency == b.agency {
		return acc.Name, nil
	}
	agency, err := b.tx.Agency(b.ctx, acc.Realm, acc.Agency)
	if err != nil && !gov.IsNotFound(err) {
		return "", err
	}
	return strings.Trim(gov.Personal{Name: acc.Name}.Masked().Name+", "+agency.Name, ", "), nil
}
