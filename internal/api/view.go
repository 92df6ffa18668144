package api

import (
	"sync"
	"sync/atomic"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/page"
	"parkmap/internal/scene"
	"parkmap/internal/source"
	"parkmap/internal/tileset"
)

// view is a snapshot with all that is derived from it for answering. It ends with its snapshot.
type view struct {
	snapshot *source.Snapshot
	version  []string // value of X-Layout-Version
	atlas    func() *page.Atlas
	pictures func() *scene.Model
	singles  map[layout.CollectionID]func() *scene.Model // of one collection each
	sieve    func() *layout.Sieve
	infos    []ogc.CollectionInfo                 // of the layout
	features func() map[layout.ID]*layout.Feature // all of the layout by id
	titles   func() map[string]layout.Label       // of properties and members of objects by name
	tiles    *tileset.Set

	mu  sync.RWMutex
	hot map[hotKey]*hotAnswer
}

// viewHolder keeps the view of the snapshot that is served.
type viewHolder struct {
	painter *painter
	tables  *tileset.Tables
	current atomic.Pointer[view]
}

// of returns the view of a snapshot, which is made when the snapshot is new. Requests that come while the
// snapshot changes may make it more than once; one is kept.
func (h *viewHolder) of(snapshot *source.Snapshot) *view {
	v := h.current.Load()
	if v != nil && v.snapshot == snapshot {
		return v
	}
	made := newView(snapshot, h.painter, h.tables)
	h.current.CompareAndSwap(v, made)
	return made
}

func newView(snapshot *source.Snapshot, p *painter, tables *tileset.Tables) *view {
	pictures := sync.OnceValue(func() *scene.Model { return p.model(snapshot.Layout()) })
	v := &view{
		snapshot: snapshot,
		version:  []string{itoa(snapshot.Version())},
		atlas:    sync.OnceValue(func() *page.Atlas { return page.NewAtlas(snapshot.Layout()) }),
		pictures: pictures,
		sieve:    sync.OnceValue(func() *layout.Sieve { return layout.NewSieve(snapshot.Layout()) }),
		tiles:    tileset.New(snapshot, tables, p.images(pictures)),
		singles:  map[layout.CollectionID]func() *scene.Model{},
		hot:      map[hotKey]*hotAnswer{},
	}
	for _, c := range snapshot.Collections() {
		v.infos = append(v.infos, ogc.CollectionInfo(c))
		v.singles[c.ID] = sync.OnceValue(func() *scene.Model { return v.pictures().Only(c.ID) })
	}
	v.features = sync.OnceValue(v.indexFeatures)
	v.titles = sync.OnceValue(v.indexTitles)
	return v
}

// only is the model of a collection of the layout by itself.
func (v *view) only(id layout.CollectionID) *scene.Model { return v.singles[id]() }

func (v *view) indexFeatures() map[layout.ID]*layout.Feature {
	l := v.snapshot.Layout()
	index := make(map[layout.ID]*layout.Feature, len(l.Features))
	for i := range l.Features {
		index[l.Features[i].ID] = &l.Features[i]
	}
	return index
}

func (v *view) indexTitles() map[string]layout.Label {
	index := memberTitles()
	for _, info := range v.infos {
		for _, p := range info.Schema {
			index[p.Name] = p.Title
		}
	}
	return index
}

// dataset describes the service in a language.
func (s *Server) dataset(a *asked, l ogc.Lang) ogc.Dataset {
	d := a.snapshot.Document()
	var accounts *ogc.AccountsInfo
	if s.accounts != nil {
		accounts = &ogc.AccountsInfo{Cookie: s.cookieName(a.request)}
	}
	return ogc.Dataset{
		Title:       l.Of(layout.Label{ZH: joinTitle(d.PlaceZH, d.NameZH), EN: joinTitle(d.NameEN, d.PlaceEN)}),
		Description: l.Of(layout.Label{ZH: joinTitle(d.TitleZH, d.Number), EN: joinTitle(d.TitleEN, d.Number)}),
		Attribution: attribution(d.Attributions, s.review, l),
		Version:     s.version,
		Extent:      a.extent(),
		Collections: a.collectionInfos(),
		MatrixSets:  matrixSets(),
		Accounts:    accounts,
		Changes:     s.accounts != nil && s.editor != nil,
	}
}

// extent is the box round the areas, nil where none has a position.
func (v *view) extent() *geo.BBox {
	for _, info := range v.infos {
		if info.ID == layout.Areas {
			return info.Extent
		}
	}
	return nil
}
