/**
 * Questions about geometries that the map asks. Positions are longitude, latitude.
 * @module map/geometry
 */
import { polygonsOf } from './borders.js';

/** @typedef {import('./types.js').Feature} Feature */
/** @typedef {import('./types.js').Box} Box */
/** @typedef {import('./types.js').Pt} Pt */
/** @typedef {[west: number, south: number, east: number, north: number]} Bounds */

/** Returns all lines of a geometry. @param {GeoJSON.Geometry | null | undefined} geometry @returns {number[][][]} */
export function linesOf(geometry) {
  if (geometry?.type === 'LineString') return [geometry.coordinates];
  return geometry?.type === 'MultiLineString' ? geometry.coordinates : [];
}

/** Returns every position of a geometry. @param {GeoJSON.Geometry | null | undefined} geometry @returns {number[][]} */
export function positionsOf(geometry) {
  if (geometry?.type === 'Point') return [geometry.coordinates];
  return [...linesOf(geometry).flat(), ...polygonsOf(geometry).flat(2)];
}

/**
 * Returns the box round features, or null when none has a place.
 * @param {Feature[]} features
 * @returns {Bounds | null}
 */
export function boundsOf(features) {
  const all = features.flatMap(({ geometry, label_point }) => [
    ...positionsOf(geometry),
    ...(label_point ? [label_point] : []),
  ]);
  if (!all.length) return null;
  /** @type {Bounds} */
  const bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of all) {
    bounds[0] = Math.min(bounds[0], x);
    bounds[1] = Math.min(bounds[1], y);
    bounds[2] = Math.max(bounds[2], x);
    bounds[3] = Math.max(bounds[3], y);
  }
  return bounds;
}

/**
 * Returns where the symbol of a feature stands: its label point, or the middle of what it has.
 * @param {Feature} feature
 * @returns {number[] | null}
 */
export function anchorOf(feature) {
  if (feature.label_point) return feature.label_point;
  const largest = polygonsOf(feature.geometry).sort((a, b) => b[0].length - a[0].length)[0];
  const points = largest ? largest[0].slice(1) : positionsOf(feature.geometry);
  if (!points.length) return null;
  return [0, 1].map((axis) => points.reduce((sum, p) => sum + p[axis], 0) / points.length);
}

/** Tells whether a point lies in rings, by the even-odd rule. @param {Pt} p @param {Pt[][]} rings */
export function inRings(p, rings) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [a, b] = [ring[i], ring[j]];
      if (a.y > p.y !== b.y > p.y && p.x < ((b.x - a.x) * (p.y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
    }
  }
  return inside;
}

/** Tells whether a box lies in rings, by points on its edge. @param {Box} box @param {Pt[][]} rings */
export function boxInRings({ x, y, w, h }, rings) {
  const steps = [0, 0.25, 0.5, 0.75, 1];
  return steps.every((t) => inRings({ x: x + w * t, y }, rings) && inRings({ x: x + w * t, y: y + h }, rings));
}
