package scene

import "parkmap/internal/layout"

// Pt is a point in pixels from the top left corner of the picture.
type Pt struct{ X, Y float64 }

// Box is a rectangle in pixels: its top left corner and its size.
type Box struct{ X, Y, W, H float64 }

func square(at Pt, size float64) Box { return Box{at.X - size/2, at.Y - size/2, size, size} }

func (b Box) middle() Pt { return Pt{b.X + b.W/2, b.Y + b.H/2} }

func (b Box) grow(d float64) Box { return Box{b.X - d, b.Y - d, b.W + 2*d, b.H + 2*d} }

// overlaps tells whether two boxes overlap; touching edges do not.
func (b Box) overlaps(o Box) bool {
	return b.X < o.X+o.W && o.X < b.X+b.W && b.Y < o.Y+o.H && o.Y < b.Y+b.H
}

func (b Box) within(outer Box) bool {
	return b.X >= outer.X && b.Y >= outer.Y && b.X+b.W <= outer.X+outer.W && b.Y+b.H <= outer.Y+outer.H
}

func (b Box) contains(p Pt) bool { return Box{X: p.X, Y: p.Y}.within(b) }

// Scene is a picture, ready to be drawn: what comes first lies below.
type Scene struct {
	Width, Height float64 // pixels
	Lang          string  // zh or en
	Prefix        string  // begins the ids of patterns and clips, so that several pictures share a page

	Words [2]Description // what the picture shows: in its own language, and in the other one

	Fonts    map[string]string // font families: sans, serif
	Icons    map[string]string // path data on a square of 24, by name
	Patterns []Pattern
	Layers   []Layer
	Labels   []Label // where the names stand, for whoever checks or draws more
	Discs    []Disc  // where the discs stand
	Zoom     float64 // of the web map that has the same scale
}

// Description says what a picture shows, in one language.
type Description struct{ Lang, Title, Text string }

// Layer is a run of marks under one clip; nil clips nothing.
type Layer struct {
	Name  string
	Clip  *Box
	Marks []Mark
}

// Pattern fills shapes with stripes or dots, which repeat every Size pixels.
type Pattern struct {
	ID      string
	Size    float64
	Angle   float64 // degrees clockwise
	Stripes []Stripe
	Dot     float64 // radius of a dot in the middle; 0 is none
	Colour  string  // of the dot
}

// Stripe is one band of a pattern.
type Stripe struct {
	Colour   string
	At, Wide float64
}

// Paint fills a shape: nothing, a colour as #RRGGBB, or a pattern of the scene.
type Paint struct {
	Colour  string
	Pattern string
	Opacity float64 // 0 counts as 1
}

// Stroke is the line round a shape or along a path; Width 0 draws none.
type Stroke struct {
	Colour  string
	Width   float64
	Dash    []float64
	Round   bool    // the ends of dashes are round
	Opacity float64 // 0 counts as 1
}

// Mark is one primitive: Path, Rect, Circle, Icon or Text.
type Mark interface{ mark() }

// Path is lines, or rings filled by the even-odd rule.
type Path struct {
	Of      layout.ID // the feature it stands for, if any
	Lines   [][]Pt
	Closed  bool
	Fill    Paint
	Stroke  Stroke
	Opacity float64 // of all of it; 0 counts as 1
}

// Rect is a rectangle with round corners.
type Rect struct {
	Of      layout.ID
	Box     Box
	Radius  float64
	Fill    Paint
	Stroke  Stroke
	Opacity float64
}

// Circle is a disc or a ring.
type Circle struct {
	Of      layout.ID
	At      Pt
	R       float64
	Fill    Paint
	Stroke  Stroke
	Opacity float64
}

// Icon is a shape of Scene.Icons, its middle at At, Size pixels wide.
type Icon struct {
	Name    string
	At      Pt
	Size    float64
	Angle   float64 // degrees clockwise
	Fill    Paint
	Opacity float64
}

// Text is a run of letters in one style; At is on the baseline, at the end that Anchor names.
type Text struct {
	Of     layout.ID
	Text   string
	At     Pt
	Anchor string // start, middle or end
	Size   float64
	Weight int
	Space  float64 // between letters, in pixels
	Serif  bool
	Angle  float64 // degrees clockwise
	Lean   bool    // to the left, as the names of waters do
	Lang   string  // zh or en
	Fill   string
	Halo   string // its colour; "" draws none

	HaloWidth float64
	Opacity   float64
}

func (Path) mark()   {}
func (Rect) mark()   {}
func (Circle) mark() {}
func (Icon) mark()   {}
func (Text) mark()   {}
