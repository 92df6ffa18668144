/**
 * Joins the state of the page with its parts: a part reports what the reader does, the state changes,
 * and every part is updated from it.
 * @module app
 */
import { nameOf } from './format.js';
import { createFinder } from './finder.js';
import { createNavigator } from './navigator.js';
import { makeColours, makeComparison, makeDetail, makeFigures, makeFinding, makeList, makeMap, makeSheet, makeTools } from './parts.js';
import { isFiltered, linksShown, parseState } from './state.js';
import { createStore } from './store.js';
import { showMode } from './ui/choices.js';
import { turn } from './turns.js';
import { byId } from './ui/dom.js';
import { createLayout } from './ui/layout.js';

/** @typedef {import('./state.js').State} State */
/** @typedef {import('./navigator.js').Parts} Parts */

/**
 * @typedef {object} Deps
 * @property {import('./model/index.js').Model} model
 * @property {import('./text/index.js').Text} text
 * @property {import('./text/index.js').Lang} lang
 * @property {ReturnType<typeof import('./ui/toasts.js').createToasts>} toasts
 * @property {string} reviewNumber of the map; '' is none
 * @property {string} contact address to report what is wrong, mailto: or that of a page; '' is none
 */

/** @param {string} key */
const query = (key) => new URLSearchParams(window.location.search).get(key);

/** Reads the address, and says quietly what of it was left out. @param {Deps} deps @param {ReturnType<typeof createFinder>} finder @returns {State} */
function readAddress({ text, toasts }, finder) {
  const parsed = parseState(window.location.search);
  const { state, dropped } = finder.known(parsed.state);
  if (dropped.includes('sel')) toasts.show(text('state.missing', { id: parsed.state.selected ?? '' }));
  else if (parsed.unknown.length + dropped.length) toasts.show(text('state.unknown'));
  return state;
}

/**
 * Starts the page: makes its parts, and updates them whenever the state changes. Until all are there, what needs them
 * lies idle.
 * @param {Deps} deps
 */
export async function createApp(deps) {
  const { model, text, lang, toasts } = deps;
  const root = byId('explore');
  const finder = createFinder(model);
  const initial = readAddress(deps, finder);
  if (initial.mode) showMode(initial.mode);
  const parts = /** @type {Parts} */ ({});
  const store = createStore({ window, initial, onChange, read: (search) => finder.known(parseState(search).state).state });
  const go = createNavigator({ store, parts, model, detailElement: byId('detail') });
  const layout = createLayout(root);
  const passing = createPassing(() => parts.list && show());
  const wiring = { ...deps, finder, parts, store, go, layout, passing };

  await turn();
  parts.sheet = makeSheet(wiring, root);
  parts.detail = makeDetail(wiring);
  parts.figures = makeFigures(wiring);
  const colours = makeColours(wiring);
  const finding = makeFinding(wiring);
  const comparison = makeComparison(wiring);
  const tools = makeTools(wiring);
  await turn();
  parts.map = makeMap(wiring);
  await turn();
  parts.list = makeList(wiring);
  const setTitle = createTitle(deps);

  /** @param {State} state @param {State} before @param {import('./store.js').How | 'pop'} how */
  function onChange(state, before, how) {
    if (how === 'later' || !parts.list) return;
    show();
    if (state.selected !== before.selected) announce(state.selected);
    if (state.filter !== before.filter) toasts.say(text('live.count', { n: finder.filtered(state.filter).ids.size, all: model.areas.length }));
    if (how === 'pop') go.follow(state, before);
  }

  /** @param {string | null} id */
  function announce(id) {
    const feature = id && model.feature(id);
    toasts.say(feature ? text('live.selected', { name: nameOf(feature, lang).text }) : text('live.cleared'));
  }

  /** Updates every part from the state. */
  function show() {
    const state = store.get();
    const links = linksShown(state);
    const { view, theme, selected, filter, compared, near } = state;
    const { hovered, lit, close, picking } = passing.get();
    const { ids, counts } = finder.filtered(filter);
    const place = finder.place(near, lang, text);
    const distances = finder.distances(near);
    root.dataset.theme = theme;
    const moved = layout.setDetail(Boolean(selected));
    colours.theme.update(state);
    if (moved) colours.legend.setRoom(layout.isRoomy());
    const redrawn = colours.legend.update({ theme, links, view, near: close });
    parts.list.update({ selected, hovered, visible: ids, order: finder.order(state), distances, compared });
    finding.filters.update({ filter, counts, ordered: Boolean(state.sort || near) });
    finding.chips.update({ filter, near: place && { id: place.id, label: { text: text('near.from', { name: place.name }) } } });
    finding.sorting.update(state);
    comparison.update(compared);
    parts.detail.update(state);
    parts.figures.update(state);
    setTitle(selected);
    const mode = /** @type {'light' | 'dark' | undefined} */ (document.documentElement.dataset.mode);
    parts.map.setState({
      view, theme, selected, hovered, visible: shown(isFiltered(filter) ? ids : null, lit), links, lang, mode,
      near: place && place.point, nearName: place?.name, picking,
    });
    if (moved || redrawn) parts.map.resize();
  }

  show();
  go.arrive(initial);
  root.dataset.ready = '';
  for (const idle of root.querySelectorAll('[inert]')) idle.removeAttribute('inert');
  if (initial.selected && query('sel') !== initial.selected) store.set({}, 'replace');
  return {
    destroy() {
      for (const part of [...Object.values({ ...parts, ...colours, ...finding, ...tools }), comparison, layout, store]) part.destroy();
    },
  };
}

/** What is shown of the areas that pass while the legend lights some. @param {Set<string> | null} passed @param {Set<string> | null} lit */
const shown = (passed, lit) => (passed && lit ? new Set([...lit].filter((id) => passed.has(id))) : lit ?? passed);

/** What the pointer is on, what the legend lights, whether the map is close, whether a point is being picked: it passes, and is in no address. @param {() => void} onChange */
function createPassing(onChange) {
  const now = { hovered: /** @type {string | null} */ (null), lit: /** @type {Set<string> | null} */ (null), close: false, picking: false };
  return {
    get: () => now,
    /** @param {string | null} id */
    hover(id) {
      if (id === now.hovered) return;
      now.hovered = id;
      onChange();
    },
    /** @param {boolean} close */
    close(close) {
      now.close = close;
      onChange();
    },
    /** @param {boolean} picking */
    pick(picking) {
      now.picking = picking;
      onChange();
    },
    /** @param {Set<string> | null} ids */
    light(ids) {
      now.lit = ids;
      onChange();
    },
  };
}

/** Returns what names the selected feature in the title of the window. @param {Deps} deps @returns {(selected: string | null) => void} */
function createTitle({ model, lang }) {
  const site = document.title;
  return (selected) => {
    const feature = selected && model.feature(selected);
    document.title = feature ? `${nameOf(feature, lang).text} · ${site}` : site;
  };
}
