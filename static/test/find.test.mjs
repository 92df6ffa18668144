import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { createModel } from '../src/model/index.js';
import { distanceM } from '../src/model/distance.js';
import { createFilter } from '../src/model/filter.js';
import { createOrder } from '../src/model/order.js';
import { parseState } from '../src/state.js';

const root = new URL('../../', import.meta.url);
const read = async (path) => JSON.parse(await readFile(new URL(path, root), 'utf8'));

/** Reads a collection of the built-in layout as the data pack has it. */
async function collection(name) {
  const features = (await read(`geodata/${name}.geojson`)).features;
  return features.map(({ id, properties, geometry }) => ({ id, ...properties, geometry }));
}

const built = createModel({
  version: 1, published_at: '', document: {},
  areas: await collection('areas'), places: await collection('places'), districts: await collection('districts'),
  context: await collection('context'), units: await read('geodata/units.json'),
});
const tokens = await read('static/src/style/tokens.json');
const codes = Object.keys(tokens.ai.codes).filter((code) => code !== 'unstated');
const named = (query) => new Set(query === 'none' ? [] : ['P01', 'P02']);
const filter = createFilter(built, codes, named);

/** Reads a filter and drops what the layout has not, as the page does. */
function filterOf(query) {
  const { filter: asked } = parseState(query).state;
  for (const group of ['kind', 'ai', 'd', 'u']) asked[group] = asked[group].filter((value) => filter.known[group].has(value));
  return asked;
}

for (const { query, want } of await read('testdata/filter/cases.json')) {
  test(`filter: ${query || 'nothing'}`, () => assert.deepEqual([...filter.apply(filterOf(query)).ids], want));
}

test('a text narrows as a group of its own', () => {
  assert.deepEqual([...filter.apply(filterOf('q=x')).ids], ['P01', 'P02']);
  assert.deepEqual([...filter.apply(filterOf('q=x&ai=smartmfg')).ids], ['P01']);
  assert.deepEqual([...filter.apply(filterOf('q=none')).ids], []);
});

test('a choice counts what it would give beside the other groups', () => {
  const { counts } = filter.apply(filterOf('kind=park&ai=medical'));
  assert.equal(counts.ai.get('medical'), 1, 'of the parks');
  assert.equal(counts.ai.get('smartmfg'), 2, 'another choice of the same group');
  assert.equal(counts.ai.get('finance'), undefined, 'the core has it, no park');
  assert.equal(counts.kind.get('core'), 1, 'the core has the direction');
  assert.equal(counts.kind.get('zone'), undefined);
  assert.equal(counts.d.get('510115'), 1);
});

// Lengths by Karney's algorithm (tidwall/geodesic), in metres.
const distances = [
  ['nothing', [104, 30], [104, 30], 0],
  ['across the city', [104.0657, 30.6595], [103.95, 30.58], 14168.4195],
  ['along the equator', [0, 0], [1, 0], 111319.4908],
  ['along a meridian', [0, 0], [0, 1], 110574.3886],
  ['across the date line', [179.5, 10], [-179.5, 10], 109639.3221],
];
for (const [name, from, to, want] of distances) {
  test(`distance: ${name}`, () => {
    const got = distanceM(from, to);
    assert.ok(Math.abs(got - want) < 0.001, `${got} m`);
  });
}
test('distance: to the other side of the earth it is an estimate, and it ends', () => {
  assert.ok(Math.abs(distanceM([0, 0.1], [179.9, -0.2]) - 19992082) < 0.006 * 19992082);
});

const order = createOrder(createModel({
  version: 1, published_at: '', document: {},
  areas: [
    { id: 'A', kind: 'park', name_zh: '乙', district: ['D2'], label_point: [104, 30] },
    { id: 'B', kind: 'park', name_zh: '甲', district: ['D1'], label_point: [104.1, 30] },
    { id: 'C', kind: 'park', name_zh: '丙' },
  ],
  districts: [{ id: 'D1', kind: 'district', name_zh: '一' }, { id: 'D2', kind: 'district', name_zh: '二' }],
  pinyin: { A: 'yi', B: 'jia', C: 'bing' },
}));
test('orders: of the document, pinyin, district, distance; what has none comes last', () => {
  assert.deepEqual(order.ids('', null), ['A', 'B', 'C']);
  assert.deepEqual(order.ids('pinyin', null), ['C', 'B', 'A']);
  assert.deepEqual(order.ids('district', null), ['B', 'A', 'C']);
  const far = order.distances([104.2, 30]);
  assert.deepEqual(order.ids('', far), ['B', 'A', 'C']);
  assert.deepEqual([...far.keys()], ['A', 'B']);
});
