// How an investor narrows, orders and measures the list.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture, mapReady, phone, query, touch, until } from './harness.mjs';

const f = fixture();
/** @typedef {import('playwright-core').Page} Page */

/** The ids that the list shows, in their order. @param {Page} page */
const listed = (page) => page.locator('[data-testid^="item-"]').evaluateAll((items) =>
  items.filter((item) => !(/** @type {HTMLElement} */ (item).hidden)).map((item) => /** @type {HTMLElement} */ (item).dataset.id));

/** The ids whose discs can be used on the map. @param {Page} page */
const onMap = (page) => page.locator('[data-testid^="feature-"]:not(:disabled)').evaluateAll((discs) =>
  discs.map((disc) => (disc.getAttribute('data-testid') ?? '').slice(8)).sort());

/** Opens a group of filters and takes or leaves choices. @param {Page} page @param {string} group @param {string[]} values */
async function choose(page, group, ...values) {
  const button = page.getByTestId(`filter-${group}`);
  if (await button.getAttribute('aria-expanded') !== 'true') await button.click();
  for (const value of values) await page.locator(`#filter-panel input[value="${value}"]`).click();
}

const words = {
  zh: { smart: '智能制造', count: '2 / 14 个区域', live: '显示 2 / 14', empty: '没有符合条件的园区' },
  en: { smart: 'Smart manufacturing', count: '2 of 14 areas', live: 'Showing 2 of 14', empty: 'No park matches' },
};
for (const lang of /** @type {const} */ (['zh', 'en'])) {
  test(`AI+ ${words[lang].smart}: two parks, the others faded, a chip that takes it off`, async () => {
    const { page, close, shot } = await f.open({ path: `/?lang=${lang}`, lang });
    await mapReady(page);
    await choose(page, 'ai', 'smartmfg');
    assert.deepEqual(await listed(page), ['P01', 'P11']);
    assert.equal(await page.locator('#list-count').innerText(), words[lang].count);
    assert.equal(query(page, 'ai'), 'smartmfg');
    await until(async () => assert.deepEqual(await onMap(page), ['P01', 'P11']));
    await until(async () => assert.equal(await page.locator('[data-live]').innerText(), words[lang].live));
    for (const kind of ['core', 'zone']) {
      const style = await page.locator(`.pm-area.kind-${kind}`).evaluate((path) => [getComputedStyle(path).opacity, getComputedStyle(path).fillOpacity, getComputedStyle(path).stroke]);
      assert.deepEqual(style.slice(0, 2), ['1', '0'], `${kind} stays as an outline`);
    }
    assert.equal(await page.locator('.pm-area.kind-park.is-out').first().evaluate((path) => getComputedStyle(path).opacity), '0.12');
    await page.keyboard.press('Escape');
    await shot(`filter-${lang}`);
    await page.getByTestId('chips').getByRole('button').first().click();
    assert.equal((await listed(page)).length, 14);
    assert.equal(query(page, 'ai'), null);
    assert.ok(await page.getByTestId('chips').isHidden());
    await close();
  });
}

test('within a group one choice has to match, across groups all have to; the list and the map agree', async () => {
  const { page, close, shot } = await f.open();
  await mapReady(page);
  const steps = /** @type {const} */ ([
    ['ai', ['medical'], ['C1', 'P06']],
    ['ai', ['auto'], ['C1', 'P05', 'P06']],
    ['kind', ['park'], ['P05', 'P06']],
    ['d', ['510115'], ['P06']],
    ['d', ['510112'], ['P05', 'P06']],
    ['u', ['U06'], ['P05', 'P06']],
    ['ai', ['medical'], ['P05']],
  ]);
  for (const [group, values, want] of steps) {
    await choose(page, group, ...values);
    assert.deepEqual(await listed(page), want, `${group} ${values}`);
    await until(async () => assert.deepEqual(await onMap(page), [...want].sort()));
  }
  assert.equal(await page.locator('#filter-panel .choice', { hasText: '医疗' }).locator('.choice-n').innerText(), '1', 'how many it would give');
  assert.ok(await page.locator('#filter-panel .choice.is-none', { hasText: '文旅' }).isVisible(), 'a choice without a hit stays in sight');
  await shot('filter-panel');
  const address = page.url();
  await page.goto('about:blank');
  await page.goto(address);
  await mapReady(page);
  assert.deepEqual(await listed(page), ['P05'], 'the address gives the same');
  await page.keyboard.press('Escape');
  await page.getByTestId('chips').getByText('全部清除').click();
  assert.equal((await listed(page)).length, 14);
  assert.equal(new URL(page.url()).search, '');
  await close();
});

