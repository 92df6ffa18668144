// What assistive technology, a keyboard and other eyes meet. docs/accessibility.md says which requirement each test is for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { desktop, fixture, mapReady, phone, until } from './harness.mjs';

const f = fixture();
/** @typedef {import('playwright-core').Page} Page */

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const noise = /Failed to load resource|status of 404/;

/** @param {string} testId */
const click = (testId) => async (/** @type {Page} */ page) => {
  await page.getByTestId(testId).first().click();
  await page.waitForTimeout(150);
};

/** Opens a dialog by its button, wherever that is in sight. @param {string} act */
const act = (act) => async (/** @type {Page} */ page) => {
  await page.locator(`[data-act=${act}]:visible`).first().click();
  await page.locator('dialog[open]').waitFor();
};

/** The screens and what stands open on them: name, path, what is done there. @type {[string, string, ((page: Page) => Promise<unknown>)?][]} */
const screens = [
  ['explore', '/'],
  ['by AI+', '/?theme=ai'],
  ['a figure', '/?v=fig2'],
  ['an area', '/?sel=P05'],
  ['the core with its quality', '/?sel=C1', click('badge-quality')],
  ['a place', '/?sel=C1-07'],
  ['filtered', '/?ai=smartmfg&kind=park&near=X18&cmp=P01,P11'],
  ['nothing found', '/?ai=urban'],
  ['filter by kind', '/', (page) => openFilter(page, 'kind')],
  ['filter by AI+', '/?ai=medical', (page) => openFilter(page, 'ai')],
  ['filter by district', '/', (page) => openFilter(page, 'd')],
  ['filter by unit', '/', (page) => openFilter(page, 'u')],
  ['orders', '/?near=X18', (page) => openFilter(page, 'sort')],
  ['search', '/', search],
  ['keys', '/', async (page) => {
    await page.getByTestId('map').focus();
    await page.keyboard.press('?');
  }],
  ['share', '/?sel=P05', act('share')],
  ['share an image', '/?sel=P05', async (page) => {
    await act('share')(page);
    await page.getByRole('tab').nth(1).click();
  }],
  ['download', '/?sel=P05&ai=auto', act('download')],
  ['an area to read', '/f/P06'],
  ['the core to read', '/f/C1'],
  ['the city', '/f/X01'],
  ['a task', '/f/K09'],
  ['a unit', '/f/U06'],
  ['comparing none', '/compare'],
  ['comparing and ranking', '/compare?cmp=P01,P05,P08,P09&ai=auto&near=F12&w=3.2.1.0'],
  ['the sheet to print', '/print'],
  ['sources', '/about'],
  ['offline', '/offline'],
  ['an id that is gone', '/f/P99'],
  ['the API', '/api?f=html'],
  ['items', '/api/collections/parks/items?f=html'],
];

/** On a phone the list is in the sheet. @param {Page} page */
async function raise(page) {
  const handle = page.locator('#handle');
  for (let i = 0; i < 2 && await handle.isVisible() && await page.locator('#explore').getAttribute('data-stop') !== 'full'; i += 1) {
    await handle.click();
    await page.waitForTimeout(250);
  }
}

/** @param {Page} page @param {string} group */
async function openFilter(page, group) {
  await raise(page);
  await page.getByTestId(`filter-${group}`).click();
}

/** @param {Page} page */
async function search(page) {
  await raise(page);
  await page.getByTestId('search').fill('数据');
  await page.getByRole('option').first().waitFor();
}

// Pairwise: each two of language, mode and width come together.
const combinations = /** @type {const} */ ([['zh', 'light', desktop], ['zh', 'dark', phone], ['en', 'light', phone], ['en', 'dark', desktop]]);
for (const [lang, colorScheme, viewport] of combinations) {
  test(`no rule of axe is broken: ${lang}, ${colorScheme}, ${viewport.width} px`, async () => {
    const { page, close } = await f.open({ path: '/offline', lang, colorScheme, viewport, expect: noise });
    /** @type {string[]} */
    const broken = [];
    for (const [name, path, does] of screens) {
      await page.goto(`${f.url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
      if (path.startsWith('/?') || path === '/') await mapReady(page);
      await does?.(page);
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
      broken.push(...violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.slice(0, 3).map(({ target }) => target).join(' | ')}`));
    }
    assert.deepEqual(broken, []);
    await close();
  });
}

