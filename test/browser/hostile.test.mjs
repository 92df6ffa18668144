// A layout whose names are markup and formulas: they are shown as text everywhere, and no spreadsheet runs them.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fixture, mapReady } from './harness.mjs';

const MARKUP = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
const FORMULA = '=HYPERLINK("http://evil.example","click")';

const folder = mkdtempSync(join(tmpdir(), 'parkmap-hostile-'));
cpSync('testdata/layout-tiny', folder, { recursive: true });
/** Changes the text of a file of the layout. @param {string} name @param {[string, string][]} changes */
function change(name, ...changes) {
  const path = join(folder, name);
  let text = readFileSync(path, 'utf8');
  for (const [from, to] of changes) {
    assert.ok(text.includes(JSON.stringify(from)), `${name} has ${from}`);
    text = text.replaceAll(JSON.stringify(from), JSON.stringify(to));
  }
  writeFileSync(path, text);
}
change('areas.geojson', ['甲一试验园', MARKUP], ['Test Park One', MARKUP], ['甲二试验园', FORMULA], ['Test Park Two', FORMULA]);
change('units.json', ['甲市试验办', `"'>${MARKUP}`], ['甲市试验办公室', `"'>${MARKUP}`]);
change('districts.geojson', ['甲区', MARKUP]);
after(() => rmSync(folder, { recursive: true }));

const f = fixture('--layout', folder);

/** Nothing of the names has become part of the page. @param {import('playwright-core').Page} page @param {string} where */
async function harmless(page, where) {
  assert.equal(await page.locator('img[src="x"], img[onerror]').count(), 0, where);
  assert.equal(await page.evaluate(() => [...document.scripts].filter((script) => script.textContent?.includes('document.title')).length), 0, where);
  assert.notEqual(await page.title(), '1', where);
  assert.notEqual(await page.title(), '2', where);
  assert.ok((await page.locator('body').innerText()).includes('<img src=x'), `${where} shows the name as text`);
}

for (const lang of ['zh', 'en']) {
  test(`${lang}: list, filters, chips, search, map, detail and dialogs show names as text`, async () => {
    const { page, close, shot } = await f.open({ path: `/?lang=${lang}&sel=T01&cmp=T01,T02&d=990101`, lang });
    await mapReady(page);
    await harmless(page, 'explore');
    for (const group of ['d', 'u', 'sort']) {
      await page.getByTestId(`filter-${group}`).click();
      await harmless(page, group);
    }
    await page.keyboard.press('Escape');
    await page.getByTestId('search').fill('onerror');
    await page.getByRole('option').first().waitFor();
    await harmless(page, 'search');
    await page.keyboard.press('Escape');
    await page.getByTestId('feature-T01').hover();
    await harmless(page, 'hint');
    await page.locator('.bar [data-act=share]').click();
    await page.getByRole('tab').nth(1).click();
    await page.waitForTimeout(300);
    await harmless(page, 'share');
    await shot(`hostile-${lang}`);
    await close();
  });
}

test('pages to read, to compare and to print show names as text, in English and Chinese', async () => {
  const { page, close } = await f.open({ path: '/f/T01' });
  for (const path of ['/f/T01', '/f/U01', '/compare?cmp=T01,T02&near=T01', '/print', '/api/collections/areas/items?f=html']) {
    for (const lang of ['zh', 'en']) {
      await page.goto(`${f.url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
      await harmless(page, path);
    }
  }
  await close();
});

test('no cell of a table begins a formula', async () => {
  for (const path of ['/api/collections/areas/items?f=csv', '/compare.csv?cmp=T01,T02']) {
    const text = await (await fetch(f.url + path)).text();
    assert.ok(text.includes('HYPERLINK'), path);
    assert.doesNotMatch(text, /(^|,|\n)"?[=+@]/, path);
  }
});

test('a picture is well-formed and runs nothing', async () => {
  const { page, close } = await f.open({ path: '/map/view.svg?sel=T01&width=900&height=700' });
  assert.equal(await page.evaluate(() => document.documentElement.nodeName), 'svg', 'it was parsed as XML to the end');
  assert.equal(await page.evaluate(() => document.querySelectorAll('img, script, [onerror]').length), 0);
  await close();
});
