// What an investor does on the first screen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture, idsOf, mapReady, phone, query, touch } from './harness.mjs';

const f = fixture();

const fourteen = ['C1', 'Z1', ...Array.from({ length: 12 }, (_, i) => `P${String(i + 1).padStart(2, '0')}`)];

test('a cold visit: fourteen areas in the list before the map, the expiry, nothing from elsewhere', async () => {
  const html = await (await fetch(f.url + '/', { headers: { 'Accept-Language': 'zh' } })).text();
  for (const id of fourteen) assert.match(html, new RegExp(`data-testid="item-${id}"`), `${id} is in the first HTML`);

  const { page, close, shot } = await f.open();
  await mapReady(page);
  assert.deepEqual(await idsOf(page, 'item'), fourteen);
  assert.deepEqual((await idsOf(page, 'feature')).sort(), [...fourteen].sort());
  assert.match(await page.locator('body').innerText(), /目标期 2022 · 有效期已满/);
  await shot('explore-zh-light');
  await close();
});

test('figures: one click each, Back restores', async () => {
  const { page, close, shot } = await f.open();
  await mapReady(page);
  for (const n of [1, 2, 3]) {
    await page.getByTestId(`figure-${n}`).click();
    assert.equal(query(page, 'v'), `fig${n}`);
    await page.getByText('据正文重绘').first().waitFor();
    await page.waitForTimeout(200);
    await shot(`figure-${n}`);
  }
  for (const want of ['fig2', 'fig1', null]) {
    await page.goBack();
    assert.equal(query(page, 'v'), want);
  }
  await close();
});

test('the picture of the README', async () => {
  const { page, close, picture } = await f.open({ path: '/?sel=P05&c=30.6,104.05,9.75&links=1' });
  await mapReady(page);
  await page.getByTestId('detail').getByText('龙泉汽车产业功能区').first().waitFor();
  await page.waitForTimeout(200);
  const { length } = await picture('explore');
  assert.ok(length <= 500 * 1024, `${length} bytes`);
  await close();
});

test('search by initials opens the park and says what is not stated', async () => {
  const { page, close, shot } = await f.open();
  await mapReady(page);
  await page.getByTestId('search').fill('ltxjj');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  const detail = page.getByTestId('detail');
  await detail.getByText('龙潭新经济产业功能区').first().waitFor();
  assert.equal(query(page, 'sel'), 'P04');
  const text = await detail.innerText();
  assert.match(text, /文件未写明/);
  assert.match(text, /共同责任单位/);
  assert.match(text, /本文件未给出单独目标/);
  const disc = await page.getByTestId('feature-P04').boundingBox();
  const panels = await Promise.all(['detail'].map((id) => page.getByTestId(id).boundingBox()));
  assert.ok(disc && panels[0] && disc.x + disc.width <= panels[0].x, 'the park lies beside the panel, not under it');
  await shot('search-p04');
  await close();
});

test('search in traditional characters', async () => {
  const { page, close } = await f.open();
  await mapReady(page);
  await page.getByTestId('search').fill('龍潭新經濟');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  assert.equal(query(page, 'sel'), 'P04');
  await close();
});

