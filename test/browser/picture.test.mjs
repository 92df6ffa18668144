// The pictures that the server draws, next to the page: the same colours, the same order, the same words.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { discAt, fixture, mapReady } from './harness.mjs';

const f = fixture();
const tokens = JSON.parse(await readFile('static/src/style/tokens.json', 'utf8'));

/** @typedef {{ id: string, kind: string, name_zh: string, short_zh?: string }} Area */

const rgb = (/** @type {string} */ hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const mixed = (/** @type {number[]} */ over, /** @type {number[]} */ under, /** @type {number} */ opacity) => over.map((v, i) => v * opacity + under[i] * (1 - opacity));

/**
 * Counts the pixels of a colour near a point of a picture, for many points at once.
 * @param {import('playwright-core').Page} desk @param {string} source address of the picture
 * @param {{ x: number, y: number, reach: number, colour: number[] }[]} looks
 * @returns {Promise<number[]>}
 */
const counted = (desk, source, looks) => desk.evaluate(async ({ source, looks }) => {
  const picture = await createImageBitmap(await (await fetch(source)).blob());
  const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(picture.width, picture.height).getContext('2d'));
  pen.drawImage(picture, 0, 0);
  return looks.map(({ x, y, reach, colour }) => {
    const { data } = pen.getImageData(x - reach, y - reach, 2 * reach, 2 * reach);
    let n = 0;
    for (let i = 0; i < data.length; i += 4) if (colour.every((v, c) => Math.abs(v - data[i + c]) <= 4)) n++;
    return n;
  });
}, { source, looks });

/** What the disc and the surface of an area look like: their colours, and where to look. @param {Area} area @param {{ x: number, y: number }} at */
function looksOf({ kind }, at) {
  const { solid, fill } = tokens.kinds[kind];
  const land = rgb(tokens.page.land[0]);
  return [
    { ...at, reach: 15, colour: rgb(solid[0]) },
    { ...at, reach: 30, colour: mixed(rgb(solid[0]), land, fill) },
  ];
}

test('figure 1 of the server is figure 1 of the page', async () => {
  const { page, close, shot } = await f.open({ path: '/?v=fig1&mode=light' });
  await mapReady(page);
  const /** @type {Area[]} */ areas = (await (await fetch(`${f.url}/pack.json`)).json()).areas;
  const desk = await page.context().newPage();
  await desk.goto(`${f.url}/map/fig1.svg?width=1400&height=1000&lang=zh`);

  // Where the discs are in the drawing, and what is said in which order.
  const drawn = await desk.evaluate(() => {
    const words = (/** @type {string} */ layer) => [...document.querySelectorAll(`[data-layer="${layer}"] text`)].map((text) => text.textContent ?? '');
    const discs = Object.fromEntries([...document.querySelectorAll('[data-layer="names"] circle[data-id], [data-layer="names"] rect[data-id]')].map((disc) => {
      const box = disc.getBoundingClientRect();
      return [disc.getAttribute('data-id'), { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) }];
    }));
    return { discs, legend: words('legend'), names: words('names').join('') };
  });
  await page.bringToFront();
  await shot('picture-page');

  const places = { page: /** @type {any[]} */ ([]), server: /** @type {any[]} */ ([]) };
  for (const area of areas) {
    places.page.push(...looksOf(area, await discAt(page, area.id)));
    assert.ok(drawn.discs[area.id], `${area.id} is drawn`);
    places.server.push(...looksOf(area, drawn.discs[area.id]));
  }
  const screen = `data:image/png;base64,${(await page.screenshot()).toString('base64')}`;
  const sheet = await f.browser.newPage();
  const picture = Buffer.from(await (await fetch(`${f.url}/map/fig1.png?width=1400&height=1000&lang=zh`)).arrayBuffer());
  const onPage = await counted(sheet, screen, places.page);
  const onServer = await counted(sheet, `data:image/png;base64,${picture.toString('base64')}`, places.server);
  areas.forEach(({ id }, i) => {
    for (const [part, n] of [['disc', 2 * i], ['surface', 2 * i + 1]]) {
      assert.ok(onPage[n] > 8, `the ${part} of ${id} has its colour on the page: ${onPage[n]} pixels`);
      assert.ok(onServer[n] > 8, `the ${part} of ${id} has its colour in the picture: ${onServer[n]} pixels`);
    }
  });

  // The index goes through the areas as the list does, and the legend has the words of the page.
  const listed = await page.locator('#items li').evaluateAll((items) => items.map((item) => item.getAttribute('data-id')));
  assert.deepEqual(listed, areas.map(({ id }) => id));
  const index = drawn.legend.slice(drawn.legend.indexOf('索引')).join('');
  let at = -1;
  for (const { id, short_zh: short, name_zh: name } of areas) {
    const next = index.indexOf((short || name).slice(0, 6), at + 1);
    assert.ok(next > at, `${id} has its place in the index: ${index}`);
    at = next;
  }
  const rows = page.getByTestId('legend').locator('h3, li');
  const said = (await rows.allTextContents()).map((row) => row.replace(/\d+$/, ''));
  assert.ok(said.length >= 5, `legend ${said}`);
  const spoken = said.map((word) => drawn.legend.indexOf(word));
  assert.deepEqual(spoken, [...spoken].sort((a, b) => a - b), `${said} in the order of ${drawn.legend}`);
  assert.ok(!spoken.includes(-1), `${said} in ${drawn.legend}`);
  for (const { id, short_zh: short, name_zh: name } of areas) {
    const shown = (await page.locator('#map').textContent() ?? '').replace(/\s/g, '').includes((short || name).replace(/\s/g, ''));
    if (shown) assert.ok(drawn.names.includes(short || name), `the name of ${id} is in the picture as it is on the page`);
  }
  await sheet.close();
  await desk.close();
  await close();
});
