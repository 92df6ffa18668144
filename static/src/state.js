/**
 * The permalink: what the page shows, as a query. Keys come in a fixed order, defaults are left out, keys
 * of later screens are kept as they are, and what is not understood is named and left out.
 * @module state
 */

/** @typedef {{ lat: number, lon: number, zoom: number }} Position */
/** @typedef {'fig1' | 'fig2' | 'fig3'} ViewName */
/** @typedef {'kind' | 'ai' | 'd' | 'u'} Group groups of choices: kind, AI+ direction, district, unit */
/** @typedef {Record<Group, string[]> & { q: string }} Filter what is looked for; an empty list lets all through */
/** @typedef {'' | 'pinyin' | 'district'} Sort '' is by distance where a place is set, else the order of the document */

/**
 * @typedef {object} State
 * @property {ViewName | null} view null shows the whole layout without a figure
 * @property {'role' | 'ai'} theme
 * @property {Filter} filter
 * @property {string | null} selected
 * @property {string[]} compared ids, at most COMPARED_MAX
 * @property {string | null} near the id of a feature, or latitude,longitude in degrees (WGS 84)
 * @property {Sort} sort
 * @property {Position | null} at where the map stands; null fits the selection or the view
 * @property {boolean | null} links null follows the view
 * @property {string} lang '' follows the page
 * @property {string} mode light, dark or '' for the system's
 * @property {Record<string, string>} kept keys of later screens
 */

const VIEWS = ['fig1', 'fig2', 'fig3'];
const SORTS = ['pinyin', 'district'];
const LANGS = ['zh', 'en'];
const MODES = ['light', 'dark'];
const KEPT = ['w', 'bg'];
const ORDER = ['v', 'theme', 'kind', 'ai', 'd', 'u', 'q', 'sel', 'cmp', 'near', 'sort', 'w', 'c', 'bg', 'links', 'lang', 'mode'];
/** The groups of choices, in the order of the page. @type {Group[]} */
export const GROUPS = ['kind', 'ai', 'd', 'u'];
export const COMPARED_MAX = 4;
const LISTED_MAX = 100;
const TEXT_MAX = 40;
const ID = /^[\w-]{1,40}$/;

/** Returns a filter that lets all through. @returns {Filter} */
export const noFilter = () => ({ kind: [], ai: [], d: [], u: [], q: '' });

/** Says whether a filter holds anything back. @param {Filter} filter */
export const isFiltered = (filter) => Boolean(filter.q) || GROUPS.some((group) => filter[group].length);

/** Returns what an address without a query shows. @returns {State} */
export const initialState = () => ({
  view: null, theme: 'role', filter: noFilter(), selected: null, compared: [], near: null, sort: '', at: null, links: null,
  lang: '', mode: '', kept: {},
});

/** Reads numbers between commas; null where one is none. @param {string} text */
function parseNumbers(text) {
  const parts = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  return parts.every(Number.isFinite) ? parts : null;
}

/** @param {number} lat @param {number} lon */
const onEarth = (lat, lon) => Math.abs(lat) <= 85 && Math.abs(lon) <= 180;

/** Reads lat,lon,zoom. @param {string} text @returns {Position | null} */
function parsePosition(text) {
  const [lat, lon, zoom, ...more] = parseNumbers(text) ?? [];
  return onEarth(lat, lon) && zoom >= 1 && zoom <= 20 && !more.length ? { lat, lon, zoom } : null;
}

/** Reads lat,lon as longitude, latitude. @param {string | null} text @returns {[number, number] | null} */
export function parsePoint(text) {
  const [lat, lon, ...more] = parseNumbers(text ?? '') ?? [];
  return onEarth(lat, lon) && !more.length ? [lon, lat] : null;
}

/** @param {number} value @param {number} digits */
const trim = (value, digits) => String(Number(value.toFixed(digits)));

/** @param {Position} at */
const formatPosition = ({ lat, lon, zoom }) => `${trim(lat, 4)},${trim(lon, 4)},${trim(zoom, 2)}`;

/** Writes longitude, latitude as lat,lon. @param {number[]} point */
export const formatPoint = ([lon, lat]) => `${trim(lat, 4)},${trim(lon, 4)}`;

/** Takes the ids of a list; false where one of them is none. @param {string} value @param {number} max @param {(ids: string[]) => void} take */
function readIds(value, max, take) {
  const all = [...new Set(value.split(',').filter(Boolean))];
  const good = all.filter((id) => ID.test(id)).slice(0, max);
  take(good);
  return good.length > 0 && good.length === all.length;
}

/** @param {Group} group @returns {(state: State, value: string) => boolean} */
const readGroup = (group) => (state, value) => readIds(value, LISTED_MAX, (ids) => (state.filter[group] = ids));

/** Readers by key: each writes into the state and says whether it understood the value. @type {Record<string, (state: State, value: string) => boolean>} */
const READERS = {
  v: (state, value) => VIEWS.includes(value) && Boolean((state.view = /** @type {ViewName} */ (value))),
  theme: (state, value) => ['role', 'ai'].includes(value) && Boolean((state.theme = /** @type {'role' | 'ai'} */ (value))),
  ...Object.fromEntries(GROUPS.map((group) => [group, readGroup(group)])),
  q: (state, value) => Boolean(value.trim()) && value.length <= TEXT_MAX && Boolean((state.filter.q = value.trim())),
  sel: (state, value) => ID.test(value) && Boolean((state.selected = value)),
  cmp: (state, value) => readIds(value, COMPARED_MAX, (ids) => (state.compared = ids)),
  near: (state, value) => (ID.test(value) || parsePoint(value) !== null) && Boolean((state.near = value)),
  sort: (state, value) => SORTS.includes(value) && Boolean((state.sort = /** @type {Sort} */ (value))),
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
    ...Object.fromEntries(GROUPS.map((group) => [group, state.filter[group].join(',')])),
    q: state.filter.q,
    sel: state.selected,
    cmp: state.compared.join(','),
    near: state.near,
    sort: state.sort,
    c: state.at && formatPosition(state.at),
    links: state.links === null ? null : state.links ? '1' : '0',
    lang: state.lang,
    mode: state.mode,
  };
  const parts = ORDER.filter((key) => values[key]).map((key) => `${key}=${encode(String(values[key]))}`);
  return parts.length ? `?${parts.join('&')}` : '';
}

/** Says whether the links are drawn: on the first figure unless switched off. @param {State} state */
export const linksShown = (state) => state.links ?? state.view === 'fig1';
