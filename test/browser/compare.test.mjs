// What a reader does on the page that sets areas side by side and ranks them, and on the page of the whole layout.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture, mapReady, phone, query } from './harness.mjs';

const f = fixture();
const four = '/compare?cmp=P01,P05,P08,P09';

/** The areas that stand side by side. @param {import('playwright-core').Page} page */
const columns = (page) => page.locator('thead [data-testid^="cmp-"]').evaluateAll((all) => all.map((one) => one.getAttribute('data-testid')?.slice(4)));

/** How wide a page is beyond its window, in pixels. @param {import('playwright-core').Page} page */
const excess = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

for (const javaScriptEnabled of [true, false]) {
  test(`four areas at one scale, ${javaScriptEnabled ? 'with' : 'without'} scripts`, async () => {
    const { page, close, shot } = await f.open({ path: four, javaScriptEnabled });
    assert.deepEqual(await columns(page), ['P01', 'P05', 'P08', 'P09']);
    const sketches = page.locator('.cmp-sketch svg');
    assert.equal(await sketches.count(), 4);
    const scales = [];
    for (const sketch of [...await sketches.all(), page.locator('.cmp-ruler')]) {
      const box = await sketch.boundingBox();
      scales.push((box?.width ?? 0) / Number((await sketch.getAttribute('viewBox'))?.split(' ')[2]));
    }
    for (const scale of scales) assert.ok(scale > 0 && Math.abs(scale / scales[0] - 1) < 0.005, `one scale: ${scales}`);
    const targets = await page.locator('.cmp-table tr', { has: page.locator('th', { hasText: /^目标/ }) }).locator('td').allInnerTexts();
    assert.deepEqual(targets, Array(4).fill('— 本文件未给出单独目标'));
    await shot(`compare-${javaScriptEnabled ? 'script' : 'plain'}`);
    await close();
  });
}

test('a fifth area is refused, an unknown one noticed, and the link reopens the same', async () => {
  const { page, close } = await f.open({ path: `${four},P10` });
  assert.match(await page.locator('main').innerText(), /最多对比 4 个,请先移除一个/);
  assert.deepEqual(await columns(page), ['P01', 'P05', 'P08', 'P09']);
  await page.goto(`${f.url}/compare?cmp=P01,nothing,longquan-qiche`);
  assert.deepEqual(await columns(page), ['P01', 'P05']);
  assert.match(await page.locator('.notice').innerText(), /已略过/);
  await page.goto(f.url + four);
  const address = page.url();
  await page.locator('[data-testid=cmp-P08] .cmp-remove').click();
  assert.deepEqual(await columns(page), ['P01', 'P05', 'P09']);
  await page.getByLabel('添加一处').selectOption('P10');
  await page.getByRole('button', { name: '添加' }).click();
  assert.equal(query(page, 'cmp'), 'P01,P05,P09,P10');
  await page.goto(address);
  assert.deepEqual(await columns(page), ['P01', 'P05', 'P08', 'P09']);
  await close();
});

test('identical rows are folded until they are asked for', async () => {
  const { page, close } = await f.open({ path: four, javaScriptEnabled: false });
  const kind = page.locator('.cmp-table tr', { has: page.locator('th', { hasText: /^类别/ }) });
  const box = page.getByRole('checkbox', { name: /显示相同的行/ });
  assert.ok(await kind.isHidden());
  await box.focus();
  await page.keyboard.press('Space');
  assert.ok(await kind.isVisible());
  assert.equal((await kind.innerText()).match(/园/g)?.length, 4);
  await box.uncheck();
  assert.ok(await kind.isHidden());
  await close();
});

test('the table as a file says what the table says', async () => {
  const { page, close } = await f.open({ path: four });
  const href = await page.getByRole('link', { name: '下载 CSV' }).getAttribute('href');
  const answer = await fetch(f.url + href);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  assert.deepEqual([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf]);
  const lines = new TextDecoder().decode(bytes).split('\r\n');
  assert.equal(lines[0].split(',').length, 5);
  const terms = await page.locator('.cmp-table tbody th').evaluateAll((all) => all.slice(1).map((one) => one.firstChild?.textContent?.trim()));
  assert.ok(terms.length > 10);
  for (const term of terms) assert.ok(lines.some((line) => line.startsWith(String(term))), `${term} is in the file`);
  assert.ok(lines.some((line) => line.startsWith('目标') && line.includes('— 本文件未给出单独目标')));
  await close();
});

