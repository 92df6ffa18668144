package edit

import (
	"bytes"
	"encoding/json"

	"parkmap/internal/layout"
)

// maxPatchDepth bounds how deep a merge patch is nested.
const maxPatchDepth = 32

// patched applies a JSON merge patch (RFC 7396) to a feature as MarshalFeature writes it. A patch may not give
// the feature another id.
func patched(f layout.Feature, patch []byte) (layout.Feature, error) {
	data, err := layout.MarshalFeature(f)
	if err != nil {
		return f, err
	}
	var target, change any
	if err := decode(data, &target); err != nil {
		return f, err
	}
	if err := decode(patch, &change); err != nil {
		return f, invalid(layout.RuleJSON, "/", "is no JSON")
	}
	if _, ok := change.(map[string]any); !ok {
		return f, invalid(layout.RuleType, "/", "a merge patch of a feature is an object")
	}
	if depth(change) > maxPatchDepth {
		return f, invalid(layout.RuleLimit, "/", "is nested too deep")
	}
	if data, err = layout.MarshalJSON(merge(target, change)); err != nil {
		return f, err
	}
	made, err := layout.DecodeFeature(f.Collection, data)
	if err == nil && made.ID != f.ID {
		err = invalid(layout.RuleID, "/id", "an id never changes")
	}
	return made, err
}

// decode keeps numbers as they are written.
func decode(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	return d.Decode(into)
}

// merge is MergePatch of RFC 7396, section 2. Coordinates are not objects, so a geometry is replaced as a whole
// by what names its coordinates.
func merge(target, patch any) any {
	changes, ok := patch.(map[string]any)
	if !ok {
		return patch
	}
	merged := map[string]any{}
	if object, ok := target.(map[string]any); ok {
		merged = object
	}
	for name, value := range changes {
		if value == nil {
			delete(merged, name)
		} else {
			merged[name] = merge(merged[name], value)
		}
	}
	return merged
}

func depth(v any) int {
	deepest := 0
	switch v := v.(type) {
	case map[string]any:
		for _, member := range v {
			deepest = max(deepest, depth(member))
		}
	case []any:
		for _, member := range v {
			deepest = max(deepest, depth(member))
		}
	default:
		return 0
	}
	return deepest + 1
}
