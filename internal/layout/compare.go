package layout

import (
	"cmp"
	"slices"
	"strings"
)

// Compare orders features: by collection in the order of Collections, areas by kind (core, zone, park),
// then by CompareID. It is a total order on the features of a layout.
func Compare(a, b Feature) int {
	return cmp.Or(
		cmp.Compare(collectionRank(a.Collection), collectionRank(b.Collection)),
		cmp.Compare(a.Collection, b.Collection),
		cmp.Compare(kindRank(a), kindRank(b)),
		CompareID(a.ID, b.ID),
	)
}

// CompareID orders ids as people count: P2 before P10. Ids that differ in leading zeros only are
// ordered by their text.
func CompareID(a, b ID) int {
	x, y := string(a), string(b)
	for x != "" && y != "" {
		var p, q string
		p, x = cutRun(x)
		q, y = cutRun(y)
		if c := compareRuns(p, q); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(a, b))
}

func collectionRank(c CollectionID) int {
	if i := slices.Index(Collections(), c); i >= 0 {
		return i
	}
	return len(Collections())
}

func kindRank(f Feature) int {
	if f.Collection != Areas || f.Properties == nil {
		return 0
	}
	return slices.Index(Kinds(Areas), f.Properties.Common().Kind)
}

// cutRun cuts s, which is not empty, behind its first run of digits or of other bytes.
func cutRun(s string) (run, rest string) {
	digit := isDigit(s[0])
	for i := range len(s) {
		if isDigit(s[i]) != digit {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

func compareRuns(p, q string) int {
	if !isDigit(p[0]) || !isDigit(q[0]) {
		return cmp.Compare(p, q)
	}
	p, q = strings.TrimLeft(p, "0"), strings.TrimLeft(q, "0")
	return cmp.Or(cmp.Compare(len(p), len(q)), cmp.Compare(p, q))
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
