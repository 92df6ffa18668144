package page

import (
	"net/url"

	"parkmap/internal/layout"
	"parkmap/internal/scene"
)

// cardsPath is where the pictures are that previews of links show.
const cardsPath = "/cards/"

// Names of the cards that are not those of features, which have their id for a name.
const (
	LayoutCard  = "layout.png"
	CompareCard = "compare.png"
)

// Card is the address of the picture that previews of this page show, "" where no absolute address is known.
func (f frame) Card() string {
	if f.BaseURL == "" || f.Doc == nil {
		return ""
	}
	q := url.Values{"lang": {f.Request.Lang}}
	name := LayoutCard
	switch {
	case f.about != "":
		name = url.PathEscape(string(f.about)) + ".png"
	case len(f.compared) > 0:
		name = CompareCard
		q.Set("cmp", joinIDs(f.compared))
	}
	return f.BaseURL + cardsPath + name + "?" + q.Encode()
}

// CardWidth and CardHeight are its size in pixels.
func (frame) CardWidth() int { return 2 * scene.CardWidth }

// CardHeight is documented with CardWidth.
func (frame) CardHeight() int { return 2 * scene.CardHeight }

// Compared reads a list of areas by id or slug, each once, as far as they stand side by side.
func (a *Atlas) Compared(list string) []layout.ID {
	ids, _ := a.compared(list)
	return ids[:min(len(ids), maxCompared)]
}
