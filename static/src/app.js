/**
 * Joins the state of the page with its parts: a part reports what the reader does, the state changes,
 * and every part is updated from it.
 * @module app
 */
import { nameOf, otherLang } from './format.js';
import { createMap } from './map/index.js';
import { createSearch } from './model/search.js';
import { createNavigator } from './navigator.js';
import { formatState, initialState, linksShown, parseState } from './state.js';
import { createStore } from './store.js';
import { createDetail } from './ui/detail.js';
import { showMode } from './ui/choices.js';
import { byId } from './ui/dom.js';
import { createFigures } from './ui/figures.js';
import { createHeader } from './ui/header.js';
import { createKeys } from './ui/keys.js';
import { createLayout } from './ui/layout.js';
import { createLegend } from './ui/legend.js';
import { createList } from './ui/list.js';
import { createSearchField } from './ui/search.js';
import { createSheet } from './ui/sheet.js';
import { createTheme } from './ui/theme.js';

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

/** Reads the address, and says quietly what of it was left out. @param {Deps} deps @returns {State} */
function readAddress({ model, text, toasts }) {
  const { state, unknown } = parseState(window.location.search);
  if (state.selected && !model.selectable(state.selected)) {
    toasts.show(text('state.missing', { id: state.selected }));
    state.selected = null;
  } else if (unknown.length) toasts.show(text('state.unknown'));
  return state;
}

/** Starts the page. @param {Deps} deps */
export function createApp(deps) {
  const { model, text, lang, toasts } = deps;
  const root = byId('explore');
  const initial = readAddress(deps);
  if (initial.mode) showMode(initial.mode);
  /** What the pointer is on, and what the legend lights. */
  const passing = { hovered: /** @type {string | null} */ (null), lit: /** @type {Set<string> | null} */ (null) };
  const parts = /** @type {Parts} */ ({});
  const store = createStore({ window, initial, onChange });
  const go = createNavigator({ store, parts, model, detailElement: byId('detail') });
  const layout = createLayout(root);
  const common = { model, text, lang };

  /** Keeps language and appearance where they are not what the other page would show by itself. @param {string} path */
  const href = (path) =>
    path + formatState({ ...initialState(), lang: store.get().lang, mode: document.documentElement.dataset.mode ?? '' });
  /** @param {string} id */
  const open = (id) => go.select(id, { fit: true });
  /** @param {string | null} id */
  function hover(id) {
    if (id === passing.hovered) return;
    passing.hovered = id;
    show();
  }
  /** @param {Set<string> | null} ids */
  function light(ids) {
    passing.lit = ids;
    show();
  }
  function openSearch() {
    if (parts.sheet.isNarrow()) parts.sheet.raise('full');
    layout.openList(true);
    search.focus();
  }

  parts.sheet = createSheet(root, {
    initial: initial.selected ? 'half' : 'peek', sheet: byId('sheet'), handle: byId('handle'), text, say: toasts.say,
    onStop: () => parts.map.resize(),
    others: [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.bar, .skip')), byId('map'), byId('stage')],
  });
  parts.list = createList(byId('items'), { onSelect: open, onHover: hover });
  parts.detail = createDetail(byId('detail'), {
    ...common, today: new Date(), href, onClose: go.close, onSelect: open,
    onShow: (id) => {
      if (parts.sheet.isNarrow()) parts.sheet.lower();
      go.fit(id);
    },
  });
  parts.figures = createFigures(byId('stage'), { ...common, onView: go.showFigure });
  const legend = createLegend(byId('stage'), {
    ...common, open: layout.isWide(), onLight: light, onLinks: go.toggleLinks,
  });
  const theme = createTheme(byId('theme'), { onTheme: go.colour });
  const search = createSearchField(/** @type {HTMLFormElement} */ (byId('search-form')), {
    find: createSearch(model), text, lang, say: toasts.say,
    onPick: ({ feature: { id } }) => (model.selectable(id) ? open(id) : window.location.assign(href(`/f/${id}`))),
  });
  const header = createHeader(/** @type {HTMLElement} */ (document.querySelector('.bar')), {
    text, mode: document.documentElement.dataset.mode ?? '', show: toasts.show, flush: store.flush, onSearch: openSearch,
    langHref: () => formatState({ ...store.get(), lang: otherLang(lang) }),
    onMode: (mode) => {
      showMode(mode);
      store.set({ mode: '' }, 'replace');
    },
  });
  parts.map = createMap(byId('map'), {
    ...common, review: deps.reviewNumber, sources: model.document.number,
    reducedMotion: window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    safeArea: () => layout.safeArea(parts.sheet.covers()), fitArea: () => layout.fitArea(parts.sheet.covers()),
    obstacles: () => layout.obstacles(byId('map')),
    onSelect: (id) => (id ? go.select(id, { fit: false }) : go.close()), onHover: hover, onMove: go.moved,
  });
  const keys = createKeys(byId('map'), {
    figures: (model.document.figures ?? []).map(({ no }) => no), onFigure: go.showFigure, onLinks: go.toggleLinks,
    onSearch: openSearch, onEscape: () => go.close() || go.leaveFigure(), onTake: go.take, focusMap: () => parts.map.focus(),
  });

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
    const { selected } = state;
    const { hovered, lit } = passing;
    root.dataset.theme = state.theme;
    const moved = layout.setDetail(Boolean(selected));
    theme.update(state);
    parts.list.update({ selected, hovered });
    parts.detail.update(state);
    parts.figures.update(state);
    legend.update({ theme: state.theme, links });
    document.title = titleOf(selected);
    const mode = /** @type {'light' | 'dark' | undefined} */ (document.documentElement.dataset.mode);
    parts.map.setState({ view: state.view, theme: state.theme, selected, hovered, visible: lit, links, lang, mode });
    if (moved) parts.map.resize();
  }

  const siteTitle = document.title;
  /** @param {string | null} selected */
  function titleOf(selected) {
    const feature = selected && model.feature(selected);
    return feature ? `${nameOf(feature, lang).text} · ${siteTitle}` : siteTitle;
  }

  show();
  go.arrive(initial);
  return {
    destroy() {
      for (const part of [...Object.values(parts), legend, theme, search, header, keys, layout, store]) part.destroy();
    },
  };
}
