package ogc

import (
	"net/url"

	"parkmap/internal/geo"
)

const tagMapPictures = "map images"

// mapParameter begins the names of the parameters of maps among the components.
const mapParameter = "map-"

// MapParameters lists the parameters of a map.
func MapParameters() []string {
	out := []string{"f", "lang"}
	for _, p := range mapParameters() {
		out = append(out, p.Name)
	}
	return out
}

// mapParameters are those of OGC API Maps, and what colours the map.
func mapParameters() []Parameter {
	four, six, explode := 4, 6, false
	text := func(name, description string) Parameter {
		return Parameter{Name: name, In: "query", Description: description, Schema: &JSONSchema{Type: "string"}}
	}
	out := []Parameter{
		{
			Name: "bbox", In: "query", Style: "form", Explode: &explode,
			Description: "What the map shows: the lower left and the upper right corner, in the order of the axes of bbox-crs. It may not cross the 180th meridian. Without it the map shows the extent.",
			Schema:      &JSONSchema{Type: "array", MinItems: &four, MaxItems: &six, Items: &JSONSchema{Type: "number"}},
		},
		text("bbox-crs", "Reference system of bbox; "+CRS84+" where none is named."),
		text("crs", "Reference system of the map, by URI or as [EPSG:4544]; "+CRS84+" where none is named."),
		{
			Name: "transparent", In: "query", Description: "Whether the map lets through what lies below; true unless bgcolor is given. With false and without bgcolor it has the ground of the style.",
			Schema: &JSONSchema{Type: "boolean"},
		},
		text("bgcolor", "Colour below the map: 0xRRGGBB, 0xAARRGGBB with opacity, or a name of CSS."),
	}
	shared := map[string]bool{"width": true, "height": true, "theme": true, "mode": true}
	for _, p := range pictureParameters(FigurePicture) {
		if shared[p.Name] {
			out = append(out, p)
		}
	}
	for i := range out {
		if s := *out[i].Schema; s.Type == "integer" {
			s.Default = nil // it follows from the shape of the box
			out[i].Schema = &s
		}
	}
	return out
}

// addMapPaths describes the maps of OGC API Maps.
func addMapPaths(paths map[string]PathItem, d Dataset) {
	parameters := []Parameter{formatParameter(MapFormats()), parameterRef("lang")}
	for _, p := range mapParameters() {
		parameters = append(parameters, parameterRef(mapParameter+p.Name))
	}
	paths["/map"] = get(tagMapPictures, "The layout: map", "dataset.getMap", parameters, mapResponses())
	for _, c := range d.Collections {
		if len(c.GeometryTypes) > 0 {
			paths["/collections/"+url.PathEscape(string(c.ID))+"/map"] =
				get(tagMapPictures, c.Title.EN+": map", "collection."+operationName(c.ID)+".getMap", parameters, mapResponses())
		}
	}
}

func mapComponents() map[string]Parameter {
	out := map[string]Parameter{}
	for _, p := range mapParameters() {
		out[mapParameter+p.Name] = p
	}
	return out
}

func mapResponses() map[string]Response {
	responses := document("", MapFormats())
	h := responses["200"].Headers
	h["Content-Crs"] = Header{Description: "Reference system of the map", Schema: &JSONSchema{Type: "string"}}
	h["Content-Bbox"] = Header{Description: "What the map shows, in its reference system: lower left and upper right corner, in the order of the axes", Schema: &JSONSchema{Type: "string"}}
	return responses
}

// mapLink leads from a collection or, with an empty id, from the landing page to its map.
func mapLinks(href string, l Lang) []Link {
	var links []Link
	for _, f := range MapFormats() {
		links = append(links, Link{href + "?f=" + f.Name, relMap, f.Type, l.Of(titleMap)})
	}
	return links
}

// gridReach is how far from its meridian a Gauss-Krüger grid is listed, in degrees.
const gridReach = 3

// mapSystems lists the reference systems that suit maps of an extent: geographic ones and web mercator, and the grids of
// CGCS2000 whose meridian is near. Others are drawn when asked for.
func mapSystems(extent *geo.BBox) []string {
	var out []string
	for _, c := range geo.AllCRS() {
		lon, grid := c.Meridian()
		if !grid || extent != nil && lon >= extent.West-gridReach && lon <= extent.East+gridReach {
			out = append(out, c.URI())
		}
	}
	return out
}
