import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assetsIn, keeping, keyOf, languageOf, onMap, standIns } from '../src/worker/routes.js';

const at = (path) => new URL(path, 'https://map.example');

test('the language is the one in which the server would answer', () => {
  for (const [path, asked, want] of [
    ['/', [], 'zh'],
    ['/', ['zh-TW'], 'zh'],
    ['/', ['fr', 'en-GB', 'zh-CN'], 'en'],
    ['/', ['fr', 'zh-CN', 'en'], 'zh'],
    ['/', ['fr'], 'en'],
    ['/?lang=en', ['zh-CN'], 'en'],
    ['/?lang=zh', ['en'], 'zh'],
    ['/?lang=fr', ['en'], 'en'],
  ]) assert.equal(languageOf(at(path), asked), want, `${path} for ${asked}`);
});

test('a key has path, query and language, in one order, without appearance', () => {
  assert.equal(keyOf(at('/f/P05?mode=dark&lang=en'), 'zh'), '/f/P05?lang=zh');
  assert.equal(keyOf(at('/compare?w=3.2&cmp=P01,P05'), 'en'), keyOf(at('/compare?cmp=P01,P05&w=3.2&lang=en'), 'en'));
  assert.notEqual(keyOf(at('/compare?cmp=P01'), 'en'), keyOf(at('/compare?cmp=P02'), 'en'));
  assert.notEqual(keyOf(at('/about'), 'en'), keyOf(at('/about'), 'zh'));
});

test('what is kept: the map as everyone gets it, and pages to read', () => {
  for (const [path, want] of [
    ['/', '/?lang=zh'],
    ['/?lang=en', '/?lang=zh'], // the key follows the language of the answer
    ['/?sel=P05', null],
    ['/?mode=dark', null],
    ['/f/P05', '/f/P05?lang=zh'],
    ['/f/P05/x', null],
    ['/f/P05.pdf?lang=en', null],
    ['/f/P05@2x.png', null],
    ['/book.pdf', null],
    ['/print?paper=a3', '/print?paper=a3&lang=zh'],
    ['/about', '/about?lang=zh'],
    ['/api', null],
    ['/api/collections/areas/items?f=html', null],
    ['/compare.csv?cmp=P01', null],
    ['/admin/users', null],
    ['/readyz', null],
  ]) assert.equal(keeping(at(path), 'zh'), want, path);
});

test('without network: any map page is the map, a sheet falls back to that of the whole layout', () => {
  assert.deepEqual(standIns(at('/?v=fig1&sel=P05'), 'en'), ['/?lang=en']);
  assert.deepEqual(standIns(at('/print?paper=a3'), 'zh'), ['/print?paper=a3&lang=zh', '/print?lang=zh']);
  assert.deepEqual(standIns(at('/compare?cmp=P01'), 'zh'), ['/compare?cmp=P01&lang=zh']);
  assert.deepEqual(standIns(at('/api'), 'zh'), []);
});

test('on the map instead of its own page, in the language that was asked for', () => {
  assert.equal(onMap(at('/f/P05?lang=en&mode=dark&x=1'), 'P05'), '/?sel=P05&lang=en&mode=dark');
  assert.equal(onMap(at('/f/P05'), 'P05'), '/?sel=P05');
});

test('the files of a page', () => {
  const html = '<link href="/assets/main-A1.css"><script src="/assets/main-B2.js"></script><img src="/assets/main-A1.css">';
  assert.deepEqual(assetsIn(html), ['/assets/main-A1.css', '/assets/main-B2.js']);
  assert.deepEqual(assetsIn('<p>none</p>'), []);
});
