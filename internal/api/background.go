package api

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"

	"parkmap/internal/scene"
)

// hexColour is a colour in digits: 0xRRGGBB or, with its opacity first, 0xAARRGGBB; # or nothing may stand for 0x.
var hexColour = regexp.MustCompile(`^(?:0[xX]|#)?([0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})$`)

// backgroundInto reads what is below a map, as OGC API Maps has it: nothing, unless bgcolor names a colour or
// transparent is false, which asks for that of the style.
func (a *asked) backgroundInto(r *scene.Request) error {
	var err error
	if a.values.Has("bgcolor") {
		if r.Ground, r.GroundOpacity, err = readColour(a.values.Get("bgcolor")); err != nil {
			return err
		}
	}
	values := []string{"true", "false"}
	if r.Ground != "" {
		values = []string{"false", "true"}
	}
	transparent, err := a.oneOf("transparent", values...)
	if transparent == "true" {
		r.Ground = scene.NoGround
	}
	return err
}

// readColour reads a colour in digits, or by its name in CSS, whatever its case.
func readColour(text string) (colour string, opacity float64, err error) {
	if c, ok := colornames.Map[strings.ToLower(text)]; ok {
		return "#" + hexByte(c.R) + hexByte(c.G) + hexByte(c.B), 1, nil
	}
	m := hexColour.FindStringSubmatch(text)
	if m == nil {
		return "", 0, badParameter("bgcolor", quote(text)+" is neither a colour such as 0xFAF8F2 or 0x80FAF8F2 nor the name of one")
	}
	if m[1] == "" {
		m[1] = "FF"
	}
	alpha, _ := strconv.ParseUint(m[1], 16, 8) // two digits
	if alpha == 0 {
		return scene.NoGround, 0, nil
	}
	return "#" + strings.ToUpper(m[2]), float64(alpha) / 255, nil
}

func hexByte(v uint8) string {
	const digits = "0123456789ABCDEF"
	return string([]byte{digits[v>>4], digits[v&15]})
}
