/**
 * What is found out about a layout once and asked for often: features by id, where they stand and how far
 * they reach. Knows no DOM and no projection.
 * @module map/known
 */
import { anchorOf, boundsOf } from './geometry.js';

/** @typedef {import('./types.js').Model} Model */
/** @typedef {import('./types.js').Feature} Feature */
/** @typedef {import('./geometry.js').Bounds} Bounds */
/** @typedef {ReturnType<typeof index>} Known */

/** @type {WeakMap<Model, Known>} */
const layouts = new WeakMap();

/** @param {Model} model */
function index({ areas, places, context }) {
  /** @type {Map<string, Feature>} */
  const byId = new Map([...context, ...places, ...areas].map((feature) => [feature.id, feature]));
  /** @type {Map<string, number[] | null>} */
  const anchors = new Map();
  /** @type {Map<string, Bounds | null>} */
  const boxes = new Map();
  /** @type {Map<string, number>} */
  const order = new Map(areas.map(({ id }, i) => [id, i]));
  return {
    /** Returns an area, a place or a feature of the context. @param {string | null} id */
    feature: (id) => (id === null ? undefined : byId.get(id)),
    /** Returns the place of an area in the document. @param {string} id */
    order: (id) => order.get(id) ?? -1,
    /** Returns where the symbol of a feature stands. @param {Feature} feature */
    anchor(feature) {
      const old = anchors.get(feature.id);
      if (old !== undefined) return old;
      const anchor = anchorOf(feature);
      anchors.set(feature.id, anchor);
      return anchor;
    },
    /** Returns the box round the shape of a feature, null when it has none. @param {Feature} feature */
    box(feature) {
      const old = boxes.get(feature.id);
      if (old !== undefined) return old;
      const box = boundsOf([{ ...feature, label_point: null }]);
      boxes.set(feature.id, box);
      return box;
    },
  };
}

/** Returns what is known about a layout, which must not change. @param {Model} model @returns {Known} */
export function knownOf(model) {
  const known = layouts.get(model) ?? index(model);
  layouts.set(model, known);
  return known;
}
