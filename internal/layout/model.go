package layout

// Properties are the attributes of one feature; each collection has its own type. The JSON names of
// the struct fields are the property names of the API, of the layout folder and of the stores.
type Properties interface {
	// Common returns the attributes that every collection has.
	Common() *Base
}

// Base holds what every feature has, whatever its collection.
type Base struct {
	Slug   string `json:"slug,omitempty"`   // a second name in addresses; may change
	Kind   string `json:"kind"`             // a closed list per collection
	NameZH string `json:"name_zh"`          // as the document has it
	NameEN string `json:"name_en"`          // translated by the compiler, not official
	Parent ID     `json:"parent,omitempty"` // the area that holds it
	Clause string `json:"clause,omitempty"` // where the document names it, such as 三.(一).1
}

// Common implements Properties for every type that embeds it.
func (b *Base) Common() *Base { return b }

// Kinds of areas.
const (
	KindCore = "core"
	KindZone = "zone"
	KindPark = "park"
)

// Qualities of an outline.
const (
	OutlineSchematic = "schematic"
	OutlineDigitised = "digitised"
	OutlineSurveyed  = "surveyed"
)

// Basis says how a specialisation is known.
const (
	BasisStated   = "stated"
	BasisInferred = "inferred"
)

// Basis of the size of an outline.
const (
	SizePublished = "published"
	SizeNominal   = "nominal" // chosen by whoever drew it: never shown as a figure
)

// Responsibility says whether an area has its units to itself.
const (
	ResponsibilityOwn    = "own"
	ResponsibilityShared = "shared"
)

// Area is the core, the zone or a park.
type Area struct {
	Base
	Number  int    `json:"number"` // order in the document within its kind, from 1
	ShortZH string `json:"short_zh"`
	ShortEN string `json:"short_en"`

	BuiltOnZH string `json:"built_on_zh,omitempty"` // the existing area that it is built on
	BuiltOnEN string `json:"built_on_en,omitempty"`
	RoleZH    string `json:"role_zh,omitempty"`
	RoleEN    string `json:"role_en,omitempty"`

	PlaceInTextZH    string `json:"place_in_text_zh,omitempty"`    // the place that the document gives it
	PlaceInTextBasis string `json:"place_in_text_basis,omitempty"` // stated or from-name

	Specialisations []Specialisation `json:"specialisations,omitempty"`     // none: not stated
	Fields          []Label          `json:"fields,omitempty"`              // stated fields without an AI+ code
	Breakthroughs   []Label          `json:"breakthrough_fields,omitempty"` // fields in which it is to break through
	RelatedClauses  []RelatedClause  `json:"related_clauses,omitempty"`
	Programmes      []Label          `json:"programmes,omitempty"`
	Factors         []Label          `json:"factors,omitempty"`
	Targets         []Target         `json:"targets,omitempty"`

	ResponsibleUnits []ID   `json:"responsible_units,omitempty"`
	Responsibility   string `json:"responsibility,omitempty"` // own or shared

	Districts          []ID   `json:"district,omitempty"` // ids in the collection districts
	DistrictBasis      string `json:"district_basis,omitempty"`
	DistrictBasisZH    string `json:"district_basis_zh,omitempty"`
	DistrictConfidence string `json:"district_confidence,omitempty"` // high, medium or low
	FunctionalArea     ID     `json:"functional_area,omitempty"`     // id in the collection context

	// From other sources than the document, each with its source.
	ManagingBodyZH        string  `json:"managing_body_zh,omitempty"`
	ManagingBodyEN        string  `json:"managing_body_en,omitempty"`
	ManagingBodySource    string  `json:"managing_body_source,omitempty"`
	Industries            []Label `json:"industries,omitempty"`
	IndustriesSource      string  `json:"industries_source,omitempty"`
	PlannedAreaKM2        float64 `json:"planned_area_km2,omitempty"` // published elsewhere; 0 is unknown
	PlannedAreaMeaning    string  `json:"planned_area_meaning,omitempty"`
	PlannedAreaMeaningZH  string  `json:"planned_area_meaning_zh,omitempty"`
	PlannedAreaSource     string  `json:"planned_area_source,omitempty"`
	PlannedAreaConfidence string  `json:"planned_area_confidence,omitempty"` // high, medium or low
	StartAreaKM2          float64 `json:"start_area_km2,omitempty"`
	StartAreaSource       string  `json:"start_area_source,omitempty"`
	HostAreaKM2           float64 `json:"host_area_km2,omitempty"` // of something larger that holds it: never its own size
	HostAreaMeaning       string  `json:"host_area_meaning,omitempty"`
	HostAreaMeaningZH     string  `json:"host_area_meaning_zh,omitempty"`
	HostAreaSource        string  `json:"host_area_source,omitempty"`
	HostAreaConfidence    string  `json:"host_area_confidence,omitempty"` // high, medium or low
	Limits                *Limits `json:"limits,omitempty"`
	Centre                *Centre `json:"centre,omitempty"`
	Notes                 []Label `json:"notes,omitempty"`

	Provenance
}

