package gov

import (
	"context"
	"time"
)

// A Store keeps the books. View gives a consistent picture and changes nothing. Update is all or nothing, and its function may
// run twice (PostgreSQL retries a serialization failure), so it must have no effect outside the transaction.
type Store interface {
	View(ctx context.Context, f func(tx Tx) error) error
	Update(ctx context.Context, f func(tx Tx) error) error
	Close() error
}

// Tx joins the ports of all nouns within one transaction. Every method that takes no realm finds it in its record. Missing
// records are NotFound; a duplicate key or a stale Version is Conflict.
type Tx interface {
	// Within gives the same transaction bounded by a reach: what is beyond it cannot be read, listed, counted or found, as if it were not
	// there, and cannot be written. Use cases get a bounded one; only package app's view and update make it.
	Within(r Reach) Tx

	Holdings
	Agencies
	Accounts
	Grants
	Logins
	Tickets
	Factors
	Subjects
	Throttles
	DataSubjects
	Documents
	Reviews
	Sessions
	Figures
	Reports
	Entries
	Targets
	Matters
	Plans
	SavedViews
	SearchIndex
	Audits
	Jobs
	Letters
	Reminders
}

// Holdings keeps the realms of a store.
type Holdings interface {
	CreateHolding(ctx context.Context, h Holding) error // Conflict where the realm exists
	Holdings(ctx context.Context) ([]Holding, error)    // by realm
}

// Agencies keeps agencies.
type Agencies interface {
	CreateAgency(ctx context.Context, a Agency) error
	Agency(ctx context.Context, r Realm, id ID) (Agency, error)
	// AgencyByName finds by folded name and unit code; NotFound where there is none.
	AgencyByName(ctx context.Context, r Realm, name, unitCode string) (Agency, error)
	Agencies(ctx context.Context, r Realm) ([]Agency, error) // by folded name, id
	// EndAgency writes the first day on which an agency is no longer in force; empty: it goes on.
	EndAgency(ctx context.Context, r Realm, id ID, to Day) error
}

// Accounts keeps who can log in. Login names are unique in the whole store.
type Accounts interface {
	CreateAccount(ctx context.Context, a Account) error
	Account(ctx context.Context, r Realm, id ID) (Account, error)
	AccountByLogin(ctx context.Context, login string) (Account, error)
	UpdateAccount(ctx context.Context, a Account) error
	Accounts(ctx context.Context, r Realm) ([]Account, error) // by login
}

// Grants keeps what roles accounts were given, and who stands in for whom. Nothing is deleted.
type Grants interface {
	CreateGrant(ctx context.Context, g Grant) error
	Grant(ctx context.Context, r Realm, id ID) (Grant, error)
	GrantsOf(ctx context.Context, r Realm, account ID) ([]Grant, error) // ended ones too, the oldest first
	EndGrant(ctx context.Context, r Realm, id ID, s Stamp) error        // Conflict where it was ended already

	CreateDeputy(ctx context.Context, d Deputy) error
	Deputy(ctx context.Context, r Realm, id ID) (Deputy, error)
	DeputiesOf(ctx context.Context, r Realm, account ID) ([]Deputy, error) // who stands in for the account, as GrantsOf
	DeputyFor(ctx context.Context, r Realm, deputy ID) ([]Deputy, error)   // for whom the account stands in, as GrantsOf
	EndDeputy(ctx context.Context, r Realm, id ID, s Stamp) error          // as EndGrant
}

