// A layout of thousands of parks: the list has them all, the map as many discs as can be told apart.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fixture, idsOf, isFree, mapReady, query, until } from './harness.mjs';

const PARKS = 3000;
/** No more discs than this are on the map, whatever the layout. */
const MOST = 400;

const folder = mkdtempSync(join(tmpdir(), 'parkmap-many-'));
execFileSync('go', ['run', '-trimpath', '-buildvcs=false', './internal/bench', '-layout', folder, '-parks', String(PARKS)],
  { env: { ...process.env, CGO_ENABLED: '0' }, stdio: 'inherit' });
const areas = JSON.parse(readFileSync(join(folder, 'areas.geojson'), 'utf8')).features;
after(() => rmSync(folder, { recursive: true }));

const f = fixture('--layout', folder);

/** A position within an area. @param {string} id */
const within = (id) => areas.find((/** @type {any} */ area) => area.id === id).geometry.coordinates[0][0];

/** Says whether a disc lies on the map that is seen. @param {import('playwright-core').Page} page @param {string} id */
const hasDisc = async (page, id) => (await page.getByTestId(`feature-${id}`).count()) === 1;

test('the list has all areas, the map a bounded number of discs, core and zone among them', async () => {
  const { page, close, shot } = await f.open();
  await mapReady(page);
  assert.match(await page.locator('#list-count').innerText(), new RegExp(`^${PARKS + 2} `));
  await until(async () => assert.equal((await idsOf(page, 'item')).length, 100, 'a long list is laid out in parts'));
  await page.locator('.list-more').click();
  await until(async () => assert.equal((await idsOf(page, 'item')).length, 200));
  assert.equal(await page.evaluate(() => document.activeElement?.closest('[data-id]')?.getAttribute('data-id')), areas[100].id, 'the focus goes to the first of the next part');
  const discs = await idsOf(page, 'feature');
  assert.ok(discs.length > 10 && discs.length < MOST, `${discs.length} discs`);
  for (const id of ['C1', 'Z1']) assert.ok(discs.includes(id), id);
  assert.deepEqual(discs, [...discs].sort((a, b) => areas.findIndex((/** @type {any} */ area) => area.id === a) - areas.findIndex((/** @type {any} */ area) => area.id === b)), 'in the order of the document');
  await until(async () => assert.equal(await page.locator('.pm-area').count(), PARKS + 2, 'every area is drawn'));
  await shot('many');
  await close();
});

test('filtered, both list and map hold what passes, and nothing else', async () => {
  const { page, close, shot } = await f.open();
  await mapReady(page);
  await until(async () => assert.equal(await page.locator('.pm-area').count(), PARKS + 2));
  await page.getByTestId('filter-ai').click();
  await page.locator('#filter-panel .choice:not(.is-none) input').first().click();
  const passing = Number(/^[\d,]+/.exec(await page.locator('#list-count').innerText())?.[0]);
  assert.ok(passing > 0 && passing < PARKS / 2, `${passing} pass`);
  await until(async () => assert.equal(await page.locator('.pm-area:not(.is-out)').count(), passing));
  await until(async () => assert.equal((await idsOf(page, 'item')).length, Math.min(100, passing)));
  assert.ok((await page.locator('.pm-ghost').getAttribute('d') ?? '').length > 1000, 'what is filtered out is still there, faded');
  await shot('many-filtered');
  await page.reload();
  await mapReady(page);
  await until(async () => assert.ok((await page.locator('.pm-ghost').getAttribute('d') ?? '').length > 1000, 'also when the address says so'));
  await close();
});

test('a park far down the list is laid out when it is selected', async () => {
  const { id } = areas[2500];
  const { page, close } = await f.open({ path: `/?sel=${id}` });
  await mapReady(page);
  await until(async () => assert.equal(await page.getByTestId(`item-${id}`).locator('a').getAttribute('aria-current'), 'true'));
  await close();
});

test('a selected park has its disc however crowded the map is; the others come with the zoom', async () => {
  const { page, close, shot } = await f.open();
  await mapReady(page);
  const shown = await idsOf(page, 'feature');
  const hidden = areas.map((/** @type {any} */ area) => area.id).filter((/** @type {string} */ id) => !shown.includes(id));
  const [first, second] = [hidden[7], hidden[1000]];
  const [lon, lat] = within(second);
  for (const [path, id] of [[`/?sel=${first}&c=36.75,102,9`, first], [`/?c=${lat},${lon},13`, second]]) {
    await page.goto(f.url + path);
    await mapReady(page);
    assert.ok(await hasDisc(page, id), `${id} has a disc at ${path}`);
    await until(async () => assert.ok(await isFree(page, id), `${id} can be touched`));
    assert.ok((await idsOf(page, 'feature')).length < MOST);
  }
  await shot('many-near');
  await close();
});

test('a park that is pointed at in the list gets a disc while it is', async () => {
  const { page, close } = await f.open({ path: '/?c=36.75,102,9' });
  await mapReady(page);
  const shown = await idsOf(page, 'feature');
  const id = (await idsOf(page, 'item')).find((one) => !shown.includes(one)) ?? '';
  await page.getByTestId(`item-${id}`).hover();
  await until(async () => assert.ok(await hasDisc(page, id)));
  await page.mouse.move(1000, 5);
  await until(async () => assert.ok(!(await hasDisc(page, id))));
  await close();
});

test('the keyboard walks over the map, and the focus stays on a disc that stays', async () => {
  const { page, close } = await f.open({ path: '/?c=36.75,102,9.5' });
  await mapReady(page);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? '');
  const stops = page.locator('.pm-feature[tabindex="0"]');
  assert.equal(await stops.count(), 1, 'one tab stop');
  await stops.focus();
  const seen = new Set([await focused()]);
  for (const key of ['Right', 'Down', 'Left', 'Down', 'Right'].flatMap((way) => Array(4).fill(`Arrow${way}`))) {
    await page.keyboard.press(key);
    await page.waitForTimeout(60);
    const now = await focused();
    assert.match(now, /^feature-/, 'the focus is on a disc');
    seen.add(now);
  }
  assert.ok(seen.size > 6, `${seen.size} discs were reached`);
  const before = await focused();
  await page.locator('.pm-button.is-in').dispatchEvent('click');
  await page.waitForTimeout(300);
  assert.equal(await focused(), before, 'zooming leaves the focus where it is');
  await page.keyboard.press('Enter');
  assert.equal(`feature-${query(page, 'sel')}`, before);
  await close();
});
