package gov

// A SavedView is a list that somebody comes back to: its address under a name, his own or for everybody of his agency.
type SavedView struct {
	Realm   Realm
	ID      ID
	Account ID     // who saved it
	Agency  ID     // for whom besides; empty: for nobody
	List    string // path of the list: "/matters"
	Query   string // what narrows it, as the address writes it; empty: nothing
	Name    string
	Made    Stamp // By is Account
}

// MaxViewName is the most characters that the name of a saved view has.
const MaxViewName = 80