// Logins keeps the browsers that are logged in, and those from which somebody has logged in before.
type Logins interface {
	CreateLogin(ctx context.Context, l Login) error
	Login(ctx context.Context, hash string) (Login, error)
	SeeLogin(ctx context.Context, hash string, seen time.Time) error    // no error where there is none
	LoginsOf(ctx context.Context, r Realm, account ID) ([]Login, error) // the latest seen first
	DeleteLogin(ctx context.Context, hash string) error                 // no error where there is none
	// DeleteLoginsOf ends the logins of an account, all but one (empty: all).
	DeleteLoginsOf(ctx context.Context, r Realm, account, but ID) error
	DeleteLoginsUntil(ctx context.Context, t time.Time) error

	// KnowDevice keeps the hash of a token by which a browser is known again.
	KnowDevice(ctx context.Context, r Realm, account ID, hash string, until time.Time) error
	KnowsDevice(ctx context.Context, r Realm, account ID, hash string, now time.Time) (bool, error)
	ForgetDevices(ctx context.Context, r Realm, account ID, until time.Time) error // those that end until then
}

// Tickets keeps promises that are kept once.
type Tickets interface {
	CreateTicket(ctx context.Context, t Ticket) error
	// Ticket is NotFound where there is none of the kind or its time has passed.
	Ticket(ctx context.Context, k TicketKind, hash string, now time.Time) (Ticket, error)
	DeleteTicket(ctx context.Context, hash string) error
	DeleteTicketsOf(ctx context.Context, r Realm, account ID, k TicketKind) error
	DeleteTicketsUntil(ctx context.Context, t time.Time) error
}

// Factors keeps by what else than a password people show who they are.
type Factors interface {
	SetCodeFactor(ctx context.Context, f CodeFactor) error // again replaces
	CodeFactor(ctx context.Context, r Realm, account ID) (CodeFactor, error)
	DeleteCodeFactor(ctx context.Context, r Realm, account ID) error // with its recovery codes
	// SetRecoveryCodes replaces the hashes of an account's recovery codes.
	SetRecoveryCodes(ctx context.Context, r Realm, account ID, hashes []string) error
	UseRecoveryCode(ctx context.Context, r Realm, account ID, hash string) error // NotFound where it is not there, or no more
	CountRecoveryCodes(ctx context.Context, r Realm, account ID) (int, error)

	CreatePasskey(ctx context.Context, k Passkey) error
	Passkeys(ctx context.Context, r Realm, account ID) ([]Passkey, error) // the oldest first
	UpdatePasskey(ctx context.Context, k Passkey) error                   // record and used
	DeletePasskey(ctx context.Context, r Realm, account ID, id string) error
}

// Subjects keeps who is who at a single sign-on.
type Subjects interface {
	CreateSubject(ctx context.Context, s Subject) error // Conflict where somebody has it
	Subject(ctx context.Context, issuer, subject string) (Subject, error)
	SubjectsOf(ctx context.Context, r Realm, account ID) ([]Subject, error)
	DeleteSubjectsOf(ctx context.Context, r Realm, account ID) error
}

// Throttles keeps, for whatever is slowed down, until when it is charged; it is free again then.
type Throttles interface {
	Throttle(ctx context.Context, key string) (time.Time, error) // the zero time where nothing is charged
	SetThrottle(ctx context.Context, key string, until time.Time) error
	DeleteThrottlesUntil(ctx context.Context, t time.Time) error
}

// DataSubjects keeps the people whose personal data there are, what is personal of them sealed, and what they ask for.
type DataSubjects interface {
	// PutDataSubject writes fields, key and Ended of a person, who may be new; Conflict where the person was erased.
	PutDataSubject(ctx context.Context, s DataSubject) error
	DataSubject(ctx context.Context, r Realm, id ID) (DataSubject, error)
	DataSubjects(ctx context.Context, r Realm, k SubjectKind) ([]DataSubject, error) // by id
	ErasedSubjects(ctx context.Context, r Realm) ([]DataSubject, error)              // by the instant, id
	// EraseDataSubject destroys a person's key, fields and the words of all requests for good; id and instant stay. Twice is once.
	EraseDataSubject(ctx context.Context, r Realm, id ID, at time.Time) error

	CreatePersonalRequest(ctx context.Context, p PersonalRequest) error // NotFound where there is no such person
	PersonalRequest(ctx context.Context, r Realm, id ID) (PersonalRequest, error)
	// SettlePersonalRequest writes state, ground and Settled of an open request; Conflict where it is open no more.
	SettlePersonalRequest(ctx context.Context, p PersonalRequest) error
	// PersonalRequests lists open ones with the earliest due day first, any others with the latest first.
	PersonalRequests(ctx context.Context, r Realm, q PersonalRequestQuery) ([]PersonalRequest, error)
}

