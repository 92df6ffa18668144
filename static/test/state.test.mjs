import assert from 'node:assert/strict';
import test from 'node:test';
import { formatState, initialState, linksShown, parseState } from '../src/state.js';

const read = (query) => parseState(query).state;

test('an empty query is the default state, and the other way round', () => {
  assert.deepEqual(read(''), initialState());
  assert.equal(formatState(initialState()), '');
});

const roundTrips = [
  ['first figure', '?v=fig1'],
  ['another figure', '?v=fig2'],
  ['theme', '?theme=ai'],
  ['selection', '?sel=P05'],
  ['place', '?sel=C1-07'],
  ['position', '?c=30.66,104.07,9.5'],
  ['links switched on', '?links=1'],
  ['links switched off', '?links=0'],
  ['choices of a group', '?ai=smartmfg,auto'],
  ['a text', '?q=%E6%95%B0%E6%8D%AE%20centre'],
  ['a comparison', '?cmp=P01,P05,P08,P09'],
  ['near a feature', '?near=X18'],
  ['near a point', '?near=30.58,103.95&sort=pinyin'],
  ['all keys in their order', '?v=fig3&theme=ai&kind=park&ai=auto&d=510112&u=U01&q=x&sel=P05&cmp=P01,P05&near=X18&sort=district&w=1.2&c=30.5,104,10&bg=plain&links=1&lang=en&mode=dark'],
];
for (const [name, query] of roundTrips) {
  test(`round trip: ${name}`, () => {
    const { state, unknown } = parseState(query);
    assert.deepEqual(unknown, []);
    assert.equal(formatState(state), query);
  });
}

const refused = [
  ['an unknown key', '?foo=1', ['foo']],
  ['a key of every object', '?constructor=1&toString=2', ['constructor', 'toString']],
  ['an unknown figure', '?v=fig9', ['v']],
  ['a selection that is no id', '?sel=%3Cscript%3E', ['sel']],
  ['a position of two numbers', '?c=30,104', ['c']],
  ['a position with a gap', '?c=30,,9', ['c']],
  ['a position off the earth', '?c=95,104,9', ['c']],
  ['a position that is no number', '?c=a,b,c', ['c']],
  ['links that are neither', '?links=yes', ['links']],
  ['a text of nothing', '?q=%20', ['q']],
  ['a text that is too long', `?q=${'x'.repeat(41)}`, ['q']],
  ['an empty list', '?ai=', ['ai']],
  ['a list of markup', '?d=%3Cb%3E', ['d']],
  ['a place that is neither an id nor a point', '?near=a%20b', ['near']],
  ['a point off the earth', '?near=95,104', ['near']],
  ['an order that there is not', '?sort=size', ['sort']],
  ['a language without texts', '?lang=fr', ['lang']],
];
for (const [name, query, unknown] of refused) {
  test(`named and left out: ${name}`, () => {
    const parsed = parseState(query);
    assert.deepEqual(parsed.unknown, unknown);
    assert.deepEqual(parsed.state, initialState());
  });
}

test('what is understood holds beside what is not', () => {
  const { state, unknown } = parseState('?v=fig2&x=1&sel=Z1');
  assert.equal(state.view, 'fig2');
  assert.equal(state.selected, 'Z1');
  assert.deepEqual(unknown, ['x']);
});

test('of a list what can be read is kept, once each, and of a comparison the first four', () => {
  const { state, unknown } = parseState('?ai=auto,auto,%3Cb%3E&cmp=P01,P02,P03,P04,P05');
  assert.deepEqual(state.filter.ai, ['auto']);
  assert.deepEqual(state.compared, ['P01', 'P02', 'P03', 'P04']);
  assert.deepEqual(unknown, ['ai', 'cmp']);
});

test('keys are written in one order, whatever order they came in', () => {
  assert.equal(formatState(read('?mode=dark&sel=P01&theme=ai&v=fig3')), '?v=fig3&theme=ai&sel=P01&mode=dark');
});

test('positions are written as short as the screen can tell apart', () => {
  const state = { ...initialState(), at: { lat: 30.123456789, lon: 104.000049, zoom: 9.333333 } };
  assert.equal(formatState(state), '?c=30.1235,104,9.33');
});

test('links come with the first figure until they are switched', () => {
  assert.equal(linksShown(read('')), false);
  assert.equal(linksShown(read('?v=fig1')), true);
  assert.equal(linksShown(read('?v=fig2')), false);
  assert.equal(linksShown(read('?v=fig2&links=1')), true);
  assert.equal(linksShown(read('?links=1')), true);
  assert.equal(linksShown(read('?v=fig1&links=0')), false);
});
