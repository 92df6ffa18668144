package layout

// Facility is a named project, platform, centre or system; most have no known location.
type Facility struct {
	Base
	Type               string   `json:"type"`
	TypeZH             string   `json:"type_zh,omitempty"`
	Sector             string   `json:"sector"`
	SectorZH           string   `json:"sector_zh,omitempty"`
	Action             string   `json:"action"` // what the document does with it: build, advance, …
	ActionZH           string   `json:"action_zh,omitempty"`
	PlaceZH            string   `json:"place_zh,omitempty"` // the place that the text or the name gives
	PlaceEN            string   `json:"place_en,omitempty"`
	PlaceBasis         string   `json:"place_basis,omitempty"` // stated or from-name
	Located            string   `json:"located"`               // true, false (not a physical place) or unknown
	AlsoClauses        []string `json:"also_clauses,omitempty"`
	Scenario           ID       `json:"scenario,omitempty"`
	Area               ID       `json:"area,omitempty"` // the area that the document or the name ties it to
	See                ID       `json:"see,omitempty"`  // possibly the same thing
	SchemeZH           string   `json:"scheme_zh,omitempty"`
	SchemeEN           string   `json:"scheme_en,omitempty"`
	Branches           []Label  `json:"branches,omitempty"`
	Parts              []Label  `json:"parts,omitempty"`
	Partners           []Label  `json:"partners,omitempty"`
	Dimensions         []Label  `json:"dimensions,omitempty"`
	NamedPlaces        []Label  `json:"named_places,omitempty"`
	Directions         []Label  `json:"directions,omitempty"`
	Notes              []Label  `json:"notes,omitempty"`
	Districts          []ID     `json:"district,omitempty"`
	DistrictBasis      string   `json:"district_basis,omitempty"`
	DistrictBasisZH    string   `json:"district_basis_zh,omitempty"`
	DistrictConfidence string   `json:"district_confidence,omitempty"`
	PositionBasis      string   `json:"position_basis,omitempty"`
	PositionBasisZH    string   `json:"position_basis_zh,omitempty"`
	PublishedKM2       float64  `json:"published_area_km2,omitempty"`
	PublishedMeaning   string   `json:"published_area_meaning,omitempty"`
	PublishedMeaningZH string   `json:"published_area_meaning_zh,omitempty"`
	PublishedBasis     string   `json:"published_area_source,omitempty"`
	Provenance
}

// District is an administrative district; its id is its code in GB/T 2260 where it has one.
type District struct {
	Base
	Code       string     `json:"code,omitempty"`
	Pinyin     string     `json:"pinyin,omitempty"`
	LabelPoint [2]float64 `json:"label_point"` // lon, lat
	Schematic  bool       `json:"schematic"`
	Provenance
}

// ContextFeature is something drawn for orientation only. Kinds: city, functional-area, river,
// ring-road, ridge, lake, airport, landmark.
type ContextFeature struct {
	Base
	Code            string `json:"code,omitempty"`
	Pinyin          string `json:"pinyin,omitempty"`
	AltZH           string `json:"alt_zh,omitempty"`
	Part            string `json:"part,omitempty"`
	PartZH          string `json:"part_zh,omitempty"`
	Order           int    `json:"order,omitempty"` // of ring roads, from the centre
	IATA            string `json:"iata,omitempty"`
	Facility        ID     `json:"facility,omitempty"` // the facility that names it
	Districts       []ID   `json:"district,omitempty"`
	DistrictBasis   string `json:"district_basis,omitempty"`
	DistrictBasisZH string `json:"district_basis_zh,omitempty"`
	PositionBasis   string `json:"position_basis,omitempty"`
	Schematic       bool   `json:"schematic"`
	Provenance
}

// Unit is a body that the document makes responsible.
type Unit struct {
	Base
	KindZH string   `json:"kind_zh,omitempty"`
	FullZH string   `json:"full_zh"`
	FullEN string   `json:"full_en,omitempty"`
	Level  string   `json:"level"` // municipal, functional-area, district, central-agency or collective
	Note   string   `json:"note,omitempty"`
	Items  []string `json:"clauses,omitempty"`
	NoteZH string   `json:"note_zh,omitempty"`
}