// A Page asks for a stretch of a list: at most Limit rows (0: 50) after the cursor (empty: from the start).
type Page struct {
	After string
	Limit int
}

// Documents keeps the documents book.
type Documents interface {
	CreateDocument(ctx context.Context, d Document) error
	Document(ctx context.Context, r Realm, id ID) (Document, error)
	// DocumentByBlob finds the holder's own document with these bytes; NotFound where there is none.
	DocumentByBlob(ctx context.Context, r Realm, holder ID, blob string) (Document, error)
	UpdateDocument(ctx context.Context, d Document) error // head only: title, kind, date, number, issuer, source
	// Documents lists a holder's documents (empty: all within reach), newest first (by id), and the cursor of the next page (empty: no more).
	Documents(ctx context.Context, r Realm, holder ID, p Page) ([]Document, string, error)
}

// Reviews keeps reviews and their drafts.
type Reviews interface {
	CreateReview(ctx context.Context, v Review, drafts []Draft) error
	Review(ctx context.Context, r Realm, id ID) (Review, error)
	// ReviewsOf lists the reviews of a document, newest first.
	ReviewsOf(ctx context.Context, r Realm, document ID) ([]Review, error)
	// OpenReviews lists a holder's open reviews (empty: all within reach), oldest first.
	OpenReviews(ctx context.Context, r Realm, holder ID, limit int) ([]Review, error)
	// UpdateReview writes all but the reading; v.Version is the version that was read, Conflict where it moved on.
	UpdateReview(ctx context.Context, v Review) error
	Drafts(ctx context.Context, r Realm, review ID) ([]Draft, error) // by seq, id
	Draft(ctx context.Context, r Realm, review, id ID) (Draft, error)
	CreateDraft(ctx context.Context, d Draft) error
	UpdateDraft(ctx context.Context, d Draft) error // optimistic, like UpdateReview
}

// Sessions keeps sessions and which documents write them up.
type Sessions interface {
	CreateSession(ctx context.Context, s Session) error
	UpdateSession(ctx context.Context, s Session) error
	Session(ctx context.Context, r Realm, id ID) (Session, error)
	// Sessions lists sessions, newest day first, of one day the one made last first; unit narrows to one unit code (empty: all).
	Sessions(ctx context.Context, r Realm, unit string, p Page) ([]Session, string, error)
	// SessionsOn lists the sessions of a day that share at least one unit code with codes.
	SessionsOn(ctx context.Context, r Realm, day Day, codes []string) ([]Session, error)
	LinkDocument(ctx context.Context, r Realm, session, document ID) error // twice is once
	DocumentsOf(ctx context.Context, r Realm, session ID) ([]ID, error)
	SessionsOfDocument(ctx context.Context, r Realm, document ID) ([]ID, error)
}

// A FigureQuery narrows a list of figures or targets; empty fields do not narrow.
type FigureQuery struct {
	Unit      string // code
	Indicator string
	Period    Period
	Session   ID
	Document  ID
	All       bool // with superseded ones
	Limit     int  // 0: no limit
}

