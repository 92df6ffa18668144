// What is left of the map without network, and what a new version of data or program does to what was kept.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { fixture, idsOf, mapReady, phone, query, touch, until } from './harness.mjs';
import { startProxy } from './proxy.mjs';

const f = fixture();
/** @type {Awaited<ReturnType<typeof startProxy>>} */
let proxy;
before(async () => {
  await f.started;
  proxy = await startProxy(f.url);
  f.url = proxy.url;
});
afterEach(() => proxy.straighten());
after(() => proxy.stop());

const noise = /Failed to load resource|Failed to fetch|ERR_|ProblemError|preload|holds no layout|JSON/i;
const banner = /** @param {import('playwright-core').Page} page */ (page) => page.getByTestId('banner-offline');

/** Waits until the worker has kept what it needs. @param {import('playwright-core').Page} page */
const installed = (page) => page.evaluate(async () => {
  const { active } = await navigator.serviceWorker.ready;
  if (active?.state !== 'activated') await new Promise((resolve) => active?.addEventListener('statechange', resolve, { once: true }));
});

/** Opens the map, waits for the worker, and opens it again, now through the worker. @param {object} [options] */
async function secondVisit(options = {}) {
  const opened = await f.open({ expect: noise, ...options });
  await mapReady(opened.page);
  await installed(opened.page);
  await opened.page.reload();
  await mapReady(opened.page);
  assert.ok(await opened.page.evaluate(() => Boolean(navigator.serviceWorker.controller)), 'the worker answers');
  return opened;
}

/** What is kept, by cache. @param {import('playwright-core').Page} page @returns {Promise<Record<string, string[]>>} */
const kept = (page) => page.evaluate(async () => Object.fromEntries(await Promise.all((await caches.keys()).map(async (name) => {
  const keys = await (await caches.open(name)).keys();
  return [name, keys.map(({ url }) => new URL(url).pathname + new URL(url).search)];
}))));

/** @param {import('playwright-core').Page} page */
const keptPaths = async (page) => Object.values(await kept(page)).flat();

for (const [lang, offline, park, gone] of /** @type {const} */ ([
  ['zh', /^已离线。显示 \d{4}年\d{1,2}月\d{1,2}日 的数据$/, '龙泉汽车产业功能区', '已离线,本页未保存'],
  ['en', /^Offline\. Showing data of \d{1,2} [A-Z][a-z]{2} \d{4}$/, 'Longquan', 'Offline, and this page is not kept'],
])) {
  test(`the second visit without network: map, search, detail, pages (${lang})`, async () => {
    const { page, context, close, shot } = await secondVisit({ lang });
    for (const path of ['/f/P05', '/compare?cmp=P01,P05']) await page.goto(f.url + path);
    await until(async () => assert.equal((await keptPaths(page)).filter((path) => /^\/(f|compare)/.test(path)).length, 2));
    await context.setOffline(true);
    await page.goto(f.url);
    await mapReady(page);
    assert.match(await banner(page).innerText(), offline);
    assert.equal((await idsOf(page, 'item')).length, 14);
    assert.equal((await idsOf(page, 'feature')).length, 14);
    await shot(`offline-${lang}`);

    await page.getByTestId('search').fill('lqqc');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('detail').getByText(park).first().waitFor();
    await page.goto(`${f.url}/?v=fig2&theme=ai`);
    await mapReady(page);
    assert.equal(query(page, 'v'), 'fig2');

    await page.goto(`${f.url}/f/P05`);
    assert.match(await page.locator('main').innerText(), new RegExp(park));
    await page.goto(`${f.url}/compare?cmp=P01,P05`);
    assert.match(await page.locator('main').innerText(), new RegExp(park));
    await page.goto(`${f.url}/f/P09`);
    await mapReady(page);
    assert.equal(new URL(page.url()).pathname, '/');
    assert.equal(query(page, 'sel'), 'P09', 'a page that was not visited is shown on the map');
    for (const path of ['/about', '/compare?cmp=P02,P03', '/f/nothing', '/api/collections']) {
      await page.goto(f.url + path);
      assert.equal(await page.locator('h1').innerText(), gone, path);
    }
    await shot(`offline-page-${lang}`);

    for (const path of ['/print', '/print?paper=a3&sel=P05']) {
      await page.goto(f.url + path);
      const sheet = page.getByTestId('sheet');
      assert.equal(await sheet.locator('tbody tr').count(), 14, `${path}: the index is complete`);
      assert.ok(await sheet.getByTestId('qr').isVisible(), path);
    }
    await page.goto(f.url);
    await mapReady(page);
    await context.setOffline(false);
    await until(async () => assert.equal(await banner(page).count(), 0, 'the banner goes when the network is back'));
    await close();
  });
}

