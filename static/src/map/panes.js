/**
 * The Leaflet map without content: its panes in drawing order, its limits and its extents.
 * @module map/panes
 */
import L from 'leaflet';

/** @typedef {import('./types.js').Insets} Insets */
/** @typedef {import('./geometry.js').Bounds} Bounds */

export const ZOOM_MIN = 8.5;
export const ZOOM_MAX = 16;
const MARGIN = 44;
/** How much further out a map may go than its limits fill it: panels may leave half of it. */
const OUT = 0.75;

/** Panes from below to above, with their z-index. */
const PANES = { base: 210, links: 340, areas: 350, pick: 360, labels: 450, discs: 600, pin: 620, hint: 650 };

/** Returns Leaflet's bounds. @param {Bounds} bounds */
export const toLatLngs = ([west, south, east, north]) => L.latLngBounds([south, west], [north, east]);

/** Returns a position for Leaflet. @param {number[]} position longitude, latitude */
export const toLatLng = (position) => L.latLng(position[1], position[0]);

/**
 * Makes the map in an element that is laid out already.
 * @param {HTMLElement} element
 * @param {{ limits: Bounds, reducedMotion: boolean }} options
 */
export function createLeaflet(element, { limits, reducedMotion }) {
  const map = L.map(element, {
    attributionControl: false,
    zoomControl: false,
    zoomSnap: 0.25,
    zoomDelta: 0.5,
    wheelPxPerZoomLevel: 120,
    minZoom: ZOOM_MIN,
    maxZoom: ZOOM_MAX,
    maxBounds: toLatLngs(limits).pad(1.2),
    maxBoundsViscosity: 0.6,
    keyboardPanDelta: 96,
    boxZoom: false,
    zoomAnimation: !reducedMotion,
    fadeAnimation: false,
    markerZoomAnimation: !reducedMotion,
    inertia: !reducedMotion,
  });
  for (const [name, index] of Object.entries(PANES)) map.createPane(name).style.zIndex = String(index);
  const furthest = map.getBoundsZoom(toLatLngs(limits)) - OUT;
  if (furthest < ZOOM_MIN) map.setMinZoom(Math.floor(furthest * 4) / 4);
  return map;
}

/**
 * Shows bounds in what the panels leave free.
 * @param {L.Map} map
 * @param {Bounds} bounds
 * @param {Insets} safe
 * @param {{ animate: boolean, maxZoom: number }} options
 */
export function fitBounds(map, bounds, safe, { animate, maxZoom }) {
  const { x, y } = map.getSize();
  const margin = Math.min(MARGIN, (x - safe.left - safe.right) / 8, (y - safe.top - safe.bottom) / 8);
  map.fitBounds(toLatLngs(bounds), {
    paddingTopLeft: [safe.left + margin, safe.top + margin],
    paddingBottomRight: [safe.right + margin, safe.bottom + margin],
    animate,
    maxZoom,
  });
}
