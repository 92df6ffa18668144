package scene

import (
	"slices"
	"strings"

	"parkmap/internal/layout"
)

// describedMost bounds the areas that a description names.
const describedMost = 20

// describe says what the picture shows, in its own language and in the other one.
func (d *drawing) describe() [2]Description {
	return [2]Description{d.describeIn(d.req.Lang), d.describeIn(other(d.req.Lang))}
}

func (d *drawing) describeIn(lang string) Description {
	v := d.voices(lang)
	title, _ := d.title(lang)
	out := Description{Lang: lang, Title: title}
	if _, ok := d.Figure(d.req.Figure); ok {
		out.Title = d.text(v, "fig.n", "n", d.req.Figure) + " · " + title
	}
	var sentences []string
	if len(d.areas) > 0 {
		n, names := d.namesIn(lang)
		by := "by.role"
		if d.ai() {
			by = "by.ai"
		}
		sentences = append(sentences, d.text(v, "image.areas", "n", n, "names", strings.Join(names, d.text(v, "image.and"))), d.text(v, by))
	}
	if own := d.selected(); own != nil {
		name, _ := own.in(lang, true)
		sentences = append(sentences, d.text(v, "image.selected", "name", name))
	}
	if d.req.Passing != nil {
		sentences = append(sentences, d.text(v, "image.filtered", "n", len(d.req.Passing)))
	}
	if d.links && d.linked() {
		sentences = append(sentences, d.text(v, "map.links.note"))
	}
	if slices.ContainsFunc(d.areas, func(a *area) bool { return quality(a) == layout.OutlineSchematic }) {
		sentences = append(sentences, d.text(v, "q.schematic"))
	}
	if stop := d.text(v, "image.stop"); len(sentences) > 0 {
		out.Text = strings.Join(sentences, stop) + strings.TrimSpace(stop)
	}
	return out
}

// namesIn counts the areas in sight and lists them as a reader says them: disc and short name.
func (d *drawing) namesIn(lang string) (n int, names []string) {
	for _, a := range d.areas {
		if _, ok := d.at(a); !ok {
			continue
		}
		switch n++; {
		case n <= describedMost:
			name, _ := a.name.in(lang, true)
			names = append(names, strings.TrimSpace(d.markIn(a, lang)+" "+name))
		case n == describedMost+1:
			names = append(names, "…")
		}
	}
	return n, names
}

// selected returns the name of the area or place that is marked, nil when there is none.
func (d *drawing) selected() *named {
	if a := d.area(d.req.Selected); a != nil {
		return &a.name
	}
	for _, p := range d.places {
		if p.id == d.req.Selected {
			return &p.name
		}
	}
	return nil
}

// markIn returns the disc of an area as words: kind or number.
func (d *drawing) markIn(a *area, lang string) string {
	if a.kind == layout.KindPark {
		return d.mark(a, false)
	}
	return d.text(d.voices(lang), "kind."+a.kind)
}
