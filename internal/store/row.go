package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
)

// Row is a revision as both databases keep it: properties as JSON, geometry left to the package of
// the database.
type Row struct {
	Collection layout.CollectionID
	ID         layout.ID
	Op         Op
	Properties []byte       // a JSON object; nil for Delete
	Geometry   orb.Geometry // lon/lat in CRS84; nil for none
}

// Draft is a publication in the form of rows, checked: what it holds can be stored and read again.
type Draft struct {
	Base     int64
	At       time.Time // UTC, whole microseconds
	Author   string
	Comment  string
	Document []byte // JSON; nil leaves it as it is
	Rows     []Row
	Step     *StepRow // nil for none
}

// Version returns the version that the draft becomes.
func (d Draft) Version() Version {
	return Version{Number: d.Base + 1, PublishedAt: d.At, Author: d.Author, Comment: d.Comment, Changed: len(d.Rows)}
}

// NewDraft checks and encodes p. The error is invalid and lists everything that cannot be stored.
func NewDraft(p Publication) (Draft, error) {
	d := Draft{Base: p.Base, At: p.At.UTC().Truncate(time.Microsecond), Author: p.Author, Comment: p.Comment}
	violations := checkFrame(p)
	document, err := encodeDocument(p.Document)
	if err != nil {
		violations = append(violations, violation("/document", err))
	}
	d.Document = document
	seen := make(map[[2]string]bool, len(p.Changes))
	for i, c := range p.Changes {
		row, err := encode(c)
		key := [2]string{string(row.Collection), string(row.ID)}
		if err == nil && seen[key] {
			err = errors.New("the publication changes this feature twice")
		}
		if err != nil {
			violations = append(violations, violation(fmt.Sprintf("/changes/%d", i), err))
		}
		seen[key] = true
		d.Rows = append(d.Rows, row)
	}
	if len(violations) > 0 {
		return Draft{}, layout.Invalid("publication", violations...)
	}
	if p.Step != nil {
		row, err := NewStepRow(*p.Step)
		d.Step = &row
		return d, err
	}
	return d, nil
}

// checkFrame checks what does not belong to a single change.
func checkFrame(p Publication) []layout.Violation {
	var found []layout.Violation
	if p.Base < 0 {
		found = append(found, violation("/base", errors.New("a version number is at least 0")))
	}
	if p.Base == 0 && p.Document == nil {
		found = append(found, violation("/document", errors.New("the first version needs a document")))
	}
	if p.Document == nil && len(p.Changes) == 0 {
		found = append(found, violation("/changes", errors.New("the publication changes nothing")))
	}
	for path, text := range map[string]string{"/author": p.Author, "/comment": p.Comment} {
		if err := checkText(text); err != nil {
			found = append(found, violation(path, err))
		}
	}
	return found
}

func violation(path string, err error) layout.Violation {
	return layout.Violation{Rule: "storable", Path: path, Detail: err.Error()}
}

func encodeDocument(d *layout.Document) ([]byte, error) {
	if d == nil {
		return nil, nil
	}
	data, err := layout.MarshalDocument(*d)
	if err != nil {
		return nil, err
	}
	if _, err := layout.UnmarshalDocument(data); err != nil {
		return nil, err
	}
	return data, checkJSON(data)
}

// encode makes a row of one change. The row has collection and id even when there is an error.
func encode(c Change) (Row, error) {
	r := Row{Collection: c.Feature.Collection, ID: c.Feature.ID, Op: c.Op}
	if r.ID == "" || r.Collection == "" {
		return r, errors.New("a feature needs a collection and an id")
	}
	if err := errors.Join(checkText(string(r.ID)), checkText(string(r.Collection))); err != nil {
		return r, err
	}
	switch c.Op {
	case Delete:
		return r, nil
	case Put:
		r.Geometry = c.Feature.Geometry
		var err error
		if r.Properties, err = encodeProperties(c.Feature); err != nil {
			return r, fmt.Errorf("%s %s: %w", r.Collection, r.ID, err)
		}
		return r, checkGeometry(r.Geometry)
	}
	return r, fmt.Errorf("%q is not an operation", c.Op)
}

