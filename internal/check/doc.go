// Package check looks at the changes of a draft against the published layout and says what is wrong, doubtful or worth
// knowing, each with its place, its numbers and, where there is one, a fix: an operation of package topology.
//
// The rules with their thresholds are data, rules.json, and so are the cases of testdata/vectors.json: the map page
// checks by the same rules while a border is drawn and is tested with the same cases. What breaks a rule of layout is
// not repeated here, but for geometry, which a draft may hold before it is sound.
//
// The package stands on layout, topology and geo. It knows no HTTP, no SQL and no clock.
package check
