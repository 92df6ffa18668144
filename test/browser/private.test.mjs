// What only signed-in users see, in a browser: the page is whole without it, and the worker does not keep it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fixture, mapReady, root } from './harness.mjs';

const PASSWORD = 'correct horse battery';
const f = fixture('--private', 'facilities', '--private', 'units', '--private', 'places');
before(async () => {
  await f.started;
  const made = spawnSync(join(root, 'bin', 'parkmap'),
    ['user', 'add', 'vera', '--role', 'viewer', '--password-stdin', '--store', f.store], { input: PASSWORD });
  assert.equal(made.status, 0, String(made.stderr));
});

/** How many facilities, places and units the data have, as the page gets them. @param {import('playwright-core').Page} page */
const seen = (page) => page.evaluate(async () => {
  const { facilities, places, units } = await (await fetch('/pack.json')).json();
  return facilities.length + places.length + units.length;
});

/** The same of the data that the worker keeps. @param {import('playwright-core').Page} page */
const kept = (page) => page.evaluate(async () => {
  const response = await caches.match('/pack.json', { ignoreVary: true });
  const { facilities, places, units } = response ? await response.json() : { facilities: [], places: [], units: [] };
  return facilities.length + places.length + units.length;
});

/** Whether a page of an area with places is among those that are kept, with one of them. @param {import('playwright-core').Page} page */
const keptPages = (page) => page.evaluate(async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (!new URL(request.url).pathname.startsWith('/assets/')) texts.push(await (await cache.match(request))?.text());
    }
  }
  return texts.filter((text) => text?.includes('C1-01')).length;
});

test('a visitor has a whole map without what is private', async () => {
  const { page, close } = await f.open();
  await mapReady(page);
  assert.equal(await seen(page), 0);
  await page.goto(`${f.url}/?sel=C1`);
  await mapReady(page);
  await page.goto(`${f.url}/f/C1`);
  await page.goto(`${f.url}/compare?cmp=C1,P05`);
  await page.goto(`${f.url}/print`);
  await close();
});

test('who is signed in sees it, and the browser does not keep it', async () => {
  const { page, context, close } = await f.open({ expect: /Failed to (load|fetch)|ERR_/ });
  await mapReady(page);
  await page.evaluate(async () => { await navigator.serviceWorker.ready; });
  const status = await page.evaluate(async (password) => (await fetch('/api/session', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ name: 'vera', password }),
  })).status, PASSWORD);
  assert.equal(status, 200);
  for (const path of ['/', '/f/C1', '/print', '/compare?cmp=C1', '/']) await page.goto(f.url + path);
  await mapReady(page);
  assert.ok(await page.evaluate(() => Boolean(navigator.serviceWorker.controller)), 'the worker answers');
  assert.ok(await seen(page) > 50, 'all of it is there');
  assert.equal(await kept(page), 0);
  assert.equal(await keptPages(page), 0);
  assert.equal(await page.evaluate(() => document.cookie), '', 'scripts do not see the session');
  await page.evaluate(() => fetch('/api/session', { method: 'DELETE' }));
  assert.equal(await seen(page), 0);
  await context.setOffline(true);
  await page.goto(f.url);
  await mapReady(page);
  await close();
});
