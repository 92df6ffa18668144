/**
 * The service worker: the second visit works without network. Files of the bundle come from the cache, pages
 * and data from the network and, where that fails or takes long, from the cache. Only answers that are whole
 * and good are kept. The server puts `self.parkmap`, which version of the program this is, before this script.
 * @module worker
 */
import { PACK, apologyOf, languageOf, onMap, standIns } from './routes.js';
import { ORIGIN, copyOf, createStore } from './store.js';

/** How long the network may take before what is kept is shown. */
const PAGE_MS = 3000;
const PACK_MS = 5000;
/** Answers of servers on the way that stand for a server that is not there. */
const GATEWAY = [502, 503, 504];

const worker = /** @type {ServiceWorkerGlobalScope & { parkmap: { build: string, assets: string[] } }} */ (/** @type {unknown} */ (self));
const store = createStore(worker.parkmap);

/** @template T @param {number} ms @param {T} value @returns {Promise<T>} */
const after = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));

/** @param {string} path */
async function asset(path) {
  return (await store.match(path)) ?? fetch(path);
}

/**
 * Fetches the data and keeps them when they are whole. @param {Request} request
 * @returns {Promise<{ response: Response, keep: () => Promise<void> } | null>} null when they did not arrive whole
 */
async function freshPack(request) {
  try {
    const response = await fetch(request);
    if (!response.ok) return null;
    const body = await response.text();
    JSON.parse(body);
    return { response: copyOf(response, body), keep: () => store.keepPack(response, body) };
  } catch {
    return null;
  }
}

/** @param {FetchEvent} event */
async function pack(event) {
  const kept = await store.match(PACK);
  if (!kept) return fetch(event.request);
  const arriving = freshPack(event.request);
  event.waitUntil(arriving.then((fresh) => fresh?.keep()).catch(() => {}));
  const fresh = await Promise.race([arriving, after(PACK_MS, undefined)]);
  if (fresh) return fresh.response;
  if (fresh === undefined) event.waitUntil(arriving.then((late) => late && tell(event.clientId, late.response)));
  return copyOf(kept, await kept.text(), { [ORIGIN]: fresh === undefined ? 'slow' : 'offline' });
}

/** Tells a page which version of the layout came after it had given up waiting. @param {string} id @param {Response} response */
async function tell(id, response) {
  const client = await worker.clients.get(id);
  client?.postMessage({ layout: Number(response.headers.get('X-Layout-Version')) });
}

/**
 * The network's answer to a navigation, when it is whole and in time, given that something else may be shown.
 * @param {Promise<Response>} arriving
 */
async function timely(arriving) {
  const whole = arriving.then(async (response) => (response.ok ? copyOf(response, await response.text()) : response));
  const response = await Promise.race([whole, after(PAGE_MS, null)]);
  return response && GATEWAY.includes(response.status) ? null : response;
}

/** @param {FetchEvent} event @param {URL} url */
async function page(event, url) {
  const lang = languageOf(url, navigator.languages);
  const arriving = fetch(event.request);
  event.waitUntil(arriving.then((response) => store.keepPage(url, response)).catch(() => {}));
  const kept = await standIn(url, lang);
  const response = await (kept ? timely(arriving) : arriving).catch(() => null);
  return response ?? kept ?? (await elsewhere(url).catch(() => undefined)) ?? (await store.match(apologyOf(lang))) ?? Response.error();
}

/** The first that is kept of what may stand for a page. @param {URL} url @param {import('./routes.js').Lang} lang */
async function standIn(url, lang) {
  for (const key of standIns(url, lang)) {
    const kept = await store.match(key);
    if (kept) return kept;
  }
  return undefined;
}

/** The way to the map for a feature that it shows and whose page is not kept. @param {URL} url */
async function elsewhere(url) {
  const [, name] = /^\/f\/([^/]+)$/.exec(url.pathname) ?? [];
  const kept = name && (await store.match(PACK));
  if (!kept) return undefined;
  const { areas = [], places = [] } = await kept.json();
  const wanted = decodeURIComponent(name);
  const found = [...areas, ...places].find(({ id, slug }) => id === wanted || slug === wanted);
  return found && Response.redirect(onMap(url, found.id), 302);
}

worker.addEventListener('install', (event) => event.waitUntil(store.fill()));
worker.addEventListener('activate', (event) => event.waitUntil(store.dropOthers()));

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(page(event, url));
  else if (url.pathname === PACK) event.respondWith(pack(event));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(url.pathname));
});

/** A page asks a worker that waits to take over: at once when the page is of the same version, else when it insists. */
worker.addEventListener('message', (event) => {
  const { files, insist } = event.data ?? {};
  const same = Array.isArray(files) && store.owns(files);
  event.ports[0]?.postMessage({ same });
  if (same || insist) event.waitUntil(worker.skipWaiting());
});
