package tileset

import (
	"math"
	"slices"
	"sync"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/rtree"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/source"
	"parkmap/internal/tile/mvt"
)

// maxLevel is the level from which geometries are drawn as they are.
const maxLevel = 16

// ground is the features of a layout that have a geometry, made for tiles. It never changes.
type ground struct {
	snapshot *source.Snapshot
	rows     []row // by layout.Compare
	tree     *rtree.RTree
	levels   [maxLevel]func() []orb.Geometry // by row; made when first asked for
	covers   func() []cover
	making   sync.Mutex // held by whoever makes a level
}

// cover is a group of rows whose polygons may share borders.
type cover struct {
	rows []int
	*geo.Generaliser
}

// row is a feature as tiles have it.
type row struct {
	feature *layout.Feature
	id      uint64
	attrs   []mvt.Attr
	polygon bool
}

func newGround(s *source.Snapshot) *ground {
	g := &ground{snapshot: s}
	fields := map[layout.CollectionID][]field{}
	var boxes []rtree.BulkItem
	features := s.Layout().Features
	for i := range features {
		f := &features[i]
		if f.Geometry == nil || f.Geometry.Bound().IsEmpty() {
			continue
		}
		if fields[f.Collection] == nil {
			fields[f.Collection] = fieldsOf(f.Collection)
		}
		b := f.Geometry.Bound()
		boxes = append(boxes, rtree.BulkItem{Box: rtreeBox(b), RecordID: len(g.rows)})
		g.rows = append(g.rows, row{f, FeatureID(f.ID), attrsOf(fields[f.Collection], f), f.Geometry.Dimensions() == 2})
	}
	g.tree = rtree.BulkLoad(boxes)
	g.covers = sync.OnceValue(g.group)
	for level := range g.levels {
		g.levels[level] = sync.OnceValue(func() []orb.Geometry { return g.generalise(level) })
	}
	return g
}

func rtreeBox(b orb.Bound) rtree.Box {
	return rtree.Box{MinX: b.Min[0], MinY: b.Min[1], MaxX: b.Max[0], MaxY: b.Max[1]}
}

// within returns the rows whose bounds meet a box, ascending. Bounds are those of the full geometries, which hold the
// generalised ones.
func (g *ground) within(box geo.BBox) []int {
	var rows []int
	for _, b := range box.Bounds() {
		// The callback never fails.
		_ = g.tree.RangeSearch(rtreeBox(b), func(row int) error {
			rows = append(rows, row)
			return nil
		})
	}
	slices.Sort(rows)
	return slices.Compact(rows)
}

// geometries returns the geometries by row for tiles of a level; see levelOf.
func (g *ground) geometries(level int) func(row int) orb.Geometry {
	if level >= maxLevel {
		return func(row int) orb.Geometry { return g.rows[row].feature.Geometry }
	}
	at := g.levels[max(0, level)]()
	return func(row int) orb.Geometry { return at[row] }
}

// A tile is drawn some 512 pixels wide; what is lost there is at most half a pixel.
const tilePixels = 512

// generalise returns the geometries of all rows for a level, whose tiles are 360/2^level degrees wide. Polygons that
// may share borders are simplified together.
func (g *ground) generalise(level int) []orb.Geometry {
	g.making.Lock()
	defer g.making.Unlock()
	all := make([]orb.Geometry, len(g.rows))
	middle := 0.0
	for i := range g.rows {
		middle += g.rows[i].feature.Geometry.Bound().Center()[1] / float64(len(g.rows))
	}
	tolerance := toleranceM(level, middle)
	for _, c := range g.covers() {
		for i, simple := range c.At(tolerance) {
			all[c.rows[i]] = simple
		}
	}
	return all
}

// group makes the covers.
func (g *ground) group() []cover {
	groups := map[layout.CollectionID][]int{}
	for i, r := range g.rows {
		name := coverageOf(r.feature)
		groups[name] = append(groups[name], i)
	}
	var covers []cover
	for _, rows := range groups {
		part := make([]orb.Geometry, len(rows))
		for i, row := range rows {
			part[i] = g.rows[row].feature.Geometry
		}
		covers = append(covers, cover{rows, geo.NewGeneraliser(part)})
	}
	return covers
}

// toleranceM is half a pixel of a level in metres. The latitude counts in steps of ten degrees, so that a feature that
// moves does not change how all others are drawn.
func toleranceM(level int, lat float64) float64 {
	const equatorM = 2 * math.Pi * 6378137
	lat = math.Round(lat/10) * 10
	return equatorM * math.Cos(lat*math.Pi/180) / math.Exp2(float64(level)) / tilePixels / 2
}

// coverageOf names the group of features with which one shares borders: those of its collection. The outline of a
// city goes with the districts in it.
func coverageOf(f *layout.Feature) layout.CollectionID {
	if f.Collection == layout.Context && f.Properties.Common().Kind == kindCity {
		return layout.Districts
	}
	return f.Collection
}

// kindCity is the kind of context that outlines all districts together.
const kindCity = "city"

// label returns where the label of a row stands; ok is false where it has no place apart from its geometry.
func (g *ground) label(r *row) (at orb.Point, ok bool) {
	if !r.polygon {
		return orb.Point{}, false
	}
	if d, is := r.feature.Properties.(*layout.District); is && d.LabelPoint != [2]float64{} {
		return d.LabelPoint, true
	}
	m, err := g.snapshot.Measures(r.feature.Collection, r.feature.ID)
	if err != nil || m.LabelPoint == nil {
		return orb.Point{}, false
	}
	return *m.LabelPoint, true
}
