package ogc

const tagMaps = "maps"

// addStylePaths describes the styles of maps that clients draw, and the sprites and glyphs that they ask for.
func addStylePaths(paths map[string]PathItem, b Base) {
	png := []Format{{"png", TypePNG, titlePNG}}
	for _, mode := range []string{"light", "dark"} {
		for _, lang := range []Lang{ZH, EN} {
			name := "layout-" + mode + "-" + string(lang)
			paths["/styles/"+name+".json"] = beside(get(tagMaps, "MapLibre style: "+mode+", "+string(lang), "style."+name, nil, document("mapStyle", StyleFormats())), b)
		}
		for _, density := range []string{"", "@2x"} {
			name := "layout-" + mode + density
			paths["/sprites/"+name+".json"] = beside(get(tagMaps, "Where the symbols are in the sprite", "sprite.index."+name, programVersion(), document("sprite", JSONFormats())), b)
			paths["/sprites/"+name+".png"] = beside(get(tagMaps, "Symbols of the map", "sprite.image."+name, programVersion(), document("", png)), b)
		}
	}
	text := func(name, description string) Parameter {
		return Parameter{Name: name, In: "path", Required: true, Description: description, Schema: &JSONSchema{Type: "string"}}
	}
	glyphs := get(tagMaps, "Letters for names on maps, as distance fields", "glyphs", append(programVersion(),
		text("fontstack", "Name of a font stack, or several with commas between: the first that there is."),
		text("range", "256 characters by the first and the last, such as 0-255; up to 65280-65535."),
	), document("", []Format{{"pbf", TypeGlyphs, titleGlyphs}}))
	paths["/fonts/{fontstack}/{range}.pbf"] = beside(glyphs, b)
}

// programVersion is the parameter with which an answer may be kept for ever.
func programVersion() []Parameter {
	return []Parameter{{
		Name: "v", In: "query", Description: "Version of the program, as styles have it. The answer may then be kept for ever.",
		Schema: &JSONSchema{Type: "string"},
	}}
}

// styleSchemas are the schemas of styles and sprites, as far as clients rely on them.
func styleSchemas() map[string]*JSONSchema {
	whole := &JSONSchema{Type: "integer"}
	return map[string]*JSONSchema{
		"mapStyle": {Type: "object", Required: []string{"version", "sources", "layers"}, Properties: map[string]*JSONSchema{
			"version": whole, "name": {Type: "string"}, "sources": {Type: "object"},
			"sprite": {Type: "string"}, "glyphs": {Type: "string"}, "layers": {Type: "array", Items: &JSONSchema{Type: "object"}},
		}},
		"sprite": {Type: "object", Description: "Name of a symbol → width, height, x, y, pixelRatio"},
	}
}