// Figures keeps the figures book.
type Figures interface {
	CreateFigure(ctx context.Context, f Figure) error
	// CreateFigures writes many at once; their cells, too.
	CreateFigures(ctx context.Context, list []Figure) error
	// ImportFigures is CreateFigures for more than one would hold in memory: at gives the i-th of n, and is asked for each several times.
	ImportFigures(ctx context.Context, n int, at func(i int) Figure) error
	// UpdateFigureState writes the state and who confirmed and verified; Conflict where the figure is not in the state from any more.
	UpdateFigureState(ctx context.Context, f Figure, from FigureState) error
	// ClaimsOn lists the claims in force on the key's indicator, unit and period, of any scope and measure, by source day and id.
	ClaimsOn(ctx context.Context, r Realm, k CellKey) ([]Figure, error)
	HasCells(ctx context.Context, r Realm, p Period) (bool, error) // whether there is any cell of the period
	// Cells lists what counts, by period, indicator, unit, scope, measure.
	Cells(ctx context.Context, r Realm, q CellQuery) ([]FigureCell, error)
	// EachCell is Cells without a list: f must neither keep what it is given nor ask the store for something else.
	EachCell(ctx context.Context, r Realm, q CellQuery, f func(*FigureCell)) error
	Figure(ctx context.Context, r Realm, id ID) (Figure, error)
	// SupersedeFigure sets what replaces a figure; Conflict where something does already.
	SupersedeFigure(ctx context.Context, r Realm, id, by ID) error
	// Figures lists by indicator, period, source day, id.
	Figures(ctx context.Context, r Realm, q FigureQuery) ([]Figure, error)
	// CountFigures counts the figures in force by indicator.
	CountFigures(ctx context.Context, r Realm) (map[string]int, error)
}

// Reports keeps how far each report is, its steps, and the imports of figures.
type Reports interface {
	// PutReport writes a report and the step that made it so; Version is the one that was read (0: it is new), Conflict where it moved on.
	PutReport(ctx context.Context, r Report, e ReportEvent) error
	Report(ctx context.Context, r Realm, k ReportKey) (Report, error)
	Reports(ctx context.Context, r Realm, q ReportQuery) ([]Report, error) // by form, period, unit
	ReportEvents(ctx context.Context, r Realm, k ReportKey) ([]ReportEvent, error)
	CreateBatch(ctx context.Context, b Batch) error
	Batch(ctx context.Context, r Realm, id ID) (Batch, error)
}

// Entries keeps what a province edits on top of what the program comes with, each version of it.
type Entries interface {
	// PutEntry adds a version after the last one of the key and gives it back with its Seq.
	PutEntry(ctx context.Context, e Entry) (Entry, error)
	Entries(ctx context.Context, r Realm, k EntryKind) ([]Entry, error)                  // the last version of each key, by key
	EntryHistory(ctx context.Context, r Realm, k EntryKind, key string) ([]Entry, error) // oldest first
	// CountEntries counts all versions of a kind: as long as the number stays, nothing of the kind has changed.
	CountEntries(ctx context.Context, r Realm, k EntryKind) (int, error)
}

// Targets keeps the targets.
type Targets interface {
	CreateTarget(ctx context.Context, t Target) error
	CreateTargets(ctx context.Context, list []Target) error // many at once: all or none
	Target(ctx context.Context, r Realm, id ID) (Target, error)
	SupersedeTarget(ctx context.Context, r Realm, id, by ID) error
	// RestoreTarget puts a target in force again that from had replaced; Conflict where something else did.
	RestoreTarget(ctx context.Context, r Realm, id, from ID) error
	Targets(ctx context.Context, r Realm, q FigureQuery) ([]Target, error) // in the order of Figures
	// Goals lists what the targets in force ask for, by period, indicator, unit, id: without words, sources and stamps, as a scorecard needs them.
	Goals(ctx context.Context, r Realm, q CellQuery) ([]Target, error)
	EachGoal(ctx context.Context, r Realm, q CellQuery, f func(*Target)) error // Goals without a list, as EachCell
}

