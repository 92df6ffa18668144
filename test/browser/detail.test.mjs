// What a reader does in the detail panel.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture, idsOf, isFree, mapReady, query, startProgram, tablet, until } from './harness.mjs';

const f = fixture();

test('the badge on an outline opens two sentences', async () => {
  const { page, close } = await f.open({ path: '/?sel=P05' });
  await mapReady(page);
  const [badge, how] = [page.getByTestId('badge-quality'), page.locator('#quality-how')];
  assert.ok(await how.isHidden());
  await badge.click();
  assert.match(await how.innerText(), /^范围由编者.+。.*误差约 [\d.]+ 公里.+。$/);
  assert.equal(await badge.getAttribute('aria-expanded'), 'true');
  await badge.click();
  assert.ok(await how.isHidden());
  await close();
});

test('a place is opened from its area, and the way leads back', async () => {
  const { page, close } = await f.open({ path: '/?sel=C1' });
  await mapReady(page);
  const detail = page.getByTestId('detail');
  const place = detail.locator('[data-select="C1-03"]');
  const name = await place.innerText();
  await place.click();
  assert.equal(query(page, 'sel'), 'C1-03');
  assert.equal(await detail.locator('h2').innerText(), name);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'detail-name');
  await detail.locator('[data-select=C1]').click();
  assert.equal(query(page, 'sel'), 'C1');
  await page.keyboard.press('Escape');
  assert.equal(query(page, 'sel'), null);
  await close();
});

test('beside an open detail the legend folds where the map is small, and opens for who asks', async () => {
  const { page, close } = await f.open();
  await mapReady(page);
  const legend = page.getByTestId('legend');
  const open = () => legend.evaluate((box) => /** @type {HTMLDetailsElement} */ (box).open);
  assert.ok(await open());
  await page.getByTestId('item-P09').locator('a').click();
  assert.ok(!await open());
  for (const id of ['P04', 'P12']) {
    await page.getByTestId(`item-${id}`).locator('a').click();
    await until(async () => assert.ok(await isFree(page, id)));
  }
  await legend.locator('summary').click();
  assert.ok(await open());
  await page.getByTestId('item-P05').locator('a').click();
  assert.ok(await open(), 'it stays as the reader has it');
  await page.keyboard.press('Escape');
  assert.ok(await open());
  await close();
});

test('beside an open detail the list of a middling screen becomes a rail', async () => {
  const { page, close, shot } = await f.open({ path: '/?sel=P09', viewport: tablet });
  await mapReady(page);
  const wide = async () => Math.round((await page.locator('#list').boundingBox())?.width ?? 0);
  assert.equal(await wide(), 56);
  assert.equal((await idsOf(page, 'item')).length, 14);
  assert.match(await page.getByTestId('item-P05').locator('a').ariaSnapshot(), /龙泉汽车产业功能区/, 'a disc of the rail has its name');
  await shot('rail');
  await page.locator('[data-act=rail]').click();
  assert.equal(await wide(), 320);
  await page.getByTestId('item-P05').locator('a').click();
  assert.equal(await wide(), 56);
  await until(async () => assert.ok(await isFree(page, 'P05')));
  await page.keyboard.press('Escape');
  assert.equal(await wide(), 320);
  await close();
});

test('where an operator has a contact, the panel leads there; without one it says nothing', async () => {
  const { url, stop } = await startProgram('--contact', 'maps@example.org');
  const { page, context } = await f.open({ path: '/?sel=P05' });
  await mapReady(page);
  assert.equal(await page.getByRole('link', { name: '报告问题' }).count(), 0);
  await page.goto(`${url}/?sel=P05`);
  await mapReady(page);
  assert.equal(await page.getByRole('link', { name: '报告问题' }).getAttribute('href'), 'mailto:maps@example.org?subject=P05');
  await context.close();
  await stop();
});
