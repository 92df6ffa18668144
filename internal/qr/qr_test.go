package qr

import (
	"image"
	"image/color"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	reader "github.com/makiuchi-d/gozxing/qrcode"
)

// pixels draws a code as its path says, some pixels a module, as a camera would see it.
func pixels(t *testing.T, c Code) image.Image {
	t.Helper()
	const module = 4
	img := image.NewGray(image.Rect(0, 0, c.Size*module, c.Size*module))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for run := range strings.SplitSeq(strings.TrimSuffix(c.Path, "z"), "z") {
		numbers := strings.FieldsFunc(run, func(r rune) bool { return strings.ContainsRune("M hv-", r) })
		if len(numbers) != 5 || numbers[2] != numbers[4] || numbers[3] != "1" {
			t.Fatalf("no rectangle: %q", run)
		}
		x, y, w := number(t, numbers[0]), number(t, numbers[1]), number(t, numbers[2])
		for py := y * module; py < (y+1)*module; py++ {
			for px := x * module; px < (x+w)*module; px++ {
				img.SetGray(px, py, color.Gray{})
			}
		}
	}
	return img
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestRead has every code read by somebody else's reader.
func TestRead(t *testing.T) {
	for _, test := range []struct{ name, text string }{
		{"short", "a"},
		{"digits", "0123456789"},
		{"address", "https://map.example/?v=fig1&sel=P05&c=30.6,104.05,9.75&lang=en"},
		{"escaped Chinese", "https://map.example/?q=%E9%BE%99%E6%B3%89"},
		{"upper case only", "HTTPS://MAP.EXAMPLE/F/P05"},
		{"longest", "https://map.example/?q=" + strings.Repeat("a1", 1030)},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, err := New(test.text)
			if err != nil {
				t.Fatal(err)
			}
			bitmap, err := gozxing.NewBinaryBitmapFromImage(pixels(t, c))
			if err != nil {
				t.Fatal(err)
			}
			result, err := reader.NewQRCodeReader().Decode(bitmap, nil)
			if err != nil {
				t.Fatal(err)
			}
			if result.GetText() != test.text {
				t.Errorf("read %q, want %q", result.GetText(), test.text)
			}
			if level := result.GetResultMetadata()[gozxing.ResultMetadataType_ERROR_CORRECTION_LEVEL]; level != "M" {
				t.Errorf("error correction %v", level)
			}
		})
	}
}

func TestQuietZone(t *testing.T) {
	c, err := New("https://map.example/")
	if err != nil {
		t.Fatal(err)
	}
	img := pixels(t, c)
	inner := image.Rect(QuietZone*4, QuietZone*4, (c.Size-QuietZone)*4, (c.Size-QuietZone)*4)
	for y := range c.Size * 4 {
		for x := range c.Size * 4 {
			if dark(img.At(x, y)) && !image.Pt(x, y).In(inner) {
				t.Fatalf("dark at %d, %d", x, y)
			}
		}
	}
	if !dark(img.At(inner.Min.X, inner.Min.Y)) || !dark(img.At(inner.Max.X-1, inner.Min.Y)) || !dark(img.At(inner.Min.X, inner.Max.Y-1)) {
		t.Error("the three corners do not touch the quiet zone")
	}
}

func TestCannotSay(t *testing.T) {
	for name, text := range map[string]string{"nothing": "", "too much": strings.Repeat("a", 2400)} {
		if c, err := New(text); err == nil {
			t.Errorf("%s: %d modules", name, c.Size)
		}
	}
}

func TestSameBytes(t *testing.T) {
	a, _ := New("https://map.example/f/P05")
	b, _ := New("https://map.example/f/P05")
	if a != b {
		t.Error("two codes of one text differ")
	}
}

func BenchmarkAddress(b *testing.B) {
	for b.Loop() {
		if _, err := New("https://map.example/?v=fig1&sel=P05&c=30.6,104.05,9.75"); err != nil {
			b.Fatal(err)
		}
	}
}
