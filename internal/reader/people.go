package reader

// readPeople is the stage that finds people.
func (d *doc) readPeople() {}
