/**
 * The detail panel: what the document says of the selected area or place, how sure it is, and apart from
 * that what other sources say.
 * @module ui/detail
 */
import { nameOf, pick } from '../format.js';
import { otherName, qualitySentences, termChip } from './badges.js';
import { h, icon, ICONS, markChinese, on, word } from './dom.js';
import { areaSections, placeSections } from './sections.js';

/** @typedef {import('../model/types.js').Feature} Feature */
/** @typedef {import('../model/index.js').Model} Model */
/** @typedef {import('../text/index.js').Text} Text */
/** @typedef {import('../text/index.js').Lang} Lang */

/**
 * What the sections of the panel are made with.
 * @typedef {{ model: Model, text: Text, lang: Lang, href: (path: string) => string, today: Date, contact: string }} Context
 */

/**
 * @param {HTMLElement} el
 * @param {Context & { onClose: () => void, onSelect: (id: string) => void, onShow: (id: string) => void, onCompare: (id: string) => void }} deps
 */
export function createDetail(el, deps) {
  const { text } = deps;
  const empty = [...el.childNodes];
  /** @type {string | null} */
  let shown = null;

  /** @param {Feature} feature */
  function open(feature) {
    const heading = h('h2', { tabindex: '-1', id: 'detail-name', lang: nameOf(feature, deps.lang).lang }, nameOf(feature, deps.lang).text);
    const sections = deps.model.area(feature.id) ? areaSections(feature, deps) : placeSections(feature, deps);
    el.replaceChildren(h('div', { class: 'detail-body' }, head(feature, deps), heading, otherName(feature, deps.lang, text), badges(feature, deps), sections, links(feature, deps)),
      acts(feature, deps));
    markChinese(el, deps.lang);
    el.setAttribute('aria-labelledby', 'detail-name');
  }

  /** @param {string | null} selected */
  function show(selected) {
    shown = selected;
    const feature = selected === null ? undefined : deps.model.feature(selected);
    if (feature) return open(feature);
    el.replaceChildren(...empty);
    el.removeAttribute('aria-labelledby');
  }

  /** @param {{ selected: string | null, compared: string[] }} state */
  function update({ selected, compared }) {
    if (selected !== shown) show(selected);
    el.querySelector('[data-act=compare-this]')?.setAttribute('aria-pressed', String(compared.includes(shown ?? '')));
  }

  /** @param {MouseEvent} event */
  function click(event) {
    const target = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest('[data-act],[data-select]')) : null;
    if (!target || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (target.dataset.act === 'close') deps.onClose();
    if (target.dataset.act === 'quality') toggleQuality(target);
    if (target.dataset.act === 'locate' && target.dataset.id) deps.onSelect(target.dataset.id);
    if (target.dataset.act === 'show' && shown) deps.onShow(shown);
    if (target.dataset.act === 'compare-this' && shown) deps.onCompare(shown);
    if (target.dataset.select) {
      event.preventDefault();
      deps.onSelect(target.dataset.select);
    }
  }

  const end = on(el, 'click', click);
  return {
    update,
    focus: () => /** @type {HTMLElement | null} */ (el.querySelector('h2'))?.focus({ preventScroll: true }),
    destroy() {
      end();
      el.replaceChildren(...empty);
    },
  };
}

/** Opens or closes the two sentences under the badge. @param {HTMLElement} button */
function toggleQuality(button) {
  const open = button.getAttribute('aria-expanded') !== 'true';
  button.setAttribute('aria-expanded', String(open));
  const sentences = document.getElementById('quality-how');
  if (sentences) sentences.hidden = !open;
}

/** @param {Feature} feature @param {Context} context */
function head(feature, { text, lang, model }) {
  const area = model.area(feature.parent ?? '');
  const parent = area && word(pick(area.short_zh || area.name_zh, area.short_en || area.name_en, lang));
  const several = model.area(feature.id) && model.areas.filter(({ kind }) => kind === feature.kind).length > 1;
  return h('div', { class: 'detail-head' },
    h('p', { class: 'kicker' }, text(`kind.${feature.kind}`), several && feature.number ? ` ${feature.number}` : null,
      parent ? [' · ', h('a', { href: `/f/${feature.parent}`, 'data-select': feature.parent }, parent)] : null,
      feature.clause ? [' · ', h('span', { class: 'clause' }, text('d.clause.no', { clause: feature.clause }))] : null),
    h('button', { type: 'button', class: 'close', 'data-act': 'close', 'aria-label': text('detail.close') }, icon(ICONS.close)));
}

/** @param {Feature} feature @param {Context} context */
function badges(feature, { model, text, lang, today }) {
  const row = h('p', { class: 'badges' });
  const how = h('p', { class: 'how', id: 'quality-how', hidden: true });
  if (feature.outline) {
    row.append(h('button', {
      type: 'button', class: 'quality', 'data-outline': feature.outline, 'data-act': 'quality',
      'data-testid': 'badge-quality', 'aria-expanded': 'false', 'aria-controls': 'quality-how',
    }, text(`q.${feature.outline}`)));
    how.textContent = qualitySentences(feature, text);
  }
  const chip = termChip(model.document, lang, text, today);
  if (chip) row.append(' ', chip);
  return h('div', {}, row, feature.outline ? how : null);
}

/** Where else the feature is. @param {Feature} feature @param {Context} context */
const links = (feature, { model, text, href, contact }) => h('p', { class: 'detail-links' },
  feature.geometry ? h('button', { type: 'button', class: 'link', 'data-act': 'show' }, text('detail.show')) : null,
  h('a', { href: href(`/f/${feature.id}`) }, text('detail.page')),
  h('a', { href: `/api/collections/${model.collectionOf(feature.id)}/items/${feature.id}?f=json` }, text('detail.data')),
  contact ? h('a', { href: contact.startsWith('mailto:') ? `${contact}?subject=${encodeURIComponent(feature.id)}` : contact }, text('report')) : null);

/** What may be done with the feature. @param {Feature} feature @param {Context} context */
function acts(feature, { model, text }) {
  const act = (/** @type {string} */ name) => h('button', { type: 'button', 'data-act': name }, text(`nav.${name}`));
  return h('div', { class: 'detail-acts' },
    model.area(feature.id) ? h('button', { type: 'button', 'data-act': 'compare-this', 'aria-pressed': 'false' }, text('bar.add')) : null,
    act('share'), act('download'), h('a', { href: '/print', 'data-act': 'print' }, text('nav.print')));
}
