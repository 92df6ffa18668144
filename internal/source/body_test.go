package source

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestPick(t *testing.T) {
	tests := []struct {
		name, accept, want string
	}{
		{"nothing said", "", Identity},
		{"browser", "gzip, deflate, br, zstd", Brotli},
		{"curl", "deflate, gzip", Gzip},
		{"order of the header does not count", "zstd, gzip", Zstd},
		{"weights count", "br;q=0.5, gzip;q=0.8, zstd;q=0.1", Gzip},
		{"refused", "br;q=0, gzip", Gzip},
		{"refused to three digits", "br;q=0.000", Identity},
		{"anything", "*", Brotli},
		{"anything but one", "*, br;q=0", Zstd},
		{"nothing", "identity;q=0, *;q=0", Identity},
		{"upper case", "GZIP;Q=1.000", Gzip},
		{"part of a name", "brotli, xgzip", Identity},
		{"unreadable weight", "br;q=much, gzip;q=2, zstd;q=1.001", Identity},
		{"weight of one digit", "gzip;q=1", Gzip},
		{"tabs and empty items", ",\t,br\t;q=1,", Brotli},
	}
	b := NewBody("text/plain", []byte(strings.Repeat("all parks are alike ", 200)))
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			encoding, data, etag := b.Pick(test.accept)
			if encoding != test.want {
				t.Fatalf("got %q, want %q", encoding, test.want)
			}
			if got := decompress(t, encoding, data); !bytes.Equal(got, b.Data()) {
				t.Errorf("%d bytes came back", len(got))
			}
			if encoding == Identity && etag != b.ETag() || encoding != Identity && !strings.HasSuffix(etag, "-"+encoding+`"`) {
				t.Errorf("entity tag %s", etag)
			}
		})
	}
}

func decompress(t *testing.T, encoding string, data []byte) []byte {
	t.Helper()
	var r io.Reader = bytes.NewReader(data)
	var err error
	switch encoding {
	case Brotli:
		r = brotli.NewReader(r)
	case Gzip:
		r, err = gzip.NewReader(r)
	case Zstd:
		var d *zstd.Decoder
		if d, err = zstd.NewReader(r, zstd.WithDecoderConcurrency(1)); err == nil {
			defer d.Close()
			r = d
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestNewPrecompressedBody(t *testing.T) {
	data := []byte(strings.Repeat("all parks are alike ", 200))
	made, err := compressGzip(data)
	if err != nil {
		t.Fatal(err)
	}
	b := NewPrecompressedBody("text/plain", data, map[string][]byte{Gzip: made})
	if encoding, got, _ := b.Pick("gzip"); encoding != Gzip || &got[0] != &made[0] {
		t.Errorf("%q: not the form made beforehand", encoding)
	}
	if encoding, got, _ := b.Pick("br"); encoding != Brotli || !bytes.Equal(decompress(t, Brotli, got), data) {
		t.Errorf("%q: the missing form is not made", encoding)
	}
}

func TestPickLeavesAsItIs(t *testing.T) {
	noise := make([]byte, 4096)
	for i, x := 0, uint32(1); i < len(noise); i++ {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		noise[i] = byte(x)
	}
	tests := map[string][]byte{"small": []byte(strings.Repeat("a", 500)), "noise": noise, "empty": nil}
	for name, data := range tests {
		b := NewBody("", data)
		if encoding, got, etag := b.Pick("br, gzip, zstd"); encoding != Identity || !bytes.Equal(got, data) || etag != b.ETag() {
			t.Errorf("%s: %q, %d bytes, %s", name, encoding, len(got), etag)
		}
	}
}

func TestETag(t *testing.T) {
	a, same, other := NewBody("", []byte("a")), NewBody("", []byte("a")), NewBody("", []byte("b"))
	if a.ETag() != same.ETag() || a.ETag() == other.ETag() {
		t.Error("entity tags do not follow the content")
	}
	if tag := a.ETag(); len(tag) < 18 || tag[0] != '"' || tag[len(tag)-1] != '"' {
		t.Errorf("entity tag %s is not strong", tag)
	}
}

func TestPickDoesNotAllocate(t *testing.T) {
	b := NewBody("text/plain", []byte(strings.Repeat("all parks are alike ", 200)))
	b.Pick("br")
	if n := testing.AllocsPerRun(100, func() { b.Pick("gzip;q=0.5, deflate, br;q=0.9") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestBodyIsMadeOnce(t *testing.T) {
	s := newFixture(t)
	var built atomic.Int32
	build := func() (string, []byte, error) {
		built.Add(1)
		return "text/plain", []byte("once"), nil
	}
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			b, err := s.Body("k", build)
			if err != nil || string(b.Data()) != "once" || b.ContentType != "text/plain" {
				t.Errorf("got %v, %v", b, err)
			}
		})
	}
	wait.Wait()
	if n := built.Load(); n != 1 {
		t.Errorf("made %d times", n)
	}
	if other, err := newFixture(t).Body("k", func() (string, []byte, error) { return "", []byte("new"), nil }); err != nil || string(other.Data()) != "new" {
		t.Errorf("another snapshot gives %v, %v", other, err)
	}
}

func TestBodyKeepsNoErrors(t *testing.T) {
	s := newFixture(t)
	failed := errors.New("failed")
	if _, err := s.Body("k", func() (string, []byte, error) { return "", nil, failed }); !errors.Is(err, failed) {
		t.Errorf("got %v", err)
	}
	if b, err := s.Body("k", func() (string, []byte, error) { return "", []byte("x"), nil }); err != nil || string(b.Data()) != "x" {
		t.Errorf("got %v, %v", b, err)
	}
}

func TestBodiesAreBounded(t *testing.T) {
	s := newFixture(t)
	const size = 1 << 20
	for i := range 3 * cacheWeight / size {
		if _, err := s.Body(strings.Repeat("k", i), func() (string, []byte, error) { return "", make([]byte, size), nil }); err != nil {
			t.Fatal(err)
		}
	}
	s.bodies.bodies.CleanUp()
	if w := s.bodies.bodies.WeightedSize(); w > cacheWeight {
		t.Errorf("the bodies weigh %d bytes", w)
	}
	if b, err := s.Body("huge", func() (string, []byte, error) { return "", make([]byte, 2*cacheWeight), nil }); err != nil || len(b.Data()) != 2*cacheWeight {
		t.Errorf("a body larger than the cache: %v", err)
	}
}

func FuzzPick(f *testing.F) {
	for _, accept := range []string{"gzip, br;q=0.5", "*;q=0", ";;,,q=", "br;q=1.0001"} {
		f.Add(accept)
	}
	b := NewBody("text/plain", []byte(strings.Repeat("all parks are alike ", 200)))
	f.Fuzz(func(t *testing.T, accept string) {
		encoding, _, _ := b.Pick(accept)
		if encoding != Identity && weightOf(accept, encoding) <= 0 {
			t.Errorf("%q gives %s", accept, encoding)
		}
	})
}
