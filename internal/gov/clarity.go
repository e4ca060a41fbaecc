package gov

import "strings"

// A Clear is one of the six "rõ" that a task has to have: who, what, whose duty, by what authority, by when, with what result. They are asked
// when a directive becomes a task; what is missing is shown as a gap and filled by nobody but a person.
type Clear string

// The six. The wording "6 rõ" is common, its order varies (domain facts §1 [U]); this is the order in which pages show them.
const (
	ClearPeople    Clear = "people"    // rõ người
	ClearWork      Clear = "work"      // rõ việc
	ClearDuty      Clear = "duty"      // rõ trách nhiệm
	ClearAuthority Clear = "authority" // rõ thẩm quyền
	ClearTime      Clear = "time"      // rõ thời gian
	ClearResult    Clear = "result"    // rõ kết quả, sản phẩm
)

// Six lists the six in order.
var Six = []Clear{ClearPeople, ClearWork, ClearDuty, ClearAuthority, ClearTime, ClearResult}

// Clarity says which of the six a task has.
func (m Matter) Clarity() map[Clear]bool {
	bodies := len(m.Names(RoleLead)) + len(m.Names(RoleAssignee))
	return map[Clear]bool{
		ClearPeople: bodies > 0 && !m.groupOnly(),
		ClearWork:   strings.TrimSpace(m.Text) != "",
		// Exactly one body answers for it: a lead is named, the only body is it, or each body has a part of its own.
		ClearDuty:      len(m.Names(RoleLead)) == 1 || len(m.Names(RoleAssignee)) == 1 && !m.groupOnly() || m.Parts > 0,
		ClearAuthority: m.AssignedBy != "",
		ClearTime:      m.Due != "",
		ClearResult:    strings.TrimSpace(m.Product) != "",
	}
}

// Gaps lists which of the six are missing, in order.
func (m Matter) Gaps() []Clear {
	var gaps []Clear
	has := m.Clarity()
	for _, c := range Six {
		if !has[c] {
			gaps = append(gaps, c)
		}
	}
	return gaps
}

// groupOnly reports whether all that is named is a group ("các xã, phường"): nobody can be asked by that name.
func (m Matter) groupOnly() bool {
	for _, p := range m.Parties {
		if (p.Role == RoleLead || p.Role == RoleAssignee) && !IsGroup(p.Name) {
			return false
		}
	}
	return true
}

// groupWords begin the name of a group of bodies.
var groupWords = []string{"các ", "những ", "toàn thể ", "tất cả ", "từng ", "mỗi ", "cả "}

// IsGroup reports whether a name is that of a group of bodies and not of one.
func IsGroup(name string) bool {
	n := strings.ToLower(strings.TrimSpace(name)) + " "
	for _, w := range groupWords {
		if strings.HasPrefix(n, w) {
			return true
		}
	}
	return false
}
