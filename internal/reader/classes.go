package reader

// readClasses gives each paragraph its class, its marker and the line that leads into it.
func (d *doc) readClasses() {}
