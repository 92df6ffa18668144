// What a reader does on the map itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { discAt, fixture, idsOf, isFree, mapReady, query, until } from './harness.mjs';

const f = fixture();

/** The areas that the map shows as live. @param {import('playwright-core').Page} page */
const lit = (page) => page.locator('[data-testid^="feature-"]:not([disabled])').evaluateAll(
  (items) => items.map((item) => (item.getAttribute('data-testid') ?? '').slice('feature-'.length)).sort());

test('list and map agree', async () => {
  const { page, close } = await f.open();
  await mapReady(page);
  assert.deepEqual((await idsOf(page, 'item')).sort(), (await idsOf(page, 'feature')).sort());
  for (const id of ['P03', 'Z1']) {
    await page.getByTestId(`item-${id}`).locator('a').click();
    for (const where of ['#items', '#map']) {
      const current = page.locator(`${where} [aria-current=true]`);
      assert.equal(await current.count(), 1, `one is marked in ${where}`);
      const marked = await current.evaluate((element) => element.closest('[data-testid]')?.getAttribute('data-testid'));
      assert.equal(marked, `${where === '#items' ? 'item' : 'feature'}-${id}`);
    }
    await until(async () => assert.ok(await isFree(page, id), `${id} can be seen`));
  }
  await close();
});

test('a row of the legend lights what it stands for', async () => {
  const { page, close, shot } = await f.open({ path: '/?theme=ai' });
  await mapReady(page);
  const row = page.locator('[data-light=unstated]');
  await row.hover();
  assert.deepEqual(await lit(page), ['P02', 'P04', 'P12']);
  await row.click();
  await page.mouse.move(10, 10);
  assert.deepEqual(await lit(page), ['P02', 'P04', 'P12'], 'a click keeps it lit');
  await shot('legend-lit');
  await row.click();
  await page.mouse.move(10, 10);
  assert.equal((await lit(page)).length, 14);
  await close();
});

test('links are switched in the legend', async () => {
  const { page, close } = await f.open();
  await mapReady(page);
  const note = page.locator('.pm-note');
  assert.ok(await note.isHidden());
  await page.locator('#legend-links').check();
  assert.equal(query(page, 'links'), '1');
  assert.match(await note.innerText(), /示意联系,非线路/);
  await page.locator('#legend-links').uncheck();
  assert.equal(query(page, 'links'), null);
  await close();
});

test('keys on the map: figures, links, the whole city', async () => {
  const { page, close } = await f.open();
  await mapReady(page);
  await page.getByTestId('map').focus();
  for (const n of [1, 2, 3]) {
    await page.keyboard.press(String(n));
    assert.equal(query(page, 'v'), `fig${n}`);
    assert.equal(await page.getByTestId(`figure-${n}`).getAttribute('aria-pressed'), 'true');
  }
  await page.keyboard.press('l');
  assert.equal(query(page, 'links'), '1');
  const near = await discAt(page, 'C1');
  await page.keyboard.press('0');
  await until(async () => assert.notDeepEqual(await discAt(page, 'C1'), near));
  for (const id of ['P09', 'P12', 'C1']) assert.ok(await isFree(page, id), `${id} is in the whole city`);
  await close();
});

test('the whole layout: figure, caption and position leave the address, and a link shows the same', async () => {
  for (const path of ['/?v=fig2', '/?c=30.6,104.1,12', '/?v=fig3&c=30.4,104.1,11']) {
    const { page, close } = await f.open({ path });
    await mapReady(page);
    if (path.includes('c=')) await page.locator('.pm-button.is-whole').click();
    else {
      await page.getByTestId('map').focus();
      await page.keyboard.press('0');
    }
    await until(async () => assert.ok(await isFree(page, 'P09')));
    await page.waitForTimeout(500);
    assert.deepEqual([query(page, 'v'), query(page, 'c')], [null, null], path);
    assert.ok(await page.locator('.caption').isHidden());
    assert.equal(await page.locator('[data-view][aria-pressed=true]').count(), 0);
    const seen = await discAt(page, 'P05');
    await page.reload();
    await mapReady(page);
    await until(async () => assert.deepEqual(await discAt(page, 'P05'), seen));
    await close();
  }
});