// A MatterQuery narrows a list of matters; empty fields do not narrow.
type MatterQuery struct {
	Kinds    []MatterKind
	States   []State
	Unit     string // code, in RoleUnit
	Session  ID
	Document ID
	Origin   ID
	All      bool // with superseded ones
	Newest   bool // latest opened day (or due day) first
	Page     Page

	// Place narrows to what a body has in a role: a unit's code for RoleUnit, else an agency's id or, where none is settled, the name. Of a task of
	// several parts, the parts are there and not the whole.
	Place     string
	PlaceRole Role
	Stand     Stand
	Parent    ID   // the parts of a task
	Top       bool // without parts of tasks
	Field     string
	Level     Level
	DueFrom   Day  // from this day on
	DueUntil  Day  // until this day, which counts
	NoDue     bool // only what has no due day
	ByDue     bool // sorted by due day instead of opened day, what has none last
}

// Matters keeps the matters book.
type Matters interface {
	CreateMatter(ctx context.Context, m Matter) error
	// CreateMatters writes many new ones at once, with their steps and links.
	CreateMatters(ctx context.Context, b MatterBatch) error
	Matter(ctx context.Context, r Realm, id ID) (Matter, error) // with its parties
	// UpdateMatter writes state, due, assigned-by, superseded-by and parties; optimistic by Version.
	UpdateMatter(ctx context.Context, m Matter) error
	// Matters lists with parties, by opened day (oldest first unless the query says Newest), then id.
	Matters(ctx context.Context, r Realm, q MatterQuery) ([]Matter, string, error)
	CountMatters(ctx context.Context, r Realm, q MatterQuery) (int, error)
	// TallyMatters counts by place and cell, in the order of places. The counts are kept as of a day; MoveTallies keeps them as of another one, which
	// changes what they cost to read on days near it, and nothing else.
	TallyMatters(ctx context.Context, r Realm, q TallyQuery) ([]PlaceTally, error)
	MoveTallies(ctx context.Context, r Realm, day Day) error
	AddEvent(ctx context.Context, e MatterEvent) error // Seq is given by the store
	Events(ctx context.Context, r Realm, matter ID) ([]MatterEvent, error)
	AddLink(ctx context.Context, l Link) error                     // twice is once
	Links(ctx context.Context, r Realm, matter ID) ([]Link, error) // from and to the matter
	// LinksOf lists the links of these kinds whose ends are both within reach, by From, To, Kind.
	LinksOf(ctx context.Context, r Realm, kinds ...LinkKind) ([]Link, error)
	// AddMatterFile adds a file to the matter's last event; the same one twice is once.
	AddMatterFile(ctx context.Context, f MatterFile) error
	MatterFiles(ctx context.Context, r Realm, matter ID) ([]MatterFile, error) // by Seq, name
	// EventsSince lists what happened with matters of a kind from an instant on, by At, matter, Seq.
	EventsSince(ctx context.Context, r Realm, k MatterKind, since time.Time) ([]MatterEvent, error)
	// EachAsked gives the recommendations in force that a query finds to f, one by one and in no order; f reads nothing in the transaction.
	EachAsked(ctx context.Context, r Realm, q AskedQuery, f func(AskedRow) error) error
	// AskedUnits gives the codes of the units of the recommendations in force that a query finds; of the query, Stand, Unit and IDs narrow.
	AskedUnits(ctx context.Context, r Realm, q AskedQuery) (map[ID][]string, error)
	// CountAsked counts recommendations in force by unit and field, and by field with each once, in no order.
	CountAsked(ctx context.Context, r Realm) (byUnit, whole []AskedCount, err error)
	AddAlsoSaid(ctx context.Context, a AlsoSaid) error
	AlsoSaid(ctx context.Context, r Realm, noun string, record ID) ([]AlsoSaid, error)
}

