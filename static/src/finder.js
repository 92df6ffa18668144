/**
 * What the state of the page means in the layout at hand: which of its values there are, which areas pass, in which
 * order, how far from a chosen place. Answers are kept until the question changes.
 * @module finder
 */
import { nameOf } from './format.js';
import { aiCodes } from './map/icon.js';
import { createFilter } from './model/filter.js';
import { createOrder, positionOf } from './model/order.js';
import { createSearch } from './model/search.js';
import { GROUPS, parsePoint } from './state.js';

/** @typedef {import('./state.js').State} State */

/** Keeps the last answer of a function of values that are compared as they are. @template {any[]} A @template R @param {(...args: A) => R} make @returns {(...args: A) => R} */
function lastOf(make) {
  /** @type {{ args: A, answer: R } | null} */
  let last = null;
  return (...args) => {
    if (!last || args.some((arg, i) => arg !== last?.args[i])) last = { args, answer: make(...args) };
    return last.answer;
  };
}

/** @param {import('./model/index.js').Model} model */
export function createFinder(model) {
  const search = createSearch(model);
  const filter = createFilter(model, aiCodes(), search.areas);
  const order = createOrder(model);
  /** @param {string | null} near @returns {[number, number] | null} */
  const pointOf = (near) => (near ? parsePoint(near) ?? positionOf(model.feature(near)) : null);
  const distances = lastOf((/** @type {string | null} */ near) => {
    const point = pointOf(near);
    return point && order.distances(point);
  });
  const ordered = lastOf(order.ids);

  return {
    search,
    /** What some area has, by group. */
    present: filter.present,
    filtered: lastOf(filter.apply),
    distances,
    /** The ids of all areas in the order of the state. @param {State} state */
    order: ({ sort, near }) => ordered(sort, distances(near)),
    /** The place that distances are measured from, with its name; null where none is chosen. @param {string | null} near @param {import('./text/index.js').Lang} lang @param {import('./text/index.js').Text} text */
    place(near, lang, text) {
      const point = pointOf(near);
      if (!near || !point) return null;
      const feature = model.feature(near);
      return { id: near, point, name: feature ? nameOf(feature, lang).text : text('near.point') };
    },
    /**
     * Keeps of a state what the layout has.
     * @param {State} state
     * @returns {{ state: State, dropped: string[] }} dropped names the keys that lost something
     */
    known(state) {
      /** @type {string[]} */
      const dropped = [];
      /** @param {string} key @param {string[]} values @param {(value: string) => boolean} has */
      const kept = (key, values, has) => {
        const good = values.filter(has);
        if (good.length < values.length) dropped.push(key);
        return good;
      };
      const own = { ...state, filter: { ...state.filter } };
      for (const group of GROUPS) own.filter[group] = kept(group, state.filter[group], (value) => filter.known[group].has(value));
      const compared = [...new Set(state.compared.map(model.idOf))];
      own.compared = kept('cmp', compared, (id) => Boolean(model.area(id)));
      own.selected = kept('sel', state.selected ? [model.idOf(state.selected)] : [], model.selectable)[0] ?? null;
      own.near = kept('near', state.near ? [state.near] : [], (near) => pointOf(near) !== null)[0] ?? null;
      return { state: own, dropped };
    },
  };
}
