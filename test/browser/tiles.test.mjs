// The tiles in the maps that others use: each area is where it belongs, in the colour of its kind.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { VectorTile } from '@mapbox/vector-tile';
import * as esbuild from 'esbuild';
import { PbfReader } from 'pbf';
import { chromium } from 'playwright-core';
import { browserArgs, findBrowser } from '../../scripts/browser.mjs';
import { out, startProgram } from './harness.mjs';

const { kinds } = JSON.parse(await readFile('static/src/style/tokens.json', 'utf8'));
/** @type {Record<string, string>} */
const colours = Object.fromEntries(Object.entries(kinds).map(([kind, { solid: [light] }]) => [kind, light]));
const middle = [103.94, 30.76];

/** @type {Awaited<ReturnType<typeof startProgram>>} */ let program;
/** @type {import('playwright-core').Browser} */ let browser;
/** @type {esbuild.BuildContext} */ let pages;
/** @type {string} */ let folder;
/** @type {string} */ let host;
/** @type {{ id: string, kind: string, label_point: number[] }[]} */ let areas;

/** @param {string} name */
const html = (name) => `<!doctype html><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,">
<style>html, body, #map { margin: 0; height: 100%; background: white }</style><link rel="stylesheet" href="/${name}.css"><div id="map"></div>
<script type="importmap">{ "imports": { "maplibre-gl": "/maplibre/maplibre-gl.mjs" } }</script><script type="module" src="/${name}.js"></script>`;

const clients = ['maplibre', 'openlayers', 'leaflet'];
const sheets = { maplibre: 'maplibre-gl/dist/maplibre-gl.css', openlayers: 'ol/ol.css', leaflet: 'leaflet/dist/leaflet.css' };

