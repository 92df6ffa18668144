package edit

import "parkmap/internal/layout"

// Action is something that somebody may be allowed to do.
type Action string

// The actions of editing.
const (
	ReadHistory Action = "read-history"
	Draft       Action = "draft"
	Comment     Action = "comment"
	Review      Action = "review"
	Publish     Action = "publish"
)

// Thing is what an action is done to, as far as rights depend on it.
type Thing struct {
	Districts []layout.ID // that it lies in, before and after a change
	Author    string
}

// Actor is who edits. Rights are decided elsewhere.
type Actor struct {
	Name  string
	Right func(Action, Thing) error // nil where it may be done
	Ever  func(Action) bool         // whether there are things to which it may be done
}

// Check is nil when the actor may do an action to a thing.
func (a Actor) Check(action Action, thing Thing) error { return a.Right(action, thing) }

// MayEver tells whether there are things to which the actor may do an action.
func (a Actor) MayEver(action Action) bool { return a.Ever(action) }
