/**
 * Makes the parts of the page, and ties each to what the reader may do with it.
 * @module parts
 */
import { makeDialogs } from './dialogs.js';
import { nameOf, otherLang } from './format.js';
import { createMap } from './map/index.js';
import { formatPoint, formatState, initialState } from './state.js';
import { createActs } from './ui/acts.js';
import { showMode } from './ui/choices.js';
import { createChips } from './ui/chips.js';
import { createComparison } from './ui/comparison.js';
import { createDetail } from './ui/detail.js';
import { byId } from './ui/dom.js';
import { createFigures } from './ui/figures.js';
import { createFilters } from './ui/filters.js';
import { createHeader } from './ui/header.js';
import { createHelp } from './ui/help.js';
import { createKeys } from './ui/keys.js';
import { createLegend } from './ui/legend.js';
import { createList } from './ui/list.js';
import { createSearchField } from './ui/search.js';
import { createSheet } from './ui/sheet.js';
import { createSorting } from './ui/sorting.js';
import { createTheme } from './ui/theme.js';

/**
 * What the parts are made with.
 * @typedef {object} Wiring
 * @property {import('./model/index.js').Model} model
 * @property {import('./text/index.js').Text} text
 * @property {import('./text/index.js').Lang} lang
 * @property {ReturnType<typeof import('./ui/toasts.js').createToasts>} toasts
 * @property {string} reviewNumber of the map; '' is none
 * @property {string} contact address to report what is wrong; '' is none
 * @property {import('./navigator.js').Parts} parts filled one after the other
 * @property {ReturnType<typeof import('./store.js').createStore>} store
 * @property {ReturnType<typeof import('./navigator.js').createNavigator>} go
 * @property {ReturnType<typeof import('./ui/layout.js').createLayout>} layout
 * @property {ReturnType<typeof import('./finder.js').createFinder>} finder
 * @property {{ hover: (id: string | null) => void, light: (ids: Set<string> | null) => void, close: (close: boolean) => void, pick: (picking: boolean) => void }} passing
 */

/** Keeps language and appearance where they are not what the other page would show by itself. @param {Pick<Wiring, 'store'>} wiring @returns {(path: string) => string} */
export const hrefOf = ({ store }) => (path) =>
  path + formatState({ ...initialState(), lang: store.get().lang, mode: document.documentElement.dataset.mode ?? '' });

