/**
 * Holds the state of the page and keeps the address in step with it. Selecting and changing the view push
 * an entry of the history; panning replaces it after a while. Entries also remember the stop of the sheet.
 * @module store
 */
import { formatState } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {'push' | 'replace' | 'later'} How */

const LATER_MS = 400;

/**
 * @param {{ window: Window, initial: State, read: (search: string) => State, onChange: (state: State, before: State, how: How | 'pop') => void }} deps
 */
export function createStore({ window, initial, read, onChange }) {
  let state = initial;
  /** @type {number | undefined} */
  let timer;

  const address = () => window.location.pathname + formatState(state) + window.location.hash;

  function flush() {
    if (timer === undefined) return;
    window.clearTimeout(timer);
    timer = undefined;
    window.history.replaceState(window.history.state, '', address());
  }

  /** Changes the state. @param {Partial<State>} patch @param {How} how @param {object} [entry] goes into a pushed entry */
  function set(patch, how, entry = {}) {
    const before = state;
    if (how === 'push') flush();
    state = { ...state, ...patch };
    if (how === 'push') window.history.pushState(entry, '', address());
    if (how === 'replace') window.history.replaceState(window.history.state, '', address());
    if (how === 'later') {
      window.clearTimeout(timer);
      timer = window.setTimeout(flush, LATER_MS);
    }
    onChange(state, before, how);
  }

  function pop() {
    window.clearTimeout(timer);
    timer = undefined;
    const before = state;
    state = read(window.location.search);
    onChange(state, before, 'pop');
  }

  window.addEventListener('popstate', pop);
  return {
    get: () => state,
    set,
    flush,
    destroy: () => window.removeEventListener('popstate', pop),
  };
}
