package pdf

import (
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

// assembly is a document on its way into a file.
type assembly struct {
	*Document
	writer
	pageNo map[*Page]int // object numbers
	tree   int           // object number of the page tree
}

// Bytes returns the file. An error is one of the typeface.
func (d *Document) Bytes() ([]byte, error) {
	a := &assembly{Document: d, pageNo: map[*Page]int{}}
	catalog := a.reserve()
	a.tree = a.reserve()
	for _, p := range d.pages {
		a.pageNo[p] = a.reserve()
	}
	font, err := a.writeFont()
	if err != nil {
		return nil, err
	}
	resources := a.resources(font)
	var kids []int
	for i, p := range d.pages {
		a.writePage(p, i, resources)
		kids = append(kids, a.pageNo[p])
	}
	a.put(a.tree, "<</Type /Pages /Kids [%s] /Count %d>>", refs(kids), len(kids))
	structure, outline := a.writeStructure(), a.writeOutline()
	metadata := a.raw(" /Type /Metadata /Subtype /XML", []byte(d.info.xmp()))
	a.put(catalog, "<</Type /Catalog /Pages %d 0 R /Metadata %d 0 R /Lang %s /MarkInfo <</Marked true>> /StructTreeRoot %d 0 R"+
		" /ViewerPreferences <</DisplayDocTitle true>>%s>>", a.tree, metadata, nameString(d.info.Lang), structure, outline)
	date := dateString(d.info.Modified)
	info := a.add("<</Title %s /Subject %s /Creator %s /Producer %[3]s /CreationDate %[4]s /ModDate %[4]s>>",
		textString(d.info.Title), textString(d.info.Subject), textString(d.info.Creator), date)
	if d.err != nil {
		return nil, d.err
	}
	if d.info.Missing != nil {
		for _, r := range d.font.Missing() {
			d.info.Missing(r)
		}
	}
	return a.file(catalog, info), nil
}

func (a *assembly) resources(font int) int {
	var states strings.Builder
	for i, s := range a.states {
		fmt.Fprintf(&states, " /G%d <</ca %.3g /CA %.3g>>", i, s.fill, s.stroke)
	}
	return a.add("<</Font <</F %d 0 R>> /ExtGState <<%s>>>>", font, states.String())
}

func (a *assembly) writePage(p *Page, index, resources int) {
	content := a.stream("", p.buf)
	links := ""
	if len(p.links) > 0 {
		var all []int
		for _, l := range p.links {
			all = append(all, a.writeLink(p, l))
		}
		links = " /Annots [" + refs(all) + "]"
	}
	a.put(a.pageNo[p], "<</Type /Page /Parent %d 0 R /MediaBox [0 0 %.2f %.2f] /Resources %d 0 R /Contents %d 0 R"+
		" /Group <</S /Transparency /CS /DeviceRGB>> /StructParents %d /Tabs /S%s>>",
		a.tree, p.width, p.height, resources, content, index, links)
}

func (a *assembly) writeLink(p *Page, l link) int {
	target := ""
	switch {
	case l.page != nil:
		target = "/Dest " + a.destination(l.page, l.top)
	default:
		target = "/A <</S /URI /URI " + nameString(l.address) + ">>"
	}
	return a.add("<</Type /Annot /Subtype /Link /Rect [%.2f %.2f %.2f %.2f] /Border [0 0 0] /F 4 %s>>",
		l.x, p.height-l.y-l.h, l.x+l.w, p.height-l.y, target)
}

// destination is a place of a page at the top of the window, at the zoom that the reader has.
func (a *assembly) destination(p *Page, top float64) string {
	return fmt.Sprintf("[%d 0 R /XYZ 0 %.2f 0]", a.pageNo[p], p.height-top)
}

// writeOutline writes the bookmarks and returns the entries of the catalogue for them.
func (a *assembly) writeOutline() string {
	if len(a.marks) == 0 {
		return ""
	}
	root := a.reserve()
	numbers := make([]int, len(a.marks))
	for i := range numbers {
		numbers[i] = a.reserve()
	}
	first, last, _ := a.branch(numbers, root, 0, len(numbers))
	a.put(root, "<</Type /Outlines /First %d 0 R /Last %d 0 R /Count %d>>", first, last, len(numbers))
	return fmt.Sprintf(" /Outlines %d 0 R /PageMode /UseOutlines", root)
}

// branch writes the bookmarks from from to to, which all lie below one parent.
func (a *assembly) branch(numbers []int, parent, from, to int) (first, last, count int) {
	previous, next := "", 0
	for i := from; i < to; i = next {
		for next = i + 1; next < to && a.marks[next].level > a.marks[i].level; {
			next++
		}
		m, kids := a.marks[i], ""
		if next > i+1 {
			f, l, n := a.branch(numbers, numbers[i], i+1, next)
			kids = fmt.Sprintf(" /First %d 0 R /Last %d 0 R /Count %d", f, l, n)
		}
		follows := ""
		if next < to {
			follows = fmt.Sprintf(" /Next %d 0 R", numbers[next])
		}
		a.put(numbers[i], "<</Title %s /Parent %d 0 R /Dest %s%s%s%s>>",
			textString(m.title), parent, a.destination(m.page, m.top), previous, follows, kids)
		previous = fmt.Sprintf(" /Prev %d 0 R", numbers[i])
		last = numbers[i]
		count += next - i
	}
	return numbers[from], last, count
}

// xmp says what the document is as the Extensible Metadata Platform does (ISO 16684-1).
func (i Info) xmp() string {
	escape := func(s string) string {
		var b strings.Builder
		_ = xml.EscapeText(&b, []byte(s)) // a builder takes all
		return b.String()
	}
	date := i.Modified.UTC().Format(time.RFC3339)
	return `<?xpacket begin="` + "\uFEFF" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + escape(i.Title) + `</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">` + escape(i.Subject) + `</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>` + escape(i.Lang) + `</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>` + escape(i.Creator) + `</xmp:CreatorTool>
<xmp:CreateDate>` + date + `</xmp:CreateDate><xmp:ModifyDate>` + date + `</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`
}
