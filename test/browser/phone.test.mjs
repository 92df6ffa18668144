// What a reader does on a phone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture, isFree, mapReady, query, touch, until } from './harness.mjs';

const f = fixture();
const stop = (/** @type {import('playwright-core').Page} */ page) => page.locator('#explore').getAttribute('data-stop');

test('at full height the sheet holds the focus, below it lets go', async () => {
  const { page, close } = await f.open(touch);
  await mapReady(page);
  await page.locator('#handle').focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  assert.equal(await stop(page), 'full');
  assert.equal(await page.locator('#sheet').getAttribute('aria-modal'), 'true');
  for (let i = 0; i < 30; i += 1) {
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => !document.activeElement?.closest('.bar, .skip, .map-frame')), 'Tab stays in the sheet');
  }
  await page.locator('#handle').focus();
  await page.keyboard.press('Escape');
  await until(async () => assert.equal(await stop(page), 'half'));
  assert.equal(await page.locator('#sheet').getAttribute('aria-modal'), null);
  assert.equal(await page.locator('.bar').evaluate((bar) => /** @type {HTMLElement} */ (bar).inert), false);
  await page.keyboard.press('Shift+Tab');
  assert.ok(await page.evaluate(() => !document.activeElement?.closest('#sheet')), 'Tab leaves the sheet');
  await close();
});

test('the search of the header raises the sheet, Back lowers it', async () => {
  const { page, close } = await f.open(touch);
  await mapReady(page);
  await page.locator('[data-act=search]').tap();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'search');
  await page.keyboard.type('xch');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await until(() => assert.ok(query(page, 'sel')));
  await page.goBack();
  assert.equal(query(page, 'sel'), null);
  await page.goBack();
  await until(async () => assert.equal(await stop(page), 'peek'));
  await close();
});

test('what stands on a narrow map leaves room to the rest of it', async () => {
  const parts = ['.figure-bar', '.legend', '.caption:not([hidden])', '.pm-margin', '.pm-controls', '#sheet'];
  for (const viewport of [touch.viewport, { width: 360, height: 640 }, { width: 768, height: 1024 }]) {
    for (const path of ['/?sel=P09', '/?v=fig1&lang=en']) {
      const { page, close } = await f.open({ ...touch, viewport, path });
      await mapReady(page);
      const boxes = await page.evaluate((selectors) => selectors.flatMap((selector) => {
        const box = document.querySelector(selector)?.getBoundingClientRect();
        return box?.width ? [{ selector, left: box.left, right: box.right, top: box.top, bottom: box.bottom }] : [];
      }), parts);
      for (const [i, a] of boxes.entries()) {
        for (const b of boxes.slice(i + 1)) {
          const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
          assert.ok(apart, `${a.selector} lies on ${b.selector} at ${viewport.width} px, ${path}`);
        }
      }
      for (const id of path.includes('sel') ? ['P09'] : ['C1', 'Z1', 'P01', 'P09', 'P12']) {
        await until(async () => assert.ok(await isFree(page, id), `${id} is covered at ${viewport.width} px, ${path}`));
      }
      await close();
    }
  }
});

test('at 320 px with wide text spacing nothing runs off sideways', async () => {
  const spacing = '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}';
  for (const lang of ['zh', 'en']) {
    const { page, close, shot } = await f.open({ path: '/about', lang, viewport: { width: 320, height: 640 }, bypassCSP: true });
    for (const path of ['/', '/?sel=C1', '/f/C1', '/about', '/api/collections/areas/items']) {
      await page.goto(`${f.url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
      await page.addStyleTag({ content: spacing });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 320, `${path} in ${lang} is ${wide} px wide`);
    }
    await shot(`spacing-${lang}`);
    await close();
  }
});
