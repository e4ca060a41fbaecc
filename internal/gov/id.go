package gov

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"time"
)

// An ID names a record. It is a UUID of version 7 in its usual lower-case form, so that ids sort by the time of their
// making and need no counter that two servers would have to share.
type ID string

// IDs makes the ids of records that are written together, in the order in which they are asked for.
type IDs struct{ at time.Time }

// IDsFrom begins at an instant.
func IDsFrom(at time.Time) *IDs { return &IDs{at} }

// Next gives the next id, a microsecond later than the one before.
func (i *IDs) Next() ID {
	i.at = i.at.Add(time.Microsecond)
	return NewID(i.at)
}

// NewID makes an ID for the instant at. The 12 bits behind the milliseconds hold their fraction (RFC 9562, 6.2, method 3), so that
// ids of different microseconds sort, too.
func NewID(at time.Time) ID {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the process instead
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(at.UnixMilli()))
	copy(b[:6], ms[2:])
	fraction := at.Nanosecond() % 1_000_000 * 4096 / 1_000_000
	b[6], b[7] = 0x70|byte(fraction>>8), byte(fraction)
	b[8] = b[8]&0x3f | 0x80
	s := make([]byte, 36)
	hex.Encode(s[0:8], b[0:4])
	hex.Encode(s[9:13], b[4:6])
	hex.Encode(s[14:18], b[6:8])
	hex.Encode(s[19:23], b[8:10])
	hex.Encode(s[24:36], b[10:16])
	s[8], s[13], s[18], s[23] = '-', '-', '-', '-'
	return ID(s)
}

// A Realm is the id of a province-level holding: given once at init, never used again, independent of the province's code,
// type and name. Realm 0 holds what belongs to the nation.
type Realm int64
