/**
 * The symbols of the map: icons of AI+ directions, places, airports and landmarks. Knows no DOM.
 * @module map/symbols
 */
import { middle } from './discs.js';
import { knownOf } from './known.js';
import { ZOOM } from './words.js';

/** @typedef {import('./types.js').Feature} Feature */
/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').Box} Box */
/** @typedef {import('./types.js').Pt} Pt */
/** @typedef {import('./scene.js').Setting} Setting */
/** @typedef {import('./scene.js').Button} Button */
/**
 * A symbol and the icons that belong to it.
 * @typedef {object} Symbol
 * @property {string} id
 * @property {Pt} at
 * @property {'square' | 'plane' | 'dot' | 'pin'} shape
 * @property {{ code: string, basis: string }[]} icons
 * @property {number} size of an icon in pixels
 * @property {boolean} [selected]
 */

/** The id of the pin of the reader's own position, and its size; its tip is the position. */
export const PIN = { id: 'near', w: 20, h: 28 };
/** The sizes of icons beside discs and beside places. */
export const ICON = 20;
const ICON_SMALL = 16;
/** Landmarks are shown from this zoom. */
const ZOOM_LANDMARK = 12;

/** Tells whether an area is filtered out. @param {State} state @param {string} id */
export const isOut = ({ visible }, id) => visible !== null && !visible.has(id);

/** The AI+ icons beside the discs of parks. @param {Setting} setting @param {Button[]} buttons @returns {Symbol[]} */
export function iconsOf({ model, state, zoom, focus }, buttons) {
  if (zoom < ZOOM.near) return [];
  const known = knownOf(model);
  return buttons.flatMap((disc) => {
    const area = /** @type {Feature} */ (known.feature(disc.id));
    if (area.kind !== 'park' || isOut(state, area.id) || (focus && focus !== area.id)) return [];
    const icons = area.specialisations?.length ? area.specialisations : [{ code: 'unstated', basis: 'unstated' }];
    const { x, y } = middle(disc);
    return [{ id: `icons-${area.id}`, at: { x: x + 26, y }, shape: /** @type {const} */ ('dot'), icons, size: ICON }];
  });
}

/** The places of the core and the zone. @param {Setting} setting @returns {Symbol[]} */
export function placesOf({ model, state, zoom, focus, project }) {
  return model.places.flatMap((place) => {
    const position = knownOf(model).anchor(place);
    const shown = focus ? place.parent === focus : zoom >= ZOOM.places || place.id === state.selected;
    if (!position || !shown || isOut(state, place.parent ?? '')) return [];
    const icons = place.specialisation && zoom >= ZOOM.near ? [place.specialisation] : [];
    return [
      {
        id: place.id,
        at: project(position),
        shape: /** @type {const} */ ('square'),
        icons,
        size: ICON_SMALL,
        selected: place.id === state.selected,
      },
    ];
  });
}

/** Airports, and landmarks close up. @param {Setting} setting @returns {Symbol[]} */
export function pointsOf({ model, zoom, project }) {
  return model.context.flatMap((feature) => {
    const position = knownOf(model).anchor(feature);
    const plane = feature.kind === 'airport';
    if (!position || !(plane || (feature.kind === 'landmark' && zoom >= ZOOM_LANDMARK))) return [];
    return [
      {
        id: feature.id,
        at: project(position),
        shape: /** @type {'plane' | 'dot'} */ (plane ? 'plane' : 'dot'),
        icons: [],
        size: 0,
      },
    ];
  });
}

/** The pin at the position that distances are counted from. @param {Setting} setting @returns {Symbol[]} */
export function pinOf({ state: { near }, project }) {
  return near ? [{ id: PIN.id, at: project(near), shape: 'pin', icons: [], size: 0 }] : [];
}

/** Returns how far the icons of a symbol reach to the right of its middle. @param {Symbol} symbol */
export const reach = ({ shape, icons, size }) =>
  icons.length ? (shape === 'square' ? 8 : -size / 2) + icons.length * (size + 2) : shape === 'plane' ? 8 : 5;

/** @param {Symbol} symbol @returns {Box[]} */
export function boxesOf(symbol) {
  if (symbol.shape === 'pin') return [{ x: symbol.at.x - PIN.w / 2, y: symbol.at.y - PIN.h, w: PIN.w, h: PIN.h }];
  const half = symbol.shape === 'plane' ? 8 : symbol.icons.length ? symbol.size / 2 : 5;
  const left = symbol.id.startsWith('icons-') ? symbol.size / 2 : half;
  return [{ x: symbol.at.x - left, y: symbol.at.y - half, w: left + reach(symbol), h: 2 * half }];
}
