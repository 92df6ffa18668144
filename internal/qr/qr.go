// Package qr makes QR codes as path data, for a picture by itself or a part of a larger one. It knows no
// addresses: what a code says is a text to it.
package qr

import (
	"fmt"
	"image"
	"image/color"
	"strconv"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// QuietZone is the empty border that a code must have on every side, in modules.
const QuietZone = 4

// Code is a QR code of error correction level M: 15 % of it may be lost.
type Code struct {
	Size int    // modules on a side, with the quiet zone
	Path string // SVG path data of the dark modules, one unit a module
}

// New makes the code of a text. It fails when the text is empty or longer than a code can say, which is
// some 2,300 bytes.
func New(text string) (Code, error) {
	if text == "" {
		return Code{}, fmt.Errorf("qr: there is nothing to say")
	}
	symbol, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return Code{}, fmt.Errorf("qr: %d bytes: %w", len(text), err)
	}
	return Code{Size: symbol.Bounds().Dx() + 2*QuietZone, Path: pathOf(symbol)}, nil
}

// pathOf draws each run of dark modules of a row as one rectangle.
func pathOf(symbol image.Image) string {
	var b strings.Builder
	bounds := symbol.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			run := 0
			for x+run < bounds.Max.X && dark(symbol.At(x+run, y)) {
				run++
			}
			if run > 0 {
				writeRun(&b, x-bounds.Min.X+QuietZone, y-bounds.Min.Y+QuietZone, run)
				x += run
			}
		}
	}
	return b.String()
}

func writeRun(b *strings.Builder, x, y, run int) {
	b.WriteString("M" + strconv.Itoa(x) + " " + strconv.Itoa(y) + "h" + strconv.Itoa(run) + "v1h-" + strconv.Itoa(run) + "z")
}

func dark(c color.Color) bool {
	gray, _ := color.GrayModel.Convert(c).(color.Gray)
	return gray.Y < 128
}
