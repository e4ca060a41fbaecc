package gov

// An OwedQuery asks for matters of a kind that are still owed and in which one of some bodies has one of some roles. Of a task of several parts, the parts
// are found and not the whole.
type OwedQuery struct {
	Kind   MatterKind
	Roles  []Role
	Places []string // as MatterQuery.Place; none: nothing is found
	States []State  // empty: all
	From   Day      // due on this day or later; empty: whenever
	Until  Day      // due on this day or earlier; empty: whenever, without a day too
	Limit  int      // of a list 0: 50; of a count 0: all
}
