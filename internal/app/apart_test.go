package app

import (
	"testing"

	"haicap/internal/access"
	"haicap/internal/gov"
	books "haicap/internal/register"
)

func TestStanding(t *testing.T) {
	t.Parallel()
	a := New(Config{Units: func() (gov.Units, error) { return books.Load() }})
	ward, other, province := gov.UnitKey{Code: "07909", From: "2025-07-01"}, gov.UnitKey{Code: "08848", From: "2025-07-01"}, gov.UnitKey{Code: "25", From: "2025-07-01"}
	units, err := a.units()
	if err != nil {
		t.Fatal(err)
	}
	origins := units.Origins(ward)
	if len(origins) == 0 {
		t.Fatal("the ward was made of nothing")
	}
	grant := func(role access.Role, k gov.UnitKey, all bool) access.Grant {
		return access.Grant{Role: role, Agency: "x", Code: k.Code, From: string(k.From), All: all}
	}
	for _, c := range []struct {
		what string
		g    access.Grant
		perm access.Permission
		unit gov.UnitKey
		want bool
	}{
		{"the ward's leader", grant(access.Leader, ward, false), access.FiguresConfirm, ward, true},
		{"the ward's leader, a unit that it was made of", grant(access.Leader, ward, false), access.FiguresConfirm, origins[0].Old, true},
		{"another ward's leader", grant(access.Leader, other, false), access.FiguresConfirm, ward, false},
		{"the province's leader", grant(access.Leader, province, true), access.FiguresConfirm, ward, false},
		{"the province's leader, its own", grant(access.Leader, province, true), access.FiguresConfirm, province, true},
		{"the province's analyst", grant(access.Analyst, province, true), access.FiguresVerify, ward, true},
		{"an office of the province that is not the installation's", grant(access.Analyst, province, false), access.FiguresVerify, ward, true},
		{"the ward's analyst", grant(access.Analyst, ward, false), access.FiguresVerify, ward, false},
		{"another ward's analyst", grant(access.Analyst, other, false), access.FiguresVerify, ward, false},
		{"a grant without the permission", grant(access.Clerk, province, true), access.FiguresVerify, ward, false},
		{"a grant for documents only", access.Grant{Role: access.Leader, Agency: "x"}, access.FiguresConfirm, ward, false},
		{"the ward's clerk", grant(access.Clerk, ward, false), access.FiguresEnter, ward, true},
		{"another ward's clerk", grant(access.Clerk, other, false), access.FiguresEnter, ward, false},
	} {
		if got, err := a.serves(c.g, c.perm, c.unit); err != nil || got != c.want {
			t.Errorf("%s: %s is %v, %v", c.what, c.perm, got, err)
		}
	}
}
