import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FEW, choose } from '../src/map/crowd.js';
import { createGrid } from '../src/map/grid.js';
import { overlap } from '../src/map/labels.js';
import { centreOf, positionOf } from '../src/map/pick.js';
import { changes } from '../src/map/state.js';
import { whole } from './whole.mjs';

/** Numbers that look random and are the same in every run. */
function* numbers() {
  for (let n = 1; ; n = (n * 16807) % 2147483647) yield n / 2147483647;
}

describe('the grid', () => {
  const limits = { x: 0, y: 0, w: 1000, h: 800 };
  const random = numbers();
  const next = (max) => random.next().value * max;
  const box = () => ({ x: next(1200) - 100, y: next(1000) - 100, w: next(150), h: next(150) });
  it('finds what a look at everything finds', () => {
    const boxes = Array.from({ length: 300 }, box);
    const grid = createGrid(limits);
    boxes.forEach((one) => grid.add(one, one));
    for (let i = 0; i < 300; i++) {
      const one = { x: next(850), y: next(650), w: next(150), h: next(150) };
      assert.equal(grid.some(one, (other) => overlap(one, other)), boxes.some((other) => overlap(one, other)));
    }
  });
  it('asks few of many', () => {
    const grid = createGrid(limits);
    for (let i = 0; i < 10000; i++) grid.add({ x: next(1000), y: next(800), w: 5, h: 5 }, i);
    let asked = 0;
    grid.some({ x: 500, y: 400, w: 10, h: 10 }, () => { asked += 1; return false; });
    assert.ok(asked > 0 && asked < 1000, `${asked} were asked`);
  });
  it('finds nothing outside, nor in a room without size', () => {
    const grid = createGrid(limits);
    grid.add({ x: 2000, y: 2000, w: 5, h: 5 }, 'far');
    assert.ok(!grid.some({ x: 1990, y: 1990, w: 50, h: 50 }, () => true));
    const none = createGrid({ x: 0, y: 0, w: -20, h: -20 });
    none.add(limits, 'a');
    assert.ok(!none.some(limits, () => true));
  });
});

describe('a crowd of discs', () => {
  const sight = { x: 0, y: 0, w: 1200, h: 900 };
  const random = numbers();
  const crowd = (n, w = 1200, h = 900) => Array.from({ length: n }, (_, i) => ({
    id: `p${i}`, at: { x: random.next().value * w, y: random.next().value * h }, pinned: false, lead: false, out: false,
  }));
  const far = (a, b) => Math.max(Math.abs(a.at.x - b.at.x), Math.abs(a.at.y - b.at.y));
  it('of few all are shown, wherever they are', () => {
    const few = crowd(FEW, 90000, 90000);
    assert.deepEqual(choose(few, sight), few);
  });
  it('of many only those in sight', () => {
    const many = crowd(1000, 12000, 9000);
    const chosen = choose(many, sight);
    assert.ok(chosen.length > 0 && chosen.length <= FEW);
    assert.deepEqual(chosen, many.filter(({ at }) => at.x <= 1200 && at.y <= 900));
  });
  for (const n of [100, 3000, 30000]) {
    it(`of ${n} in sight as many as stand apart, in their order`, () => {
      const many = crowd(n);
      const chosen = choose(many, sight);
      assert.ok(chosen.length > 40 && chosen.length < 300, `${chosen.length} of ${n}`);
      for (const a of chosen) for (const b of chosen) assert.ok(a === b || far(a, b) >= 52);
      assert.ok(chosen.includes(many[0]), 'the first comes first');
      const order = chosen.map((one) => many.indexOf(one));
      assert.deepEqual(order, order.toSorted((a, b) => a - b));
    });
  }
  it('pinned ones are shown always, leads before others, what is filtered out never', () => {
    const many = crowd(3000);
    many[2999] = { ...many[2999], at: { ...many[0].at }, pinned: true };
    many[2998] = { ...many[2998], at: { x: 300, y: 300 }, lead: true };
    for (const one of many.slice(0, 1500)) one.out = true;
    const chosen = choose(many, sight);
    assert.ok(chosen.includes(many[2999]) && chosen.includes(many[2998]));
    assert.ok(chosen.every((one) => !one.out));
    const gone = { ...many[1600], at: { x: -5000, y: 0 }, pinned: true };
    assert.ok(choose([...many, gone], sight).includes(gone), 'even out of sight');
  });
});

