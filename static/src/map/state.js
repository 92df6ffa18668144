/**
 * What of the map's state has changed. Knows no DOM.
 * @module map/state
 */

/** @typedef {import('./types.js').State} State */

/** Tells whether two values of a state show the same; sets and positions are compared by what is in them. @param {unknown} a @param {unknown} b */
function same(a, b) {
  if (a === b) return true;
  if (a instanceof Set && b instanceof Set) return a.size === b.size && [...a].every((id) => b.has(id));
  return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((part, i) => part === b[i]);
}

/**
 * Returns the keys by which a state would change.
 * @param {State} state
 * @param {Partial<State>} next
 */
export function changes(state, next) {
  return /** @type {(keyof State)[]} */ (Object.keys(next)).filter((key) => !same(state[key] ?? null, next[key] ?? null));
}
