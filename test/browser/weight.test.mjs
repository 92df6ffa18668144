// What a first visit weighs, compressed with brotli as it is sent.
import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { test } from 'node:test';
import { fixture } from './harness.mjs';

const f = fixture();
const KB = 1024;

/** Bytes on the wire. @param {string} path @param {string} accept */
async function weigh(path, accept = '*/*') {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    request(f.url + path, { headers: { 'Accept-Encoding': 'br', Accept: accept } }, (answer) => {
      let bytes = 0;
      assert.equal(answer.statusCode, 200, path);
      assert.equal(answer.headers['content-encoding'], 'br', `${path} is compressed`);
      answer.on('data', (chunk) => { bytes += chunk.length; });
      answer.on('end', () => resolve(bytes));
    }).on('error', reject).end();
  });
}

test('the budgets hold', async () => {
  const manifest = JSON.parse(await readFile('static/dist/manifest.json', 'utf8'));
  const html = await weigh('/', 'text/html');
  const data = await weigh('/pack.json');
  let css = 0;
  let js = 0;
  const text = await (await fetch(f.url + '/', { headers: { Accept: 'text/html' } })).text();
  for (const asset of Object.values(manifest)) {
    if (!text.includes(/** @type {string} */ (asset))) continue; // loaded on demand
    const size = (await stat(`static/dist/${asset}.br`)).size;
    if (String(asset).endsWith('.css')) css += size; else js += size;
  }
  console.log(`HTML ${html}, CSS ${css}, JavaScript ${js}, data ${data} bytes`);
  assert.ok(js > 0 && css > 0, 'the page names its assets');
  assert.ok(html <= 20 * KB, `HTML ${html}`);
  assert.ok(css <= 18 * KB, `CSS ${css}`);
  assert.ok(js <= 95 * KB, `JavaScript ${js}`);
  assert.ok(data <= 70 * KB, `data ${data}`);
});
