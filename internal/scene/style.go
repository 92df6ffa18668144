package scene

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"strconv"
	"strings"
)

// Style holds the tables that the sheets of the page are made from: colours, widths, dashes, icons.
type Style struct {
	Page  map[string]pair     `json:"page"`
	Kinds map[string]kindLook `json:"kinds"`
	AI    struct {
		Fill    float64           `json:"fill"`
		OnSolid pair              `json:"on-solid"`
		Codes   map[string]aiLook `json:"codes"`
	} `json:"ai"`
	Lines   map[string]pair    `json:"lines"`
	Dash    map[string]string  `json:"dash"`
	Width   map[string]float64 `json:"width"`
	Opacity map[string]float64 `json:"opacity"`
	Font    map[string]string  `json:"font"`

	Icons map[string]string `json:"-"` // path data on a square of 24
}

// pair is a colour for light and dark mode, as #RRGGBB.
type pair [2]string

type kindLook struct {
	Solid   pair    `json:"solid"`
	Label   pair    `json:"label"`
	OnSolid pair    `json:"on-solid"`
	Fill    float64 `json:"fill"` // opacity
	Near    float64 `json:"near"` // opacity of the fill close up
	Stroke  float64 `json:"stroke"`
}

type aiLook struct {
	Solid pair   `json:"solid"`
	Icon  string `json:"icon"`
}

// ReadStyle reads tokens.json and icons.json from the folder dir of fsys.
func ReadStyle(fsys fs.FS, dir string) (*Style, error) {
	s := &Style{}
	for _, file := range []struct {
		name string
		into any
	}{{"tokens.json", s}, {"icons.json", &s.Icons}} {
		data, err := fs.ReadFile(fsys, dir+"/"+file.name)
		if err != nil {
			return nil, fmt.Errorf("style of pictures: %w", err)
		}
		if err := json.Unmarshal(data, file.into); err != nil {
			return nil, fmt.Errorf("style of pictures: %s: %w", file.name, err)
		}
	}
	return s, nil
}

// palette gives the colours of one picture.
type palette struct {
	*Style
	mode int // 0 is light, 1 dark
	grey bool
}

func (s *Style) palette(dark, grey bool) palette {
	p := palette{Style: s, grey: grey}
	if dark {
		p.mode = 1
	}
	return p
}

// of returns a colour of the page or of its lines by name.
func (p palette) of(name string) string {
	c, ok := p.Page[name]
	if !ok {
		c = p.Lines[name]
	}
	return p.tone(c)
}

func (p palette) solid(kind string) string { return p.tone(p.Kinds[kind].Solid) }

// ai returns the colour of an AI+ code; one that the table lacks looks as unstated does.
func (p palette) ai(code string) string {
	look, ok := p.AI.Codes[code]
	if !ok {
		look = p.AI.Codes["unstated"]
	}
	return p.tone(look.Solid)
}

func (p palette) icon(code string) string {
	look, ok := p.AI.Codes[code]
	if !ok {
		look = p.AI.Codes["unstated"]
	}
	return look.Icon
}

func (p palette) tone(c pair) string {
	if p.grey {
		return greyOf(c[p.mode])
	}
	return c[p.mode]
}

// Dashes returns the lengths of dashes and gaps in pixels, nil for a solid line.
func (s *Style) Dashes(name string) []float64 {
	var out []float64
	for _, word := range strings.Fields(s.Dash[name]) {
		if v, err := strconv.ParseFloat(word, 64); err == nil {
			out = append(out, v)
		}
	}
	return out
}

// greyOf returns the grey of the same luminance by WCAG, so that contrasts stay what they were.
func greyOf(colour string) string {
	rgb, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
	if err != nil {
		return colour
	}
	linear := func(shift uint) float64 {
		v := float64(rgb>>shift&255) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	y := 0.2126*linear(16) + 0.7152*linear(8) + 0.0722*linear(0)
	v := 12.92 * y
	if y > 0.0031308 {
		v = 1.055*math.Pow(y, 1/2.4) - 0.055
	}
	g := int(math.Round(v * 255))
	return fmt.Sprintf("#%02X%02X%02X", g, g, g)
}
