package reader

// row reads the figures of one row of a table.
func (f *figures) row(i int) {}
