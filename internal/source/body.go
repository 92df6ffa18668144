package source

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/maypok86/otter/v2"
)

const (
	// cacheWeight bounds the bytes of all bodies of a snapshot, compressed ones included.
	cacheWeight = 24 << 20
	// minCompressed is the size from which a body is compressed: smaller ones fit one packet as they are.
	minCompressed = 1 << 10
	// brotliLevel takes about 40 ms for a megabyte of GeoJSON; what lies above it takes ten times as long.
	brotliLevel = 6
	gzipLevel   = 6
)

// Names of content codings, as in Accept-Encoding and Content-Encoding.
const (
	Identity = ""
	Gzip     = "gzip"
	Brotli   = "br"
	Zstd     = "zstd"
)

// Body is what an answer says, made once and sent many times. Its compressed forms are made when first asked
// for. All methods may be called at the same time; the bytes are shared and must not be changed.
type Body struct {
	ContentType string
	identity    form
	compressed  [3]lazyForm // in the order of preference
}

// form is a body in one coding.
type form struct {
	encoding string
	data     []byte
	etag     string // strong, with its quotes
}

// lazyForm is a form that is made when first asked for.
type lazyForm struct {
	encoding string
	compress func([]byte) ([]byte, error)
	once     sync.Once
	form     form
}

// NewBody returns a body that holds data, which belongs to it from then on. Images and documents that are compressed
// by themselves are sent as they are.
func NewBody(contentType string, data []byte) *Body {
	sum := sha256.Sum256(data)
	b := newBody(contentType, data, sum[:15])
	if isPacked(contentType) {
		return b
	}
	b.compressed[0].encoding, b.compressed[0].compress = Brotli, compressBrotli
	b.compressed[1].encoding, b.compressed[1].compress = Zstd, compressZstd
	b.compressed[2].encoding, b.compressed[2].compress = Gzip, compressGzip
	return b
}

// isPacked tells whether what is of a media type is compressed by itself.
func isPacked(contentType string) bool {
	switch contentType {
	case "image/png", "image/webp", "application/pdf":
		return true
	}
	return false
}

func newBody(contentType string, data, digest []byte) *Body {
	return &Body{ContentType: contentType, identity: form{data: data, etag: `"` + base64.RawURLEncoding.EncodeToString(digest) + `"`}}
}