test('the other language without network', async () => {
  const { page, context, close } = await secondVisit();
  await context.setOffline(true);
  await page.locator('[data-act=lang]').click();
  await page.waitForURL(/lang=en/);
  await mapReady(page);
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  assert.match(await banner(page).innerText(), /^Offline/);
  await page.locator('[data-act=lang]').click();
  await page.waitForURL(/lang=zh/);
  await mapReady(page);
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
  await close();
});

test('the banner comes while the page is open, and covers nothing', async () => {
  for (const options of [{}, touch, { viewport: { width: 320, height: 640 } }, { colorScheme: 'dark', ...touch }]) {
    const { page, context, close, shot } = await f.open({ expect: noise, ...options });
    await mapReady(page);
    await installed(page);
    await context.setOffline(true);
    await banner(page).waitFor();
    const line = await banner(page).boundingBox();
    const [bar, map] = [await page.locator('.bar').boundingBox(), await page.locator('#explore').boundingBox()];
    assert.ok(line && bar && map && line.y >= bar.y + bar.height - 1 && map.y >= line.y + line.height - 1, 'the banner has a row of its own');
    assert.equal(await page.locator('.net').getAttribute('role'), 'status');
    const { width } = /** @type {{ width: number }} */ (page.viewportSize());
    await shot(`banner-${width}${'colorScheme' in options ? '-dark' : ''}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
    await context.setOffline(false);
    await until(async () => assert.equal(await banner(page).count(), 0));
    await close();
  }
});

test('a server that is away, fails or breaks off: the map comes from the device, and says so', async () => {
  const { page, close } = await secondVisit();
  for (const fate of /** @type {const} */ (['drop', 'cut', 503])) {
    proxy.way.fate = () => fate;
    await page.goto(`${f.url}/?sel=P05`);
    await mapReady(page);
    assert.match(await banner(page).innerText(), /已离线。显示/, String(fate));
  }
  proxy.straighten();
  await page.reload();
  await mapReady(page);
  assert.equal(await banner(page).count(), 0);
  await close();
});

test('a server that does not answer: what is kept is shown in time, and it is not said to be offline', async () => {
  const { page, close } = await secondVisit();
  proxy.way.fate = () => 'hang';
  await page.goto(`${f.url}/?sel=P05`);
  await mapReady(page);
  assert.equal(await banner(page).count(), 0);
  await close();
});

for (const [name, spoil] of /** @type {const} */ ([
  ['cut short', () => { proxy.way.fate = (path) => (path.startsWith('/pack') ? 'cut' : 'pass'); }],
  ['no JSON', () => { proxy.way.text = (body, path) => (path.startsWith('/pack') ? body.slice(0, -9) : body); }],
  ['another JSON', () => { proxy.way.text = (body, path) => (path.startsWith('/pack') ? '{}' : body); }],
])) {
  test(`a first visit with data that are ${name}: the list works, and trying again brings the map`, async () => {
    spoil();
    const { page, close } = await f.open({ expect: noise });
    const notice = page.locator('.notice');
    await notice.waitFor();
    await notice.getByRole('button').click();
    await notice.waitFor();
    assert.equal((await idsOf(page, 'item')).length, 14, 'the list is still there after the second failure');
    proxy.straighten();
    await notice.getByRole('button').click();
    await mapReady(page);
    await close();
  });
}

test('only good answers of pages and files are kept, and not too many', async () => {
  const { page, close } = await secondVisit();
  for (const path of ['/f/none', '/readyz', '/api/collections', '/qr.svg?path=/', '/?v=fig1']) await page.goto(f.url + path);
  for (let i = 0; i < 70; i += 1) await page.evaluate((i) => fetch(`/about?x=${i}`), i); // no navigation, not kept
  await page.goto(`${f.url}/f/C1?mode=dark`);
  await until(async () => assert.ok((await keptPaths(page)).includes('/f/C1?lang=zh')));
  const strange = (await keptPaths(page)).filter((path) => !/^\/assets\/|^\/pack\.json$|^\/(print|offline)?\?lang=(zh|en)$|^\/f\/C1\?lang=zh$/.test(path));
  assert.deepEqual(strange, []);
  await close();
});

test('of many visited pages the last ones are kept', async () => {
  const { page, close } = await secondVisit();
  const ids = await page.evaluate(async () => {
    const pack = await (await fetch('/pack.json')).json();
    return [...pack.areas, ...pack.places, ...pack.facilities].map(({ id }) => id).slice(0, 64);
  });
  for (const id of ids) await page.goto(`${f.url}/f/${id}`, { waitUntil: 'commit' });
  const visited = async () => (await keptPaths(page)).filter((path) => path.startsWith('/f/'));
  await until(async () => assert.ok((await visited()).includes(`/f/${ids[63]}?lang=zh`)));
  await until(async () => assert.ok((await visited()).length <= 60));
  assert.ok(!(await visited()).includes(`/f/${ids[0]}?lang=zh`), 'the first is forgotten');
  await close();
});

/** Makes the program look like another version: another build, another name of the script. */
function nextProgram() {
  proxy.way.path = (path) => path.replace(/main-NEXT(\w+)/, 'main-$1');
  proxy.way.text = (body, path) => (path.startsWith('/assets/') ? body
    : body.replace(/\/assets\/main-(\w+)\.js/g, '/assets/main-NEXT$1.js').replace(/"build":"/, '"build":"NEXT'));
}

test('a new version of the program: offered, not forced; then the old files are gone', async () => {
  const { page, context, close, shot } = await secondVisit();
  const before = Object.keys(await kept(page));
  assert.equal(before.length, 1);
  nextProgram();
  await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
  await page.getByTestId('newer').waitFor();
  await shot('newer');
  assert.deepEqual(await page.locator('script[src]').evaluateAll((all) => all.filter((s) => s.getAttribute('src')?.includes('NEXT')).length), 0);
  await page.getByTestId('newer').getByRole('button', { name: '刷新' }).click();
  await until(async () => assert.match(await page.locator('script[src]').getAttribute('src') ?? '', /NEXT/));
  await mapReady(page);
  await until(async () => {
    const now = await kept(page);
    assert.equal(Object.keys(now).length, 1, 'one version is kept');
    assert.notDeepEqual(Object.keys(now), before);
    assert.deepEqual(Object.values(now).flat().filter((path) => /main-(?!NEXT)\w+\.js/.test(path)), [], 'no script of the old one');
  });
  await context.setOffline(true);
  await page.reload();
  await mapReady(page);
  assert.match(await page.locator('script[src]').getAttribute('src') ?? '', /NEXT/);
  await close();
});

test('a page that the network brings in the new version takes the new worker without being asked', async () => {
  const { page, close } = await secondVisit();
  const before = Object.keys(await kept(page));
  nextProgram();
  await page.goto(`${f.url}/?sel=P05`);
  await mapReady(page);
  await until(async () => assert.notDeepEqual(Object.keys(await kept(page)), before));
  await until(async () => assert.equal(Object.keys(await kept(page)).length, 1));
  assert.equal(await page.getByTestId('newer').count(), 0, 'nothing is offered: the page is the new one');
  await close();
});

/** Makes the layout look like another version. */
function nextLayout() {
  proxy.way.text = (body, path) => (path.startsWith('/pack') ? body.replace(/"version":\d+/, '"version":901') : body);
  proxy.way.headers = (headers) => { headers['x-layout-version'] = '901'; };
}

test('a new version of the layout replaces the data and the pages that were kept', async () => {
  const { page, context, close } = await secondVisit();
  await page.goto(`${f.url}/f/P05`);
  await until(async () => assert.ok((await keptPaths(page)).includes('/f/P05?lang=zh')));
  nextLayout();
  await page.goto(f.url);
  await mapReady(page);
  await until(async () => assert.ok(!(await keptPaths(page)).includes('/f/P05?lang=zh'), 'a page of the old layout is forgotten'));
  const versions = () => page.evaluate(async () => {
    const cache = await caches.open((await caches.keys())[0]);
    return Promise.all(['/pack.json', '/?lang=zh', '/?lang=en'].map(async (key) => (await cache.match(key, { ignoreVary: true }))?.headers.get('X-Layout-Version')));
  });
  await until(async () => assert.deepEqual(await versions(), ['901', '901', '901']));
  await context.setOffline(true);
  await page.reload();
  await mapReady(page);
  await close();
});

test('a new version of the layout while the page is open is offered', async () => {
  const { page, context, close } = await f.open({ expect: noise });
  await mapReady(page);
  await installed(page);
  await context.setOffline(true);
  await banner(page).waitFor();
  nextLayout();
  await context.setOffline(false);
  await page.getByTestId('newer').waitFor();
  await page.getByTestId('newer').getByRole('button', { name: '关闭提示' }).click();
  assert.equal(await page.getByTestId('newer').count(), 0);
  await close();
});

test('a browser without workers, one that refuses them and one that keeps nothing show the map as before', async () => {
  for (const hinder of [
    () => delete (/** @type {any} */ (Navigator.prototype).serviceWorker),
    () => { ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('refused', 'SecurityError')); },
  ]) {
    const { page, close } = await f.open({ prepare: (page) => page.addInitScript(hinder), viewport: phone });
    await mapReady(page);
    await page.waitForTimeout(300);
    await close();
  }
  proxy.way.text = (body, path) => (path === '/sw.js' ? `caches.open=()=>Promise.reject(new DOMException('full','QuotaExceededError'));${body}` : body);
  const { page, close } = await f.open();
  await mapReady(page);
  await until(async () => assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active ?? null), null));
  await page.reload();
  await mapReady(page);
  await close();
});
