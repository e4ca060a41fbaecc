package gov

// A Baseline says who set a target. One value may meet one baseline and miss another, so they are never mixed.
type Baseline string

// The baselines; an open one is shown as a gap.
const (
	BaselineOpen     Baseline = ""
	BaselineProvince Baseline = "province" // giao của tỉnh
	BaselineCouncil  Baseline = "council"  // HĐND giao
	BaselineCongress Baseline = "congress" // nghị quyết đại hội
	BaselineOwn      Baseline = "own"      // kế hoạch của đơn vị
)

// A Target is what a unit has to reach, with its baseline. It is revised by a new target that supersedes it.
type Target struct {
	Realm   Realm
	ID      ID
	Session ID
	Claim
	Baseline     Baseline
	Entered      Stamp
	Confirmed    Stamp
	SupersededBy ID
}
