package api

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"

	"parkmap/internal/ogc"
)

// encodeCSV writes features as a table (RFC 4180, UTF-8 without BOM): id, then lon and lat where all are
// points, or the geometry as WKT, then the properties. Lists and objects are written as JSON.
func encodeCSV(f *found) ([]byte, error) {
	names := f.columns()
	position := positionColumns(f.info.GeometryTypes)
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	if err := w.Write(slices.Concat([]string{"id"}, position, names)); err != nil {
		return nil, err
	}
	for i := range f.features {
		feature := &f.features[i]
		members, err := membersOf(feature.PropertiesJSON())
		if err != nil {
			return nil, err
		}
		row := append([]string{safeCell(string(feature.ID))}, positionCells(position, feature.Geometry())...)
		for _, name := range names {
			row = append(row, cell(members[name]))
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// columns are the names of the properties to write. The id has its column already.
func (f *found) columns() []string {
	var names []string
	for _, p := range f.info.Schema {
		if p.Name != ogc.PropertyID && (f.properties == nil || slices.Contains(f.properties, p.Name)) {
			names = append(names, p.Name)
		}
	}
	return names
}

func positionColumns(geometryTypes []string) []string {
	switch {
	case len(geometryTypes) == 0:
		return nil
	case len(geometryTypes) == 1 && geometryTypes[0] == "Point":
		return []string{"lon", "lat"}
	}
	return []string{"wkt"}
}

func positionCells(columns []string, g orb.Geometry) []string {
	cells := make([]string, len(columns))
	if g == nil || len(columns) == 0 {
		return cells
	}
	if p, ok := g.(orb.Point); ok && len(columns) == 2 {
		cells[0] = strconv.FormatFloat(p.Lon(), 'f', -1, 64)
		cells[1] = strconv.FormatFloat(p.Lat(), 'f', -1, 64)
		return cells
	}
	cells[0] = wkt.MarshalString(g)
	return cells
}

// cell writes a JSON value as the text of a cell.
func cell(value json.RawMessage) string {
	if len(value) == 0 || string(value) == "null" {
		return ""
	}
	if value[0] != '"' {
		return string(value)
	}
	var text string
	if err := json.Unmarshal(value, &text); err != nil {
		return string(value)
	}
	return safeCell(text)
}

// safeCell keeps spreadsheets from reading a text as a formula, by an apostrophe before it.
func safeCell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n|", rune(text[0])) {
		return "'" + text
	}
	return text
}
