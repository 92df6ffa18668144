// A page of someone else with Leaflet and the layer of this project.
import L from 'leaflet';
import { createVectorTiles } from '../../../static/src/map/vector-tiles.js';

const { tiles, colours, center, zoom, baidu } = JSON.parse(decodeURIComponent(location.hash.slice(1)));
const { tiles: [url] } = await (await fetch(`${tiles}.json`)).json();
// Baidu's plane in metres: a pixel is a metre at zoom 18, rows count up.
const plane = L.extend({}, L.CRS, {
  projection: L.extend({}, L.Projection.LonLat, { bounds: L.bounds([-20037726, -12474104], [20037726, 12474104]) }),
  transformation: new L.Transformation(1, 0, -1, 0), infinite: true,
  scale: (z) => 2 ** (z - 18), zoom: (scale) => Math.log2(scale) + 18,
});
const latLng = ([x, y]) => L.latLng(y, x);
const map = L.map('map', { crs: baidu ? plane : L.CRS.EPSG3857, attributionControl: false, zoomControl: false, fadeAnimation: false, zoomAnimation: false });
const { layer, at } = createVectorTiles(url, {
  layers: ['context', 'districts', 'areas'], rowsUp: baidu, maxZoom: 22,
  paint: (name, { kind }) => ({ districts: { stroke: '#999' }, areas: { fill: colours[kind] }, context: kind === 'river' ? { stroke: '#69c', width: 2 } : null })[name],
});
let loaded = new Promise((resolve) => { layer.once('load', resolve); });
map.setView(latLng(center), zoom + 1);
layer.addTo(map);

window.client = {
  move: async (center, zoom) => {
    await loaded;
    map.setView(latLng(center), zoom + 1, { animate: false });
    while (layer.isLoading()) await new Promise((resolve) => { layer.once('load', resolve); });
    await new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); });
  },
  pixel: (position) => { const { x, y } = map.latLngToContainerPoint(latLng(position)); return [x, y]; },
  ids: async (positions) => positions.flatMap((position) => at('areas', latLng(position), map).map(({ id }) => id)).sort(),
};
