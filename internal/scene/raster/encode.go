package raster

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"sync"

	"github.com/HugoSmits86/nativewebp"
)

// maxPalette is how many colours an image with a palette has at most.
const maxPalette = 256

// buffers are kept, for each holds a megabyte.
var buffers bufferPool

type bufferPool struct{ sync.Pool }

// Get and Put make it a png.EncoderBufferPool.
func (p *bufferPool) Get() *png.EncoderBuffer {
	b, _ := p.Pool.Get().(*png.EncoderBuffer)
	return b
}

func (p *bufferPool) Put(b *png.EncoderBuffer) { p.Pool.Put(b) }

// PNG returns an image in the format of PNG (W3C, 2nd edition), compressed fast: with a palette where it has few
// colours. The same image gives the same bytes.
func PNG(img *image.RGBA) ([]byte, error) {
	var out bytes.Buffer
	form := straight(img)
	if p := paletted(img); p != nil {
		form = p
	}
	encoder := png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: &buffers}
	err := encoder.Encode(&out, form)
	return out.Bytes(), err
}

// WebP returns an image in the lossless format of WebP.
func WebP(img *image.RGBA) ([]byte, error) {
	var out bytes.Buffer
	err := nativewebp.Encode(&out, straight(img), nil)
	return out.Bytes(), err
}

// straight returns an image whose colours are not multiplied by their opacity, as files have them. One without
// transparency stays what it is.
func straight(img *image.RGBA) image.Image {
	if img.Opaque() {
		return img
	}
	out := image.NewNRGBA(img.Rect)
	for i := 0; i < len(img.Pix); i += 4 {
		p := img.Pix[i : i+4 : i+4]
		q := out.Pix[i : i+4 : i+4]
		switch a := uint32(p[3]); a {
		case 0:
		case 255:
			copy(q, p)
		default:
			q[0], q[1], q[2], q[3] = full(p[0], a), full(p[1], a), full(p[2], a), p[3]
		}
	}
	return out
}

// full divides a premultiplied share of a colour by its opacity.
func full(v uint8, alpha uint32) uint8 { return uint8(min(255, (uint32(v)*255+alpha/2)/alpha)) }

// paletted returns the image with a palette, in the order in which the colours are met, or nil when it has too many.
func paletted(img *image.RGBA) *image.Paletted {
	out := image.NewPaletted(img.Rect, nil)
	known := make(map[color.RGBA]uint8, maxPalette)
	var last color.RGBA
	var index uint8
	for i := range out.Pix {
		p := img.Pix[4*i : 4*i+4 : 4*i+4]
		c := color.RGBA{p[0], p[1], p[2], p[3]}
		if i == 0 || c != last {
			n, ok := known[c]
			if !ok {
				if len(known) == maxPalette {
					return nil
				}
				n = uint8(len(known))
				known[c] = n
				out.Palette = append(out.Palette, color.NRGBA{full(c.R, max(1, uint32(c.A))), full(c.G, max(1, uint32(c.A))), full(c.B, max(1, uint32(c.A))), c.A})
			}
			last, index = c, n
		}
		out.Pix[i] = index
	}
	return out
}
