/**
 * Which words stand on the map, by zoom and language. Knows no DOM.
 * @module map/words
 */

/** @typedef {import('./types.js').Feature} Feature */
/** @typedef {import('./types.js').Line} Line */
/** @typedef {import('./types.js').Lang} Lang */
/** @typedef {import('./types.js').Measure} Measure */

/** The zooms from which things are shown. */
export const ZOOM = { parks: 9.5, second: 10.5, full: 11, near: 11, places: 11 };

/**
 * Fonts by the style of a line; `space` is the letter spacing in em.
 * @type {Record<string, { weight: number, space: number, serif?: boolean }>}
 */
export const STYLES = {
  lead: { weight: 600, space: 0.02 },
  name: { weight: 500, space: 0 },
  pick: { weight: 700, space: 0 },
  second: { weight: 400, space: 0 },
  place: { weight: 400, space: 0 },
  district: { weight: 400, space: 0.28 },
  'district-en': { weight: 400, space: 0.12 },
  quiet: { weight: 400, space: 0.08 },
  water: { weight: 500, space: 0, serif: true },
  relief: { weight: 500, space: 0, serif: true },
};

/** The characters of a line, of the lines that name parks from afar, and of the other language. */
export const LINE_MAX = { zh: 12, en: 24 };
const LINE_MAX_FAR = { zh: 8, en: 20 };
const SECOND_MAX = { zh: 12, en: 28 };

/** Returns the height of a line in pixels. @param {Line} line */
export const lineHeight = ({ size }) => Math.round(size * 1.25);

/** Returns the other language. @param {Lang} lang @returns {Lang} */
export const other = (lang) => (lang === 'zh' ? 'en' : 'zh');

/**
 * Returns the name of a feature in a language, else the Chinese one.
 * @param {Feature} feature
 * @param {Lang} lang
 * @param {boolean} short
 */
export function nameOf(feature, lang, short) {
  const full = (lang === 'en' && feature.name_en) || feature.name_zh;
  return (short && (lang === 'en' ? feature.short_en : feature.short_zh)) || full;
}

/** Returns a name up to its first bracket. @param {string} name */
export const plain = (name) => name.replace(/\s*[((].*$/, '') || name;

/** Splits words of a language where a line may break. @param {string} text @param {Lang} lang */
function units(text, lang) {
  if (lang === 'en') return text.split(/(?<=\s)/);
  if (typeof Intl.Segmenter !== 'function') return [...text];
  return [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)].map(({ segment }) => segment);
}

/** Punctuation that no Chinese line begins with. */
const CLOSING = '”’)》、,。;:+·';

/** Fills lines up to a number of characters. @param {string[]} units @param {number} max */
function fill(units, max) {
  const lines = [''];
  for (const unit of units) {
    const last = lines[lines.length - 1];
    if (last && (last + unit).trim().length > max && !CLOSING.includes(unit)) lines.push(unit);
    else lines[lines.length - 1] += unit;
  }
  return lines.map((line) => line.trim());
}

/**
 * Breaks a text between words into as few lines as may be, of about equal length; only a word that is
 * longer than `max` makes a longer line.
 * @param {string} text
 * @param {Lang} lang
 * @param {number} max characters
 * @returns {string[]}
 */
export function wrap(text, lang, max) {
  const parts = units(text, lang);
  const least = fill(parts, max);
  for (let width = Math.ceil(text.length / least.length); width < max; width++) {
    const lines = fill(parts, width);
    if (lines.length <= least.length) return lines;
  }
  return least;
}

/**
 * Returns the lines that name an area, or none when the zoom is too small for it.
 * @param {Feature} area
 * @param {{ zoom: number, lang: Lang, selected: boolean }} view
 * @returns {Line[]}
 */
export function areaLines(area, { zoom, lang, selected }) {
  const park = area.kind === 'park';
  if (park && zoom < ZOOM.parks && !selected) return [];
  const style = selected ? 'pick' : park ? 'name' : 'lead';
  const size = park ? 13 : 15;
  const full = zoom >= ZOOM.full;
  const max = full || !park ? LINE_MAX : LINE_MAX_FAR;
  const first = wrap(nameOf(area, lang, !full), lang, max[lang]).map((text) => ({ text, style, size, lang }));
  return zoom < ZOOM.second ? first : [...first, ...second(area, lang, first, 12)];
}

/**
 * Returns the name in the other language, unless it says the same.
 * @param {Feature} feature
 * @param {Lang} lang
 * @param {Line[]} first
 * @param {number} size
 * @returns {Line[]}
 */
function second(feature, lang, first, size) {
  const text = nameOf(feature, other(lang), true);
  if (first.map((line) => line.text).join(' ') === text) return [];
  return wrap(text, other(lang), SECOND_MAX[other(lang)]).map((line) => ({
    text: line,
    style: 'second',
    size,
    lang: other(lang),
  }));
}

/**
 * Returns the line that names something else than an area.
 * @param {Feature} feature
 * @param {string} style
 * @param {number} size
 * @param {Lang} lang
 * @returns {Line[]}
 */
export function plainLines(feature, style, size, lang) {
  return wrap(plain(nameOf(feature, lang, true)), lang, LINE_MAX[lang]).map((text) => ({ text, style, size, lang }));
}

/** Returns the size of a block of lines. @param {Line[]} lines @param {Measure} measure */
export function sizeOf(lines, measure) {
  const width = Math.max(0, ...lines.map(({ text, style, size }) => measure(text, style, size)));
  return { w: Math.ceil(width), h: lines.reduce((sum, line) => sum + lineHeight(line), 0) };
}
