package cql2

import "time"

// dayMicros is the length of a day.
const dayMicros = 24 * 60 * 60 * 1_000_000

// Layouts of dates and timestamps; digits of a second beyond the sixth are cut off.
const (
	dateLayout      = "2006-01-02"
	timestampLayout = "2006-01-02T15:04:05.999999Z"
)

// instant reads a date (RFC 3339 full-date) or a timestamp (date-time), as op says.
func (b *builder) instant(pos int, s string, op Op) *Node {
	layout := dateLayout
	if op == OpTimestamp {
		layout = time.RFC3339
	}
	t, err := time.Parse(layout, s)
	switch {
	case err != nil && op == OpDate:
		return b.fail(pos, "%.40q is no date; write it as 2020-06-30", s)
	case err != nil:
		return b.fail(pos, "%.40q is no timestamp; write it as 2020-06-30T08:00:00Z", s)
	case t.UTC().Year() < 1 || t.UTC().Year() > 9999:
		return b.fail(pos, "the year must be within 0001 and 9999")
	}
	return b.node(Node{Op: op, Pos: pos, Time: t.UnixMicro()})
}

// boundOf reads an end of an interval that is written as a text.
func (b *builder) boundOf(pos int, s string) *Node {
	switch {
	case s == "..":
		return b.node(Node{Op: OpUnbounded, Pos: pos})
	case len(s) == len(dateLayout):
		return b.instant(pos, s, OpDate)
	}
	return b.instant(pos, s, OpTimestamp)
}

func (b *builder) interval(pos int, start, end *Node) *Node {
	if start.isInstant() && end.isInstant() && end.lastMicro() < start.Time {
		return b.fail(pos, "the interval ends before it starts")
	}
	return b.node(Node{Op: OpInterval, Pos: pos, Args: []*Node{start, end}})
}

func (n *Node) isInstant() bool { return n.Op == OpDate || n.Op == OpTimestamp }

// lastMicro is the end of an instant.
func (n *Node) lastMicro() int64 {
	if n.Op == OpDate {
		return n.Time + dayMicros - 1
	}
	return n.Time
}

// momentText writes a date or a timestamp without its quotes.
func (n *Node) momentText() string {
	layout := timestampLayout
	if n.Op == OpDate {
		layout = dateLayout
	}
	return time.UnixMicro(n.Time).UTC().Format(layout)
}
