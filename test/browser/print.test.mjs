// The sheet to print: its paper, that all of it is on it, and what it says.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { fixture, out, phone, startProgram } from './harness.mjs';

const f = fixture();

/** Points of a PDF, 1/72 inch, that millimetres are. @param {number} mm */
const points = (mm) => (mm * 72) / 25.4;

/** The sizes of a PDF's pages in points. @param {Buffer} pdf */
function pagesOf(pdf) {
  const text = pdf.toString('latin1');
  const boxes = [...text.matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g)].map(([, w, h]) => [Number(w), Number(h)]);
  assert.equal(boxes.length, [...text.matchAll(/\/Type\s*\/Page\b/g)].length, 'each page has its size');
  return boxes;
}

/** Characters whose glyph a radical shares: the browser may name that one. */
const radicals = new Map(Object.entries({ 高: '⾼', 龙: '⻰', 车: '⻋', 示: '⽰', 目: '⽬' }));

/** The characters that the fonts of a PDF say they draw, by their maps to Unicode: what can be selected. @param {Buffer} pdf */
function charactersOf(pdf) {
  const found = new Set();
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 7)) {
    if (pdf.subarray(at - 3, at).toString() === 'end') continue;
    let text = '';
    try {
      text = inflateSync(pdf.subarray(at + 7, pdf.indexOf('endstream', at))).toString('latin1');
    } catch {
      continue; // a picture or another sort of stream
    }
    for (const [, list] of text.matchAll(/beginbfchar([^]*?)endbfchar/g)) {
      for (const [, code] of list.matchAll(/<[0-9A-F]+>\s*<([0-9A-F]{4})>/g)) found.add(String.fromCharCode(parseInt(code, 16)));
    }
    for (const [, list] of text.matchAll(/beginbfrange([^]*?)endbfrange/g)) {
      for (const [, from, to, code] of list.matchAll(/<([0-9A-F]+)>\s*<([0-9A-F]+)>\s*<([0-9A-F]{4})>/g)) {
        for (let i = 0; i <= parseInt(to, 16) - parseInt(from, 16); i += 1) found.add(String.fromCharCode(parseInt(code, 16) + i));
      }
    }
  }
  return found;
}

const papers = { a4: [210, 297], a3: [297, 420] };

for (const [paper, [short, long]] of Object.entries(papers)) {
  for (const orient of ['landscape', 'portrait']) {
    test(`${paper}, ${orient}: one sheet of that paper in colour and grey, in both languages, with nothing cut off`, async () => {
      const [width, height] = orient === 'portrait' ? [short, long] : [long, short];
      for (const lang of ['zh', 'en']) {
        for (const tone of ['colour', 'grey']) {
          const name = `print-${paper}-${orient}-${tone}-${lang}`;
          const { page, close } = await f.open({ path: `/print?paper=${paper}&orient=${orient}&tone=${tone}&lang=${lang}`, lang, viewport: { width: 1700, height: 1200 } });
          const sheet = page.getByTestId('sheet');
          const cut = await sheet.evaluate((leaf) => [...leaf.querySelectorAll('.leaf-index, .leaf-foot, .leaf-targets')]
            .filter((part) => part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1).map((part) => part.className));
          assert.deepEqual(cut, [], `${name}: all of it is on the sheet`);
          assert.ok(await sheet.evaluate((leaf) => leaf.scrollHeight <= leaf.clientHeight + 1), `${name}: the sheet is full`);
          const overlap = await sheet.evaluate((leaf) => {
            const [index, foot] = ['.leaf-index', '.leaf-foot'].map((part) => /** @type {Element} */ (leaf.querySelector(part)).getBoundingClientRect());
            return index.bottom > foot.top;
          });
          assert.ok(!overlap, `${name}: the index ends above the foot`);
          assert.equal(await sheet.locator('tbody tr').count(), 14);
          assert.ok(await sheet.getByTestId('qr').isVisible());
          await sheet.screenshot({ path: join(out, `${name}.png`) });
          const pdf = await page.pdf({ preferCSSPageSize: true });
          await writeFile(join(out, `${name}.pdf`), pdf);
          const pages = pagesOf(pdf);
          assert.equal(pages.length, 1, `${name}: ${pages.length} sheets`);
          assert.ok(Math.abs(pages[0][0] - points(width)) < 1 && Math.abs(pages[0][1] - points(height)) < 1, `${name}: ${pages[0]}`);
          const drawn = charactersOf(pdf);
          const text = lang === 'zh' ? '成都高新区龙泉汽车产业功能区示意范围索引目标与条款' : 'Longquan Automobile Functional Zone';
          assert.deepEqual([...text].filter((c) => c !== ' ' && !drawn.has(c) && !drawn.has(radicals.get(c))), [], `${name}: text stays text`);
          await close();
        }
      }
    });
  }
}

