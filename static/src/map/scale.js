/**
 * The round distance of a scale bar. Knows no DOM.
 * @module map/scale
 */

const EQUATOR_M_PER_PX = (2 * Math.PI * 6378137) / 256;
const DEGREE = Math.PI / 180;

/** Returns the metres of a pixel of the web-mercator map. @param {number} lat degrees @param {number} zoom */
export function metresPerPixel(lat, zoom) {
  return (EQUATOR_M_PER_PX * Math.cos(lat * DEGREE)) / 2 ** zoom;
}

/**
 * Returns the largest round distance that is at most `max` pixels long.
 * @param {number} lat degrees
 * @param {number} zoom
 * @param {number} max pixels
 * @returns {{ metres: number, px: number }}
 */
export function scaleBar(lat, zoom, max) {
  const perPx = metresPerPixel(lat, zoom);
  const limit = perPx * max;
  const power = 10 ** Math.floor(Math.log10(limit));
  const metres = ([5, 2, 1].find((n) => n * power <= limit) ?? 1) * power;
  return { metres, px: metres / perPx };
}