before(async () => {
  [program, folder] = await Promise.all([startProgram(), mkdtemp(join(tmpdir(), 'parkmap-maps-'))]);
  await symlink(resolve('node_modules/maplibre-gl/dist'), join(folder, 'maplibre'));
  for (const name of clients) {
    await writeFile(join(folder, `${name}.html`), html(name));
    await writeFile(join(folder, `${name}.css`), await readFile(join('node_modules', sheets[/** @type {keyof typeof sheets} */ (name)])));
  }
  pages = await esbuild.context({
    entryPoints: clients.map((name) => `test/browser/maps/${name}.js`), outdir: folder, bundle: true, format: 'esm',
    external: ['maplibre-gl'], logLevel: 'warning', loader: { '.png': 'dataurl' },
  });
  const served = await pages.serve({ host: '127.0.0.1', servedir: folder });
  host = `http://127.0.0.1:${served.port}`;
  browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: [...browserArgs.filter((arg) => arg !== '--disable-gpu'), '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
  ({ areas } = await (await fetch(`${program.url}/pack.json`)).json());
  assert.equal(areas.length, 14);
});

after(async () => {
  await browser?.close();
  await pages?.dispose();
  await program?.stop();
  await rm(folder, { recursive: true });
});

/** Opens a client on tiles. @param {string} client @param {{ path: string, center: number[], zoom: number, baidu?: boolean }} options */
async function open(client, { path, ...view }) {
  const page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
  /** @type {string[]} */ const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
  page.on('response', (response) => { if (response.status() >= 400) errors.push(`${response.status()} ${response.url()}`); });
  const hash = encodeURIComponent(JSON.stringify({ tiles: program.url + path, colours, ...view }));
  await page.goto(`${host}/${client}.html#${hash}`);
  await page.waitForFunction(() => 'client' in window);
  return {
    page,
    close: async () => {
      await page.close();
      assert.deepEqual(errors, [], 'no error in the page');
    },
  };
}

/** The colours of a screenshot at positions. @param {import('playwright-core').Page} page @param {string} name @param {number[][]} places @returns {Promise<number[][]>} */
async function coloursAt(page, name, places) {
  const shot = await page.screenshot({ path: join(out, `tiles-${name}.png`) });
  return page.evaluate(async ({ data, at }) => {
    const picture = await createImageBitmap(await (await fetch(data)).blob());
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
    pen.drawImage(picture, 0, 0);
    return at.map((/** @type {number[]} */ place) => {
      const [x, y] = /** @type {any} */ (window).client.pixel(place);
      return [...pen.getImageData(Math.round(x), Math.round(y), 1, 1).data.slice(0, 3)];
    });
  }, { data: `data:image/png;base64,${shot.toString('base64')}`, at: places });
}

/**
 * Looks at all areas at once, then at each from nearby.
 * @param {import('playwright-core').Page} page @param {string} name
 * @param {{ center: number[], zoom: number }} view @param {(id: string) => number[]} where the label of an area stands
 */
async function lookAtAll(page, name, view, where) {
  const near = areas.map((area) => ({ ...view, center: where(area.id), zoom: view.zoom + 4, seen: [area] }));
  for (const { center, zoom, seen } of [{ ...view, seen: areas }, ...near]) {
    await page.evaluate(([center, zoom]) => /** @type {any} */ (window).client.move(center, zoom), [center, zoom]);
    const got = await coloursAt(page, seen.length > 1 ? name : `${name}-near`, seen.map(({ id }) => where(id)));
    seen.forEach(({ id, kind }, i) => {
      const want = [1, 3, 5].map((at) => parseInt(colours[kind].slice(at, at + 2), 16));
      assert.ok(want.every((value, channel) => Math.abs(value - got[i][channel]) <= 3), `${id} at zoom ${zoom}: ${got[i]}, not ${want}`);
    });
    const ids = await page.evaluate((places) => /** @type {any} */ (window).client.ids(places), seen.map(({ id }) => where(id)));
    for (const { id } of seen) assert.ok(ids.includes(id), `${id} is found by its position: ${ids}`);
  }
}

/** Where the labels stand in WGS 84. @param {string} id */
const labelOf = (id) => /** @type {{ label_point: number[] }} */ (areas.find((area) => area.id === id)).label_point;

for (const client of clients) {
  test(`${client} shows each area in the colour of its kind`, async () => {
    const { page, close } = await open(client, { path: '/tiles/layout', center: middle, zoom: 8 });
    await lookAtAll(page, client, { center: middle, zoom: 8 }, labelOf);
    await close();
  });
}

/** Reads where the labels stand on a grid. @param {string} datum @param {number} z @param {number[][]} ids columns and rows */
async function labelsOn(datum, z, ids) {
  /** @type {Record<string, number[]>} */ const labels = {};
  for (const [x, y] of ids) {
    const answer = await fetch(`${program.url}/tiles/areas/${datum}/${z}/${x}/${y}.mvt`);
    if (answer.status === 204) continue;
    const layer = new VectorTile(new PbfReader(await answer.arrayBuffer())).layers.areas_label;
    for (let i = 0; i < (layer?.length ?? 0); i += 1) {
      const feature = layer.feature(i);
      const [[{ x: px, y: py }]] = feature.loadGeometry();
      labels[String(feature.properties.id)] = [x + px / layer.extent, y, py / layer.extent];
    }
  }
  assert.equal(Object.keys(labels).length, 14);
  return labels;
}

/** @param {number} from @param {number} to */
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

test('Leaflet shows the tiles of GCJ-02', async () => {
  const z = 9;
  const labels = await labelsOn('gcj02', z, range(401, 405).flatMap((x) => range(208, 212).map((y) => [x, y])));
  /** @param {string} id */
  const where = (id) => {
    const [x, y, down] = labels[id];
    return [(x / 2 ** z) * 360 - 180, (Math.atan(Math.sinh(Math.PI * (1 - (2 * (y + down)) / 2 ** z))) * 180) / Math.PI];
  };
  for (const { id, label_point: [lon, lat] } of areas) {
    const east = (where(id)[0] - lon) * 96_000;
    const north = (where(id)[1] - lat) * 111_000;
    assert.ok(Math.abs(east - 235) < 80 && Math.abs(north + 265) < 80, `${id} is shifted by ${east.toFixed()} and ${north.toFixed()} m`);
  }
  const { page, close } = await open('leaflet', { path: '/tiles/layout/gcj02', center: middle, zoom: 8 });
  await lookAtAll(page, 'leaflet-gcj02', { center: middle, zoom: 8 }, where);
  await close();
});

test('Leaflet shows the tiles on the grid of Baidu, whose rows count up', async () => {
  const z = 9;
  const labels = await labelsOn('bd09', z, range(85, 90).flatMap((x) => range(24, 29).map((y) => [x, y])));
  const metres = 256 * 2 ** (18 - z);
  /** @param {string} id */
  const where = (id) => [labels[id][0] * metres, (labels[id][1] + 1 - labels[id][2]) * metres];
  const center = [11_573_000, 3_580_000];
  const { page, close } = await open('leaflet', { path: '/tiles/layout/bd09', center, zoom: 8, baidu: true });
  await lookAtAll(page, 'leaflet-bd09', { center, zoom: 8 }, where);
  await close();
});
