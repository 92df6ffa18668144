package raster_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"golang.org/x/image/webp"

	"parkmap/internal/scene/raster"
)

func TestEncodersKeepEveryPixel(t *testing.T) {
	few := image.NewRGBA(image.Rect(0, 0, 40, 30))
	for i := range few.Pix {
		few.Pix[i] = uint8(i / 4 % 5 * 50)
		if i%4 == 3 {
			few.Pix[i] = 255
		}
	}
	many := image.NewRGBA(few.Rect)
	for i := 0; i < len(many.Pix); i += 4 {
		copy(many.Pix[i:], []uint8{uint8(i), uint8(i >> 4), uint8(i >> 6), 255})
	}
	clear := image.NewRGBA(few.Rect)
	clear.SetRGBA(3, 4, color.RGBA{100, 50, 0, 128})
	for name, img := range map[string]*image.RGBA{"few colours": few, "many colours": many, "transparent": clear} {
		for format, c := range map[string]struct {
			encode func(*image.RGBA) ([]byte, error)
			decode func([]byte) (image.Image, error)
		}{
			"PNG":  {raster.PNG, func(b []byte) (image.Image, error) { return png.Decode(bytes.NewReader(b)) }},
			"WebP": {raster.WebP, func(b []byte) (image.Image, error) { return webp.Decode(bytes.NewReader(b)) }},
		} {
			t.Run(name+" as "+format, func(t *testing.T) {
				data, err := c.encode(img)
				if err != nil {
					t.Fatal(err)
				}
				got, err := c.decode(data)
				if err != nil {
					t.Fatal(err)
				}
				for y := range img.Rect.Dy() {
					for x := range img.Rect.Dx() {
						if g := color.RGBAModel.Convert(got.At(x, y)); g != img.RGBAAt(x, y) {
							t.Fatalf("pixel %d, %d is %v, want %v", x, y, g, img.RGBAAt(x, y))
						}
					}
				}
				if again, _ := c.encode(img); !bytes.Equal(again, data) {
					t.Error("the same image gives other bytes")
				}
			})
		}
	}
}