test('districts are split from functional areas, units that answer alone from shared ones', async () => {
  const { page, close, shot } = await f.open();
  await mapReady(page);
  await choose(page, 'd');
  assert.deepEqual(await page.locator('#filter-panel legend').allInnerTexts(), ['行政区', '功能区域']);
  await choose(page, 'd', 'X15');
  assert.deepEqual(await listed(page), ['C1']);
  await page.keyboard.press('Escape');
  await page.getByTestId('chips').getByText('全部清除').click();
  await choose(page, 'u');
  assert.deepEqual(await page.locator('#filter-panel legend').allInnerTexts(), ['单独负责', '共同责任,未按园区分列']);
  await shot('filter-units');
  await close();
});

test('a filtered address is filtered in the first HTML, and without scripts', async () => {
  const { page, close } = await f.open({ path: '/?ai=smartmfg', javaScriptEnabled: false });
  assert.deepEqual(await listed(page), ['P01', 'P11']);
  assert.match(await page.locator('#list-count').innerText(), /2 \/ 14/);
  assert.ok(await page.getByTestId('filter-ai').isHidden(), 'what needs scripts is not offered');
  await close();
});

test('no match says so and offers a way back', async () => {
  for (const lang of /** @type {const} */ (['zh', 'en'])) {
    const { page, close, shot } = await f.open({ path: `/?ai=urban&lang=${lang}`, lang });
    await mapReady(page);
    await page.getByText(words[lang].empty).waitFor();
    assert.deepEqual(await onMap(page), []);
    await shot(`filter-none-${lang}`);
    await page.locator('.list-none button').click();
    assert.equal((await listed(page)).length, 14);
    await close();
  }
});

test('a broken filter is left out with one notice, the rest is kept', async () => {
  const { page, close } = await f.open({ path: '/?ai=smartmfg,%3Cb%3E&d=999999&cmp=P01,P99&near=nowhere&sort=size&kind=park' });
  await mapReady(page);
  assert.deepEqual(await page.locator('.toast').allInnerTexts(), ['链接中有无法识别的内容,已略过']);
  assert.deepEqual(await listed(page), ['P01', 'P11']);
  assert.equal(await page.locator('.cmp-bar [data-remove]').count(), 1);
  await close();
});

test('orders: pinyin, district, distance from a named place and from a point of the map', async () => {
  const { page, close, shot } = await f.open();
  await mapReady(page);
  await choose(page, 'sort', 'pinyin');
  assert.deepEqual((await listed(page)).slice(0, 2), ['P01', 'C1'], 'Cheng du dong…, Cheng du gao…');
  assert.equal(query(page, 'sort'), 'pinyin');
  await page.locator('#near').selectOption({ label: '智慧无人铁路港' });
  assert.equal(query(page, 'near'), 'F55');
  assert.equal(query(page, 'sort'), null);
  assert.equal((await listed(page))[0], 'P12');
  const far = await page.getByTestId('item-P12').locator('.item-far').innerText();
  assert.match(far, /约 [\d.]+ km/);
  await shot('near');
  await page.keyboard.press('Escape');
  await page.getByTestId('chips').getByRole('button', { name: '移除 距 智慧无人铁路港' }).click();
  assert.equal((await listed(page))[0], 'C1');
  assert.equal(await page.locator('.item-far').count(), 0);
  await close();
});

test('a point picked on the map, with the mouse and with the keyboard', async () => {
  const { page, close, shot } = await f.open();
  await mapReady(page);
  await choose(page, 'sort');
  await page.getByTestId('near-pick').click();
  const disc = await page.getByTestId('feature-P08').boundingBox();
  await page.mouse.click(Number(disc?.x) - 30, Number(disc?.y) + 30);
  await until(() => assert.match(query(page, 'near') ?? '', /^30\.\d+,103\.\d+$/));
  assert.equal((await listed(page))[0], 'P08');
  assert.equal(query(page, 'sel'), null, 'picking selects nothing');
  await page.getByTestId('chips').getByText('距 选定点').waitFor();
  await shot('near-picked');
  await choose(page, 'sort');
  await page.getByTestId('near-pick').click();
  await page.keyboard.press('Escape');
  assert.equal((await listed(page))[0], 'P08', 'Escape keeps what was');
  await choose(page, 'sort');
  await page.getByTestId('near-pick').click();
  await page.keyboard.press('Enter');
  await until(async () => assert.notEqual((await listed(page))[0], 'P08'));
  await page.reload();
  await mapReady(page);
  assert.notEqual(query(page, 'near'), null);
  await close();
});

