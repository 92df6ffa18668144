import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import editEn from '../src/text/edit-en.json' with { type: 'json' };
import editZh from '../src/text/edit-zh.json' with { type: 'json' };
import en from '../src/text/en.json' with { type: 'json' };
import { createText } from '../src/text/index.js';
import zh from '../src/text/zh.json' with { type: 'json' };

const source = join(dirname(fileURLToPath(import.meta.url)), '..', 'src');
const parameters = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test('both languages have the same keys', () => {
  assert.deepEqual(Object.keys(zh).sort(), Object.keys(en).sort());
  assert.deepEqual(Object.keys(editZh).sort(), Object.keys(editEn).sort());
});

test('a text takes the same parameters in both languages', () => {
  for (const [chinese, english] of [[zh, en], [editZh, editEn]]) {
    for (const key of Object.keys(chinese)) {
      assert.deepEqual([...new Set(parameters(chinese[key]))], [...new Set(parameters(english[key]))], key);
    }
  }
});

test('parameters are filled in; one that is missing stays to be seen', () => {
  const text = createText('en');
  assert.equal(text('fig.n', { n: 2 }), 'Figure 2');
  assert.equal(text('fig.n'), 'Figure {n}');
  assert.equal(text('no.such.key'), 'no.such.key');
});

test('every key that scripts name is in the catalogue', async () => {
  const files = (await readdir(source, { recursive: true })).filter((name) => name.endsWith('.js'));
  for (const file of files) {
    const code = await readFile(join(source, file), 'utf8');
    for (const [, key] of code.matchAll(/\btext\('([a-z][\w.-]*)'/g)) assert.ok(key in zh, `${file}: ${key}`);
  }
});
