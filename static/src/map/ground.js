/**
 * What lies under a label: the shapes of the areas and the water, in pixels. Knows no DOM.
 * @module map/ground
 */
import { polygonsOf } from './borders.js';
import { boxInRings, inRings, linesOf } from './geometry.js';
import { crosses, overlap, runsIn } from './labels.js';

/** @typedef {import('./types.js').Model} Model */
/** @typedef {import('./types.js').Box} Box */
/** @typedef {import('./types.js').Pt} Pt */

/** Returns the box round points. @param {Pt[]} points @returns {Box} */
export function boxRound(points) {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y };
}

/** @param {Pt[]} line @param {Box} box */
const lineCrosses = (line, box) => line.some((p, i) => i > 0 && crosses(line[i - 1], p, box));

/**
 * Lists the x of a ring where it lies between two heights or crosses them.
 * @param {Pt[]} ring
 * @param {number} top
 * @param {number} bottom
 */
function inBand(ring, top, bottom) {
  return ring.flatMap((b, i) => {
    const a = ring[i - 1];
    const cuts = a
      ? [top, bottom].filter((y) => a.y > y !== b.y > y).map((y) => a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y))
      : [];
    return b.y >= top && b.y <= bottom ? [...cuts, b.x] : cuts;
  });
}

/**
 * Projects the shapes once for many questions.
 * @param {Model} model
 * @param {(position: number[]) => Pt} project
 * @param {Box} bounds what lies outside does not count
 */
export function createGround({ areas, context }, project, bounds) {
  const shapes = areas.flatMap(({ id, geometry }) => {
    const rings = polygonsOf(geometry)
      .flat()
      .map((ring) => ring.map(project));
    const box = boxRound(rings.flat());
    return overlap(box, bounds) ? [{ id, rings, box }] : [];
  });
  const water = context
    .filter(({ kind }) => kind === 'river' || kind === 'lake')
    .flatMap(({ geometry }) => [...linesOf(geometry), ...polygonsOf(geometry).flat()])
    .flatMap((line) => runsIn(line.map(project), bounds));

  /** @param {Box} box @param {string} [except] an area, or a place in it */
  const touchesArea = (box, except = '') =>
    shapes.some(
      ({ id, rings, box: round }) =>
        id !== except &&
        !except.startsWith(`${id}-`) &&
        overlap(box, round) &&
        (rings.some((ring) => lineCrosses(ring, box)) ||
          inRings({ x: box.x + box.w / 2, y: box.y + box.h / 2 }, rings)),
    );

  return {
    /** Tells whether a box lies wholly in an area. @param {string} id @param {Box} box */
    holds: (id, box) => shapes.some((shape) => shape.id === id && boxInRings(box, shape.rings)),

    /**
     * Returns how far an area reaches to the left and right of a point, within half a height above and below.
     * @param {string} id
     * @param {Pt} at
     * @param {number} half
     */
    reach(id, at, half) {
      const own = shapes.filter((shape) => shape.id === id).flatMap(({ rings }) => rings);
      const band = own.flatMap((ring) => inBand(ring, at.y - half, at.y + half));
      return { left: Math.max(0, ...band.map((x) => at.x - x)), right: Math.max(0, ...band.map((x) => x - at.x)) };
    },

    /** Tells whether a box covers an area. @param {Box} box */
    covered: (box) => touchesArea(box),

    /**
     * Tells whether a box covers an area other than its own, or water.
     * @param {Box} box
     * @param {{ id: string, solid?: boolean }} [item]
     */
    busy: (box, item) =>
      touchesArea(box, item && !item.solid ? item.id : '') || water.some((line) => lineCrosses(line, box)),
  };
}
