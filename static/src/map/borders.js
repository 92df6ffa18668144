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

/**
 * Calls back for each edge of polygons.
 * @param {Position[][][]} polygons
 * @param {(a: Position, b: Position) => void} each
 */
function edges(polygons, each) {
  for (const ring of polygons.flat()) for (let i = 1; i < ring.length; i++) each(ring[i - 1], ring[i]);
}

/** The key of the edge between two points. @param {number} a @param {number} b */
const link = (a, b) => (a < b ? a * 2 ** 26 + b : b * 2 ** 26 + a);

/**
 * Returns the borders of polygons as lines, each edge once, without the edges of `outer`.
 * @param {Position[][][]} polygons
 * @param {Position[][][]} [outer] drawn otherwise, such as the city's border
 * @returns {Position[][]}
 */
export function borders(polygons, outer = []) {
  /** @type {Map<string, number>} */
  const numbers = new Map();
  /** @type {{ p: Position, to: number[] }[]} */
  const nodes = [];
  /** Points are the same when their coordinates are. @param {Position} p */
  const number = (p) => {
    const key = `${p[0]} ${p[1]}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, nodes.length);
    return nodes.push({ p, to: [] }) - 1;
  };
  const seen = new Set();
  edges(outer, (a, b) => seen.add(link(number(a), number(b))));
  /** The points in the order in which the borders come to them. @type {Set<number>} */
  const order = new Set();
  edges(polygons, (a, b) => {
    const [i, j] = [number(a), number(b)];
    if (seen.has(link(i, j))) return;
    seen.add(link(i, j));
    nodes[i].to.push(j);
    nodes[j].to.push(i);
    order.add(i).add(j);
  });
  return chains(nodes, [...order]);
}

/**
 * Joins edges to lines that end where more or fewer than two meet.
 * @param {{ p: Position, to: number[] }[]} nodes
 * @param {number[]} order
 */
function chains(nodes, order) {
  const used = new Set();
  /** @type {Position[][]} */
  const lines = [];
  /** @param {number} from @param {number} next */
  const walk = (from, next) => {
    const line = [nodes[from].p];
    let [here, there] = [from, next];
    while (there >= 0 && !used.has(link(here, there))) {
      used.add(link(here, there));
      line.push(nodes[there].p);
      const at = there;
      const { to } = nodes[at];
      const on = to.length === 2 ? to.find((one) => !used.has(link(at, one))) : undefined;
      [here, there] = [at, on ?? -1];
    }
    if (line.length > 1) lines.push(line);
  };
  const ends = order.filter((one) => nodes[one].to.length !== 2);
  for (const one of [...ends, ...order]) for (const to of nodes[one].to) walk(one, to);
  return lines;
}
