package ogc

import (
	"maps"
	"net/url"
)

const tagChanges = "changes"

func changeCalls() []describedCall {
	const one, item = "/changesets/{id}", "/changesets/{id}/items/{collection}/{feature}"
	return []describedCall{
		{"get", "/changesets", "Changesets, those that changed last first", "getChangesets", false, "state author changedBefore limit", "", "200", "changesets"},
		{"post", "/changesets", "Begin a draft, or one that brings back what an old version had", "addChangeset", false, "Idempotency-Key", "newChangeset", "201", "changeset"},
		{"get", one, "A changeset: what it changes, and each step so far", "getChangeset", false, "", "", "200", "changeset"},
		{"patch", one, "Give a draft another title", "renameChangeset", false, "If-Match", "changesetTitle", "200", "changeset"},
		{"put", item, "Change a feature in a draft", "putChange", false, "base If-Match", "change", "200", "changeset"},
		{"patch", item, "Change a feature in a draft by a merge patch (RFC 7396)", "patchChange", false, "base If-Match", "changePatch", "200", "changeset"},
		{"delete", item, "Delete a feature in a draft", "deleteChange", false, "base If-Match", "", "200", "changeset"},
		{"post", item + "/discard", "Take the change of a feature out of a draft", "discardChange", false, "If-Match", "", "200", "changeset"},
		{"get", one + "/conflicts", "Features that others have published meanwhile, part by part", "getConflicts", false, "", "", "200", "conflicts"},
		{"post", one + "/conflicts/{collection}/{feature}", "Settle a conflict by a choice for each part that both have changed", "resolveConflict", false, "If-Match", "resolution", "200", "changeset"},
		{"get", one + "/check", "What is wrong with what a changeset draws", "checkChangeset", false, "", "", "200", "issues"},
		{"post", one + "/operations", "Change outlines of a draft so that neighbours fit; with preview only say how", "operate", false, "preview If-Match", "operation", "200", "operated"},
		{"post", one + "/comments", "Comment on a changeset, a feature of it, or a place", "addComment", false, "Idempotency-Key", "comment", "201", "changeset"},
		{"post", one + "/submit", "Hand a draft to the reviewers; without review it is published", "submitChangeset", false, "If-Match Idempotency-Key", "step", "200", "changeset"},
		{"post", one + "/ask", "Ask the author for changes", "askForChanges", false, "If-Match Idempotency-Key", "step", "200", "changeset"},
		{"post", one + "/approve", "Approve the revision that If-Match names", "approveChangeset", false, "If-Match Idempotency-Key", "step", "200", "changeset"},
		{"post", one + "/publish", "Publish what is approved, at once or at a time", "publishChangeset", false, "If-Match Idempotency-Key", "publication", "200", "changeset"},
		{"post", one + "/withdraw", "End a changeset that is not published", "withdrawChangeset", false, "If-Match Idempotency-Key", "step", "200", "changeset"},
		{"get", "/versions", "Published versions, newest first", "getVersions", true, "before limit", "", "200", "versions"},
		{"get", "/versions/{n}", "One published version", "getVersion", true, "", "", "200", "version"},
		{"get", "/diff", "What two versions do not share", "getDiff", true, "from to", "", "200", "diff"},
		{"get", "/items/{feature}/history", "A feature as each version left it, newest first", "getHistory", true, "before limit", "", "200", "revisions"},
	}
}

// addChanges describes changesets, the history, and the methods that change features.
func addChanges(doc *OpenAPI, d Dataset) {
	doc.Tags = append(doc.Tags, Tag{Name: tagChanges, Description: "Drafts, review, publication, history"})
	maps.Copy(doc.Components.Schemas, changeSchemas())
	maps.Copy(doc.Components.Parameters, changeParameters())
	problem := map[string]Media{TypeProblem: {Schema: schemaRef("problem")}}
	doc.Components.Responses["Stale"] = Response{Description: "It has been changed since; the answer says how it is now", Content: problem}
	doc.Components.Responses["Unstated"] = Response{Description: "If-Match, or the parameter base, has to say what was changed", Content: problem}
	addCalls(doc, callGroup{tagChanges, "change.", changeExamples()}, changeCalls())
	for _, c := range changeCalls() {
		if c.request == "change" || c.request == "changePatch" {
			item := doc.Paths[c.path]
			widen(item.Put, TypeGeoJSON)
			widen(item.Patch, TypeMergePatch)
		}
		addStaleness(doc.Paths[c.path])
	}
	for _, c := range d.Collections {
		if !c.Table {
			addTransactions(doc.Paths, c)
		}
	}
}

