package edit

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"parkmap/internal/auth"
	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// Conflict is a feature that a changeset changes and that somebody else has published meanwhile.
type Conflict struct {
	Collection layout.CollectionID
	ID         layout.ID
	Base       *layout.Feature // that the change was made on; nil: it was not there
	Theirs     *layout.Feature // as it is published now; nil: it is not there
	Mine       *layout.Feature // as the changeset has it; nil: it deletes it
	Version    store.Version   // that made theirs
	Parts      []Part          // where the three are not all the same, in the order of the schema
}

// Who has changed a part of a feature.
const (
	ByTheirs = "theirs" // they alone: theirs holds unless mine is chosen
	ByMine   = "mine"   // I alone: mine holds unless theirs is chosen
	BySame   = "same"   // both, to the same
	ByBoth   = "both"   // both, to something else: only a choice settles it
)

// Part is one property of a feature, its geometry ("geometry"), or, where one side has it and the other does
// not, the feature as a whole (WholeFeature).
type Part struct {
	Name               string
	Base, Theirs, Mine json.RawMessage // nil is absent
	By                 string
}

// WholeFeature is the name of the part that is a feature as such.
const WholeFeature = "feature"

// Clash is the error of a changeset that cannot go on before its conflicts are resolved.
type Clash struct {
	Changeset string
	Conflicts []Conflict
}

// Error says how many features it is about.
func (c *Clash) Error() string { return c.Unwrap().Error() }

// Unwrap returns the error of kind conflict.
func (c *Clash) Unwrap() error {
	return &layout.Error{Kind: layout.KindConflict, Concerns: "changeset " + c.Changeset,
		Detail: fmt.Sprintf("%d of its features were published by others meanwhile; choose for each what is to hold", len(c.Conflicts))}
}

// Conflicts lists the conflicts of a changeset that has not come to its end.
func (e *Editor) Conflicts(ctx context.Context, actor auth.Principal, id string) ([]Conflict, error) {
	c, err := e.Changeset(ctx, actor, id)
	if err != nil || c.State == store.Published || c.State == store.Withdrawn {
		return nil, err
	}
	l, err := e.newest(ctx)
	if err != nil {
		return nil, err
	}
	return e.conflicts(ctx, l, c)
}

func (e *Editor) conflicts(ctx context.Context, l *layout.Layout, c store.Changeset) ([]Conflict, error) {
	var list []Conflict
	for _, item := range c.Items {
		if versionOf(find(l, keyOf(item.Feature))) == item.Base {
			continue
		}
		conflict, err := e.conflict(ctx, l, item)
		if err != nil {
			return nil, err
		}
		list = append(list, conflict)
	}
	return list, nil
}

func (e *Editor) conflict(ctx context.Context, l *layout.Layout, item store.Item) (Conflict, error) {
	k := keyOf(item.Feature)
	c := Conflict{Collection: k.collection, ID: k.id, Theirs: find(l, k)}
	if item.Op == store.Put {
		c.Mine = &item.Feature
	}
	var err error
	if item.Base != 0 {
		if c.Base, err = e.at(ctx, k, item.Base); err != nil {
			return c, err
		}
	}
	newest, err := e.store.Revisions(ctx, k.collection, k.id, l.Version+1, 1)
	if err != nil {
		return c, err
	}
	c.Version = newest[0].Version
	c.Parts, err = partsOf(k.collection, c.Base, c.Theirs, c.Mine)
	return c, err
}

// partsOf compares three states of a feature part by part.
func partsOf(collection layout.CollectionID, base, theirs, mine *layout.Feature) ([]Part, error) {
	if theirs == nil || mine == nil {
		p := Part{Name: WholeFeature, By: ByBoth}
		if theirs == nil && mine == nil {
			p.By = BySame
		}
		return []Part{p}, nil
	}
	b, err1 := membersOf(base)
	t, err2 := membersOf(theirs)
	m, err3 := membersOf(mine)
	if err := firstError(err1, err2, err3); err != nil {
		return nil, err
	}
	var parts []Part
	for _, name := range memberNames(collection) {
		p := Part{Name: name, Base: b[name], Theirs: t[name], Mine: m[name]}
		if p.By = changedBy(p); p.By != "" {
			parts = append(parts, p)
		}
	}
	return parts, nil
}

// changedBy tells who has changed a part; "" when nobody has.
func changedBy(p Part) string {
	theirs, mine := !bytes.Equal(p.Base, p.Theirs), !bytes.Equal(p.Base, p.Mine)
	switch {
	case theirs && mine && bytes.Equal(p.Theirs, p.Mine):
		return BySame
	case theirs && mine:
		return ByBoth
	case theirs:
		return ByTheirs
	case mine:
		return ByMine
	}
	return ""
}

// membersOf is layout.Members; nothing for nil.
func membersOf(f *layout.Feature) (map[string]json.RawMessage, error) {
	if f == nil {
		return nil, nil
	}
	return layout.Members(*f)
}

// memberNames lists the stored parts of the features of a collection: the geometry and, in the order of the
// schema, the properties.
func memberNames(collection layout.CollectionID) []string {
	names := []string{layout.GeometryMember}
	for _, p := range layout.SchemaOf(collection) {
		if !p.Computed {
			names = append(names, p.Name)
		}
	}
	return names
}
