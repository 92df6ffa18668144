package api

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/scene"
	"parkmap/internal/scene/svg"
)

// picturesRoot is the path under which pictures of the layout are served.
const picturesRoot = "/map/"

// viewPicture shows a box or a feature; the other pictures are figures of the document.
const viewPicture = "view"

// isPicture tells whether a path belongs to the pictures, whose errors are never pages.
func isPicture(path string) bool { return strings.HasPrefix(path, picturesRoot) }

// picture is the map as an image: a figure of the document, or a view.
func (s *Server) picture() resource {
	return resource{
		public: true, cold: true, dated: true, formats: ogc.PictureFormats(),
		parameters: func(a *asked) ([]string, error) {
			name, err := a.pictureName()
			if err != nil {
				return nil, err
			}
			return ogc.PictureParameters(name == viewPicture), nil
		},
		answer: func(a *asked) (reply, error) {
			r, err := a.pictureRequest()
			if err != nil {
				return reply{}, err
			}
			filter := a.sieve().Known(layout.ReadFilter(a.values.Get))
			r.ReviewNumber, r.Passing = s.review, a.sieve().Passing(filter)
			return reply{
				key: pictureKey(r, filter), mediaType: ogc.TypeSVG,
				headers: []field{{"Content-Language", []string{r.Lang}}},
				build: func() ([]byte, error) {
					drawn, err := scene.Compose(a.pictures(), r)
					if err != nil {
						return nil, err
					}
					return svg.Draw(drawn, svg.Options{}), nil
				},
			}, nil
		},
	}
}

// pictureKey names what a picture depends on besides the snapshot.
func pictureKey(r scene.Request, f layout.Filter) string {
	r.Passing = nil // follows from the filter
	for _, values := range [][]string{f.Kinds, f.Directions, f.Districts, f.Units} {
		slices.Sort(values)
	}
	return fmt.Sprintf("picture %+v %q", r, f)
}

// pictureFile is the last part of the path of a picture. Figures have up to two digits.
var pictureFile = regexp.MustCompile(`^(view|fig[1-9][0-9]?)\.svg$`)

// pictureName returns view, or fig and the number of a figure that the layout has.
func (a *asked) pictureName() (string, error) {
	m := pictureFile.FindStringSubmatch(a.param("file"))
	if m == nil {
		return "", layout.NotFound("picture", layout.ID(a.param("file")))
	}
	if _, ok := a.pictures().Figure(figureNo(m[1])); !ok && m[1] != viewPicture {
		return "", layout.NotFound("figure", layout.ID(m[1]))
	}
	return m[1], nil
}

// figureNo returns the number of a figure by its name, 0 for the view.
func figureNo(name string) int {
	no, err := strconv.Atoi(strings.TrimPrefix(name, "fig"))
	if err != nil {
		return 0
	}
	return no
}

// pictureRequest reads the parameters of a picture.
func (a *asked) pictureRequest() (scene.Request, error) {
	name, err := a.pictureName()
	if err != nil {
		return scene.Request{}, err
	}
	r := scene.Request{Figure: figureNo(name), Lang: string(a.lang)}
	steps := []struct {
		name  string
		parse func(name string) error
	}{
		{"width", a.sizeInto(&r.Width, ogc.PictureWidth)},
		{"height", a.sizeInto(&r.Height, ogc.PictureHeight)},
		{"theme", func(name string) (err error) {
			r.Theme, err = a.oneOf(name, scene.ThemeRole, scene.ThemeAI)
			return err
		}},
		{"mode", func(name string) error {
			mode, err := a.oneOf(name, "light", "dark")
			r.Dark = mode == "dark"
			return err
		}},
		{"links", func(name string) error {
			err := a.switchInto(&r.Links, false)(name)
			r.Unlinked = a.values.Get(name) == "0"
			return err
		}},
		{"legend", a.switchInto(&r.Legend, true)},
		{"margin", a.switchInto(&r.Margin, true)},
		{"grey", a.switchInto(&r.Grey, false)},
		{"sel", func(string) error { return a.selectedInto(&r) }},
		{"bbox", func(string) error { return a.extentInto(&r) }},
	}
	for _, step := range steps {
		if err := step.parse(step.name); err != nil {
			return scene.Request{}, err
		}
	}
	return r, nil
}

// oneOf returns a parameter that has to be one of the values; the first one where it is not given.
func (a *asked) oneOf(name string, values ...string) (string, error) {
	if !a.values.Has(name) {
		return values[0], nil
	}
	value := a.values.Get(name)
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

// sizeInto reads a length in pixels.
func (a *asked) sizeInto(into *float64, fallback int) func(string) error {
	return func(name string) error {
		if *into = float64(fallback); !a.values.Has(name) {
			return nil
		}
		text := a.values.Get(name)
		n, err := strconv.Atoi(text)
		if err != nil || strings.Trim(text, "0123456789") != "" || n < ogc.PictureLeast || n > ogc.PictureMost {
			return badParameter(name, fmt.Sprintf("must be a whole number of pixels from %d to %d", ogc.PictureLeast, ogc.PictureMost))
		}
		*into = float64(n)
		return nil
	}
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
	if !a.values.Has("bbox") {
		if _, ok := a.pictures().ExtentOf(r.Selected); !ok {
			return badParameter("bbox", "is needed, unless sel names an area or a place with a position")
		}
		return nil
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
