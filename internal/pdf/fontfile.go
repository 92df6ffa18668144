package pdf

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf16"
)

// perBlock is the most entries of a block of a CMap.
const perBlock = 100

// writeFont embeds the characters in use as a composite font whose codes are the numbers of its glyphs
// (ISO 32000-1, 9.7), and what each of them says. It returns the number of the font.
func (a *assembly) writeFont() (int, error) {
	file, err := a.font.TrueType()
	if err != nil {
		return 0, err
	}
	above, below, err := a.font.Extent()
	if err != nil {
		return 0, err
	}
	thousand := func(em float64) int { return int(math.Round(em * 1000)) }
	name := "PARKMP+" + postscript(a.font.Name())
	program := a.stream(fmt.Sprintf(" /Length1 %d", len(file)), file)
	descriptor := a.add("<</Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [-200 %d 1200 %d] /ItalicAngle 0"+
		" /Ascent %[4]d /Descent %[3]d /CapHeight 733 /StemV 80 /FontFile2 %[5]d 0 R>>", name, thousand(below), thousand(below), thousand(above), program)
	chars := a.font.Chars()
	var widths strings.Builder
	for i := range chars {
		fmt.Fprintf(&widths, " %d", thousand(a.font.Advance(uint16(i)))) //nolint:gosec // glyphs are numbered by 16 bits
	}
	cid := a.add("<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>"+
		" /FontDescriptor %d 0 R /CIDToGIDMap /Identity /DW 1000 /W [0 [%s]]>>", name, descriptor, widths.String())
	unicode := a.stream("", []byte(toUnicode(chars)))
	return a.add("<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>",
		name, cid, unicode), nil
}

// postscript returns a name without what names of PDF must not hold.
func postscript(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return -1
	}, name)
}

// toUnicode maps glyphs to characters, so that text can be found and copied (ISO 32000-1, 9.10.3).
func toUnicode(chars []rune) string {
	var entries []string
	for i, r := range chars {
		if r == 0 {
			continue
		}
		code := ""
		for _, u := range utf16.Encode([]rune{r}) {
			code += fmt.Sprintf("%04X", u)
		}
		entries = append(entries, fmt.Sprintf("<%04X> <%s>\n", i, code))
	}
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for len(entries) > 0 {
		n := min(len(entries), perBlock)
		fmt.Fprintf(&b, "%d beginbfchar\n%sendbfchar\n", n, strings.Join(entries[:n], ""))
		entries = entries[n:]
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.String()
}
