package ogc

// The sizes of pictures in pixels: what holds where none is asked for, and the bounds. A picture in twice the density
// has twice as many, within the same bounds.
const (
	PictureWidth  = 1200
	PictureHeight = 900
	PictureLeast  = 16
	PictureMost   = 4000
)

const tagPictures = "pictures"

// PictureOf says what a picture shows.
type PictureOf int

// What pictures show: a figure of the document, a box or a feature of the map, one feature by its own address.
const (
	FigurePicture PictureOf = iota
	ViewPicture
	FeaturePicture
)

// DoubleDensity ends the name of an image with two pixels to each of the picture.
const DoubleDensity = "@2x"

// PictureParameters lists the parameters of a picture.
func PictureParameters(of PictureOf) []string {
	var out []string
	for _, p := range pictureParameters(of) {
		out = append(out, p.Name)
	}
	return append(out, "lang")
}

// addPicturePaths describes the pictures, which are not under the path of the API.
func addPicturePaths(paths map[string]PathItem, b Base) {
	for _, p := range []struct {
		path, id, summary string
		of                PictureOf
		formats           []Format
	}{
		{"/map/fig1", "fig1", "Figure 1 of the document, redrawn", FigurePicture, PictureFormats()},
		{"/map/fig2", "fig2", "Figure 2", FigurePicture, PictureFormats()},
		{"/map/fig3", "fig3", "Figure 3", FigurePicture, PictureFormats()},
		{"/map/view", "view", "A box of the map, or one feature", ViewPicture, PictureFormats()},
		{"/f/{featureId}", "feature", "One area or place on the map", FeaturePicture, FeaturePictureFormats()},
	} {
		parameters := []Parameter{parameterRef("lang")}
		for _, q := range pictureParameters(p.of) {
			parameters = append(parameters, parameterRef(pictureParameter+q.Name))
		}
		if p.of == FeaturePicture {
			parameters = append(parameters, parameterRef("featureId"))
		}
		for _, f := range p.formats {
			answers := pictureResponses(f)
			if p.of == FeaturePicture {
				answers = withRedirect(answers)
			}
			item := get(tagPictures, p.summary+", as "+f.Title.EN, "picture."+p.id+"."+f.Name, parameters, answers)
			paths[p.path+"."+f.Name] = beside(item, b)
			if Dense(f) {
				paths[p.path+DoubleDensity+"."+f.Name] = beside(doubled(item), b)
			}
		}
	}
}

// BookPath is where the book of a layout is served.
const BookPath = "/book.pdf"

// addPaperPaths describes the documents for paper.
func addPaperPaths(paths map[string]PathItem, b Base) {
	lang := parameterRef("lang")
	sheet := get(tagPictures, "A sheet of A4 on one area or place", "sheet", []Parameter{parameterRef("featureId"), lang}, withRedirect(document("", PaperFormats())))
	paths["/f/{featureId}.pdf"] = beside(sheet, b)
	paths[BookPath] = beside(get(tagPictures, "The layout as a book", "book", []Parameter{lang}, document("", PaperFormats())), b)
}

// doubled describes a picture in twice the density.
func doubled(item PathItem) PathItem {
	dense := *item.Get
	dense.OperationID += ".double"
	dense.Summary += ", in twice the density"
	item.Get = &dense
	return item
}

// pictureParameter begins the names of the parameters of pictures among the components.
const pictureParameter = "picture-"

// pictureComponents are the parameters of all pictures, by their name among the components.
func pictureComponents() map[string]Parameter {
	out := map[string]Parameter{}
	for _, p := range pictureParameters(ViewPicture) {
		out[pictureParameter+p.Name] = p
	}
	return out
}

// Dense tells whether pictures of a format come in twice the density: those made of pixels do.
func Dense(f Format) bool { return f.Name == formatPNG.Name || f.Name == formatWebP.Name }

// ImageDescription is the header that says what a picture shows, in its language and in the other one.
const ImageDescription = "Image-Description"

func pictureResponses(f Format) map[string]Response {
	responses := document("", []Format{f})
	responses["200"].Headers[ImageDescription] = Header{
		Description: "What the picture shows, as a list of display strings (RFC 9651) with the parameter lang", Schema: &JSONSchema{Type: "string"},
	}
	return responses
}

func pictureParameters(of PictureOf) []Parameter {
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
		commonParameters()["datetime"],
	}
	if of != FeaturePicture {
		out = append(out, Parameter{Name: "sel", In: "query", Description: "Feature to be marked, by id or slug.", Schema: &JSONSchema{Type: "string"}})
	}
	if of == ViewPicture {
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