// Organisation is a university, firm or institute that the document names.
type Organisation struct {
	Base
	KindZH          string   `json:"kind_zh,omitempty"`
	Note            string   `json:"note,omitempty"`
	NoteZH          string   `json:"note_zh,omitempty"`
	Clauses         []string `json:"clauses,omitempty"`
	Head            *Label   `json:"head,omitempty"` // of a leading group, as are the next three
	DeputyHeads     []Label  `json:"deputy_heads,omitempty"`
	Members         []Label  `json:"members,omitempty"`
	OfficeAt        ID       `json:"office_at,omitempty"` // the unit that keeps its office
	Districts       []ID     `json:"district,omitempty"`
	DistrictBasis   string   `json:"district_basis,omitempty"`
	DistrictBasisZH string   `json:"district_basis_zh,omitempty"`
	Seat            *Centre  `json:"seat,omitempty"` // where it is, when known
}

// Scenario is an application scenario. Its kind is the group that the document puts it in.
type Scenario struct {
	Base
	KindZH           string  `json:"kind_zh,omitempty"`
	ResponsibleUnits []ID    `json:"responsible_units,omitempty"`
	Facilities       []ID    `json:"facilities,omitempty"`
	Organisations    []ID    `json:"organisations,omitempty"`
	NamedPlaces      []Label `json:"named_places,omitempty"`
	Algorithms       []Label `json:"algorithms,omitempty"`
	Notes            []Label `json:"notes,omitempty"`
}

// Task is one numbered item of the document's tasks.
type Task struct {
	Base
	Number           int        `json:"number"`
	Section          string     `json:"section"`
	SummaryZH        string     `json:"summary_zh"` // what the clause settles, in our own words
	SummaryEN        string     `json:"summary_en"`
	ResponsibleUnits []ID       `json:"responsible_units,omitempty"`
	Organisations    []ID       `json:"organisations,omitempty"`
	Topics           []Label    `json:"topics,omitempty"`
	Targets          []Target   `json:"targets,omitempty"`
	Strengths        []Strength `json:"strengths,omitempty"`
	Subsidies        []Subsidy  `json:"subsidies,omitempty"`
	Funds            []Label    `json:"funds,omitempty"`
	NamedPlaces      []Label    `json:"named_places,omitempty"`
	Notes            []Label    `json:"notes,omitempty"`
}

// Strength is a field that a task relies on an organisation for.
type Strength struct {
	Organisation ID     `json:"organisation"`
	FieldZH      string `json:"field_zh"`
	FieldEN      string `json:"field_en"`
}

// Subsidy is what a task grants at most.
type Subsidy struct {
	ForZH        string  `json:"for_zh"`
	ForEN        string  `json:"for_en"`
	Max          float64 `json:"max"`
	UnitZH       string  `json:"unit_zh"`
	UnitEN       string  `json:"unit_en"`
	SharePercent float64 `json:"share_percent,omitempty"` // of the cost of the project
}

// Role is what a goal makes of an area.
type Role struct {
	Area   ID     `json:"area"`
	RoleZH string `json:"role_zh"`
	RoleEN string `json:"role_en"`
}

// Goal is one of the numbered goals of the document.
type Goal struct {
	Base
	Number      int      `json:"number"`
	Label       string   `json:"label"` // such as 50+
	Value       float64  `json:"value"`
	Year        int      `json:"year"`
	Parts       []Target `json:"parts,omitempty"`
	Fields      []Label  `json:"fields,omitempty"`
	Carriers    []Label  `json:"carriers,omitempty"`
	Examples    []Label  `json:"examples,omitempty"`
	Specialised []string `json:"specialisations,omitempty"` // AI+ codes named among the goals, tied to no area
	Aim         *Label   `json:"aim,omitempty"`
	Roles       []Role   `json:"roles,omitempty"`
	Slogans     []Label  `json:"slogans,omitempty"`
	Notes       []Label  `json:"notes,omitempty"`
}
