// The style sheets in MapLibre GL, on a page with a strict policy: the areas have the colours of the atlas, and
// names and symbols are drawn from what the server hands out.
import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { chromium } from 'playwright-core';
import { browserArgs, findBrowser } from '../../scripts/browser.mjs';
import { out, startProgram } from './harness.mjs';

const tokens = JSON.parse(await readFile('static/src/style/tokens.json', 'utf8'));
const viewport = { width: 1000, height: 800 };
const styles = ['light', 'dark'].flatMap((mode) => ['zh', 'en'].map((lang) => ({ name: `${mode}-${lang}`, mode, lang })));

/** @type {Awaited<ReturnType<typeof startProgram>>} */ let program;
/** @type {import('playwright-core').Browser} */ let browser;
/** @type {import('playwright-core').Page} */ let desk; // where screenshots are compared
/** @type {{ id: string, kind: string, label_point: number[] }[]} */ let areas;
/** @type {Record<string, { type: string, body: string | Buffer }>} */ let files;

before(async () => {
  await mkdir(out, { recursive: true });
  program = await startProgram();
  browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: [...browserArgs.filter((arg) => arg !== '--disable-gpu'), '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
  desk = await browser.newPage();
  ({ areas } = await (await fetch(`${program.url}/pack.json`)).json());
  assert.equal(areas.length, 14);
  const dist = (/** @type {string} */ name) => readFile(join('node_modules/maplibre-gl/dist', name));
  files = {
    'map.html': {
      type: 'text/html; charset=utf-8',
      body: '<!doctype html><title>map</title><link rel="icon" href="data:,"><link rel="stylesheet" href="maplibre-gl.css"><link rel="stylesheet" href="own.css"><div id="map"></div><script type="module" src="own.mjs"></script>',
    },
    'own.css': { type: 'text/css', body: 'html, body, #map { margin: 0; height: 100% }' },
    'own.mjs': {
      type: 'text/javascript',
      body: "import * as gl from './maplibre-gl.mjs'; gl.setWorkerUrl('/other-site/maplibre-gl-worker.mjs'); window.gl = gl;",
    },
    'maplibre-gl.css': { type: 'text/css', body: await dist('maplibre-gl.css') },
    ...Object.fromEntries(await Promise.all(['maplibre-gl.mjs', 'maplibre-gl-shared.mjs', 'maplibre-gl-worker.mjs'].map(
      async (name) => [name, { type: 'text/javascript', body: await dist(name) }]))),
  };
});

after(async () => {
  await browser?.close();
  await program?.stop();
});

const policy = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:";

/** Opens a map with a style. @param {string} name @param {object} view */
async function open(name, view = {}) {
  const page = await browser.newPage({ viewport });
  /** @type {string[]} */ const errors = [];
  /** @type {string[]} */ const requests = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) errors.push(message.text()); });
  page.on('requestfailed', (request) => errors.push(`failed: ${request.url()}`));
  page.on('response', (response) => {
    requests.push(decodeURIComponent(response.url().slice(program.url.length)));
    if (response.status() >= 400) errors.push(`${response.status()} ${response.url()}`);
  });
  await page.route('**/other-site/*', (route) => {
    const { type, body } = files[new URL(route.request().url()).pathname.split('/')[2]];
    return route.fulfill({ headers: { 'content-type': type, 'content-security-policy': policy }, body });
  });
  await page.goto(`${program.url}/other-site/map.html`);
  await page.waitForFunction(() => 'gl' in window);
  await page.evaluate(async (options) => {
    const { gl } = /** @type {any} */ (window);
    const map = new gl.Map({ container: 'map', localIdeographFontFamily: false, fadeDuration: 0, ...options });
    map.on('error', (/** @type {any} */ event) => console.error(event.error.message));
    Object.assign(window, {
      map,
      show: async (/** @type {string} */ part, /** @type {boolean} */ on) => {
        for (const { id, type } of map.getStyle().layers) {
          if (type === 'symbol' && id.endsWith(part)) map.setLayoutProperty(id, 'visibility', on ? 'visible' : 'none');
        }
        await map.once('idle');
      },
    });
    await map.once('idle');
  }, { style: `${program.url}/styles/layout-${name}.json`, ...view });
  const show = (/** @type {string} */ part, /** @type {boolean} */ on) =>
    page.evaluate(([part, on]) => /** @type {any} */ (window).show(part, on), /** @type {const} */ ([part, on]));
  const close = async () => {
    await page.close();
    assert.deepEqual(errors, [], 'no error in the page');
  };
  return { page, requests, show, close };
}

