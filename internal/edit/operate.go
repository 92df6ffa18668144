package edit

import (
	"context"
	"errors"
	"slices"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/store"
	"parkmap/internal/topology"
)

// eventOperated names the step of an operation.
const eventOperated = "operated"

// Operate carries out an operation on the areas as the draft has them, and saves all that it changes. The pieces
// that a split makes begin with the attributes of the area that was split.
func (e *Editor) Operate(ctx context.Context, call Call, id string, op topology.Operation) (store.Changeset, topology.Outcome, error) {
	var outcome topology.Outcome
	c, err := e.change(ctx, call, id, func(c store.Changeset) (move, error) {
		if err := e.mayChange(c, call.Actor); err != nil {
			return move{}, err
		}
		l, err := e.published(ctx, least(c, nil))
		if err != nil {
			return move{}, err
		}
		drafted := apply(l, Edit{Changes: changesOf(c)})
		if outcome, err = operate(drafted, op); err != nil {
			return move{}, err
		}
		m := e.begin(c, call.Actor, eventOperated, op.Do)
		m.Event.Collection, m.Event.Feature = layout.Areas, layout.ID(op.ID)
		for _, changed := range outcome.Changed {
			if m, err = e.save(ctx, m, after(c, m.Step), call.Actor, operated(l, drafted, c, op, changed)); err != nil {
				return move{}, err
			}
		}
		m.Event.Collection, m.Event.Feature = layout.Areas, layout.ID(op.ID)
		return m, nil
	})
	return c, outcome, err
}

// Preview returns what Operate would do, and saves nothing.
func (e *Editor) Preview(ctx context.Context, call Call, id string, op topology.Operation) (topology.Outcome, error) {
	c, err := e.Changeset(ctx, call.Actor, id)
	if err != nil {
		return topology.Outcome{}, err
	}
	l, err := e.published(ctx, least(c, nil))
	if err != nil {
		return topology.Outcome{}, err
	}
	return operate(apply(l, Edit{Changes: changesOf(c)}), op)
}

func changesOf(c store.Changeset) []store.Change {
	changes := make([]store.Change, len(c.Items))
	for i, item := range c.Items {
		changes[i] = item.Change
	}
	return changes
}

// operate carries out an operation on the areas of l; shapes are clipped to districts and the city.
func operate(l *layout.Layout, op topology.Operation) (topology.Outcome, error) {
	var fabric topology.Fabric
	for _, f := range l.Features {
		if f.Collection == layout.Areas {
			fabric = append(fabric, topology.Shape{ID: string(f.ID), Geometry: f.Geometry})
		}
	}
	outcome, err := fabric.Do(op, func(id string) orb.Geometry {
		i := slices.IndexFunc(l.Features, func(f layout.Feature) bool {
			return f.ID == layout.ID(id) && (f.Collection == layout.Districts || f.Collection == layout.Context)
		})
		if i < 0 {
			return nil
		}
		return l.Features[i].Geometry
	})
	var fault geo.Fault
	if !errors.As(err, &fault) {
		return outcome, err
	}
	v := layout.Violation{Rule: string(fault.Rule), Path: "/", Detail: fault.Detail}
	if fault.At != (orb.Point{}) {
		v.At = &fault.At
	}
	return outcome, layout.Invalid("operation "+op.Do, v)
}

// operated is the change of one shape.
func operated(l, drafted *layout.Layout, c store.Changeset, op topology.Operation, changed topology.Changed) Change {
	k := key{layout.Areas, layout.ID(changed.ID)}
	change := Change{Change: store.Change{Op: store.Put, Feature: layout.Feature{Collection: k.collection, ID: k.id}}}
	if now := find(l, k); now != nil && itemOf(c, k) == nil {
		change.Base = &now.Version
	}
	if changed.Geometry == nil {
		change.Op = store.Delete
		return change
	}
	f := find(drafted, k)
	if f == nil { // a new piece
		source := find(drafted, key{layout.Areas, layout.ID(op.ID)})
		piece, properties := *source, *source.Properties.(*layout.Area)
		properties.Slug = ""
		piece.ID, piece.Properties, piece.Version = k.id, &properties, 0
		f = &piece
	}
	change.Feature = *f
	change.Feature.Geometry = changed.Geometry
	return change
}
