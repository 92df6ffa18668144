package pdf

import (
	"fmt"
	"strings"
)

// tree is the logical structure on its way into the file.
type tree struct {
	*assembly
	owners map[*Page][]int // of the marked sequences of a page, by their number
}

// writeStructure writes the structure and returns the number of its root.
func (a *assembly) writeStructure() int {
	t := &tree{a, map[*Page][]int{}}
	for _, p := range a.pages {
		t.owners[p] = make([]int, p.marked)
	}
	root := a.reserve()
	all := a.reserve()
	var kids []int
	for _, e := range a.elements {
		if n := t.element(e, all); n != 0 {
			kids = append(kids, n)
		}
	}
	a.put(all, "<</Type /StructElem /S /Document /P %d 0 R /K [%s]>>", root, refs(kids))
	var parents strings.Builder
	for i, p := range a.pages {
		fmt.Fprintf(&parents, " %d [%s]", i, refs(t.owners[p]))
	}
	a.put(root, "<</Type /StructTreeRoot /K %d 0 R /ParentTree <</Nums [%s]>> /ParentTreeNextKey %d>>", all, parents.String(), len(a.pages))
	return root
}

// element writes an element and what it holds; 0 is one that holds nothing.
func (t *tree) element(e *element, parent int) int {
	if len(e.kids) == 0 {
		return 0
	}
	n := t.reserve()
	var kids strings.Builder
	for _, k := range e.kids {
		switch k := k.(type) {
		case *element:
			if no := t.element(k, n); no != 0 {
				fmt.Fprintf(&kids, " %d 0 R", no)
			}
		case sequence:
			t.owners[k.page][k.mark] = n
			fmt.Fprintf(&kids, " <</Type /MCR /Pg %d 0 R /MCID %d>>", t.pageNo[k.page], k.mark)
		}
	}
	more := ""
	if e.alt != "" {
		more += " /Alt " + textString(e.alt)
	}
	if e.lang != "" {
		more += " /Lang " + nameString(e.lang)
	}
	t.put(n, "<</Type /StructElem /S /%s /P %d 0 R%s /K [%s]>>", e.kind, parent, more, kids.String())
	return n
}
