// What somebody passes on or takes away.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fixture, mapReady, phone, query, touch, until } from './harness.mjs';

const f = fixture();
/** @typedef {import('playwright-core').Page} Page */

/** Opens the dialog of downloads, takes a scope and a format, and returns what is saved. @param {Page} page @param {string} scope @param {string} format */
async function saved(page, scope, format) {
  const dialog = page.getByTestId('download-dialog');
  if (!await dialog.isVisible()) await page.locator('.bar [data-act=download]').click();
  await dialog.locator(`input[name=scope][value=${scope}]`).check();
  await dialog.locator(`input[name=format][value=${format}]`).check();
  await dialog.locator('a.button:not([aria-disabled])').waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.locator('a.button').click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8'), said: await dialog.getByRole('status').innerText() };
}

test('download: the selection, what is filtered, all; as GeoJSON and as CSV', async () => {
  const { page, close, shot } = await f.open({ path: '/?sel=P05&ai=smartmfg' });
  await mapReady(page);
  const all = await saved(page, 'all', 'json');
  assert.equal(all.name, 'areas.geojson');
  assert.equal(JSON.parse(all.text).features.length, 14);
  assert.match(all.said, new RegExp(`14 个要素,${Math.ceil(Buffer.byteLength(all.text) / 1024)} KB`));
  await shot('download');
  const filtered = JSON.parse((await saved(page, 'filtered', 'json')).text);
  assert.deepEqual(filtered.features.map((/** @type {{ id: string }} */ { id }) => id), ['P01', 'P11']);
  assert.ok(filtered.features[0].properties.source && filtered.features[0].properties.outline, 'source and quality go along');
  const selection = await saved(page, 'selection', 'csv');
  assert.equal(selection.name, 'P05.csv');
  assert.ok(selection.text.startsWith('\uFEFFid,wkt,'));
  assert.equal(selection.text.trim().split('\r\n').length, 2);
  await close();
});

test('download: a server that fails says so, and the next try works', async () => {
  const { page, close } = await f.open({ expect: /Failed to load resource/ });
  await mapReady(page);
  await page.route(/\/items\?/, (route) => route.fulfill({ status: 503, body: '{}' }));
  await page.locator('.bar [data-act=download]').click();
  await page.getByText('未能取得数据,请检查网络后重试').waitFor();
  assert.equal(await page.getByTestId('download-dialog').locator('a.button').getAttribute('href'), null);
  await page.unroute(/\/items\?/);
  await page.getByTestId('download-dialog').getByRole('button', { name: '重试' }).click();
  assert.equal(JSON.parse((await saved(page, 'all', 'json')).text).features.length, 14);
  await close();
});

test('share: a link, its QR code, and where copying is refused the text selected', async () => {
  for (const lang of /** @type {const} */ (['zh', 'en'])) {
    const { page, close, shot } = await f.open({ path: `/?ai=auto&sel=P05&lang=${lang}`, lang, prepare: (page) => page.addInitScript(() => {
      Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('refused')) } });
    }) });
    await mapReady(page);
    await page.locator('.bar [data-act=share]').click();
    const dialog = page.getByTestId('share-dialog');
    const address = dialog.locator('#share-address');
    assert.equal(await address.inputValue(), page.url());
    const qr = dialog.locator('.qr');
    await until(async () => assert.ok(await qr.evaluate((img) => /** @type {HTMLImageElement} */ (img).naturalWidth > 0)));
    await dialog.getByRole('button', { name: lang === 'zh' ? '复制' : 'Copy' }).click();
    await page.getByText(lang === 'zh' ? '未能复制,已选中文字' : 'Could not copy; text selected').waitFor();
    assert.equal(await address.evaluate((field) => { const { selectionStart, selectionEnd, value } = /** @type {HTMLInputElement} */ (field); return value.slice(Number(selectionStart), Number(selectionEnd)); }), page.url());
    await dialog.locator('input[value=feature]').check();
    assert.match(await address.inputValue(), /\/f\/P05/);
    await shot(`share-${lang}`);
    await close();
  }
});

test('share: the picture of the view, drawn by the server, in the language of the page', async () => {
  const { page, close, shot } = await f.open({ path: '/?theme=ai&ai=smartmfg&sel=P01&lang=en', lang: 'en' });
  await mapReady(page);
  await page.locator('.bar [data-act=share]').click();
  await page.getByRole('tab', { name: 'Image' }).click();
  const preview = page.locator('.preview');
  await until(async () => assert.equal(await preview.evaluate((img) => /** @type {HTMLImageElement} */ (img).naturalWidth), 1200));
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download SVG' }).click()]);
  const svg = await readFile(await download.path(), 'utf8');
  for (const want of ['<title', 'Smart manufacturing', 'Review no.', ' km']) assert.ok(svg.includes(want), want);
  assert.doesNotMatch(svg, /<script|href="http/);
  for (const [format, begins] of [['PNG', '\x89PNG'], ['PDF', '%PDF']]) {
    const link = page.getByRole('link', { name: `Download ${format}` });
    await link.focus();
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    assert.equal(file.suggestedFilename(), `map.${format.toLowerCase()}`);
    assert.ok((await readFile(await file.path(), 'latin1')).startsWith(begins), format);
  }
  await page.locator('#share-size').selectOption('2');
  await until(async () => assert.equal(await preview.evaluate((img) => /** @type {HTMLImageElement} */ (img).naturalHeight), 1350));
  await shot('share-image');
  await close();
});

test('share: the picture of a figure is that figure', async () => {
  const { page, close } = await f.open({ path: '/?v=fig2' });
  await mapReady(page);
  await page.locator('.bar [data-act=share]').click();
  await page.getByRole('tab', { name: '图片' }).click();
  assert.match(await page.locator('.preview').getAttribute('src') ?? '', /^\/map\/fig2\.svg\?/);
  await close();
});

test('phone: sharing, taking away and printing are under the detail, and fit', async () => {
  const { page, close, shot } = await f.open({ ...touch, path: '/?sel=P05' });
  await mapReady(page);
  await page.locator('#handle').tap();
  for (const act of ['share', 'download']) {
    await page.locator(`.detail-acts [data-act=${act}]`).tap();
    const dialog = page.locator('dialog[open]');
    await dialog.waitFor();
    const box = await dialog.boundingBox();
    assert.ok(box && box.x >= 0 && box.x + box.width <= phone.width);
    await shot(`phone-${act}`);
    await dialog.locator('> .close').tap();
  }
  await page.locator('.detail-acts [data-act=print]').tap();
  await page.waitForURL(/\/print/);
  assert.equal(query(page, 'sel'), 'P05');
  await close();
});
