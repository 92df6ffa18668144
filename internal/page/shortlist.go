package page

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

// maxRanked is how many areas a ranking shows unless all are asked for.
const maxRanked = 50

// criterionKeys name the criteria in the catalogue, in the order of their weights.
func criterionKeys() [layout.Criteria]string { return [...]string{"ai", "near", "targets", "outline"} }

// shortView is the form that asks what a reader looks for, and the ranking that follows from it.
type shortView struct {
	Directions []Choice
	Near       []ChoiceGroup // what a distance may be taken from
	Nearest    string        // the value that is chosen; "" is none
	NearName   string
	Weights    []WeightView
	Hidden     []Field
	Reset      string
	Ranked     []RankedView
	Max        int
	Total      int
	All        string // the address that shows all; "" when they are shown
	Narrowed   bool
	Full       bool // nothing more can be compared

	misread bool
}

// Choice is something to choose, with how many areas have it.
type Choice struct {
	Value  string
	Name   Worded
	Count  int
	Chosen bool
}

// ChoiceGroup is a group of choices under a name.
type ChoiceGroup struct {
	Name    string
	Choices []Choice
}

// WeightView is a criterion with its rule and its weight.
type WeightView struct {
	Key    string
	Name   string
	Rule   string
	Levels []Choice
	Weight int
}

// RankedView is an area in the ranking.
type RankedView struct {
	Item
	Href    string
	Rank    int
	Sum     string
	Bar     int // of a hundred
	Parts   []RankedPart
	Compare string // the address that adds it to the comparison; "" when it is there or nothing more fits
	In      bool
}

// RankedPart is what one criterion gives.
type RankedPart struct {
	Value string
	Note  string
	Bar   int  // of a hundred
	Asked bool // false: the reader has not said what to look for
}

// shortlist reads what the reader looks for and ranks the areas that pass the filters of the address. The
// directions of the address are wished for here; they do not narrow.
func (v *compareView) shortlist(a *Atlas, compared []layout.ID) shortView {
	s := shortView{Full: len(compared) >= maxCompared, Reset: v.stateLink("/compare", "ai", "", "near", "", "w", "", "all", "")}
	wish, near := layout.Wish{}, v.Query.Get("near")
	wish.Codes = s.readDirections(v.Query.Get("ai"))
	wish.Weights = s.readWeights(v.Query.Get("w"))
	wish.Near = s.readNear(a, near)
	s.Directions = v.directionChoices(a, wish.Codes)
	if wish.Near != nil {
		s.Nearest, s.NearName = near, v.nameOfPlace(a, near)
	}
	s.Near = v.nearChoices(a, s.Nearest, s.NearName)
	s.Weights = v.weightViews(wish.Weights)
	s.Hidden = v.fields("ai", "near", "w", "all")
	filter := layout.ReadFilter(v.Query.Get)
	filter.Directions = nil
	passing := a.sieve().Passing(filter)
	candidates := a.candidates(passing, v.Found)
	s.Narrowed, s.Total, s.Max = passing != nil || v.Found != nil, len(candidates), wish.Weights.Max()
	scores := layout.Shortlist(candidates, wish)
	if len(scores) > maxRanked && v.Query.Get("all") != "1" {
		scores, s.All = scores[:maxRanked], v.stateLink("/compare", "all", "1")
	}
	for _, score := range scores {
		s.Ranked = append(s.Ranked, v.ranked(a, score, wish, compared))
	}
	return s
}

// readDirections keeps the codes that there are. What stands for areas without any is a filter, not a wish.
func (s *shortView) readDirections(list string) []string {
	var out []string
	for code := range strings.SplitSeq(list, ",") {
		switch {
		case code == "" || code == layout.Unstated || slices.Contains(out, code):
		case slices.ContainsFunc(layout.Specialisations(), func(c layout.CodedLabel) bool { return c.Code == code }):
			out = append(out, code)
		default:
			s.misread = true
		}
	}
	return out
}

// readWeights reads weights such as 3.2.1.0: AI+, nearness, targets, outline, each from 0 to 3. Anything else
// gives the default.
func (s *shortView) readWeights(text string) layout.Weights {
	if text == "" {
		return layout.DefaultWeights()
	}
	var w layout.Weights
	parts := strings.Split(text, ".")
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if len(parts) != len(w) || len(part) != 1 || err != nil || n > layout.MaxWeight {
			s.misread = true
			return layout.DefaultWeights()
		}
		w[i] = n
	}
	return w
}

// readNear reads a place: the id of a feature with a position, or a latitude and a longitude.
func (s *shortView) readNear(a *Atlas, text string) *orb.Point {
	if text == "" {
		return nil
	}
	if p := a.position(text); p != nil {
		return p
	}
	s.misread = true
	return nil
}

