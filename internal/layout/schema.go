package layout

// Property describes one property of a collection: it makes the queryables, the JSON Schema and the
// columns of tabular formats.
type Property struct {
	Name      string
	Type      string // string, integer, number, boolean, array or object, as in JSON Schema
	Title     Label
	Format    string // date, date-time, uri or ""
	Enum      []string
	Required  bool
	Queryable bool     // scalar properties, and arrays of strings or ids: a value matches when it is among them
	Codes     []string // of a property that holds entries of a vocabulary: what queries name them by
	Sortable  bool
	Key       bool // of a table: it names the row, alone or with others
	Computed  bool // made by the server, not stored: area_km2, version, changed_at
}
