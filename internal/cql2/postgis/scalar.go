package postgis

import (
	"math"
	"time"

	"parkmap/internal/cql2"
)

// Greatest whole number that a double keeps with its neighbours, and the greatest number of a real.
const (
	maxWhole = 1 << 53
	maxReal  = math.MaxFloat32
)

// numbers writes comparable numbers: columns as they are, literals in a type that the columns are compared with
// without a cast, and doubles where there is arithmetic.
func (w *writer) numbers(nodes []*cql2.Node, out []string) {
	kind := ""
	for _, n := range nodes {
		if n.Op == cql2.OpProperty {
			kind = w.column(n).base()
		}
	}
	for i, n := range nodes {
		switch {
		case n.Op == cql2.OpProperty:
			out[i] = w.column(n).SQL
		case n.Op == cql2.OpNumber:
			out[i] = w.number(n.Number, kind)
		default:
			out[i] = w.double(n)
		}
	}
}

// number binds a literal that is compared with a column of a type.
func (w *writer) number(v float64, beside string) string {
	switch beside {
	case "smallint", "integer", "bigint":
		if v == math.Trunc(v) && math.Abs(v) <= maxWhole {
			return w.bind(int64(v), "bigint")
		}
	case "numeric":
		return w.bind(v, "numeric")
	case "real":
		if math.Abs(v) <= maxReal {
			return w.bind(v, "real")
		}
	}
	return w.bind(v, "double precision")
}

// double writes n as a double.
func (w *writer) double(n *cql2.Node) string {
	switch n.Op {
	case cql2.OpNumber:
		return w.bind(n.Number, "double precision")
	case cql2.OpProperty:
		return w.column(n).SQL + "::double precision"
	}
	return w.arithmetic(n)
}

// text writes n as a text.
func (w *writer) text(n *cql2.Node) string {
	switch n.Op {
	case cql2.OpText:
		return w.bind(n.Text, "text")
	case cql2.OpCaseI:
		return foldCase(w.text(n.Args[0]))
	case cql2.OpAccentI:
		return foldAccents(w.text(n.Args[0]))
	}
	switch c := w.column(n); c.base() {
	case "text", "character varying":
		return c.SQL
	default:
		return c.SQL + "::text"
	}
}

// foldCase is memory.FoldCase in SQL. Character 305 is the dotless i, 64977 (U+FDD1) its stand-in.
func foldCase(text string) string {
	return `(upper(lower(replace(` + text + `, chr(305), chr(64977)) COLLATE "und-x-icu")) COLLATE "C")`
}

// foldAccents is memory.FoldAccents in SQL.
func foldAccents(text string) string {
	return "(normalize(regexp_replace(normalize(" + text + ", NFD), '[\u0300-\u036F]', '', 'g'), NFC) COLLATE \"C\")"
}

// moments writes comparable moments: dates by day where all are dates, else as points in time.
func (w *writer) moments(nodes []*cql2.Node, out []string) {
	dates := true
	kind := ""
	for _, n := range nodes {
		dates = dates && n.Type == cql2.TypeDate
		if n.Op == cql2.OpProperty && n.Type == cql2.TypeTimestamp {
			kind = w.column(n).base()
		}
	}
	for i, n := range nodes {
		switch {
		case dates:
			out[i] = w.date(n)
		case kind == "timestamp without time zone":
			out[i] = w.inUTC(n)
		default:
			out[i] = w.timestamp(n)
		}
	}
}

func (w *writer) date(n *cql2.Node) string {
	if n.Op == cql2.OpProperty {
		return w.column(n).SQL
	}
	return w.bind(microText(n.Time), "date")
}

// inUTC writes n as a timestamp without time zone, which is taken to be in UTC.
func (w *writer) inUTC(n *cql2.Node) string {
	switch n.Op {
	case cql2.OpProperty:
		switch c := w.column(n); c.base() {
		case "timestamp without time zone":
			return c.SQL
		case "date":
			return c.SQL + "::timestamp"
		default:
			return "(" + c.SQL + " AT TIME ZONE 'UTC')"
		}
	case cql2.OpDayEnd:
		return "(" + w.column(n.Args[0]).SQL + "::timestamp + interval '1 day' - interval '1 microsecond')"
	}
	return w.bind(microText(n.Time), "timestamp")
}

// timestamp writes n as a timestamp with time zone.
func (w *writer) timestamp(n *cql2.Node) string {
	switch n.Op {
	case cql2.OpProperty:
		if c := w.column(n); c.base() == "timestamp with time zone" {
			return c.SQL
		}
	case cql2.OpDate, cql2.OpTimestamp:
		return w.bind(microText(n.Time)+"Z", "timestamptz")
	}
	return "(" + w.inUTC(n) + " AT TIME ZONE 'UTC')"
}

func microText(micros int64) string {
	return time.UnixMicro(micros).UTC().Format("2006-01-02T15:04:05.999999")
}
