package reader

// readHead finds what the document says of itself: kind, title, days, number, issuer.
func (d *doc) readHead() {}
