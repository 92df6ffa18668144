/**
 * Sets the letters of a name along a line, such as a river. Knows no DOM and no projection.
 * @module map/along
 */

/** @typedef {import('./types.js').Pt} Pt */
/** @typedef {import('./types.js').Box} Box */
/** @typedef {{ text: string, x: number, y: number, angle: number }} Glyph the middle; degrees clockwise */

/**
 * How a name is set.
 * @typedef {object} Setting
 * @property {string[]} letters
 * @property {number[]} widths of the letters in pixels
 * @property {number} size font size in pixels
 * @property {number} space extra distance between letters in pixels
 * @property {boolean} upright letters stand upright, as Chinese ones do; otherwise they turn with the line
 * @property {number[]} offsets distances from the line to try; positive is to the right of its direction
 */

const STEP = 20;
/** The greatest turns between two letters, the pleasing one first. */
const BENDS = [14, 26, 40];

/** Returns the length up to each point. @param {Pt[]} path */
function lengths(path) {
  const sums = [0];
  for (let i = 1; i < path.length; i++) {
    sums.push(sums[i - 1] + Math.hypot(path[i].x - path[i - 1].x, path[i].y - path[i - 1].y));
  }
  return sums;
}

/**
 * Returns the point at a distance along the path.
 * @param {Pt[]} path
 * @param {number[]} sums
 * @param {number} s
 * @returns {Pt}
 */
function pointAt(path, sums, s) {
  let [i, last] = [1, path.length - 1];
  while (i < last) {
    const middle = (i + last) >> 1;
    if (sums[middle] < s) i = middle + 1;
    else last = middle;
  }
  const t = (s - sums[i - 1]) / (sums[i] - sums[i - 1] || 1);
  const [a, b] = [path[i - 1], path[i]];
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
}

/** Orders the starts from the middle of the line outwards. @param {number} room */
function starts(room) {
  const list = [];
  for (let s = 0; s <= room; s += STEP) list.push(s);
  return list.sort((a, b) => Math.abs(a - room / 2) - Math.abs(b - room / 2));
}

/**
 * Tells whether letters are read left to right, or downwards where they stand above each other.
 * @param {Glyph[]} glyphs
 * @param {boolean} upright
 */
function readable(glyphs, upright) {
  const [a, b] = [glyphs[0], glyphs[glyphs.length - 1]];
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  return upright && Math.abs(dy) > Math.abs(dx) ? dy > 0 : dx >= 0;
}

/**
 * Finds where a name fits along a line.
 * @param {Pt[]} line
 * @param {Setting} setting
 * @param {(box: Box) => boolean} free whether a letter may stand there
 * @returns {Glyph[] | null} null when it fits nowhere
 */
export function setAlong(line, setting, free) {
  if (line.length < 2) return null;
  const span = setting.widths.reduce((sum, w) => sum + w + setting.space, -setting.space);
  const ways = [line, [...line].reverse()].map((path) => ({ path, sums: lengths(path) }));
  const [{ sums }] = ways;
  const all = starts(sums[sums.length - 1] - span);
  for (const bendMax of setting.upright ? [180] : BENDS) {
    for (const start of all) {
      for (const offset of setting.offsets) {
        for (const way of ways) {
          const glyphs = glyphsAt(way, { ...setting, bendMax }, start, offset);
          if (glyphs?.every((glyph, i) => free(boxOf(glyph, setting.widths[i], setting)))) return glyphs;
        }
      }
    }
  }
  return null;
}

/**
 * Sets the letters from a start; null when they cannot be read there or the line bends too much.
 * @param {{ path: Pt[], sums: number[] }} way
 * @param {Setting & { bendMax: number }} setting
 * @param {number} start
 * @param {number} offset
 * @returns {Glyph[] | null}
 */
function glyphsAt({ path, sums }, { letters, widths, size, space, upright, bendMax }, start, offset) {
  /** @type {Glyph[]} */
  const glyphs = [];
  const reach = upright ? size : size * 2;
  let s = start;
  for (let i = 0; i < letters.length; i++) {
    const middle = s + widths[i] / 2;
    const [a, b] = [pointAt(path, sums, middle - reach), pointAt(path, sums, middle + reach)];
    const turn = Math.atan2(b.y - a.y, b.x - a.x);
    const p = pointAt(path, sums, middle);
    const angle = upright ? 0 : (turn * 180) / Math.PI;
    if (i > 0 && bend(angle, glyphs[i - 1].angle) > bendMax) return null;
    glyphs.push({ text: letters[i], x: p.x - Math.sin(turn) * offset, y: p.y + Math.cos(turn) * offset, angle });
    s += widths[i] + space;
  }
  const legible = readable(glyphs, upright) && !crowded(glyphs, widths, upright ? size : 0);
  return legible ? glyphs : null;
}

/** @param {number} a @param {number} b degrees */
const bend = (a, b) => Math.abs(((a - b + 540) % 360) - 180);

/**
 * Tells whether letters come too close where the line bends.
 * @param {Glyph[]} glyphs
 * @param {number[]} widths
 * @param {number} least along one axis, for upright letters
 */
function crowded(glyphs, widths, least) {
  return glyphs.some((glyph, i) => {
    if (i === 0) return false;
    const [dx, dy] = [Math.abs(glyph.x - glyphs[i - 1].x), Math.abs(glyph.y - glyphs[i - 1].y)];
    return Math.max(dx, dy) < least || Math.hypot(dx, dy) < 0.45 * (widths[i] + widths[i - 1]);
  });
}

/**
 * Returns the box round a letter.
 * @param {Glyph} glyph
 * @param {number} width
 * @param {Setting} setting
 * @returns {Box}
 */
export function boxOf({ x, y, angle }, width, { size, upright }) {
  const [w, h] = upright ? [width, size] : [Math.max(width, size * 0.6), size];
  const cos = Math.abs(Math.cos((angle * Math.PI) / 180));
  const sin = Math.abs(Math.sin((angle * Math.PI) / 180));
  const [bw, bh] = [w * cos + h * sin, w * sin + h * cos];
  return { x: x - bw / 2 - 1, y: y - bh / 2 - 1, w: bw + 2, h: bh + 2 };
}
