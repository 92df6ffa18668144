/**
 * The permalink: what the page shows, as a query. Keys come in a fixed order, defaults are left out, keys
 * of later screens are kept as they are, and what is not understood is named and left out.
 * @module state
 */

/** @typedef {{ lat: number, lon: number, zoom: number }} Position */
/** @typedef {'fig1' | 'fig2' | 'fig3'} ViewName */

/**
 * @typedef {object} State
 * @property {ViewName | null} view null shows the whole layout without a figure
 * @property {'role' | 'ai'} theme
 * @property {string | null} selected
 * @property {Position | null} at where the map stands; null fits the selection or the view
 * @property {boolean | null} links null follows the view
 * @property {string} lang '' follows the page
 * @property {string} mode light, dark or '' for the system's
 * @property {Record<string, string>} kept keys of later screens
 */

const VIEWS = ['fig1', 'fig2', 'fig3'];
const LANGS = ['zh', 'en'];
const MODES = ['light', 'dark'];
const KEPT = ['kind', 'ai', 'd', 'u', 'q', 'cmp', 'bg'];
const ORDER = ['v', 'theme', 'kind', 'ai', 'd', 'u', 'q', 'sel', 'cmp', 'c', 'bg', 'links', 'lang', 'mode'];

/** Returns what an address without a query shows. @returns {State} */
export const initialState = () => ({
  view: null, theme: 'role', selected: null, at: null, links: null, lang: '', mode: '', kept: {},
});

/** Reads lat,lon,zoom. @param {string} text @returns {Position | null} */
function parsePosition(text) {
  const parts = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  const [lat, lon, zoom] = parts;
  const good = parts.length === 3 && Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && zoom >= 1 && zoom <= 20;
  return good ? { lat, lon, zoom } : null;
}

/** @param {number} value @param {number} digits */
const trim = (value, digits) => String(Number(value.toFixed(digits)));

/** @param {Position} at */
const formatPosition = ({ lat, lon, zoom }) => `${trim(lat, 4)},${trim(lon, 4)},${trim(zoom, 2)}`;

/** Readers by key: each writes into the state and says whether it understood the value. @type {Record<string, (state: State, value: string) => boolean>} */
const READERS = {
  v: (state, value) => VIEWS.includes(value) && Boolean((state.view = /** @type {ViewName} */ (value))),
  theme: (state, value) => ['role', 'ai'].includes(value) && Boolean((state.theme = /** @type {'role' | 'ai'} */ (value))),
  sel: (state, value) => /^[\w-]{1,40}$/.test(value) && Boolean((state.selected = value)),
  c: (state, value) => Boolean((state.at = parsePosition(value))),
  links: (state, value) => {
    if (value !== '0' && value !== '1') return false;
    state.links = value === '1';
    return true;
  },
  lang: (state, value) => LANGS.includes(value) && Boolean((state.lang = value)),
  mode: (state, value) => MODES.includes(value) && Boolean((state.mode = value)),
};

/**
 * Reads a query.
 * @param {string} search with or without its question mark
 * @returns {{ state: State, unknown: string[] }} unknown names the keys that were not understood
 */
export function parseState(search) {
  const state = initialState();
  const unknown = [];
  for (const [key, value] of new URLSearchParams(search)) {
    if (KEPT.includes(key)) state.kept[key] = value;
    else if (!(Object.hasOwn(READERS, key) && READERS[key](state, value))) unknown.push(key);
  }
  return { state, unknown };
}

/** Keeps commas and slashes readable, as messages show links. @param {string} value */
const encode = (value) => encodeURIComponent(value).replace(/%2C/g, ',').replace(/%2F/g, '/');

/**
 * Writes a state as a query with its question mark, '' when all is default.
 * @param {State} state
 */
export function formatState(state) {
  /** @type {Record<string, string | null>} */
  const values = {
    ...state.kept,
    v: state.view,
    theme: state.theme === 'role' ? null : state.theme,
    sel: state.selected,
    c: state.at && formatPosition(state.at),
    links: state.links === null ? null : state.links ? '1' : '0',
    lang: state.lang || null,
    mode: state.mode || null,
  };
  const parts = ORDER.filter((key) => values[key]).map((key) => `${key}=${encode(String(values[key]))}`);
  return parts.length ? `?${parts.join('&')}` : '';
}

/** Says whether the links are drawn: on the first figure unless switched off. @param {State} state */
export const linksShown = (state) => state.links ?? state.view === 'fig1';