// widen lets a body be of another media type besides JSON.
func widen(o *Operation, mediaType string) {
	if o != nil {
		o.RequestBody.Content[mediaType] = o.RequestBody.Content[TypeJSON]
	}
}

// addStaleness adds the answers of methods that change something.
func addStaleness(item PathItem) {
	for _, o := range []*Operation{item.Post, item.Put, item.Patch, item.Delete} {
		if o != nil {
			o.Responses["412"], o.Responses["428"] = Response{Ref: ref("responses", "Stale")}, Response{Ref: ref("responses", "Unstated")}
		}
	}
}

// addTransactions describes the methods of OGC API Features Part 4 on a collection. Each makes a changeset.
func addTransactions(paths map[string]PathItem, c CollectionInfo) {
	id, root := operationName(c.ID), "/collections/"+url.PathEscape(string(c.ID))+"/items"
	group := callGroup{tagChanges, "change.", nil}
	body := func(o *Operation, mediaType, schema string) {
		o.RequestBody = &RequestBody{Required: true, Content: map[string]Media{mediaType: {Schema: schemaRef(schema)}, TypeJSON: {Schema: schemaRef(schema)}}}
	}
	transaction := func(method, summary, query, status string) *Operation {
		o := describedCall{method, "", c.Title.EN + ": " + summary, method + "Item." + id, false, query, "", status, ""}.operation(group)
		o.Responses["202"] = Response{
			Description: "It waits for review",
			Headers:     map[string]Header{"Location": {Description: "Address of the changeset", Schema: &JSONSchema{Type: "string"}}},
		}
		return o
	}
	items, one := paths[root], paths[root+"/{featureId}"]
	items.Post = transaction("post", "add a feature", "Idempotency-Key", "201")
	body(items.Post, TypeGeoJSON, "change")
	one.Put = transaction("put", "replace a feature", "If-Match Idempotency-Key", "204")
	body(one.Put, TypeGeoJSON, "change")
	one.Patch = transaction("patch", "change a feature by a merge patch (RFC 7396)", "If-Match Idempotency-Key", "204")
	body(one.Patch, TypeMergePatch, "changePatch")
	one.Delete = transaction("delete", "delete a feature", "If-Match Idempotency-Key", "204")
	for _, o := range []*Operation{one.Put, one.Patch, one.Delete} {
		o.Parameters = append([]Parameter{parameterRef("featureId")}, o.Parameters...)
	}
	addStaleness(items)
	addStaleness(one)
	paths[root], paths[root+"/{featureId}"] = items, one
}

func changeParameters() map[string]Parameter {
	one, most := 1, 1000
	text, whole := &JSONSchema{Type: "string"}, &JSONSchema{Type: "integer"}
	parameters := map[string]Parameter{}
	add := func(in, name, description string, schema *JSONSchema) {
		parameters["change."+name] = Parameter{Name: name, In: in, Description: description, Schema: schema, Required: in == "path"}
	}
	add("path", "id", "Id of a changeset.", text)
	add("path", "collection", "Collection of a feature.", text)
	add("path", "feature", "Permanent id of a feature.", text)
	add("path", "n", "Number of a version.", text)
	add("query", "base", "Version of the feature that was changed, where the body does not say so and the draft does not change it already.", whole)
	add("query", "preview", "1 saves nothing and answers with what would change.", &JSONSchema{Type: "string", Enum: []string{"0", "1"}, Default: "0"})
	add("query", "state", "State of the changesets.", stateSchema())
	add("query", "author", "Name of an account.", text)
	add("query", "before", "Number of the version before which the page ends.", &JSONSchema{Type: "integer", Minimum: &one})
	add("query", "limit", "Most entries of the page.", &JSONSchema{Type: "integer", Minimum: &one, Maximum: &most, Default: DefaultLimit})
	add("query", "from", "Number of a version.", &JSONSchema{Type: "integer", Minimum: &one})
	add("query", "to", "Number of a version.", &JSONSchema{Type: "integer", Minimum: &one})
	add("header", "If-Match", "Tag of what was looked at: of a changeset its ETag, of a feature the ETag of its GeoJSON or, such as \"v7\", its version.", text)
	add("header", "Idempotency-Key", "A key of the caller's own. A call that is repeated with the same key within a week happens once.", text)
	parameters["change.changedBefore"] = Parameter{
		Name: "before", In: "query", Description: "Time before which they have changed.", Schema: &JSONSchema{Type: "string", Format: "date-time"},
	}
	return parameters
}
