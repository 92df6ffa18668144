/**
 * The legend: kinds or AI+ directions, quality, links. Pointing at a row lights what it stands for on
 * the map; a click keeps it lit.
 * @module ui/legend
 */
import { aiBadge, aiCodes } from '../map/icon.js';
import { pick } from '../format.js';
import { aiCode, bareDirection } from './badges.js';
import { h, on, s, word } from './dom.js';

/** @typedef {import('../model/types.js').Feature} Feature */
/** @typedef {{ key: string, label: import('../format.js').Worded, symbol: Node, ids: string[] }} Row */

/** @param {string} className @param {string} d */
const swatch = (className, d = 'M1.5 1.5h21v13h-21z') =>
  s('svg', { viewBox: '0 0 24 16', width: 24, height: 16, class: `swatch ${className}`, 'aria-hidden': 'true', focusable: 'false' }, s('path', { d }));

/**
 * @param {HTMLElement} el
 * @param {{ model: import('../model/index.js').Model, text: import('../text/index.js').Text, lang: import('../text/index.js').Lang, open: boolean,
 *   onLight: (ids: Set<string> | null) => void, onLinks: (shown: boolean) => void }} deps
 */
export function createLegend(el, { model, text, lang, open, onLight, onLinks }) {
  const body = h('div', { class: 'legend-body' });
  const box = h('details', { class: 'legend', 'data-testid': 'legend', open }, h('summary', {}, text('legend.title')), body);
  el.append(box);
  /** @type {Map<string, Set<string>>} */
  const lights = new Map();
  /** @type {string | null} */
  let kept = null;
  /** @type {string} */
  let theme = '';
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
      return first ? [{ key: code, label: bare(pick(first.label_zh, first.label_en, lang)), symbol: badge(code, first.basis), ids }] : [];
    });
    const unstated = idsWhere((area) => aiCode(area) === 'unstated');
    if (!unstated.length) return rows;
    return [...rows, { key: 'unstated', label: { text: text('basis.unstated') }, symbol: badge('unstated', ''), ids: unstated }];
  }

  /** @param {Row} row */
  function rowElement({ key, label, symbol, ids }) {
    lights.set(key, new Set(ids));
    return h('li', {}, h('button', { type: 'button', 'data-light': key, 'aria-pressed': 'false' }, symbol, h('span', {}, word(label)), h('small', {}, ids.length)));
  }

  /** @param {string} title @param {(Node | null)[]} rows */
  const group = (title, rows) => [h('h3', {}, title), h('ul', { class: rows.length > 8 ? 'is-wide' : null }, rows)];

  function draw() {
    lights.clear();
    kept = null;
    const qualities = [...new Set(model.areas.map(({ outline }) => outline ?? ''))].filter(Boolean);
    body.replaceChildren(
      ...group(theme === 'ai' ? text('legend.ai') : text('legend.kind'), (theme === 'ai' ? directions() : kinds()).map(rowElement)),
      ...(theme === 'ai' ? [h('p', { class: 'legend-basis' }, basis('stated'), basis('inferred'))] : []),
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
    on(links, 'change', () => onLinks(links.checked)),
  ];

  return {
    /** @param {{ theme: string, links: boolean }} state */
    update(state) {
      links.checked = state.links;
      if (state.theme === theme) return;
      theme = state.theme;
      draw();
    },
    destroy() {
      ends.forEach((end) => end());
      box.remove();
    },
  };
}

/** @param {import('../format.js').Worded} worded */
const bare = ({ text, lang }) => {
  const name = bareDirection(text);
  return { text: name.charAt(0).toUpperCase() + name.slice(1), lang };
};

/** @param {string} code @param {string} basis */
const badge = (code, basis) =>
  s('svg', { viewBox: '-11 -11 22 22', width: 22, height: 22, 'aria-hidden': 'true', focusable: 'false' }, aiBadge(code, basis, 20));
