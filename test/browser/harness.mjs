// Starts the built program and a browser for the tests in this folder, and watches both: a test ends badly
// when a page logs an error, violates its security policy, or asks another host for anything.
import { spawn } from 'node:child_process';
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { browserArgs, findBrowser } from '../../scripts/browser.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where screenshots go; looked at by people, never compared. */
export const out = join(root, 'test', 'browser', 'out');
/** Where the pictures of the documents are; a run with UPDATE_SCREENSHOTS=1 takes them anew. */
const pictures = join(root, 'docs', 'images');

export const desktop = { width: 1440, height: 900 };
export const tablet = { width: 1100, height: 800 };
export const phone = { width: 390, height: 844 };
export const touch = { viewport: phone, hasTouch: true, isMobile: true };

/** Runs the built program on a free port with a store of its own. @param {string[]} args */
export async function startProgram(...args) {
  const dir = await mkdtemp(join(tmpdir(), 'parkmap-browser-'));
  const store = join(dir, 'parkmap.db');
  const child = spawn(join(root, 'bin', 'parkmap'),
    ['serve', '--listen', '127.0.0.1:0', '--store', store, '--log-level', 'warn', ...args],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const match = /http:\/\/\S+/.exec(text);
      if (match) resolve(match[0]);
    });
    child.on('exit', (code) => reject(new Error(`the program ended with ${code}`)));
  });
  const stop = async () => {
    child.removeAllListeners('exit');
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGTERM');
    assert.equal(await ended, 0, 'the program ends cleanly');
    await rm(dir, { recursive: true });
  };
  return { url, store, stop };
}

/**
 * Gives the tests of a file a running program and a browser. The returned object is filled before the first
 * test. @param {string[]} args arguments of the program
 */
export function fixture(...args) {
  let started = () => {};
  const f = {
    url: '',
    store: '',
    /** Program and browser are there: hooks of one file may run side by side. */
    started: /** @type {Promise<void>} */ (new Promise((resolve) => { started = resolve; })),
    /** @type {import('playwright-core').Browser} */ browser: /** @type {any} */ (undefined),
    open: (/** @type {object} */ options = {}) => open(f, options),
  };
  let stop = async () => {};
  before(async () => {
    await mkdir(out, { recursive: true });
    ({ url: f.url, store: f.store, stop } = await startProgram(...args));
    f.browser = await chromium.launch({
      executablePath: await findBrowser(),
      args: browserArgs,
    });
    started();
  });
  after(async () => {
    await f.browser?.close();
    await stop();
  });
  return f;
}

/**
 * Opens a page in a context of its own. `errors` gathers what must not happen; `close` asserts that it is empty.
 * @param {{url: string, browser: import('playwright-core').Browser}} f
 * @param {{path?: string, lang?: string, expect?: RegExp, prepare?: (page: import('playwright-core').Page) => Promise<void>}
 *   & import('playwright-core').BrowserContextOptions} options expect: what may be logged; prepare runs before the page is loaded
 */
async function open(f, { path = '/', lang = 'zh', expect = /$^/, prepare = async () => {}, ...options }) {
  const context = await f.browser.newContext({
    viewport: desktop, locale: lang === 'zh' ? 'zh-CN' : 'en-GB', reducedMotion: 'reduce', ...options,
  });
  const page = await context.newPage();
  /** @type {string[]} */ const errors = [];
  const note = (/** @type {string} */ text) => { if (!expect.test(text)) errors.push(text); };
  page.on('pageerror', (error) => note(`uncaught: ${error.stack ?? error.message}`));
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) note(message.text()); });
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== f.url && !['data:', 'blob:'].includes(protocol)) note(`request to ${request.url()}`);
  });
  await prepare(page);
  await page.goto(f.url + path);
  const close = async () => {
    await context.close();
    assert.deepEqual(errors, [], 'no error in the page');
  };
  const shot = (/** @type {string} */ name) => page.screenshot({ path: join(out, `${name}.png`) });
  const picture = (/** @type {string} */ name) =>
    page.screenshot({ path: join(process.env.UPDATE_SCREENSHOTS ? pictures : out, `${name}.png`) });
  return { page, context, close, shot, picture };
}

/** Waits until the map has drawn its areas. @param {import('playwright-core').Page} page */
export async function mapReady(page) {
  await page.getByTestId('map').locator('[data-testid^="feature-"]').first().waitFor();
}

/** A value of the address's query. @param {import('playwright-core').Page} page @param {string} key */
export const query = (page, key) => new URL(page.url()).searchParams.get(key);

/** The ids behind a prefix of test ids, in the order of the document. @param {import('playwright-core').Page} page @param {'item' | 'feature'} prefix */
export const idsOf = (page, prefix) => page.locator(`[data-testid^="${prefix}-"]`).evaluateAll(
  (items, length) => items.map((item) => (item.getAttribute('data-testid') ?? '').slice(length)), prefix.length + 1);

/** Where a disc stands on the screen, in whole pixels. @param {import('playwright-core').Page} page @param {string} id */
export async function discAt(page, id) {
  const box = await page.getByTestId(`feature-${id}`).boundingBox();
  assert.ok(box, `${id} is on the map`);
  return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
}

/** Says whether a disc can be seen and touched: nothing covers its middle. @param {import('playwright-core').Page} page @param {string} id */
export async function isFree(page, id) {
  const at = await discAt(page, id);
  return page.evaluate(({ x, y, want }) =>
    document.elementFromPoint(x, y)?.closest('[data-testid]')?.getAttribute('data-testid') === want, { ...at, want: `feature-${id}` });
}

/** How long a check may take to hold, in milliseconds: on a busy machine a worker is in no hurry. */
const PATIENCE = 15_000;

/** Waits until a check holds; its last failure is the test's. @param {() => unknown} check */
export async function until(check) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
