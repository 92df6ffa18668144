/**
 * The icons of the AI+ directions, as the map, the list and the legend show them.
 * @module map/icon
 */
import paths from '../style/icons.json';
import { ai } from '../style/tokens.json';
import { svg } from './svg.js';

/** @type {Record<string, string>} */
const shapes = paths;
/** @type {Record<string, { icon: string }>} */
const codes = ai.codes;

/**
 * Returns the shape of an icon by its name.
 * @param {string} name
 * @param {Record<string, string | number>} [attributes]
 */
export const shape = (name, attributes = {}) =>
  svg('path', { d: shapes[name] ?? '', 'fill-rule': 'evenodd', ...attributes });

/** Returns the AI+ codes in the order of the legend. */
export const aiCodes = () => Object.keys(codes);

/** Returns the colour of an AI+ code. @param {string} code */
export const aiColour = (code) => (code in codes ? `var(--ai-${code})` : 'var(--ai-unstated)');

/**
 * Makes the round icon of an AI+ direction, centred on 0,0: filled when the document states it, hollow
 * when it is inferred, a broken ring when nothing is stated.
 * @param {string} code
 * @param {string} basis
 * @param {number} size outer diameter in pixels
 */
export function aiBadge(code, basis, size) {
  const stated = basis === 'stated' && code !== 'unstated';
  const inner = size * (code === 'unstated' ? 1.14 : 0.62);
  const scale = inner / 24;
  const glyph = shape(codes[code]?.icon ?? 'ring', {
    transform: `translate(${-inner / 2} ${-inner / 2}) scale(${scale})`,
  });
  const badge = svg(
    'g',
    { class: `pm-ai ${stated ? 'is-stated' : code === 'unstated' ? 'is-unstated' : 'is-inferred'}` },
    svg('circle', { r: size / 2 - 0.75 }),
    glyph,
  );
  badge.style.setProperty('--c', aiColour(code));
  return badge;
}
