// A page of someone else with MapLibre: its source is the TileJSON of the layout.
import * as maplibre from 'maplibre-gl';

const { tiles, colours, center, zoom } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
const map = new maplibre.Map({
  container: 'map', center, zoom, fadeDuration: 0, attributionControl: false,
  style: {
    version: 8,
    sources: { layout: { type: 'vector', url: `${tiles}.json` } },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': 'white' } },
      { id: 'districts', type: 'line', source: 'layout', 'source-layer': 'districts', paint: { 'line-color': '#999' } },
      { id: 'rivers', type: 'line', source: 'layout', 'source-layer': 'context', filter: ['==', ['get', 'kind'], 'river'], paint: { 'line-color': '#69c', 'line-width': 2 } },
      {
        id: 'areas', type: 'fill', source: 'layout', 'source-layer': 'areas', paint: {
          'fill-antialias': false, 'fill-color': ['match', ['get', 'kind'], ...Object.entries(colours).flat(), 'black'],
        },
      },
    ],
  },
});
const idle = () => new Promise((resolve) => { map.once('idle', resolve); map.triggerRepaint(); });

window.client = {
  move: async (center, zoom) => { map.jumpTo({ center, zoom }); await idle(); },
  pixel: (position) => { const { x, y } = map.project(position); return [x, y]; },
  ids: async () => [...new Set(map.queryRenderedFeatures(undefined, { layers: ['areas'] }).map((f) => f.properties.id))].sort(),
};
