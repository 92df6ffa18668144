// An exported archive on a host of plain files opens in MapLibre, which reads it by byte ranges.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { browserArgs, findBrowser } from '../../scripts/browser.mjs';
import { out, startProgram } from './harness.mjs';
import { serveFiles } from './static-host.mjs';

const run = promisify(execFile);
const colours = { core: [173, 67, 66], zone: [31, 59, 112], park: [168, 123, 30] };
const css = Object.entries(colours).map(([kind, rgb]) => `'${kind}', 'rgb(${rgb})'`).join(', ');

/** The whole client: a page that someone puts beside the archive. Modules come from the host, unbundled. */
const page = `<!doctype html><meta charset="utf-8"><title>archive</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/packages/maplibre-gl/dist/maplibre-gl.css">
<style>html, body, #map { margin: 0; height: 100% }</style><div id="map"></div>
<script type="importmap">{ "imports": {
  "maplibre-gl": "/packages/maplibre-gl/dist/maplibre-gl.mjs",
  "pmtiles": "/packages/pmtiles/dist/esm/index.js",
  "fflate": "/packages/fflate/esm/browser.js" } }</script>
<script type="module">
  import * as maplibre from 'maplibre-gl';
  import { Protocol } from 'pmtiles';
  maplibre.addProtocol('pmtiles', new Protocol().tile);
  window.map = new maplibre.Map({ container: 'map', fadeDuration: 0, attributionControl: false, style: { version: 8,
    sources: { layout: { type: 'vector', url: 'pmtiles://' + location.origin + '/layout.pmtiles' } },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': 'white' } },
      { id: 'areas', type: 'fill', source: 'layout', 'source-layer': 'areas', paint: {
        'fill-antialias': false, 'fill-color': ['match', ['get', 'kind'], ${css}, 'black'] } }] } });
</script>`;

/** @type {Awaited<ReturnType<typeof startProgram>>} */ let program;
/** @type {Awaited<ReturnType<typeof serveFiles>>} */ let host;
/** @type {import('playwright-core').Browser} */ let browser;
/** @type {string} */ let folder;

before(async () => {
  [program, folder] = await Promise.all([startProgram(), mkdtemp(join(tmpdir(), 'parkmap-archive-'))]);
  await run('bin/parkmap', ['tiles', 'export', '--store', program.store, '--out', join(folder, 'layout.pmtiles'), '--zoom', '0-13']);
  await writeFile(join(folder, 'index.html'), page);
  host = await serveFiles({ '/packages/': 'node_modules', '/': folder });
  browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: [...browserArgs.filter((arg) => arg !== '--disable-gpu'), '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
});

after(async () => {
  await browser?.close();
  await host?.stop();
  await program?.stop();
  await rm(folder, { recursive: true });
});

/** The colours of a screenshot at some positions of the map. @param {import('playwright-core').Page} tab @param {string} name @param {number[][]} places */
async function coloursAt(tab, name, places) {
  const shot = await tab.screenshot({ path: join(out, `archive-${name}.png`) });
  return tab.evaluate(async ({ data, at }) => {
    const picture = await createImageBitmap(await (await fetch(data)).blob());
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.drawImage(picture, 0, 0);
    return at.map((/** @type {number[]} */ place) => {
      const { x, y } = /** @type {any} */ (window).map.project(place);
      return [...context.getImageData(Math.round(x), Math.round(y), 1, 1).data.slice(0, 3)];
    });
  }, { data: `data:image/png;base64,${shot.toString('base64')}`, at: places });
}

test('MapLibre draws every area from an archive on a host of plain files', async () => {
  const tab = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  /** @type {string[]} */ const errors = [];
  tab.on('pageerror', (error) => errors.push(error.message));
  tab.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
  await tab.goto(`${host.url}/index.html`);
  await tab.waitForFunction(() => /** @type {any} */ (window).map?.loaded(), null, { timeout: 20_000 });
  const { areas } = await (await fetch(`${program.url}/pack.json`)).json();
  assert.equal(areas.length, 14);
  const views = [[8, [103.94, 30.76]], ...areas.map((/** @type {any} */ area) => [13.4, area.label_point])];
  for (const [zoom, center] of views) {
    await tab.evaluate(async ([zoom, center]) => {
      const { map } = /** @type {any} */ (window);
      const idle = new Promise((resolve) => { map.once('idle', resolve); });
      map.jumpTo({ zoom, center });
      map.triggerRepaint();
      await idle;
    }, [zoom, center]);
    const seen = zoom === 8 ? areas : areas.filter((/** @type {any} */ area) => area.label_point === center);
    const got = await coloursAt(tab, seen.length > 1 ? 'all' : 'one', seen.map((/** @type {any} */ area) => area.label_point));
    seen.forEach((/** @type {any} */ area, /** @type {number} */ i) => {
      const want = colours[/** @type {keyof typeof colours} */ (area.kind)];
      assert.ok(want.every((value, channel) => Math.abs(value - got[i][channel]) <= 3), `${area.id} at zoom ${zoom}: ${got[i]}, not ${want}`);
    });
  }
  assert.deepEqual(errors, [], 'no error in the page');
  await tab.close();
  const read = host.asked.filter(({ path }) => path === '/layout.pmtiles');
  assert.ok(read.length > 2 && read.every(({ status, range }) => status === 206 && range), 'the archive is read by byte ranges only');
  const { size } = await stat(join(folder, 'layout.pmtiles'));
  const bytes = read.reduce((sum, answer) => sum + answer.bytes, 0);
  assert.ok(bytes < size / 2, `${bytes} of ${size} bytes were read`);
});
