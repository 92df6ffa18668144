import assert from 'node:assert/strict';
import test from 'node:test';
import { createModel } from '../src/model/index.js';
import { createSearch, fold, spells } from '../src/model/search.js';
import { sourcesOf } from '../src/model/sources.js';

const pack = {
  version: 3,
  published_at: '2030-01-01T00:00:00Z',
  document: { name_zh: '试验', name_en: 'test' },
  areas: [
    { id: 'C1', kind: 'core', number: 1, name_zh: '甲核', name_en: 'First core', clause: '一.1' },
    { id: 'T01', kind: 'park', number: 1, slug: 'longtan', name_zh: '龙潭新经济园', name_en: 'Longtan Park', responsible_units: ['U1'], industries: [{ zh: '工业机器人', en: 'industrial robots' }], specialisations: [{ code: 'auto', label_zh: 'AI+汽车', label_en: 'AI + automobile', basis: 'inferred' }] },
    { id: 'T02', kind: 'park', number: 2, name_zh: '乐山园', name_en: 'Leshan Park', responsible_units: ['U1'] },
  ],
  places: [{ id: 'C1-01', kind: 'platform', parent: 'C1', name_zh: '5G平台', name_en: '5G Platform' }],
  facilities: [{ id: 'F1', kind: 'facility', area: 'T01', name_zh: '试车场', name_en: 'Test track' }],
  units: [{ id: 'U1', kind: 'committee', name_zh: '管委会', name_en: 'Committee', full_zh: '试验管理委员会' }],
  tasks: [{ id: 'K1', kind: 'task', name_zh: '建核', name_en: 'Core task', clause: '一.1' }],
  scenarios: [{ id: 'S1', kind: 'special', kind_zh: '特色场景', name_zh: '空管', name_en: 'smart air-traffic control', clause: '一.2' }],
  goals: [{ id: 'G1', kind: 'goal', name_zh: '人才', name_en: 'talents', fields: [{ zh: '专用芯片', en: 'dedicated chips' }] }],
  pinyin: { T01: 'long tan xin jing ji yuan', T02: 'le/yue shan yuan', 'C1-01': '5 g ping tai', U1: 'guan wei hui/kuai' },
  traditional: '龍龙經经園园會会',
};
const model = createModel(pack);

test('features are found in their collection only', () => {
  assert.equal(model.area('T01')?.name_zh, '龙潭新经济园');
  assert.equal(model.area('C1-01'), undefined);
  assert.equal(model.place('C1-01')?.parent, 'C1');
  assert.equal(model.unit('U1')?.id, 'U1');
  assert.equal(model.feature('nope'), undefined);
  assert.equal(model.collectionOf('K1'), 'tasks');
});

test('a pack without a collection has an empty one', () => {
  const bare = createModel({ version: 1, published_at: '', document: pack.document, areas: [] });
  assert.deepEqual(bare.places, []);
  assert.deepEqual(bare.placesOf('C1'), []);
  assert.equal(bare.pinyin('C1'), '');
  assert.equal(bare.simplified('龍'), '龍');
});

test('places of an area, and the task of a clause', () => {
  assert.deepEqual(model.placesOf('C1').map(({ id }) => id), ['C1-01']);
  assert.equal(model.taskOf('一.1')?.id, 'K1');
  assert.equal(model.taskOf(undefined), undefined);
});

test('ids and slugs name features; what is unknown stays', () => {
  assert.deepEqual(['T01', 'longtan', 'nope'].map(model.idOf), ['T01', 'T01', 'nope']);
});

test('only areas and places can be selected', () => {
  assert.deepEqual(['T01', 'C1-01', 'U1', 'nope'].map(model.selectable), [true, true, false, false]);
});

const { find, areas } = createSearch(model);
const searches = [
  ['initials', 'ltxj', ['T01']],
  ['whole syllables', 'longtan', ['T01']],
  ['an unfinished syllable', 'longta', ['T01']],
  ['syllables and initials mixed', 'longtxj', ['T01']],
  ['from within the name', 'xjj', ['T01']],
  ['one reading of a character', 'leshan', ['T02']],
  ['the other reading', 'yueshan', ['T02']],
  ['Chinese from within', '新经济', ['T01']],
  ['traditional characters', '龍潭新經', ['T01']],
  ['English', 'leshan p', ['T02']],
  ['an id', 't02', ['T02']],
  ['a direction', '汽车', ['T01']],
  ['a full name of a unit', '管理委员', ['U1']],
  ['a clause', '一.1', ['C1', 'K1']],
  ['digits and letters', '5g', ['C1-01']],
  ['a direction without its plus', 'AI汽车', ['T01']],
  ['a direction with its plus', 'ai+ 汽车', ['T01']],
  ['a plus alone', '+', []],
  ['an industry', '工业机器人', ['T01']],
  ['a scenario by its id', 'S1', ['S1']],
  ['words of a name that do not stand together', 'smart traffic', ['S1']],
  ['words of which one is missing', 'smart boats', []],
  ['a field of a goal', '芯片', ['G1']],
  ['full width letters', 'ltxj', ['T01']],
  ['nothing', '  ', []],
  ['no hit', 'zzz', []],
];
for (const [name, query, want] of searches) {
  test(`search: ${name}`, () => assert.deepEqual(find(query).map(({ feature }) => feature.id), want));
}

test('spelling does not blow up on repeated letters', () => {
  const syllables = Array.from({ length: 60 }, () => ['a', 'aa', 'aaa']);
  assert.equal(spells(syllables, `${'a'.repeat(39)}b`), 0);
});

const marks = [
  ['the typed part of a name', '新经济', '新经济'],
  ['spelled characters', 'longtanxin', '龙潭新'],
  ['initials from within', 'xjj', '新经济'],
  ['letters of any width and case', 'lONGTAN p', 'Longtan P'],
  ['part of a direction', 'AI汽车', 'AI+汽车'],
  ['part of an industry', '机器人', '机器人'],
];
for (const [name, query, want] of marks) {
  test(`search marks ${name}`, () => {
    const { match } = find(query)[0];
    assert.equal(match.text.slice(match.start, match.end), want);
  });
}

test('no group of hits crowds out another', () => {
  const many = createModel({
    ...pack, tasks: Array.from({ length: 12 }, (_, i) => ({ id: `K${i}`, kind: 'task', name_zh: `智能${i}`, name_en: `Smart ${i}` })),
    areas: [{ id: 'A', kind: 'park', name_zh: '某智能园', name_en: 'A Smart Park' }],
  });
  const hits = createSearch(many).find('smart');
  assert.equal(hits.length, 8);
  assert.ok(hits.some(({ feature }) => feature.id === 'A'));
});

const leads = [
  ['an area by its name', '乐山', ['T02']],
  ['an area by a place in it', '5G平台', ['C1']],
  ['areas by a unit', '管理委员', ['T01', 'T02']],
  ['an area by a facility in it', '试车场', ['T01']],
  ['nothing by a single letter', 'l', []],
  ['nothing by a task', '建核', []],
];
for (const [name, query, want] of leads) {
  test(`a text leads to ${name}`, () => assert.deepEqual([...areas(query)].sort(), want));
}

test('folding makes typed forms equal', () => assert.equal(fold(' A I+ '), 'ai+'));

test('sources are split, with their addresses', () => {
  assert.deepEqual(sourcesOf('one | https://a.example/x (page 2) ; two ; a | b | http://c.example'), [
    { label: 'one (page 2)', href: 'https://a.example/x' },
    { label: 'two', href: '' },
    { label: 'a · b', href: 'http://c.example' },
  ]);
  assert.deepEqual(sourcesOf(undefined), []);
});
