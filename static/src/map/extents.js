/**
 * What of a layout can be shown at once, as boxes. Knows no DOM.
 * @module map/extents
 */
import { boundsOf } from './geometry.js';

/** @typedef {import('./types.js').Model} Model */
/** @typedef {import('./geometry.js').Bounds} Bounds */

/** Shown when a layout has no position at all. @type {Bounds} */
const NOWHERE = [-1, -1, 1, 1];

/**
 * Finds the extents of a layout.
 * @param {Model} model
 */
export function createExtents({ document: { figures }, areas, places, context }) {
  const all = [...areas, ...places];
  const layout = boundsOf(areas) ?? boundsOf(all) ?? NOWHERE;

  /** Returns the area that a figure shows alone, or null. @param {number} no */
  const focus = (no) => figures?.find((figure) => figure.no === no)?.focus || null;

  return {
    /** The areas. */
    layout,
    /** The city that they lie in, or the areas where no city is drawn. */
    whole: boundsOf(context.filter(({ kind }) => kind === 'city')) ?? layout,
    focus,
    /**
     * Returns the extent of the layout, of a feature, or of a figure with the places that it shows.
     * @param {'all' | string | number} target an id, or the number of a figure
     * @returns {Bounds | null} null when the feature is unknown or has no position
     */
    of(target) {
      const id = typeof target === 'number' ? (focus(target) ?? 'all') : target;
      if (id === 'all') return layout;
      const own = all.filter((feature) => feature.id === id);
      const parts = typeof target === 'number' ? places.filter(({ parent }) => parent === id) : [];
      return own.length ? boundsOf([...own, ...parts]) : null;
    },
  };
}