test('search offers to narrow the list to what it found, and marks what matched', async () => {
  const { page, close, shot } = await f.open();
  await mapReady(page);
  await page.getByTestId('search').fill('医学城');
  await page.getByRole('option').first().waitFor();
  assert.equal(await page.getByRole('option').first().locator('mark').innerText(), '医学城');
  assert.ok(await page.getByRole('group', { name: '设施与项目' }).isVisible(), 'facilities are found');
  await shot('search-marks');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  assert.equal(query(page, 'q'), '医学城');
  assert.deepEqual(await listed(page), ['P06']);
  await page.reload();
  await mapReady(page);
  assert.deepEqual(await listed(page), ['P06']);
  await close();
});

test('search by pinyin finds facilities and marks the characters', async () => {
  const { page, close } = await f.open();
  await mapReady(page);
  await page.getByTestId('search').fill('tfsmy');
  await page.getByRole('option').first().waitFor();
  assert.equal(await page.getByRole('option').first().locator('mark').innerText(), '天府市民云');
  await close();
});

test('what is typed is text', async () => {
  const { page, close } = await f.open();
  await mapReady(page);
  await page.getByTestId('search').fill('<img src=x onerror=alert(1)>');
  await page.getByText('没有结果').waitFor();
  assert.equal(await page.locator('.hits img').count(), 0);
  await close();
});

test('Escape closes the choices and gives the focus back; Tab out closes them too', async () => {
  const { page, close } = await f.open();
  await mapReady(page);
  await page.getByTestId('filter-ai').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.activeElement?.closest('#filter-panel') !== null), 'Tab reaches the choices');
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-testid')), 'filter-ai');
  assert.ok(await page.locator('#filter-panel').isHidden());
  await close();
});

test('compare: two to four areas, the fifth is refused; Back undoes; the way leads to the page', async () => {
  const { page, close, shot } = await f.open();
  await mapReady(page);
  const add = (/** @type {string} */ id) => page.getByTestId(`item-${id}`).locator('[data-act=compare]').click();
  await add('P01');
  assert.ok(await page.getByTestId('cmp-bar').isVisible());
  assert.equal(await page.getByTestId('cmp-bar').locator('a').count(), 0, 'one area is not compared');
  for (const id of ['P05', 'P08', 'P09']) await add(id);
  assert.equal(query(page, 'cmp'), 'P01,P05,P08,P09');
  await shot('compare-bar');
  await add('P10');
  await page.getByText('最多对比 4 个,请先移除一个').waitFor();
  assert.equal(query(page, 'cmp'), 'P01,P05,P08,P09');
  await page.goBack();
  assert.equal(query(page, 'cmp'), 'P01,P05,P08');
  assert.equal(await page.getByTestId('item-P09').locator('[data-act=compare]').getAttribute('aria-pressed'), 'false');
  await page.getByTestId('item-P08').locator('a').click();
  await page.locator('[data-act=compare-this]').click();
  assert.equal(query(page, 'cmp'), 'P01,P05');
  await page.getByTestId('cmp-bar').locator('a').click();
  await page.waitForURL(/\/compare\?/);
  assert.equal(query(page, 'cmp'), 'P01,P05');
  await close();
});

test('phone: filters in the sheet, the map follows', async () => {
  const { page, close, shot } = await f.open(touch);
  await mapReady(page);
  await page.locator('#handle').tap();
  await page.locator('#handle').tap();
  await choose(page, 'ai', 'unstated');
  assert.deepEqual(await listed(page), ['P02', 'P04', 'P12']);
  const chips = await page.getByTestId('chips').boundingBox();
  assert.ok(chips && chips.height >= 24, 'the chips are in sight');
  await shot('phone-filter');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= phone.width);
  await close();
});
