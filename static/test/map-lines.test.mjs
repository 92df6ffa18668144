import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { boxOf, setAlong } from '../src/map/along.js';
import { borders } from '../src/map/borders.js';
import { bow, smooth } from '../src/map/curve.js';
import { anchorOf, boundsOf, boxInRings, inRings } from '../src/map/geometry.js';
import { metresPerPixel, scaleBar } from '../src/map/scale.js';

const points = (list) => list.map(([x, y]) => ({ x, y }));
const free = () => true;
const zh = {
  letters: ['甲', '乙', '河'],
  widths: [13, 13, 13],
  size: 13,
  space: 13,
  upright: true,
  offsets: [12, -12],
};
const en = { letters: [...'Alpha'], widths: [8, 4, 8, 11, 8], size: 13, space: 1, upright: false, offsets: [-9] };

describe('names along a line', () => {
  const cases = [
    [
      'a line that runs down',
      [
        [0, 0],
        [0, 300],
      ],
      zh,
      (a, b) => b.y > a.y,
    ],
    [
      'a line that runs up is read downwards',
      [
        [0, 300],
        [0, 0],
      ],
      zh,
      (a, b) => b.y > a.y,
    ],
    [
      'a line that runs left is read rightwards',
      [
        [300, 0],
        [0, 10],
      ],
      zh,
      (a, b) => b.x > a.x,
    ],
    [
      'letters that turn are read rightwards',
      [
        [300, 0],
        [0, 10],
      ],
      en,
      (a, b) => b.x > a.x,
    ],
  ];
  for (const [name, line, setting, ordered] of cases) {
    it(name, () => {
      const glyphs = setAlong(points(line), setting, free);
      assert.deepEqual(
        glyphs?.map(({ text }) => text),
        setting.letters,
      );
      assert.ok(ordered(glyphs[0], glyphs[glyphs.length - 1]));
    });
  }
  it('reads a ring rightwards or downwards wherever it is set', () => {
    const ring = Array.from({ length: 41 }, (_, i) => ({
      x: 200 * Math.cos((i * Math.PI) / 20),
      y: 200 * Math.sin((i * Math.PI) / 20),
    }));
    for (const side of [(p) => p.x < -100, (p) => p.x > 100, (p) => p.y < -100]) {
      const glyphs = setAlong(ring, zh, (box) => side({ x: box.x, y: box.y }));
      const [a, b] = [glyphs[0], glyphs[2]];
      assert.ok(Math.abs(b.y - a.y) > Math.abs(b.x - a.x) ? b.y > a.y : b.x > a.x);
    }
  });
  it('keeps Chinese letters upright and turns Latin ones', () => {
    const line = points([
      [0, 0],
      [200, 200],
    ]);
    assert.ok(setAlong(line, zh, free).every(({ angle }) => angle === 0));
    assert.ok(setAlong(line, en, free).every(({ angle }) => Math.abs(angle - 45) < 1));
  });
  it('stands off the line', () => {
    const glyphs = setAlong(
      points([
        [0, 0],
        [300, 0],
      ]),
      zh,
      free,
    );
    assert.ok(glyphs.every(({ y }) => Math.abs(y) === 12));
  });
  it('goes where there is room', () => {
    const glyphs = setAlong(
      points([
        [0, 0],
        [300, 0],
      ]),
      zh,
      (box) => box.x > 200,
    );
    assert.ok(glyphs.every(({ x }) => x > 200));
  });
  it('gives up on a short line, on taken ground and round a sharp bend', () => {
    assert.equal(
      setAlong(
        points([
          [0, 0],
          [30, 0],
        ]),
        zh,
        free,
      ),
      null,
    );
    assert.equal(
      setAlong(
        points([
          [0, 0],
          [300, 0],
        ]),
        zh,
        () => false,
      ),
      null,
    );
    assert.equal(
      setAlong(
        points([
          [0, 0],
          [24, 0],
          [0, 1],
        ]),
        { ...en, offsets: [0] },
        free,
      ),
      null,
    );
  });
  it('never squeezes letters on the inner side of a bend', () => {
    const arc = Array.from({ length: 31 }, (_, i) => ({
      x: 40 * Math.cos((i * Math.PI) / 30),
      y: -40 * Math.sin((i * Math.PI) / 30),
    }));
    const glyphs = setAlong(arc, { ...en, offsets: [28, -12] }, free);
    for (let i = 1; i < glyphs.length; i++) {
      const apart = Math.hypot(glyphs[i].x - glyphs[i - 1].x, glyphs[i].y - glyphs[i - 1].y);
      assert.ok(apart >= 0.45 * (en.widths[i] + en.widths[i - 1]));
    }
  });
  it('has boxes that hold a turned letter', () => {
    const box = boxOf({ text: 'm', x: 0, y: 0, angle: 90 }, 20, { ...en, size: 10 });
    assert.ok(box.h >= 20 && box.w >= 10 && box.w < 14);
  });
});

