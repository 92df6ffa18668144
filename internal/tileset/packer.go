package tileset

import (
	"hash/maphash"

	"parkmap/internal/source"
)

// packer compresses a tile where its budget asks for it, and keeps the result for the answer.
type packer struct {
	budget int
	packed []byte
	of     uint64 // hash of what packed holds
}

var packerSeed = maphash.MakeSeed()

// pack appends src to dst, compressed; what fits the budget as it is counts as nothing and is compressed when a client
// asks for it.
func (p *packer) pack(dst, src []byte) []byte {
	if len(src) <= p.budget {
		return dst
	}
	out := source.AppendGzip(dst, src)
	p.packed = append(p.packed[:0], out[len(dst):]...)
	p.of = maphash.Bytes(packerSeed, src)
	return out
}

// body returns the body of a tile, which it owns from then on.
func (p *packer) body(data []byte) *source.Body {
	if p.packed != nil && p.of == maphash.Bytes(packerSeed, data) {
		return source.NewGzippedBody(MediaType, data, p.packed)
	}
	return source.NewFleetingBody(MediaType, data)
}
