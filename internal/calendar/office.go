package calendar

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// The names of an office's own tables in its data folder.
const (
	DaysFile   = "calendar.csv"
	LimitsFile = "limits.csv"
)

// A FileError says which of an office's tables cannot be read or used. Its cause is a *DataError where a line is wrong.
type FileError struct {
	Name string
	Err  error
}

func (e *FileError) Error() string { return fmt.Sprintf("calendar: %s: %v", e.Name, e.Err) }

func (e *FileError) Unwrap() error { return e.Err }

// An Office is the calendar and the rules of one data folder: the official ones with the office's own tables over them. People may edit the
// tables by hand; they are read again when they have changed. It is safe for concurrent use.
type Office struct {
	dir string

	mu           sync.Mutex
	days, limits stamp
	calendar     *Calendar
	rules        *Rules
}

// A stamp is by what one sees that a file has changed; the zero stamp is a file that is not there.
type stamp struct {
	size    int64
	changed time.Time
}

// In is the office of a data folder, which need not have tables yet.
func In(dir string) *Office { return &Office{dir: dir} }

// Tables gives the calendar and the rules as they are now. A table that cannot be used gives a *FileError and changes nothing: nobody counts
// with half of a table.
func (o *Office) Tables() (*Calendar, *Rules, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	data, now, err := o.read(DaysFile, o.days, o.calendar != nil)
	if err == nil && data != nil {
		var c *Calendar
		if c, err = Load(data); err == nil {
			o.calendar, o.days = c, now
		}
	}
	if err != nil {
		return nil, nil, &FileError{DaysFile, err}
	}
	data, now, err = o.read(LimitsFile, o.limits, o.rules != nil)
	if err == nil && data != nil {
		var r *Rules
		if r, err = LoadRules(data); err == nil {
			o.rules, o.limits = r, now
		}
	}
	if err != nil {
		return nil, nil, &FileError{LimitsFile, err}
	}
	return o.calendar, o.rules, nil
}

// read gives the bytes of a table, or none where it is known and did not change. A table that is not there is an empty one.
func (o *Office) read(name string, old stamp, known bool) ([]byte, stamp, error) {
	path := filepath.Join(o.dir, name)
	info, err := os.Stat(path)
	var now stamp
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, now, err
	default:
		now = stamp{info.Size(), info.ModTime()}
	}
	switch {
	case known && now.size == old.size && now.changed.Equal(old.changed):
		return nil, old, nil
	case now == stamp{}:
		return []byte{}, now, nil
	}
	data, err := os.ReadFile(path)
	if data == nil {
		data = []byte{}
	}
	return data, now, err
}
