import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import test from 'node:test';
import { VectorTile, classifyRings } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';

// Tiles as the server draws them, with what another decoder reads in them: internal/tile/mvt, golden_test.go.
const folder = new URL('../../internal/tile/mvt/testdata/', import.meta.url);
const names = (await readdir(folder)).filter((name) => name.endsWith('.mvt')).map((name) => name.slice(0, -4));

const xy = ({ x, y }) => [x, y];

/** Reads the geometry of a feature in units of the tile, as GeoJSON. */
function geometryOf(feature) {
  const paths = feature.loadGeometry();
  switch (feature.type) {
    case 1: return { type: 'MultiPoint', coordinates: paths.map(([p]) => xy(p)) };
    case 2: return { type: 'MultiLineString', coordinates: paths.map((path) => path.map(xy)) };
    default: return { type: 'MultiPolygon', coordinates: classifyRings(paths).map((rings) => rings.map((ring) => ring.map(xy))) };
  }
}

test('there are tiles to read', () => assert.ok(names.length >= 4));

for (const name of names) {
  test(`the reference decoder reads ${name}`, async () => {
    const tile = new VectorTile(new PbfReader(await readFile(new URL(`${name}.mvt`, folder))));
    const want = JSON.parse(await readFile(new URL(`${name}.json`, folder), 'utf8'));
    assert.deepEqual(Object.keys(tile.layers).sort(), Object.keys(want).sort());
    for (const [layer, features] of Object.entries(want)) {
      const read = tile.layers[layer];
      assert.equal(read.version, 2);
      assert.equal(read.extent, 4096);
      assert.equal(read.length, features.length);
      features.forEach((feature, i) => {
        const got = read.feature(i);
        assert.equal(got.id ?? 0, feature.id);
        assert.deepEqual({ ...got.properties }, feature.properties);
        assert.deepEqual(geometryOf(got), feature.geometry, `${layer} ${feature.id}`);
      });
    }
  });
}
