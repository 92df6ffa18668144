package ogc

// The sizes of pictures in pixels: what holds where none is asked for, and the bounds.
const (
	PictureWidth  = 1200
	PictureHeight = 900
	PictureLeast  = 16
	PictureMost   = 4000
)

const tagPictures = "pictures"

// PictureParameters lists the parameters of a picture; a view has a box besides.
func PictureParameters(view bool) []string {
	var out []string
	for _, p := range pictureParameters(view) {
		out = append(out, p.Name)
	}
	return append(out, "lang")
}

// addPicturePaths describes the pictures, which are not under the path of the API.
func addPicturePaths(paths map[string]PathItem, b Base) {
	for _, p := range []struct{ name, summary string }{
		{"fig1", "Figure 1 of the document, redrawn"}, {"fig2", "Figure 2"}, {"fig3", "Figure 3"},
		{"view", "A box of the map, or one feature"},
	} {
		parameters := append(pictureParameters(p.name == "view"), parameterRef("lang"))
		item := get(tagPictures, p.summary, "picture."+p.name, parameters, document("", PictureFormats()))
		paths["/map/"+p.name+".svg"] = beside(item, b)
	}
}

func pictureParameters(view bool) []Parameter {
	one := func(name, description string, values ...string) Parameter {
		return Parameter{
			Name: name, In: "query", Description: description,
			Schema: &JSONSchema{Type: "string", Enum: values, Default: values[0]},
		}
	}
	list := func(name, description string) Parameter {
		return Parameter{Name: name, In: "query", Description: description + " Values are separated by commas; unknown ones are ignored.", Schema: &JSONSchema{Type: "string"}}
	}
	out := []Parameter{
		pixels("width", PictureWidth),
		pixels("height", PictureHeight),
		one("theme", "What colours the parks: their role or their AI+ directions.", "role", "ai"),
		one("mode", "Colours.", "light", "dark"),
		one("grey", "For printing in black: kinds are told apart by pattern.", "0", "1"),
		one("links", "Symbolic links from the core. Without it a figure of the whole layout has them, and nothing else.", "0", "1"),
		one("legend", "The legend, where there is room for it.", "1", "0"),
		one("margin", "Title, frame, scale, north, sources and review number, where there is room for them.", "1", "0"),
		list("kind", "Areas of these kinds pass: core, zone, park. Those that do not are faded."),
		list("ai", "Areas with one of these AI+ codes pass, by themselves or through a place; unstated stands for those without."),
		list("d", "Areas in one of these districts or functional areas pass."),
		list("u", "Areas with one of these responsible units pass."),
		{Name: "sel", In: "query", Description: "Feature to be marked, by id or slug.", Schema: &JSONSchema{Type: "string"}},
	}
	if view {
		four, explode := 4, false
		out = append(out, Parameter{
			Name: "bbox", In: "query", Style: "form", Explode: &explode,
			Description: "Box in CRS84: west, south, east, north; needed unless sel names an area or a place with a position. All of it is shown. It may not cross the 180th meridian.",
			Schema:      &JSONSchema{Type: "array", MinItems: &four, MaxItems: &four, Items: &JSONSchema{Type: "number"}},
		})
	}
	return out
}

func pixels(name string, normal int) Parameter {
	least, most := PictureLeast, PictureMost
	return Parameter{
		Name: name, In: "query", Description: "Size in pixels.",
		Schema: &JSONSchema{Type: "integer", Minimum: &least, Maximum: &most, Default: normal},
	}
}
