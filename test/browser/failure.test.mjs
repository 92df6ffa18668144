// What a reader meets when the data of the map does not arrive.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture, idsOf, mapReady } from './harness.mjs';

const f = fixture();
const pack = /\/pack(\.[\w-]+)?\.json/;
const noise = /Failed to load resource|Failed to fetch|ProblemError|preload/i;

for (const [name, fail] of /** @type {const} */ ([
  ['no connection', (/** @type {import('playwright-core').Route} */ route) => route.abort()],
  ['a failing server', (/** @type {import('playwright-core').Route} */ route) => route.fulfill({ status: 503, body: '{}' })],
])) {
  test(`${name}: the list works, and a retry brings the map`, async () => {
    const { page, close, shot } = await f.open({ expect: noise, prepare: (page) => page.route(pack, fail) });
    const notice = page.locator('.notice');
    await notice.waitFor();
    assert.match(await notice.innerText(), /地图数据未能载入/);
    assert.equal((await idsOf(page, 'item')).length, 14);
    await shot('no-data');
    await notice.getByRole('button').click();
    await notice.waitFor();
    assert.equal(await notice.count(), 1, 'one notice, also after another failure');
    await page.unroute(pack);
    await notice.getByRole('button').click();
    await mapReady(page);
    assert.equal(await notice.count(), 0);
    await close();
  });
}

test('without data an item of the list leads to its page', async () => {
  const { page, close } = await f.open({ expect: noise, prepare: (page) => page.route(pack, (route) => route.abort()) });
  await page.locator('.notice').waitFor();
  await page.getByTestId('item-P05').locator('a').click();
  await page.waitForURL(/\/f\/P05/);
  await close();
});
