/**
 * Places labels so that none touches another, a symbol or a panel. Knows no DOM and no projection:
 * everything is a box in pixels.
 * @module map/labels
 */

import { createGrid } from './grid.js';

/** @typedef {import('./types.js').Box} Box */
/** @typedef {import('./types.js').Pt} Pt */
/** @typedef {'inside' | 'centre' | 'right' | 'left' | 'above' | 'below' | 'leader'} Mode */

/**
 * A label that looks for a place.
 * @typedef {object} Item
 * @property {string} id
 * @property {number} rank lower is placed first; equal ranks keep their order
 * @property {Pt} at the middle of its symbol
 * @property {number} left how far the symbol reaches from `at` to the left
 * @property {number} right and to the right
 * @property {number} r and up and down
 * @property {number} w the size of the label
 * @property {number} h
 * @property {Mode[]} modes in the order in which they are tried
 * @property {boolean} [solid] its own outline is filled so strongly that the name should not cross it
 * @property {boolean} [shy] rather not shown than on covered ground
 * @property {(box: Box) => boolean} [fits] whether a box lies wholly inside the outline, for `inside`
 */

/** @typedef {{ id: string, box: Box, mode: Mode, leader: [Pt, Pt] | null }} Placed */

/**
 * What labels have to keep clear of.
 * @typedef {object} Ground
 * @property {Box} bounds no label leaves it
 * @property {Box[]} obstacles symbols and panels
 * @property {(box: Box, item: Item) => boolean} [busy] ground to be avoided while there is other ground
 * @property {[Pt, Pt][]} [heavy] lines that are not written across while there is other room
 * @property {(box: Box, item: Item) => boolean} [covered] ground that shy labels never stand on
 */

const GAP = 4;
const LEADER_MAX = 90;
const LEADER_LENGTHS = [28, 44, 62, LEADER_MAX];
const LEADER_ANGLES = [-45, 45, -135, 135, 0, 180, -20, 20, -160, 160, -70, 70, -110, 110, -90, 90];
const ASIDE = [0, 6, -6, 12, -12, 20, -20];
const NUDGES = [
  [0, 0],
  [0, -14],
  [0, 14],
  [18, 0],
  [-18, 0],
  [22, -16],
  [-22, -16],
  [22, 16],
  [-22, 16],
  [0, -30],
  [0, 30],
  [40, 0],
  [-40, 0],
];

/** Tells whether two boxes overlap; touching edges do not. @param {Box} a @param {Box} b */
export function overlap(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/** Tells whether a box lies in another. @param {Box} inner @param {Box} outer */
export function within(inner, outer) {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.w <= outer.x + outer.w &&
    inner.y + inner.h <= outer.y + outer.h
  );
}

/**
 * Tells on which side of the line through p and q a point lies.
 * @param {Pt} p
 * @param {Pt} q
 * @param {number} x
 * @param {number} y
 */
const side = (p, q, x, y) => Math.sign((q.x - p.x) * (y - p.y) - (q.y - p.y) * (x - p.x));

/** Tells whether two segments cross. @param {[Pt, Pt]} a @param {[Pt, Pt]} b */
export const meet = ([p, q], [r, s]) =>
  side(p, q, r.x, r.y) !== side(p, q, s.x, s.y) && side(r, s, p.x, p.y) !== side(r, s, q.x, q.y);

/**
 * Tells whether a segment touches a box: it does unless the box lies beside its ends or on one side of its line.
 * @param {Pt} p
 * @param {Pt} q
 * @param {Box} box
 */
export function crosses(p, q, { x, y, w, h }) {
  if ((p.x < x && q.x < x) || (p.y < y && q.y < y) || (p.x > x + w && q.x > x + w) || (p.y > y + h && q.y > y + h))
    return false;
  const first = side(p, q, x, y);
  return (
    first === 0 ||
    first !== side(p, q, x + w, y) ||
    first !== side(p, q, x, y + h) ||
    first !== side(p, q, x + w, y + h)
  );
}

/**
 * Cuts a line down to the runs of its segments that touch a box.
 * @param {Pt[]} line
 * @param {Box} box
 * @returns {Pt[][]}
 */
export function runsIn(line, box) {
  /** @type {Pt[][]} */
  const runs = [];
  let open = false;
  for (let i = 1; i < line.length; i++) {
    const touches = crosses(line[i - 1], line[i], box);
    if (touches && open) runs[runs.length - 1].push(line[i]);
    else if (touches) runs.push([line[i - 1], line[i]]);
    open = touches;
  }
  return runs;
}

/** Returns the point of a box nearest to p. @param {Box} box @param {Pt} p @returns {Pt} */
function nearest(box, p) {
  return {
    x: Math.min(Math.max(p.x, box.x), box.x + box.w),
    y: Math.min(Math.max(p.y, box.y), box.y + box.h),
  };
}

/** Returns the box round a line and what it touches. @param {[Pt, Pt]} line @returns {Box} */
function boxOf([p, q]) {
  return { x: Math.min(p.x, q.x) - 1, y: Math.min(p.y, q.y) - 1, w: Math.abs(p.x - q.x) + 2, h: Math.abs(p.y - q.y) + 2 };
}

