package page

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"parkmap/internal/layout"
)

// Figure is a number as a page sets it: words before, digits, words behind.
type Figure struct {
	Before string
	Digits string
	After  string
}

// String returns the figure as running text.
func (f Figure) String() string {
	return strings.Join(strings.Fields(f.Before+" "+f.Digits+" "+f.After), " ")
}

// printedFigure splits a printed target into words, digits with their plus sign, and words.
var printedFigure = regexp.MustCompile(`^([^0-9]*)([0-9][0-9,.]*[+%]?)(.*)$`)

// moneyUnits are the Chinese units of money, each in yuan.
func moneyUnits() map[string]float64 {
	return map[string]float64{"万亿元": 1e12, "亿元": 1e8, "万元": 1e4, "元": 1}
}

// Figure returns a target as the voice says it: in Chinese as the document prints it, in English with
// the comparator in words and money in CNY.
func (v Voice) Figure(t layout.Target) Figure {
	if v.Lang == Chinese {
		return chineseFigure(t)
	}
	return englishFigure(t)
}

func chineseFigure(t layout.Target) Figure {
	m := printedFigure.FindStringSubmatch(t.PrintedZH)
	if m == nil {
		return Figure{Before: chineseComparator(t.Comparator), Digits: groupDigits(t.Value), After: chineseTail(t)}
	}
	after := m[3]
	if after == "" {
		after = t.UnitZH
	}
	return Figure{Before: m[1], Digits: m[2], After: after}
}

func chineseComparator(c string) string {
	if c == ">" {
		return "超过"
	}
	return ""
}

func chineseTail(t layout.Target) string {
	if t.Comparator == ">=" {
		return t.UnitZH + "以上"
	}
	return t.UnitZH
}

func englishFigure(t layout.Target) Figure {
	yuan, money := moneyUnits()[t.UnitZH]
	f := Figure{Digits: groupDigits(t.Value), After: t.UnitEN}
	if money {
		f = englishMoney(t.Value * yuan)
	}
	switch t.Comparator {
	case ">":
		f.Before = strings.TrimSpace("over " + f.Before)
	case ">=":
		f.Digits += "+"
	}
	return f
}

func englishMoney(yuan float64) Figure {
	for _, s := range []struct {
		of   float64
		name string
	}{{1e12, "trillion"}, {1e9, "billion"}, {1e6, "million"}} {
		if yuan >= s.of {
			return Figure{Before: "CNY", Digits: groupDigits(yuan / s.of), After: s.name}
		}
	}
	return Figure{Before: "CNY", Digits: groupDigits(yuan)}
}

// groupDigits writes a number with commas between thousands and at most two decimals.
func groupDigits(v float64) string {
	whole, frac, _ := strings.Cut(strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64), ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if frac != "" {
		whole += "." + frac
	}
	return sign + whole
}

// Number writes a number for tables and prose.
func (v Voice) Number(n float64) string { return groupDigits(n) }

// Date writes an ISO date as prose has it: 2026年11月23日, 23 Nov 2026. What is no date stays as it is.
func (v Voice) Date(iso string) string {
	d, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	if v.Lang == English {
		return d.Format("2 Jan 2006")
	}
	return d.Format("2006年1月2日")
}

// expired says whether the document's last day lies before today.
func expired(d *layout.Document, today time.Time) bool {
	return d.Expires != "" && today.Format(time.DateOnly) > d.Expires
}

// Chip returns the line on the document's term, and the sentence behind it; empty when it has no term.
func (f frame) Chip() (Term, error) {
	if f.Doc == nil || f.Doc.Expires == "" {
		return Term{}, nil
	}
	state := "valid"
	if expired(f.Doc, f.Today) {
		state = "expired"
	}
	short, err := f.T("chip."+state, "year", f.Doc.TargetYear, "date", f.Doc.Expires)
	if err != nil {
		return Term{}, err
	}
	long, err := f.T("n."+state, "year", f.Doc.TargetYear, "date", f.Date(f.Doc.Expires))
	return Term{Short: short, Long: long}, err
}

// Term says how long the document holds.
type Term struct {
	Short string
	Long  string
}