for (const [name, typed, want] of [['a scenario by its id', 'S1', 'S1'], ['a scenario by words of its name', 'smart traffic', 'S1'], ['a goal', '创新型企业', 'G2']]) {
  test(`search: ${name}`, async () => {
    const { page, close } = await f.open();
    await mapReady(page);
    await page.getByTestId('search').fill(typed);
    await page.getByRole('group', { name: '任务条款' }).getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/f/${want}*`);
    await close();
  });
}

test('search: a field of an area in letters and Chinese, and an industry', async () => {
  const { page, close } = await f.open();
  await mapReady(page);
  for (const [typed, want] of [['AI芯片', 'P08'], ['工业机器人', 'P04']]) {
    await page.getByTestId('search').fill(typed);
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    assert.equal(query(page, 'sel'), want);
  }
  await close();
});

test('English: targets in billions of yuan, the clause, Chinese names marked as Chinese', async () => {
  const { page, close, shot } = await f.open({ path: '/?sel=C1&lang=en', lang: 'en' });
  await mapReady(page);
  const detail = page.getByTestId('detail');
  const text = (await detail.innerText()).replace(/\s+/g, ' ');
  for (const want of [/over CNY 10 billion/i, /over CNY 100 billion/i, /100\+/, /2,000\+/, /三\.\(一\)\.1/]) assert.match(text, want);
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  assert.ok(await detail.locator('[lang|=zh]').count() > 0, 'Chinese names carry their language');
  await shot('explore-en-core');
  await close();
});

test('phone: the sheet rises in three steps and Back lowers it', async () => {
  const { page, close, shot } = await f.open(touch);
  await mapReady(page);
  await shot('phone-peek');
  await page.getByTestId('feature-P05').tap();
  await page.getByTestId('detail').getByText('龙泉汽车产业功能区').first().waitFor();
  assert.equal(await page.locator('[data-stop]').getAttribute('data-stop'), 'half');
  await page.waitForTimeout(300);
  await shot('phone-half');
  await page.locator('#handle').click();
  assert.equal(await page.locator('[data-stop]').getAttribute('data-stop'), 'full');
  await shot('phone-full');
  await page.goBack();
  assert.equal(await page.locator('[data-stop]').getAttribute('data-stop'), 'half');
  await page.goBack();
  assert.equal(query(page, 'sel'), null);
  await close();
});

test('keyboard only: from the map to a park and back, and the address gives the same state', async () => {
  const { page, close } = await f.open();
  await mapReady(page);
  const inMap = () => page.evaluate(() => document.activeElement?.closest('[data-testid="map"]') !== null);
  const skips = [];
  for (let i = 0; i < 3; i += 1) {
    await page.keyboard.press('Tab');
    skips.push(await page.evaluate(() => document.activeElement?.getAttribute('href')));
  }
  assert.ok(skips.every((href) => href?.startsWith('#')), `the first three Tabs are skip links: ${skips}`);
  for (let i = 0; i < 60 && !await inMap(); i += 1) await page.keyboard.press('Tab');
  assert.ok(await inMap(), 'Tab reaches the map');
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
  for (let i = 0; i < 6 && !(await focused())?.startsWith('feature-'); i += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Home');
  for (let i = 0; i < 14 && await focused() !== 'feature-P09'; i += 1) await page.keyboard.press(i < 6 ? 'ArrowLeft' : 'ArrowUp');
  assert.equal(await focused(), 'feature-P09', 'arrows reach the park in the north-west');
  await page.keyboard.press('Enter');
  await page.getByTestId('detail').getByText('李冰文化创意旅游产业功能区').first().waitFor();
  const address = page.url();
  for (let i = 0; i < 40 && await inMap(); i += 1) await page.keyboard.press('Tab');
  assert.ok(!await inMap(), 'Tab leaves the map');
  await page.goto(address);
  await mapReady(page);
  await page.getByTestId('detail').getByText('李冰文化创意旅游产业功能区').first().waitFor();
  await close();
});

test('themes, languages and modes: pictures to look at, and nothing goes wrong', async () => {
  for (const [name, path, options] of /** @type {const} */ ([
    ['explore-zh-dark', '/', { colorScheme: 'dark' }],
    ['explore-ai-light', '/?theme=ai&sel=P09', {}],
    ['explore-ai-dark', '/?theme=ai&sel=P04', { colorScheme: 'dark' }],
    ['explore-en-light', '/?lang=en', { lang: 'en' }],
    ['phone-en-dark', '/?lang=en', { lang: 'en', colorScheme: 'dark', viewport: phone }],
    ['narrow-320', '/', { viewport: { width: 320, height: 640 } }],
  ])) {
    const { page, close, shot } = await f.open({ path, ...options });
    await mapReady(page);
    await page.waitForTimeout(150);
    await shot(name);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${name}: the page scrolls sideways by ${wide} px`);
    await close();
  }
});
