package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/source"
)

// recordSeparator comes before each feature of a GeoJSON text sequence (RFC 8142).
const recordSeparator = 0x1e

// encodeCollection writes a page of features as a GeoJSON FeatureCollection. It has no timeStamp: the
// same version of the layout gives the same bytes, so that they can be kept by their ETag.
func encodeCollection(f *found) ([]byte, error) {
	links := ogc.AppendLinks(nil, f.links)
	b := f.asked.newRoom()
	b.Grow(f.size() + len(links))
	b.WriteString(`{"type":"FeatureCollection",` + f.datumMember() + `"numberMatched":`)
	b.WriteString(strconv.Itoa(f.matched))
	if f.estimated {
		b.WriteString(`,"numberMatchedEstimated":true`)
	}
	b.WriteString(`,"numberReturned":`)
	b.WriteString(strconv.Itoa(len(f.features)))
	b.WriteString(`,"links":`)
	b.Write(links)
	b.WriteString(`,"features":[`)
	for i := range f.features {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := f.writeFeature(b, &f.features[i]); err != nil {
			return nil, err
		}
	}
	b.WriteString(`]}`)
	return b.Bytes(), nil
}

// size is about how many bytes the features take.
func (f *found) size() int {
	const rest = 200
	n := rest + len(f.features)
	for i := range f.features {
		n += len(f.features[i].JSON)
	}
	return n
}

// encodeSequence writes features as a GeoJSON text sequence.
func encodeSequence(f *found) ([]byte, error) {
	var b bytes.Buffer
	for i := range f.features {
		b.WriteByte(recordSeparator)
		if err := f.writeFeature(&b, &f.features[i]); err != nil {
			return nil, err
		}
		b.WriteByte('\n')
	}
	return b.Bytes(), nil
}

// encodeFeature writes one feature with its links.
func encodeFeature(f *found) ([]byte, error) {
	links := ogc.AppendLinks(nil, f.links)
	var b bytes.Buffer
	b.Grow(f.size() + len(links))
	if err := f.writeFeature(&b, &f.features[0]); err != nil {
		return nil, err
	}
	b.Truncate(b.Len() - 1) // the closing brace
	b.WriteString(`,` + f.datumMember() + `"links":`)
	b.Write(links)
	b.WriteByte('}')
	return b.Bytes(), nil
}

// writeFeature writes a feature as its source has it, or with some of its properties.
func (f *found) writeFeature(b *bytes.Buffer, feature *source.Feature) error {
	if f.properties == nil {
		b.Write(feature.JSON)
		return nil
	}
	all := feature.PropertiesJSON()
	members, err := membersOf(all)
	if err != nil {
		return err
	}
	b.Write(feature.JSON[:len(feature.JSON)-len(all)-1])
	b.WriteByte('{')
	first := true
	for _, name := range f.properties {
		value, ok := members[name]
		if !ok {
			continue
		}
		key, err := layout.MarshalJSON(name)
		if err != nil {
			return err
		}
		if !first {
			b.WriteByte(',')
		}
		first = false
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteString(`}}`)
	return nil
}

// membersOf splits a JSON object into its members, each left as it is written.
func membersOf(object []byte) (map[string]json.RawMessage, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(object, &members); err != nil {
		return nil, fmt.Errorf("read properties: %w", err)
	}
	return members, nil
}
