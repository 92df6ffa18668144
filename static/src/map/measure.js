/**
 * Measures text on a canvas, each text once.
 * @module map/measure
 */
import { font } from '../style/tokens.json';
import { STYLES } from './words.js';

/** Returns the font family of a style. @param {string} style */
export const familyOf = (style) => (STYLES[style].serif ? font.serif : font.sans);

/** Makes a measure with its own memory. @returns {import('./types.js').Measure} */
export function createMeasure() {
  const context = document.createElement('canvas').getContext('2d');
  /** @type {Map<string, number>} */
  const known = new Map();
  return (text, style, size) => {
    const key = `${style} ${size} ${text}`;
    const old = known.get(key);
    if (old !== undefined || !context) return old ?? text.length * size;
    context.font = `${STYLES[style].weight} ${size}px ${familyOf(style)}`;
    const width = context.measureText(text).width + [...text].length * STYLES[style].space * size;
    known.set(key, width);
    return width;
  };
}
