package api

import (
	"bufio"
	"bytes"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"testing"

	"parkmap/internal/layout"
)

// sink takes an answer without keeping it, as a connection would.
type sink struct {
	header http.Header
	n      int
}

func (s *sink) Header() http.Header { return s.header }

func (s *sink) WriteHeader(int) {}

func (s *sink) Write(p []byte) (int, error) {
	s.n += len(p)
	return len(p), nil
}

// largeLayout is as large as a real one: fourteen areas of a few hundred vertices.
func largeLayout(b *testing.B) *layout.Layout {
	b.Helper()
	l, err := layout.ReadFolder(os.DirFS("../../geodata"))
	if err != nil {
		b.Fatal(err)
	}
	l.Version, l.PublishedAt = 1, at
	return l
}

// BenchmarkHot compares the server, with its log and metrics on, with a handler that does no more than
// write the same compressed bytes with the headers that they need.
func BenchmarkHot(b *testing.B) {
	l := largeLayout(b)
	s := serveLayout(b, l, func(o *Options) {
		o.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
		o.Now, o.NewID = nil, nil
	})
	for _, target := range []struct{ name, path string }{
		{"layout", areas},
		{"item", areas + "/" + string(l.Features[0].ID)},
		{"tile", "/tiles/layout/8/201/105.mvt"},
	} {
		w := get(b, s, target.path, "Accept-Encoding", "gzip, deflate, br, zstd")
		body, header := w.Body.Bytes(), w.Header()
		if w.Code != http.StatusOK {
			b.Fatalf("%s: %d", target.path, w.Code)
		}
		bare := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			h := w.Header()
			for _, name := range []string{"Content-Type", "Content-Encoding", "Content-Length", "Etag", "Vary"} {
				if v := header[name]; v != nil {
					h[name] = v
				}
			}
			w.WriteHeader(http.StatusOK)
			_, _ = w.Write(body)
		})
		for _, handler := range []struct {
			name string
			http.Handler
		}{{"bare", bare}, {"server", s}} {
			b.Run(target.name+"/"+handler.name, func(b *testing.B) { benchmark(b, handler, target.path) })
			b.Run(target.name+"/"+handler.name+"/connection", func(b *testing.B) { benchmarkConnection(b, handler, target.path) })
		}
	}
}

// benchmarkConnection sends requests over one connection of the loopback, as a balancer does.
func benchmarkConnection(b *testing.B, h http.Handler, path string) {
	server := httptest.NewServer(h)
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	request := []byte("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAccept-Encoding: gzip, deflate, br, zstd\r\nAccept: */*\r\nUser-Agent: bench\r\n\r\n")
	r := bufio.NewReaderSize(conn, 256<<10)
	for b.Loop() {
		if _, err := conn.Write(request); err != nil {
			b.Fatal(err)
		}
		if err := skipResponse(r); err != nil {
			b.Fatal(err)
		}
	}
}

// skipResponse reads one response and looks at no more than its length.
func skipResponse(r *bufio.Reader) error {
	length := 0
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return err
		}
		if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return err
			}
		}
		if len(line) == 2 {
			_, err = r.Discard(length)
			return err
		}
	}
}

func benchmark(b *testing.B, h http.Handler, path string) {
	r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, path, nil)
	if err != nil {
		b.Fatal(err)
	}
	r.Host, r.RemoteAddr = "127.0.0.1:8080", "127.0.0.1:40000"
	r.Header = http.Header{"Accept-Encoding": {"gzip, deflate, br, zstd"}, "Accept": {"*/*"}, "User-Agent": {"bench"}}
	w := &sink{header: http.Header{}}
	b.ReportAllocs()
	for b.Loop() {
		clear(w.header)
		h.ServeHTTP(w, r)
	}
}
