package mvt

import (
	"bytes"
	"hash/maphash"
)

// table numbers distinct byte strings in the order in which they are first seen. It is a hash table over one
// buffer: nothing is allocated for a string.
type table struct {
	buf   []byte
	ends  []int32 // of each string in buf
	slots []int32 // number + 1; 0 is free
	seed  maphash.Seed
}

func newTable() table { return table{slots: make([]int32, 64), seed: maphash.MakeSeed()} }

func (t *table) reset() {
	t.buf, t.ends = t.buf[:0], t.ends[:0]
	clear(t.slots)
}

func (t *table) len() int { return len(t.ends) }

// at returns string i.
func (t *table) at(i int) []byte {
	if i == 0 {
		return t.buf[:t.ends[0]]
	}
	return t.buf[t.ends[i-1]:t.ends[i]]
}

// start returns the buffer to which a candidate is to be appended; commit takes it back.
func (t *table) start() []byte { return t.buf }

// commit returns the number of the string that was appended to what start returned.
func (t *table) commit(buf []byte) int {
	s := buf[len(t.buf):]
	mask := uint64(len(t.slots) - 1)
	at := maphash.Bytes(t.seed, s) & mask
	for ; t.slots[at] != 0; at = (at + 1) & mask {
		if i := int(t.slots[at] - 1); bytes.Equal(t.at(i), s) {
			t.buf = buf[:len(t.buf)]
			return i
		}
	}
	t.buf = buf
	t.ends = append(t.ends, int32(len(buf)))
	t.slots[at] = int32(len(t.ends))
	if 2*len(t.ends) > len(t.slots) {
		t.grow()
	}
	return len(t.ends) - 1
}

func (t *table) grow() {
	t.slots = make([]int32, 2*len(t.slots))
	mask := uint64(len(t.slots) - 1)
	for i := range t.ends {
		at := maphash.Bytes(t.seed, t.at(i)) & mask
		for t.slots[at] != 0 {
			at = (at + 1) & mask
		}
		t.slots[at] = int32(i + 1)
	}
}
