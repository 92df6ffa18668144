package api

import (
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"

	"parkmap/internal/source"
)

// answer is a response 200 that is made once and sent many times: a body with its headers. It must not
// be copied.
type answer struct {
	body  *source.Body
	fixed []field
	forms [4]atomic.Pointer[form] // by coding, made when first sent
}

// field is a header with its value, in the shape in which net/http keeps it, so that sending it makes
// nothing new. The value is shared and must not be written to.
type field struct {
	name  string // canonical
	value []string
}

// form is an answer in one content coding.
type form struct {
	fields []field
	etag   string
	data   []byte
}

func newAnswer(body *source.Body, fixed ...field) *answer {
	return &answer{body: body, fixed: append(fixed, field{"Content-Type", []string{body.ContentType}})}
}

// form returns the answer in the coding that suits the client.
func (a *answer) form(acceptEncoding string) *form {
	encoding, data, etag := a.body.Pick(acceptEncoding)
	slot := &a.forms[codingIndex(encoding)]
	if f := slot.Load(); f != nil {
		return f
	}
	f := &form{etag: etag, data: data, fields: append([]field(nil), a.fixed...)}
	f.fields = append(f.fields,
		field{"Etag", []string{etag}},
		field{"Content-Length", []string{strconv.Itoa(len(data))}},
	)
	if encoding != source.Identity {
		f.fields = append(f.fields, field{"Content-Encoding", []string{encoding}})
	}
	slot.Store(f)
	return f
}

func codingIndex(encoding string) int {
	switch encoding {
	case source.Brotli:
		return 1
	case source.Zstd:
		return 2
	case source.Gzip:
		return 3
	}
	return 0
}

// send writes the answer, or 304 when the client holds it, and returns what it has written.
func (f *form) send(w http.ResponseWriter, r *http.Request) (status, size int) {
	h := w.Header()
	for _, field := range f.fields {
		h[field.name] = field.value
	}
	if matches(joined(r.Header, "If-None-Match"), f.etag) {
		delete(h, "Content-Length")
		delete(h, "Content-Encoding")
		delete(h, "Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return http.StatusNotModified, 0
	}
	return http.StatusOK, writeBody(w, r, http.StatusOK, f.data)
}

// writeBody writes a response, to HEAD without its body, and returns how many bytes of it were taken. A
// client that has gone away is no news.
func writeBody(w http.ResponseWriter, r *http.Request, status int, body []byte) int {
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return 0
	}
	n, _ := w.Write(body)
	return n
}

// matches tells whether a header If-None-Match names etag, by the weak comparison of RFC 9110.
func matches(header, etag string) bool {
	if header == "" {
		return false
	}
	for entry := range strings.SplitSeq(header, ",") {
		entry = strings.TrimSpace(entry)
		if entry == "*" || strings.TrimPrefix(entry, "W/") == etag {
			return true
		}
	}
	return false
}
