// Pages as documents: without JavaScript, for assistive technology, and for another layout.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { fixture, mapReady, phone, startProgram } from './harness.mjs';

const f = fixture();

test('a park reads without JavaScript', async () => {
  const { page, close, shot } = await f.open({ path: '/f/P05', javaScriptEnabled: false });
  const text = await page.locator('main').innerText();
  for (const want of ['龙泉汽车产业功能区', '据名称推断', '共同责任单位', '三.(一).3', '示意范围']) assert.ok(text.includes(want), want);
  assert.ok(await page.locator('main svg').count() > 0, 'the outline is drawn');
  await shot('feature-p05');
  await close();
});

test('the list reads without JavaScript', async () => {
  const { page, close } = await f.open({ javaScriptEnabled: false });
  await page.getByTestId('item-P12').locator('a').first().click();
  assert.match(page.url(), /\/f\/P12/);
  await close();
});

test('without JavaScript the map page offers no search, and its sketch names review and source', async () => {
  for (const viewport of [undefined, phone]) {
    const { page, close, shot } = await f.open({ javaScriptEnabled: false, ...(viewport ? { viewport } : {}) });
    assert.ok(await page.getByTestId('search').isHidden());
    assert.ok(await page.locator('.map .sketch').isVisible());
    assert.match(await page.locator('.sketch-margin').innerText(), /审图号.+97号/);
    assert.ok(await page.locator('.sketch-margin').isVisible());
    await shot(viewport ? 'no-script-phone' : 'no-script');
    await close();
  }
});

test('on English pages all Chinese says that it is', async () => {
  const { page, close } = await f.open({ path: '/about', lang: 'en', expect: /404/ });
  for (const path of ['/', '/?v=fig2', '/?sel=C1', '/?sel=Z1', '/?sel=P05', '/?sel=C1-01', '/about', '/f/C1', '/f/P05', '/f/K01', '/f/S1', '/f/G1', '/f/F01', '/f/X01', '/f/U10', '/f/none',
    '/?ai=auto&near=X18&cmp=P01,P05', '/compare?cmp=C1,P05,P09,Z1', '/compare?near=C1-07&ai=chip', '/print', '/print?v=fig2', '/print?v=fig3', '/offline']) {
    await page.goto(`${f.url}${path}${path.includes('?') ? '&' : '?'}lang=en`);
    if (path.startsWith('/?') || path === '/') {
      await mapReady(page);
      await page.getByTestId('filter-u').click();
    }
    const bare = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = [];
      while (walker.nextNode()) {
        const { data, parentElement } = /** @type {Text} */ (walker.currentNode);
        const lang = parentElement?.closest('[lang]')?.getAttribute('lang') ?? '';
        if (/\p{Script=Han}/u.test(data) && !lang.startsWith('zh') && !parentElement?.closest('script')) found.push(data.trim());
      }
      return found;
    });
    assert.deepEqual(bare, [], path);
  }
  await close();
});

test('a slug leads to the permanent address', async () => {
  const { page, close } = await f.open({ path: '/f/longquan-qiche' });
  assert.equal(new URL(page.url()).pathname, '/f/P05');
  await close();
});

test('an unknown id gets a page that helps', async () => {
  const { page, close } = await f.open({ path: '/f/P99', expect: /404/ });
  assert.match(await page.locator('main').innerText(), /没有这个编号,可能已更名/);
  await close();
});

test('another layout: no word of the built-in one anywhere', async () => {
  const { url, stop } = await startProgram('--layout', 'testdata/layout-tiny');
  const words = /成都|chengdu|2020〕97|2022|天府|四川|sichuan|tianfu/i;
  const seen = new Set();
  const todo = ['/', '/?lang=en', '/about', '/pack.json', '/api', '/api/openapi.json', '/api/collections', '/f/T01', '/f/T03?lang=en', '/f/none', '/robots.txt'];
  while (todo.length > 0 && seen.size < 400) {
    const path = /** @type {string} */ (todo.shift());
    if (seen.has(path)) continue;
    seen.add(path);
    const answer = await fetch(url + path, { headers: { Accept: path.startsWith('/api') ? 'application/json' : 'text/html' } });
    if (/^(image\/(png|webp)|application\/pdf)/.test(answer.headers.get('content-type') ?? '')) {
      await answer.body?.cancel(); // compressed: its bytes may read like anything
      continue;
    }
    const text = await answer.text();
    assert.doesNotMatch(text, words, path);
    for (const [, link] of text.matchAll(/(?:href|src)"?[=:]\s?"([^"#]+)"/g)) {
      const target = new URL(link.replaceAll('&amp;', '&').replaceAll('\\u0026', '&'), url + path);
      if (target.origin === url) todo.push(target.pathname + target.search);
    }
  }
  assert.ok(seen.size > 40, `only ${seen.size} documents were found`);
  await stop();
});

test('the bundle holds no word of any layout', async () => {
  for (const name of await readdir('static/dist/assets')) {
    if (/\.(br|gz)$/.test(name)) continue;
    assert.doesNotMatch(await readFile(`static/dist/assets/${name}`, 'utf8'), /成都|chengdu|天府|97号/i, name);
  }
});

test('another layout on the map', async () => {
  const { url, stop } = await startProgram('--layout', 'testdata/layout-tiny');
  const { page, context, shot } = await f.open();
  await page.goto(url);
  await mapReady(page);
  await page.waitForTimeout(150);
  assert.equal(await page.locator('[data-testid^="feature-"]').count(), 4);
  await shot('tiny');
  await context.close();
  await stop();
});
