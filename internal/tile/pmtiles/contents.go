package pmtiles

// maxContents bounds the memory for finding equal tiles: of the last so many distinct contents, each is written once.
// Equal tiles are mostly neighbours: the inside of a large polygon.
const maxContents = 1 << 16

// contents finds where a content stands already. The oldest are forgotten, in the order of the tiles, so that an
// interrupted run forgets the same ones.
type contents struct {
	at   map[hash]uint64 // offset
	ring []hash
	next int
}

func newContents() contents { return contents{at: map[hash]uint64{}} }

// find returns the offset of an equal content.
func (c *contents) find(r record) (offset uint64, ok bool) {
	offset, ok = c.at[r.hash]
	return offset, ok
}

// add remembers where a new content stands.
func (c *contents) add(r record) {
	if len(c.ring) < maxContents {
		c.ring = append(c.ring, r.hash)
	} else {
		delete(c.at, c.ring[c.next])
		c.ring[c.next] = r.hash
		c.next = (c.next + 1) % maxContents
	}
	c.at[r.hash] = r.offset
}
