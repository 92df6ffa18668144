package api

import (
	"context"
	"time"

	"github.com/maypok86/otter/v2"
	"github.com/paulmach/orb"

	"parkmap/internal/layout"
	"parkmap/internal/source"
	"parkmap/internal/store"
)

// What versions before the current one may weigh, in bytes. Each is counted with what is kept of the answers and
// tiles made from it, so that a handful of ordinary ones is at hand.
const (
	olderWeight   = 64 << 20
	versionWeight = 12 << 20
	featureWeight = 4 << 10
	vertexWeight  = 64
)

// olderVersions answers from versions before the current one. They are asked for by those who pinned one, or who
// ask for the layout as of a day.
type olderVersions struct {
	load  func(ctx context.Context, n int64) (*layout.Layout, error)
	at    func(ctx context.Context, at time.Time) (store.Version, error)
	paint *painter
	views *otter.Cache[int64, *view]
}

func newOlderVersions(a Audience, p *painter) *olderVersions {
	return &olderVersions{a.LoadVersion, a.VersionAt, p, otter.Must(&otter.Options[int64, *view]{
		MaximumWeight: olderWeight,
		Weigher:       func(_ int64, v *view) uint32 { return weightOf(v.snapshot.Layout()) },
	})}
}

// weightOf estimates what a version takes while it is kept.
func weightOf(l *layout.Layout) uint32 {
	weight := versionWeight + featureWeight*len(l.Features)
	for _, f := range l.Features {
		weight += vertexWeight * vertices(f.Geometry)
	}
	return uint32(min(weight, olderWeight)) //nolint:gosec // within bounds
}

func vertices(g orb.Geometry) int {
	n := 0
	switch g := g.(type) {
	case orb.Point:
		return 1
	case orb.MultiPoint:
		return len(g)
	case orb.LineString:
		return len(g)
	case orb.MultiLineString:
		for _, l := range g {
			n += len(l)
		}
	case orb.Polygon:
		for _, r := range g {
			n += len(r)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			n += vertices(p)
		}
	}
	return n
}

// kept returns version n where it is at hand, or nil.
func (o *olderVersions) kept(n int64) *view {
	v, _ := o.views.GetIfPresent(n)
	return v
}

// view returns version n; not-found when there is none. It is loaded once for all who ask, and not given up when
// one of them leaves. Errors are not kept.
func (o *olderVersions) view(ctx context.Context, n int64) (*view, error) {
	if o.load == nil {
		return nil, noSuchVersion(n)
	}
	return o.views.Get(context.WithoutCancel(ctx), n, otter.LoaderFunc[int64, *view](func(ctx context.Context, n int64) (*view, error) {
		l, err := o.load(ctx, n)
		if err != nil {
			return nil, err
		}
		return o.make(l)
	}))
}

func (o *olderVersions) make(l *layout.Layout) (*view, error) {
	snapshot, err := source.NewSnapshot(l)
	if err != nil {
		return nil, err
	}
	return newView(snapshot, o.paint, nil), nil
}

// asOf returns the layout as of the end of an interval: now where that is open or not over yet, and nothing but
// the document of now where nothing had been published by then.
func (o *olderVersions) asOf(ctx context.Context, now *view, i *source.Interval) (*view, error) {
	if i == nil || i.End.IsZero() || o.at == nil || !i.End.Before(now.snapshot.Layout().PublishedAt) {
		return now, nil
	}
	v, err := o.at(ctx, i.End)
	switch {
	case layout.KindOf(err) == layout.KindNotFound:
		return o.make(&layout.Layout{Document: *now.snapshot.Document(), Hidden: now.snapshot.Layout().Hidden})
	case err != nil:
		return nil, err
	case v.Number >= now.snapshot.Version():
		return now, nil
	}
	return o.view(ctx, v.Number)
}

// layoutAt returns version n as the readers of this server see it.
func (s *Server) layoutAt(ctx context.Context, n int64) (*layout.Layout, error) {
	if snapshot := s.live.Current(); snapshot != nil && snapshot.Version() == n {
		return snapshot.Layout(), nil
	}
	v, err := s.older.view(ctx, n)
	if err != nil {
		return nil, err
	}
	return v.snapshot.Layout(), nil
}
