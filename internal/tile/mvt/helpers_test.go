package mvt_test

import (
	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

func orbProject(g orb.Geometry, f func(orb.Point) orb.Point) orb.Geometry { return geo.Project(g, f) }
