/**
 * The legend: kinds or AI+ directions, the places and icons that are drawn, quality, links. Pointing at a row lights what it stands for on
 * the map; a click keeps it lit.
 * @module ui/legend
 */
import { aiCodes } from '../map/icon.js';
import { aiCode, UNSTATED } from '../model/filter.js';
import { badge, swatch } from './badges.js';
import { h, on, word } from './dom.js';

/** @typedef {import('../model/types.js').Feature} Feature */
/** @typedef {{ code: string, basis: string }} Icon */
/** @typedef {{ view: string | null, near: boolean }} Drawn what decides which places and icons the map draws */
/** @typedef {{ key: string, label: import('../format.js').Worded, symbol: Node, ids: string[] }} Row */

/** The square of a place, as the map has it. */
const PLACE = 'M8.5 4.5h7v7h-7z';

/**
 * @param {HTMLElement} el
 * @param {{ model: import('../model/index.js').Model, text: import('../text/index.js').Text, open: boolean,
 *   onLight: (ids: Set<string> | null) => void, onLinks: (shown: boolean) => void }} deps
 */
export function createLegend(el, { model, text, open, onLight, onLinks }) {
  const body = h('div', { class: 'legend-body' });
  const box = h('details', { class: 'legend', 'data-testid': 'legend', open }, h('summary', {}, text('legend.title')), body);
  el.append(box);
  /** @type {Map<string, Set<string>>} */
  const lights = new Map();
  /** @type {string | null} */
  let kept = null;
  let theme = '';
  /** What of places and icons the rows explain, as text to compare. */
  let drawn = '';
  /** The legend was open until there was no more room for it. */
  let folded = false;
  const linked = model.areas.some(({ kind }) => kind === 'core') && model.areas.length > 1;
  const links = h('input', { type: 'checkbox', id: 'legend-links' });

  /** @param {(area: Feature) => boolean} test */
  const idsWhere = (test) => model.areas.filter(test).map(({ id }) => id);

  /** @returns {Row[]} */
  const kinds = () => ['core', 'zone', 'park'].map((kind) => ({
    key: kind, label: { text: text(`kind.${kind}`) }, symbol: swatch(`swatch-${kind}`), ids: idsWhere((area) => area.kind === kind),
  })).filter(({ ids }) => ids.length);

  /** @returns {Row[]} */
  function directions() {
    const known = model.areas.flatMap(({ specialisations }) => specialisations ?? []);
    const rows = aiCodes().flatMap((code) => {
      const first = known.find((one) => one.code === code);
      const ids = idsWhere(({ specialisations }) => Boolean(specialisations?.some((one) => one.code === code)));
      return first ? [{ key: code, label: { text: text(`ai.${code}`) }, symbol: badge(code, first.basis), ids }] : [];
    });
    const unstated = idsWhere((area) => aiCode(area) === UNSTATED);
    if (!unstated.length) return rows;
    return [...rows, { key: UNSTATED, label: { text: text('basis.unstated') }, symbol: badge(UNSTATED, ''), ids: unstated }];
  }

  /** @param {Row} row */
  function rowElement({ key, label, symbol, ids }) {
    lights.set(key, new Set(ids));
    return h('li', {}, h('button', { type: 'button', 'data-light': key, 'aria-pressed': 'false' }, symbol, h('span', {}, word(label)), h('small', {}, ids.length)));
  }

  /** The area that a figure shows alone. @param {string | null} view */
  const focusOf = (view) => model.document.figures?.find(({ no }) => `fig${no}` === view)?.focus;

  /** The places that the map draws. @param {Drawn} state @returns {Feature[]} */
  function placesIn({ view, near }) {
    const focus = focusOf(view);
    return model.places.filter(({ geometry, parent }) => geometry && (focus ? parent === focus : near));
  }

  /** The icons that the map draws beside places and, without a figure, beside parks. @param {Drawn} state @returns {Icon[]} */
  function iconsIn({ view, near }) {
    if (!near) return [];
    const focus = focusOf(view);
    const beside = placesIn({ view, near }).flatMap(({ specialisation }) => specialisation ?? []);
    const parks = model.areas.filter(({ id, kind }) => kind === 'park' && (!focus || id === focus));
    return [...beside, ...parks.flatMap(({ specialisations }) => specialisations ?? [{ code: UNSTATED, basis: UNSTATED }])];
  }

  /** @param {Node} symbol @param {import('../format.js').Worded} label @param {number} [count] */
  const line = (symbol, label, count) =>
    h('li', { class: 'legend-line' }, symbol, h('span', {}, word(label)), count ? h('small', {}, count) : null);

  /** @param {Feature[]} places */
  function placeRows(places) {
    const kinds = [...new Set(places.map(({ kind }) => kind))];
    return kinds.map((kind) => line(swatch('swatch-place', PLACE), { text: text(`kind.${kind}`) }, places.filter((place) => place.kind === kind).length));
  }

  /** One row for each code, in the order of the codes. @param {Icon[]} icons */
  function iconRows(icons) {
    return aiCodes().flatMap((code) => {
      const first = icons.find((one) => one.code === code);
      return first ? [line(badge(code, first.basis), { text: text(code === UNSTATED ? 'basis.unstated' : `ai.${code}`) })] : [];
    });
  }

  /** @param {string} title @param {(Node | null)[]} rows */
  const group = (title, rows) => [h('h3', {}, title), h('ul', { class: theme === 'ai' && rows.length > 8 ? 'is-wide' : null }, rows)];

  /** @param {string} title @param {Node[]} rows */
  const groupOf = (title, rows) => (rows.length ? group(title, rows) : []);

  /** @param {Drawn} state */
  function draw(state) {
    lights.clear();
    kept = null;
    const qualities = [...new Set(model.areas.map(({ outline }) => outline ?? ''))].filter(Boolean);
    const icons = theme === 'ai' ? [] : iconRows(iconsIn(state));
    box.classList.toggle('is-even', theme !== 'ai');
    body.replaceChildren(
      ...group(theme === 'ai' ? text('legend.ai') : text('legend.kind'), (theme === 'ai' ? directions() : kinds()).map(rowElement)),
      ...groupOf(text('search.places'), placeRows(placesIn(state))),
      ...groupOf(text('legend.ai'), icons),
      ...(theme === 'ai' || icons.length ? [h('p', { class: 'legend-basis' }, basis('stated'), basis('inferred'))] : []),
      ...group(text('legend.quality'), qualities.map((outline) => h('li', { class: 'legend-line' }, swatch(`swatch-${outline}`, 'M1.5 8h21'), h('span', {}, text(`legend.${outline}`))))),
      linked ? h('label', { class: 'legend-links' }, links, h('span', {}, text('map.links'))) : '');
  }

  /** @param {string} name */
  const basis = (name) => h('span', {}, h('span', { class: `mark mark-${name}`, 'aria-hidden': 'true' }), text(`basis.${name}`));

  /** @param {Event} event */
  const keyOf = (event) => (event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest('[data-light]')) : null)?.dataset.light ?? null;

  /** @param {string | null} key */
  const light = (key) => onLight((key && lights.get(key)) || (kept && lights.get(kept)) || null);

  /** @param {Event} event */
  function click(event) {
    const key = keyOf(event);
    if (!key) return;
    kept = kept === key ? null : key;
    for (const button of body.querySelectorAll('[data-light]')) button.setAttribute('aria-pressed', String(/** @type {HTMLElement} */ (button).dataset.light === kept));
    light(kept);
  }

  const ends = [
    on(body, 'pointerover', (event) => event.pointerType === 'mouse' && light(keyOf(event))),
    on(body, 'pointerleave', () => light(null)),
    on(body, 'click', click),
    on(box.firstElementChild ?? box, 'click', () => (folded = false)),
    on(links, 'change', () => onLinks(links.checked)),
  ];

  return {
    /** Folds the legend where the map has no room for it, and opens it again when there is. @param {boolean} roomy */
    setRoom(roomy) {
      if (roomy ? !folded : !box.open) return;
      folded = !roomy;
      box.open = roomy;
    },
    /** Says whether the rows have changed. @param {Drawn & { theme: string, links: boolean }} state */
    update(state) {
      links.checked = state.links;
      const now = JSON.stringify([placesIn(state).map(({ id }) => id), iconsIn(state).map(({ code }) => code)]);
      if (state.theme === theme && now === drawn) return false;
      [theme, drawn] = [state.theme, now];
      draw(state);
      return true;
    },
    destroy() {
      ends.forEach((end) => end());
      box.remove();
    },
  };
}
