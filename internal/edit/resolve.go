package edit

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// Choice is what a part is to be: theirs, mine, or another value.
type Choice struct {
	Side  string          // ByTheirs, ByMine, or "" for Value
	Value json.RawMessage // null is absent
}

// Resolution settles one conflict of a changeset.
type Resolution struct {
	Collection layout.CollectionID
	ID         layout.ID
	Against    int64 // the version of Conflict that was looked at
	Choices    map[string]Choice
}

// Resolve makes what was chosen the change of the changeset, based on what is published now. Parts that one side
// alone has changed hold without a choice; each part that both have changed needs one. Stale when a newer version
// than the one looked at is published.
func (e *Editor) Resolve(ctx context.Context, call Call, id string, r Resolution) (store.Changeset, error) {
	return e.change(ctx, call, id, func(c store.Changeset) (move, error) {
		if err := e.mayChange(c, call.Actor); err != nil {
			return move{}, err
		}
		item := itemOf(c, key{r.Collection, r.ID})
		if item == nil {
			return move{}, layout.NotFound("change of "+string(r.Collection), r.ID)
		}
		l, err := e.newest(ctx)
		if err != nil {
			return move{}, err
		}
		conflict, err := e.unsettled(ctx, l, *item, r)
		if err != nil {
			return move{}, err
		}
		resolved, err := conflict.resolve(r.Choices)
		if err != nil {
			return move{}, err
		}
		m := e.begin(c, call.Actor, eventResolved, fmt.Sprintf("version %d", r.Against))
		m.Event.Collection, m.Event.Feature = r.Collection, r.ID
		if resolved == nil {
			m.Drop = []store.Item{*item}
			return m, nil
		}
		m.Put = []store.Item{{Change: *resolved, Base: versionOf(conflict.Theirs)}}
		return m, e.checkChange(l, c, *resolved, call.Actor, conflict.Theirs)
	})
}

// unsettled returns the conflict of an item that r is to settle.
func (e *Editor) unsettled(ctx context.Context, l *layout.Layout, item store.Item, r Resolution) (Conflict, error) {
	if versionOf(find(l, keyOf(item.Feature))) == item.Base {
		return Conflict{}, &layout.Error{Kind: layout.KindConflict, Concerns: fmt.Sprintf("feature %q of %s", r.ID, r.Collection), Detail: "nobody else has published it; there is nothing to resolve"}
	}
	c, err := e.conflict(ctx, l, item)
	if err == nil && c.Version.Number != r.Against {
		err = &layout.Error{Kind: layout.KindStale, Concerns: fmt.Sprintf("feature %q of %s", r.ID, r.Collection),
			Detail: fmt.Sprintf("it was published again, as version %d; look at it before you choose", c.Version.Number)}
	}
	return c, err
}

// resolve returns the change that the choices make of a conflict; nil where nothing is left to change.
func (c *Conflict) resolve(choices map[string]Choice) (*store.Change, error) {
	if err := c.checkChoices(choices); err != nil {
		return nil, err
	}
	if c.Theirs == nil || c.Mine == nil {
		return c.resolveWhole(choices[WholeFeature].Side), nil
	}
	members, err := layout.Members(*c.Theirs)
	if err != nil {
		return nil, err
	}
	for _, p := range c.Parts {
		value := p.Theirs
		switch choice := choices[p.Name]; {
		case choice.Side == "" && choice.Value != nil:
			value = choice.Value
		case cmp.Or(choice.Side, p.By) == ByMine:
			value = p.Mine
		}
		if value == nil {
			delete(members, p.Name)
		} else {
			members[p.Name] = value
		}
	}
	f, err := layout.FromMembers(c.Collection, c.ID, members)
	if err != nil {
		return nil, err
	}
	left, err := partsOf(c.Collection, c.Theirs, c.Theirs, &f)
	if err != nil || len(left) == 0 {
		return nil, err
	}
	return &store.Change{Op: store.Put, Feature: f}, nil
}

// checkChoices makes sure that each open part is decided, and nothing else than what is in conflict.
func (c *Conflict) checkChoices(choices map[string]Choice) error {
	var broken []layout.Violation
	known := map[string]bool{}
	for _, p := range c.Parts {
		known[p.Name] = true
		choice, ok := choices[p.Name]
		detail := ""
		switch {
		case !ok && p.By == ByBoth:
			detail = "both sides have changed it; choose mine, theirs or a value"
		case ok && choice.Side != ByMine && choice.Side != ByTheirs && (choice.Side != "" || !json.Valid(choice.Value) || p.Name == WholeFeature):
			detail = "choose mine, theirs or a value"
		}
		if detail != "" {
			broken = append(broken, layout.Violation{Rule: layout.RuleValue, Path: "/choices/" + p.Name, Detail: detail})
		}
	}
	for name := range choices {
		if !known[name] && len(broken) < MaxItems {
			broken = append(broken, layout.Violation{Rule: layout.RuleMember, Path: "/choices/" + name, Detail: "the three versions of it are the same"})
		}
	}
	if len(broken) > 0 {
		slices.SortFunc(broken, func(a, b layout.Violation) int { return strings.Compare(a.Path, b.Path) })
		return layout.Invalid("choices", broken...)
	}
	return nil
}

// resolveWhole decides between a feature and its deletion.
func (c *Conflict) resolveWhole(side string) *store.Change {
	switch {
	case side != ByMine:
		return nil
	case c.Mine == nil:
		return &store.Change{Op: store.Delete, Feature: layout.Feature{Collection: c.Collection, ID: c.ID}}
	}
	return &store.Change{Op: store.Put, Feature: *c.Mine}
}
