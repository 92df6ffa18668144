/**
 * The pin at the position that distances are counted from. Its name stands among the others on the map.
 * @module map/pin
 */
import L from 'leaflet';
import { toLatLng } from './panes.js';
import { svg } from './svg.js';
import { PIN } from './symbols.js';

/** A drop with its tip at 10,28. */
const DROP = 'M10 27C7.5 20.5 1.5 16 1.5 9.5a8.5 8.5 0 0 1 17 0C18.5 16 12.5 20.5 10 27Z';

/** Makes the pin. @param {L.Map} map */
export function createPin(map) {
  const drawing = svg(
    'svg',
    { class: 'pm-pin', viewBox: `0 0 ${PIN.w} ${PIN.h}`, width: PIN.w, height: PIN.h, 'aria-hidden': 'true' },
    svg('path', { class: 'pm-pin-casing', d: DROP }),
    svg('path', { d: DROP }),
    svg('circle', { cx: PIN.w / 2, cy: 9.5, r: 3 }),
  );
  const icon = L.divIcon({
    className: 'pm-anchor',
    html: /** @type {any} */ (drawing),
    iconSize: [PIN.w, PIN.h],
    iconAnchor: [PIN.w / 2, PIN.h],
  });
  /** @type {L.Marker | null} */
  let marker = null;
  return {
    /** Stands the pin at a position; null takes it away. @param {number[] | null} at longitude, latitude */
    update(at) {
      if (!at) {
        marker?.remove();
        marker = null;
      } else if (marker) marker.setLatLng(toLatLng(at));
      else marker = L.marker(toLatLng(at), { icon, pane: 'pin', keyboard: false, interactive: false }).addTo(map);
    },
  };
}
