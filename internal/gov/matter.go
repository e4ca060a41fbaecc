package gov

import (
	"slices"
	"time"
)

// A MatterKind says what somebody owes somebody.
type MatterKind string

// The kinds of matters that a session gives rise to.
const (
	Difficulty     MatterKind = "difficulty"     // khó khăn, vướng mắc: no clock; linked to what answers it
	Recommendation MatterKind = "recommendation" // kiến nghị, đề xuất
	Directive      MatterKind = "directive"      // kết luận, ý kiến chỉ đạo
	Task           MatterKind = "task"           // nhiệm vụ
	Commitment     MatterKind = "commitment"     // cam kết, phương hướng của đơn vị
)

// MatterKinds lists the kinds in the order in which pages show them.
var MatterKinds = []MatterKind{Difficulty, Recommendation, Directive, Task, Commitment}

// A Matter is one thing that was said and has to be followed: where it comes from, who is to do what by when, how far it is.
type Matter struct {
	Realm        Realm
	ID           ID
	Kind         MatterKind
	Session      ID
	Text         string // the clause, as written or as a person corrected it
	Topic        string
	Source       Source
	By           string // the office or unit that says it; never a person's name
	Parties      []Party
	DueWords     string  // the words of the text; empty: "không có thời hạn trong văn bản"
	Due          Day     // the last day, with what was extended; empty: vague or not computed ("không hạn")
	FirstDue     Day     // the last day before any extension
	Finished     Day     // the day on which the result was handed in that was confirmed; empty: not finished
	Product      string  // what has to lie on the table; empty: a gap
	Cause        Cause   // why it is late, where somebody said so
	Field        string  // lĩnh vực; empty: not said
	Level        Level   // of a recommendation: which level is competent
	Funding      Funding // of a recommendation: whether there is money for what it asks
	Strength     Strength
	Past         bool
	Answers      string // words of the recommendation that a directive answers
	State        State
	Origin       ID     // a task's directive, a child task's parent task
	Parent       ID     // the task that this one is a part of; province totals count what has none
	Parts        int    // how many parts it has; agency tables count what has none
	PartLate     bool   // one of its parts ended late
	AssignedBy   string // number of the document that assigns a task; empty while it waits for one
	Opened       Day    // day of the session
	Created      Stamp
	SupersededBy ID  // the matter that replaces it, or the review that dropped it; empty: in force
	Version      int // counts changes; a change made on an older version is refused
}

// A Role is what a party has to do with a matter.
type Role string

// The roles. RoleUnit names the units on whose pages the matter stands; a directive for five units has five of them and is
// still one matter.
const (
	RoleUnit        Role = "unit"
	RoleAddressee   Role = "addressee" // whom a recommendation asks
	RoleAssignee    Role = "assignee"
	RoleLead        Role = "lead" // chủ trì: at most one
	RoleCoordinator Role = "coordinator"
	RoleMonitor     Role = "monitor"  // theo dõi, đôn đốc
	RoleAssigner    Role = "assigner" // the office that assigned: it confirms, returns, extends, withdraws
)

// A Level is the tier that can decide what is asked.
type Level string

// The levels.
const (
	LevelOpen     Level = ""
	LevelCommune  Level = "commune"
	LevelProvince Level = "province"
	LevelCentral  Level = "central"
)

// Levels lists the tiers in the order in which a form offers them.
var Levels = []Level{LevelCommune, LevelProvince, LevelCentral}

// A Funding says whether there is money for what is asked.
type Funding string

// The fundings.
const (
	FundingOpen Funding = "" // nobody said so
	Funded      Funding = "funded"
	Unfunded    Funding = "unfunded"
	NoFunding   Funding = "none" // needs none
)

// Fundings lists them in the order in which a form offers them.
var Fundings = []Funding{Funded, Unfunded, NoFunding}

// A Cause says on whose side the reason of a delay lies.
type Cause string

// The causes.
const (
	CauseOpen        Cause = ""
	CauseUnit        Cause = "unit"
	CauseCoordinator Cause = "coordinator"
	CauseHigher      Cause = "higher"
	CauseCitizen     Cause = "citizen"
	CauseSystem      Cause = "system" // another system than this
)

