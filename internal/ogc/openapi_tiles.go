package ogc

import "parkmap/internal/layout"

const tagTiles = "tiles"

// addTilePaths describes the tiles of OGC API Tiles, and the XYZ tiles beside the API.
func addTilePaths(paths map[string]PathItem, b Base, d Dataset) {
	documents := []Parameter{formatParameter(DocumentFormats()), parameterRef("lang")}
	var ids []string
	for _, m := range d.MatrixSets {
		ids = append(ids, m.ID)
	}
	tms := Parameter{
		Name: "tileMatrixSetId", In: "path", Required: true, Description: "Tile matrix set.",
		Schema: &JSONSchema{Type: "string", Enum: ids},
	}
	paths["/tileMatrixSets"] = get(tagTiles, "Tile matrix sets", "getTileMatrixSetsList", documents, document("tileMatrixSets", DocumentFormats()))
	paths["/tileMatrixSets/{tileMatrixSetId}"] = get(tagTiles, "One tile matrix set", "getTileMatrixSet",
		append([]Parameter{tms}, documents...), document("tileMatrixSet", DocumentFormats()))
	addTileSetPaths(paths, "", "dataset", "The layout", tms, documents)
	addMapTilePaths(paths, "", "dataset", "The layout", tms, documents)
	for _, c := range d.Collections {
		if layout.HasGeometry(c.ID) {
			addTileSetPaths(paths, "/collections/"+string(c.ID), "collection."+string(c.ID), c.Title.EN, tms, documents)
			if !c.Table {
				addMapTilePaths(paths, "/collections/"+string(c.ID), "collection."+string(c.ID), c.Title.EN, tms, documents)
			}
		}
	}
	addXYZPaths(paths, b)
}

func addTileSetPaths(paths map[string]PathItem, root, id, title string, tms Parameter, documents []Parameter) {
	paths[root+"/tiles"] = get(tagTiles, title+": vector tilesets", id+".vector.getTileSetsList", documents, document("tileSets", DocumentFormats()))
	paths[root+"/tiles/{tileMatrixSetId}"] = get(tagTiles, title+": one vector tileset", id+".vector.getTileSet",
		append([]Parameter{tms}, documents...), document("tileSet", DocumentFormats()))
	paths[root+"/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}"] = get(tagTiles, title+": a vector tile", id+".vector.getTile",
		append(matrixNumbers(tms), formatParameter(TileFormats()), parameterRef("datetime")), tileResponses())
}

// matrixNumbers are the parameters that name a tile of OGC API Tiles.
func matrixNumbers(tms Parameter) []Parameter {
	return []Parameter{tms, tileNumber("tileMatrix", "Zoom."), tileNumber("tileRow", "Row, from the north."), tileNumber("tileCol", "Column, from the west.")}
}

// addXYZPaths describes tiles as maps on the web ask for them.
func addXYZPaths(paths map[string]PathItem, b Base) {
	text := func(name, description string) Parameter {
		return Parameter{Name: name, In: "path", Required: true, Description: description, Schema: &JSONSchema{Type: "string"}}
	}
	layer := text("layer", "layout, or a collection with geometry.")
	version := Parameter{
		Name: "version", In: "path", Required: true, Description: "Number of a version of the layout. The answer never changes.",
		Schema: &JSONSchema{Type: "integer"},
	}
	numbers := []Parameter{tileNumber("z", "Zoom."), tileNumber("x", "Column."), tileNumber("y", "Row.")}
	for _, datum := range []struct{ id, path, name string }{
		{"", "", "WGS 84, in Web Mercator"},
		{".gcj02", "/gcj02", "GCJ-02, as AMap and Tencent have it"},
		{".bd09", "/bd09", "BD-09, on the grid of Baidu: rows count up from the equator, columns and rows may be negative"},
	} {
		for _, root := range []struct {
			id, path   string
			parameters []Parameter
		}{
			{"", "/tiles/{layer}", []Parameter{layer}},
			{".version", "/tiles/{layer}/v{version}", []Parameter{layer, version}},
		} {
			document := get(tagTiles, "TileJSON: "+datum.name, "tilejson"+root.id+datum.id,
				append(tileJSONParameters(), root.parameters...), document("tileJSON", JSONFormats()))
			paths[root.path+datum.path+".json"] = beside(document, b)
			parameters, path := append(append(numbers[:3:3], parameterRef("datetime")), root.parameters...), root.path+datum.path+"/{z}/{x}/{y}"
			tiles := get(tagTiles, "A vector tile: "+datum.name, "xyz"+root.id+datum.id, parameters, tileResponses())
			paths[path+"."+FormatMVT] = beside(tiles, b)
			addXYZImages(paths, b, path, "xyz"+root.id+datum.id, datum.name, parameters)
		}
	}
}

