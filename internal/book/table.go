package book

import (
	"parkmap/internal/page"
	"parkmap/internal/pdf"
)

const cellGap = 7 // between columns of a table

// table sets a table on pages of its own; its head stands on each of them. One without rows is left out.
func (b *binder) table(t page.Table) {
	if len(t.Rows) == 0 {
		return
	}
	notes := append([]string{}, t.Notes...)
	if t.Left > 0 {
		notes = append(notes, b.word("book.rows", "n", t.Left))
	}
	p := b.addPage(b.notes(b.Site, t.Title))
	b.enter(0, "", t.Title, p)
	pieces := b.paragraph("H1", []run{{text: t.Title, look: b.title()}}, fullWide, 0, 2)
	pieces = append(pieces, b.paragraph("P", []run{{text: b.bounded(b.notes(notes...)), look: b.note()}}, fullWide, 0, 2)...)
	_, y := frame{p, side, head, lowest}.fill(pieces, true)
	b.doc.Group("Table", func() {
		y = b.tableHead(p, t, y+4)
		for _, row := range t.Rows {
			cells := b.cells(t, row)
			for !empty(cells) {
				if first, whole := heights(cells); y+min(whole, lowest-head-60) > lowest || y+first > lowest {
					p = b.addPage(b.notes(b.Site, t.Title))
					y = b.tableHead(p, t, head)
				}
				y = b.tableRow(p, t, cells, y)
			}
		}
	})
}

// cells sets the values of a row in lines.
func (b *binder) cells(t page.Table, row [][]page.Value) [][]piece {
	cells := make([][]piece, len(t.Columns))
	for i, c := range t.Columns {
		if i < len(row) {
			cells[i] = b.cell(row[i], c.Share*fullWide-cellGap)
		}
	}
	return cells
}

// cell sets values one after the other where they are mere names, and below each other where they say more.
func (b *binder) cell(values []page.Value, wide float64) []piece {
	var runs []run
	for i, v := range values {
		if v.Mark != "" || v.Note != "" || len(v.Sources) > 0 {
			return b.values(values, wide, 0)
		}
		if i > 0 {
			runs = append(runs, run{text: " · ", look: b.term()})
		}
		runs = append(runs, b.value(v)...)
	}
	return b.paragraph("P", runs, wide, 0, 2)
}

func empty(cells [][]piece) bool {
	for _, c := range cells {
		if len(c) > 0 {
			return false
		}
	}
	return true
}

// heights returns the height of the tallest first line of cells, and of the tallest cell.
func heights(cells [][]piece) (first, whole float64) {
	for _, cell := range cells {
		sum := 0.0
		for _, one := range cell {
			sum += one.high
		}
		whole = max(whole, sum)
		if len(cell) > 0 {
			first = max(first, cell[0].high)
		}
	}
	return first + rowPad, whole + rowPad
}

// rowPad is the room above the lines of a row.
const rowPad = 5

// tableRow draws as much of a row as fits on a page, takes it out of the cells and returns where it ends.
func (b *binder) tableRow(p *pdf.Page, t page.Table, cells [][]piece, y float64) float64 {
	p.Artifact(func() { b.rule(p, side, y, fullWide, "rule", 0.5) })
	x, bottom := float64(side), y
	b.doc.Group("TR", func() {
		for i := range cells {
			b.doc.Group("TD", func() {
				rest, low := frame{p, x, y + rowPad - 2, lowest}.fill(cells[i], true)
				cells[i], bottom = rest, max(bottom, low)
			})
			x += t.Columns[i].Share * fullWide
		}
	})
	return bottom + 2
}

// tableHead draws the heads of the columns and returns where they end.
func (b *binder) tableHead(p *pdf.Page, t page.Table, y float64) float64 {
	l := b.note()
	l.bold, l.colour = true, "ink"
	x, bottom := float64(side), y
	b.doc.Group("TR", func() {
		for _, c := range t.Columns {
			_, low := frame{p, x, y + 3, lowest}.fill(b.paragraph("TH", []run{{text: c.Head, look: l}}, c.Share*fullWide-cellGap, 0, 0), true)
			bottom = max(bottom, low)
			x += c.Share * fullWide
		}
	})
	p.Artifact(func() {
		b.rule(p, side, y, fullWide, "ink", 1)
		b.rule(p, side, bottom+2, fullWide, "ink", 0.6)
	})
	return bottom + 3
}
