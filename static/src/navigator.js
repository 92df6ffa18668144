/**
 * What the reader may do with the page: select, close, show a figure, move, switch links and theme. Each
 * changes the state, and moves map, sheet and focus along with it.
 * @module navigator
 */
import { COMPARED_MAX, linksShown, noFilter } from './state.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./state.js').ViewName} ViewName */
/** @typedef {import('./state.js').Position} Position */
/** @typedef {import('./state.js').Group} Group */

/**
 * The parts of the page that a step moves.
 * @typedef {object} Parts
 * @property {ReturnType<typeof import('./map/index.js').createMap>} map
 * @property {ReturnType<typeof import('./ui/sheet.js').createSheet>} sheet
 * @property {ReturnType<typeof import('./ui/list.js').createList>} list
 * @property {ReturnType<typeof import('./ui/detail.js').createDetail>} detail
 * @property {ReturnType<typeof import('./ui/figures.js').createFigures>} figures
 */

/** The figure's number. @param {ViewName} view */
const figureNo = (view) => Number(view.slice(3));

/** A switch that says what the view says anyway is left out of the address. @param {State} state @param {boolean} shown */
const linksOf = ({ view }, shown) => (shown === (view === 'fig1') ? null : shown);

/**
 * @param {{ store: ReturnType<typeof import('./store.js').createStore>, parts: Parts,
 *   model: import('./model/index.js').Model, detailElement: HTMLElement }} deps parts may be filled later
 */
export function createNavigator({ store, parts, model, detailElement }) {
  /** Where the reader was before a figure was shown. @type {Partial<State> | null} */
  let former = null;
  /** Programs move the map too; only the reader's own moves belong into the address. */
  let byReader = false;
  /** What opened the detail. @type {HTMLElement | null} */
  let opener = null;

  const entry = () => ({ stop: parts.sheet.stop() });

  /** Fits a feature, or what the state shows without a position. @param {string | null} id @param {boolean} [animate] */
  function fit(id, animate = true) {
    byReader = false;
    const { view } = store.get();
    if (id && model.feature(id)?.geometry) parts.map.fit(id, { animate });
    else parts.map.fit(view === null || view === 'fig1' ? 'all' : figureNo(view), { animate });
  }

  function rememberOpener() {
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && !detailElement.contains(activeElement)) opener = activeElement;
  }

  /** @param {string} id @param {{ fit: boolean }} how */
  function select(id, how) {
    if (id === store.get().selected) return parts.detail.focus();
    rememberOpener();
    const { sheet } = parts;
    const stop = sheet.isNarrow() && sheet.stop() === 'peek' ? 'half' : sheet.stop();
    store.set({ selected: id, at: how.fit ? null : parts.map.view() }, 'push', { stop });
    sheet.show(stop);
    if (how.fit) fit(id);
    else parts.map.reveal(id);
    parts.detail.focus();
  }

  function close() {
    const { selected } = store.get();
    if (!selected) return false;
    store.set({ selected: null, at: parts.map.view() }, 'push', entry());
    if (opener?.isConnected && opener !== document.body) opener.focus({ preventScroll: true });
    else parts.list.focus(selected);
    return true;
  }

  /** @param {ViewName} view */
  function showFigure(view) {
    if (!parts.list) return; // the page has not started yet
    const { view: before, selected } = store.get();
    former = { view: before, selected, at: parts.map.view() };
    parts.figures.open();
    store.set({ view, at: null, selected: null, links: null }, 'push', entry());
    fit(null);
  }

  /** Leaves the figure and shows the whole layout, as an address without a position does; a selection stays. */
  function showWhole() {
    const { view, selected } = store.get();
    former = null;
    parts.figures.close();
    store.set({ view: null, at: selected ? parts.map.view() : null }, view ? 'push' : 'replace', entry());
    byReader = Boolean(selected); // beside a selection the address says where the map stands
    parts.map.fit('all');
  }

  /** Goes back to where the reader was before the figure; false when there was none. */
  function leaveFigure() {
    if (!former) return false;
    const back = former;
    former = null;
    parts.figures.close();
    store.set(back, 'push', entry());
    if (back.at) parts.map.setView(back.at);
    return true;
  }

  /** Shows what the address asks for. @param {State} state */
  function arrive(state) {
    if (state.view) parts.figures.open();
    if (state.at) parts.map.setView(state.at);
    else fit(state.selected, false);
  }

  /** Follows the history. @param {State} state @param {State} before */
  function follow(state, before) {
    byReader = false;
    if (state.view !== before.view) {
      former = null;
      if (state.view) parts.figures.open();
      else parts.figures.close();
    }
    if (state.at) parts.map.setView(state.at);
    else if (state.selected !== before.selected || state.view !== before.view) fit(state.selected);
  }

  /** @param {Partial<import('./state.js').Filter>} patch */
  const narrow = (patch) => store.set({ filter: { ...store.get().filter, ...patch } }, 'replace');

  return {
    fit,
    select,
    narrow,
    /** Takes a choice of the filter, or lets it go. @param {Group} group @param {string} value @param {boolean} chosen */
    choose(group, value, chosen) {
      const others = store.get().filter[group].filter((one) => one !== value);
      narrow({ [group]: chosen ? [...others, value] : others });
    },
    /** Shows all areas again, in the order of the document. */
    clear: () => store.set({ filter: noFilter(), near: null }, 'replace'),
    /** Orders the list by the distance from a feature or a point, null no more. @param {string | null} near */
    measure: (near) => store.set({ near, sort: '' }, 'replace'),
    /** @param {import('./state.js').Sort} sort */
    sort: (sort) => store.set({ sort }, 'replace'),
    /** Takes an area into the comparison or out of it; false where there is no more room. @param {string} id */
    compare(id) {
      const { compared } = store.get();
      const taken = compared.includes(id);
      if (!taken && compared.length >= COMPARED_MAX) return false;
      store.set({ compared: taken ? compared.filter((one) => one !== id) : [...compared, id] }, 'push', entry());
      return true;
    },
    compareNone: () => store.set({ compared: [] }, 'push', entry()),
    close,
    showFigure,
    showWhole,
    leaveFigure,
    arrive,
    follow,
    /** The reader has taken the map in hand. */
    take: () => void (byReader = true),
    /** The map has moved. @param {Position} at */
    moved: (at) => void (byReader && store.set({ at }, 'later')),
    toggleLinks() {
      const state = store.get();
      store.set({ links: linksOf(state, !linksShown(state)) }, 'replace');
    },
    /** Another theme has another legend: what was fitted beside the old one is fitted again. @param {'role' | 'ai'} theme */
    colour(theme) {
      store.set({ theme }, 'replace');
      const { at, selected } = store.get();
      if (!byReader && !at && !selected) fit(null);
    },
  };
}
