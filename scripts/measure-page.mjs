// Measures the map page of a running program in a real browser, and prints what it found as JSON: times in
// milliseconds, sizes in bytes as they come over the wire. Usage: node scripts/measure-page.mjs URL [ROUNDS]
//
// First visits are those of a phone of middling speed: the processor four times slower than this one, cold
// cache. What needs a part of the page that is not there is left out.
import { chromium } from 'playwright-core';
import { browserArgs, findBrowser } from './browser.mjs';

const [url, rounds = '3'] = process.argv.slice(2);
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const desktop = { viewport: { width: 1440, height: 900 } };
const SLOWER = 4;
/** Networks: bits per second down and up, round trip in milliseconds. */
const networks = { '4g': [9e6, 170], 'slow-3g': [4e5, 400] };
const KINDS = { Document: 'html', Stylesheet: 'css', Script: 'js' };
const kindOf = ({ type, response }) => (new URL(response.url).pathname.endsWith('.json') ? 'data' : KINDS[type] ?? 'other');

/** Runs in the page before anything else: notes when things are there, and what kept the reader waiting. */
function watch() {
  const seen = { lcp: 0, cls: 0, list: 0, map: 0, tasks: [] };
  window.seen = seen;
  const observe = (type, each) => new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  observe('largest-contentful-paint', ({ startTime }) => { seen.lcp = startTime; });
  observe('layout-shift', ({ value, hadRecentInput }) => { if (!hadRecentInput) seen.cls += value; });
  observe('longtask', ({ startTime, duration }) => seen.tasks.push({ startTime, duration }));
  const look = (now) => {
    if (!seen.list && document.querySelector('#items a')?.getClientRects().length) seen.list = now;
    if (!seen.map && document.querySelector('[data-testid=map][data-drawn]')) seen.map = now;
    if (!seen.list || !seen.map) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Opens a page in a context of its own. */
async function open(browser, device, { network, slower = SLOWER } = {}) {
  const context = await browser.newContext({ ...device, locale: 'zh-CN' });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower });
  if (network) {
    const [bits, latency] = networks[network];
    await cdp.send('Network.emulateNetworkConditions', { offline: false, latency, downloadThroughput: bits / 8, uploadThroughput: bits / 8 });
  }
  const weight = { html: 0, css: 0, js: 0, data: 0, other: 0 };
  const kinds = new Map();
  cdp.on('Network.responseReceived', (event) => kinds.set(event.requestId, kindOf(event)));
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => { weight[kinds.get(requestId) ?? 'other'] += encodedDataLength; });
  await page.addInitScript(watch);
  return { context, page, weight };
}

/** Waits until the map is drawn and no task has kept the reader waiting for a second. */
async function settle(page) {
  await page.waitForFunction(() => window.seen.map > 0, null, { timeout: 120_000 });
  await page.waitForFunction(() => {
    const last = window.seen.tasks.at(-1);
    return performance.now() - Math.max(window.seen.map, last ? last.startTime + last.duration : 0) > 1000;
  }, null, { timeout: 120_000 });
}

/** A first visit on a network. */
async function visit(browser, network) {
  const { context, page, weight } = await open(browser, phone, { network });
  await page.goto(url, { timeout: 120_000 });
  await settle(page);
  await page.waitForFunction(() => window.seen.lcp > 0, null, { timeout: 5000 }).catch(() => {}); // it is told late
  const seen = await page.evaluate(() => window.seen);
  await context.close();
  const after = seen.tasks.filter(({ startTime }) => startTime >= seen.map).map(({ duration }) => duration);
  return {
    lcp: seen.lcp || null, cls: seen.cls, list: seen.list, map: seen.map, weight,
    longest: Math.max(0, ...after), blocking: seen.tasks.reduce((sum, { duration }) => sum + duration - 50, 0),
  };
}

