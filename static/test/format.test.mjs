import assert from 'node:assert/strict';
import test from 'node:test';
import { formatDate, formatKilometres, formatNumber, formatTarget, isExpired, nameOf, pick, shortOf } from '../src/format.js';

const target = (over) => ({ metric_zh: '', metric_en: '', comparator: '>', value: 1, unit_zh: '亿元', unit_en: '100 million yuan', year: 2030, printed_zh: '', ...over });
const words = ({ before, digits, after }) => [before, digits, after].filter(Boolean).join(' ');

const targets = [
  ['zh: printed words stay', 'zh', { value: 100, printed_zh: '突破100亿元' }, '突破 100 亿元'],
  ['zh: a plus takes the unit', 'zh', { value: 2000, unit_zh: '名', printed_zh: '2000+' }, '2000+ 名'],
  ['zh: words behind the number', 'zh', { value: 100, printed_zh: '100家以上' }, '100 家以上'],
  ['zh: without a printed form', 'zh', { value: 1500 }, '超过 1,500 亿元'],
  ['zh: at least, without a printed form', 'zh', { comparator: '>=', value: 30, unit_zh: '家' }, '30 家以上'],
  ['en: 100 times 亿元 is 10 billion', 'en', { value: 100 }, 'over CNY 10 billion'],
  ['en: 1000 times 亿元 is 100 billion', 'en', { value: 1000 }, 'over CNY 100 billion'],
  ['en: 5 times 亿元 is 500 million', 'en', { value: 5 }, 'over CNY 500 million'],
  ['en: 20000 times 亿元 is 2 trillion', 'en', { value: 20000, comparator: '=' }, 'CNY 2 trillion'],
  ['en: 万元', 'en', { value: 300, unit_zh: '万元', comparator: '>=' }, 'CNY 3+ million'],
  ['en: a count at least', 'en', { value: 2000, unit_zh: '名', unit_en: 'people', comparator: '>=' }, '2,000+ people'],
  ['en: a plain count', 'en', { value: 10, unit_zh: '个', unit_en: 'projects', comparator: '=' }, '10 projects'],
];
for (const [name, lang, over, want] of targets) {
  test(`target, ${name}`, () => assert.equal(words(formatTarget(target(over), lang)), want));
}

const numbers = [[0, '0'], [999, '999'], [1000, '1,000'], [1234567.891, '1,234,567.89'], [-1234, '-1,234'], [0.125, '0.13'], [41.15, '41.15']];
for (const [value, want] of numbers) {
  test(`number ${value}`, () => assert.equal(formatNumber(value), want));
}

test('dates as prose has them', () => {
  assert.equal(formatDate('2026-11-23', 'zh'), '2026年11月23日');
  assert.equal(formatDate('2026-11-23T10:00:00Z', 'en'), '23 Nov 2026');
  assert.equal(formatDate('spring', 'en'), 'spring');
});

test('kilometres', () => {
  assert.equal(formatKilometres(2500), '2.5');
  assert.equal(formatKilometres(150), '0.2');
  assert.equal(formatKilometres(30), '0.03');
});

test('a document holds on its last day and not on the next', () => {
  assert.equal(isExpired('2030-12-31', new Date('2030-12-31T10:00:00Z')), false);
  assert.equal(isExpired('2030-12-31', new Date('2031-01-01T10:00:00Z')), true);
  assert.equal(isExpired(undefined, new Date()), false);
});

test('a name that is missing in a language is given in the other one and marked', () => {
  assert.deepEqual(pick('园', 'park', 'en'), { text: 'park' });
  assert.deepEqual(pick('园', '', 'en'), { text: '园', lang: 'zh-CN' });
  assert.deepEqual(nameOf({ name_zh: '', name_en: 'park' }, 'zh'), { text: 'park', lang: 'en' });
  assert.deepEqual(shortOf({ name_zh: '长名', short_zh: '短' }, 'zh'), { text: '短' });
});