describe('a scene of thousands', () => {
  const square = (x, y, s) => ({ type: 'Polygon', coordinates: [[[x, y], [x + s, y], [x + s, y + s], [x, y + s], [x, y]]] });
  const areas = Array.from({ length: 3000 }, (_, i) => ({
    id: `P${i}`, kind: 'park', number: i + 1, name_zh: `某园${i}`, geometry: square((i % 60) * 20, Math.floor(i / 60) * 18, 8),
    label_point: [(i % 60) * 20 + 4, Math.floor(i / 60) * 18 + 4],
  }));
  const model = { document: {}, areas, places: [], districts: [], context: [] };
  const make = (zoom, state = {}, more = {}) => whole({
    model, zoom, focus: null, measure: (text, style, size) => text.length * size, obstacles: [],
    project: ([x, y]) => ({ x: x * 2 ** (zoom - 10), y: y * 2 ** (zoom - 10) }),
    bounds: { x: 0, y: 0, w: 1200, h: 900 }, sight: { x: -100, y: -100, w: 1400, h: 1100 },
    state: { view: null, theme: 'role', visible: null, selected: null, hovered: null, links: false, lang: 'zh', ...state }, ...more,
  });
  it('has a bounded number of discs and names that do not overlap', () => {
    const { buttons, labels } = make(10);
    assert.ok(buttons.length < 300);
    assert.ok(labels.length > 20);
    for (const a of labels) for (const b of labels) assert.ok(a === b || !overlap(a.box, b.box));
  });
  it('close up every area in sight has its disc', () => {
    const scale = 2 ** 3.5;
    const inSight = areas.filter(({ label_point: [x, y] }) => x * scale <= 1300 && y * scale <= 1000).map(({ id }) => id);
    assert.ok(inSight.length > 20 && inSight.length <= FEW);
    assert.deepEqual(make(13.5).buttons.map(({ id }) => id), inSight);
  });
  it('shows the pinned one and only what passes the filter', () => {
    const visible = new Set(areas.filter((_, i) => i % 7 === 0).map(({ id }) => id));
    const { buttons, labels } = make(10, { visible, selected: 'P1' }, { pinned: ['P1'] });
    assert.ok(buttons.some(({ id }) => id === 'P1'));
    assert.ok(buttons.every(({ id }) => id === 'P1' || visible.has(id)));
    assert.ok(labels.every(({ id }) => visible.has(id)));
  });
  it('names the pin, and no disc covers it', () => {
    const [x, y] = areas[1530].label_point;
    const { buttons, labels } = make(13, { near: [x, y], nearName: '某处' }, { project: (p) => ({ x: (p[0] - x) * 8 + 600, y: (p[1] - y) * 8 + 450 }) });
    assert.ok(labels.some(({ id }) => id === 'near'));
    const pin = { x: 590, y: 422, w: 20, h: 28 };
    for (const { at, d } of buttons) assert.ok(!overlap({ x: at.x + d.x - 13, y: at.y + d.y - 13, w: 26, h: 26 }, pin));
  });
});

describe('what of a state changes', () => {
  const state = { visible: new Set(['a', 'b']), near: [104.1, 30.6], selected: null };
  const cases = [
    ['nothing for an equal set', { visible: new Set(['b', 'a']) }, []],
    ['a set with another member', { visible: new Set(['a', 'c']) }, ['visible']],
    ['no set', { visible: null }, ['visible']],
    ['nothing for an equal position', { near: [104.1, 30.6] }, []],
    ['another position', { near: [104.1, 30.7], selected: null }, ['near']],
    ['nothing where both are left out', { mode: undefined, nearName: undefined }, []],
  ];
  for (const [name, next, want] of cases) it(name, () => assert.deepEqual(changes(state, next), want));
});

describe('picking', () => {
  it('hands on five decimals', () => assert.deepEqual(positionOf({ lng: 104.0612349, lat: 30.5999951 }), [104.06123, 30.6]));
  it('takes the middle of the room', () => assert.deepEqual(centreOf({ x: 352, y: 0, w: 600, h: 900 }), { x: 652, y: 450 }));
});
