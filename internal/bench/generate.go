package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
)

// The made-up city: a box in CRS84 degrees, cut into columns × rows of districts.
const (
	west, south, east, north = 101.0, 36.0, 103.0, 37.5
	columns, rows            = 4, 2
	unitsMax                 = 12
	seed                     = 3000
)

var (
	nameHeads = []string{"澄", "岚", "霁", "沐", "芷", "汀", "屿", "禾", "砚", "棠", "樾", "漪", "翎", "琅", "皎", "蓼"}
	nameTails = []string{"汐", "麓", "荻", "岫", "畈", "浔", "苇", "峪", "泠", "榆", "坪", "渚", "栖", "垣", "霭", "埠"}
	headsEN   = []string{"Cheng", "Lan", "Ji", "Mu", "Zhi", "Ting", "Yu", "He", "Yan", "Tang", "Yue", "Yi", "Ling", "Lang", "Jiao", "Liao"}
	tailsEN   = []string{"xi", "lu", "di", "xiu", "fan", "xun", "wei", "gu", "leng", "yu", "ping", "zhu", "qi", "yuan", "ai", "bu"}
)

// properties are those of one feature.
type properties = map[string]any

// generator makes up a layout; the same seed gives the same one.
type generator struct {
	random *rand.Rand
	number int
	areas  []*item
	places []*item
}

// generate writes a layout folder with a core, a zone and o.parks parks, all made up: something to look at
// and to measure with when the built-in layout is too small.
func generate(_ context.Context, o options) error {
	if o.parks < 1 || o.parks > 9999 {
		return fmt.Errorf("%d parks: between 1 and 9999 can be made", o.parks)
	}
	if err := os.MkdirAll(o.layout, 0o755); err != nil {
		return err
	}
	for name, content := range makeUp(o.parks) {
		text, err := json.Marshal(content)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(o.layout, name), append(text, '\n'), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// makeUp returns the files of a layout with a core, a zone and so many parks.
func makeUp(parks int) map[string]any {
	g := &generator{random: rand.New(rand.NewPCG(seed, uint64(parks)))}
	g.lead("C1", layout.KindCore, "澄心核", "Chengxin Core", orb.Point{102.02, 36.82})
	g.lead("Z1", layout.KindZone, "岚野区", "Lanye Zone", orb.Point{102.1, 36.55})
	g.parks(parks)
	districts := make([]*item, 0, columns*rows)
	for i := range columns * rows {
		districts = append(districts, district(i))
	}
	city := feature("X01", boxOutline(west, south, east, north), properties{
		"kind": "city", "name_zh": "澄岚市", "name_en": "Chenglan City", "schematic": true, "source": "made up for measuring",
	})
	return map[string]any{
		"document.json": document(parks), "areas.geojson": collection(g.areas), "places.geojson": collection(g.places),
		"districts.geojson": collection(districts), "context.geojson": collection([]*item{city}),
		"facilities.geojson": collection([]*item{}), "units.json": units(),
		"scenarios.json": []any{}, "tasks.json": []any{}, "goals.json": []any{}, "organisations.json": []any{},
	}
}

// document is what the layout rests on: nothing.
func document(parks int) properties {
	return properties{
		"name_zh": "虚构的布局", "name_en": "A made-up layout", "place_zh": "澄岚市", "place_en": "Chenglan City",
		"title_zh": "虚构布局说明", "title_en": "Note on a made-up layout", "number": "示例",
		"parts":   []properties{{"no": "1", "title_zh": "园", "title_en": "Parks"}},
		"figures": []properties{{"no": 1, "title_zh": "虚构的布局", "title_en": "The made-up layout", "caption_zh": "全部为虚构。", "caption_en": "All of it is made up.", "clause": "1", "in_document": false}},
		"structure": properties{
			"parks_named": parks, "parks_role_zh": "虚构园", "parks_role_en": "made-up parks", "parks_clause": "1",
		},
		"accuracy":     []properties{{"zh": "全部内容为测量而虚构。", "en": "Everything here is made up for measuring."}},
		"attributions": []properties{{"name": "parkmap", "what": "Made-up data", "licence": "that of the project"}},
	}
}

// item is one feature of a file.
type item struct {
	Type       string     `json:"type"`
	ID         string     `json:"id"`
	Properties properties `json:"properties"`
	Geometry   shape      `json:"geometry"`
}

// shape is a geometry in GeoJSON.
type shape struct {
	Type        string       `json:"type"`
	Coordinates orb.Geometry `json:"coordinates"`
}

// feature returns one feature of a file.
func feature(id string, g orb.Geometry, p properties) *item {
	return &item{Type: "Feature", ID: id, Properties: p, Geometry: shape{g.GeoJSONType(), g}}
}

// collection returns the content of a file of features.
func collection(features []*item) properties {
	return properties{"type": "FeatureCollection", "features": features}
}

// districtOf returns the number of the district that holds a point of the city.
func districtOf(p orb.Point) int {
	column := int((p.X() - west) / (east - west) * columns)
	row := int((p.Y() - south) / (north - south) * rows)
	return min(row, rows-1)*columns + min(column, columns-1)
}

// districtID returns the id of the i-th district.
func districtID(i int) string { return fmt.Sprintf("9902%02d", i+1) }

// district returns the i-th district, a cell of the city.
func district(i int) *item {
	w, h := (east-west)/columns, (north-south)/rows
	x, y := west+float64(i%columns)*w, south+float64(i/columns)*h
	return feature(districtID(i), boxOutline(x, y, x+w, y+h), properties{
		"kind": "district", "name_zh": nameHeads[i] + nameTails[i] + "区", "name_en": headsEN[i] + tailsEN[i] + " District",
		"label_point": orb.Point{x + w/2, y + h/2}, "schematic": true, "source": "made up for measuring",
	})
}

// units returns the units that answer for the areas.
func units() []properties {
	list := make([]properties, 0, unitsMax)
	for i := range unitsMax {
		zh, en := nameTails[i]+nameHeads[i]+"办", tailsEN[i]+headsEN[i]
		list = append(list, properties{
			"id": unitID(i), "kind": "committee", "name_zh": zh, "name_en": "Office " + en, "full_zh": zh + "公室", "level": "municipal",
		})
	}
	return list
}

// unitID returns the id of the i-th unit.
func unitID(i int) string { return fmt.Sprintf("U%02d", i+1) }

// round cuts a coordinate to about a decimetre.
func round(degrees float64) float64 { return math.Round(degrees*1e6) / 1e6 }
