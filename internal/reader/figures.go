package reader

// readFigures finds the numbers that could stand in a ledger.
func (d *doc) readFigures() {}
