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
	slots []slot
	seed  maphash.Seed
}

// slot is a place of the hash table. Most strings that are not the one looked for have another hash, so that they are
// not looked at.
type slot struct {
	hash   uint32
	number int32 // counted from 1; 0 is free
}

func newTable() table { return table{slots: make([]slot, 64), seed: maphash.MakeSeed()} }

// fewSlots is the number of slots that are kept however few strings there are.
const fewSlots = 1 << 12

func (t *table) reset() {
	if n := len(t.slots); n > fewSlots && len(t.ends) < n/16 { // clearing what nobody needs takes long
		t.slots = make([]slot, fewSlots)
	}
	t.buf, t.ends = t.buf[:0], t.ends[:0]
	clear(t.slots)
}

// add gives a number to a string that was not seen before and will not be looked for.
func (t *table) add(s []byte) int {
	t.buf = append(roomFor(t.buf, len(s)), s...)
	t.ends = append(roomFor(t.ends, 1), int32(len(t.buf)))
	return len(t.ends) - 1
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
	_, hash := t.look(s)
	return t.number(s, hash)
}

// look returns the hash of a string and the slot at which it would be first.
func (t *table) look(s []byte) (slot, uint32) {
	hash := uint32(maphash.Bytes(t.seed, s))          //nolint:gosec // half of it is enough
	return t.slots[hash&uint32(len(t.slots)-1)], hash //nolint:gosec // less than the numbers of strings
}

// number returns the number of a string whose hash is known.
func (t *table) number(s []byte, hash uint32) int {
	mask := uint32(len(t.slots) - 1) //nolint:gosec // less than the numbers of strings
	at := hash & mask
	for ; t.slots[at].number != 0; at = (at + 1) & mask {
		if x := t.slots[at]; x.hash == hash && bytes.Equal(t.at(int(x.number-1)), s) {
			return int(x.number - 1)
		}
	}
	n := t.add(s)
	t.slots[at] = slot{hash, int32(n + 1)}
	if 2*len(t.ends) > len(t.slots) {
		t.grow()
	}
	return n
}

func (t *table) grow() {
	old := t.slots
	t.slots = make([]slot, 2*len(old))
	mask := uint32(len(t.slots) - 1) //nolint:gosec // as above
	for _, x := range old {
		if x.number == 0 {
			continue
		}
		at := x.hash & mask
		for t.slots[at].number != 0 {
			at = (at + 1) & mask
		}
		t.slots[at] = x
	}
}
