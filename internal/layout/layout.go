// Package layout is the model of a layout of the kind "one core, one zone, many parks": its areas,
// places, facilities and context, the units, tasks, scenarios and goals that go with them, the
// document that lays them down, and the rules that hold between them. It knows no storage, no HTTP,
// no clock and no particular city.
package layout

import (
	"time"

	"github.com/paulmach/orb"
)

// ID names a feature for ever: short, ASCII, never reused (C1, Z1, P05, C1-07, F23, U04).
type ID string

// CollectionID names a collection, as in the paths of the API.
type CollectionID string

// The collections that a layout stores, in the order in which they are listed.
const (
	Areas         CollectionID = "areas"
	Places        CollectionID = "places"
	Facilities    CollectionID = "facilities"
	Districts     CollectionID = "districts"
	Context       CollectionID = "context"
	Scenarios     CollectionID = "scenarios"
	Tasks         CollectionID = "tasks"
	Goals         CollectionID = "goals"
	Units         CollectionID = "units"
	Organisations CollectionID = "organisations"
)

// The collections that are views of Areas by kind.
const (
	Cores CollectionID = "cores"
	Zones CollectionID = "zones"
	Parks CollectionID = "parks"
)

// Feature is one item of a layout as it is stored, served and edited.
type Feature struct {
	Collection CollectionID // a stored collection, never a view
	ID         ID
	Geometry   orb.Geometry // CRS84 on the 1e-8° grid, rings wound by RFC 7946; nil when the place is unknown
	Properties Properties   // the type that belongs to Collection: *Area, *Place, …

	Version   int64     // the published version that last changed it; set by the store
	ChangedAt time.Time // when that version was published; set by the store
}

// Layout is one published version: all its features and the document they rest on.
type Layout struct {
	Version     int64
	PublishedAt time.Time
	Document    Document
	Features    []Feature // by Compare

	Hidden []CollectionID // of which readers are told nothing, see Without
}
