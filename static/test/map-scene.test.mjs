import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { APART, middle, spread, targets } from '../src/map/discs.js';
import { createExtents } from '../src/map/extents.js';
import { crosses, overlap, within } from '../src/map/labels.js';
import { nearestIn } from '../src/map/nearest.js';
import { spoken } from '../src/map/spoken.js';
import { areaLines, nameOf, plain, wrap } from '../src/map/words.js';
import { whole } from './whole.mjs';

describe('discs', () => {
  const at = (...list) => list.map(([x, y], i) => ({ id: `p${i}`, at: { x, y } }));
  const far = (a, b) => Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y));
  const cases = [
    ['two on one point', at([0, 0], [0, 0])],
    ['two close ones', at([0, 0], [10, 5])],
    ['a crowd', at([0, 0], [4, 4], [8, 0], [2, 9], [12, 12], [6, 3])],
  ];
  for (const [name, anchors] of cases) {
    it(`stand apart: ${name}`, () => {
      const discs = spread(anchors);
      for (const a of discs) for (const b of discs) assert.ok(a === b || far(middle(a), middle(b)) >= APART);
      assert.deepEqual(discs[0].d, { x: 0, y: 0 });
    });
  }
  it('stay where they are when there is room', () =>
    assert.ok(spread(at([0, 0], [60, 0])).every(({ d }) => d.x === 0 && d.y === 0)));
  it('step off what must not be covered', () => {
    const block = { x: -5, y: -5, w: 10, h: 10 };
    const [disc] = spread(at([3, 0]), [block]);
    const { x, y } = middle(disc);
    assert.ok(!overlap({ x: x - APART / 2, y: y - APART / 2, w: APART, h: APART }, block));
  });
  it('have targets of 24 to 44 px that do not overlap', () => {
    const discs = spread(at([0, 0], [4, 4], [8, 0], [300, 0]));
    const sides = targets(discs);
    assert.equal(sides[3], 44);
    const boxes = discs.map((disc, i) => ({
      x: middle(disc).x - sides[i] / 2,
      y: middle(disc).y - sides[i] / 2,
      w: sides[i],
      h: sides[i],
    }));
    for (const a of boxes) {
      assert.ok(a.w >= 24);
      for (const b of boxes) assert.ok(a === b || !overlap(a, b));
    }
  });
});

describe('arrow keys', () => {
  const points = [
    ['c', 0, 0],
    ['n', 5, -50],
    ['far', 0, -90],
    ['e', 40, 10],
    ['se', 60, 60],
  ].map(([id, x, y]) => ({ id, at: { x, y } }));
  const cases = [
    ['ArrowUp', 'n'],
    ['ArrowRight', 'e'],
    ['ArrowDown', 'se'],
    ['ArrowLeft', null],
  ];
  for (const [arrow, want] of cases)
    it(`${arrow} goes to ${want}`, () => assert.equal(nearestIn(points, 'c', arrow), want));
  it('go nowhere from an unknown point', () => assert.equal(nearestIn(points, 'x', 'ArrowUp'), null));
});

describe('words', () => {
  const park = {
    id: 'P1',
    kind: 'park',
    name_zh: '某某智能制造产业园区',
    name_en: 'Some Smart Manufacturing Park',
    short_zh: '某某制造',
    short_en: 'Some Park',
  };
  const texts = (view) => areaLines(park, { zoom: 10, lang: 'zh', selected: false, ...view }).map(({ text }) => text);
  const cases = [
    ['a park has no name from afar', { zoom: 9.25 }, []],
    ['unless it is selected', { zoom: 9.25, selected: true }, ['某某制造']],
    ['then its short name', { zoom: 9.5 }, ['某某制造']],
    ['then a second line', { zoom: 10.5 }, ['某某制造', 'Some Park']],
    ['then its full name', { zoom: 11 }, ['某某智能制造产业园区', 'Some Park']],
    ['English comes first on an English page', { zoom: 10.5, lang: 'en' }, ['Some Park', '某某制造']],
  ];
  for (const [name, view, want] of cases) it(name, () => assert.deepEqual(texts(view), want));

  it('the core has its name from afar', () =>
    assert.equal(areaLines({ ...park, kind: 'core' }, { zoom: 8.5, lang: 'zh', selected: false }).length, 1));
  it('fall back to Chinese where there is no English name', () =>
    assert.equal(nameOf({ id: 'x', kind: 'park', name_zh: '园' }, 'en', true), '园'));
  it('leave out what is in brackets', () => {
    assert.deepEqual(['甲河(乙江)', 'A River (B)', '甲河(乙)', '(乙)'].map(plain), ['甲河', 'A River', '甲河', '(乙)']);
  });
  it('break between words into equal lines', () => {
    assert.deepEqual(wrap('Some Smart Manufacturing Park', 'en', 20), ['Some Smart', 'Manufacturing Park']);
    assert.deepEqual(wrap('short', 'en', 20), ['short']);
    assert.ok(wrap('某某高新技术产业园区', 'zh', 8).length === 2);
  });
  it('begin no Chinese line with a closing mark', () => {
    for (const line of wrap('某某“人工智能”,某某(发展)产业核', 'zh', 6)) assert.doesNotMatch(line, /^[”,)]/);
  });
});

