/**
 * Turns polygons that share borders into lines, so that a border between two is drawn once and its
 * dashes stay crisp. Knows no DOM and no projection.
 * @module map/borders
 */

/** @typedef {number[]} Position longitude, latitude */

/** @param {GeoJSON.Geometry | null | undefined} geometry @returns {Position[][][]} the polygons of a geometry */
export function polygonsOf(geometry) {
  if (geometry?.type === 'Polygon') return [geometry.coordinates];
  return geometry?.type === 'MultiPolygon' ? geometry.coordinates : [];
}

/** @param {Position} a @param {Position} b */
const edgeKey = (a, b) => (String(a) < String(b) ? `${a} ${b}` : `${b} ${a}`);

/**
 * Calls back for each edge of polygons.
 * @param {Position[][][]} polygons
 * @param {(a: Position, b: Position) => void} each
 */
function edges(polygons, each) {
  for (const ring of polygons.flat()) for (let i = 1; i < ring.length; i++) each(ring[i - 1], ring[i]);
}

/**
 * Returns the borders of polygons as lines, each edge once, without the edges of `outer`.
 * @param {Position[][][]} polygons
 * @param {Position[][][]} [outer] drawn otherwise, such as the city's border
 * @returns {Position[][]}
 */
export function borders(polygons, outer = []) {
  const seen = new Set();
  edges(outer, (a, b) => seen.add(edgeKey(a, b)));
  /** @type {Map<string, { p: Position, to: string[] }>} */
  const nodes = new Map();
  /** @param {Position} p */
  const node = (p) => nodes.get(String(p)) ?? nodes.set(String(p), { p, to: [] }).get(String(p));
  edges(polygons, (a, b) => {
    if (seen.has(edgeKey(a, b))) return;
    seen.add(edgeKey(a, b));
    node(a)?.to.push(String(b));
    node(b)?.to.push(String(a));
  });
  return chains(nodes);
}

/**
 * Joins edges to lines that end where more or fewer than two meet.
 * @param {Map<string, { p: Position, to: string[] }>} nodes
 */
function chains(nodes) {
  const used = new Set();
  /** @type {Position[][]} */
  const lines = [];
  /** @param {string} from @param {string} next */
  const walk = (from, next) => {
    const line = [from];
    let [here, there] = [from, next];
    while (there && !used.has(link(here, there))) {
      used.add(link(here, there));
      line.push(there);
      const { to } = /** @type {{ to: string[] }} */ (nodes.get(there));
      const on = to.length === 2 ? to.find((key) => !used.has(link(there, key))) : undefined;
      [here, there] = [there, on ?? ''];
    }
    if (line.length > 1) lines.push(line.map((key) => /** @type {{ p: Position }} */ (nodes.get(key)).p));
  };
  const keys = [...nodes.keys()];
  const ends = keys.filter((key) => nodes.get(key)?.to.length !== 2);
  for (const key of [...ends, ...keys]) for (const to of nodes.get(key)?.to ?? []) walk(key, to);
  return lines;
}

/** @param {string} a @param {string} b */
const link = (a, b) => (a < b ? `${a} ${b}` : `${b} ${a}`);