// Plans keeps programmes, recurring work and templates, and what became of their items.
type Plans interface {
	CreatePlan(ctx context.Context, p Plan) error
	Plan(ctx context.Context, r Realm, id ID) (Plan, error)                // in its version in force
	PlanAt(ctx context.Context, r Realm, id ID, version int) (Plan, error) // in any
	// ChangePlan writes the body as the version after p.Version; Conflict where that is no more the one in force.
	ChangePlan(ctx context.Context, p Plan) error
	SetPlanState(ctx context.Context, r Realm, id ID, from, to PlanState) error // Conflict where it is not in the state from
	Plans(ctx context.Context, r Realm, q PlanQuery) ([]Plan, string, error)    // newest first (by id), and the cursor of the next page
	AddPlanEvent(ctx context.Context, e PlanEvent) error                        // Seq is given by the store
	PlanEvents(ctx context.Context, r Realm, plan ID) ([]PlanEvent, error)
	// AddPlanTask keeps what became of an item in a period, unless there is something in force already; it says whether it did.
	AddPlanTask(ctx context.Context, k PlanTask) (bool, error)
	PlanTasks(ctx context.Context, r Realm, plan ID) ([]PlanTask, error)  // those that are gone too, by due day, item
	PlanTaskOf(ctx context.Context, r Realm, matter ID) (PlanTask, error) // of a plan within reach
	UndoPlanTask(ctx context.Context, k PlanTask) error                   // it is gone, and its period free again
}

// SavedViews keeps the lists that people come back to.
type SavedViews interface {
	CreateSavedView(ctx context.Context, v SavedView) error
	SavedView(ctx context.Context, r Realm, id ID) (SavedView, error)
	// SavedViews lists those of an account and of agencies, the oldest first; list narrows to one list (empty: all).
	SavedViews(ctx context.Context, r Realm, account ID, agencies []ID, list string) ([]SavedView, error)
	DeleteSavedView(ctx context.Context, r Realm, id ID) error // no error where there is none
}

// A SearchEntry is what search knows of a record. Holder narrows documents to the agency that holds them; empty: the realm.
type SearchEntry struct {
	Realm  Realm
	Noun   string // "document", "session", "matter", "figure"
	Record ID
	Holder ID
	Title  string
	Body   string
	Day    Day
}

// A SearchHit is one record found.
type SearchHit struct {
	Noun   string
	Record ID
	Title  string
	Body   string
	Day    Day
	Exact  bool // the words agree with their marks
}

// A SearchQuery is what somebody typed.
type SearchQuery struct {
	Words  string
	Holder ID // documents of this agency, besides what the whole realm may see
	Nouns  []string
	Limit  int // 0: 20
}

// SearchIndex finds records by words: folded to find, exact marks first, then newest.
type SearchIndex interface {
	Index(ctx context.Context, e SearchEntry) error // again replaces
	Search(ctx context.Context, r Realm, q SearchQuery) ([]SearchHit, error)
}

// Audits keeps the audit log: for each realm its lines, and the hashes of the Merkle tree over them as package tlog
// (golang.org/x/mod/sumdb/tlog) numbers them.
type Audits interface {
	// AppendAudit writes the line and its hashes after the realm's last one and gives it back with its Seq. Unavailable where the
	// lines and the hashes do not belong together any more: nothing is written on top of a log that somebody spoilt.
	AppendAudit(ctx context.Context, a AuditLine) (AuditLine, error)
	// AuditLines lists up to limit lines with Seq > after, in order.
	AuditLines(ctx context.Context, r Realm, after int64, limit int) ([]AuditLine, error)
	// FindAudit lists lines, newest first, and the cursor of the next page.
	FindAudit(ctx context.Context, r Realm, q AuditQuery) ([]AuditLine, string, error)
	AuditSize(ctx context.Context, r Realm) (int64, error) // the last line's Seq
	// AuditHashes gives the hashes of these numbers, in this order; NotFound where one is missing.
	AuditHashes(ctx context.Context, r Realm, indexes []int64) ([]AuditHash, error)
	// AuditTree lists up to limit hashes with Index >= from, in order.
	AuditTree(ctx context.Context, r Realm, from int64, limit int) ([]AuditHash, error)
}

