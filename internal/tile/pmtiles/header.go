// Package pmtiles writes and reads PMTiles 3, one file that holds the tiles of a map and that browsers read by range
// requests from any static host (github.com/protomaps/PMTiles, spec/v3). It knows files only as places to read and
// write at, and vector tiles only as bytes that are gzipped already.
//
// The sections of an archive written here stand in this order: header and root directory, padded to 16 KiB; tiles in
// the order of their numbers; JSON metadata; leaf directories. Tiles are therefore written once, where they stay.
package pmtiles

import (
	"encoding/binary"
	"errors"
	"math"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

const (
	// headerSize is the size of the header in bytes (section 3).
	headerSize = 127
	// dataStart is where tiles begin: readers fetch this much at first and want the root directory in it (section 3.1).
	dataStart = 16 << 10
	// maxRoot is how long the root directory may be.
	maxRoot = dataStart - headerSize

	version3        = 3
	compressionGzip = 2
	tileTypeMVT     = 1
)

// magic begins each archive.
const magic = "PMTiles"

// errNoArchive is what a file is that does not begin as an archive does.
var errNoArchive = errors.New("this is no PMTiles archive of version 3")

// section is where a part of the archive stands, in bytes from its beginning.
type section struct{ offset, length uint64 }

// Header is what an archive says of itself.
type Header struct {
	root, metadata, leaves, data section

	Addressed uint64 // tiles
	Entries   uint64 // entries of the directories: neighbours with the same content share one
	Contents  uint64 // distinct contents
	MinZoom   int
	MaxZoom   int
	Bounds    geo.BBox  // WGS 84; it does not cross 180°
	Center    orb.Point // WGS 84, where a map opens
	OpenZoom  int       // the zoom at which a map opens
}

// append writes the header behind b, by section 3 of the specification: integers little-endian, positions in 1e-7 degrees.
func (h *Header) append(b []byte) []byte {
	b = append(b, magic...)
	b = append(b, version3)
	for _, s := range []section{h.root, h.metadata, h.leaves, h.data} {
		b = binary.LittleEndian.AppendUint64(b, s.offset)
		b = binary.LittleEndian.AppendUint64(b, s.length)
	}
	for _, n := range []uint64{h.Addressed, h.Entries, h.Contents} {
		b = binary.LittleEndian.AppendUint64(b, n)
	}
	const clustered = 1
	b = append(b, clustered, compressionGzip, compressionGzip, tileTypeMVT, byte(h.MinZoom), byte(h.MaxZoom))
	b = appendDegrees(b, h.Bounds.West, h.Bounds.South, h.Bounds.East, h.Bounds.North)
	b = append(b, byte(h.OpenZoom))
	return appendDegrees(b, h.Center.Lon(), h.Center.Lat())
}

func appendDegrees(b []byte, degrees ...float64) []byte {
	for _, d := range degrees {
		b = binary.LittleEndian.AppendUint32(b, uint32(int32(math.Round(d*1e7))))
	}
	return b
}

// parseHeader reads what append wrote. Archives of other tile types or compressions are refused.
func parseHeader(b []byte) (*Header, error) {
	if len(b) < headerSize || string(b[:len(magic)]) != magic || b[len(magic)] != version3 {
		return nil, errNoArchive
	}
	word := func(i int) uint64 { return binary.LittleEndian.Uint64(b[8+8*i:]) }
	degrees := func(at int) float64 { return float64(int32(binary.LittleEndian.Uint32(b[at:]))) / 1e7 }
	if b[97] != compressionGzip || b[98] != compressionGzip || b[99] != tileTypeMVT {
		return nil, errors.New("only gzipped vector tiles with gzipped directories are read")
	}
	return &Header{
		root: section{word(0), word(1)}, metadata: section{word(2), word(3)},
		leaves: section{word(4), word(5)}, data: section{word(6), word(7)},
		Addressed: word(8), Entries: word(9), Contents: word(10),
		MinZoom: int(b[100]), MaxZoom: int(b[101]),
		Bounds:   geo.BBox{West: degrees(102), South: degrees(106), East: degrees(110), North: degrees(114)},
		OpenZoom: int(b[118]),
		Center:   orb.Point{degrees(119), degrees(123)},
	}, nil
}
