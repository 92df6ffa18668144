import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createPage, crosses, meet, overlap, placeAll, runsIn, within } from '../src/map/labels.js';

const bounds = { x: 0, y: 0, w: 400, h: 300 };
const item = (id, x, y, more = {}) => ({
  id,
  rank: 3,
  at: { x, y },
  left: 13,
  right: 13,
  r: 13,
  w: 60,
  h: 16,
  modes: ['right', 'left', 'above', 'below', 'leader'],
  ...more,
});
const place = (items, ground = {}) => placeAll(items, createPage({ bounds, obstacles: [], ...ground }));

describe('placing one label', () => {
  const wall = (x, y, w, h) => ({ x, y, w, h });
  const around = [wall(215, 142, 20, 16), wall(165, 142, 20, 16), wall(190, 120, 20, 14), wall(190, 166, 20, 14)];
  const cases = [
    ['open ground: right', [], 'right'],
    ['right is taken: left', [wall(215, 140, 20, 20)], 'left'],
    ['both sides are taken: above', [wall(215, 140, 20, 20), wall(160, 140, 20, 20)], 'above'],
    ['only below is free', [wall(215, 120, 20, 40), wall(160, 120, 20, 40), wall(190, 100, 20, 20)], 'below'],
    ['a leader when nothing near is free', around, 'leader'],
  ];
  for (const [name, obstacles, mode] of cases) {
    it(name, () => assert.equal(place([item('a', 200, 150)], { obstacles }).get('a')?.mode, mode));
  }

  it('stays on the map, away from its edges', () => {
    assert.equal(place([item('a', 390, 150)]).get('a')?.mode, 'left');
  });
  it('keeps only the symbol where nothing fits', () => {
    const obstacles = [wall(0, 0, 400, 300)];
    assert.equal(place([item('a', 200, 150)], { obstacles }).size, 0);
  });
  it('has leaders of at most 90 px that start at the symbol', () => {
    const [from, to] = place([item('a', 200, 150)], { obstacles: around }).get('a')?.leader ?? [];
    assert.ok(Math.hypot(to.x - 200, to.y - 150) <= 90);
    assert.ok(Math.abs(Math.hypot(from.x - 200, from.y - 150) - 13) < 1e-9);
  });
  it('goes inside the outline when it fits there', () => {
    const inside = item('a', 200, 150, { modes: ['inside', 'right'], fits: () => true });
    assert.equal(place([inside]).get('a')?.mode, 'inside');
    assert.equal(place([{ ...inside, fits: () => false }]).get('a')?.mode, 'right');
  });
});

describe('busy and covered ground', () => {
  const busy = (box) => box.x > 200;
  it('is avoided while there is other ground', () =>
    assert.equal(place([item('a', 200, 150)], { busy }).get('a')?.mode, 'left'));
  it('is used when there is no other', () => {
    assert.equal(place([item('a', 200, 150)], { busy: () => true }).get('a')?.mode, 'right');
  });
  it('drops shy labels when covered', () => {
    assert.equal(place([item('a', 200, 150, { shy: true })], { covered: () => true }).size, 0);
  });
  it('makes a solid area prefer a leader to its own fill', () => {
    const own = (box) => Math.abs(box.x + 30 - 200) < 80 && Math.abs(box.y + 8 - 150) < 30;
    assert.equal(place([item('a', 200, 150, { solid: true })], { busy: own }).get('a')?.mode, 'leader');
    assert.equal(place([item('a', 200, 150)], { busy: own }).get('a')?.mode, 'right');
  });
});

describe('placing many labels', () => {
  const crowd = Array.from({ length: 40 }, (_, i) =>
    item(`p${i}`, 20 + ((i * 53) % 360), 20 + ((i * 97) % 260), { rank: i % 7 }),
  );
  const discs = crowd.map(({ at }) => ({ x: at.x - 12, y: at.y - 12, w: 24, h: 24 }));
  const placed = [...place(crowd, { obstacles: discs }).values()];

  it('places a fair part of a crowd', () => assert.ok(placed.length > 8, String(placed.length)));
  it('never lets labels overlap', () => {
    for (const a of placed) for (const b of placed) assert.ok(a === b || !overlap(a.box, b.box), `${a.id} ${b.id}`);
  });
  it('never covers a disc and never leaves the bounds', () => {
    for (const { box } of placed) {
      assert.ok(within(box, bounds));
      assert.ok(!discs.some((disc) => overlap(disc, box)));
    }
  });
  it('never lets a leader cross another or a label', () => {
    const led = placed.filter(({ leader }) => leader);
    for (const { id, leader } of led) {
      for (const other of placed) {
        if (other.id === id) continue;
        assert.ok(!crosses(leader[0], leader[1], other.box), `${id} ${other.id}`);
        assert.ok(!other.leader || !meet(leader, other.leader));
      }
    }
  });
  it('serves the lower rank first', () => {
    const two = [
      item('late', 200, 150, { rank: 5, modes: ['right'] }),
      item('first', 200, 150, { rank: 0, modes: ['right'] }),
    ];
    assert.deepEqual([...place(two).keys()], ['first']);
  });
});

describe('crosses', () => {
  const box = { x: 10, y: 10, w: 20, h: 10 };
  const cases = [
    ['through', [0, 0, 40, 30], true],
    ['an end inside', [15, 15, 100, 100], true],
    ['wholly inside', [12, 12, 18, 18], true],
    ['past a corner', [0, 15, 15, 0], false],
    ['beside', [0, 40, 40, 40], false],
    ['upright through', [20, 0, 20, 50], true],
    ['short of it', [0, 15, 9, 15], false],
  ];
  for (const [name, [a, b, c, d], want] of cases) {
    it(name, () => assert.equal(crosses({ x: a, y: b }, { x: c, y: d }, box), want));
  }
});

describe('runsIn', () => {
  const line = [
    [-50, 5],
    [-10, 5],
    [5, 5],
    [8, 8],
    [50, 8],
    [50, 50],
    [5, 50],
    [5, 9],
  ].map(([x, y]) => ({ x, y }));
  it('keeps the parts that touch the box', () => {
    const runs = runsIn(line, { x: 0, y: 0, w: 10, h: 10 });
    assert.deepEqual(
      runs.map((run) => run.length),
      [4, 2],
    );
  });
  it('keeps nothing of a line elsewhere', () => assert.deepEqual(runsIn(line, { x: 500, y: 0, w: 10, h: 10 }), []));
});
