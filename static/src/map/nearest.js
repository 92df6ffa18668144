/**
 * Finds the neighbour in a direction, for arrow keys. Knows no DOM.
 * @module map/nearest
 */

/** @typedef {import('./types.js').Pt} Pt */
/** @typedef {'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight'} Arrow */

/** @type {Record<Arrow, [number, number]>} */
const AXES = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/**
 * Returns the id of the nearest point in the direction of an arrow, or null. A point counts when it
 * lies within 60° of the direction; being off the axis weighs double.
 * @param {{ id: string, at: Pt }[]} points
 * @param {string} from
 * @param {Arrow} arrow
 */
export function nearestIn(points, from, arrow) {
  const origin = points.find(({ id }) => id === from)?.at;
  if (!origin) return null;
  const [ax, ay] = AXES[arrow];
  let best = null;
  let least = Infinity;
  for (const { id, at } of points) {
    const [dx, dy] = [at.x - origin.x, at.y - origin.y];
    const along = dx * ax + dy * ay;
    const across = Math.abs(dx * ay) + Math.abs(dy * ax);
    if (id === from || along <= 0 || across > along * 1.74) continue;
    const cost = along + 2 * across;
    if (cost < least) [best, least] = [id, cost];
  }
  return best;
}