describe('borders', () => {
  const square = (x, y) => [
    [
      [x, y],
      [x + 1, y],
      [x + 1, y + 1],
      [x, y + 1],
      [x, y],
    ],
  ];
  const edgesOf = (lines) => lines.reduce((sum, line) => sum + line.length - 1, 0);
  it('draws a shared border once', () => assert.equal(edgesOf(borders([square(0, 0), square(1, 0)])), 7));
  it('leaves out the outer border', () => {
    const outer = [
      [
        [0, 0],
        [1, 0],
        [2, 0],
        [2, 1],
        [1, 1],
        [0, 1],
        [0, 0],
      ],
    ];
    assert.deepEqual(borders([square(0, 0), square(1, 0)], [outer]), [
      [
        [1, 0],
        [1, 1],
      ],
    ]);
  });
  it('joins edges to one closed line', () => {
    const lines = borders([square(0, 0)]);
    assert.equal(lines.length, 1);
    assert.deepEqual(lines[0][0], lines[0][4]);
  });
  it('breaks lines where three borders meet', () => {
    const lines = borders([square(0, 0), square(1, 0), square(0, 1), square(1, 1)]);
    assert.equal(edgesOf(lines), 12);
    assert.ok(lines.every((line) => line.slice(1, -1).every((p) => String(p) !== '1,1')));
  });
  it('has none without polygons', () => assert.deepEqual(borders([]), []));
});

describe('curves', () => {
  it('bow from end to end', () => {
    const line = bow([104, 30], [105, 31]);
    assert.deepEqual(line[0], [104, 30]);
    assert.deepEqual(line[line.length - 1], [105, 31]);
    const [x, y] = line[12];
    assert.ok(Math.abs(x - 104.5) + Math.abs(y - 30.5) > 0.02);
  });
  it('keep the ends of a smoothed line and close a ring', () => {
    const line = smooth([
      [0, 0],
      [1, 0],
      [1, 1],
    ]);
    assert.deepEqual(
      [line[0], line[line.length - 1]],
      [
        [0, 0],
        [1, 1],
      ],
    );
    const ring = smooth([
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ]);
    assert.deepEqual(ring[0], ring[ring.length - 1]);
  });
  it('leave a line of two points alone', () =>
    assert.deepEqual(
      smooth([
        [0, 0],
        [1, 0],
      ]),
      [
        [0, 0],
        [1, 0],
      ],
    ));
});

describe('geometry', () => {
  const ring = points([
    [0, 0],
    [10, 0],
    [10, 10],
    [0, 10],
    [0, 0],
  ]);
  const hole = points([
    [4, 4],
    [6, 4],
    [6, 6],
    [4, 6],
    [4, 4],
  ]);
  it('knows inside, outside and holes', () => {
    assert.equal(inRings({ x: 2, y: 2 }, [ring, hole]), true);
    assert.equal(inRings({ x: 5, y: 5 }, [ring, hole]), false);
    assert.equal(inRings({ x: 12, y: 5 }, [ring]), false);
  });
  it('tells whether a box fits in', () => {
    assert.equal(boxInRings({ x: 1, y: 1, w: 8, h: 2 }, [ring]), true);
    assert.equal(boxInRings({ x: 5, y: 1, w: 8, h: 2 }, [ring]), false);
  });
  it('anchors a feature at its label point, else in its middle, else nowhere', () => {
    const polygon = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [2, 0],
          [2, 2],
          [0, 2],
          [0, 0],
        ],
      ],
    };
    assert.deepEqual(anchorOf({ geometry: polygon, label_point: [5, 6] }), [5, 6]);
    assert.deepEqual(anchorOf({ geometry: polygon }), [1, 1]);
    assert.equal(anchorOf({ geometry: null }), null);
  });
  it('bounds features and has none for those without a place', () => {
    const line = {
      type: 'LineString',
      coordinates: [
        [1, 2],
        [3, -4],
      ],
    };
    assert.deepEqual(boundsOf([{ geometry: line }, { geometry: null }]), [1, -4, 3, 2]);
    assert.equal(boundsOf([{ geometry: null }]), null);
  });
});

describe('scale', () => {
  it('knows the web-mercator pixel', () => assert.ok(Math.abs(metresPerPixel(0, 0) - 156543.03) < 0.01));
  it('shortens away from the equator', () =>
    assert.ok(Math.abs(metresPerPixel(60, 3) * 2 - metresPerPixel(0, 3)) < 1e-6));
  for (const zoom of [8.5, 9.25, 11, 13.75, 16]) {
    it(`is round and fits at zoom ${zoom}`, () => {
      const { metres, px } = scaleBar(30.6, zoom, 120);
      assert.match(String(metres), /^[125]0*$/);
      assert.ok(px <= 120 && px > 47, String(px));
    });
  }
});