// Jobs keeps the queue and the timetable.
type Jobs interface {
	// AddJob adds a waiting job, unless the realm has one of that kind and key; it says whether it did.
	AddJob(ctx context.Context, j Job) (bool, error)
	// TakeJobs hands out up to limit jobs of the kinds that are due now, longest due first, until the end of a lease. No two callers get
	// the same one.
	TakeJobs(ctx context.Context, kinds []string, now, until time.Time, limit int) ([]Job, error)
	// UpdateJob writes state, due, fault and ended of a job that the caller has taken; Conflict where its lease ran out and somebody
	// else took it.
	UpdateJob(ctx context.Context, j Job) error
	// JobsIn lists the jobs in a state, latest due first.
	JobsIn(ctx context.Context, s JobState, limit int) ([]Job, error)
	DeleteJobs(ctx context.Context, before time.Time) error // done before then; a dead one stays
	// SetTimetable adds a row or replaces the one of its realm and kind.
	SetTimetable(ctx context.Context, t Timetable) error
	Timetables(ctx context.Context) ([]Timetable, error)             // by realm, kind
	DeleteTimetable(ctx context.Context, r Realm, kind string) error // no error where there is none
}

// Blobs keeps bytes by their SHA-256 in hex. A blob is never changed.
type Blobs interface {
	Put(data []byte) (sha256 string, err error)
	Get(sha256 string) ([]byte, error)
}

// A Clock tells the time. Use cases ask it once and hand the instant on.
type Clock func() time.Time

// Letters keeps mail that is to go out and that went.
type Letters interface {
	// AddLetter adds a waiting letter, unless the realm has one of that key; it says whether it did.
	AddLetter(ctx context.Context, l Letter) (bool, error)
	Letter(ctx context.Context, r Realm, id ID) (Letter, error)
	// TakeLetter hands out the letter that has been due longest, as one that is being sent until the end of a lease; NotFound where none is due. No
	// two callers get the same one.
	TakeLetter(ctx context.Context, r Realm, now, until time.Time) (Letter, error)
	// LostLetters makes those unclear whose lease ended at now or before: whoever was sending them is gone. It gives their number.
	LostLetters(ctx context.Context, r Realm, now time.Time) (int, error)
	// UpdateLetter writes state, due, fault and ended; Conflict where the letter is no more in the attempt that was read.
	UpdateLetter(ctx context.Context, l Letter) error
	// LettersIn lists the letters in a state: those that wait with the earliest due first, others with the latest ended first.
	LettersIn(ctx context.Context, r Realm, s LetterState, limit int) ([]Letter, error)
	CountLetters(ctx context.Context, r Realm) (map[LetterState]int, error)
	DeleteLetters(ctx context.Context, r Realm, before time.Time) error // sent or dropped before then
}

// Reminders keeps which due days were spoken of, what accounts want by mail, and the secret addresses of calendars.
type Reminders interface {
	// AddReminders keeps those that are new and gives them.
	AddReminders(ctx context.Context, list []Reminder) ([]Reminder, error)
	RemindersOf(ctx context.Context, r Realm, matter ID) ([]Reminder, error) // the oldest first

	SetMailChoice(ctx context.Context, c MailChoice) error                   // again replaces
	MailChoice(ctx context.Context, r Realm, account ID) (MailChoice, error) // one that wants nothing where nothing was said
	MailChoices(ctx context.Context, r Realm) ([]MailChoice, error)          // of whoever wants something, by account
	SetFeed(ctx context.Context, f Feed) error                               // ends the one before
	Feed(ctx context.Context, hash string) (Feed, error)                     // of any realm
	FeedOf(ctx context.Context, r Realm, account ID) (Feed, error)
	DeleteFeed(ctx context.Context, r Realm, account ID) error // no error where there is none

	// OwedMatters lists with parties, by due day (what has none last), then id.
	OwedMatters(ctx context.Context, r Realm, q OwedQuery) ([]Matter, error)
	CountOwed(ctx context.Context, r Realm, q OwedQuery) (int, error) // each matter once, at most q.Limit
}
