package api

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/scene"
)

// picturesRoot is the path under which pictures of the layout are served.
const picturesRoot = "/map/"

// viewPicture shows a box or a feature; the other pictures are figures of the document.
const viewPicture = "view"

// isPicture tells whether a path belongs to the pictures, whose errors are never pages.
func isPicture(path string) bool {
	return isPaper(path) || strings.HasPrefix(path, picturesRoot) || strings.HasPrefix(path, "/f/") && pictureFormat(path, ogc.FeaturePictureFormats()) >= 0
}

// pictureFormat returns the index of the format that the name of a file ends in, -1 where it ends in none.
func pictureFormat(name string, formats []ogc.Format) int {
	ext := path.Ext(name)
	return slices.IndexFunc(formats, func(f ogc.Format) bool { return ext == "."+f.Name })
}

// servePictures answers with a picture in the format that the parameter of the path ends in, and leaves other names
// to otherwise.
func (s *Server) servePictures(param string, of ogc.PictureOf, formats []ogc.Format, otherwise echo.HandlerFunc) echo.HandlerFunc {
	var served []echo.HandlerFunc
	for _, f := range formats {
		served = append(served, s.serve(s.picture(param, of, f)))
	}
	return func(c echo.Context) error {
		if i := pictureFormat(pathParam(c)(param), formats); i >= 0 {
			return served[i](c)
		}
		return otherwise(c)
	}
}

// noPicture is the answer to a name under picturesRoot that ends in no format.
func noPicture(c echo.Context) error {
	return layout.NotFound("picture", layout.ID(pathParam(c)("file")))
}

// picture is the map as an image: a figure of the document, a view, or one feature.
func (s *Server) picture(param string, of ogc.PictureOf, f ogc.Format) resource {
	return resource{
		public: true, cold: true, dated: true, formats: []ogc.Format{f},
		parameters: func(a *asked) ([]string, error) {
			n, err := a.pictureName(param, of)
			return ogc.PictureParameters(n.of), err
		},
		answer: func(a *asked) (reply, error) {
			n, err := a.pictureName(param, of)
			if err != nil {
				return reply{}, err
			}
			d, err := a.pictureRequest(n)
			if err != nil {
				return reply{}, err
			}
			filter := a.sieve().Known(layout.ReadFilter(a.values.Get))
			d.ReviewNumber, d.Passing = s.review, a.sieve().Passing(filter)
			words, err := scene.Describe(a.pictures(), d.Request)
			if err != nil {
				return reply{}, err
			}
			return reply{
				key: d.key() + fmt.Sprintf(" %q", sorted(filter)), mediaType: f.Type,
				headers: []field{{"Content-Language", []string{d.Lang}}, {ogc.ImageDescription, []string{describe(words)}}},
				build:   func() ([]byte, error) { return s.draw(a, d) },
			}, nil
		},
	}
}

// sorted is a filter with its values in order, so that filters that mean the same are the same.
func sorted(f layout.Filter) layout.Filter {
	for _, values := range [][]string{f.Kinds, f.Directions, f.Districts, f.Units} {
		slices.Sort(values)
	}
	return f
}

// pictureName is what the path of a picture says.
type pictureName struct {
	of      ogc.PictureOf
	figure  int
	feature layout.ID
	scale   float64
}

// pictureName reads the last part of a path: a name, its density, its format. A feature by its slug is redirected.
func (a *asked) pictureName(param string, of ogc.PictureOf) (pictureName, error) {
	file := a.param(param)
	name, dense := strings.CutSuffix(strings.TrimSuffix(file, path.Ext(file)), ogc.DoubleDensity)
	n := pictureName{of: of, scale: 1}
	if dense {
		n.scale = 2
	}
	if dense && !ogc.Dense(a.format) && a.format.Name != "" {
		return n, layout.NotFound("picture", layout.ID(file))
	}
	if of == ogc.FeaturePicture {
		id, err := a.atlas().Resolve(name)
		if err == nil && string(id) != name {
			return n, redirect{relative(a.base.Page(id)+file[len(name):], a.request.URL.RawQuery)}
		}
		n.feature = id
		return n, err
	}
	if name == viewPicture {
		n.of = ogc.ViewPicture
		return n, nil
	}
	if n.figure = figureNo(name); n.figure == 0 {
		return n, layout.NotFound("picture", layout.ID(file))
	}
	if _, ok := a.pictures().Figure(n.figure); !ok {
		return n, layout.NotFound("figure", layout.ID(name))
	}
	return n, nil
}

// figureNo returns the number of a figure by its name, such as fig1, of up to two digits; 0 for any other name.
func figureNo(name string) int {
	digits, ok := strings.CutPrefix(name, "fig")
	no, err := strconv.Atoi(digits)
	if !ok || err != nil || len(digits) > 2 || strconv.Itoa(no) != digits {
		return 0
	}
	return no
}