test('grey carries core, zone and park by pattern: no colour is left on the sheet', async () => {
  const { page, close } = await f.open({ path: '/print?tone=grey&theme=ai', viewport: { width: 1300, height: 1000 } });
  const sheet = page.getByTestId('sheet');
  const colours = await sheet.evaluate((leaf) => {
    const found = new Set();
    for (const element of leaf.querySelectorAll('.leaf-map [fill], .leaf-map [stroke]')) {
      for (const name of ['fill', 'stroke']) {
        const value = element.getAttribute(name) ?? '';
        const [, r, g, b] = /^#(..)(..)(..)$/.exec(value) ?? [];
        if (r && (r !== g || g !== b)) found.add(value);
      }
    }
    return [...found];
  });
  assert.deepEqual(colours, []);
  assert.ok(await sheet.locator('.leaf-map pattern').count() >= 2, 'patterns tell zone and park apart');
  await close();
});

test('the form works without JavaScript and keeps what the map shows', async () => {
  const { page, close } = await f.open({ path: '/print?sel=P05&ai=auto&links=1', javaScriptEnabled: false });
  await page.locator('select[name=paper]').selectOption('a3');
  await page.locator('select[name=tone]').selectOption('grey');
  await page.locator('.print-form button').click();
  const asked = new URL(page.url()).searchParams;
  assert.deepEqual(['sel', 'ai', 'links', 'paper', 'tone'].map((key) => asked.get(key)), ['P05', 'auto', '1', 'a3', 'grey']);
  assert.equal(await page.locator('select[name=paper]').inputValue(), 'a3');
  assert.ok(await page.locator('.leaf-a3-landscape').isVisible());
  await close();
});

test('on paper there is the sheet alone, always light', async () => {
  const { page, close } = await f.open({ path: '/print?mode=dark', colorScheme: 'dark' });
  await page.emulateMedia({ media: 'print' });
  for (const part of ['.bar', '.foot', '.print-head']) assert.ok(await page.locator(part).isHidden(), part);
  assert.equal(await page.getByTestId('sheet').evaluate((leaf) => getComputedStyle(leaf).backgroundColor), 'rgb(255, 255, 255)');
  assert.equal(await page.locator('html').getAttribute('data-mode'), 'light');
  await close();
});

test('nothing but the sheet scrolls sideways', async () => {
  for (const lang of ['zh', 'en']) {
    for (const viewport of [undefined, phone, { width: 320, height: 640 }]) {
      for (const path of ['/print', '/offline']) {
        const { page, close } = await f.open({ path: `${path}?lang=${lang}`, lang, ...(viewport ? { viewport } : {}) });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wide <= 0, `${path} scrolls sideways by ${wide} px`);
        await close();
      }
    }
  }
});

test('another layout, without city, targets and figures', async () => {
  const { url, stop } = await startProgram('--layout', 'testdata/layout-tiny');
  const { page, context, shot } = await f.open();
  await page.goto(`${url}/print`);
  assert.equal(await page.getByTestId('sheet').locator('tbody tr').count(), 4);
  assert.equal(pagesOf(await page.pdf({ preferCSSPageSize: true })).length, 1);
  await shot('print-tiny');
  await context.close();
  await stop();
});