describe('the name that is read out', () => {
  const text = (key) => key;
  const fields = [{ zh: '视觉', en: 'vision' }, { zh: '驾驶', en: 'driving' }];
  const zone = { id: 'Z1', kind: 'zone', name_zh: '某区', name_en: 'Some Zone', outline: 'schematic' };
  const auto = [{ code: 'auto', label_zh: 'AI+汽车', label_en: 'AI+ cars', basis: 'inferred' }];
  const cases = [
    ['fields where there are no directions', { fields }, 'zh', '某区,kind.zone,视觉,驾驶,q.short.schematic'],
    ['fields in English', { fields }, 'en', 'Some Zone, kind.zone, vision, driving, q.short.schematic'],
    ['that neither is stated', {}, 'zh', '某区,kind.zone,basis.unstated,q.short.schematic'],
    ['directions before fields', { fields, specialisations: auto }, 'zh', '某区,kind.zone,AI+ 汽车,basis.inferred,q.short.schematic'],
  ];
  for (const [name, more, lang, want] of cases) it(name, () => assert.equal(spoken({ ...zone, ...more }, { lang }, text), want));
});

describe('a scene', () => {
  const square = (x, y, s) => ({
    type: 'Polygon',
    coordinates: [
      [
        [x, y],
        [x + s, y],
        [x + s, y + s],
        [x, y + s],
        [x, y],
      ],
    ],
  });
  const area = (id, kind, number, x, y, s, more = {}) => ({
    id,
    kind,
    number,
    name_zh: `${id}某某产业园`,
    name_en: `Area ${id}`,
    geometry: square(x, y, s),
    ...more,
  });
  const model = {
    document: {},
    areas: [
      area('C1', 'core', 1, 0.4, 0.4, 0.2),
      area('P1', 'park', 1, 0.1, 0.1, 0.05),
      area('P2', 'park', 2, 0.16, 0.1, 0.05),
      area('P3', 'park', 3, 0.8, 0.8, 0.1),
    ],
    places: [
      {
        id: 'C1-01',
        kind: 'platform',
        parent: 'C1',
        name_zh: '某平台',
        label_point: [0.5, 0.5],
        geometry: { type: 'Point', coordinates: [0.5, 0.5] },
        specialisation: { code: 'chip', basis: 'stated' },
      },
    ],
    districts: [{ id: 'D1', kind: 'district', name_zh: '某区', label_point: [0.3, 0.7] }],
    context: [
      {
        id: 'R1',
        kind: 'river',
        name_zh: '某江',
        geometry: {
          type: 'LineString',
          coordinates: [
            [0, 0.3],
            [1, 0.35],
          ],
        },
      },
    ],
  };
  const state = { view: null, theme: 'role', visible: null, selected: null, hovered: null, links: false, lang: 'zh' };
  const bounds = { x: 100, y: 0, w: 800, h: 1000 };
  const scene = (more = {}, change = {}) =>
    whole({
      model,
      state: { ...state, ...change },
      zoom: 11,
      focus: null,
      bounds,
      obstacles: [],
      project: ([x, y]) => ({ x: x * 1000, y: 1000 - y * 1000 }),
      measure: (text, _, size) => text.length * size,
      ...more,
    });
  const ids = ({ labels }) => labels.map(({ id }) => id).sort();

  it('names areas, places, districts and rivers', () => {
    const { labels, streams } = scene();
    assert.deepEqual(ids({ labels }), ['C1', 'C1-01', 'D1', 'P1', 'P2', 'P3']);
    assert.deepEqual(
      streams.map(({ id }) => id),
      ['R1'],
    );
  });
  it('keeps all names apart and in what the panels leave free', () => {
    const { labels } = scene();
    for (const a of labels) {
      assert.ok(within(a.box, bounds), a.id);
      for (const b of labels) assert.ok(a === b || !overlap(a.box, b.box), `${a.id} ${b.id}`);
    }
  });
  it('names nothing whose symbol is under a panel', () =>
    assert.ok(!ids(scene({ bounds: { x: 300, y: 0, w: 600, h: 1000 } })).includes('P1')));
  it('names nothing whose symbol is under what stands on the map', () => {
    assert.ok(!ids(scene({ obstacles: [{ x: 50, y: 800, w: 120, h: 120 }] })).includes('P1'));
  });
  it('names a functional area unless the core or the zone has that name', () => {
    const point = { type: 'Point', coordinates: [0.2, 0.6] };
    const named = (name_zh) =>
      ids(
        scene({ model: { ...model, context: [{ id: 'F1', kind: 'functional-area', name_zh, geometry: point }] } }),
      ).includes('F1');
    assert.deepEqual([named('某新区'), named('C1某某')], [true, false]);
  });
  it('writes across the line from the core to a zone only where it is not drawn', () => {
    const zone = area('Z1', 'zone', 1, 0.4, 0.05, 0.2);
    const more = { model: { ...model, areas: [...model.areas, zone] } };
    const line = [{ x: 500, y: 500 }, { x: 500, y: 850 }];
    const crossed = (links) =>
      scene(more, { links }).labels.filter(({ id, box }) => ['C1', 'Z1'].includes(id) && crosses(...line, box)).map(({ id }) => id);
    assert.deepEqual(crossed(true), []);
    assert.notDeepEqual(crossed(false), []);
  });
  it('leaves out what is filtered out', () => {
    const { labels, symbols, buttons } = scene({}, { visible: new Set(['P3']) });
    assert.deepEqual(ids({ labels }), ['D1', 'P3']);
    assert.deepEqual(
      symbols.map(({ id }) => id),
      ['icons-P3'],
    );
    assert.equal(buttons.length, 4);
  });
  it('shows one area with its places in a figure', () => {
    assert.deepEqual(ids(scene({ focus: 'C1', zoom: 10 })), ['C1', 'C1-01', 'D1']);
  });
  it('shows icons and places only close up', () => assert.deepEqual(scene({ zoom: 10.75 }).symbols, []));
  it('marks a park without a stated field', () => {
    assert.deepEqual(scene().symbols.find(({ id }) => id === 'icons-P1')?.icons, [
      { code: 'unstated', basis: 'unstated' },
    ]);
  });
  it('is empty for an empty layout', () => {
    const empty = { document: {}, areas: [], places: [], districts: [], context: [] };
    const { labels, buttons, streams } = scene({ model: empty });
    assert.deepEqual([labels, buttons, streams], [[], [], []]);
  });
});