/** Chooses an AI+ direction: from the click to the frame in which both list and map have followed. */
async function filter(browser) {
  const { context, page } = await open(browser, desktop);
  await page.goto(url);
  await settle(page);
  const took = await page.evaluate(async () => {
    document.querySelector('[data-testid=filter-ai]').click();
    const choice = document.querySelector('#filter-panel .choice:not(.is-none) input');
    const shown = () => document.getElementById('list-count').textContent;
    const drawn = () => document.querySelector('[data-testid=map]')?.dataset.drawn;
    const [list, map] = [shown(), drawn()];
    const began = performance.now();
    choice.click();
    for (let frames = 0; frames < 600; frames += 1) {
      await new Promise(requestAnimationFrame);
      if (shown() === list || drawn() === map) continue;
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return performance.now() - began;
    }
    throw new Error('list and map do not follow the filter');
  });
  await context.close();
  return took;
}

/** The longest tasks while the map is used on a desktop at its own speed; 0 when none took 50 ms. */
async function use(browser) {
  const { context, page } = await open(browser, desktop, { slower: 1 });
  await page.goto(url);
  await settle(page);
  const longest = async (act) => {
    await page.evaluate(() => { window.seen.tasks = []; });
    await act();
    await page.waitForTimeout(800);
    return page.evaluate(() => Math.max(0, ...window.seen.tasks.map(({ duration }) => duration)));
  };
  const disc = page.locator('.pm-feature.kind-park').first();
  const times = {
    hover: await longest(async () => { for (let i = 0; i < 8; i += 1) await page.mouse.move(600 + i * 60, 300 + i * 30); }),
    pan: await longest(async () => {
      await page.mouse.move(800, 450);
      await page.mouse.down();
      for (let i = 1; i < 8; i += 1) await page.mouse.move(800 + i * 20, 450 + i * 10);
      await page.mouse.up();
    }),
    zoom: await longest(() => page.locator('.pm-button.is-in').click()),
    select: await longest(() => disc.dispatchEvent('click')),
  };
  await context.close();
  return times;
}

/** A second visit without a network, when the page can serve itself: until list and map are there. */
async function offline(browser) {
  const { context, page } = await open(browser, phone);
  await page.goto(url);
  await settle(page);
  const served = await page.evaluate(async () => {
    if (!(await navigator.serviceWorker?.getRegistration())) return false;
    await Promise.race([navigator.serviceWorker.ready, new Promise((resolve) => setTimeout(resolve, 10_000))]);
    return true;
  });
  let took = null;
  if (served) {
    await page.waitForTimeout(2000);
    await context.setOffline(true);
    await page.reload();
    await settle(page);
    took = await page.evaluate(() => Math.max(window.seen.list, window.seen.map));
  }
  await context.close();
  return took;
}

/** The middle of what was found; null when nothing was. */
const middle = (values) => {
  const found = values.filter((value) => value !== null).sort((a, b) => a - b);
  return found[found.length >> 1] ?? null;
};

/** Repeats a measurement and takes the middle of each figure. */
async function repeat(measure) {
  const all = [];
  for (let i = 0; i < Number(rounds); i += 1) all.push(await measure());
  if (all[0] === null || typeof all[0] === 'number') return all.includes(null) ? null : middle(all);
  return Object.fromEntries(Object.keys(all[0]).map((key) =>
    [key, typeof all[0][key] !== 'object' || all[0][key] === null ? middle(all.map((one) => one[key])) : all[0][key]]));
}

if (!url) throw new Error('usage: node scripts/measure-page.mjs URL [ROUNDS]');
const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArgs });
try {
  console.log(JSON.stringify({
    fast: await repeat(() => visit(browser, '4g')),
    slow: await repeat(() => visit(browser, 'slow-3g')),
    use: await repeat(() => use(browser)),
    filter: await repeat(() => filter(browser)),
    offline: await repeat(() => offline(browser)),
  }, null, 2));
} finally {
  await browser.close();
}
