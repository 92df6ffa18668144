package page

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"parkmap/internal/layout"
)

// Explore writes the map page: header, the list of all areas, of which those that pass the filter of the address are
// shown, and a sketch of the layout in place of the map until scripts draw it.
func (p *Page) Explore(w io.Writer, a *Atlas, r Request) error {
	v := exploreView{frame: p.frame(a, r), Items: []Item{}, Sketch: a.overview}
	name, err := v.SiteName()
	if err != nil {
		return err
	}
	v.Here, v.Preload = "explore", true
	v.Title = p.siteTitle(v.frame, name)
	v.Description, err = v.T("site.desc", "name", name, "areas", len(a.areas), "place", v.Pick(v.Doc.PlaceZH, v.Doc.PlaceEN).Text)
	if err != nil {
		return err
	}
	passing := a.sieve().Passing(layout.ReadFilter(r.Query.Get))
	for _, f := range a.areas {
		item := a.item(v.Voice, f)
		item.Hidden = passing != nil && !passing[f.ID]
		v.Items = append(v.Items, item)
	}
	return p.render(w, "explore", v)
}

func (p *Page) siteTitle(f frame, name string) string {
	place := f.Pick(f.Doc.PlaceZH, f.Doc.PlaceEN).Text
	if place == "" {
		return name
	}
	return f.text("site.name", name, "name", name, "place", place)
}

type exploreView struct {
	frame
	Items  []Item
	Sketch Drawing
}

// Twelve is the note on parks that the document counts otherwise than it names them; "" when they agree.
func (v exploreView) Twelve() (string, error) { return v.frame.twelve() }

func (f frame) twelve() (string, error) {
	s := f.Doc.Structure
	if s.ParksStated == 0 || s.ParksStated == s.ParksNamed {
		return "", nil
	}
	return f.T("n.twelve", "stated", s.ParksStated, "named", s.ParksNamed)
}

// Count says how many areas are shown, and of how many where a filter holds some back.
func (v exploreView) Count() (string, error) {
	shown := 0
	for _, item := range v.Items {
		if !item.Hidden {
			shown++
		}
	}
	if shown == len(v.Items) {
		return v.T("sheet.areas", "n", shown)
	}
	return v.T("list.count", "n", shown, "all", len(v.Items))
}

// FilterGroups names the buttons over the list, as the texts and the scripts do: what narrows it, then what orders it.
func (v exploreView) FilterGroups() []string { return []string{"kind", "ai", "d", "u", "sort"} }

// Setup is what scripts read from the page.
func (v exploreView) Setup() Setup {
	return Setup{Lang: v.Request.Lang, Pack: v.PackURL, ReviewNumber: v.ReviewNumber, Contact: v.Contact, Version: v.Version}
}

// Setup is handed to the scripts as JSON.
type Setup struct {
	Lang         string `json:"lang"`
	Pack         string `json:"pack"`
	ReviewNumber string `json:"reviewNumber"`
	Contact      string `json:"contact,omitempty"`
	Version      int64  `json:"version"`
}

// Item is an area as lists show it.
type Item struct {
	ID      layout.ID
	Kind    string
	Disc    string // what stands in its disc
	Name    Worded
	Also    Worded // the name in the other language
	AI      []layout.Specialisation
	Words   string // the AI+ directions with their basis
	Basis   string // stated, inferred or unstated
	Code    string // of the first direction; "unstated" for a park without any, else ""
	Outline string
	Quality string
	Hidden  bool // held back by the filter of the address
}

func (a *Atlas) item(v Voice, f *layout.Feature) Item {
	p := f.Properties.(*layout.Area)
	item := Item{
		ID: f.ID, Kind: p.Kind, Disc: a.disc(v, f), Name: v.Pick(shortOr(p.ShortZH, p.NameZH), shortOr(p.ShortEN, p.NameEN)),
		Also: v.Other(p.NameZH, p.NameEN), AI: p.Specialisations, Outline: p.Outline,
		Quality: v.text("q.short."+p.Outline, p.Outline),
	}
	item.Basis, item.Code, item.Words = v.directions(p)
	return item
}

func shortOr(short, name string) string {
	if short != "" {
		return short
	}
	return name
}

// disc returns the mark of an area: parks their number, the core and the zone a letter, with a number
// where there are several of them.
func (a *Atlas) disc(v Voice, f *layout.Feature) string {
	p := f.Properties.(*layout.Area)
	letter, err := v.T("disc." + p.Kind)
	if err != nil {
		return strconv.Itoa(p.Number)
	}
	if a.kinds[p.Kind] > 1 {
		return fmt.Sprintf("%s%d", letter, p.Number)
	}
	return letter
}

// directions sums up the AI+ directions of an area: their basis, the code that colours it, one line.
// An area with fields but no direction is left without words rather than called unstated.
func (v Voice) directions(p *layout.Area) (basis, code, words string) {
	if len(p.Specialisations) == 0 {
		if len(p.Fields) > 0 {
			return "", "", v.join(v.labels(p.Fields))
		}
		return "unstated", "unstated", v.text("basis.unstated", "")
	}
	var names []string
	for _, s := range p.Specialisations {
		names = append(names, bareDirection(v.Pick(s.LabelZH, s.LabelEN).Text))
	}
	basis, code = p.Specialisations[0].Basis, p.Specialisations[0].Code
	return basis, code, "AI+ " + v.join(names)
}

// bareDirection drops the "AI+" of a label, for lists that say it once.
func bareDirection(label string) string {
	rest, ok := strings.CutPrefix(label, "AI")
	if !ok {
		return label
	}
	rest, ok = strings.CutPrefix(strings.TrimSpace(rest), "+")
	if !ok {
		return label
	}
	return strings.TrimSpace(rest)
}

func (v Voice) labels(ls []layout.Label) []string {
	var out []string
	for _, l := range ls {
		out = append(out, v.label(l).Text)
	}
	return out
}

// join lists words as the language does.
func (v Voice) join(words []string) string {
	sep := "、"
	if v.Lang == English {
		sep = ", "
	}
	out := ""
	for i, w := range words {
		if i > 0 {
			out += sep
		}
		out += w
	}
	return out
}
