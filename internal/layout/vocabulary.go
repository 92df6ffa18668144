package layout

import "slices"

// CodedLabel is an entry of a closed vocabulary.
type CodedLabel struct {
	Code string
	Label
}

// Specialisations returns the AI+ codes with their labels, in the order in which they are listed.
func Specialisations() []CodedLabel {
	return []CodedLabel{
		{"health", Label{"大健康", "Health"}},
		{"medical", Label{"医疗", "Medical"}},
		{"creative", Label{"文创", "Creative"}},
		{"tourism", Label{"文旅", "Culture and tourism"}},
		{"smartmfg", Label{"智能制造", "Smart manufacturing"}},
		{"auto", Label{"汽车", "Automotive"}},
		{"urban", Label{"都市工业", "Urban industry"}},
		{"bigdata", Label{"大数据", "Big data"}},
		{"chip", Label{"芯片", "Chips"}},
		{"apps", Label{"智能应用", "Smart applications"}},
		{"finance", Label{"金融", "Finance"}},
		{"agri", Label{"现代农业", "Agriculture"}},
	}
}

// Collections returns the stored collections in the order in which they are listed.
func Collections() []CollectionID {
	return []CollectionID{
		Areas, Places, Facilities, Districts, Context, Scenarios, Tasks, Goals, Units, Organisations,
	}
}

// Views returns the collections that are views of Areas, each with the kind that it shows.
func Views() []View {
	return []View{{Cores, KindCore}, {Zones, KindZone}, {Parks, KindPark}}
}

// Stored returns the collection that keeps the features of c, and the kind that they have where c is a view of it
// ("" where it is not); "" where the layout has no such collection.
func Stored(c CollectionID) (CollectionID, string) {
	for _, v := range Views() {
		if v.Collection == c {
			return Areas, v.Kind
		}
	}
	if !slices.Contains(Collections(), c) {
		return "", ""
	}
	return c, ""
}

// View is a collection that shows the areas of one kind.
type View struct {
	Collection CollectionID
	Kind       string
}

// Kinds returns the closed list of kinds of a collection, or nil where any short word may stand.
func Kinds(c CollectionID) []string {
	switch c {
	case Areas:
		return []string{KindCore, KindZone, KindPark}
	case Cores:
		return []string{KindCore}
	case Zones:
		return []string{KindZone}
	case Parks:
		return []string{KindPark}
	case Places:
		return []string{"specialised-park", "innovation-space", "emerging-cluster", "infrastructure", "platform"}
	case Context:
		return []string{"city", "functional-area", "river", "ring-road", "ridge", "lake", "airport", "landmark"}
	case Facilities:
		return []string{"facility"}
	case Districts:
		return []string{"district"}
	case Tasks:
		return []string{"task"}
	case Goals:
		return []string{"goal"}
	}
	return nil
}

// HasGeometry says whether the features of a collection may have a geometry.
func HasGeometry(c CollectionID) bool {
	switch c {
	case Scenarios, Tasks, Goals, Units, Organisations:
		return false
	}
	return true
}

// stored returns the collection that holds the features of c: Areas for a view, else c itself.
func stored(c CollectionID) CollectionID {
	for _, v := range Views() {
		if v.Collection == c {
			return Areas
		}
	}
	return c
}
