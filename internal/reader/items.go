package reader

// readItems is the stage that finds items.
func (d *doc) readItems() {}
