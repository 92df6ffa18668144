// What somebody does with a link to the map: opens it, reloads it, passes it on, comes back later.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { desktop, discAt, fixture, isFree, mapReady, phone, query, tablet, until } from './harness.mjs';

const f = fixture();

test('a link to a selection shows it where no panel is', async () => {
  for (const viewport of [desktop, tablet, phone, { width: 360, height: 640 }]) {
    for (const id of viewport === phone ? ['C1', 'P05', 'P09'] : ['P09']) {
      const { page, close } = await f.open({ path: `/?sel=${id}`, viewport });
      await mapReady(page);
      await until(async () => assert.ok(await isFree(page, id), `${id} is covered at ${viewport.width} px`));
      await close();
    }
  }
});

test('a link with a position gives the same map', async () => {
  const { page, close } = await f.open();
  await mapReady(page);
  const map = await page.getByTestId('map').boundingBox();
  assert.ok(map);
  await page.mouse.move(map.x + 800, map.y + 600);
  await page.mouse.down();
  await page.mouse.move(map.x + 700, map.y + 500, { steps: 4 });
  await page.mouse.up();
  await until(() => assert.match(query(page, 'c') ?? '', /^\d+\.\d+,\d+\.\d+,\d/));
  const [link, before] = [page.url(), await discAt(page, 'P05')];
  await page.goto('about:blank');
  await page.goto(link);
  await mapReady(page);
  const after = await discAt(page, 'P05');
  assert.ok(Math.hypot(after.x - before.x, after.y - before.y) <= 2, `${JSON.stringify(before)} became ${JSON.stringify(after)}`);
  assert.equal(page.url(), link);
  await close();
});

test('what a link holds beyond understanding is left out with one notice', async () => {
  const { page, close } = await f.open({ path: '/?v=fig9&theme=loud&foo=1&sel=P05' });
  await mapReady(page);
  assert.deepEqual(await page.locator('.toast').allInnerTexts(), ['链接中有无法识别的内容,已略过']);
  await page.getByTestId('detail').getByText('龙泉汽车产业功能区').first().waitFor();
  await close();
});

test('a link to a slug selects its feature under the permanent id', async () => {
  const { page, close } = await f.open({ path: '/?theme=ai&sel=longquan-qiche' });
  await mapReady(page);
  await page.getByTestId('detail').getByText('龙泉汽车产业功能区').first().waitFor();
  assert.equal(query(page, 'sel'), 'P05');
  assert.equal(query(page, 'theme'), 'ai');
  assert.equal(await page.locator('.toast').count(), 0);
  assert.ok(await isFree(page, 'P05'));
  await close();
});

test('a link to an id that is gone says so', async () => {
  const { page, close } = await f.open({ path: '/?sel=P99' });
  await mapReady(page);
  assert.match(await page.locator('.toast').innerText(), /P99/);
  await close();
});

test('another language keeps what is shown, and is kept for the next visit', async () => {
  const { page, close } = await f.open({ path: '/?v=fig2&theme=ai&sel=P05' });
  await mapReady(page);
  await page.locator('[data-act=lang]').click();
  await page.waitForURL(/lang=en/);
  await mapReady(page);
  assert.deepEqual(['v', 'theme', 'sel', 'lang'].map((key) => query(page, key)), ['fig2', 'ai', 'P05', 'en']);
  await page.getByTestId('detail').getByText('Longquan').first().waitFor();
  await page.goto(f.url);
  await page.waitForURL(/lang=en/);
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await close();
});

test('light and dark are kept for the next visit', async () => {
  const { page, close } = await f.open();
  await mapReady(page);
  const tool = page.locator('[data-act=mode]');
  await tool.click();
  await tool.click();
  assert.match(await tool.getAttribute('aria-label') ?? '', /深色/);
  await page.reload();
  await mapReady(page);
  assert.equal(await page.locator('html').getAttribute('data-mode'), 'dark');
  assert.equal(await page.locator('#map').getAttribute('data-mode'), 'dark');
  await close();
});
