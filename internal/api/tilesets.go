package api

import (
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/page"
	"parkmap/internal/tile"
	"parkmap/internal/tileset"
)

// matrixSets describes the tile matrix sets in which tiles are served.
func matrixSets() []ogc.MatrixSet {
	var sets []ogc.MatrixSet
	for _, g := range tile.Grids() {
		if g.MatrixSet() != nil {
			sets = append(sets, matrixSet(g))
		}
	}
	return sets
}

func matrixSet(g *tile.Grid) ogc.MatrixSet {
	m := g.MatrixSet()
	set := ogc.MatrixSet{
		ID: m.ID, Title: m.Title, URI: m.URI, CRS: m.CRS, OrderedAxes: m.OrderedAxes[:],
		WellKnownScaleSet: m.WellKnownScaleSet,
		BoundingBox:       ogc.CornerBox{LowerLeft: m.LowerLeft, UpperRight: m.UpperRight, CRS: m.CRS},
	}
	for z := range g.MaxZoom() + 1 {
		x := m.Matrix(z)
		set.Matrices = append(set.Matrices, ogc.TileMatrix{
			ID: x.ID, ScaleDenominator: x.ScaleDenominator, CellSize: x.CellSize,
			CornerOfOrigin: "topLeft", PointOfOrigin: m.PointOfOrigin,
			TileWidth: x.TileWidth, TileHeight: x.TileHeight, MatrixWidth: x.MatrixWidth, MatrixHeight: x.MatrixHeight,
		})
	}
	return set
}

// limitsOf returns the tiles of each zoom of a layer that may hold something.
func limitsOf(g *tile.Grid, l tileset.Layer) []ogc.MatrixLimits {
	limits := []ogc.MatrixLimits{}
	if l.Bounds == nil {
		return limits
	}
	for z := l.MinZoom; z <= g.MaxZoom(); z++ {
		minX, minY, maxX, maxY := g.Limits(z)
		nw := g.At(cornerOf(*l.Bounds, true), z)
		se := g.At(cornerOf(*l.Bounds, false), z)
		limits = append(limits, ogc.MatrixLimits{
			TileMatrix: strconv.Itoa(z),
			MinTileRow: max(minY, nw.Y), MaxTileRow: min(maxY, se.Y),
			MinTileCol: max(minX, nw.X), MaxTileCol: min(maxX, se.X),
		})
	}
	return limits
}

func cornerOf(b geo.BBox, northWest bool) [2]float64 {
	if northWest {
		return [2]float64{b.West, b.North}
	}
	return [2]float64{b.East, b.South}
}

func (s *Server) tileMatrixSets() resource {
	return s.document(ogc.DocumentFormats(), func(a *asked) (any, error) {
		return ogc.NewTileMatrixSets(a.base, matrixSets(), a.lang, a.format.Name), nil
	}, viewTileMatrixSets)
}

func (s *Server) tileMatrixSet() resource {
	return s.document(ogc.DocumentFormats(), func(a *asked) (any, error) {
		g, err := matrixGrid(a.param("tms"))
		if err != nil {
			return nil, err
		}
		return ogc.NewTileMatrixSet(a.base, matrixSet(g), a.lang, a.format.Name), nil
	}, viewTileMatrixSet)
}

// tileSets lists the tilesets of a collection or, where the path names none, of the dataset.
func (s *Server) tileSets() resource {
	return s.document(ogc.DocumentFormats(), func(a *asked) (any, error) {
		l, err := a.tileLayer()
		return ogc.NewTileSets(a.base, s.tilesInfo(a, l), matrixSets(), a.lang, a.format.Name), err
	}, viewTileSets)
}

// mapTileSets is tileSets for tiles that are images.
func (s *Server) mapTileSets() resource {
	return s.document(ogc.DocumentFormats(), func(a *asked) (any, error) {
		l, err := a.imageLayer()
		return ogc.NewTileSets(a.base, imageInfo(s.tilesInfo(a, l)), matrixSets(), a.lang, a.format.Name), err
	}, viewTileSets)
}

// mapTileSetMetadata is tileSetMetadata for tiles that are images.
func (s *Server) mapTileSetMetadata() resource {
	return s.document(ogc.DocumentFormats(), func(a *asked) (any, error) {
		l, err := a.imageLayer()
		if err != nil {
			return nil, err
		}
		g, err := matrixGrid(a.param("tms"))
		if err != nil {
			return nil, err
		}
		limits := limitsOf(g, l)
		limits = limits[:min(len(limits), tileset.ImageMaxZoom+1)]
		return ogc.NewTileSet(a.base, imageInfo(s.tilesInfo(a, l)), matrixSet(g), limits, a.lang, a.format.Name), nil
	}, viewTileSet)
}

// imageLayer is tileLayer for a layer that is drawn as images.
func (a *asked) imageLayer() (tileset.Layer, error) {
	l, err := a.tileLayer()
	if err != nil {
		return l, err
	}
	return l, a.tiles.HasImages(l.Name)
}

