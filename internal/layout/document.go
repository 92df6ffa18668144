package layout

// Document is what the layout rests on and what holds for it as a whole. Everything that a screen says
// about the layout that is not an attribute of a feature comes from here.
type Document struct {
	NameZH  string `json:"name_zh"` // of the layout
	NameEN  string `json:"name_en"`
	PlaceZH string `json:"place_zh"` // the city or region that it lies in
	PlaceEN string `json:"place_en"`

	TitleZH    string `json:"title_zh"` // of the document
	TitleEN    string `json:"title_en"`
	Number     string `json:"number"`
	NoticeZH   string `json:"notice_zh,omitempty"` // the type of notice that carries it
	NoticeEN   string `json:"notice_en,omitempty"`
	Issued     string `json:"issued,omitempty"` // ISO date; "" is unknown
	IssuedNote string `json:"issued_note,omitempty"`
	Issuer     string `json:"issuer,omitempty"`
	IssuerNote string `json:"issuer_note,omitempty"`
	PageDate   string `json:"page_date,omitempty"` // ISO date of the page that carries it
	PageSite   string `json:"page_site,omitempty"`
	Effective  string `json:"effective,omitempty"` // ISO date
	Expires    string `json:"expires,omitempty"`   // ISO date
	TargetYear int    `json:"target_year,omitempty"`

	Parts            []Heading       `json:"parts,omitempty"`
	Sections         []Heading       `json:"sections,omitempty"`
	Figures          []Figure        `json:"figures,omitempty"`
	Structure        Structure       `json:"structure"`
	OverallGoals     []Target        `json:"overall_goals,omitempty"`
	OverallFields    []FieldGroup    `json:"overall_fields,omitempty"`
	ScenarioTargets  []Target        `json:"scenario_targets,omitempty"`
	UnplacedClusters []Cluster       `json:"unplaced_clusters,omitempty"`
	Numbers          []Number        `json:"numbers,omitempty"`
	NamedPlaces      []NamedPlace    `json:"named_places,omitempty"`
	PolicyReferences []Label         `json:"policy_references,omitempty"`
	Inconsistencies  []Inconsistency `json:"inconsistencies,omitempty"`
	Notes            []Label         `json:"notes,omitempty"`

	Accuracy     []Label       `json:"accuracy"`     // what may be said of the data, sentence by sentence
	Attributions []Attribution `json:"attributions"` // lines that must go with the data
}

// Heading is a part or section of the document.
type Heading struct {
	No      string `json:"no"`
	TitleZH string `json:"title_zh"`
	TitleEN string `json:"title_en"`
	Items   []int  `json:"items,omitempty"` // numbers of the tasks in it
}

// Figure is a map that the document names; View says what our redrawing shows.
type Figure struct {
	No         int    `json:"no"`
	TitleZH    string `json:"title_zh"`
	TitleEN    string `json:"title_en"`
	CaptionZH  string `json:"caption_zh"` // in our own words
	CaptionEN  string `json:"caption_en"`
	Clause     string `json:"clause"`
	Focus      ID     `json:"focus,omitempty"` // the area shown; "" shows the whole layout
	InDocument bool   `json:"in_document"`     // whether the drawing itself is there
}

// Structure is the layout in numbers and roles, as the document has them.
type Structure struct {
	ParksNamed      int      `json:"parks_named"`
	ParksStated     int      `json:"parks_stated,omitempty"` // 0: the document gives no number
	ParksStatedIn   []string `json:"parks_stated_in,omitempty"`
	ParksRoleZH     string   `json:"parks_role_zh,omitempty"`
	ParksRoleEN     string   `json:"parks_role_en,omitempty"`
	ParksClause     string   `json:"parks_clause,omitempty"`
	ParksSupport    []Label  `json:"parks_support,omitempty"`
	ParksTechnology []Label  `json:"parks_technology,omitempty"`
	Chain           []Label  `json:"chain,omitempty"`
	Carriers        []Label  `json:"carriers,omitempty"`
	EndProducts     []Label  `json:"end_products,omitempty"`
	Intelligences   []Label  `json:"intelligences,omitempty"`
	ScenariosZH     string   `json:"scenarios_scheme_zh,omitempty"`
	ScenariosEN     string   `json:"scenarios_scheme_en,omitempty"`
}

// FieldGroup is a group of fields that the overall goals name.
type FieldGroup struct {
	TitleZH string  `json:"title_zh"`
	TitleEN string  `json:"title_en"`
	Fields  []Label `json:"fields"`
}

// Cluster is an AI+ form or field that is named without a place.
type Cluster struct {
	LabelZH string `json:"label_zh"`
	LabelEN string `json:"label_en"`
	Code    string `json:"code,omitempty"` // a key of Specialisations, if it is one
	Parent  ID     `json:"parent"`
	Clause  string `json:"clause"`
}

// Number is one figure that the document gives.
type Number struct {
	Clause     string  `json:"clause"`
	MetricEN   string  `json:"metric_en"`
	MetricZH   string  `json:"metric_zh,omitempty"`
	Comparator string  `json:"comparator"`
	Value      float64 `json:"value"`
	Unit       string  `json:"unit"`
	Note       string  `json:"note,omitempty"`
}

// NamedPlace is a place that the document names, with the area it belongs to, if any.
type NamedPlace struct {
	NameZH  string   `json:"name_zh"`
	NameEN  string   `json:"name_en"`
	Kind    string   `json:"kind"`
	KindZH  string   `json:"kind_zh,omitempty"`
	Clauses []string `json:"clauses"`
	Area    ID       `json:"area,omitempty"`
}

// Inconsistency is a place where the document disagrees with itself or leaves a gap.
type Inconsistency struct {
	ID       string   `json:"id"`
	WhatZH   string   `json:"what_zh"`
	WhatEN   string   `json:"what_en"`
	DetailZH string   `json:"detail_zh"`
	DetailEN string   `json:"detail_en"`
	Concerns []ID     `json:"concerns,omitempty"` // the features that it bears on
	Clauses  []string `json:"clauses,omitempty"`
}

// Attribution is one source that has to be named with the data.
type Attribution struct {
	Name    string `json:"name"`
	What    string `json:"what"`
	Licence string `json:"licence"`
	Holder  string `json:"holder,omitempty"`
	URL     string `json:"url,omitempty"`
	Text    string `json:"text,omitempty"` // the licence in full, where it has to be shipped
}

// Credits returns a line for each source that has to be named with the data: its name and licence.
func Credits(sources []Attribution) []string {
	var lines []string
	for _, a := range sources {
		line := a.Name
		if a.Licence != "" {
			line += " (" + a.Licence + ")"
		}
		lines = append(lines, line)
	}
	return lines
}
