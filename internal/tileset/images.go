package tileset

import (
	"context"
	"fmt"
	"sync"

	"github.com/maypok86/otter/v2"
	"github.com/paulmach/orb"

	"parkmap/internal/layout"
	"parkmap/internal/scene"
	"parkmap/internal/scene/raster"
	"parkmap/internal/source"
	"parkmap/internal/tile"
	"parkmap/internal/turn"
)

// ImageMaxZoom is the last zoom of images: outlines bear no more.
const ImageMaxZoom = 20

// tilePx is the side of a tile on the map, in pixels.
const tilePx = 256

// chartWeight bounds the bytes of the charts that are kept.
const chartWeight = 24 << 20

// What it takes to make an image, in bytes: each pixel of it, and its window on a chart. While a chart is made it takes many
// times what the layout does.
const (
	pixelBytes  = 10
	windowBytes = 1 << 20
	chartTimes  = 32
)

// Images is what the images of a layout are drawn with.
type Images struct {
	Model func() *scene.Model // of the layout
	Pen   *raster.Pen
	Turns *turn.Turns // bounds what is drawn at the same time
}

// imager draws images of one layout. They are windows on charts: one picture of the whole layout for each zoom and
// look, made when a tile of it is first asked for.
type imager struct {
	Images
	charts *otter.Cache[chartKey, *scene.Chart]
	models sync.Map // of layers, by modelKey
}

type chartKey struct {
	layer, grid string
	zoom        int
	look        Look // without format and scale
}

type modelKey struct {
	layer string
	base  bool
}

func newImager(images Images) *imager {
	return &imager{Images: images, charts: otter.Must(&otter.Options[chartKey, *scene.Chart]{
		MaximumWeight: chartWeight,
		Weigher:       func(_ chartKey, c *scene.Chart) uint32 { return uint32(min(c.Weight(), chartWeight)) },
	})}
}

// HasImages is not-found, with the reason, where there are no images of a layer.
func (s *Set) HasImages(name string) error {
	switch _, err := s.Layer(name); {
	case err != nil:
		return err
	case s.images == nil:
		return noImage("images are not drawn here")
	case !s.OfLayout(name):
		return noImage("only layers of the layout are drawn as images; tables are served as vector tiles")
	}
	return nil
}

func noImage(detail string) error {
	return &layout.Error{Kind: layout.KindNotFound, Concerns: "image of a tile", Detail: detail}
}

// image makes a tile that is an image.
func (s *Set) image(ctx context.Context, layer string, g *tile.Grid, id tile.ID, look Look) (*Tile, error) {
	if id.Z > ImageMaxZoom {
		return nil, noImage(fmt.Sprintf("there is no zoom %d; the last is %d", id.Z, ImageMaxZoom))
	}
	chart, err := s.images.chart(ctx, layer, g, id.Z, look)
	if err != nil {
		return nil, err
	}
	corner := g.Corner(id)
	seen, window := chart.Window(scene.Box{X: corner[0] * tilePx, Y: corner[1] * tilePx, W: tilePx, H: tilePx})
	if !plain(seen) {
		return s.images.draw(ctx, seen, window, look)
	}
	// All tiles without anything on them are the same one.
	none := key{layer: layer, token: "plain", look: look}
	if t, ok := s.cache.tiles.GetIfPresent(none); ok {
		return t, nil
	}
	t, err := s.images.draw(ctx, seen, window, look)
	if err == nil {
		s.cache.tiles.Set(none, t)
	}
	return t, err
}

// plain tells whether there is nothing on a scene but ground.
func plain(s *scene.Scene) bool {
	return len(s.Layers) == 0 || len(s.Layers) == 1 && s.Layers[0].Name == "ground"
}

// draw makes an image of a window when there is room for it.
func (im *imager) draw(ctx context.Context, s *scene.Scene, window scene.Box, look Look) (*Tile, error) {
	side := int64(tilePx * look.Scale)
	back, err := im.Turns.Take(ctx, windowBytes+side*side*pixelBytes)
	if err != nil {
		return nil, err
	}
	defer back()
	img, err := im.Pen.Draw(s, raster.Options{Scale: float64(look.Scale), Window: window})
	if err != nil {
		return nil, fmt.Errorf("image of a tile: %w", err)
	}
	data, err := look.Format.encode(img)
	if err != nil {
		return nil, fmt.Errorf("image of a tile: %w", err)
	}
	return &Tile{Body: source.NewBody(look.Format.MediaType, data)}, nil
}

// chart returns what the images of a zoom are cut from. It is made once for all who wait.
func (im *imager) chart(ctx context.Context, layer string, g *tile.Grid, zoom int, look Look) (*scene.Chart, error) {
	look.Format, look.Scale = Format{}, 0
	k := chartKey{layer, g.Name(), zoom, look}
	return im.charts.Get(context.WithoutCancel(ctx), k, otter.LoaderFunc[chartKey, *scene.Chart](func(ctx context.Context, k chartKey) (*scene.Chart, error) {
		m := im.model(k.layer, k.look.Base)
		back, err := im.Turns.Take(ctx, min(windowBytes+chartTimes*int64(m.Weight()), im.Turns.Most()))
		if err != nil {
			return nil, err
		}
		defer back()
		r := scene.Request{Theme: k.look.Theme, Lang: k.look.Lang, Dark: k.look.Dark}
		if !k.look.Base {
			r.Ground = scene.NoGround
		}
		return scene.NewChart(m, r, gridPlane{g}, tilePx*float64(int(1)<<zoom), webZoom(g, zoom))
	}))
}

// model returns what of the layout a layer shows.
func (im *imager) model(layer string, base bool) *scene.Model {
	made, ok := im.models.Load(modelKey{layer, base})
	if !ok {
		m := im.Model().Measured(im.Pen.Measure)
		switch {
		case layer != Bundle:
			m = m.Only(layout.CollectionID(layer))
		case !base:
			m = m.Overlay()
		}
		made, _ = im.models.LoadOrStore(modelKey{layer, base}, m)
	}
	return made.(*scene.Model)
}

// gridPlane is the plane of a grid, turned up as scene has planes.
type gridPlane struct{ *tile.Grid }

func (p gridPlane) Forward(at orb.Point) orb.Point {
	q := p.Project(at)
	return orb.Point{q[0], -q[1]}
}

func (p gridPlane) Inverse(at orb.Point) orb.Point { return p.Unproject(orb.Point{at[0], -at[1]}) }

// webZoom returns the zoom of the web map whose tiles are as wide as those of a grid, at Chengdu's longitude.
func webZoom(g *tile.Grid, z int) float64 { return float64(z) + wider(g) }
