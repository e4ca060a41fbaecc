package reader

// readUnits is the stage that finds units.
func (d *doc) readUnits() {}