// pictureRequest reads the parameters of a picture.
func (a *asked) pictureRequest(n pictureName) (drawn, error) {
	d := drawn{
		Request: scene.Request{Figure: n.figure, Selected: n.feature, Lang: string(a.lang)},
		model:   a.theLayout, scale: n.scale, format: a.format,
	}
	r := &d.Request
	steps := []struct {
		name  string
		parse func(name string) error
	}{
		{"width", a.sizeInto(&r.Width, ogc.PictureWidth, n.scale)},
		{"height", a.sizeInto(&r.Height, ogc.PictureHeight, n.scale)},
		{"theme", a.themeInto(r)},
		{"mode", a.modeInto(r)},
		{"links", func(name string) error {
			err := a.switchInto(&r.Links, false)(name)
			r.Unlinked = a.values.Get(name) == "0"
			return err
		}},
		{"legend", a.switchInto(&r.Legend, true)},
		{"margin", a.switchInto(&r.Margin, true)},
		{"grey", a.switchInto(&r.Grey, false)},
		{"sel", func(string) error { return a.selectedInto(r) }},
		{"bbox", func(string) error { return a.extentInto(r) }},
	}
	for _, step := range steps {
		if err := step.parse(step.name); err != nil {
			return d, err
		}
	}
	return d, nil
}

func (a *asked) themeInto(r *scene.Request) func(string) error {
	return func(name string) (err error) {
		r.Theme, err = a.oneOf(name, scene.ThemeRole, scene.ThemeAI)
		return err
	}
}

func (a *asked) modeInto(r *scene.Request) func(string) error {
	return func(name string) error {
		mode, err := a.oneOf(name, "light", "dark")
		r.Dark = mode == "dark"
		return err
	}
}

// oneOf returns a parameter that has to be one of the values; the first one where it is not given.
func (a *asked) oneOf(name string, values ...string) (string, error) {
	return oneOf(a.values, name, values...)
}

// oneOf is oneOf of given parameters.
func oneOf(given url.Values, name string, values ...string) (string, error) {
	if !given.Has(name) {
		return values[0], nil
	}
	value := given.Get(name)
	if !slices.Contains(values, value) {
		return "", badParameter(name, "must be one of "+strings.Join(values, ", "))
	}
	return value, nil
}

// switchInto reads a parameter that is 1 or 0.
func (a *asked) switchInto(into *bool, fallback bool) func(string) error {
	return func(name string) error {
		values := []string{"0", "1"}
		if fallback {
			values = []string{"1", "0"}
		}
		value, err := a.oneOf(name, values...)
		*into = value == "1"
		return err
	}
}

// sizeInto reads a length in pixels, of which an image has scale to one.
func (a *asked) sizeInto(into *float64, fallback int, scale float64) func(string) error {
	return func(name string) error {
		if *into = float64(fallback); !a.values.Has(name) {
			return nil
		}
		n, err := readSize(name, a.values.Get(name), ogc.PictureMost/int(scale))
		*into = float64(n)
		return err
	}
}

// readSize reads a length in pixels up to most.
func readSize(name, text string, most int) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || strings.Trim(text, "0123456789") != "" || n < ogc.PictureLeast || n > most {
		return 0, badParameter(name, fmt.Sprintf("must be a whole number of pixels from %d to %d", ogc.PictureLeast, most))
	}
	return n, nil
}

// selectedInto reads the feature to be marked, by id or slug.
func (a *asked) selectedInto(r *scene.Request) error {
	if !a.values.Has("sel") {
		return nil
	}
	id, err := a.atlas().Resolve(a.values.Get("sel"))
	if err != nil {
		return badParameter("sel", quote(a.values.Get("sel"))+" is no feature of the layout")
	}
	r.Selected = id
	return nil
}

// extentInto reads the box of a view, which is needed unless a feature with a position is selected.
func (a *asked) extentInto(r *scene.Request) error {
	if r.Figure != 0 {
		return nil
	}
	_, placed := a.pictures().ExtentOf(r.Selected)
	switch {
	case a.values.Has("bbox"):
	case placed:
		return nil
	case r.Selected != "" && !a.values.Has("sel"): // named by the path
		return &layout.Error{
			Kind: layout.KindNotFound, Concerns: "picture of " + string(r.Selected), Detail: "only areas and places with a position have one",
		}
	default:
		return badParameter("bbox", "is needed, unless sel names an area or a place with a position")
	}
	text := a.values.Get("bbox")
	if strings.Count(text, ",") != 3 {
		return badParameter("bbox", "must be 4 numbers separated by commas: west, south, east, north")
	}
	b, err := parseBBox(text)
	switch {
	case err != nil:
		return err
	case b.West > b.East:
		return badParameter("bbox", "its west is east of its east; a picture cannot cross the 180th meridian")
	case b.East-b.West < scene.LeastDegrees || b.North-b.South < scene.LeastDegrees:
		return badParameter("bbox", "is empty or too small to be drawn")
	case b.South < -scene.MaxLat || b.North > scene.MaxLat:
		return badParameter("bbox", fmt.Sprintf("its latitudes must be within %g and %g, where the projection ends", -scene.MaxLat, scene.MaxLat))
	}
	r.Extent = orb.Bound{Min: orb.Point{b.West, b.South}, Max: orb.Point{b.East, b.North}}
	return nil
}
