package layout

// The rules of a layout, beside those of geometry, which are geo's. A Violation names one of them.
const (
	RuleJSON            = "json"             // JSON in UTF-8, no name twice in an object
	RuleLimit           = "limit"            // sizes, counts, depths and lengths stay within bounds
	RuleMember          = "member"           // an object has the members it must have, and no others
	RuleType            = "type"             // a value has the type of its property
	RuleFile            = "file"             // all files of a layout folder are there
	RuleID              = "id"               // short, ASCII, letters, digits and hyphens
	RuleUniqueID        = "unique-id"        // one id, one feature, over all collections
	RuleSlug            = "slug"             // lower-case letters, digits and hyphens
	RuleUniqueSlug      = "unique-slug"      // a slug names one feature, and is no other feature's id
	RuleName            = "name"             // names are there, in both languages
	RuleKind            = "kind"             // of the closed list of the collection
	RuleValue           = "value"            // words and numbers are of those that the property allows
	RuleText            = "text"             // plain text without control characters
	RuleHasArea         = "has-area"         // a layout has at least one area
	RuleKnownParent     = "known-parent"     // a parent is an area
	RuleKnownUnit       = "known-unit"       // responsible units are units
	RuleKnownDistrict   = "known-district"   // districts are districts
	RuleKnownFeature    = "known-feature"    // any other reference leads to a feature of the right sort
	RuleOutline         = "outline"          // an area says how its outline was made
	RuleSpecialisation  = "specialisation"   // an AI+ code is one of Specialisations, once an area, with its basis
	RuleSize            = "size"             // a published size goes with a published size basis
	RuleGeometryPresent = "geometry-present" // areas, districts and context lie somewhere
	RuleGeometryAbsent  = "geometry-absent"  // registers have no geometry
	RuleGeometryType    = "geometry-type"    // a type that fits the collection and the kind
	RuleGeometryFlat    = "geometry-flat"    // positions are longitude and latitude, nothing else
)
