package source

import (
	"slices"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// fastWriters are kept: each takes most of a megabyte.
var fastWriters = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, fleetingLevel) // the level is one that there is
	return w
}}

// AppendGzip appends src to dst by gzip, fast: for what is made while a client waits.
func AppendGzip(dst, src []byte) []byte {
	w := fastWriters.Get().(*gzip.Writer)
	defer fastWriters.Put(w)
	out := appender(dst)
	w.Reset(&out)
	// Writing to memory does not fail.
	_, _ = w.Write(src)
	_ = w.Close()
	return out
}

// appender is a writer to the end of a slice.
type appender []byte

func (a *appender) Write(p []byte) (int, error) {
	*a = append(*a, p...)
	return len(p), nil
}

func compressFast(data []byte) ([]byte, error) {
	return slices.Clone(AppendGzip(make([]byte, 0, len(data)/2), data)), nil
}
