package memory

import (
	"sync"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/peterstace/simplefeatures/geom"

	"parkmap/internal/geo"
)

// Kind says what a Value holds.
type Kind uint8

// The kinds. The zero value is absent.
const (
	Null Kind = iota
	Bool
	Number
	Text
	Moment // a date stands for its first microsecond
	Texts
	Numbers
	Shape
)

// Value is the value of one property of one feature.
type Value struct {
	Kind    Kind
	Bool    bool
	Number  float64
	Text    string
	Micros  int64 // of a Moment: since 1970, in UTC
	Texts   []string
	Numbers []float64
	Gap     bool      // of a list: a member is absent, which equals nothing
	Shape   *Geometry // nil counts as absent
}

// Row gives the values of one feature by the number of their column.
type Row interface {
	Value(column int) Value
}

// Geometry is a geometry made ready for spatial predicates when one first needs it. All methods may be called at
// the same time.
type Geometry struct {
	bound orb.Bound
	empty bool
	made  func() made
}

// made is a geometry as the predicates take it.
type made struct {
	geometry   geom.Geometry
	ok         bool // it could be made
	valid      bool
	collection bool
}

// NewGeometry wraps g, which must not change any more. It may be empty but not nil.
func NewGeometry(g orb.Geometry) *Geometry {
	b := g.Bound()
	return &Geometry{bound: b, empty: b.IsEmpty(), made: sync.OnceValue(func() made {
		_, collection := g.(orb.Collection)
		m := made{valid: len(geo.Validate(g)) == 0, collection: collection}
		data, err := wkb.Marshal(g)
		if err != nil {
			return made{}
		}
		m.geometry, err = geom.UnmarshalWKB(data, geom.NoValidate{})
		m.ok = err == nil
		return m
	})}
}
