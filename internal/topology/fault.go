package topology

import (
	"fmt"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

// The rules of operations, beside those of geometry. Errors of this package are geo.Fault values with one of either,
// and with the place where there is one.
const (
	RuleUnknown     geo.Rule = "unknown-shape"    // the shape is one of the fabric, and has an outline
	RuleTaken       geo.Rule = "id-taken"         // a new shape has an id of its own
	RuleNoCut       geo.Rule = "line-cuts-not"    // a line that splits leads through the shape from border to border
	RulePieces      geo.Rule = "pieces"           // there are as many pieces as ids for them
	RuleNotJoined   geo.Rule = "not-joined"       // shapes that are merged share a stretch of border
	RuleNoVertex    geo.Rule = "no-vertex"        // what is moved or taken out is a vertex of the shape
	RuleFold        geo.Rule = "folds"            // a moved border does not cross or run over another of the same shape
	RuleHoleWithin  geo.Rule = "hole-not-within"  // a hole that is cut lies within the shape
	RuleNoHole      geo.Rule = "no-hole"          // a place to fill lies in a hole
	RuleNothingLeft geo.Rule = "nothing-left"     // an operation leaves something of each shape
	RuleTolerance   geo.Rule = "tolerance"        // a tolerance is between 0 and MaxToleranceM
	RuleExtent      geo.Rule = "too-wide"         // what is worked on at once is less than 21 degrees wide and high
	RuleOperation   geo.Rule = "operation"        // an operation is one of the list, with what it needs
	RuleNotNear     geo.Rule = "nothing-in-reach" // a shape that is to snap has a neighbour within the tolerance
)

// MaxToleranceM is the largest tolerance in metres that operations take.
const MaxToleranceM = 1000

func fault(rule geo.Rule, at orb.Point, format string, args ...any) error {
	return geo.Fault{Rule: rule, At: at, Detail: fmt.Sprintf(format, args...)}
}
