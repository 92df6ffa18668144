package api

import (
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
	"golang.org/x/text/language"

	"parkmap/internal/ogc"
)

// chooseFormat picks the representation: the one that f names or, without f, the one that the client
// likes best by its header Accept; of equals the first of formats. 406 when it likes none.
func chooseFormat(formats []ogc.Format, f, accept string) (ogc.Format, error) {
	if f != "" {
		return namedFormat(formats, f)
	}
	if strings.TrimSpace(accept) == "" {
		return formats[0], nil
	}
	ranges := parseAccept(accept)
	best, bestQ := ogc.Format{}, 0.0
	for _, format := range formats {
		if q := quality(ranges, format); q > bestQ {
			best, bestQ = format, q
		}
	}
	if bestQ == 0 {
		return ogc.Format{}, echo.NewHTTPError(http.StatusNotAcceptable, "there is no representation of the type that the header Accept asks for; available: "+typesOf(formats))
	}
	return best, nil
}

func namedFormat(formats []ogc.Format, name string) (ogc.Format, error) {
	names := make([]string, len(formats))
	for i, format := range formats {
		if format.Name == name {
			return format, nil
		}
		names[i] = format.Name
	}
	return ogc.Format{}, badParameter("f", "must be one of "+strings.Join(names, ", "))
}

func typesOf(formats []ogc.Format) string {
	types := make([]string, len(formats))
	for i, format := range formats {
		types[i] = format.Type
	}
	return strings.Join(types, ", ")
}

// mediaRange is one entry of a header Accept.
type mediaRange struct {
	mediaType string // such as text/html, text/* or */*
	q         float64
}

// parseAccept reads a header Accept; entries that are no media range are left out.
func parseAccept(header string) []mediaRange {
	var out []mediaRange
	for entry := range strings.SplitSeq(header, ",") {
		t, params, err := mime.ParseMediaType(entry)
		if err != nil {
			continue
		}
		q := 1.0
		if text, ok := params["q"]; ok {
			if q, err = strconv.ParseFloat(text, 64); err != nil || !(q >= 0 && q <= 1) {
				continue
			}
		}
		out = append(out, mediaRange{t, q})
	}
	return out
}

// quality returns how much a client likes a format: by the most specific range that fits. Plain JSON
// stands for every representation in JSON.
func quality(ranges []mediaRange, format ogc.Format) float64 {
	mediaType, _, _ := strings.Cut(format.Type, ";")
	group, _, _ := strings.Cut(mediaType, "/")
	q, rank := 0.0, 0
	for _, r := range ranges {
		at := 0
		switch {
		case r.mediaType == mediaType:
			at = 4
		case r.mediaType == ogc.TypeJSON && format.Name == "json":
			at = 3
		case r.mediaType == group+"/*":
			at = 2
		case r.mediaType == "*/*":
			at = 1
		}
		if at > rank {
			q, rank = r.q, at
		}
	}
	return q
}

// prefersHTML tells whether a client would rather have a page than a document for programs.
func prefersHTML(h http.Header) bool {
	f, err := chooseFormat(ogc.DocumentFormats(), "", joined(h, "Accept"))
	return err == nil && f.Name == "html"
}

// chooseLang picks the language of titles: the one that lang names or, without it, the first of Chinese
// and English that the client asks for. Chinese, the language of a layout, when it asks for nothing or
// takes any; English when it asks for others.
func chooseLang(lang, acceptLanguage string) (ogc.Lang, error) {
	switch lang {
	case string(ogc.ZH), string(ogc.EN):
		return ogc.Lang(lang), nil
	case "":
		return negotiateLang(acceptLanguage), nil
	}
	return "", badParameter("lang", "must be zh or en")
}

// anyLanguage is what the range * is read as.
const anyLanguage = "mul"

func negotiateLang(header string) ogc.Lang {
	tags, _, err := language.ParseAcceptLanguage(header)
	if err != nil || len(tags) == 0 {
		return ogc.ZH
	}
	for _, tag := range tags {
		base, _ := tag.Base()
		switch base.String() {
		case "zh", anyLanguage:
			return ogc.ZH
		case "en":
			return ogc.EN
		}
	}
	return ogc.EN
}

// joined returns a header that may be sent as several lines as one.
func joined(h http.Header, name string) string {
	switch lines := h[name]; len(lines) {
	case 0:
		return ""
	case 1:
		return lines[0]
	default:
		return strings.Join(lines, ",")
	}
}
