package layout

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

// Criterion is one of the things that a shortlist is ranked by.
type Criterion int

// The criteria, in the order in which their weights are written.
const (
	ByAI Criterion = iota
	ByNearness
	ByTargets
	ByOutline
	Criteria int = iota // how many there are
)

// MaxWeight is the greatest weight of a criterion; the least is 0.
const MaxWeight = 3

// Weights tell how much each criterion counts.
type Weights [Criteria]int

// DefaultWeights lets every criterion count the same.
func DefaultWeights() Weights { return Weights{1, 1, 1, 1} }

// Max is the sum that an area with full scores reaches.
func (w Weights) Max() int {
	sum := 0
	for _, n := range w {
		sum += n
	}
	return sum
}

// Wish is what a reader looks for.
type Wish struct {
	Codes   []string   // AI+ codes of which one is enough; none lets that criterion give nothing
	Near    *orb.Point // CRS84; nil lets that criterion give nothing
	Weights Weights
}

// Candidate is an area that is to be ranked.
type Candidate struct {
	ID     ID
	Area   *Area
	Places []*Place   // that it holds
	Label  *orb.Point // CRS84; nil when its position is not known
}

// PartScore is what a criterion gives, from 0 to 1 with two decimals.
type PartScore struct {
	Value float64
	Known bool // false: the layout does not say, or the wish does not ask
}

// Score is a candidate's place in a shortlist.
type Score struct {
	Candidate
	Parts     [Criteria]PartScore
	DistanceM float64 // from the wished place along the geodesic; 0 without one
	Sum       float64 // of the parts times their weights
	Rank      int     // from 1; equal sums share it
}

// Values of the outline criterion.
const (
	surveyedScore  = 1
	digitisedScore = 0.6
	schematicScore = 0.2
	inferredScore  = 0.6
)

// Shortlist ranks candidates, the best first, equals in the order given. The AI+ criterion gives 1 where one of
// the wished codes is stated, also through a place, 0.6 where it is inferred, else 0. Nearness falls in a
// straight line from 1 at the wished place to 0 at the farthest candidate. Targets give 1 where any is stated.
// An outline gives 1 surveyed, 0.6 digitised, 0.2 schematic. What is not known gives 0.
func Shortlist(candidates []Candidate, wish Wish) []Score {
	scores := make([]Score, len(candidates))
	farthest := 0.0
	for i, c := range candidates {
		scores[i].Candidate = c
		if wish.Near != nil && c.Label != nil {
			scores[i].DistanceM = geo.DistanceM(*wish.Near, *c.Label)
			farthest = math.Max(farthest, scores[i].DistanceM)
		}
	}
	for i := range scores {
		s := &scores[i]
		s.Parts = [Criteria]PartScore{matchOf(s.Candidate, wish.Codes), nearness(s, wish, farthest), targetScore(s.Area), outlineScore(s.Area)}
		for c, part := range s.Parts {
			s.Sum += part.Value * float64(wish.Weights[c])
		}
		s.Sum = twoDecimals(s.Sum)
	}
	slices.SortStableFunc(scores, func(a, b Score) int { return cmp.Compare(b.Sum, a.Sum) })
	for i := range scores {
		scores[i].Rank = i + 1
		if i > 0 && scores[i].Sum == scores[i-1].Sum {
			scores[i].Rank = scores[i-1].Rank
		}
	}
	return scores
}

func twoDecimals(n float64) float64 { return math.Round(n*100) / 100 }

// matchOf compares the directions of an area and of its places with the wished codes. An area of which
// nothing at all is stated is not known rather than unfit.
func matchOf(c Candidate, codes []string) PartScore {
	if len(codes) == 0 {
		return PartScore{}
	}
	best := 0.0
	known := len(c.Area.Specialisations)+len(c.Area.Fields) > 0
	take := func(s Specialisation) {
		known = true
		if slices.Contains(codes, s.Code) {
			best = math.Max(best, basisScore(s.Basis))
		}
	}
	for _, s := range c.Area.Specialisations {
		take(s)
	}
	for _, p := range c.Places {
		if p.Specialisation != nil {
			take(*p.Specialisation)
		}
	}
	return PartScore{Value: best, Known: known}
}

func basisScore(basis string) float64 {
	if basis == BasisStated {
		return 1
	}
	return inferredScore
}

func nearness(s *Score, wish Wish, farthest float64) PartScore {
	switch {
	case wish.Near == nil || s.Label == nil:
		return PartScore{}
	case farthest == 0:
		return PartScore{Value: 1, Known: true}
	}
	return PartScore{Value: twoDecimals(1 - s.DistanceM/farthest), Known: true}
}

func targetScore(a *Area) PartScore {
	if len(a.Targets) > 0 {
		return PartScore{Value: 1, Known: true}
	}
	return PartScore{Known: true}
}

func outlineScore(a *Area) PartScore {
	switch a.Outline {
	case OutlineSurveyed:
		return PartScore{Value: surveyedScore, Known: true}
	case OutlineDigitised:
		return PartScore{Value: digitisedScore, Known: true}
	case OutlineSchematic:
		return PartScore{Value: schematicScore, Known: true}
	}
	return PartScore{}
}

// Holding returns the areas that features lead to: areas by themselves, places and facilities by the area that
// holds them, units by the areas that they are responsible for.
func Holding(l *Layout, features map[ID]bool) map[ID]bool {
	out, holder := map[ID]bool{}, map[ID]ID{}
	for i := range l.Features {
		if p, ok := l.Features[i].Properties.(*Place); ok {
			holder[l.Features[i].ID] = p.Parent
		}
	}
	take := func(id ID) {
		if area, ok := holder[id]; ok {
			id = area
		}
		if id != "" {
			out[id] = true
		}
	}
	for i := range l.Features {
		f := &l.Features[i]
		switch p := f.Properties.(type) {
		case *Area:
			if features[f.ID] || slices.ContainsFunc(p.ResponsibleUnits, func(unit ID) bool { return features[unit] }) {
				take(f.ID)
			}
		case *Place:
			if features[f.ID] {
				take(f.ID)
			}
		case *Facility:
			if features[f.ID] {
				take(cmp.Or(p.Area, p.Parent))
			}
		}
	}
	return out
}
