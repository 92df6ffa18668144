package api

import (
	"fmt"
	"html"
	"strconv"
	"strings"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/qr"
)

// maxQRPath bounds the path and query that a code may carry, in bytes as they are written: a code that says
// more cannot be read from paper.
const maxQRPath = 1800

// typeSVG is the media type of pictures.
const typeSVG = "image/svg+xml"

// qrCode is the QR code of an address of this server.
func (s *Server) qrCode() resource {
	formats := []ogc.Format{{Name: "svg", Type: typeSVG, Title: layout.Label{ZH: "SVG", EN: "SVG"}}}
	return resource{formats: formats, parameters: fixedParameters("path"), answer: func(a *asked) (reply, error) {
		path, err := ownPath(a.values.Get("path"))
		if err != nil {
			return reply{}, err
		}
		address := string(a.base) + path
		return reply{key: "qr " + address, mediaType: typeSVG, build: func() ([]byte, error) {
			code, err := qr.New(address)
			return pictureOf(code, address), err
		}}, nil
	}}
}

// pictureOf is a code as a picture by itself: black on white whatever is around it, at least four pixels a
// module where nothing else sets its size.
func pictureOf(code qr.Code, address string) []byte {
	const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]d %[1]d" width="%[2]d" height="%[2]d" role="img" shape-rendering="crispEdges">` +
		`<title>%[3]s</title><rect width="%[1]d" height="%[1]d" fill="#fff"/><path d="%[4]s" fill="#000"/></svg>`
	return fmt.Appendf(nil, picture, code.Size, 4*code.Size, html.EscapeString(address), code.Path)
}

// ownPath checks a path of this server, with its query, and escapes what an address cannot hold as it is.
func ownPath(path string) (string, error) {
	switch {
	case path == "":
		return "", badParameter("path", "must be given: a path of this server, such as /f/P05")
	case path[0] != '/' || strings.HasPrefix(path, "//") || strings.HasPrefix(path, `/\`):
		return "", badParameter("path", "must begin with a single slash: a path of this server")
	}
	escaped := escapePath(path)
	if len(escaped) > maxQRPath {
		return "", badParameter("path", "is longer than "+strconv.Itoa(maxQRPath)+" bytes as an address")
	}
	return escaped, nil
}

// escapePath escapes the bytes that no part of an address may hold. What is escaped already stays.
func escapePath(path string) string {
	var b strings.Builder
	for i := range len(path) {
		c := path[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte(`"<>\^`+"`{|}", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}
