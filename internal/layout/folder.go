package layout

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// documentFile is the file of a layout folder that holds the Document.
const documentFile = "document.json"

// FileName returns the file of a layout folder that holds a stored collection.
func FileName(c CollectionID) string {
	if HasGeometry(c) {
		return string(c) + ".geojson"
	}
	return string(c) + ".json"
}

// ReadFolder reads a layout folder: one file for each stored collection, GeoJSON feature collections for
// those with geometry and arrays of objects for the others, and document.json. Other files are not looked
// at. The result has version 0, its features by Compare, and keeps all rules of Validate.
//
// Errors are of kind invalid; each violation has in its path the file and a JSON pointer into it, and
// names the feature in its detail.
func ReadFolder(fsys fs.FS) (*Layout, error) {
	r := folderReader{fsys: fsys, places: map[featureKey]string{}}
	l := &Layout{Document: r.document()}
	for _, c := range Collections() {
		l.Features = append(l.Features, r.collection(c)...)
	}
	if err := r.faults.err("layout folder"); err != nil {
		return nil, err
	}
	slices.SortFunc(l.Features, Compare)
	if err := r.relocate(Validate(l)); err != nil {
		return nil, err
	}
	return l, nil
}

type featureKey struct {
	collection CollectionID
	id         ID
}

type folderReader struct {
	fsys   fs.FS
	faults faults
	places map[featureKey]string // file and pointer of each feature
}

func (r *folderReader) document() Document {
	var d Document
	n, ok := r.file(documentFile)
	if ok {
		var f faults
		f.fill(n, reflect.ValueOf(&d).Elem(), "")
		r.take(documentFile, "", f)
	}
	return d
}

func (r *folderReader) collection(c CollectionID) []Feature {
	name := FileName(c)
	n, ok := r.file(name)
	if !ok {
		return nil
	}
	base, items := r.items(c, name, n)
	if len(items) > maxFeatures {
		r.faults.add(RuleLimit, name+"#"+base, "%d features are more than %d", len(items), maxFeatures)
		return nil
	}
	features := make([]Feature, 0, len(items))
	for i, item := range items {
		features = append(features, r.feature(c, name, pointer(base, strconv.Itoa(i)), item))
	}
	return features
}

// items returns the features of a file and the pointer to the array that holds them.
func (r *folderReader) items(c CollectionID, name string, n node) (string, []node) {
	var f faults
	base, list := "", n
	if HasGeometry(c) {
		base = "/features"
		f.members(n, "", "type", "features", "name", "bbox")
		if t, _ := n.get("type"); t.text != "FeatureCollection" {
			f.add(RuleType, "/type", `the type is not "FeatureCollection"`)
		}
		list, _ = n.get("features")
	}
	if list.kind != nodeArray {
		f.add(RuleType, base, "there is no array of features")
	}
	r.take(name, "", f)
	return base, list.items
}

func (r *folderReader) feature(c CollectionID, name, at string, n node) Feature {
	var f faults
	read := f.record
	if HasGeometry(c) {
		read = f.feature
	}
	feature := read(c, n, at)
	key := featureKey{c, feature.ID}
	if before, ok := r.places[key]; ok {
		f.add(RuleUniqueID, at, "the id is that of %s already", before)
	}
	r.places[key] = name + "#" + at
	r.take(name, feature.ID, f)
	return feature
}

// file reads and parses one file of the folder.
func (r *folderReader) file(name string) (node, bool) {
	data, err := readLimited(r.fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.faults.add(RuleFile, name, "the file is missing")
	case err != nil:
		r.faults.add(RuleFile, name, "the file cannot be read: %v", err)
	}
	if err != nil {
		return node{}, false
	}
	n, err := parse(data)
	var e *Error
	if errors.As(err, &e) {
		r.take(name, "", e.Violations)
	}
	return n, err == nil
}

// take adds the faults of one file, and of one feature unless id is "".
func (r *folderReader) take(name string, id ID, f faults) {
	for _, v := range f {
		v.Path = name + "#" + v.Path
		if id != "" {
			v.Detail = string(id) + ": " + v.Detail
		}
		r.faults.addViolation(v)
	}
}

// relocate turns the paths of Validate, which begin with collection and id, into files and pointers.
func (r *folderReader) relocate(err error) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	var f faults
	for _, v := range e.Violations {
		f.addViolation(r.locate(v))
	}
	return f.err("layout folder")
}

func (r *folderReader) locate(v Violation) Violation {
	if rest, ok := strings.CutPrefix(v.Path, "document/"); ok {
		v.Path = documentFile + "#/" + rest
		return v
	}
	parts := strings.SplitN(v.Path, "/", 3)
	if len(parts) < 2 {
		return v
	}
	key := featureKey{CollectionID(parts[0]), ID(parts[1])}
	v.Detail = string(key.id) + ": " + v.Detail
	v.Path = r.places[key]
	if len(parts) == 3 {
		rest := parts[2]
		if !HasGeometry(key.collection) {
			rest = strings.TrimPrefix(rest, "properties/")
		}
		v.Path += "/" + rest
	}
	return v
}

func readLimited(fsys fs.FS, name string) ([]byte, error) {
	file, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxFileBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return data, nil
}
