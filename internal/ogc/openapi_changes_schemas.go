package ogc

// changeExamples are bodies of requests by schema. The draft of the examples changes the park P05.
func changeExamples() map[string]any {
	type object = map[string]any
	return map[string]any{
		"newChangeset":   object{"title": "龙泉汽车城：边界改为实测"},
		"changesetTitle": object{"title": "龙泉汽车城：名称"},
		"change": object{
			"type": "Feature", "id": "T01",
			"geometry":   object{"type": "Polygon", "coordinates": [][][2]float64{{{104.3, 30}, {104.36, 30}, {104.36, 30.05}, {104.3, 30.05}, {104.3, 30}}}},
			"properties": object{"kind": "park", "number": 1, "name_zh": "龙泉汽车城", "name_en": "Auto park", "short_zh": "汽车城", "short_en": "Auto", "outline": "surveyed"},
		},
		"changePatch": object{"properties": object{"name_en": "Longquan Auto"}},
		"resolution":  object{"version": 8, "choices": object{"name_en": object{"side": "mine"}, "name_zh": object{"value": "龙泉"}}},
		"comment":     object{"text": "这里应沿河", "collection": "areas", "feature": "T01", "place": []float64{104.3, 30.02}},
		"step":        object{"text": "按实测成果修改东侧边界"},
		"operation":   object{"do": "simplify", "id": "T01", "tolerance_m": 2},
		"publication": object{"at": "2030-01-01T00:00:00Z"},
	}
}

func stateSchema() *JSONSchema {
	return &JSONSchema{Type: "string", Enum: []string{"draft", "in-review", "changes-asked", "approved", "published", "withdrawn"}}
}

// nullable is an object that may not be there.
func nullable(description string) *JSONSchema {
	return &JSONSchema{Type: "object", Nullable: true, Description: description}
}

// changeSchemas are the schemas of requests and answers about changes and history.
func changeSchemas() map[string]*JSONSchema {
	schemas := changeRequests()
	text, whole, number := &JSONSchema{Type: "string"}, &JSONSchema{Type: "integer"}, &JSONSchema{Type: "number"}
	when, texts := &JSONSchema{Type: "string", Format: "date-time"}, &JSONSchema{Type: "array", Items: text}
	list := func(of *JSONSchema) *JSONSchema { return &JSONSchema{Type: "array", Items: of} }
	before, after := nullable("The feature as it was; null where it was not there"), nullable("The feature as it is to be; null where it is deleted")
	item := objectOf([]string{"collection", "id", "op", "base", "published", "conflict", "before", "after"}, map[string]*JSONSchema{
		"collection": text, "id": text, "op": {Type: "string", Enum: []string{"put", "delete"}}, "base": whole, "published": whole,
		"conflict": {Type: "boolean"}, "before": before, "after": after, "changed": texts, "area_before_km2": number, "area_after_km2": number,
	})
	event := objectOf([]string{"number", "at", "author", "kind"}, map[string]*JSONSchema{
		"number": whole, "at": when, "author": text, "kind": text, "text": text, "collection": text, "feature": text, "place": list(number),
	})
	head := func() map[string]*JSONSchema {
		return map[string]*JSONSchema{
			"id": text, "revision": whole, "state": stateSchema(), "title": text, "author": text, "reviewer": text,
			"created_at": when, "changed_at": when, "publish_at": when, "version": whole,
		}
	}
	required := []string{"id", "revision", "state", "title", "author", "created_at", "changed_at"}
	schemas["changesets"] = objectOf([]string{"changesets"}, map[string]*JSONSchema{"changesets": list(objectOf(required, head()))})
	all := head()
	all["items"], all["events"] = list(item), list(event)
	schemas["changeset"] = objectOf(append(required, "items", "events"), all)
	schemas["issues"] = objectOf([]string{"issues"}, map[string]*JSONSchema{"issues": list(objectOf([]string{"code", "level", "feature", "text"}, map[string]*JSONSchema{
		"code": text, "level": {Type: "string", Enum: []string{"error", "warning", "info"}}, "feature": text, "rule": text, "with": text,
		"at": list(number), "geometry": {Type: "object"}, "numbers": {Type: "object"}, "lift": {Type: "string", Description: "Role that has to accept it"},
		"fix": {Type: "object", Description: "An operation that mends it"}, "text": objectOf([]string{"zh"}, map[string]*JSONSchema{"zh": text, "en": text}),
	}))})
	schemas["operated"] = &JSONSchema{Type: "object", Description: "The changeset or, of a preview, changed, gaps and overlaps"}
	part := objectOf([]string{"name", "by", "base", "theirs", "mine"}, map[string]*JSONSchema{
		"name": text, "by": {Type: "string", Enum: []string{"theirs", "mine", "same", "both"}}, "base": {}, "theirs": {}, "mine": {},
	})
	schemas["conflicts"] = objectOf([]string{"conflicts"}, map[string]*JSONSchema{"conflicts": list(objectOf(
		[]string{"collection", "id", "version", "base", "theirs", "mine", "parts"}, map[string]*JSONSchema{
			"collection": text, "id": text, "version": schemaRef("version"), "base": nullable("What the change was made on"),
			"theirs": nullable("What is published now"), "mine": nullable("What the changeset makes of it"), "parts": list(part),
		}))})
	version := map[string]*JSONSchema{"version": whole, "published_at": when, "changed": whole, "author": text, "comment": text}
	schemas["version"] = objectOf([]string{"version", "published_at"}, version)
	schemas["versions"] = objectOf([]string{"versions"}, map[string]*JSONSchema{"versions": list(schemaRef("version"))})
	schemas["diff"] = objectOf([]string{"from", "to", "changes"}, map[string]*JSONSchema{
		"from": whole, "to": whole, "changes": list(objectOf([]string{"collection", "id", "before", "after"}, map[string]*JSONSchema{
			"collection": text, "id": text, "before": before, "after": after, "changed": texts, "area_before_km2": number, "area_after_km2": number,
		})),
	})
	schemas["revisions"] = objectOf([]string{"revisions"}, map[string]*JSONSchema{"revisions": list(objectOf([]string{"version", "published_at", "op", "feature"}, map[string]*JSONSchema{
		"version": whole, "published_at": when, "changed": whole, "author": text, "comment": text, "op": text, "area_km2": number, "feature": after,
	}))})
	return schemas
}