/** Yields the boxes at the end of a leader. @param {Item} item @returns {Generator<Placed>} */
function* leaders({ id, at, w, h, r }) {
  for (const length of LEADER_LENGTHS) {
    for (const deg of LEADER_ANGLES) {
      const cos = Math.cos((deg * Math.PI) / 180);
      const sin = Math.sin((deg * Math.PI) / 180);
      const end = { x: at.x + cos * length, y: at.y + sin * length };
      const x = Math.abs(cos) < 0.4 ? end.x - w / 2 : cos > 0 ? end.x : end.x - w;
      const y = Math.abs(sin) < 0.4 ? end.y - h / 2 : sin > 0 ? end.y : end.y - h;
      const box = { x, y, w, h };
      const to = nearest(box, at);
      const d = Math.hypot(to.x - at.x, to.y - at.y);
      if (d > LEADER_MAX || d < r + 6) continue;
      const from = { x: at.x + ((to.x - at.x) * r) / d, y: at.y + ((to.y - at.y) * r) / d };
      yield { id, box, mode: 'leader', leader: [from, to] };
    }
  }
}

/** Yields the places of one mode. @param {Item} item @param {Mode} mode @returns {Generator<Placed>} */
function* spots(item, mode) {
  const { id, at, w, h, r } = item;
  /** @param {number} x @param {number} y @returns {Placed} */
  const spot = (x, y) => ({ id, box: { x, y, w, h }, mode, leader: null });
  const [cx, cy] = [at.x - w / 2, at.y - h / 2];
  if (mode === 'right') yield spot(at.x + item.right + GAP, cy);
  if (mode === 'left') yield spot(at.x - item.left - GAP - w, cy);
  if (mode === 'above') yield spot(cx, at.y - r - GAP / 2 - h);
  if (mode === 'below') yield spot(cx, at.y + r + GAP / 2);
  if (mode === 'centre') for (const [dx, dy] of NUDGES) yield spot(cx + dx, cy + dy);
  if (mode === 'inside') for (const dy of [r + 1, -r - h - 1]) for (const dx of ASIDE) yield spot(cx + dx, at.y + dy);
  if (mode === 'leader') yield* leaders(item);
}

/**
 * A page of placed labels. What is in it stays clear of everything that comes later.
 * @param {Ground} ground
 */
export function createPage({ bounds, obstacles, busy, heavy = [], covered }) {
  /** @type {ReturnType<typeof createGrid<Box>>} */
  const boxes = createGrid(bounds);
  obstacles.forEach((box) => boxes.add(box, box));
  /** @type {[Pt, Pt][]} */
  const lines = [];

  /** @param {Box} box */
  const free = (box) =>
    within(box, bounds) && !boxes.some(box, (other) => overlap(box, other)) && !lines.some(([p, q]) => crosses(p, q, box));

  /** Own symbols hold the start of a leader, which therefore may touch them. @param {Placed} spot @param {Item} item */
  const clear = ({ leader }, item) =>
    !leader ||
    (!lines.some((line) => meet(line, leader)) &&
      !boxes.some(
        boxOf(leader),
        (box) => crosses(leader[0], leader[1], box) && !within({ ...item.at, w: 0, h: 0 }, box),
      ));

  /** @param {Item} item @param {boolean} strict */
  const find = (item, strict) => {
    for (const mode of item.modes) {
      for (const spot of spots(item, mode)) {
        if (mode === 'inside' && !item.fits?.(spot.box)) continue;
        if (!free(spot.box) || !clear(spot, item)) continue;
        if (strict && mode !== 'inside' && busy?.(spot.box, item)) continue;
        if (strict && heavy.some(([p, q]) => crosses(p, q, spot.box))) continue;
        if (item.shy && covered?.(spot.box, item)) continue;
        return spot;
      }
    }
    return null;
  };

  return {
    free,
    /** Takes a box for good. @param {Box} box */
    take: (box) => boxes.add(box, box),
    /** Finds a place and takes it; null when there is none. @param {Item} item */
    put(item) {
      const close = { ...item, modes: item.modes.filter((mode) => mode !== 'leader') };
      const strict = find(close, true) ?? (item.solid ? find(item, true) : null);
      const spot = strict ?? find(close, false) ?? find(item, true) ?? find(item, false);
      if (!spot) return null;
      boxes.add(spot.box, spot.box);
      if (spot.leader) lines.push(spot.leader);
      return spot;
    },
  };
}

/**
 * Places all items, the important ones first.
 * @param {Item[]} items
 * @param {ReturnType<typeof createPage>} page
 * @returns {Map<string, Placed>} by id; what found no place is not in it
 */
export function placeAll(items, page) {
  const order = items.map((item, i) => ({ item, i })).sort((a, b) => a.item.rank - b.item.rank || a.i - b.i);
  const placed = new Map();
  for (const { item } of order) {
    const spot = page.put(item);
    if (spot) placed.set(item.id, spot);
  }
  return placed;
}