// fastDigest tells bodies apart that chance made alike with a probability of 2⁻⁶⁴, in an eighth of the time that
// SHA-256 takes: by their length and two checksums that processors compute.
func fastDigest(data []byte) []byte {
	digest := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	digest = binary.BigEndian.AppendUint32(digest, crc32.Checksum(data, castagnoli))
	return binary.BigEndian.AppendUint32(digest, crc32.ChecksumIEEE(data))
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// fleetingLevel takes half the time of gzipLevel for a few per cent more bytes.
const fleetingLevel = 3

// NewFleetingBody is NewBody for what is sent once or twice: its tag is made fast, and it is compressed fast and by
// gzip alone.
func NewFleetingBody(contentType string, data []byte) *Body {
	b := newBody(contentType, data, fastDigest(data))
	if !isPacked(contentType) {
		b.compressed = [3]lazyForm{{encoding: Gzip, compress: compressFast}}
	}
	return b
}

// NewGzippedBody is NewFleetingBody for data whose gzip form was made already. Both belong to the body.
func NewGzippedBody(contentType string, data, gz []byte) *Body {
	b := newBody(contentType, data, fastDigest(data))
	b.compressed = [3]lazyForm{{encoding: Gzip, compress: func([]byte) ([]byte, error) { return gz, nil }}}
	return b
}

// NewPrecompressedBody returns a body whose compressed forms were made beforehand, by the name of their
// coding; a form that is missing is made when asked for, as NewBody does. The bytes belong to the body.
func NewPrecompressedBody(contentType string, data []byte, compressed map[string][]byte) *Body {
	b := NewBody(contentType, data)
	for i := range b.compressed {
		if form, ok := compressed[b.compressed[i].encoding]; ok {
			b.compressed[i].compress = func([]byte) ([]byte, error) { return form, nil }
		}
	}
	return b
}

// Data returns the body as it is, not compressed.
func (b *Body) Data() []byte { return b.identity.data }

// ETag returns the strong entity tag of the body as it is. Those of the compressed forms begin with the same text.
func (b *Body) ETag() string { return b.identity.etag }

// ETags returns the entity tags that the body may have been sent with, whether it has been compressed yet or not.
func (b *Body) ETags() []string {
	tags := []string{b.identity.etag}
	for i := range b.compressed {
		if b.compressed[i].encoding != Identity {
			tags = append(tags, b.identity.tagOf(b.compressed[i].encoding))
		}
	}
	return tags
}

// tagOf returns the entity tag of a compressed form.
func (f *form) tagOf(encoding string) string { return f.etag[:len(f.etag)-1] + "-" + encoding + `"` }

// Pick returns the form of the body to send to a client that says acceptEncoding: the coding for
// Content-Encoding ("" for none), the bytes and the strong entity tag with its quotes. Of codings that the client
// likes equally, br goes before zstd before gzip. Small bodies and those that do not shrink go as they are. A client
// that accepts nothing gets the body as it is.
func (b *Body) Pick(acceptEncoding string) (encoding string, data []byte, etag string) {
	f := b.pick(acceptEncoding)
	return f.encoding, f.data, f.etag
}

func (b *Body) pick(acceptEncoding string) *form {
	if len(b.identity.data) < minCompressed || acceptEncoding == "" {
		return &b.identity
	}
	best, weight := -1, 0
	for i := range b.compressed {
		if b.compressed[i].encoding == Identity {
			break
		}
		if w := weightOf(acceptEncoding, b.compressed[i].encoding); w > weight {
			best, weight = i, w
		}
	}
	if best < 0 {
		return &b.identity
	}
	return b.compressed[best].get(&b.identity)
}

// get returns the form; it is that of the body as it is when compressing it does not help.
func (l *lazyForm) get(identity *form) *form {
	l.once.Do(func() {
		l.form = *identity
		data, err := l.compress(identity.data)
		if err == nil && len(data) < len(identity.data)-len(identity.data)/16 {
			l.form = form{encoding: l.encoding, data: data, etag: identity.tagOf(l.encoding)}
		}
	})
	return &l.form
}

func compressBrotli(data []byte) ([]byte, error) {
	var out bytes.Buffer
	return write(&out, brotli.NewWriterLevel(&out, brotliLevel), data)
}

func compressGzip(data []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzipLevel)
	if err != nil {
		return nil, err
	}
	return write(&out, w, data)
}

func compressZstd(data []byte) ([]byte, error) {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(windowFor(len(data))))
	if err != nil {
		return nil, err
	}
	return bytes.Clone(w.EncodeAll(data, nil)), nil
}

// windowFor returns a power of two that holds size bytes, up to the 8 MiB that browsers must accept.
func windowFor(size int) int {
	window := zstd.MinWindowSize
	for window < size && window < 8<<20 {
		window *= 2
	}
	return window
}

func write(out *bytes.Buffer, w io.WriteCloser, data []byte) ([]byte, error) {
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return bytes.Clone(out.Bytes()), nil // without the room that the buffer holds
}

// bodyCache keeps the bodies of one snapshot, up to cacheWeight.
type bodyCache struct {
	bodies *otter.Cache[string, *Body]
}

func newBodyCache() *bodyCache {
	return &bodyCache{otter.Must(&otter.Options[string, *Body]{
		MaximumWeight: cacheWeight,
		Weigher:       func(key string, b *Body) uint32 { return b.Weight() + uint32(len(key)) },
	})}
}

// Weight is what a body may come to take in bytes, with its compressed forms, which are seldom all made.
func (b *Body) Weight() uint32 {
	const overhead = 512
	return uint32(min(len(b.identity.data)+len(b.identity.data)/2+overhead, cacheWeight+1))
}

// Body returns the body kept under key, or makes it with build, once for all who wait for it, and keeps it
// while there is room. The key names all that the body depends on besides the snapshot. Errors are those of build
// and are not kept.
func (s *Snapshot) Body(key string, build func() (contentType string, data []byte, err error)) (*Body, error) {
	if b, ok := s.bodies.bodies.GetIfPresent(key); ok {
		return b, nil
	}
	load := func(context.Context, string) (*Body, error) {
		contentType, data, err := build()
		if err != nil {
			return nil, err
		}
		return NewBody(contentType, data), nil
	}
	return s.bodies.bodies.Get(context.Background(), key, otter.LoaderFunc[string, *Body](load))
}
