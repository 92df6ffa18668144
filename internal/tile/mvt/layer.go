package mvt

import (
	"slices"

	"google.golang.org/protobuf/encoding/protowire"
)

// layer is a layer in the making.
type layer struct {
	name     string
	body     []byte // the features, each with its tag and length
	features []feature
	keys     table // of keys as text
	values   table // of messages Value
	seen     []int // the feature, counted from 1, that used a key last
	lastKeys []string
	lastIDs  []int // numbers of lastKeys
	tags     []byte
	found    []candidate // scratch of setTags, as
	texts    []byte
	sorted   bool // Finish is to sort the features
}

// feature is where a feature stands in the body of its layer, and what it is worth.
type feature struct {
	start, geometry, end int // geometry is where the packed numbers begin
	id                   uint64
	size                 float64 // area in square units, length in units, 0 for points
	at                   point
	vertices             int
	kind                 geometryType
	cover                bool // stands for features that were left out
}

func (l *layer) reset(name string) {
	l.name, l.sorted = name, false
	l.body, l.features = l.body[:0], l.features[:0]
	l.seen, l.lastKeys, l.lastIDs = l.seen[:0], l.lastKeys[:0], l.lastIDs[:0]
	if l.keys.slots == nil {
		l.keys, l.values = newTable(), newTable()
	}
	l.keys.reset()
	l.values.reset()
}

// held returns about how many bytes l holds.
func (l *layer) held() int {
	return cap(l.body) + 64*cap(l.features) + cap(l.values.buf) + 4*cap(l.values.ends) + 8*cap(l.values.slots)
}

// setTags makes the tags of the next feature. Of attributes with the same key the first counts. The places of all
// values in their table are looked at before any is compared: in a large tile most of them are not in the cache of the
// processor, and so it waits once and not for each.
func (l *layer) setTags(attrs []Attr) {
	l.tags, l.found, l.texts = l.tags[:0], l.found[:0], l.texts[:0]
	this := len(l.features) + 1
	for i := range attrs {
		a := &attrs[i]
		if a.Value.kind == none {
			continue
		}
		key := l.key(i, a.Key)
		if l.seen[key] == this {
			continue
		}
		l.seen[key] = this
		start := len(l.texts)
		l.texts = a.Value.append(l.texts)
		at, hash := l.values.look(l.texts[start:])
		l.found = append(l.found, candidate{key, len(l.texts), hash, at})
	}
	start := 0
	for _, c := range l.found {
		value := l.values.number(l.texts[start:c.end], c.hash)
		start = c.end
		l.tags = protowire.AppendVarint(l.tags, uint64(c.key))
		l.tags = protowire.AppendVarint(l.tags, uint64(value))
	}
}

// candidate is a value that may have a number already.
type candidate struct {
	key, end int // end is that of the value in texts
	hash     uint32
	_        slot // what is there
}

// key returns the number of a key, which mostly is that of the same place in the feature before.
func (l *layer) key(i int, key string) int {
	if i < len(l.lastKeys) && l.lastKeys[i] == key {
		return l.lastIDs[i]
	}
	id := l.keys.commit(append(l.keys.start(), key...))
	if id == len(l.seen) {
		l.seen = append(l.seen, 0)
	}
	for len(l.lastKeys) <= i {
		l.lastKeys, l.lastIDs = append(l.lastKeys, ""), append(l.lastIDs, 0)
	}
	l.lastKeys[i], l.lastIDs[i] = key, id
	return id
}

// add appends a feature with the tags of setTags. An id of 0 is none.
func (l *layer) add(id uint64, f feature, geometry []byte) {
	f.start, f.id = len(l.body), id
	size := 2 + 1 + protowire.SizeBytes(len(geometry))
	if id != 0 {
		size += 1 + protowire.SizeVarint(id)
	}
	if len(l.tags) > 0 {
		size += 1 + protowire.SizeBytes(len(l.tags))
	}
	l.body = roomFor(l.body, size+2+protowire.SizeVarint(uint64(size)))
	b := protowire.AppendTag(l.body, layerFeatures, protowire.BytesType)
	b = protowire.AppendVarint(b, uint64(size))
	if id != 0 {
		b = protowire.AppendTag(b, featureID, protowire.VarintType)
		b = protowire.AppendVarint(b, id)
	}
	if len(l.tags) > 0 {
		b = protowire.AppendTag(b, featureTags, protowire.BytesType)
		b = protowire.AppendBytes(b, l.tags)
	}
	b = protowire.AppendTag(b, featureType, protowire.VarintType)
	b = append(b, byte(f.kind))
	b = protowire.AppendTag(b, featureGeometry, protowire.BytesType)
	b = protowire.AppendVarint(b, uint64(len(geometry)))
	f.geometry = len(b)
	l.body = append(b, geometry...)
	f.end = len(l.body)
	l.features = append(roomFor(l.features, 1), f)
}

// roomFor returns list with room for n more members. It grows to the double: append alone grows long lists by a
// quarter and copies them that much more often.
func roomFor[T any](list []T, n int) []T {
	if cap(list)-len(list) < n {
		list = slices.Grow(list, max(n, cap(list)))
	}
	return list
}

// append adds l to a tile.
func (l *layer) append(tile []byte) []byte {
	size := 1 + protowire.SizeBytes(len(l.name)) + len(l.body) + 1 + protowire.SizeVarint(Extent) + 1 + 1
	for i := range l.keys.len() {
		size += 1 + protowire.SizeBytes(len(l.keys.at(i)))
	}
	for i := range l.values.len() {
		size += 1 + protowire.SizeBytes(len(l.values.at(i)))
	}
	tile = slices.Grow(tile, size+2*protowire.SizeVarint(uint64(size)))
	tile = protowire.AppendTag(tile, tileLayers, protowire.BytesType)
	tile = protowire.AppendVarint(tile, uint64(size))
	tile = protowire.AppendTag(tile, layerName, protowire.BytesType)
	tile = protowire.AppendString(tile, l.name)
	tile = append(tile, l.body...)
	for i := range l.keys.len() {
		tile = protowire.AppendTag(tile, layerKeys, protowire.BytesType)
		tile = protowire.AppendBytes(tile, l.keys.at(i))
	}
	for i := range l.values.len() {
		tile = protowire.AppendTag(tile, layerValues, protowire.BytesType)
		tile = protowire.AppendBytes(tile, l.values.at(i))
	}
	tile = protowire.AppendTag(tile, layerExtent, protowire.VarintType)
	tile = protowire.AppendVarint(tile, Extent)
	tile = protowire.AppendTag(tile, layerVersion, protowire.VarintType)
	return append(tile, 2)
}
