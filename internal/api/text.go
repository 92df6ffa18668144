package api

import (
	"strconv"
	"strings"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// joinTitle joins the parts of a title that are not empty.
func joinTitle(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " · ")
}

// attribution sums up the sources and the number under which the map was reviewed in one line.
func attribution(sources []layout.Attribution, review string, l ogc.Lang) string {
	out := layout.Credits(sources)
	if review != "" {
		out = append(out, l.Of(layout.Label{ZH: "审图号", EN: "Map review number"})+" "+review)
	}
	return strings.Join(out, "; ")
}
