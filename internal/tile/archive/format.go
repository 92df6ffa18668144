package archive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"parkmap/internal/tile"
	"parkmap/internal/tile/mbtiles"
	"parkmap/internal/tile/pmtiles"
)

// formats open an unfinished archive by the ending of its name.
var formats = map[string]func(ctx context.Context, path string) (writer, error){
	".pmtiles": openPMTiles,
	".mbtiles": openMBTiles,
}

// pmFile is an unfinished PMTiles archive with its index.
type pmFile struct {
	*pmtiles.Writer
	archive, index *os.File
}

func openPMTiles(_ context.Context, path string) (writer, error) {
	archive, err := os.OpenFile(path+partialEnd, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	index, err := os.OpenFile(path+indexEnd, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, errors.Join(err, archive.Close())
	}
	w, err := pmtiles.Resume(archive, index)
	if err != nil {
		return nil, errors.Join(err, archive.Close(), index.Close())
	}
	return &pmFile{w, archive, index}, nil
}

func (f *pmFile) Tiles(_ context.Context, yield func(tile.ID)) error { return f.Writer.Tiles(yield) }

func (f *pmFile) Add(_ context.Context, id tile.ID, gz []byte) error { return f.Writer.Add(id, gz) }

func (f *pmFile) Finish(_ context.Context, m Metadata) error {
	text, err := json.Marshal(m.document())
	if err != nil {
		return err
	}
	return f.Writer.Finish(pmtiles.Description{Metadata: text, Bounds: m.Bounds, Center: m.Center, OpenZoom: m.OpenZoom})
}

func (f *pmFile) Close() error { return errors.Join(f.archive.Close(), f.index.Close()) }

// mbFile is an unfinished MBTiles archive.
type mbFile struct{ *mbtiles.Writer }

func openMBTiles(ctx context.Context, path string) (writer, error) {
	w, err := mbtiles.Resume(ctx, path+partialEnd)
	if err != nil {
		return nil, err
	}
	return mbFile{w}, nil
}

func (f mbFile) Finish(ctx context.Context, m Metadata) error {
	text, err := json.Marshal(map[string]any{"vector_layers": m.VectorLayers})
	if err != nil {
		return err
	}
	b := m.Bounds
	rows := map[string]string{
		"format": "pbf", "json": string(text),
		"bounds":  fmt.Sprintf("%.7f,%.7f,%.7f,%.7f", b.West, b.South, b.East, b.North),
		"center":  fmt.Sprintf("%.7f,%.7f,%d", m.Center.Lon(), m.Center.Lat(), m.OpenZoom),
		"minzoom": fmt.Sprint(m.MinZoom), "maxzoom": fmt.Sprint(m.MaxZoom),
	}
	for name, value := range m.texts() {
		rows[name] = value
	}
	return f.Writer.Finish(ctx, rows)
}
