package ogc

import "parkmap/internal/layout"

// FormatMVT is the name of the format of vector tiles.
const FormatMVT = "mvt"

// What lies below areas and places in tiles that are images: nothing, or our own map of the ground.
const (
	GroundNone = "none"
	GroundBase = "base"
)

// Grounds lists the values of the parameter bg, the one that holds without it first.
func Grounds() []string { return []string{GroundNone, GroundBase} }

// MapTileFormats lists the representations of tiles that are images.
func MapTileFormats() []Format { return []Format{formatPNG, formatWebP} }

// LookParameters lists the parameters of tiles that are images.
func LookParameters() []string { return []string{"theme", "mode", "lang", "bg"} }

// TileJSONParameters lists the parameters of a TileJSON document.
func TileJSONParameters() []string {
	return []string{"f", "lang", "format", "scale", "theme", "mode", "bg"}
}

// lookRefs are these parameters as references.
func lookRefs() []Parameter {
	return []Parameter{parameterRef(pictureParameter + "theme"), parameterRef(pictureParameter + "mode"), parameterRef(tileParameter + "lang"), parameterRef(tileParameter + "bg")}
}

// tileParameter begins the names of the parameters of tiles among the components.
const tileParameter = "tile-"

// tileComponents are the parameters of tiles, by their name among the components.
func tileComponents() map[string]Parameter {
	one := func(name, description string, values ...string) Parameter {
		return Parameter{Name: name, In: "query", Description: description, Schema: &JSONSchema{Type: "string", Enum: values, Default: values[0]}}
	}
	formats := []string{FormatMVT}
	for _, f := range MapTileFormats() {
		formats = append(formats, f.Name)
	}
	return map[string]Parameter{
		tileParameter + "lang":   one("lang", "Language of the names, whatever the header Accept-Language says: an address has one image.", string(ZH), string(EN)),
		tileParameter + "bg":     one("bg", "What lies below areas and places: nothing, so that the image can be laid over other maps, or our own map of the ground.", Grounds()...),
		tileParameter + "format": one("format", "Format of the tiles that the document describes. The parameters theme, mode and bg are for images.", formats...),
		tileParameter + "scale":  one("scale", "2 describes images of twice the density.", "1", "2"),
	}
}

// addMapTilePaths describes the tiles of OGC API Tiles that are images, of a collection or the dataset.
func addMapTilePaths(paths map[string]PathItem, root, id, title string, tms Parameter, documents []Parameter) {
	root += "/map/tiles"
	paths[root] = get(tagTiles, title+": map tilesets", id+".map.getTileSetsList", documents, document("tileSets", DocumentFormats()))
	paths[root+"/{tileMatrixSetId}"] = get(tagTiles, title+": one map tileset", id+".map.getTileSet",
		append([]Parameter{tms}, documents...), document("tileSet", DocumentFormats()))
	parameters := append(matrixNumbers(tms), formatParameter(MapTileFormats()))
	paths[root+"/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}"] = get(tagTiles, title+": a map tile", id+".map.getTile",
		append(parameters, lookRefs()...), document("", MapTileFormats()))
}

// addXYZImages describes tiles that are images as maps on the web ask for them; path is that of a tile without format.
func addXYZImages(paths map[string]PathItem, b Base, path, id, datum string, parameters []Parameter) {
	for _, f := range MapTileFormats() {
		item := get(tagTiles, "A map tile as "+f.Title.EN+": "+datum, id+"."+f.Name, append(parameters[:len(parameters):len(parameters)], lookRefs()...), document("", []Format{f}))
		paths[path+"."+f.Name] = beside(item, b)
		paths[path+DoubleDensity+"."+f.Name] = beside(doubled(item), b)
	}
}

// MapTiles returns the address of the map tilesets of a collection; "" is the dataset.
func (b Base) MapTiles(id layout.CollectionID) string { return b.Map(id) + "/tiles" }

// mapTilesLinks lead from a collection, or with an empty id from the landing page, to its map tilesets.
func mapTilesLinks(b Base, id layout.CollectionID, l Lang) []Link {
	return []Link{{b.MapTiles(id), relTilesetsMap, TypeJSON, l.Of(titleMapTiles)}}
}