// tileJSONParameters are the parameters of a TileJSON document besides those of its path.
func tileJSONParameters() []Parameter {
	return []Parameter{
		formatParameter(JSONFormats()), parameterRef("lang"), parameterRef(tileParameter + "format"), parameterRef(tileParameter + "scale"),
		parameterRef(pictureParameter + "theme"), parameterRef(pictureParameter + "mode"), parameterRef(tileParameter + "bg"), parameterRef("datetime"),
	}
}

// beside is a path that is not under that of the API.
func beside(item PathItem, b Base) PathItem {
	item.Servers = []Server{{URL: string(b) + "/"}}
	return item
}

func tileNumber(name, description string) Parameter {
	return Parameter{Name: name, In: "path", Required: true, Description: description, Schema: &JSONSchema{Type: "integer"}}
}

// tileResponses are a tile, and an empty one.
func tileResponses() map[string]Response {
	responses := document("", TileFormats())
	ok := responses["200"]
	ok.Headers["X-Tile-Report"] = Header{
		Description: "What was left out to keep the tile within its budget; absent when nothing was", Schema: &JSONSchema{Type: "string"},
	}
	responses["200"] = ok
	responses["204"] = Response{Description: "There is nothing in the tile"}
	return responses
}

// tileSchemas are the schemas of the documents on tiles.
func tileSchemas() map[string]*JSONSchema {
	text, number := &JSONSchema{Type: "string"}, &JSONSchema{Type: "number"}
	whole, list := &JSONSchema{Type: "integer"}, func(s *JSONSchema) *JSONSchema { return &JSONSchema{Type: "array", Items: s} }
	object := func(required []string, properties map[string]*JSONSchema) *JSONSchema {
		return &JSONSchema{Type: "object", Required: required, Properties: properties}
	}
	matrix := object([]string{"id", "scaleDenominator", "cellSize", "pointOfOrigin", "tileWidth", "tileHeight", "matrixWidth", "matrixHeight"},
		map[string]*JSONSchema{
			"id": text, "scaleDenominator": number, "cellSize": number, "cornerOfOrigin": text, "pointOfOrigin": list(number),
			"tileWidth": whole, "tileHeight": whole, "matrixWidth": whole, "matrixHeight": whole,
		})
	item := object([]string{"title", "dataType", "crs", "links"},
		map[string]*JSONSchema{"title": text, "dataType": text, "crs": text, "tileMatrixSetURI": text, "links": links()})
	limits := object([]string{"tileMatrix", "minTileRow", "maxTileRow", "minTileCol", "maxTileCol"}, map[string]*JSONSchema{
		"tileMatrix": text, "minTileRow": whole, "maxTileRow": whole, "minTileCol": whole, "maxTileCol": whole,
	})
	return map[string]*JSONSchema{
		"tileMatrixSets": object([]string{"links", "tileMatrixSets"}, map[string]*JSONSchema{
			"links": links(),
			"tileMatrixSets": list(object([]string{"id", "links"}, map[string]*JSONSchema{
				"id": text, "title": text, "uri": text, "crs": text, "links": links(),
			})),
		}),
		"tileMatrixSet": object([]string{"id", "crs", "tileMatrices"}, map[string]*JSONSchema{
			"type": text, "id": text, "title": text, "uri": text, "crs": text, "orderedAxes": list(text), "wellKnownScaleSet": text,
			"boundingBox": {Type: "object"}, "tileMatrices": list(matrix), "links": links(),
		}),
		"tileSets": object([]string{"links", "tilesets"}, map[string]*JSONSchema{"links": links(), "tilesets": list(item)}),
		"tileSet": object([]string{"dataType", "crs", "links", "layers"}, map[string]*JSONSchema{
			"title": text, "description": text, "dataType": text, "crs": text, "tileMatrixSetURI": text,
			"mediaTypes": list(text), "attribution": text, "links": links(), "tileMatrixSetLimits": list(limits),
			"boundingBox": {Type: "object"}, "layers": list(&JSONSchema{Type: "object"}),
		}),
		"tileJSON": object([]string{"tilejson", "tiles"}, map[string]*JSONSchema{
			"tilejson": text, "name": text, "description": text, "version": text, "attribution": text, "scheme": text,
			"tiles": list(text), "minzoom": whole, "maxzoom": whole, "bounds": list(number), "center": list(number),
			"vector_layers": list(&JSONSchema{Type: "object"}), "datum": text, "layout_version": whole, "budget": {Type: "object"},
		}),
	}
}