test('landmarks, one heading, skip links first, a map that is entered, moved and left by keyboard', async () => {
  for (const path of ['/', '/f/P05', '/compare', '/about']) {
    const { page, close } = await f.open({ path });
    assert.equal(await page.locator('h1').count(), 1, path);
    for (const role of /** @type {const} */ (['banner', 'main'])) assert.equal(await page.getByRole(role).count(), 1, `${role} of ${path}`);
    assert.ok(await page.getByRole('navigation').count() > 0);
    await close();
  }
  const { page, close } = await f.open();
  await mapReady(page);
  const skips = [];
  for (let i = 0; i < 3; i += 1) {
    await page.keyboard.press('Tab');
    skips.push(await page.evaluate(() => document.activeElement?.getAttribute('href')));
  }
  assert.deepEqual(skips, ['#list', '#map', '#detail']);
  const map = page.getByTestId('map');
  assert.equal(await map.getAttribute('role'), 'region');
  assert.match(await map.getAttribute('aria-label') ?? '', /14/);
  await map.focus();
  const where = () => page.getByTestId('feature-C1').boundingBox();
  const before = await where();
  await page.keyboard.press('ArrowRight');
  await until(async () => assert.notDeepEqual(await where(), before));
  const scale = () => page.locator('.pm-scale').getAttribute('aria-label');
  const bar = await scale();
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('+');
  await until(async () => assert.notEqual(await scale(), bar));
  await page.keyboard.press('0');
  await until(async () => assert.equal(await scale(), bar));
  const inMap = () => page.evaluate(() => document.activeElement?.closest('[data-testid=map]') !== null);
  await page.keyboard.press('Tab');
  if (await inMap()) await page.keyboard.press('Tab');
  assert.ok(!await inMap(), 'two Tabs lead out');
  await close();
});

test('the tree for screen readers has fourteen named buttons on the map, and the list the same', async () => {
  const { page, context, close } = await f.open();
  await mapReady(page);
  const client = await context.newCDPSession(page);
  const { nodes } = await client.send('Accessibility.getFullAXTree');
  const names = nodes.filter(({ role }) => role?.value === 'button').map(({ name }) => String(name?.value ?? ''));
  const spoken = names.filter((name) => name.includes('示意') && /,[核区园]|核:|区:|园:/.test(name));
  assert.equal(spoken.length, 14, spoken.join('\n'));
  assert.ok(spoken.some((name) => name.startsWith('5,龙泉汽车产业功能区,') && name.includes('AI+ 汽车') && name.includes('据名称推断')), spoken.join('\n'));
  await page.getByTestId('feature-P05').click();
  for (const id of ['feature-P05', 'item-P05']) {
    const current = page.getByTestId(id);
    const marked = id.startsWith('item') ? current.locator('a') : current;
    assert.equal(await marked.getAttribute('aria-current'), 'true', id);
  }
  await close();
});

test('the live region speaks at most once a second, and the last message wins', async () => {
  const { page, close } = await f.open();
  await mapReady(page);
  await page.evaluate(() => {
    const spoken = /** @type {[number, string][]} */ ([]);
    Object.assign(window, { spoken });
    new MutationObserver(() => spoken.push([performance.now(), document.querySelector('[data-live]')?.textContent ?? '']))
      .observe(/** @type {Element} */ (document.querySelector('[data-live]')), { childList: true, characterData: true, subtree: true });
  });
  await page.getByTestId('filter-ai').click();
  for (const code of ['auto', 'chip', 'agri', 'health']) await page.locator(`#filter-panel input[value=${code}]`).click();
  await until(async () => assert.equal(await page.locator('[data-live]').textContent(), '显示 4 / 14'));
  for (const code of ['auto', 'chip']) {
    await page.locator(`#filter-panel input[value=${code}]`).click();
    await page.waitForTimeout(300);
  }
  await until(async () => assert.equal(await page.locator('[data-live]').textContent(), '显示 2 / 14'));
  const spoken = await page.evaluate(() => /** @type {any} */ (window).spoken);
  for (let i = 1; i < spoken.length; i += 1) assert.ok(spoken[i][0] - spoken[i - 1][0] >= 990, JSON.stringify(spoken));
  await close();
});

test('nothing needs dragging: the map is moved and the sheet raised by buttons', async () => {
  const { page, close } = await f.open({ viewport: phone });
  await mapReady(page);
  await page.evaluate(() => window.addEventListener('pointermove', (event) => event.stopImmediatePropagation(), true));
  const where = () => page.getByTestId('feature-C1').boundingBox();
  const before = await where();
  await page.locator('.pm-button.is-move').click();
  await page.locator('.pm-button.is-up').click();
  await until(async () => assert.notDeepEqual(await where(), before));
  await page.locator('.pm-button.is-move').click();
  for (const stop of ['half', 'full', 'peek']) {
    await page.locator('#handle').click();
    await until(async () => assert.equal(await page.locator('#explore').getAttribute('data-stop'), stop));
  }
  await close();
});