/** Reads a screenshot. @param {Buffer} shot @returns {Promise<(x: number, y: number) => number[]>} colour at a pixel */
async function pixels(shot) {
  const text = await desk.evaluate(async (data) => {
    const picture = await createImageBitmap(await (await fetch(data)).blob());
    const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(picture.width, picture.height).getContext('2d'));
    pen.drawImage(picture, 0, 0);
    const { data: bytes } = pen.getImageData(0, 0, picture.width, picture.height);
    let text = '';
    for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768));
    return btoa(text);
  }, `data:image/png;base64,${shot.toString('base64')}`);
  const bytes = Buffer.from(text, 'base64');
  return (x, y) => [...bytes.subarray(4 * (y * viewport.width + x), 4 * (y * viewport.width + x) + 3)];
}

const rgb = (/** @type {string} */ hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const far = (/** @type {number[]} */ a, /** @type {number[]} */ b) => Math.max(...a.map((v, i) => Math.abs(v - b[i])));

/** Where positions are on the screen. @param {import('playwright-core').Page} page @param {number[][]} places */
const project = (page, places) => page.evaluate((places) => places.map((place) => {
  const { x, y } = /** @type {any} */ (window).map.project(place);
  return [Math.round(x), Math.round(y)];
}), places);

/** Counts the pixels in a box that differ between two pictures. @param {Function} a @param {Function} b @param {number[]} box */
function differing(a, b, [left, top, right, bottom]) {
  let n = 0;
  for (let y = Math.max(0, top); y < Math.min(bottom, viewport.height); y += 1) {
    for (let x = Math.max(0, left); x < Math.min(right, viewport.width); x += 1) n += far(a(x, y), b(x, y)) > 24 ? 1 : 0;
  }
  return n;
}

for (const { name, mode, lang } of styles) {
  test(`the style ${name} is valid, and shows all areas with their names`, async () => {
    const style = await (await fetch(`${program.url}/styles/layout-${name}.json`)).json();
    assert.deepEqual(validateStyleMin(style).map(({ message }) => message), []);
    const tone = mode === 'dark' ? 1 : 0;
    const land = rgb(tokens.page.land[tone]);
    const { page, requests, show, close } = await open(name);
    const spots = await project(page, areas.map((area) => area.label_point));

    const full = await pixels(await page.screenshot({ path: join(out, `styles-${name}.png`) }));
    await show('names', false);
    const unnamed = await pixels(await page.screenshot());
    await show('discs', false);
    const bare = await pixels(await page.screenshot());
    areas.forEach(({ id, kind }, i) => {
      const [x, y] = spots[i];
      const look = tokens.kinds[kind];
      const solid = rgb(look.solid[tone]);
      const want = solid.map((v, channel) => Math.round(v * look.fill + land[channel] * (1 - look.fill)));
      assert.ok(far(bare(x, y), want) <= 8, `${id} is filled with ${bare(x, y)}, not ${want}`);
      assert.ok(far(unnamed(x - 10, y), solid) <= 40, `the disc of ${id} is ${unnamed(x - 10, y)}, not ${solid}`);
      assert.ok(differing(unnamed, bare, [x - 8, y - 8, x + 8, y + 8]) > 15, `the disc of ${id} has a mark`);
    });
    const named = areas.filter((_, i) => differing(full, unnamed, [spots[i][0] - 110, spots[i][1] - 50, spots[i][0] + 110, spots[i][1] + 50]) > 150);
    assert.ok(named.length >= 13, `names at ${named.map(({ id }) => id)}`);

    const glyphs = requests.filter((path) => path.startsWith('/fonts/'));
    const ideographs = glyphs.filter((path) => Number(/(\d+)-\d+\.pbf/.exec(path)?.[1]) >= 0x4E00);
    assert.ok(lang === 'zh' ? ideographs.length > 20 : glyphs.length > 1, `letters from the server: ${glyphs}`);
    assert.ok(requests.some((path) => path.startsWith(`/sprites/layout-${mode}.png`)), 'symbols from the server');
    await close();
  });
}

test('close up there are places with their names, and names in both languages', async () => {
  const { page, show, close } = await open('light-zh', { center: [104.06, 30.57], zoom: 10.8 });
  const shown = await page.evaluate(() => ['places', 'core-names', 'airports'].map(
    (id) => /** @type {any} */ (window).map.queryRenderedFeatures({ layers: [id] }).length));
  assert.ok(shown[0] >= 6 && shown[1] >= 1 && shown[2] >= 1, `${shown}`);
  const full = await pixels(await page.screenshot({ path: join(out, 'styles-near.png') }));
  await show('places', false);
  const without = await pixels(await page.screenshot());
  assert.ok(differing(full, without, [0, 0, viewport.width, viewport.height]) > 1500, 'names of places are drawn');
  await close();
});

test('on a dense screen the larger sprite is taken', async () => {
  const answer = await fetch(`${program.url}/sprites/layout-light@2x.json`);
  const index = await answer.json();
  assert.ok(Object.values(index).every(({ pixelRatio }) => pixelRatio === 2));
  for (const code of Object.keys(tokens.ai.codes)) assert.ok(Object.keys(index).some((name) => name.startsWith(`ai-${code}-`)), code);
});