// tileSetMetadata describes one tileset.
func (s *Server) tileSetMetadata() resource {
	return s.document(ogc.DocumentFormats(), func(a *asked) (any, error) {
		l, err := a.tileLayer()
		if err != nil {
			return nil, err
		}
		g, err := matrixGrid(a.param("tms"))
		if err != nil {
			return nil, err
		}
		return ogc.NewTileSet(a.base, s.tilesInfo(a, l), matrixSet(g), limitsOf(g, l), a.lang, a.format.Name), nil
	}, viewTileSet)
}

// tileLayer is the layer of the collection that the path names, or the bundle. A collection without geometry has none.
func (a *asked) tileLayer() (tileset.Layer, error) {
	name := a.param("collection")
	if name == "" {
		return a.tiles.Layer(tileset.Bundle)
	}
	if name == tileset.Bundle {
		return tileset.Layer{}, layout.NotFound("collection", layout.ID(name))
	}
	return a.tiles.Layer(name)
}

func viewTileMatrixSets(a *asked, doc any) page.APIDocument {
	d := doc.(ogc.TileMatrixSets)
	table := page.APITable{Columns: []string{"id", a.word("名称", "Title"), a.word("坐标参考系", "Reference system")}}
	for _, m := range d.TileMatrixSets {
		table.Rows = append(table.Rows, []page.APICell{
			{Text: m.ID, Href: a.keep(a.base.TileMatrixSet(m.ID)), Code: true}, {Text: m.Title}, {Text: m.CRS, Code: true},
		})
	}
	return page.APIDocument{
		Title: a.word("瓦片矩阵集", "Tile matrix sets"), Crumbs: a.crumbs()[:1],
		Tables: []page.APITable{table}, Links: a.viewLinks(d.Links),
	}
}

func viewTileMatrixSet(a *asked, doc any) page.APIDocument {
	d := doc.(ogc.TileMatrixSet)
	table := page.APITable{Columns: []string{
		a.word("级别", "Zoom"), a.word("比例尺分母", "Scale denominator"), a.word("像元大小", "Cell size"), a.word("列×行", "Columns × rows"),
	}}
	for _, m := range d.TileMatrices {
		table.Rows = append(table.Rows, []page.APICell{
			{Text: m.ID, Code: true}, {Text: formatNumber(m.ScaleDenominator)}, {Text: formatNumber(m.CellSize)},
			{Text: strconv.Itoa(m.MatrixWidth) + " × " + strconv.Itoa(m.MatrixHeight)},
		})
	}
	facts := page.APITable{Rows: [][]page.APICell{
		{{Text: "id"}, {Text: d.ID, Code: true}},
		{{Text: "URI"}, {Text: d.URI, Code: true}},
		{{Text: a.word("坐标参考系", "Reference system")}, {Text: d.CRS, Code: true}},
	}}
	return page.APIDocument{
		Title: d.ID, Summary: d.Title,
		Crumbs: append(a.crumbs()[:1], page.APILink{Href: a.keep(a.base.TileMatrixSets()), Title: a.word("瓦片矩阵集", "Tile matrix sets")}),
		Tables: []page.APITable{facts, table}, Links: a.viewLinks(d.Links),
	}
}

// formatNumber writes a number with the digits that JSON gives it.
func formatNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// tilesTitle is what the tilesets of a path are called.
func (a *asked) tilesTitle() string {
	if strings.Contains(a.path, "/map/tiles") {
		return a.word("地图瓦片集", "Map tilesets")
	}
	return a.word("矢量瓦片集", "Vector tilesets")
}

func viewTileSets(a *asked, doc any) page.APIDocument {
	d := doc.(ogc.TileSets)
	table := page.APITable{Columns: []string{a.word("瓦片集", "Tileset"), a.word("坐标参考系", "Reference system")}}
	for _, t := range d.TileSets {
		table.Rows = append(table.Rows, []page.APICell{{Text: t.Title, Href: a.keep(t.Links[0].Href)}, {Text: t.CRS, Code: true}})
	}
	return page.APIDocument{
		Title: a.tilesTitle(), Crumbs: a.crumbs(),
		Tables: []page.APITable{table}, Links: a.viewLinks(d.Links),
	}
}

func viewTileSet(a *asked, doc any) page.APIDocument {
	d := doc.(ogc.TileSet)
	layers := page.APITable{Columns: []string{a.word("图层", "Layer"), a.word("名称", "Title"), a.word("属性", "Attributes")}}
	for _, l := range d.Layers {
		names := slices.Sorted(maps.Keys(l.PropertiesSchema.Properties))
		layers.Rows = append(layers.Rows, []page.APICell{{Text: l.ID, Code: true}, {Text: l.Title}, codeList(names)})
	}
	links := make([]ogc.Link, len(d.Links))
	for i, l := range d.Links {
		links[i] = l.Link
	}
	return page.APIDocument{
		Title: d.Title, Summary: d.Description, Crumbs: a.crumbs(page.APILink{Href: path.Dir(a.path), Title: a.tilesTitle()}),
		Tables: []page.APITable{layers}, Links: a.viewLinks(links),
	}
}