// encodeProperties makes sure that what it returns can be read again as what it was.
func encodeProperties(f layout.Feature) ([]byte, error) {
	if f.Properties == nil || reflect.ValueOf(f.Properties).IsNil() {
		return nil, errors.New("a feature needs properties")
	}
	data, err := layout.MarshalProperties(f.Properties)
	if err != nil {
		return nil, err
	}
	read, err := layout.UnmarshalProperties(f.Collection, data)
	if err != nil {
		return nil, err
	}
	if reflect.TypeOf(read) != reflect.TypeOf(f.Properties) {
		return nil, fmt.Errorf("%T does not belong to this collection", f.Properties)
	}
	return data, checkJSON(data)
}

// checkText refuses what PostgreSQL cannot keep in a text, so that both databases take the same.
func checkText(s string) error {
	if strings.ContainsRune(s, 0) || strings.ToValidUTF8(s, "") != s {
		return errors.New("text must be UTF-8 without the character NUL")
	}
	return nil
}

// checkJSON is checkText for the texts in a JSON value, where NUL is always written as an escape.
func checkJSON(data []byte) error {
	for rest := string(data); ; {
		i := strings.IndexByte(rest, '\\')
		switch {
		case i < 0:
			return nil
		case strings.HasPrefix(rest[i:], `\u0000`):
			return checkText("\x00")
		}
		rest = rest[i+2:] // the escape and the character behind it
	}
}

// checkGeometry refuses types that no collection has, and positions that are no positions.
func checkGeometry(g orb.Geometry) error {
	switch g := g.(type) {
	case nil:
		return nil
	case orb.Point:
		return checkPositions(g)
	case orb.MultiPoint:
		return checkPositions(g...)
	case orb.LineString:
		return checkPositions(g...)
	case orb.MultiLineString:
		return checkEach(g)
	case orb.Polygon:
		return checkEach(g)
	case orb.MultiPolygon:
		for _, p := range g {
			if err := checkGeometry(p); err != nil {
				return err
			}
		}
		return checkParts(len(g))
	}
	return fmt.Errorf("geometry of type %s cannot be stored", g.GeoJSONType())
}

// checkEach checks the lines or rings of a geometry.
func checkEach[L ~[]orb.Point](lines []L) error {
	for _, l := range lines {
		if err := checkPositions(l...); err != nil {
			return err
		}
	}
	return checkParts(len(lines))
}

func checkPositions(points ...orb.Point) error {
	for _, p := range points {
		if math.IsNaN(p[0]+p[1]) || math.IsInf(p[0], 0) || math.IsInf(p[1], 0) {
			return errors.New("a coordinate is not a finite number")
		}
	}
	return checkParts(len(points))
}

func checkParts(n int) error {
	if n == 0 {
		return errors.New("the geometry is empty; use none at all")
	}
	return nil
}

// Feature reads the row of a revision that version made at a time. A deleted feature has neither
// properties nor geometry. Properties that this program does not know any more are left out: history
// stays readable.
func (r Row) Feature(version int64, at time.Time) (layout.Feature, error) {
	f := layout.Feature{Collection: r.Collection, ID: r.ID, Geometry: r.Geometry, Version: version, ChangedAt: at}
	if r.Op == Delete {
		return f, nil
	}
	f.Properties = layout.NewProperties(r.Collection)
	if f.Properties == nil {
		return f, Broken(fmt.Sprintf("feature %q", r.ID), fmt.Errorf("unknown collection %q", r.Collection))
	}
	if err := json.Unmarshal(r.Properties, f.Properties); err != nil {
		return f, Broken(fmt.Sprintf("feature %q of %s", r.ID, r.Collection), err)
	}
	return f, nil
}

// DecodeDocument reads the document of version n as Feature reads properties.
func DecodeDocument(n int64, data []byte) (layout.Document, error) {
	var d layout.Document
	if err := json.Unmarshal(data, &d); err != nil {
		return d, Broken(fmt.Sprintf("document of version %d", n), err)
	}
	return d, nil
}
