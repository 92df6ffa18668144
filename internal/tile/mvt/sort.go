package mvt

import (
	"bytes"
	"cmp"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"
)

// sort puts the features of the layers in order that asked for it.
func (b *Builder) sort() {
	for i := range b.layers {
		l := &b.layers[i]
		if !l.sorted || l.ascends() {
			continue
		}
		order := make([]int, len(l.features))
		for i := range order {
			order[i] = i
		}
		slices.SortFunc(order, func(i, j int) int {
			p, q := &l.features[i], &l.features[j]
			if p.id != q.id {
				return cmp.Compare(p.id, q.id)
			}
			return l.compare(p, q)
		})
		b.spare.pick(l, order)
		*l, b.spare = b.spare, *l
	}
}

// ascends tells whether each feature has a larger id than the one before.
func (l *layer) ascends() bool {
	for i := 1; i < len(l.features); i++ {
		if l.features[i-1].id >= l.features[i].id {
			return false
		}
	}
	return true
}

// compare orders features by what they look like and what they say. Those that it does not tell apart are alike.
func (l *layer) compare(p, q *feature) int {
	if c := bytes.Compare(l.body[p.geometry:p.end], l.body[q.geometry:q.end]); c != 0 {
		return c
	}
	a, b := tagsOf(l.body[p.start:p.geometry]), tagsOf(l.body[q.start:q.geometry])
	for len(a) > 0 && len(b) > 0 {
		var aKey, aValue, bKey, bValue int
		aKey, aValue, a = nextTag(a)
		bKey, bValue, b = nextTag(b)
		if c := cmp.Or(bytes.Compare(l.keys.at(aKey), l.keys.at(bKey)), bytes.Compare(l.values.at(aValue), l.values.at(bValue))); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(p.kind, q.kind))
}

// nextTag returns the numbers of a key and its value, and the tags behind.
func nextTag(tags []byte) (key, value int, rest []byte) {
	k, n := protowire.ConsumeVarint(tags)
	v, m := protowire.ConsumeVarint(tags[n:])
	return int(k), int(v), tags[n+m:] //nolint:gosec // numbers that we gave
}

// pick makes l of some features of another layer, in the order of their numbers in list. Keys and values are numbered
// as if they had been added so.
func (l *layer) pick(from *layer, list []int) {
	l.reset(from.name)
	l.body, l.features = slices.Grow(l.body, len(from.body)), slices.Grow(l.features, len(list))
	keys, values := numbering(&from.keys, &l.keys), numbering(&from.values, &l.values)
	for _, i := range list {
		f := from.features[i]
		l.tags = l.tags[:0]
		for tags := tagsOf(from.body[f.start:f.geometry]); len(tags) > 0; {
			var key, value int
			key, value, tags = nextTag(tags)
			l.tags = protowire.AppendVarint(l.tags, uint64(keys.of(key)))     //nolint:gosec // an index
			l.tags = protowire.AppendVarint(l.tags, uint64(values.of(value))) //nolint:gosec // an index
		}
		l.add(f.id, f, from.body[f.geometry:f.end])
	}
}

// numbers takes the strings of a table to another one, in the order in which they are asked for.
type numbers struct {
	from, to *table
	given    []int32 // of each string of from the number in to, counted from 1; 0 is none
}

func numbering(from, to *table) numbers { return numbers{from, to, make([]int32, from.len())} }

// of returns the new number of string i.
func (n *numbers) of(i int) int {
	if n.given[i] == 0 {
		n.given[i] = int32(n.to.add(n.from.at(i))) + 1
	}
	return int(n.given[i]) - 1
}
