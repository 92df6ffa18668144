/**
 * Makes the parts of the page, and ties each to what the reader may do with it.
 * @module parts
 */
import { otherLang } from './format.js';
import { createMap } from './map/index.js';
import { createSearch } from './model/search.js';
import { formatState, initialState } from './state.js';
import { showMode } from './ui/choices.js';
import { createDetail } from './ui/detail.js';
import { byId } from './ui/dom.js';
import { createFigures } from './ui/figures.js';
import { createHeader } from './ui/header.js';
import { createHelp } from './ui/help.js';
import { createKeys } from './ui/keys.js';
import { createLegend } from './ui/legend.js';
import { createList } from './ui/list.js';
import { createSearchField } from './ui/search.js';
import { createSheet } from './ui/sheet.js';
import { createTheme } from './ui/theme.js';

/**
 * What the parts are made with.
 * @typedef {object} Wiring
 * @property {import('./model/index.js').Model} model
 * @property {import('./text/index.js').Text} text
 * @property {import('./text/index.js').Lang} lang
 * @property {ReturnType<typeof import('./ui/toasts.js').createToasts>} toasts
 * @property {string} reviewNumber of the map; '' is none
 * @property {import('./navigator.js').Parts} parts filled one after the other
 * @property {ReturnType<typeof import('./store.js').createStore>} store
 * @property {ReturnType<typeof import('./navigator.js').createNavigator>} go
 * @property {ReturnType<typeof import('./ui/layout.js').createLayout>} layout
 * @property {(id: string | null) => void} hover
 * @property {(ids: Set<string> | null) => void} light
 * @property {(near: boolean) => void} near says that the map shows icons and places, or no more
 */

/** Keeps language and appearance where they are not what the other page would show by itself. @param {Wiring} wiring @returns {(path: string) => string} */
const hrefOf = ({ store }) => (path) =>
  path + formatState({ ...initialState(), lang: store.get().lang, mode: document.documentElement.dataset.mode ?? '' });

/** Makes the sheet that the list and the detail lie in on narrow screens. @param {Wiring} wiring @param {HTMLElement} root */
export const makeSheet = ({ text, toasts, store, parts }, root) =>
  createSheet(root, {
    initial: store.get().selected ? 'half' : 'peek', sheet: byId('sheet'), handle: byId('handle'), text, say: toasts.say,
    onStop: () => parts.map.resize(),
    others: [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.bar, .skip')), byId('map'), byId('stage')],
  });

/** @param {Wiring} wiring */
export const makeList = ({ go, hover }) =>
  createList(byId('items'), { onSelect: (id) => go.select(id, { fit: true }), onHover: hover });

/** @param {Wiring} wiring */
export const makeDetail = (wiring) => {
  const { model, text, lang, go, parts } = wiring;
  return createDetail(byId('detail'), {
    model, text, lang, today: new Date(), href: hrefOf(wiring), onClose: go.close,
    onSelect: (id) => go.select(id, { fit: true }),
    onShow: (id) => {
      if (parts.sheet.isNarrow()) parts.sheet.lower();
      go.fit(id);
    },
  });
};

/** @param {Wiring} wiring */
export const makeFigures = ({ model, text, lang, go }) =>
  createFigures(byId('stage'), { model, text, lang, onView: go.showFigure });

/** @param {Wiring} wiring */
export const makeMap = ({ model, text, lang, reviewNumber, layout, parts, go, hover, near }) =>
  createMap(byId('map'), {
    model, text, lang, review: reviewNumber, sources: model.document.number,
    reducedMotion: window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    safeArea: () => layout.safeArea(parts.sheet.covers()), fitArea: () => layout.fitArea(parts.sheet.covers()),
    obstacles: () => layout.obstacles(byId('map')),
    onSelect: (id) => (id ? go.select(id, { fit: false }) : go.close()), onHover: hover, onMove: go.moved, onWhole: go.showWhole, onNear: near,
  });

/** Makes the legend, open where there is room for it, and the switch of the theme. @param {Wiring} wiring */
export const makeColours = ({ model, text, lang, layout, go, light }) => ({
  legend: createLegend(byId('stage'), { model, text, lang, open: layout.isRoomy(), onLight: light, onLinks: go.toggleLinks }),
  theme: createTheme(byId('theme'), { onTheme: go.colour }),
});

/** Makes the search field, and what leads to it: a button of the header and a key. @param {Wiring} wiring */
export function makeTools(wiring) {
  const { model, text, lang, toasts, parts, layout, go } = wiring;
  const href = hrefOf(wiring);
  const search = createSearchField(/** @type {HTMLFormElement} */ (byId('search-form')), {
    find: createSearch(model), text, lang, say: toasts.say,
    onPick: ({ feature: { id } }) => (model.selectable(id) ? go.select(id, { fit: true }) : window.location.assign(href(`/f/${id}`))),
  });
  function onSearch() {
    if (parts.sheet.isNarrow()) parts.sheet.raise('full');
    layout.openList(true);
    search.focus();
  }
  const help = createHelp({ text });
  const keys = createKeys(byId('map'), {
    figures: (model.document.figures ?? []).map(({ no }) => no), onFigure: go.showFigure, onWhole: go.showWhole, onLinks: go.toggleLinks,
    onHelp: help.open, onSearch, onEscape: () => go.close() || go.leaveFigure(), onTake: go.take, focusMap: () => parts.map.focus(),
  });
  return { search, help, keys, header: makeHeader(wiring, onSearch) };
}

/** @param {Wiring} wiring @param {() => void} onSearch */
const makeHeader = ({ text, lang, toasts, store }, onSearch) =>
  createHeader(/** @type {HTMLElement} */ (document.querySelector('.bar')), {
    text, mode: document.documentElement.dataset.mode ?? '', show: toasts.show, flush: store.flush, onSearch,
    langHref: () => formatState({ ...store.get(), lang: otherLang(lang) }),
    onMode: (mode) => {
      showMode(mode);
      store.set({ mode: '' }, 'replace');
    },
  });
