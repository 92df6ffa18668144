package page

import (
	"slices"
	"strconv"

	"parkmap/internal/layout"
)

// directionChoices are the AI+ directions that areas have, and those that are chosen, with their counts.
func (v *compareView) directionChoices(a *Atlas, chosen []string) []Choice {
	count := map[string]int{}
	for _, c := range a.ranking() {
		seen := map[string]bool{}
		for _, s := range c.Area.Specialisations {
			seen[s.Code] = true
		}
		for _, p := range c.Places {
			if p.Specialisation != nil {
				seen[p.Specialisation.Code] = true
			}
		}
		for code := range seen {
			count[code]++
		}
	}
	var out []Choice
	for _, s := range layout.Specialisations() {
		one := Choice{Value: s.Code, Name: v.label(s.Label), Count: count[s.Code], Chosen: slices.Contains(chosen, s.Code)}
		if one.Count > 0 || one.Chosen {
			out = append(out, one)
		}
	}
	return out
}

// nearChoices are the places that a distance may be taken from, by name: what is chosen but not among them
// stands first.
func (v *compareView) nearChoices(a *Atlas, chosen, name string) []ChoiceGroup {
	found := false
	group := func(key string, c layout.CollectionID, kind string) ChoiceGroup {
		g := ChoiceGroup{Name: v.text(key, "")}
		for _, f := range a.within(c, func(f *layout.Feature) bool {
			return f.Geometry != nil && (kind == "" || f.Properties.Common().Kind == kind)
		}) {
			common := f.Properties.Common()
			one := Choice{Value: string(f.ID), Name: v.Pick(common.NameZH, common.NameEN), Chosen: string(f.ID) == chosen}
			found = found || one.Chosen
			g.Choices = append(g.Choices, one)
		}
		return g
	}
	groups := []ChoiceGroup{
		group("short.near.airport", layout.Context, "airport"), group("short.near.landmark", layout.Context, "landmark"),
		group("short.near.facilities", layout.Facilities, ""), group("short.near.places", layout.Places, ""),
	}
	groups = slices.DeleteFunc(groups, func(g ChoiceGroup) bool { return len(g.Choices) == 0 })
	if chosen != "" && !found {
		groups = append([]ChoiceGroup{{Choices: []Choice{{Value: chosen, Name: Worded{Text: name}, Chosen: true}}}}, groups...)
	}
	return groups
}

func (v *compareView) weightViews(weights layout.Weights) []WeightView {
	var out []WeightView
	for i, key := range criterionKeys() {
		w := WeightView{Key: key, Name: v.text("short.c."+key, key), Rule: v.text("short.rule."+key, ""), Weight: weights[i]}
		for level := range layout.MaxWeight + 1 {
			n := strconv.Itoa(level)
			w.Levels = append(w.Levels, Choice{Value: n, Name: Worded{Text: v.text("short.weight."+n, n)}, Chosen: level == weights[i]})
		}
		out = append(out, w)
	}
	return out
}
