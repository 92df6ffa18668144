// A page of someone else with OpenLayers.
import Map from 'ol/Map.js';
import View from 'ol/View.js';
import MVT from 'ol/format/MVT.js';
import VectorTileLayer from 'ol/layer/VectorTile.js';
import VectorTileSource from 'ol/source/VectorTile.js';
import { fromLonLat } from 'ol/proj.js';
import { Fill, Stroke, Style } from 'ol/style.js';

const { tiles, colours, center, zoom } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
const { tiles: [url], maxzoom } = await (await fetch(`${tiles}.json`)).json();
const line = new Style({ stroke: new Stroke({ color: '#999' }) });
const fills = Object.fromEntries(Object.entries(colours).map(([kind, color]) => [kind, new Style({ fill: new Fill({ color }), zIndex: 1 })]));
const map = new Map({
  target: 'map',
  controls: [],
  layers: [new VectorTileLayer({
    source: new VectorTileSource({ format: new MVT(), url, maxZoom: maxzoom }),
    style: (feature) => ({ areas: fills[feature.get('kind')], districts: line })[feature.get('layer')],
  })],
  view: new View({ center: fromLonLat(center), zoom: zoom + 1 }), // its tiles are half as wide
});
const done = () => new Promise((resolve) => { map.once('rendercomplete', resolve); map.render(); });

window.client = {
  move: async (center, zoom) => { map.getView().setCenter(fromLonLat(center)); map.getView().setZoom(zoom + 1); await done(); },
  pixel: (position) => map.getPixelFromCoordinate(fromLonLat(position)),
  ids: async () => {
    const ids = new Set();
    map.getLayers().item(0).getFeaturesInExtent(map.getView().calculateExtent()).forEach((f) => { if (f.get('layer') === 'areas') ids.add(f.get('id')); });
    return [...ids].sort();
  },
};
