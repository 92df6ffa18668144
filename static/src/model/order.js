/**
 * The orders of the list. Knows no DOM.
 * @module model/order
 */
import { distanceM } from './distance.js';

/** @typedef {import('./index.js').Model} Model */
/** @typedef {import('./types.js').Feature} Feature */
/** @typedef {import('../state.js').Sort} Sort */

/** Where a feature is, as longitude and latitude; null when that is unknown. @param {Feature | undefined} feature @returns {[number, number] | null} */
export function positionOf(feature) {
  const at = feature?.label_point ?? (feature?.geometry?.type === 'Point' ? feature.geometry.coordinates : null);
  return at ? [at[0], at[1]] : null;
}

/** @param {Model} model */
export function createOrder(model) {
  const districts = new Map(model.districts.map(({ id }, index) => [id, index]));
  const sounds = new Map(model.areas.map(({ id, name_zh }) => [id, model.pinyin(id).replace(/\/\S+/g, '') || name_zh]));
  /** @param {Feature} area */
  const district = (area) => Math.min(...(area.district ?? []).map((id) => districts.get(id) ?? Infinity), Infinity);

  return {
    /** How far the areas lie from a point, in metres by id; an area without a position is left out. @param {number[]} point longitude, latitude @returns {Map<string, number>} */
    distances(point) {
      const pairs = model.areas.flatMap((area) => {
        const at = positionOf(area);
        return at ? [/** @type {[string, number]} */ ([area.id, distanceM(at, point)])] : [];
      });
      return new Map(pairs);
    },
    /**
     * Lists the ids of all areas in an order; equal ones stay as the document has them.
     * @param {Sort} sort
     * @param {Map<string, number> | null} distances orders by them, where a place is set and no other order is asked for
     */
    ids(sort, distances) {
      const areas = [...model.areas];
      if (sort === 'pinyin') areas.sort((a, b) => compare(sounds.get(a.id), sounds.get(b.id)));
      else if (sort === 'district') areas.sort((a, b) => compare(district(a), district(b)));
      else if (distances) areas.sort((a, b) => compare(distances.get(a.id) ?? Infinity, distances.get(b.id) ?? Infinity));
      return areas.map(({ id }) => id);
    },
  };
}

/** @template T @param {T} a @param {T} b */
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
