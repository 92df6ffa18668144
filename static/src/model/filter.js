/**
 * Which areas pass a filter, and how many would pass with one more choice. Within a group one choice has to
 * match, and every group has to; a direction matches through a place of the area too. Knows no DOM.
 * @module model/filter
 */
import { GROUPS } from '../state.js';

/** @typedef {import('./index.js').Model} Model */
/** @typedef {import('./types.js').Feature} Feature */
/** @typedef {import('../state.js').Filter} Filter */
/** @typedef {import('../state.js').Group} Group */
/** @typedef {Record<Group, Map<string, number>>} Counts how many areas pass with a choice, by group and choice */

/** What stands for an area that the document ties to no direction and no field. */
export const UNSTATED = 'unstated';

/** The kinds of areas. */
export const KINDS = ['core', 'zone', 'park'];

/** The code that colours an area by AI+: that of its first direction; '' for an area with fields only. @param {Feature} area */
export const aiCode = (area) => area.specialisations?.[0]?.code ?? (area.fields?.length ? '' : UNSTATED);

/** @param {Feature} area @param {Feature[]} places its own @returns {Record<Group, Set<string>>} */
function valuesOf(area, places) {
  const own = area.specialisations?.length ? area.specialisations.map(({ code }) => code) : [aiCode(area)].filter(Boolean);
  return {
    kind: new Set([area.kind]),
    ai: new Set([...own, ...places.flatMap(({ specialisation }) => specialisation?.code ?? [])]),
    d: new Set([...(area.district ?? []), ...(area.functional_area ? [area.functional_area] : [])]),
    u: new Set(area.responsible_units ?? []),
  };
}

/**
 * Indexes the areas of a model for filters.
 * @param {Model} model
 * @param {string[]} codes of AI+ directions
 * @param {(query: string) => Set<string>} areasNaming the areas that a text leads to
 */
export function createFilter(model, codes, areasNaming) {
  const rows = model.areas.map((area) => ({ area, values: valuesOf(area, model.placesOf(area.id)) }));
  const ids = (/** @type {Feature[]} */ features) => features.map(({ id }) => id);
  /** What may be asked for, whether some area has it or not. @type {Record<Group, Set<string>>} */
  const known = {
    kind: new Set(KINDS),
    ai: new Set([...codes, UNSTATED]),
    d: new Set([...ids(model.districts), ...ids(model.context.filter(({ kind }) => kind === 'functional-area'))]),
    u: new Set(ids(model.units)),
  };
  /** @type {Record<Group, Set<string>>} */
  const present = { kind: new Set(), ai: new Set(), d: new Set(), u: new Set() };
  for (const { values } of rows) for (const group of GROUPS) for (const value of values[group]) present[group].add(value);

  /** Returns what lists the groups that an area fails; 'q' stands for the text. @param {Filter} filter */
  function failures(filter) {
    const named = filter.q ? areasNaming(filter.q) : null;
    const asked = GROUPS.filter((group) => filter[group].length);
    return (/** @type {typeof rows[number]} */ { area, values }) => {
      /** @type {string[]} */
      const groups = asked.filter((group) => !filter[group].some((value) => values[group].has(value)));
      return named && !named.has(area.id) ? [...groups, 'q'] : groups;
    };
  }

  return {
    known,
    /** What some area has, by group. */
    present,
    /**
     * Applies a filter: the ids of the areas that pass, and what each choice would give.
     * @param {Filter} filter
     * @returns {{ ids: Set<string>, counts: Counts }}
     */
    apply(filter) {
      const failed = failures(filter);
      const ids = new Set();
      /** @type {Counts} */
      const counts = { kind: new Map(), ai: new Map(), d: new Map(), u: new Map() };
      for (const row of rows) {
        const fails = failed(row);
        if (!fails.length) ids.add(row.area.id);
        for (const group of GROUPS) {
          if (fails.length > 1 || (fails.length === 1 && fails[0] !== group)) continue;
          for (const value of row.values[group]) counts[group].set(value, (counts[group].get(value) ?? 0) + 1);
        }
      }
      return { ids, counts };
    },
  };
}
