package pyramid

// maxSpans bounds the memory for the tiles of a zoom that hold something: 16 bytes each.
const maxSpans = 1 << 17

// span is a run of neighbours on the Hilbert curve, both ends included, counted from the first tile of the zoom.
type span struct{ first, last uint64 }

// spans are tiles of one zoom. Where they are too scattered, they hold some tiles besides.
type spans []span

// add puts in a position behind all others.
func (s *spans) add(position uint64) {
	list := *s
	if n := len(list); n > 0 && list[n-1].last+1 == position {
		list[n-1].last = position
		return
	}
	if len(list) == maxSpans {
		for i := range maxSpans / 2 {
			list[i] = span{list[2*i].first, list[2*i+1].last}
		}
		list = list[:maxSpans/2]
	}
	*s = append(list, span{position, position})
}

// count is how many tiles there are.
func (s spans) count() (n uint64) {
	for _, run := range s {
		n += run.last - run.first + 1
	}
	return n
}