describe('extents', () => {
  const at = (x, y) => ({ geometry: { type: 'Point', coordinates: [x, y] } });
  const model = {
    document: {
      figures: [
        { no: 1, focus: '' },
        { no: 2, focus: 'C1' },
      ],
    },
    areas: [
      { id: 'C1', kind: 'core', ...at(1, 1) },
      { id: 'P1', kind: 'park', ...at(3, 4) },
    ],
    places: [
      { id: 'C1-01', parent: 'C1', ...at(2, 0) },
      { id: 'C1-02', parent: 'C1', geometry: null },
    ],
    districts: [],
    context: [
      {
        id: 'X',
        kind: 'city',
        geometry: {
          type: 'LineString',
          coordinates: [
            [0, 0],
            [9, 9],
          ],
        },
      },
    ],
  };
  const empty = { document: {}, areas: [], places: [], districts: [], context: [] };
  const extents = createExtents(model);
  const cases = [
    ['all', [1, 1, 3, 4]],
    ['P1', [3, 4, 3, 4]],
    [1, [1, 1, 3, 4]],
    [2, [1, 0, 2, 1]],
    ['C1-02', null],
    ['nothing', null],
  ];
  for (const [target, want] of cases) it(`of ${target}`, () => assert.deepEqual(extents.of(target), want));
  it('the whole is the city, or the areas without one', () => {
    assert.deepEqual(extents.whole, [0, 0, 9, 9]);
    assert.deepEqual(createExtents({ ...model, context: [] }).whole, [1, 1, 3, 4]);
  });
  it('an empty layout has one all the same', () => assert.equal(createExtents(empty).of('all')?.length, 4));
  it('only figures with a focus have one', () => {
    assert.deepEqual([extents.focus(1), extents.focus(2), extents.focus(NaN)], [null, 'C1', null]);
  });
});