test('a wish ranks the areas, and its address says all of it', async () => {
  const { page, close, shot } = await f.open({ path: '/compare', javaScriptEnabled: false });
  await page.getByRole('checkbox', { name: /汽车/ }).check();
  await page.getByLabel('离哪里近').selectOption('F12');
  await page.locator('#w-ai').selectOption('3');
  await page.locator('#w-outline').selectOption('0');
  await page.getByRole('button', { name: '排序' }).click();
  assert.deepEqual([query(page, 'ai'), query(page, 'near'), query(page, 'w')], ['auto', 'F12', '3.1.1.0']);
  const first = page.locator('.short-table tbody tr').first();
  assert.equal(await first.getAttribute('data-testid'), 'rank-P05');
  assert.match(await first.innerText(), /0\.6\s+据名称推断/);
  await first.getByRole('link', { name: /加入对比/ }).click();
  assert.deepEqual(await columns(page), ['P05']);
  assert.equal(query(page, 'w'), '3.1.1.0');
  await shot('shortlist');
  await close();
});

test('on a phone only the tables move sideways, under a header that stays', async () => {
  for (const viewport of [phone, { width: 320, height: 640 }]) {
    for (const path of [four, '/f/X01', '/f/P05', '/f/Z1']) {
      for (const lang of ['zh', 'en']) {
        const { page, close } = await f.open({ path: `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`, viewport, lang });
        assert.ok(await excess(page) <= 0, `${path} ${lang} at ${viewport.width}: ${await excess(page)}`);
        await close();
      }
    }
  }
  const { page, close } = await f.open({ path: four, viewport: phone });
  const [scroller, corner, head] = [page.locator('.cmp-scroll'), page.locator('.cmp-table tbody th').nth(3), page.locator('.cmp-table thead th').nth(1)];
  const before = { corner: await corner.boundingBox(), head: await head.boundingBox() };
  await scroller.evaluate((el) => el.scrollBy(180, 240));
  assert.equal((await corner.boundingBox())?.x, before.corner?.x, 'the first column stays');
  assert.equal((await head.boundingBox())?.y, before.head?.y, 'the header stays');
  assert.ok(((await head.boundingBox())?.x ?? 0) < (before.head?.x ?? 0), 'the columns move');
  await close();
});

test('the print is a landscape table with all its rows', async () => {
  const { page, close } = await f.open({ path: four });
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.locator('.cmp-table tr.same').first().isVisible());
  assert.ok(await page.locator('.short-form').isHidden());
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const [, width, height] = /MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)?.map(Number) ?? [];
  assert.ok(width > height, `${width} by ${height}`);
  await close();
});

test('the panel of an area has the sections of its page, in their order', async () => {
  for (const lang of ['zh', 'en']) {
    for (const id of ['C1', 'Z1', 'P05', 'P06']) {
      const { page, close } = await f.open({ path: `/?sel=${id}&lang=${lang}`, lang });
      await mapReady(page);
      const panel = await page.getByTestId('detail').locator('h3').allInnerTexts();
      const said = await page.getByTestId('detail').locator('section').evaluateAll((all) => all.map((one) => one.textContent ?? '').join(' '));
      await page.goto(`${f.url}/f/${id}?lang=${lang}`);
      const sections = await page.locator('.feature-main h2').allInnerTexts();
      assert.deepEqual(panel.map((title) => title.split(' · ')[0]), sections, id);
      for (const link of await page.locator('.feature-main a').allTextContents()) assert.ok(said.includes(link), `${id}: ${link}`);
      await close();
    }
  }
});

test('a place with a location is shown on the map from the panel of its area', async () => {
  const { page, close } = await f.open({ path: '/?sel=Z1' });
  await mapReady(page);
  const detail = page.getByTestId('detail');
  const pins = await detail.locator('button.pin').count();
  const nowhere = await detail.locator('.plain li', { hasText: '无位置' }).count();
  assert.ok(pins > 0 && nowhere > 0, `${pins} with, ${nowhere} without`);
  await detail.locator('button.pin').first().click();
  assert.match(query(page, 'sel') ?? '', /^Z1-\d\d$/);
  await close();
});

test('the page of the city is that of the whole layout', async () => {
  const { page, close, shot } = await f.open({ path: '/f/X01', javaScriptEnabled: false });
  assert.deepEqual(await page.locator('.goals .goal b').allInnerTexts(), ['10000+', '1000+', '50+', '50+', '10+', '5+']);
  assert.equal(await page.locator('.scenes > li').count(), 7);
  assert.equal(await page.locator('.matrix tbody tr').count(), 19);
  const lengths = await page.locator('.side').first().locator('path').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width));
  assert.ok(Math.abs(lengths[1] / lengths[0] - 0.1) < 0.01, `50 is a tenth of 500: ${lengths}`);
  await shot('whole');
  await close();
});