test('the whole layout beside a selection: the link says where the map stands', async () => {
  const { page, close } = await f.open({ path: '/?sel=P05' });
  await mapReady(page);
  await page.getByTestId('map').focus();
  await page.keyboard.press('0');
  await until(() => assert.ok(query(page, 'c')));
  await page.waitForTimeout(500);
  const seen = await discAt(page, 'P09');
  await page.reload();
  await mapReady(page);
  await until(async () => {
    const again = await discAt(page, 'P09');
    assert.ok(Math.hypot(again.x - seen.x, again.y - seen.y) <= 2);
  });
  await close();
});

test('the legend explains the places and icons that are drawn, and no others', async () => {
  const { page, close, shot } = await f.open();
  await mapReady(page);
  const legend = page.getByTestId('legend');
  assert.doesNotMatch(await legend.innerText(), /载体|AI\+ 方向/);
  await page.getByTestId('figure-2').click();
  await until(async () => assert.match(await legend.innerText(), /专业园区/));
  await until(async () => assert.match(await legend.innerText(), /AI\+ 方向/));
  const core = await legend.innerText();
  for (const want of [/载体/, /科创空间/, /大数据/, /医疗/]) assert.match(core, want);
  assert.doesNotMatch(core, /创新设施|汽车/, 'what only the zone or a park has');
  await shot('legend-figure-2');
  await page.getByTestId('figure-3').click();
  await until(async () => assert.match(await legend.innerText(), /创新设施/));
  assert.doesNotMatch(await legend.innerText(), /新业态集聚地|大数据/);
  await page.getByTestId('figure-1').click();
  await until(async () => assert.doesNotMatch(await legend.innerText(), /载体/));
  await close();
});

test('letters belong to the map only while it has the focus', async () => {
  const { page, close } = await f.open();
  await mapReady(page);
  await page.getByTestId('search').fill('');
  await page.getByTestId('search').pressSequentially('1l2');
  assert.equal(query(page, 'v'), null);
  assert.equal(query(page, 'links'), null);
  await close();
});

test('Escape returns from a figure to where the reader was', async () => {
  const { page, close } = await f.open({ path: '/?c=30.6,104.1,10' });
  await mapReady(page);
  const before = await discAt(page, 'C1');
  await page.getByTestId('figure-2').click();
  await until(async () => assert.notDeepEqual(await discAt(page, 'C1'), before));
  await page.keyboard.press('Escape');
  assert.equal(query(page, 'v'), null);
  await until(async () => assert.deepEqual(await discAt(page, 'C1'), before));
  await close();
});

test('the question mark tells the keys, and Escape leads back to the map and no further', async () => {
  const { page, close, shot } = await f.open({ path: '/?v=fig2' });
  await mapReady(page);
  await page.getByTestId('feature-C1').focus();
  await page.keyboard.press('?');
  const help = page.getByTestId('help');
  await help.getByRole('heading', { name: '地图按键' }).waitFor();
  for (let i = 0; i < 4; i += 1) {
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null), 'the focus stays in the dialog');
  }
  await shot('help');
  await page.getByTestId('help').getByRole('button').focus();
  await page.keyboard.press('Escape');
  assert.equal(await help.isVisible(), false);
  assert.equal(query(page, 'v'), 'fig2');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-testid')), 'feature-C1');
  await close();
});

test('forced colours: what is chosen still shows', async () => {
  const { page, close, shot } = await f.open({ path: '/?v=fig2&sel=C1', forcedColors: 'active' });
  await mapReady(page);
  const background = (/** @type {string} */ selector) =>
    page.locator(selector).first().evaluate((element) => getComputedStyle(element).backgroundColor);
  assert.notEqual(await background('[data-testid=figure-2]'), await background('[data-testid=figure-1]'));
  assert.notEqual(await background('.switch input:checked + span'), await background('.switch input:not(:checked) + span'));
  await shot('forced-colours');
  await close();
});

test('nothing jumps while the page loads', async () => {
  for (const viewport of [undefined, { width: 390, height: 844 }]) {
    const { page, close } = await f.open(viewport ? { viewport } : {});
    await mapReady(page);
    const shift = await page.evaluate(() => new Promise((resolve) => {
      let sum = 0;
      new PerformanceObserver((list) => {
        for (const entry of /** @type {any[]} */ (list.getEntries())) if (!entry.hadRecentInput) sum += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
      setTimeout(() => resolve(sum), 400);
    }));
    assert.ok(Number(shift) <= 0.05, `the layout shifts by ${shift}`);
    await close();
  }
});
