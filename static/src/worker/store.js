/**
 * What the worker keeps: the files of its bundle, the map page and the sheet in both languages, the data of the
 * map, and the pages that were visited last. One cache belongs to one version of the program, so what it holds
 * fits together; another version has another cache.
 * @module worker/store
 */
import { LANGS, PACK, apologyOf, assetsIn, keeping, sheetOf, shellOf } from './routes.js';

const PREFIX = 'parkmap-';
/** Visited pages that are kept, and the longest of them. */
const MAX_PAGES = 60;
const MAX_PAGE_BYTES = 1 << 20;
/** The largest data that are kept. */
const MAX_PACK_BYTES = 32 << 20;

const VERSION = 'X-Layout-Version';

/** Says where an answer that the network did not give came from. */
export const ORIGIN = 'X-Kept';

/** @param {Response} response */
const versionOf = (response) => response.headers.get(VERSION);

/** A copy of an answer whose body has been read. @param {Response} response @param {string} body @param {Record<string, string>} [more] headers */
export function copyOf(response, body, more = {}) {
  const headers = new Headers(response.headers);
  for (const name of ['Content-Encoding', 'Content-Length']) headers.delete(name);
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
  return new Response(body, { status: response.status, headers });
}

/** Whether an answer is for everybody: what only those who are signed in see is not kept. @param {Response} response */
const isPublic = (response) => !/no-store/.test(response.headers.get('Cache-Control') ?? '');

/** Fetches what must be there, past the caches of the browser only where the server says that it is old. @param {string} path */
async function fetchGood(path) {
  const response = await fetch(path, { headers: { Accept: path.includes('?') ? 'text/html' : '*/*' } });
  if (!response.ok || response.redirected || !isPublic(response)) throw new Error(`${path}: ${response.status}`);
  return response;
}

/**
 * @param {{ build: string, assets: string[] }} program its files are addresses such as /assets/main-X.js
 */
export function createStore({ build, assets }) {
  const name = PREFIX + build;
  const own = new Set(assets);
  const open = () => caches.open(name);
  const permanent = new Set([...assets, PACK, ...LANGS.flatMap((lang) => [shellOf(lang), apologyOf(lang), sheetOf(lang)])]);

  /** @param {string} key @returns {Promise<Response | undefined>} undefined also where the browser keeps nothing */
  const match = async (key) => {
    try {
      return await (await open()).match(key, { ignoreVary: true });
    } catch {
      return undefined;
    }
  };

  /** Keeps a page, unless it is of another version of the program. @param {Cache} cache @param {string} key @param {Response} response @param {number} [limit] */
  async function putPage(cache, key, response, limit = Infinity) {
    const html = await response.text();
    if (!assetsIn(html).every((asset) => own.has(asset))) throw new Error(`${key} is of another version`);
    if (html.length > limit) return;
    await cache.delete(key); // the newest is the last, so the oldest goes first
    await cache.put(key, copyOf(response, html));
  }

  /** Fetches what every visit needs, in both languages. @param {Cache} cache */
  async function fillPages(cache) {
    for (const lang of LANGS) {
      for (const key of [shellOf(lang), apologyOf(lang)]) await putPage(cache, key, await fetchGood(key));
      await fetchGood(sheetOf(lang)).then((sheet) => putPage(cache, sheetOf(lang), sheet, MAX_PAGE_BYTES)).catch(() => {});
    }
  }

  /** Forgets the pages that were visited longest ago; all of them when `all` says so. @param {Cache} cache @param {boolean} [all] */
  async function trim(cache, all = false) {
    const visited = (await cache.keys()).filter(({ url }) => {
      const { pathname, search } = new URL(url);
      return !permanent.has(pathname + search);
    });
    const surplus = all ? visited : visited.slice(0, Math.max(0, visited.length - MAX_PAGES));
    await Promise.all(surplus.map((request) => cache.delete(request)));
  }

  return {
    match,
    /** Whether all of these files are of this version. @param {string[]} files */
    owns: (files) => files.every((file) => own.has(file)),

    /** Fetches all that the page needs without network; fails as a whole. */
    async fill() {
      const cache = await open();
      await Promise.all(assets.map(async (path) => cache.put(path, await fetchGood(path))));
      await fillPages(cache);
      const pack = await fetchGood(PACK);
      const body = await pack.text();
      JSON.parse(body);
      await cache.put(PACK, copyOf(pack, body));
    },

    /** Forgets what other versions of the program have kept. */
    async dropOthers() {
      const others = (await caches.keys()).filter((key) => key.startsWith(PREFIX) && key !== name);
      await Promise.all(others.map((key) => caches.delete(key)));
    },

    /**
     * Keeps the data. A newer layout has other pages too: those that every visit needs are fetched again, the
     * others are forgotten. @param {Response} response @param {string} body
     */
    async keepPack(response, body) {
      if (body.length > MAX_PACK_BYTES || !isPublic(response)) return;
      const cache = await open();
      await cache.put(PACK, copyOf(response, body));
      const shells = await Promise.all(LANGS.map((lang) => match(shellOf(lang))));
      if (shells.every((shell) => shell && versionOf(shell) === versionOf(response))) return;
      await trim(cache, true);
      await fillPages(cache);
    },

    /** Keeps a page that was visited. @param {URL} url @param {Response} response */
    async keepPage(url, response) {
      const key = keeping(url, response.headers.get('Content-Language') ?? '');
      if (!key || !response.ok || response.redirected || !isPublic(response)) return;
      const copy = response.clone(); // before the browser reads the answer
      const cache = await open();
      await putPage(cache, key, copy, permanent.has(key) ? Infinity : MAX_PAGE_BYTES);
      await trim(cache);
    },
  };
}
