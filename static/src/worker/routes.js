/**
 * What the worker does with a request, decided from its address alone, and the key that an answer is kept
 * under. It knows no cache and no network.
 * @module worker/routes
 */

/** @typedef {'zh' | 'en'} Lang */

/** @type {Lang[]} */
export const LANGS = ['zh', 'en'];

export const PACK = '/pack.json';

/** Parameters that are part of no key: the language stands apart in it, the appearance is a matter of the page. */
const APART = ['lang', 'mode'];

/**
 * The language in which the server would answer: the one that the address names or, of those that the browser
 * asks for, the first that there is; English where it asks for others only, Chinese where it asks for none.
 * @param {URL} url
 * @param {readonly string[]} asked such as zh-CN
 * @returns {Lang}
 */
export function languageOf(url, asked) {
  const named = url.searchParams.get('lang');
  if (named === 'zh' || named === 'en') return named;
  for (const tag of asked) {
    const base = tag.toLowerCase().split('-')[0];
    if (base === 'zh' || base === 'en') return base;
  }
  return asked.length ? 'en' : 'zh';
}

/** Pages that are kept when they have been visited; documents for paper and pictures of features are no pages. @param {string} path */
const isKept = (path) => (/^\/f\/[^/]+$/.test(path) && !/\.(pdf|svg|png|webp)$/.test(path)) || ['/compare', '/print', '/about'].includes(path);

/** The key of a page in a language: its path and what of its query is no matter of language or appearance. @param {URL} url @param {string} lang */
export function keyOf(url, lang) {
  const kept = [...url.searchParams].filter(([name]) => !APART.includes(name));
  kept.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  return `${url.pathname}?${new URLSearchParams([...kept, ['lang', lang]])}`;
}

/** The map page of a language: the same one whatever is shown on it. @param {string} lang */
export const shellOf = (lang) => `/?lang=${lang}`;

/** The page that says what is missing. @param {string} lang */
export const apologyOf = (lang) => `/offline?lang=${lang}`;

/** The sheet of the whole layout. @param {string} lang */
export const sheetOf = (lang) => `/print?lang=${lang}`;

/**
 * What stands for a page without network, best first.
 * @param {URL} url
 * @param {Lang} lang
 * @returns {string[]} keys
 */
export function standIns(url, lang) {
  if (url.pathname === '/') return [shellOf(lang)];
  const keys = isKept(url.pathname) ? [keyOf(url, lang)] : [];
  return url.pathname === '/print' ? [...keys, sheetOf(lang)] : keys;
}

/**
 * The key that an answer to a navigation is kept under; null when it is not kept. The map page is kept as the
 * server writes it for everyone, without a state of the map.
 * @param {URL} url
 * @param {string} lang of the answer
 */
export function keeping(url, lang) {
  if (url.pathname === '/') return [...url.searchParams.keys()].every((name) => name === 'lang') ? shellOf(lang) : null;
  return isKept(url.pathname) ? keyOf(url, lang) : null;
}

/**
 * Where the map shows a feature whose own page is not at hand: with the language and appearance that were asked for.
 * @param {URL} url of the page
 * @param {string} id
 */
export function onMap(url, id) {
  const kept = [...url.searchParams].filter(([name]) => APART.includes(name));
  return `/?${new URLSearchParams([['sel', id], ...kept])}`;
}

/** The files of the bundle that a page names. @param {string} html */
export const assetsIn = (html) => [...new Set(html.match(/\/assets\/[\w.-]+/g) ?? [])];
