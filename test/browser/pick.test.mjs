// The map by itself: the pin of a position, and picking one with mouse and keyboard.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as esbuild from 'esbuild';
import { fixture, until } from './harness.mjs';

const f = fixture();
let script = '';

before(async () => {
  const contents = `import { createMap } from './map/index.js'; import { createModel } from './model/index.js'; import { createText } from './text/index.js';
    window.parts = { createMap, createModel, createText };`;
  const { outputFiles } = await esbuild.build({
    stdin: { contents, resolveDir: 'static/src' }, bundle: true, format: 'iife', write: false, loader: { '.png': 'dataurl', '.svg': 'dataurl' },
  });
  script = outputFiles[0].text;
});

/** Puts a map alone on a page, with a panel of 300 px over its left side. @param {object} state */
async function mapAlone(state) {
  const opened = await f.open({ path: '/about', bypassCSP: true, viewport: { width: 1000, height: 700 } });
  const { page } = opened;
  await page.addScriptTag({ content: script });
  await page.evaluate(async (more) => {
    const { createMap, createModel, createText } = /** @type {any} */ (window).parts;
    const box = document.createElement('div');
    box.style.cssText = 'position:fixed;inset:0';
    document.body.replaceChildren(box);
    const model = createModel(await (await fetch('/pack.json')).json());
    const seen = /** @type {any} */ (window).seen = { picked: [], selected: [] };
    const map = createMap(box, {
      model, text: createText('zh'), lang: 'zh', reducedMotion: true, safeArea: () => ({ top: 0, right: 0, bottom: 0, left: 300 }),
      onSelect: (/** @type {string} */ id) => seen.selected.push(id), onHover() {}, onMove() {}, onWhole() {},
      onPick: (/** @type {unknown} */ at) => seen.picked.push(at),
    });
    map.setView({ lat: 30.6, lon: 104.1, zoom: 10.5 });
    map.setState(more);
    /** @type {any} */ (window).map = map;
  }, state);
  await page.waitForFunction(() => document.querySelector('[data-testid=map][data-drawn]'));
  const seen = () => page.evaluate(() => /** @type {any} */ (window).seen);
  const call = (/** @type {string} */ name, /** @type {unknown} */ argument) =>
    page.evaluate(([method, value]) => /** @type {any} */ (window).map[String(method)](value), [name, argument]);
  return { ...opened, seen, call };
}

/** Says that two positions are the same but for a pixel. @param {number[]} a @param {number[]} b */
const near = (a, b) => a.every((value, i) => Math.abs(value - b[i]) < 0.003);

test('a click names a position instead of selecting, on the ground and on a disc', async () => {
  const { page, seen, close } = await mapAlone({ picking: true });
  const disc = await page.getByTestId('feature-C1').boundingBox();
  assert.ok(disc);
  await page.mouse.click(disc.x + disc.width / 2, disc.y + disc.height / 2);
  await page.mouse.click(500, 350);
  const { picked, selected } = await seen();
  assert.equal(picked.length, 2);
  assert.deepEqual(selected, []);
  assert.ok(near(picked[1], [104.1, 30.6]), `${picked[1]} is the middle of the map`);
  for (const value of picked.flat()) assert.equal(value, Number(value.toFixed(5)));
  await close();
});

test('moving the map picks nothing', async () => {
  const { page, seen, close } = await mapAlone({ picking: true });
  await page.mouse.move(600, 300);
  await page.mouse.down();
  await page.mouse.move(700, 380, { steps: 5 });
  await page.mouse.up();
  assert.deepEqual(await seen(), { picked: [], selected: [] });
  await close();
});

test('Enter picks the middle of the room, which is marked; Escape gives up', async () => {
  const { page, seen, call, close, shot } = await mapAlone({ picking: true });
  assert.ok(await page.locator('.pm-aim').isHidden());
  await page.keyboard.press('Tab');
  await page.getByTestId('map').focus();
  const aim = await page.locator('.pm-aim').boundingBox();
  assert.ok(aim && Math.abs(aim.x + aim.width / 2 - 650) <= 1 && Math.abs(aim.y + aim.height / 2 - 350) <= 1);
  await shot('picking');
  await page.keyboard.press('Enter');
  await page.getByTestId('feature-P05').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  const { picked, selected } = await seen();
  const [west, south, east, north] = await call('bounds');
  assert.equal(picked.length, 3);
  assert.ok(near(picked[0], [(west + east) / 2, 30.6]), `${picked[0]} is the middle of ${[west, south, east, north]}`);
  assert.equal(picked[2], null);
  assert.deepEqual(selected, []);
  await call('setState', { picking: false });
  assert.ok(await page.locator('.pm-aim').isHidden());
  await page.getByTestId('feature-P05').press('Enter');
  assert.deepEqual((await seen()).selected, ['P05'], 'afterwards Enter selects again');
  await close();
});

test('the pin stands at its position, is named, and no disc lies on it', async () => {
  const { page, call, close, shot } = await mapAlone({ near: [104.1, 30.6], nearName: '某个地点' });
  const pin = page.locator('.pm-pin');
  assert.equal(await pin.getAttribute('aria-hidden'), 'true');
  const box = await pin.boundingBox();
  assert.ok(box && Math.abs(box.x + box.width / 2 - 500) <= 1 && Math.abs(box.y + box.height - 350) <= 1, 'its tip is the position');
  await until(async () => assert.equal(await page.locator('.pm-label[data-label=near]').textContent(), '某个地点'));
  await shot('pin');
  await call('setState', { near: [104.2, 30.6], nearName: 'A < B' });
  await until(async () => assert.equal(await page.locator('.pm-label[data-label=near]').textContent(), 'A < B'));
  await call('setState', { near: null, nearName: '' });
  await until(async () => assert.equal(await page.locator('.pm-label[data-label=near], .pm-pin').count(), 0));
  await close();
});

test('what is filtered out fades, has no name and takes no focus', async () => {
  const { page, call, close, shot } = await mapAlone({});
  await page.evaluate(() => /** @type {any} */ (window).map.setState({ visible: new Set(['P01', 'P11']) }));
  await until(async () => assert.equal(await page.locator('.pm-feature:disabled').count(), 12));
  await until(async () => {
    const labels = await page.locator('.pm-label[data-label]').evaluateAll((all) => all.map((label) => label.getAttribute('data-label') ?? ''));
    assert.ok(labels.every((id) => !/^(C1|Z1|P(?!01|11))/.test(id)), `${labels}`);
  });
  assert.equal(await page.locator('.pm-feature[tabindex="0"]:not(:disabled)').count(), 1);
  const opacity = await page.locator('.pm-area.kind-park.is-out').first().evaluate((path) => {
    path.getAnimations().forEach((animation) => animation.finish());
    return getComputedStyle(path).opacity;
  });
  assert.equal(opacity, '0.12');
  await shot('faded');
  await call('setState', { visible: null });
  await until(async () => assert.equal(await page.locator('.pm-feature:disabled').count(), 0));
  await close();
});
