package api

import (
	"cmp"
	"net/url"
	"strings"

	"parkmap/internal/ogc"
	"parkmap/internal/scene"
	"parkmap/internal/tileset"
)

// cutForm cuts the form of a tile off the last part of its path; ok is false where there is none.
func cutForm(name string) (rest string, look tileset.Look, ok bool) {
	rest, ending, _ := strings.Cut(name, ".")
	if ending == ogc.FormatMVT {
		return rest, look, true
	}
	look.Scale = 1
	if dense, is := strings.CutSuffix(rest, ogc.DoubleDensity); is {
		rest, look.Scale = dense, 2
	}
	look.Format, ok = imageFormat(ending)
	return rest, look, ok
}

// imageFormat returns the format of images of a name.
func imageFormat(name string) (f tileset.Format, ok bool) {
	for _, f := range []tileset.Format{tileset.PNG(), tileset.WebP()} {
		if f.Name == name {
			return f, true
		}
	}
	return f, false
}

// readLook completes the look of a tile by its parameters, of which vector tiles have none; more are read besides.
func readLook(raw string, look tileset.Look, more ...string) (url.Values, tileset.Look, error) {
	if look == (tileset.Look{}) {
		values, err := parseQuery(raw, more)
		return values, look, err
	}
	values, err := parseQuery(raw, append(ogc.LookParameters(), more...))
	if err != nil {
		return nil, look, err
	}
	look, err = lookOf(values, look)
	return values, look, err
}

// lookOf reads the parameters of images.
func lookOf(values url.Values, look tileset.Look) (tileset.Look, error) {
	var errs [4]error
	var mode, ground string
	look.Theme, errs[0] = oneOf(values, "theme", scene.ThemeRole, scene.ThemeAI)
	look.Lang, errs[1] = oneOf(values, "lang", scene.Chinese, scene.English)
	mode, errs[2] = oneOf(values, "mode", "light", "dark")
	ground, errs[3] = oneOf(values, "bg", ogc.GroundNone, ogc.GroundBase)
	look.Dark, look.Base = mode == "dark", ground == ogc.GroundBase
	return look, cmp.Or(errs[:]...)
}

// query writes the parameters of a look that are not what holds without them.
func query(look tileset.Look) string {
	values := url.Values{}
	for _, p := range []struct {
		name, value string
		differs     bool
	}{
		{"theme", look.Theme, look.Theme != scene.ThemeRole},
		{"lang", look.Lang, look.Lang != scene.Chinese},
		{"mode", "dark", look.Dark},
		{"bg", ogc.GroundBase, look.Base},
	} {
		if p.differs {
			values.Set(p.name, p.value)
		}
	}
	if len(values) == 0 {
		return ""
	}
	return "?" + values.Encode()
}
