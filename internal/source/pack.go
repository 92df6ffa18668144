package source

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
)

// propertyLabelPoint is the name of the member for label points; some collections store it as a property.
const propertyLabelPoint = "label_point"

// Pack returns all that the page shows of s as one compact JSON object: version, published_at, document, and one
// array per stored collection, each with the features by layout.Compare. The same layout gives the same bytes.
//
// A feature is its properties, id and computed ones included, with geometry (GeoJSON, CRS84) and, where that is a
// line or polygon, label_point as [lon, lat], if it is not a property already. Both are left out where there is no
// geometry. The last members, pinyin and traditional, hold how names may be typed: see spellings and
// traditionalOf. Coordinates have five decimals. Those of the background, which is the districts and the lines and
// polygons of context, have four and fewer vertices: borders may lie 120 m off, lakes 40 m. Borders that districts
// share with each other or with the outline of kind city stay shared. No property is left out.
func Pack(s *Snapshot) ([]byte, error) {
	document, err := layout.MarshalDocument(s.layout.Document)
	if err != nil {
		return nil, fmt.Errorf("pack the document: %w", err)
	}
	out := strconv.AppendInt([]byte(`{"version":`), s.layout.Version, 10)
	out = s.layout.PublishedAt.UTC().AppendFormat(append(out, `,"published_at":`...), `"`+time.RFC3339Nano+`"`)
	out = append(append(out, `,"document":`...), document...)
	p := packer{snapshot: s, background: simplifyBackground(s.entries)}
	for _, id := range packed() {
		out = append(append(append(out, `,"`...), id...), `":[`...)
		if c := s.byID[id]; c != nil { // hidden ones are empty
			if out, err = p.appendFeatures(out, c); err != nil {
				return nil, fmt.Errorf("pack %s: %w", id, err)
			}
		}
		out = append(out, ']')
	}
	pinyin, err := layout.MarshalJSON(spellings(s.entries))
	if err != nil {
		return nil, fmt.Errorf("pack pinyin: %w", err)
	}
	out = append(append(out, `,"pinyin":`...), pinyin...)
	traditional, err := layout.MarshalJSON(traditionalOf(s.entries))
	if err != nil {
		return nil, fmt.Errorf("pack traditional characters: %w", err)
	}
	return append(append(append(out, `,"traditional":`...), traditional...), '}'), nil
}

// traditionalOf pairs, as one text, each traditional character with its simplified one, where what the page
// searches has that: so the page can be searched in either script.
func traditionalOf(entries []entry) string {
	used := map[rune]bool{}
	for i := range entries {
		if f := &entries[i].feature; spelled(f.Collection) {
			for _, r := range string(entries[i].read.PropertiesJSON()) {
				used[r] = true
			}
		}
	}
	var out strings.Builder
	for traditional, simplified := range hantHansPairs() {
		if used[simplified] && !used[traditional] {
			out.WriteRune(traditional)
			out.WriteRune(simplified)
		}
	}
	return out.String()
}

// spelled says whether the page searches the names of a collection.
func spelled(id layout.CollectionID) bool {
	switch id {
	case layout.Areas, layout.Places, layout.Units, layout.Tasks, layout.Scenarios, layout.Goals, layout.Facilities:
		return true
	}
	return false
}

// spellings tells, by id, how the names that the page searches may be typed in pinyin: the characters
// between spaces, the readings of one between slashes.
func spellings(entries []entry) map[layout.ID]string {
	out := map[layout.ID]string{}
	folded, names := newFolder(), speller{known: map[rune]unit{}}
	for i := range entries {
		if f := &entries[i].feature; spelled(f.Collection) {
			out[f.ID] = spellingOf(names.spell(compact(folded.fold(f.Properties.Common().NameZH))))
		}
	}
	return out
}

func spellingOf(units []unit) string {
	characters := make([]string, len(units))
	for i, u := range units {
		characters[i] = strings.Join(u.readings, "/")
	}
	return strings.Join(characters, " ")
}

// packed lists the collections of a pack in their order there.
func packed() []layout.CollectionID {
	return []layout.CollectionID{
		layout.Areas, layout.Places, layout.Districts, layout.Context, layout.Facilities, layout.Units,
		layout.Scenarios, layout.Tasks, layout.Goals, layout.Organisations,
	}
}

type packer struct {
	snapshot   *Snapshot
	background map[int32]orb.Geometry // simplified, by row
}

func (p *packer) appendFeatures(out []byte, c *collection) ([]byte, error) {
	_, labelled := c.property(propertyLabelPoint)
	for i, row := range c.rows {
		if i > 0 {
			out = append(out, ',')
		}
		e := &p.snapshot.entries[row]
		place, err := p.place(row, e, labelled)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.feature.ID, err)
		}
		out = append(out, joinObjects(e.read.PropertiesJSON(), place)...)
	}
	return out, nil
}

// place returns the geometry and the label point of a feature as an object, which is empty without a geometry.
func (p *packer) place(row int32, e *entry, labelled bool) ([]byte, error) {
	var place struct {
		Geometry   *geometryJSON `json:"geometry,omitempty"`
		LabelPoint *orb.Point    `json:"label_point,omitempty"`
	}
	if !isEmpty(e.feature.Geometry) {
		g, simplified := p.background[row]
		if !simplified {
			g = roundTo(e.feature.Geometry, fineDecimals)
		}
		place.Geometry = &geometryJSON{g.GeoJSONType(), g}
		if g.Dimensions() > 0 && !labelled {
			label := roundPoint(*e.measures().LabelPoint, fineDecimals)
			place.LabelPoint = &label
		}
	}
	return layout.MarshalJSON(place)
}
