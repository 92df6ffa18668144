/**
 * The plain base map: land, water, roads and borders, all from the layout's own context.
 * @module map/base
 */
import L from 'leaflet';
import { borders, polygonsOf } from './borders.js';
import { inShares } from '../turns.js';
import { smooth } from './curve.js';
import { linesOf } from './geometry.js';
import { toLatLng } from './panes.js';
import { byLength } from './streams.js';

/** @typedef {import('./types.js').Model} Model */
/** @typedef {import('./types.js').Feature} Feature */

/** Returns the latitudes and longitudes of lines. @param {number[][][]} lines */
const latLngs = (lines) => lines.map((line) => line.map(toLatLng));

/**
 * Draws the base map, what lies below first, in the frames that follow.
 * @param {L.Map} map
 * @param {Model} model
 * @returns {{ land: boolean, destroy: () => void }} land: whether there is a city outline; without one all the ground is land
 */
export function drawBase(map, { context, districts }) {
  const renderer = L.svg({ pane: 'base', padding: 0.5 });
  const options = { pane: 'base', renderer, interactive: false };
  /** @param {number[][][]} lines @param {string} className */
  const line = (lines, className) =>
    lines.length && L.polyline(latLngs(lines), { ...options, className, fill: false }).addTo(map);
  /** @param {number[][][][]} polygons @param {string} className */
  const ground = (polygons, className) =>
    polygons.length && L.polygon(polygons.map(latLngs), { ...options, className }).addTo(map);
  /** @param {string} kind */
  const kind = (kind) => context.filter((feature) => feature.kind === kind);
  /** @param {Feature[]} features */
  const polygons = (features) => features.flatMap(({ geometry }) => polygonsOf(geometry));

  /** @param {string} name */
  const curves = (name) => kind(name).flatMap(({ geometry }) => linesOf(geometry).map(smooth));

  const city = polygons(kind('city'));
  const edge = borders(city);
  const steps = [
    () => ground(city, 'pm-land'),
    () => line(borders(polygons(districts), city), 'pm-district'),
    () => ground(polygons(kind('lake')).map((rings) => rings.map(smooth)), 'pm-lake'),
    ...byLength(kind('river')).map(({ geometry }, i) => () => line(linesOf(geometry).map(smooth), `pm-river ${i < 3 ? 'is-main' : ''}`)),
    () => line(curves('ring-road'), 'pm-road-case'),
    () => line(curves('ring-road'), 'pm-road'),
    () => line(curves('ridge'), 'pm-ridge'),
    () => line(edge, 'pm-city-band'),
    () => line(edge, 'pm-city'),
  ];
  const destroy = inShares(() => {
    steps.shift()?.();
    return steps.length > 0;
  });
  return { land: city.length > 0, destroy };
}