// Causes lists the causes in the order in which a form offers them.
var Causes = []Cause{CauseUnit, CauseCoordinator, CauseHigher, CauseCitizen, CauseSystem}

// A Party is a body named in a matter: an agency by the words of the text and, where it is settled, the unit it belongs to.
type Party struct {
	Role   Role
	Name   string
	Unit   UnitKey
	Agency ID
}

// Lead is the name of the body that leads, empty where the text names none ("chưa rõ cơ quan chủ trì").
func (m Matter) Lead() string { return firstName(m.Parties, RoleLead) }

// Names lists the names of the parties in a role.
func (m Matter) Names(r Role) []string {
	var names []string
	for _, p := range m.Parties {
		if p.Role == r {
			names = append(names, p.Name)
		}
	}
	return names
}

// Units lists the units on whose pages the matter stands, each once.
func (m Matter) Units() []UnitKey {
	var keys []UnitKey
	for _, p := range m.Parties {
		if p.Role == RoleUnit && !p.Unit.Zero() {
			keys = append(keys, p.Unit)
		}
	}
	return keys
}

func firstName(ps []Party, r Role) string {
	for _, p := range ps {
		if p.Role == r {
			return p.Name
		}
	}
	return ""
}

// TaskOf is the task that a directive gives rise to: the same words, parties and days, open where the document assigns work in law
// and waiting for one that does where it is a press text. It is the directive that answers a recommendation, not the task.
func TaskOf(directive Matter, doc Document, id ID, s Stamp) Matter {
	t := directive
	t.ID, t.Kind, t.Origin, t.Answers, t.Created, t.Version, t.FirstDue = id, Task, directive.ID, "", s, 1, directive.Due
	t.State, t.Parties = FirstState(Task, doc.Kind.Assigns()), slices.Clone(directive.Parties)
	if doc.Kind.Assigns() {
		t.AssignedBy = doc.Number
	}
	return t
}

// GoOn is a new task in the state of the one that it replaces: how far it is, what was extended and settled stays.
func (m Matter) GoOn(old Matter) Matter {
	if old.State != AwaitingDocument {
		m.State, m.AssignedBy = old.State, old.AssignedBy
	}
	m.Finished, m.Cause = old.Finished, old.Cause
	if old.Due != "" {
		m.Due, m.FirstDue = old.Due, old.FirstDue
	}
	if m.Product == "" {
		m.Product = old.Product
	}
	return m
}

// A MatterEvent is one step of a matter. Events are only ever added.
type MatterEvent struct {
	Realm    Realm
	Matter   ID
	Seq      int // 1, 2, 3 … within the matter
	At       time.Time
	By       ID // account
	Action   Action
	From, To State
	Note     string
	Document ID  // the document that the step rests on, where there is one
	DueFrom  Day // where the step moved the due day: from which
	DueTo    Day // and to which
}

// A Link ties two matters: a directive answers a recommendation, one was raised again as another, two ask the same or do not.
type Link struct {
	Realm Realm
	From  ID
	To    ID
	Kind  LinkKind
}

// A LinkKind says how one matter stands to another.
type LinkKind string

// The links.
const (
	LinkAnswers LinkKind = "answers" // From (a directive) answers To (a recommendation)
	LinkRepeats LinkKind = "repeats" // From says To again
	LinkSimilar LinkKind = "similar" // From asks what To asks, of another unit: a person gathered them
	LinkApart   LinkKind = "apart"   // a person said that From and To are not the same, whatever their words
)

// A MatterFile is a product or a piece of evidence that was handed in with a step. Its bytes are kept by their SHA-256.
type MatterFile struct {
	Realm  Realm
	Matter ID
	Seq    int // the event with which it came; given by the store
	SHA256 string
	Name   string
	Format string
	Size   int64
}

// A MatterBatch is new matters that are written together, with their steps in the order in which they were taken and links among them or to others.
type MatterBatch struct {
	Matters []Matter
	Events  []MatterEvent // of these matters; Seq is given by the store
	Links   []Link
}

// AlsoSaid is a further source of a record: a second document that says the same. Nothing is doubled by it.
type AlsoSaid struct {
	Realm  Realm
	Noun   string // "figure", "target" or "matter"
	Record ID
	Source Source
}
