/**
 * A Leaflet layer that draws vector tiles on canvases. It knows no layout: what is drawn, and how, is what `paint`
 * says of a feature. It works on any grid that Leaflet has a reference system for.
 * @module map/vector-tiles
 */
import L from 'leaflet';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';

/** @typedef {import('@mapbox/vector-tile').VectorTileFeature} Feature */
/** @typedef {Record<string, string | number | boolean>} Attributes */
/**
 * How a feature is drawn; what is left out is not.
 * @typedef {object} Paint
 * @property {string} [fill] colour of polygons and of points
 * @property {number} [fillOpacity] 1 unless given
 * @property {string} [stroke] colour of outlines and lines
 * @property {number} [width] of lines, in pixels
 * @property {number[]} [dash] in pixels
 * @property {number} [radius] of points, in pixels; without it they are not drawn
 */
/**
 * @typedef {object} VectorTileOptions
 * @property {(layer: string, attributes: Attributes) => Paint | null} paint null leaves a feature out
 * @property {string[]} [layers] the layers of a tile to draw, the lowest first; all in their order unless given
 * @property {boolean} [rowsUp] rows count from south to north, as on the grid of Baidu
 */

const POINT = 1;
const POLYGON = 3;

/**
 * Makes the layer.
 * @param {string} url address of the tiles with {z}, {x} and {y}
 * @param {VectorTileOptions & import('leaflet').GridLayerOptions} options
 */
export function createVectorTiles(url, { paint, layers, rowsUp = false, ...options }) {
  /** @type {Map<string, { tile: VectorTile | null, coords: import('leaflet').Coords }>} tiles that are on the map, by their key */
  const held = new Map();

  const Layer = /** @type {new (options: import('leaflet').GridLayerOptions) => import('leaflet').GridLayer} */ (L.GridLayer.extend({
    /** @this {import('leaflet').GridLayer} @param {import('leaflet').Coords} coords @param {import('leaflet').DoneCallback} done */
    createTile(coords, done) {
      const canvas = document.createElement('canvas');
      const size = this.getTileSize();
      const ratio = Math.min(3, window.devicePixelRatio || 1);
      canvas.width = size.x * ratio;
      canvas.height = size.y * ratio;
      const left = new AbortController();
      canvas.addEventListener('abandon', () => left.abort());
      load(url, coords, rowsUp, left.signal).then((tile) => {
        held.set(keyOf(coords), { tile, coords });
        if (tile) draw(canvas, tile, layers ?? Object.keys(tile.layers), paint, size.x, ratio);
        done(undefined, canvas);
      }, (error) => done(error, canvas));
      return canvas;
    },
  }));
  const layer = new Layer(options);
  layer.on('tileunload', (event) => {
    held.delete(keyOf(event.coords));
    event.tile.dispatchEvent(new Event('abandon'));
  });

  /**
   * Lists the features of a layer at a position, the topmost first: polygons that hold it.
   * @param {string} name @param {import('leaflet').LatLng} position @param {import('leaflet').Map} map
   * @returns {Attributes[]}
   */
  const at = (name, position, map) => {
    const size = layer.getTileSize();
    const zoom = map.getZoom();
    const p = map.project(position, Math.round(zoom));
    const coords = { x: Math.floor(p.x / size.x), y: Math.floor(p.y / size.y), z: Math.round(zoom) };
    const found = held.get(keyOf(coords))?.tile?.layers[name];
    if (!found) return [];
    const unit = { x: (p.x / size.x - coords.x) * found.extent, y: (p.y / size.y - coords.y) * found.extent };
    return featuresOf(found).filter((f) => f.type === POLYGON && holds(f, unit)).map((f) => f.properties).reverse();
  };

  return { layer, at };
}

/** @param {{ x: number, y: number, z: number }} coords */
const keyOf = ({ x, y, z }) => `${z}/${x}/${y}`;

/**
 * Fetches a tile; null where there is nothing in it.
 * @param {string} url @param {import('leaflet').Coords} coords @param {boolean} rowsUp @param {AbortSignal} signal
 */
async function load(url, { x, y, z }, rowsUp, signal) {
  const address = L.Util.template(url, { x, y: rowsUp ? -1 - y : y, z });
  const answer = await fetch(address, { signal });
  if (answer.status === 204 || answer.status === 404) return null;
  if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
  return new VectorTile(new PbfReader(await answer.arrayBuffer()));
}

/** @param {import('@mapbox/vector-tile').VectorTileLayer} layer @returns {Feature[]} */
const featuresOf = (layer) => Array.from({ length: layer.length }, (_, i) => layer.feature(i));

/**
 * @param {HTMLCanvasElement} canvas @param {VectorTile} tile @param {string[]} names
 * @param {VectorTileOptions['paint']} paint @param {number} size of the tile in pixels @param {number} ratio of the device
 */
function draw(canvas, tile, names, paint, size, ratio) {
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  for (const name of names) {
    const layer = tile.layers[name];
    if (!layer) continue;
    const scale = (size * ratio) / layer.extent;
    for (const feature of featuresOf(layer)) {
      const how = paint(name, feature.properties);
      if (how) drawFeature(pen, feature, how, scale, ratio);
    }
  }
}

/**
 * @param {CanvasRenderingContext2D} pen @param {Feature} feature @param {Paint} how
 * @param {number} scale pixels of the canvas per unit @param {number} ratio of the device
 */
function drawFeature(pen, feature, how, scale, ratio) {
  pen.beginPath();
  for (const path of feature.loadGeometry()) {
    if (feature.type === POINT) {
      for (const { x, y } of how.radius ? path : []) {
        pen.moveTo(x * scale + (how.radius ?? 0) * ratio, y * scale);
        pen.arc(x * scale, y * scale, (how.radius ?? 0) * ratio, 0, 2 * Math.PI);
      }
      continue;
    }
    path.forEach(({ x, y }, i) => (i ? pen.lineTo(x * scale, y * scale) : pen.moveTo(x * scale, y * scale)));
    if (feature.type === POLYGON) pen.closePath();
  }
  if (how.fill && feature.type !== 2) {
    pen.globalAlpha = how.fillOpacity ?? 1;
    pen.fillStyle = how.fill;
    pen.fill('evenodd');
    pen.globalAlpha = 1;
  }
  if (how.stroke) {
    pen.strokeStyle = how.stroke;
    pen.lineWidth = (how.width ?? 1) * ratio;
    pen.lineJoin = 'round';
    pen.setLineDash((how.dash ?? []).map((length) => length * ratio));
    pen.stroke();
  }
}

/** Whether a polygon holds a position: by the even-odd rule. @param {Feature} feature @param {{ x: number, y: number }} at */
function holds(feature, at) {
  let inside = false;
  for (const ring of feature.loadGeometry()) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const a = ring[i];
      const b = ring[j];
      if ((a.y > at.y) !== (b.y > at.y) && at.x < ((b.x - a.x) * (at.y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
    }
  }
  return inside;
}
