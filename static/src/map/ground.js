/**
 * What lies under a label: the shapes of the areas and the water, in pixels. Knows no DOM.
 * @module map/ground
 */
import { polygonsOf } from './borders.js';
import { boxInRings, inRings, linesOf } from './geometry.js';
import { createGrid } from './grid.js';
import { knownOf } from './known.js';
import { crosses, overlap, runsIn } from './labels.js';

/** @typedef {import('./types.js').Model} Model */
/** @typedef {import('./types.js').Feature} Feature */
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

/** @typedef {{ id: string, box: Box, rings: () => Pt[][] }} Shape */

/**
 * Returns the shape of an area, whose corners are projected when they are first asked for; null when it has none.
 * @param {Feature} area
 * @param {import('./geometry.js').Bounds | null} box
 * @param {(position: number[]) => Pt} project
 * @returns {Shape | null}
 */
function shapeOf({ id, geometry }, box, project) {
  if (!box || !polygonsOf(geometry).length) return null;
  /** @type {Pt[][] | undefined} */
  let rings;
  return {
    id,
    box: boxRound([project([box[0], box[1]]), project([box[2], box[3]])]),
    rings: () =>
      (rings ??= polygonsOf(geometry)
        .flat()
        .map((ring) => ring.map(project))),
  };
}

/**
 * Looks at the shapes once for many questions.
 * @param {Model} model
 * @param {(position: number[]) => Pt} project
 * @param {Box} bounds what lies outside does not count
 */
export function createGround(model, project, bounds) {
  const { areas, context } = model;
  const known = knownOf(model);
  /** @type {Map<string, Shape>} */
  const shapes = new Map();
  /** @type {ReturnType<typeof createGrid<Shape>>} */
  const grid = createGrid(bounds);
  for (const area of areas) {
    const shape = shapeOf(area, known.box(area), project);
    if (!shape || !overlap(shape.box, bounds)) continue;
    shapes.set(area.id, shape);
    grid.add(shape.box, shape);
  }
  const water = context
    .filter(({ kind }) => kind === 'river' || kind === 'lake')
    .flatMap(({ geometry }) => [...linesOf(geometry), ...polygonsOf(geometry).flat()])
    .flatMap((line) => runsIn(line.map(project), bounds));

  /** @param {Box} box @param {string} [except] an area, or a place in it */
  const touchesArea = (box, except = '') =>
    grid.some(
      box,
      ({ id, rings, box: round }) =>
        id !== except &&
        !except.startsWith(`${id}-`) &&
        overlap(box, round) &&
        (rings().some((ring) => lineCrosses(ring, box)) ||
          inRings({ x: box.x + box.w / 2, y: box.y + box.h / 2 }, rings())),
    );

  return {
    /** Tells whether a box lies wholly in an area. @param {string} id @param {Box} box */
    holds: (id, box) => boxInRings(box, shapes.get(id)?.rings() ?? []),

    /**
     * Returns how far an area reaches to the left and right of a point, within half a height above and below.
     * @param {string} id
     * @param {Pt} at
     * @param {number} half
     */
    reach(id, at, half) {
      const band = (shapes.get(id)?.rings() ?? []).flatMap((ring) => inBand(ring, at.y - half, at.y + half));
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