/** Makes the sheet that the list and the detail lie in on narrow screens. @param {Wiring} wiring @param {HTMLElement} root */
export const makeSheet = ({ text, toasts, store, parts }, root) =>
  createSheet(root, {
    initial: store.get().selected ? 'half' : 'peek', sheet: byId('sheet'), handle: byId('handle'), text, say: toasts.say,
    onStop: () => parts.map.resize(),
    others: [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.bar, .skip')), byId('map'), byId('stage')],
  });

/** @param {Wiring} wiring */
export const makeList = (wiring) => {
  const { text, go, passing } = wiring;
  return createList(byId('items'), {
    text, count: byId('list-count'), onSelect: (id) => go.select(id, { fit: true }), onHover: passing.hover,
    onCompare: (id) => compare(wiring, id), onClear: go.clear,
  });
};

/** Takes an area into the comparison or out of it, and says so where there is no more room. @param {Wiring} wiring @param {string} id */
function compare({ text, toasts, go, store, model, lang }, id) {
  if (!go.compare(id)) return toasts.show(text('e.cmp4'));
  const area = model.area(id);
  const key = store.get().compared.includes(id) ? 'live.compared' : 'live.uncompared';
  return toasts.say(text(key, { name: area ? nameOf(area, lang).text : id }));
}

/** Makes what narrows and orders the list. @param {Wiring} wiring */
export function makeFinding(wiring) {
  const { model, text, lang, go, finder } = wiring;
  const context = { model, text, lang, present: finder.present };
  const sorting = createSorting({
    model, text, lang, onSort: go.sort, onNear: go.measure,
    onPicking: () => {
      filters.close();
      startPicking(wiring);
    },
  });
  const filters = createFilters(byId('filters'), { ...context, sorting, onChoice: go.choose });
  const chips = createChips(byId('chips'), {
    ...context, onClear: go.clear, focusAfter: () => byId('list').focus(),
    onRemove: (key, value) => {
      if (key === 'q') go.narrow({ q: '' });
      else if (key === 'near') go.measure(null);
      else go.choose(key, value, false);
    },
  });
  return { sorting, filters, chips };
}

/** Lets the reader point at the map instead of selecting. @param {Wiring} wiring */
function startPicking({ parts, passing }) {
  if (parts.sheet.isNarrow()) parts.sheet.lower();
  passing.pick(true);
  parts.map.focus();
}

/** @param {Wiring} wiring */
export const makeComparison = (wiring) =>
  createComparison(byId('cmp-bar'), {
    model: wiring.model, text: wiring.text, lang: wiring.lang,
    href: () => `/compare${formatState({ ...wiring.store.get(), at: null, selected: null })}`,
    onRemove: (id) => compare(wiring, id), onClear: wiring.go.compareNone, focusAfter: () => byId('list').focus(),
  });

/** @param {Wiring} wiring */
export const makeDetail = (wiring) => {
  const { model, text, lang, contact, go, parts } = wiring;
  return createDetail(byId('detail'), {
    model, text, lang, contact, today: new Date(), href: hrefOf(wiring), onClose: go.close,
    onSelect: (id) => go.select(id, { fit: true }), onCompare: (id) => compare(wiring, id),
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
export const makeMap = ({ model, text, lang, reviewNumber, layout, parts, go, passing }) =>
  createMap(byId('map'), {
    model, text, lang, review: reviewNumber, sources: model.document.number,
    reducedMotion: window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    safeArea: () => layout.safeArea(parts.sheet.covers()), fitArea: () => layout.fitArea(parts.sheet.covers()),
    obstacles: () => layout.obstacles(byId('map')),
    onSelect: (id) => (id ? go.select(id, { fit: false }) : go.close()), onHover: passing.hover, onMove: go.moved, onWhole: go.showWhole, onNear: passing.close,
    onPick: (at) => {
      passing.pick(false);
      if (at) go.measure(formatPoint(at));
    },
  });

/** Makes the legend, open where there is room for it, and the switch of the theme. @param {Wiring} wiring */
export const makeColours = ({ model, text, layout, go, passing }) => ({
  legend: createLegend(byId('stage'), { model, text, open: layout.isRoomy(), onLight: passing.light, onLinks: go.toggleLinks }),
  theme: createTheme(byId('theme'), { onTheme: go.colour }),
});

/** Makes the search field, and what leads to it: a button of the header and a key. @param {Wiring} wiring */
export function makeTools(wiring) {
  const { model, text, lang, toasts, parts, layout, go, finder } = wiring;
  const href = hrefOf(wiring);
  const search = createSearchField(/** @type {HTMLFormElement} */ (byId('search-form')), {
    find: finder.search.find, count: (query) => finder.search.areas(query).size, text, lang, say: toasts.say, onFilter: (q) => go.narrow({ q }),
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
  const dialogs = makeDialogs(wiring, hrefOf(wiring));
  const acts = createActs({
    share: dialogs.onShare,
    download: dialogs.onDownload,
    print: (link) => link.setAttribute('href', `/print${formatState({ ...wiring.store.get(), mode: '' })}`),
  });
  return { search, help, keys, dialogs, acts, header: makeHeader(wiring, onSearch) };
}

/** @param {Wiring} wiring @param {() => void} onSearch */
const makeHeader = ({ text, lang, toasts, store, go }, onSearch) =>
  createHeader(/** @type {HTMLElement} */ (document.querySelector('.bar')), {
    text, mode: document.documentElement.dataset.mode ?? '', show: toasts.show, flush: store.flush, onSearch, onView: go.showFigure,
    langHref: () => formatState({ ...store.get(), lang: otherLang(lang) }),
    onMode: (mode) => {
      showMode(mode);
      store.set({ mode: '' }, 'replace');
    },
  });
