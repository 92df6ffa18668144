// Tiles that are images, on a plain Leaflet page of another site: each area has its colour where it lies.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import test from 'node:test';
import { fixture, out } from './harness.mjs';

const f = fixture();

/** Opens a page with Leaflet and nothing else. */
async function plainPage() {
  const page = await f.browser.newPage({ viewport: { width: 900, height: 700 } });
  const dist = join(import.meta.dirname, '..', '..', 'node_modules', 'leaflet', 'dist');
  const [script, style] = await Promise.all(['leaflet.js', 'leaflet.css'].map((name) => readFile(join(dist, name), 'utf8')));
  await page.setContent(`<style>${style} html, body, #map { margin: 0; height: 100% }</style><div id="map"></div><script>${script}</script>`);
  await page.evaluate(() => {
    window.map = window.L.map('map', { zoomControl: false, fadeAnimation: false, zoomAnimation: false });
  });
  return page;
}

/** Shows tiles round a position and waits until they are there. @param {import('playwright-core').Page} page @param {string} address @param {number} z @param {[number, number]} at latitude, longitude */
const show = (page, address, z, at) => page.evaluate(([url, z, at]) => new Promise((resolve) => {
  window.tiles?.remove();
  window.map.setView(at, z, { animate: false });
  window.tiles = window.L.tileLayer(url, { crossOrigin: true }).on('load', resolve).addTo(window.map);
}), /** @type {any} */ ([f.url + address, z, at]));

/** Returns the colours of the tiles of a page at positions on the screen. @param {import('playwright-core').Page} page @param {[number, number][]} points */
const coloursAt = (page, points) => page.evaluate((points) => points.map(([x, y]) => {
  const tile = [...document.querySelectorAll('.leaflet-tile')].find((t) => {
    const r = t.getBoundingClientRect();
    return x >= r.left && x < r.right && y >= r.top && y < r.bottom;
  });
  if (!tile) return null;
  const box = tile.getBoundingClientRect();
  const canvas = new OffscreenCanvas(tile.naturalWidth, tile.naturalHeight);
  const context = canvas.getContext('2d');
  context.drawImage(tile, 0, 0);
  return [...context.getImageData(Math.floor(x - box.left), Math.floor(y - box.top), 1, 1).data];
}), points);

/** The colour of a fill over land. @param {string} solid @param {string} land @param {number} opacity */
function over(solid, land, opacity) {
  const channel = (/** @type {string} */ c, /** @type {number} */ i) => parseInt(c.slice(1 + 2 * i, 3 + 2 * i), 16);
  return [0, 1, 2].map((i) => channel(solid, i) * opacity + channel(land, i) * (1 - opacity));
}

for (const [i, mode] of ['light', 'dark'].entries()) {
  test(`tiles in ${mode} have the colours of the style at each area's label point`, async () => {
    const tokens = JSON.parse(await readFile(join(import.meta.dirname, '..', '..', 'static', 'src', 'style', 'tokens.json'), 'utf8'));
    const { areas } = await (await fetch(`${f.url}/pack.json`)).json();
    const page = await plainPage();
    assert.equal(areas.length, 14);
    for (const { id, kind, label_point: [lon, lat] } of areas) {
      await show(page, `/tiles/layout/{z}/{x}/{y}.png?mode=${mode}&bg=base`, 13, [lat, lon]);
      const look = tokens.kinds[kind];
      const want = over(look.solid[i], tokens.page.land[i], look.near);
      const seen = await coloursAt(page, [[426, 326], [474, 374], [426, 374], [474, 326]]);
      const close = (/** @type {number[] | null} */ c) => c !== null && [0, 1, 2].every((n) => Math.abs(c[n] - want[n]) <= 3);
      assert.ok(seen.some(close), `${id} is ${JSON.stringify(seen)}, not ${want}`);
      if (id === 'C1') await page.screenshot({ path: join(out, `raster-${mode}.png`) });
    }
    await page.close();
  });
}
