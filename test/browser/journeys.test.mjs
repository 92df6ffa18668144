// What people come for, from beginning to end, in both languages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture, idsOf, isFree, mapReady, query, touch, until } from './harness.mjs';

const f = fixture();
/** @typedef {import('playwright-core').Page} Page */

const fourteen = ['C1', 'Z1', ...Array.from({ length: 12 }, (_, i) => `P${String(i + 1).padStart(2, '0')}`)];

const says = {
  zh: {
    expired: '目标期 2022 · 有效期已满', redrawn: '据正文重绘,非原图', smart: '智能制造', unstated: '文件未写明', shared: '共同责任单位,文件未按园区分列',
    longtan: '龙潭新经济产业功能区', noTarget: '本文件未给出单独目标', billion: [/突破 100 亿元/, /突破 1000 亿元/, /100 家以上/, /2000\+ 名/], copied: '已复制',
    libing: '李冰文化创意旅游产业功能区', auto: '龙泉汽车产业功能区', four: '最多对比 4 个,请先移除一个', offline: /已离线。显示 .+ 的数据/,
  },
  en: {
    expired: 'Targets for 2022 · document expired', redrawn: 'Redrawn from the text, not the original figure', smart: 'Smart manufacturing', unstated: 'The document states no AI+ direction', shared: 'Shared by all parks; not divided in the document',
    longtan: 'Longtan New Economy Functional Zone', noTarget: 'No separate target in this document', billion: [/over CNY 10 billion/, /over CNY 100 billion/, /100\+/, /2,000\+/], copied: 'Copied',
    libing: 'Li Bing Culture, Creativity and Tourism Functional Zone', auto: 'Longquan Automobile Functional Zone', four: 'Up to 4. Remove one first', offline: /Offline\. Showing data of .+/,
  },
};

/** The ids that the list shows. @param {Page} page */
const listed = (page) => page.locator('[data-testid^="item-"]:visible').evaluateAll((items) => items.map((item) => /** @type {HTMLElement} */ (item).dataset.id));

/** The text of an element in one line. @param {import('playwright-core').Locator} locator */
const lineOf = async (locator) => (await locator.innerText()).replace(/\s+/g, ' ');

