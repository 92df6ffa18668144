/**
 * The symbolic links between the core, the zone and the parks.
 * @module map/links
 */
import L from 'leaflet';
import { bow } from './curve.js';
import { anchorOf } from './geometry.js';
import { toLatLng } from './panes.js';

/** @typedef {import('./types.js').Feature} Feature */

/**
 * Draws the links; a layout without a core has none.
 * @param {L.Map} map
 * @param {Feature[]} areas
 */
export function createLinks(map, areas) {
  const renderer = L.svg({ pane: 'links', padding: 0.5 });
  const group = L.layerGroup();
  const core = areas.find(({ kind }) => kind === 'core');
  const from = core && anchorOf(core);
  /** @param {number[][]} line @param {string} className */
  const add = (line, className) =>
    L.polyline(line.map(toLatLng), {
      pane: 'links',
      renderer,
      className,
      interactive: false,
      fill: false,
      smoothFactor: 0.5,
    }).addTo(group);
  for (const area of from ? areas : []) {
    const to = anchorOf(area);
    if (area === core || !from || !to) continue;
    if (area.kind === 'park') add(bow(from, to), 'pm-link');
    else ['pm-link-main', 'pm-link-gap'].forEach((name) => add([from, to], name));
  }
  return {
    /** Whether there is anything to show. */
    any: group.getLayers().length > 0,
    /** @param {boolean} on */
    show: (on) => void (on ? group.addTo(map) : group.remove()),
  };
}
