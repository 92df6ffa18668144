package ogc

import "parkmap/internal/cql2"

// filterParameters are the parameters of the filter in CQL2, and of the datum of the answer.
func filterParameters() map[string]Parameter {
	longest := cql2.MaxBytes
	return map[string]Parameter{
		"filter": {
			Name: "filter", In: "query",
			Description: "Condition in CQL2 (OGC 21-065r2) over the queryables, such as kind = 'park' AND S_INTERSECTS(geometry, BBOX(104,30.5,104.2,30.7)). " +
				"Features for which it is true are returned. There are no functions beyond those of the standard.",
			Schema: &JSONSchema{Type: "string", MaxLength: &longest},
		},
		"filter-lang": {
			Name: "filter-lang", In: "query", Description: "Encoding of the filter.",
			Schema: &JSONSchema{Type: "string", Enum: FilterLanguages(), Default: FilterText},
		},
		"filter-crs": {
			Name: "filter-crs", In: "query",
			Description: "Reference system of the geometries in the filter, in the order of axes of its definition; " + CRS84 + " without it.",
			Schema:      &JSONSchema{Type: "string", Format: "uri"},
		},
		"datum": {
			Name: "datum", In: "query",
			Description: "Shift of the positions in the answer, for base maps of mainland China: gcj02 or bd09. The answer says so in its member datum " +
				"and in the header X-Datum; HTML stays in WGS 84. Parameters keep to WGS 84.",
			Schema: &JSONSchema{Type: "string", Enum: Datums()},
		},
	}
}
