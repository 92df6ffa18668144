// The first screen: its search, and pictures of it to look at.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture, mapReady, phone, query } from './harness.mjs';

const f = fixture();

test('the picture of the README', async () => {
  const { page, close, picture } = await f.open({ path: '/?sel=P05&c=30.6,104.05,9.75&links=1' });
  await mapReady(page);
  await page.getByTestId('detail').getByText('龙泉汽车产业功能区').first().waitFor();
  await page.waitForTimeout(200);
  const { length } = await picture('explore');
  assert.ok(length <= 500 * 1024, `${length} bytes`);
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
