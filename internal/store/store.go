// Package store says what storage offers to the program: load a version, list versions and revisions,
// publish a new version, and watch for versions that others publish. It does not ask who the caller
// is and knows no rule of the layout; two packages implement it, sqlite and postgis.
package store

import (
	"context"
	"time"

	"parkmap/internal/layout"
)

// Store keeps the versions of one layout. Revisions are inserted and never updated: the published
// state is what the newest revision of each feature says. All methods may be called at the same time.
//
// Errors are *layout.Error: not-found for a version or feature that is not there, stale when a
// publication starts from another version than the newest, invalid when it cannot be stored,
// unavailable when the database is gone or the store is closed. When ctx ends first, the error wraps
// ctx.Err() and has no kind.
type Store interface {
	// Load returns the newest version, its features by layout.Compare. An empty store is not-found.
	Load(ctx context.Context) (*layout.Layout, error)

	// LoadVersion returns version n as it was published.
	LoadVersion(ctx context.Context, n int64) (*layout.Layout, error)

	// Versions lists versions with a number below before (0: from the newest), newest first, at most limit.
	Versions(ctx context.Context, before int64, limit int) ([]Version, error)

	// VersionAt returns the newest version that was published by a time; not-found when there is none.
	VersionAt(ctx context.Context, at time.Time) (Version, error)

	// Revisions lists revisions of one feature by versions below before (0: from the newest), newest first, at
	// most limit; not-found when there are none.
	Revisions(ctx context.Context, collection layout.CollectionID, id layout.ID, before int64, limit int) ([]Revision, error)

	// Publish makes version p.Base+1 out of the changes, all of them or none, and returns it. The
	// version is durable when Publish returns. Stale when p.Base is not the newest version (0 for an
	// empty store); conflict when a change deletes what is not there. When the database was lost on the
	// way, unavailable leaves open whether the version was made: the next Load tells.
	Publish(ctx context.Context, p Publication) (Version, error)

	// Watch sends the number of the newest version whenever it may have changed, by whomever, and
	// after each reconnection; several changes may arrive as one. It closes the channel when ctx ends
	// or the store is closed. To miss nothing, watch first and load then.
	Watch(ctx context.Context) <-chan int64

	// Ping says whether the database answers.
	Ping(ctx context.Context) error

	// Close releases the database. It waits for running calls.
	Close() error
}

// Version is one published state of the layout.
type Version struct {
	Number      int64
	PublishedAt time.Time // UTC, to the microsecond
	Author      string    // a user name; "" for the seed
	Comment     string
	Changed     int // how many features it changed
}

// Publication is what becomes a version.
type Publication struct {
	Base     int64
	At       time.Time
	Author   string
	Comment  string
	Document *layout.Document // nil leaves it as it is; needed for the first version
	Changes  []Change
	Step     *Step // of the changeset that becomes the version, taken with it or not at all; nil for none
}

// Change puts or deletes one feature.
type Change struct {
	Op      Op
	Feature layout.Feature // for Delete only Collection and ID count
}

// Op is what a change does.
type Op string

// The operations.
const (
	Put    Op = "put" // insert or replace
	Delete Op = "delete"
)

// Revision is one feature as one version left it.
type Revision struct {
	Version Version
	Op      Op
	Feature layout.Feature // for Delete only Collection, ID, Version and ChangedAt
}
