/**
 * The symbolic links between the core, the zone and the parks.
 * @module map/links
 */
import L from 'leaflet';
import { bow } from './curve.js';
import { knownOf } from './known.js';
import { toLatLng } from './panes.js';

/** @typedef {import('./types.js').Model} Model */

/**
 * Makes the links, which are drawn when they are first shown; a layout without a core has none.
 * @param {L.Map} map
 * @param {Model} model
 */
export function createLinks(map, model) {
  const known = knownOf(model);
  const core = model.areas.find(({ kind }) => kind === 'core');
  const from = core && known.anchor(core);
  const ends = (from ? model.areas : []).flatMap((area) => {
    const to = area === core ? null : known.anchor(area);
    return to ? [{ park: area.kind === 'park', to }] : [];
  });
  /** @type {L.LayerGroup | null} */
  let drawn = null;

  function draw() {
    const renderer = L.svg({ pane: 'links', padding: 0.5 });
    /** @param {number[][][]} lines @param {string} className */
    const line = (lines, className) =>
      L.polyline(
        lines.map((one) => one.map(toLatLng)),
        { pane: 'links', renderer, className, interactive: false, fill: false, smoothFactor: 0.5 },
      );
    const start = /** @type {number[]} */ (from);
    const main = ends.filter(({ park }) => !park).map(({ to }) => [start, to]);
    const parks = ends.filter(({ park }) => park).map(({ to }) => bow(start, to));
    return L.layerGroup([line(main, 'pm-link-main'), line(main, 'pm-link-gap'), line(parks, 'pm-link')]);
  }

  return {
    /** Whether there is anything to show. */
    any: ends.length > 0,
    /** @param {boolean} on */
    show(on) {
      if (!on) return void drawn?.remove();
      drawn ??= draw();
      drawn.addTo(map);
    },
  };
}