// Provenance says how a geometry was made and how far it may be trusted.
type Provenance struct {
	Outline        string  `json:"outline,omitempty"`    // of areas: schematic, digitised or surveyed
	SizeBasis      string  `json:"size_basis,omitempty"` // of areas: published or nominal; a nominal size is not shown
	Source         string  `json:"source,omitempty"`     // what the geometry was made from
	SourceZH       string  `json:"source_zh,omitempty"`
	PositionErrorM float64 `json:"position_error_m,omitempty"`
	Confidence     string  `json:"confidence,omitempty"` // in the position: high, medium or low
}

// Specialisation is one AI+ direction of an area; Code is a key of Specialisations.
type Specialisation struct {
	Code    string `json:"code"`
	LabelZH string `json:"label_zh"`
	LabelEN string `json:"label_en"`
	Basis   string `json:"basis"`             // stated or inferred
	Through ID     `json:"through,omitempty"` // the place through which it is stated
}

// Label is a name in both languages.
type Label struct {
	ZH string `json:"zh"`
	EN string `json:"en,omitempty"`
}

// RelatedClause is a clause that names the theme or the district of an area, but not the area.
type RelatedClause struct {
	Clause  string `json:"clause"`
	TopicZH string `json:"topic_zh"`
	TopicEN string `json:"topic_en,omitempty"`
}

// Target is a number that the document sets.
type Target struct {
	MetricZH   string  `json:"metric_zh"`
	MetricEN   string  `json:"metric_en"`
	Comparator string  `json:"comparator"` // ">", ">=", "=" or "<="
	Value      float64 `json:"value"`
	UnitZH     string  `json:"unit_zh"`
	UnitEN     string  `json:"unit_en"`
	Year       int     `json:"year,omitempty"`
	PrintedZH  string  `json:"printed_zh,omitempty"` // as the document has it
	Clause     string  `json:"clause,omitempty"`
	Fields     []Label `json:"fields,omitempty"`   // what it is to be reached in
	Examples   []Label `json:"examples,omitempty"` // what counts towards it
}

// Limits are what a source says lies on each side of an area.
type Limits struct {
	North  string `json:"north,omitempty"`
	East   string `json:"east,omitempty"`
	South  string `json:"south,omitempty"`
	West   string `json:"west,omitempty"`
	Source string `json:"source"`
}

// Centre is a point known for an extended area, with how it is known.
type Centre struct {
	Lon            float64 `json:"lon"`
	Lat            float64 `json:"lat"`
	Basis          string  `json:"basis"`
	BasisZH        string  `json:"basis_zh,omitempty"`
	Source         string  `json:"source,omitempty"`
	PositionErrorM float64 `json:"position_error_m,omitempty"`
	Confidence     string  `json:"confidence,omitempty"`
}

// Place is a named site inside the core or the zone. Kinds: specialised-park, innovation-space,
// emerging-cluster, infrastructure, platform. Its geometry is a point, or nil when unknown.
type Place struct {
	Base
	Number             int             `json:"number"`
	Specialisation     *Specialisation `json:"specialisation,omitempty"`
	Functions          []Label         `json:"functions,omitempty"`
	Districts          []ID            `json:"district,omitempty"`
	DistrictBasis      string          `json:"district_basis,omitempty"`
	DistrictBasisZH    string          `json:"district_basis_zh,omitempty"`
	DistrictConfidence string          `json:"district_confidence,omitempty"`
	PositionBasis      string          `json:"position_basis,omitempty"`
	PositionBasisZH    string          `json:"position_basis_zh,omitempty"`
	AreaKM2            float64         `json:"published_area_km2,omitempty"`
	AreaMeaning        string          `json:"published_area_meaning,omitempty"`
	AreaMeaningZH      string          `json:"published_area_meaning_zh,omitempty"`
	AreaSource         string          `json:"published_area_source,omitempty"`
	Industries         []Label         `json:"industries,omitempty"`
	IndustriesSource   string          `json:"industries_source,omitempty"`
	Provenance
}
