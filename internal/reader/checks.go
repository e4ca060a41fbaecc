package reader

// readChecks looks for contradictions inside the text.
func (d *doc) readChecks() {}
