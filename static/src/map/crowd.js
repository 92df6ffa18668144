/**
 * Chooses whose discs are shown where there are too many for all. Knows no DOM and no projection.
 * @module map/crowd
 */
import { APART } from './discs.js';
import { within } from './labels.js';

/** @typedef {import('./types.js').Box} Box */
/** @typedef {import('./types.js').Pt} Pt */
/**
 * @typedef {object} Candidate
 * @property {Pt} at
 * @property {boolean} pinned is always shown
 * @property {boolean} lead comes before the others
 * @property {boolean} out is filtered out
 */

/** So many discs are all shown and stand apart where they are too close. */
export const FEW = 40;
/** About so many discs are left of a crowd: a reader can still tell them apart, and a page can hold them. */
const MOST = 240;

/** Returns the least distance of two discs of a crowd, along the longer axis, in pixels. @param {Box} sight */
const spacing = ({ w, h }) => Math.max(2 * APART, Math.sqrt((Math.max(0, w) * Math.max(0, h)) / MOST));

/**
 * Leaves out what comes too close to something before it.
 * @template {{ at: Pt }} T
 * @param {T[]} list
 * @param {number} apart
 * @returns {T[]}
 */
function thin(list, apart) {
  /** @type {Map<string, Pt[]>} */
  const cells = new Map();
  /** @param {number} i @param {number} j @param {Pt} p */
  const close = (i, j, p) =>
    cells.get(`${i} ${j}`)?.some(({ x, y }) => Math.max(Math.abs(x - p.x), Math.abs(y - p.y)) < apart) ?? false;
  return list.filter(({ at }) => {
    const [i, j] = [Math.floor(at.x / apart), Math.floor(at.y / apart)];
    for (const a of [i - 1, i, i + 1]) for (const b of [j - 1, j, j + 1]) if (close(a, b, at)) return false;
    const key = `${i} ${j}`;
    cells.set(key, [...(cells.get(key) ?? []), at]);
    return true;
  });
}

/**
 * Returns those whose discs are shown, in their order. Of a layout with few areas it is all of them, wherever
 * they lie; otherwise only what is in sight, and of a crowd as many as stand well apart: leads before the
 * others, then by order. Those filtered out have no disc in a crowd.
 * @template {Candidate} T
 * @param {T[]} all
 * @param {Box} [sight] what is in sight; left out: everything
 * @returns {T[]}
 */
export function choose(all, sight) {
  if (all.length <= FEW || !sight) return all;
  const near = all.filter(({ at, pinned }) => pinned || within({ ...at, w: 0, h: 0 }, sight));
  if (near.length <= FEW) return near;
  const pinned = near.filter((one) => one.pinned);
  const rest = near.filter((one) => !one.pinned && !one.out);
  const leads = thin([...pinned, ...rest.filter(({ lead }) => lead)], APART);
  const others = thin([...leads, ...rest.filter(({ lead }) => !lead)], spacing(sight));
  const kept = new Set([...pinned, ...leads, ...others]);
  return near.filter((one) => kept.has(one));
}
