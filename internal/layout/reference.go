package layout

import (
	"fmt"
	"slices"
)

// reference checks that id, unless it is "", is that of a feature of one of the collections.
func (v *validator) reference(f Feature, name, rule string, id ID, collections ...CollectionID) {
	if id != "" && !slices.Contains(collections, v.sort[id]) {
		v.add(rule, pathOf(f, name), "%.40q is not the id of a feature of %v", id, collections)
	}
}

func (v *validator) referenceList(f Feature, name, rule string, ids []ID, collections ...CollectionID) {
	for i, id := range ids {
		path := fmt.Sprintf("%s/%d", name, i)
		if id == "" {
			v.add(rule, pathOf(f, path), "the id is empty")
		}
		if slices.Index(ids, id) < i {
			v.add(rule, pathOf(f, path), "%.40q occurs twice", id)
		}
		v.reference(f, path, rule, id, collections...)
	}
}

// references checks all ids that the properties of f hold.
func (v *validator) references(f Feature) {
	v.reference(f, "parent", RuleKnownParent, f.Properties.Common().Parent, Areas)
	switch p := f.Properties.(type) {
	case *Area:
		v.referenceList(f, "responsible_units", RuleKnownUnit, p.ResponsibleUnits, Units)
		v.referenceList(f, "district", RuleKnownDistrict, p.Districts, Districts)
		v.reference(f, "functional_area", RuleKnownFeature, p.FunctionalArea, Context)
	case *Place:
		v.referenceList(f, "district", RuleKnownDistrict, p.Districts, Districts)
	case *Facility:
		v.referenceList(f, "district", RuleKnownDistrict, p.Districts, Districts)
		v.reference(f, "scenario", RuleKnownFeature, p.Scenario, Scenarios)
		v.reference(f, "area", RuleKnownFeature, p.Area, Areas)
		v.reference(f, "see", RuleKnownFeature, p.See, Facilities, Places)
	case *ContextFeature:
		v.referenceList(f, "district", RuleKnownDistrict, p.Districts, Districts)
		v.reference(f, "facility", RuleKnownFeature, p.Facility, Facilities)
	case *Organisation:
		v.referenceList(f, "district", RuleKnownDistrict, p.Districts, Districts)
		v.reference(f, "office_at", RuleKnownUnit, p.OfficeAt, Units)
	case *Scenario:
		v.referenceList(f, "responsible_units", RuleKnownUnit, p.ResponsibleUnits, Units)
		v.referenceList(f, "facilities", RuleKnownFeature, p.Facilities, Facilities)
		v.referenceList(f, "organisations", RuleKnownFeature, p.Organisations, Organisations)
	case *Task:
		v.task(f, p)
	case *Goal:
		for i, r := range p.Roles {
			v.reference(f, fmt.Sprintf("roles/%d/area", i), RuleKnownFeature, r.Area, Areas)
		}
	}
}

func (v *validator) task(f Feature, t *Task) {
	v.referenceList(f, "responsible_units", RuleKnownUnit, t.ResponsibleUnits, Units)
	v.referenceList(f, "organisations", RuleKnownFeature, t.Organisations, Organisations)
	for i, s := range t.Strengths {
		v.reference(f, fmt.Sprintf("strengths/%d/organisation", i), RuleKnownFeature, s.Organisation, Organisations)
	}
}

// documentReferences checks the ids that the document holds.
func (v *validator) documentReferences(d Document) {
	for i, f := range d.Figures {
		v.documentReference(fmt.Sprintf("figures/%d/focus", i), f.Focus, Areas)
	}
	for i, c := range d.UnplacedClusters {
		path := fmt.Sprintf("unplaced_clusters/%d", i)
		v.documentReference(path+"/parent", c.Parent, Areas)
		if c.Code != "" && !slices.Contains(v.codes, c.Code) {
			v.add(RuleSpecialisation, "document/"+path+"/code", "the code %.40q is none of %v", c.Code, v.codes)
		}
	}
	for i, p := range d.NamedPlaces {
		v.documentReference(fmt.Sprintf("named_places/%d/area", i), p.Area, Areas)
	}
	for i, inconsistency := range d.Inconsistencies {
		for j, id := range inconsistency.Concerns {
			v.documentReference(fmt.Sprintf("inconsistencies/%d/concerns/%d", i, j), id, Collections()...)
		}
	}
}

func (v *validator) documentReference(path string, id ID, collections ...CollectionID) {
	if id != "" && !slices.Contains(collections, v.sort[id]) {
		v.add(RuleKnownFeature, "document/"+path, "%.40q is not the id of a feature of %v", id, collections)
	}
}