for (const lang of /** @type {const} */ (['zh', 'en'])) {
  const say = says[lang];
  /** @param {string} path @param {object} [options] */
  const open = (path, options = {}) => f.open({ path: `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`, lang, ...options });

  test(`${lang}: a cold visit shows the list of all before the shapes, the whole layout, and that the document has expired`, async () => {
    const html = await (await fetch(`${f.url}/?lang=${lang}`, { headers: { Accept: 'text/html' } })).text();
    for (const id of fourteen) assert.ok(html.includes(`data-testid="item-${id}"`), `${id} is in the first HTML`);
    const { page, close, shot } = await open('/');
    await mapReady(page);
    assert.deepEqual(await idsOf(page, 'item'), fourteen);
    for (const id of fourteen) assert.ok(await isFree(page, id), `${id} is in sight`);
    await shot(`explore-${lang}-light`);
    assert.ok((await page.locator('body').innerText()).includes(say.expired));
    await close();
  });

  test(`${lang}: figures from the header and the bar, Back restores each`, async () => {
    const { page, close, shot } = await open('/');
    await mapReady(page);
    await page.locator('.menu summary').click();
    await page.locator('.menu [data-view=fig1]').click();
    assert.equal(query(page, 'v'), 'fig1');
    assert.ok(await page.locator('.pm-link').first().isVisible(), 'the first figure has links');
    for (const n of [2, 3]) await page.getByTestId(`figure-${n}`).click();
    for (const n of [3, 2, 1]) {
      assert.equal(query(page, 'v'), `fig${n}`);
      const caption = page.locator('.caption');
      await caption.getByText(say.redrawn).waitFor();
      assert.match(await lineOf(caption), new RegExp(`${lang === 'zh' ? '图' : 'Figure '}${n}`));
      const places = page.locator('.legend .swatch-place');
      await until(async () => assert.equal((await places.count()) > 0, n > 1, 'the legend explains the places of figures 2 and 3'));
      assert.equal(await page.getByTestId(`figure-${n}`).getAttribute('aria-pressed'), 'true');
      await shot(`figure-${n}-${lang}`);
      await page.goBack();
    }
    assert.equal(query(page, 'v'), null);
    assert.ok(await page.locator('.caption').isHidden());
    await close();
  });

  test(`${lang}: which parks have no stated field? Hatched, with a broken ring, and the legend lights them`, async () => {
    const { page, close, shot } = await open('/?theme=ai');
    await mapReady(page);
    const unstated = ['P02', 'P04', 'P12'];
    const hatched = await page.locator('.pm-feature.is-unstated').evaluateAll((discs) => discs.map((disc) => (disc.getAttribute('data-testid') ?? '').slice(8)).sort());
    assert.deepEqual(hatched, unstated);
    assert.equal(await page.locator('.pm-area.is-hatched').count(), 3);
    assert.match(await page.locator('.pm-area.is-hatched').first().evaluate((path) => getComputedStyle(path).fill), /pm-unstated/);
    await page.locator('[data-light=unstated]').click();
    await until(async () => assert.equal(await page.locator('.pm-area.kind-park:not(.is-out)').count(), 3));
    await shot(`unstated-${lang}`);
    await close();
  });

  test(`${lang}: initials find a park, and its panel says what is not stated`, async () => {
    const { page, close } = await open('/');
    await mapReady(page);
    await page.keyboard.press('/');
    await page.keyboard.type('ltxjj');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    assert.equal(query(page, 'sel'), 'P04');
    const text = await page.getByTestId('detail').innerText();
    for (const want of [say.longtan, say.unstated, say.shared, say.noTarget]) assert.ok(text.includes(want), want);
    await until(async () => assert.ok(await isFree(page, 'P04'), 'the park lies where no panel is'));
    await close();
  });

  test(`${lang}: the targets of the core with comparators, its clause, names in their language`, async () => {
    const { page, close } = await open('/?sel=C1');
    await mapReady(page);
    const detail = page.getByTestId('detail');
    const text = await lineOf(detail);
    for (const want of say.billion) assert.match(text, want);
    assert.match(text, /三\.\(一\)\.1/);
    if (lang === 'en') assert.ok(await detail.locator('[lang|=zh]').count() > 0);
    await close();
  });

  test(`${lang}: four areas side by side at one scale, a fifth refused, the link gives the same four`, async () => {
    const { page, close, shot } = await open('/');
    await mapReady(page);
    for (const id of ['P01', 'P05', 'P08', 'P09', 'P10']) await page.getByTestId(`item-${id}`).locator('[data-act=compare]').click();
    await page.getByText(say.four).waitFor();
    await page.getByTestId('cmp-bar').locator('a').click();
    await page.waitForURL(/\/compare\?/);
    const ids = () => page.locator('th[data-testid^="cmp-"]').evaluateAll((cells) => cells.map((cell) => (cell.getAttribute('data-testid') ?? '').slice(4)));
    assert.deepEqual(await ids(), ['P01', 'P05', 'P08', 'P09']);
    const table = await lineOf(page.locator('table').first());
    assert.ok(table.includes(say.noTarget));
    await shot(`compare-${lang}`);
    const link = page.url();
    await page.goto('about:blank');
    await page.goto(link);
    assert.deepEqual(await ids(), ['P01', 'P05', 'P08', 'P09']);
    await close();
  });

  test(`${lang}, phone: a disc opens the sheet, the map stays in hand, Back lowers it and then lets go`, async () => {
    const { page, close, shot } = await open('/', touch);
    await mapReady(page);
    const stop = () => page.locator('#explore').getAttribute('data-stop');
    assert.equal(await stop(), 'peek');
    await page.getByTestId('feature-P05').tap();
    await page.getByTestId('detail').getByText(say.auto).first().waitFor();
    assert.equal(await stop(), 'half');
    await shot(`phone-half-${lang}`);
    assert.equal(await page.locator('#map').evaluate((map) => /** @type {HTMLElement} */ (map).inert), false, 'the map can be moved');
    await page.locator('#handle').tap();
    assert.equal(await stop(), 'full');
    await page.goBack();
    assert.equal(await stop(), 'half');
    await page.goBack();
    assert.equal(query(page, 'sel'), null);
    await close();
  });

  test(`${lang}: by keyboard to a park, its link copied, the focus back on the button, the same state from the link`, async () => {
    const { page, context, close } = await open('/');
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await mapReady(page);
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
    await page.getByTestId('feature-C1').focus();
    for (let i = 0; i < 14 && await focused() !== 'feature-P09'; i += 1) await page.keyboard.press(i < 6 ? 'ArrowLeft' : 'ArrowUp');
    assert.equal(await focused(), 'feature-P09');
    await page.keyboard.press('Enter');
    await page.getByTestId('detail').getByText(say.libing).first().waitFor();
    for (let i = 0; i < 80 && await page.evaluate(() => document.activeElement?.getAttribute('data-act')) !== 'share'; i += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const dialog = page.getByTestId('share-dialog');
    await dialog.waitFor();
    for (let i = 0; i < 12 && await page.evaluate(() => document.activeElement?.closest('.address-row') && document.activeElement?.tagName) !== 'BUTTON'; i += 1) {
      await page.keyboard.press('Tab');
      assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null), 'the focus stays in the dialog');
    }
    await page.keyboard.press('Enter');
    await page.getByText(say.copied).waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-act')), 'share', 'the focus is back');
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await page.goto(link);
    await mapReady(page);
    await page.getByTestId('detail').getByText(say.libing).first().waitFor();
    assert.equal(query(page, 'sel'), 'P09');
    await close();
  });

  test(`${lang}, phone: without network all of Explore is there, and the sheet to print`, async () => {
    const { page, context, close, shot } = await open('/', { ...touch, expect: /Failed to load resource|Failed to fetch|ERR_INTERNET_DISCONNECTED/ });
    await mapReady(page);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await until(async () => assert.ok(await page.evaluate(async () => (await caches.keys()).length > 0)));
    await page.reload();
    await mapReady(page);
    await context.setOffline(true);
    await page.reload();
    await mapReady(page);
    assert.match(await page.getByTestId('banner-offline').innerText(), say.offline);
    await page.locator('#handle').tap();
    await page.locator('#handle').tap();
    await page.getByTestId('filter-ai').tap();
    await page.locator('#filter-panel input[value=smartmfg]').tap();
    assert.deepEqual(await listed(page), ['P01', 'P11']);
    await page.getByTestId('item-P11').locator('a').tap();
    await page.getByTestId('detail').getByText(say.shared).first().waitFor();
    await shot(`offline-${lang}`);
    await page.locator('.detail-acts [data-act=print]').tap();
    await page.waitForURL(/\/print/);
    assert.equal(await page.locator('[data-testid^=row-]').count(), 14);
    assert.ok(await page.locator('[data-testid=qr] path').count() > 0);
    await context.setOffline(false);
    await close();
  });
}
