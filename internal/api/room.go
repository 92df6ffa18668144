package api

import (
	"bytes"
	"sync"
)

// maxRoom is the most bytes of a buffer that is used again.
const maxRoom = 1 << 20

// rooms are buffers for bodies that are sent once and not kept.
var rooms = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// newRoom returns an empty buffer for the body. That of a table is used again once it was sent: see giveBack.
func (a *asked) newRoom() *bytes.Buffer {
	if !a.fromTable() {
		return new(bytes.Buffer)
	}
	a.room = rooms.Get().(*bytes.Buffer)
	a.room.Reset()
	return a.room
}

// giveBack ends the use of the body, of which nothing may be held any more. It is for answers that have been written:
// HTTP/1 is done with the bytes when Write returns.
func (a *asked) giveBack() {
	if a.room != nil && a.room.Cap() <= maxRoom {
		rooms.Put(a.room)
	}
	a.room = nil
}