// position is where a place lies that an address names by id, slug or latitude and longitude; nil when that is
// not known.
func (a *Atlas) position(text string) *orb.Point {
	if lat, lon, ok := strings.Cut(text, ","); ok {
		y, errY := strconv.ParseFloat(strings.TrimSpace(lat), 64)
		x, errX := strconv.ParseFloat(strings.TrimSpace(lon), 64)
		if errX != nil || errY != nil || !(math.Abs(y) <= 90 && math.Abs(x) <= 180) {
			return nil
		}
		return &orb.Point{x, y}
	}
	id, err := a.Resolve(text)
	if err != nil || a.byID[id].Geometry == nil {
		return nil
	}
	p := geo.LabelPoint(a.byID[id].Geometry)
	return &p
}

// nameOfPlace names what position finds.
func (v Voice) nameOfPlace(a *Atlas, text string) string {
	if id, err := a.Resolve(text); err == nil {
		c := a.byID[id].Properties.Common()
		return v.Pick(c.NameZH, c.NameEN).Text
	}
	return v.text("short.near.point", "", "at", text)
}

// candidates are the areas to rank, in their order: those in all of the sets, of which nil holds every area.
func (a *Atlas) candidates(sets ...map[layout.ID]bool) []layout.Candidate {
	var out []layout.Candidate
	for _, c := range a.ranking() {
		if !slices.ContainsFunc(sets, func(set map[layout.ID]bool) bool { return set != nil && !set[c.ID] }) {
			out = append(out, c)
		}
	}
	return out
}

// allCandidates gathers what ranking asks for, once for an atlas: label points take a while.
func (a *Atlas) allCandidates() []layout.Candidate {
	places := map[layout.ID][]*layout.Place{}
	for _, f := range a.within(layout.Places, func(*layout.Feature) bool { return true }) {
		p := f.Properties.(*layout.Place)
		places[p.Parent] = append(places[p.Parent], p)
	}
	var out []layout.Candidate
	for _, f := range a.areas {
		c := layout.Candidate{ID: f.ID, Area: f.Properties.(*layout.Area), Places: places[f.ID]}
		if f.Geometry != nil {
			at := geo.LabelPoint(f.Geometry)
			c.Label = &at
		}
		out = append(out, c)
	}
	return out
}

func (v *compareView) ranked(a *Atlas, s layout.Score, wish layout.Wish, compared []layout.ID) RankedView {
	r := RankedView{
		Item: a.item(v.Voice, a.byID[s.ID]), Href: v.Link("/f/" + string(s.ID)), Rank: s.Rank,
		Sum: groupDigits(s.Sum), In: slices.Contains(compared, s.ID),
	}
	if most := wish.Weights.Max(); most > 0 {
		r.Bar = int(math.Round(s.Sum / float64(most) * 100))
	}
	notes := [...]string{v.matchNote(s, wish), v.nearNote(s, wish), "", v.outlineNote(s)}
	if s.Parts[layout.ByTargets].Value == 0 {
		notes[layout.ByTargets] = v.text("n.notarget", "")
	}
	asked := [...]bool{len(wish.Codes) > 0, wish.Near != nil, true, true}
	for i, part := range s.Parts {
		view := RankedPart{Value: groupDigits(part.Value), Note: notes[i], Bar: int(math.Round(part.Value * 100)), Asked: asked[i]}
		r.Parts = append(r.Parts, view)
	}
	if !r.In && len(compared) < maxCompared {
		r.Compare = v.stateLink("/compare", "cmp", joinIDs(append(slices.Clone(compared), s.ID)))
	}
	return r
}

func (v *compareView) matchNote(s layout.Score, wish layout.Wish) string {
	switch part := s.Parts[layout.ByAI]; {
	case len(wish.Codes) == 0:
		return v.text("short.unset", "")
	case !part.Known:
		return v.text("short.unstated", "")
	case part.Value == 1:
		return v.text("basis.stated", "")
	case part.Value > 0:
		return v.text("basis.inferred", "")
	}
	return ""
}

func (v *compareView) nearNote(s layout.Score, wish layout.Wish) string {
	switch {
	case wish.Near == nil:
		return v.text("short.unset", "")
	case !s.Parts[layout.ByNearness].Known:
		return v.text("short.nowhere", "")
	}
	return v.text("short.km", "", "km", kilometres(s.DistanceM))
}

// outlineNote says how an outline was made and how far off it may be.
func (v *compareView) outlineNote(s layout.Score) string {
	if !s.Parts[layout.ByOutline].Known {
		return v.text("short.nooutline", "")
	}
	return joinNotes(v.text("q.short."+s.Area.Outline, s.Area.Outline), v.offBy(s.Area.PositionErrorM))
}
