package topology

import (
	"slices"

	"github.com/paulmach/orb"
)

// Operation is an operation with its parameters as data: what a request asks for, and what a check offers as a fix.
type Operation struct {
	Do string `json:"do"` // one of Operations
	ID string `json:"id"` // the shape
	// With names other shapes: those that are merged, trimmed or snapped to, the outlines that are clipped to, or the
	// ids of the pieces that a split makes.
	With       []string    `json:"with,omitempty"`
	Line       []orb.Point `json:"line,omitempty"` // of a split; of a hole that is cut, closed
	At         []orb.Point `json:"at,omitempty"`   // places of holes that are filled, vertices that are taken out
	Moves      []Move      `json:"moves,omitempty"`
	Alone      bool        `json:"alone,omitempty"` // neighbours do not follow a move
	ToleranceM float64     `json:"tolerance_m,omitempty"`
	Largest    bool        `json:"largest,omitempty"` // only the largest piece of what is untangled stays
}

// The names of operations.
const (
	DoSplit    = "split"
	DoMerge    = "merge"
	DoMove     = "move"
	DoCutHole  = "cut-hole"
	DoFillHole = "fill-hole"
	DoSnap     = "snap"
	DoTrim     = "trim"
	DoClip     = "clip"
	DoUntangle = "untangle"
	DoSimplify = "simplify"
	DoRemove   = "remove"
)

// Operations returns the names of all operations.
func Operations() []string {
	return []string{
		DoSplit, DoMerge, DoMove, DoCutHole, DoFillHole, DoSnap, DoTrim, DoClip, DoUntangle, DoSimplify, DoRemove,
	}
}

// Do carries out an operation. Outline finds what a shape is clipped to, such as a district, or is nil for none.
func (f Fabric) Do(op Operation, outline func(id string) orb.Geometry) (Outcome, error) {
	switch op.Do {
	case DoSplit:
		return f.Split(op.ID, op.Line, op.With...)
	case DoMerge:
		return f.Merge(slices.Concat([]string{op.ID}, op.With)...)
	case DoMove:
		return f.Move(op.ID, op.Alone, op.Moves...)
	case DoCutHole:
		return f.CutHole(op.ID, op.Line)
	case DoFillHole:
		return f.FillHole(op.ID, op.At...)
	case DoSnap:
		return f.Snap(op.ID, op.ToleranceM, op.With...)
	case DoTrim:
		return f.Trim(op.ID, op.With...)
	case DoClip:
		return f.clipTo(op, outline)
	case DoUntangle:
		return f.Untangle(op.ID, op.Largest)
	case DoSimplify:
		return f.Simplify(op.ID, op.ToleranceM)
	case DoRemove:
		return f.Remove(op.ID, op.At...)
	}
	return Outcome{}, fault(RuleOperation, orb.Point{}, "%.40q is none of %v", op.Do, Operations())
}

func (f Fabric) clipTo(op Operation, outline func(id string) orb.Geometry) (Outcome, error) {
	if len(op.With) == 0 || len(op.With) > maxOperands || outline == nil {
		return Outcome{}, fault(RuleOperation, orb.Point{}, "a shape is clipped to 1 to %d outlines", maxOperands)
	}
	outlines := make([]orb.Geometry, len(op.With))
	for i, id := range op.With {
		if outlines[i] = outline(id); outlines[i] == nil {
			return Outcome{}, fault(RuleUnknown, orb.Point{}, "there is no outline %.40q", id)
		}
	}
	return f.Clip(op.ID, outlines...)
}
