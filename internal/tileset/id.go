package tileset

import (
	"crypto/sha256"
	"encoding/binary"

	"parkmap/internal/layout"
)

const (
	maxShortID = 9       // characters; 38^9 < 2^52
	longID     = 1 << 52 // set in the numbers of all other ids
)

// FeatureID returns the number of a feature in vector tiles, below 2^53 so that programs that know only floating
// point numbers keep it. Up to nine digits, capital letters and hyphens are read as a number to the base 38: a hyphen
// counts 1, 0 to 9 count 2 to 11, A to Z 12 to 37. Of any other id it is 2^52 and the first 52 bits of its SHA-256.
// It is the same in every version of the layout.
func FeatureID(id layout.ID) uint64 {
	if n, ok := shortID(id); ok {
		return n
	}
	sum := sha256.Sum256([]byte(id))
	return longID | binary.BigEndian.Uint64(sum[:8])>>12
}

func shortID(id layout.ID) (n uint64, ok bool) {
	if id == "" || len(id) > maxShortID {
		return 0, false
	}
	for _, c := range []byte(id) {
		digit := uint64(0)
		switch {
		case c == '-':
			digit = 1
		case '0' <= c && c <= '9':
			digit = uint64(c-'0') + 2
		case 'A' <= c && c <= 'Z':
			digit = uint64(c-'A') + 12
		default:
			return 0, false
		}
		n = n*38 + digit
	}
	return n, true
}
