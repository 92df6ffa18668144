/**
 * Names that follow a line: rivers, ridges and ring roads. Knows no DOM.
 * @module map/streams
 */
import { boxOf, setAlong } from './along.js';
import { smooth } from './curve.js';
import { linesOf } from './geometry.js';
import { boxRound } from './ground.js';
import { runsIn } from './labels.js';
import { nameOf, plain } from './words.js';

/** @typedef {import('./types.js').Feature} Feature */
/** @typedef {import('./types.js').Measure} Measure */
/** @typedef {import('./types.js').Pt} Pt */
/** @typedef {import('./along.js').Glyph} Glyph */
/** @typedef {{ id: string, glyphs: Glyph[], style: string, size: number, lang: import('./types.js').Lang }} Stream */
/**
 * @typedef {{ style: string, size: number, space: [zh: number, en: number], offsets: [zh: number[], en: number[]], from: number }} Manner
 */

const MAIN_RIVERS = 3;
const ALL_RIVERS = 10;

/** How each kind is set; spaces in em, offsets in pixels. @type {Record<string, Manner>} */
const MANNERS = {
  river: {
    style: 'water',
    size: 13,
    space: [1, 0.12],
    offsets: [
      [12, -12],
      [-9, 11],
    ],
    from: 0,
  },
  ridge: { style: 'relief', size: 13, space: [1.6, 0.4], offsets: [[0], [0]], from: 0 },
  'ring-road': { style: 'quiet', size: 12, space: [0.35, 0.04], offsets: [[0], [0]], from: 10.5 },
};

/** Returns the length of a feature's lines in degrees. @param {Feature} feature */
export function lengthOf({ geometry }) {
  return linesOf(geometry).reduce((sum, line) => {
    const parts = line.slice(1).map((p, i) => Math.hypot(p[0] - line[i][0], p[1] - line[i][1]));
    return parts.reduce((s, d) => s + d, sum);
  }, 0);
}

/** Sorts the longest first. @param {Feature[]} features */
export const byLength = (features) => [...features].sort((a, b) => lengthOf(b) - lengthOf(a));

/** Returns how far a line reaches in pixels. @param {Pt[]} line */
function span(line) {
  const { w, h } = boxRound(line);
  return w + h;
}

/**
 * Sets the names along lines, rivers first, and takes their place on the page.
 * @param {import('./scene.js').Setting} setting
 * @param {ReturnType<typeof import('./labels.js').createPage>} page
 * @param {ReturnType<typeof import('./ground.js').createGround>} ground
 * @returns {Stream[]}
 */
export function namesAlong({ model, state, zoom, project, measure, bounds }, page, ground) {
  /** @param {string} kind */
  const kind = (kind) => byLength(model.context.filter((feature) => feature.kind === kind));
  const rivers = kind('river').slice(0, zoom < ALL_RIVERS ? MAIN_RIVERS : undefined);
  return [...rivers, ...kind('ridge'), ...kind('ring-road')].flatMap((feature) => {
    const manner = MANNERS[feature.kind];
    if (zoom < manner.from) return [];
    const { style, size } = manner;
    const zh = state.lang === 'zh' || !feature.name_en;
    /** @type {import('./types.js').Lang} */
    const lang = zh ? 'zh' : 'en';
    const letters = [...plain(nameOf(feature, state.lang, true))];
    const widths = letters.map((letter) => (zh ? size : measure(letter, style, size)));
    const i = zh ? 0 : 1;
    const setting = { letters, widths, size, space: manner.space[i] * size, upright: zh, offsets: manner.offsets[i] };
    const runs = linesOf(feature.geometry).flatMap((line) => runsIn(smooth(line).map(project), bounds));
    for (const run of runs.sort((a, b) => span(b) - span(a))) {
      const glyphs = setAlong(
        run,
        setting,
        (box) => page.free(box) && !(feature.kind === 'river' ? ground.covered : ground.busy)(box),
      );
      if (!glyphs) continue;
      glyphs.forEach((glyph, n) => page.take(boxOf(glyph, widths[n], setting)));
      return [{ id: feature.id, glyphs, style, size, lang }];
    }
    return [];
  });
}
