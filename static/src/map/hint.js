/**
 * The one-line label that names what is hovered or focused.
 * @module map/hint
 */
import L from 'leaflet';
import { html } from './svg.js';

/** @typedef {import('./types.js').Pt} Pt */
/** @typedef {import('./types.js').Box} Box */

const GAP = 18;

/** @param {number} n @param {number} low @param {number} high */
const clamp = (n, low, high) => Math.max(low, Math.min(n, high));

/**
 * Returns the corner beside a symbol, on the side with room.
 * @param {Pt} at
 * @param {number} w
 * @param {number} h
 * @param {Box} bounds
 * @returns {Pt}
 */
function beside(at, w, h, bounds) {
  const right = at.x + GAP + w <= bounds.x + bounds.w;
  return { x: right ? at.x + GAP : at.x - GAP - w, y: at.y - h / 2 };
}

/**
 * Returns the corner over a name, growing away from its symbol.
 * @param {Box} name
 * @param {Pt} at
 * @param {number} w
 * @param {number} h
 * @returns {Pt}
 */
function over(name, at, w, h) {
  const [right, bottom] = [name.x + name.w, name.y + name.h];
  const middle = name.y + (name.h - h) / 2;
  return { x: right <= at.x ? right - w : name.x, y: bottom <= at.y ? bottom - h : name.y >= at.y ? name.y : middle };
}

/** Makes the label. @param {L.Map} map */
export function createHint(map) {
  const element = html('div', { class: 'pm-hint leaflet-zoom-hide', 'aria-hidden': 'true' });
  element.hidden = true;
  /** @type {HTMLElement} */ (map.getPane('hint')).append(element);
  return {
    /**
     * Shows a name beside a point of the map, on the side with room; null hides it.
     * @param {{ name: string, lang: string, at: Pt, label?: Box } | null} what `label` is where the map has its name already
     * @param {Box} bounds
     */
    show(what, bounds) {
      element.hidden = !what;
      if (!what) return;
      element.textContent = what.name;
      element.lang = what.lang === 'zh' ? 'zh-CN' : 'en';
      const { offsetWidth: w, offsetHeight: h } = element;
      const { x, y } = what.label ? over(what.label, what.at, w, h) : beside(what.at, w, h, bounds);
      const clamped = {
        x: clamp(x, bounds.x, bounds.x + bounds.w - w),
        y: clamp(y, bounds.y, bounds.y + bounds.h - h),
      };
      L.DomUtil.setPosition(element, map.containerPointToLayerPoint([clamped.x, clamped.y]).round());
    },
  };
}
