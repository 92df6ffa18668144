package check

import (
	_ "embed"
	"encoding/json"
	"slices"
	"sync"
)

// Level says what an issue means for its draft.
type Level string

// The levels, the gravest first.
const (
	Error   Level = "error"   // the draft cannot be submitted
	Warning Level = "warning" // it can, with a reason
	Info    Level = "info"
)

// The codes of issues. Texts have the key check.CODE; those of geometry rule.RULE.
const (
	CodeGeometry        = "geometry" // any fault of geometry that has no code of its own
	CodeSelfCrossing    = "self-crossing"
	CodeHole            = "hole"
	CodeTooFewPoints    = "too-few-points"
	CodeOutsideCity     = "outside-city"
	CodeOverlap         = "overlap"
	CodeOutsideDistrict = "outside-district"
	CodeSliver          = "sliver"
	CodeSpike           = "spike"
	CodeClosePoints     = "close-points"
	CodeAreaChange      = "area-change"
	CodeLargeChange     = "area-change-large"
	CodeManyPoints      = "many-points"
	CodeRingDirection   = "ring-direction"
)

// Rule is one row of the table of checks.
type Rule struct {
	Code       string  `json:"code"`
	Level      Level   `json:"level"`
	Surveyed   Level   `json:"surveyed,omitempty"` // the level where both outlines are surveyed
	Limit      float64 `json:"limit,omitempty"`    // from where on it is an issue
	Unit       string  `json:"unit,omitempty"`     // of the limit
	Fix        string  `json:"fix,omitempty"`      // an operation of topology
	ToleranceM float64 `json:"tolerance_m,omitempty"`
	Lift       string  `json:"lift,omitempty"` // the role that must accept it before the draft is approved
}

// Table is all rules, and how many characters the reason for a warning has at least.
type Table struct {
	ReasonMinCharacters int    `json:"reason_min_characters"`
	Rules               []Rule `json:"rules"`
}

//go:embed rules.json
var rulesJSON []byte

var table = sync.OnceValue(func() Table {
	var t Table
	if err := json.Unmarshal(rulesJSON, &t); err != nil {
		panic("check: rules.json: " + err.Error())
	}
	return t
})

// Rules returns the table of checks as it is in rules.json.
func Rules() Table {
	t := table()
	t.Rules = slices.Clone(t.Rules)
	return t
}

// rule returns the rule with a code, which is one of the table.
func rule(code string) Rule {
	rules := table().Rules
	return rules[slices.IndexFunc(rules, func(r Rule) bool { return r.Code == code })]
}