// changeRequests are the schemas of what is sent.
func changeRequests() map[string]*JSONSchema {
	text, whole, number := &JSONSchema{Type: "string"}, &JSONSchema{Type: "integer"}, &JSONSchema{Type: "number"}
	return map[string]*JSONSchema{
		"newChangeset": objectOf(nil, map[string]*JSONSchema{
			"title": text,
			"restore": objectOf([]string{"version"}, map[string]*JSONSchema{
				"version": whole, "features": {Type: "array", Items: text, Description: "Ids of the features to bring back; none: all that differ"},
			}),
		}),
		"changesetTitle": objectOf([]string{"title"}, map[string]*JSONSchema{"title": text}),
		"change": objectOf([]string{"type", "properties"}, map[string]*JSONSchema{
			"type": {Type: "string", Enum: []string{"Feature"}}, "id": text, "geometry": nullable("In CRS84"), "properties": {Type: "object"},
		}),
		"changePatch": {Type: "object", Description: "A merge patch of a feature: members that are null are taken away"},
		"resolution": objectOf([]string{"version", "choices"}, map[string]*JSONSchema{
			"version": {Type: "integer", Description: "Version of the conflict that was looked at"},
			"choices": {Type: "object", Description: "By the name of a part: side (mine or theirs) or value"},
		}),
		"comment": objectOf([]string{"text"}, map[string]*JSONSchema{
			"text": text, "collection": text, "feature": text, "place": {Type: "array", Items: number, Description: "Longitude and latitude in CRS84"},
		}),
		"step": objectOf(nil, map[string]*JSONSchema{
			"text": text,
			"reasons": {
				Type: "array", Description: "Why issues may stand: the author's for warnings when submitting, the reviewer's for those to be lifted when approving",
				Items: objectOf([]string{"code", "feature", "text"}, map[string]*JSONSchema{"code": text, "feature": text, "with": text, "text": text}),
			},
		}),
		"operation": objectOf([]string{"do", "id"}, map[string]*JSONSchema{
			"do": text, "id": text, "with": {Type: "array", Items: text}, "line": {Type: "array", Items: &JSONSchema{Type: "array", Items: number}},
			"at": {Type: "array", Items: &JSONSchema{Type: "array", Items: number}}, "moves": {Type: "array", Items: &JSONSchema{Type: "object"}},
			"alone": {Type: "boolean"}, "tolerance_m": number, "largest": {Type: "boolean"},
		}),
		"publication": objectOf(nil, map[string]*JSONSchema{"at": {Type: "string", Format: "date-time", Description: "When; without it at once"}}),
	}
}
