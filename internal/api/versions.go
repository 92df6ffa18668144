package api

import (
	"context"

	"github.com/maypok86/otter/v2"

	"parkmap/internal/layout"
	"parkmap/internal/source"
	"parkmap/internal/tileset"
)

// maxOlder bounds the versions before the current one whose tiles are kept: each takes some megabytes.
const maxOlder = 3

// olderVersions makes tiles of versions before the current one. They are asked for by those who pinned one.
type olderVersions struct {
	load   func(ctx context.Context, n int64) (*layout.Layout, error)
	images func(*layout.Layout) *tileset.Images
	sets   *otter.Cache[int64, *tileset.Set]
}

func newOlderVersions(load func(context.Context, int64) (*layout.Layout, error), images func(*layout.Layout) *tileset.Images) *olderVersions {
	return &olderVersions{load, images, otter.Must(&otter.Options[int64, *tileset.Set]{MaximumSize: maxOlder})}
}

// kept returns the tiles of version n where they are at hand, or nil.
func (o *olderVersions) kept(n int64) *tileset.Set {
	set, _ := o.sets.GetIfPresent(n)
	return set
}

// set returns the tiles of version n; not-found when there is none. It is loaded once for all who ask, and not given
// up when one of them leaves. Errors are not kept.
func (o *olderVersions) set(ctx context.Context, n int64) (*tileset.Set, error) {
	if o.load == nil {
		return nil, noSuchVersion(n)
	}
	return o.sets.Get(context.WithoutCancel(ctx), n, otter.LoaderFunc[int64, *tileset.Set](func(ctx context.Context, n int64) (*tileset.Set, error) {
		l, err := o.load(ctx, n)
		if err != nil {
			return nil, err
		}
		snapshot, err := source.NewSnapshot(l)
		if err != nil {
			return nil, err
		}
		return tileset.New(snapshot, nil, o.images(l)), nil
	}))
}
