package synth

import (
	"encoding/binary"
	"encoding/hex"
	"hash/fnv"
	"math/rand/v2"
	"strconv"
	"time"

	"haicap/internal/gov"
)

// mix makes a number of what a piece of chance is for.
func mix(code, what string, year int) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(code + "\n" + what + "\n" + strconv.Itoa(year)))
	return h.Sum64()
}

// makeID is an id in the form of gov.NewID, but of the seed's chance.

func makeID(at time.Time, r *rand.Rand) gov.ID {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(at.UnixMilli())<<16|0x7000|r.Uint64()&0x0fff)
	binary.BigEndian.PutUint64(b[8:], r.Uint64()&(1<<62-1)|1<<63)
	s := hex.EncodeToString(b[:])
	return gov.ID(s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:])
}