test('without colour, and to other eyes, the unstated parks are told by hatching and by their sign', async () => {
  const { page, context, close, shot } = await f.open({ path: '/?theme=ai' });
  await mapReady(page);
  const client = await context.newCDPSession(page);
  for (const type of /** @type {const} */ (['achromatopsia', 'protanopia', 'deuteranopia', 'tritanopia'])) {
    await client.send('Emulation.setEmulatedVisionDeficiency', { type });
    await shot(`eyes-${type}`);
  }
  const ids = await page.locator('.pm-area.is-hatched').evaluateAll((paths) => paths.map((path) => getComputedStyle(path).fill));
  assert.equal(ids.length, 3);
  assert.ok(ids.every((fill) => fill.includes('pm-unstated')));
  const marks = await page.locator('.item .mark-unstated').evaluateAll((all) => all.map((mark) => mark.closest('[data-id]')?.getAttribute('data-id')));
  assert.deepEqual(marks, ['P02', 'P04', 'P12']);
  await close();
});

test('while tabbing, what has the focus is in sight, and targets are large enough', async () => {
  for (const viewport of [desktop, phone, { width: 320, height: 640 }]) {
    for (const path of ['/', '/?sel=C1', '/compare?cmp=P01,P05,P08', '/f/C1']) {
      const { page, close } = await f.open({ path, viewport });
      if (!path.startsWith('/f') && !path.startsWith('/compare')) await mapReady(page);
      const bad = [];
      for (let i = 0; i < 45; i += 1) {
        await page.keyboard.press('Tab');
        const problem = await page.evaluate(() => {
          const el = /** @type {HTMLElement | null} */ (document.activeElement);
          if (!el || el === document.body || el.matches('.skip, [data-testid=map]')) return null;
          const box = el.getBoundingClientRect();
          const what = `${el.tagName} ${el.className} ${el.textContent?.trim().slice(0, 20)}`;
          const text = el.matches('p a, li a, dd a, td a, summary, .link, .clear') || el.closest('label, .switch');
          if (!text && (box.width < 24 || box.height < 24)) return `small ${Math.round(box.width)}×${Math.round(box.height)} ${what}`;
          const [line] = el.getClientRects(); // of a link that breaks over lines, the first
          const seen = [8, line.width / 2, line.width - 8].some((along) => {
            const top = document.elementFromPoint(line.x + along, line.y + line.height / 2);
            return top && (el.contains(top) || top.contains(el) || /** @type {any} */ (el).labels?.[0]?.contains(top));
          });
          return seen ? null : `hidden ${what}`;
        });
        if (problem) bad.push(problem);
      }
      assert.deepEqual(bad, [], `${path} at ${viewport.width} px`);
      await close();
    }
  }
});

test('letters act on the map alone', async () => {
  const { page, close } = await f.open();
  await mapReady(page);
  await page.getByTestId('search').focus();
  await page.keyboard.type('l1?0');
  assert.equal(await page.getByTestId('search').inputValue(), 'l1?0');
  assert.equal(new URL(page.url()).search, '');
  assert.ok(await page.getByTestId('help').isHidden());
  await close();
});

test('dialogs take the focus, keep it, and give it back', async () => {
  const { page, close } = await f.open({ path: '/?sel=P05' });
  await mapReady(page);
  for (const name of ['share', 'download']) {
    const opener = page.locator(`.bar [data-act=${name}]`);
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.locator('dialog[open]').waitFor();
    for (let i = 0; i < 16; i += 1) {
      await page.keyboard.press(i % 3 ? 'Tab' : 'Shift+Tab');
      assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null), `${name} keeps the focus`);
    }
    await page.locator('dialog[open] > .close').focus();
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('dialog[open]').count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-act')), name);
  }
  await close();
});

test('forced colours, more contrast and less motion: pictures to look at, and what is chosen shows', async () => {
  for (const [name, options] of /** @type {const} */ ([
    ['forced', { forcedColors: 'active' }],
    ['contrast', { contrast: 'more' }],
    ['still', { reducedMotion: 'reduce' }],
  ])) {
    const { page, close, shot } = await f.open({ path: '/?ai=smartmfg&cmp=P01,P11&sel=P01', ...options });
    await mapReady(page);
    const background = (/** @type {string} */ selector) => page.locator(selector).first().evaluate((element) => getComputedStyle(element).backgroundColor);
    assert.notEqual(await background('.add[aria-pressed=true]'), await background('.figure-bar button'));
    await shot(`media-${name}`);
    await close();
  }
});
