/**
 * Joins the state of the page with its parts: a part reports what the reader does, the state changes,
 * and every part is updated from it.
 * @module app
 */
import { nameOf } from './format.js';
import { createNavigator } from './navigator.js';
import { makeColours, makeDetail, makeFigures, makeList, makeMap, makeSheet, makeTools } from './parts.js';
import { linksShown, parseState } from './state.js';
import { createStore } from './store.js';
import { showMode } from './ui/choices.js';
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
 */

/** @param {string} key */
const query = (key) => new URLSearchParams(window.location.search).get(key);

/** Reads the address, and says quietly what of it was left out. @param {Deps} deps @returns {State} */
function readAddress({ model, text, toasts }) {
  const { state, unknown } = parseState(window.location.search);
  if (state.selected) state.selected = model.idOf(state.selected);
  if (state.selected && !model.selectable(state.selected)) {
    toasts.show(text('state.missing', { id: state.selected }));
    state.selected = null;
  } else if (unknown.length) toasts.show(text('state.unknown'));
  return state;
}

/**
 * Starts the page: makes its parts, and updates them whenever the state changes.
 * @param {Deps} deps
 */
export function createApp(deps) {
  const { model, text, lang, toasts } = deps;
  const root = byId('explore');
  const initial = readAddress(deps);
  if (initial.mode) showMode(initial.mode);
  const parts = /** @type {Parts} */ ({});
  const store = createStore({ window, initial, onChange });
  const go = createNavigator({ store, parts, model, detailElement: byId('detail') });
  const layout = createLayout(root);
  const passing = createPassing(() => parts.map && show());
  const wiring = { ...deps, parts, store, go, layout, hover: passing.hover, light: passing.light, near: passing.near };

  parts.sheet = makeSheet(wiring, root);
  parts.list = makeList(wiring);
  parts.detail = makeDetail(wiring);
  parts.figures = makeFigures(wiring);
  const colours = makeColours(wiring);
  const tools = makeTools(wiring);
  parts.map = makeMap(wiring);
  const setTitle = createTitle(deps);

  /** @param {State} state @param {State} before @param {import('./store.js').How | 'pop'} how */
  function onChange(state, before, how) {
    if (how === 'later') return;
    show();
    if (state.selected !== before.selected) announce(state.selected);
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
    const { view, theme, selected } = state;
    const { hovered, lit, near } = passing.get();
    root.dataset.theme = theme;
    const moved = layout.setDetail(Boolean(selected));
    colours.theme.update(state);
    if (moved) colours.legend.setRoom(layout.isRoomy());
    const redrawn = colours.legend.update({ theme, links, view, near });
    parts.list.update({ selected, hovered });
    parts.detail.update(state);
    parts.figures.update(state);
    setTitle(selected);
    const mode = /** @type {'light' | 'dark' | undefined} */ (document.documentElement.dataset.mode);
    parts.map.setState({ view, theme, selected, hovered, visible: lit, links, lang, mode });
    if (moved || redrawn) parts.map.resize();
  }

  show();
  go.arrive(initial);
  if (initial.selected && query('sel') !== initial.selected) store.set({}, 'replace');
  return {
    destroy() {
      for (const part of [...Object.values({ ...parts, ...colours, ...tools }), layout, store]) part.destroy();
    },
  };
}

/** What the pointer is on, what the legend lights, whether the map is near: it passes, and is in no address. @param {() => void} onChange */
function createPassing(onChange) {
  const now = { hovered: /** @type {string | null} */ (null), lit: /** @type {Set<string> | null} */ (null), near: false };
  return {
    get: () => now,
    /** @param {string | null} id */
    hover(id) {
      if (id === now.hovered) return;
      now.hovered = id;
      onChange();
    },
    /** @param {boolean} near */
    near(near) {
      now.near = near;
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
