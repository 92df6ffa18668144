/**
 * Keeps the numbered discs apart. Knows no DOM and no projection.
 * @module map/discs
 */
import { overlap } from './labels.js';

/** @typedef {import('./types.js').Pt} Pt */
/** @typedef {{ id: string, at: Pt, d: Pt }} Disc the anchor and how far the disc stands from it */

/** The least distance between two discs, along the longer axis, so that square targets of this size do not touch. */
export const APART = 26;
const TARGET_MAX = 44;
const DISTANCES = [16, 22, 28, 36, 46, 58, 72];
const DIRECTIONS = 16;

/** The longer of the distances along both axes. @param {Pt} a @param {Pt} b */
const distance = (a, b) => Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y));

/** @param {Disc} disc @returns {Pt} */
export const middle = ({ at, d }) => ({ x: at.x + d.x, y: at.y + d.y });

/**
 * The middle of all anchors near a point: discs step away from it.
 * @param {{ at: Pt }[]} all
 * @param {Pt} at
 * @returns {Pt}
 */
function crowd(all, at) {
  const near = all.filter((other) => distance(other.at, at) < APART * 2.5);
  const sum = near.reduce((s, { at: p }) => ({ x: s.x + p.x, y: s.y + p.y }), { x: 0, y: 0 });
  return { x: sum.x / near.length, y: sum.y / near.length };
}

/**
 * Lists the steps away from a point, the short ones and those that lead outward first.
 * @param {Pt} from
 * @param {Pt} at
 */
function* steps(from, at) {
  const out = Math.atan2(at.y - from.y, at.x - from.x || 1e-6);
  for (const r of DISTANCES) {
    for (let i = 0; i < DIRECTIONS; i++) {
      const turn = Math.ceil(i / 2) * (i % 2 ? 1 : -1) * ((2 * Math.PI) / DIRECTIONS);
      yield { x: Math.round(Math.cos(out + turn) * r), y: Math.round(Math.sin(out + turn) * r) };
    }
  }
}

/**
 * Moves discs apart that would come too close. The first ones keep their places.
 * @param {{ id: string, at: Pt }[]} anchors
 * @param {import('./types.js').Box[]} [blocks] what no disc may cover
 * @returns {Disc[]} in the same order
 */
export function spread(anchors, blocks = []) {
  /** @type {Disc[]} */
  const done = [];
  for (const { id, at } of anchors) {
    /** @param {Pt} d */
    const free = (d) => {
      const p = { x: at.x + d.x, y: at.y + d.y };
      const box = { x: p.x - APART / 2, y: p.y - APART / 2, w: APART, h: APART };
      return done.every((other) => distance(middle(other), p) >= APART) && !blocks.some((block) => overlap(box, block));
    };
    let d = { x: 0, y: 0 };
    if (!free(d)) d = [...steps(crowd(anchors, at), at)].find(free) ?? d;
    done.push({ id, at, d });
  }
  return done;
}

/**
 * Returns the side of the square target of each disc: as large as its neighbours allow, up to 44 px.
 * @param {Disc[]} discs
 * @returns {number[]}
 */
export function targets(discs) {
  return discs.map((disc) => {
    const near = discs.filter((other) => other !== disc).map((other) => distance(middle(disc), middle(other)));
    return Math.floor(Math.min(TARGET_MAX, ...near));
  });
}
