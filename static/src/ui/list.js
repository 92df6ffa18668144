/**
 * The list of areas, the accessible twin of the map. The server has written its items; this shows those that pass
 * the filter in the order asked for, a long list in parts, marks the selected one, lights what the map points at,
 * and says how far each lies from a chosen place.
 * @module ui/list
 */
import { formatKilometres } from '../format.js';
import { inShares } from '../turns.js';
import { h, on } from './dom.js';

/** A long list is laid out in parts of this many items, so many of them at once, the others in the frames that follow. */
const PART = 100;
const AT_ONCE = 24;
const STEP = 4;

/**
 * @typedef {object} ListState
 * @property {string | null} selected
 * @property {string | null} hovered
 * @property {Set<string>} visible the areas that pass
 * @property {string[]} order of all areas
 * @property {Map<string, number> | null} distances in metres
 * @property {string[]} compared
 */

/**
 * @param {HTMLElement} el the list of items, each with data-id, a link and a button to compare
 * @param {{ text: import('../text/index.js').Text, count: HTMLElement, onSelect: (id: string) => void, onHover: (id: string | null) => void,
 *   onCompare: (id: string) => void, onClear: () => void }} deps
 */
export function createList(el, { text, count, onSelect, onHover, onCompare, onClear }) {
  /** @type {Map<string, HTMLElement>} */
  const items = new Map();
  for (const item of /** @type {NodeListOf<HTMLElement>} */ (el.querySelectorAll('[data-id]'))) {
    items.set(item.dataset.id ?? '', item);
  }
  const none = h('div', { class: 'list-none', hidden: true }, h('p', {}, text('s.empty')), h('button', { type: 'button', class: 'button' }, text('filter.clear')));
  const more = h('button', { type: 'button', class: 'list-more', hidden: true });
  el.after(none, more);
  /** The areas that pass, in order, and how many of them are laid out. @type {string[]} */
  let ids = [];
  let room = AT_ONCE;
  let stop = () => {};
  /** @type {ListState | null} */
  let shown = null;
  /** @param {Event} event @param {string} selector */
  const at = (event, selector) => (event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest(selector)) : null);
  /** @param {Event} event */
  const idOf = (event) => at(event, '[data-id]')?.dataset.id ?? null;

  /** @param {MouseEvent} event */
  function click(event) {
    const id = idOf(event);
    if (!id || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (at(event, '[data-act=compare]')) onCompare(id);
    else onSelect(id);
  }

  const ends = [
    on(el, 'click', click),
    on(none, 'click', (event) => at(event, 'button') && onClear()),
    on(more, 'click', () => {
      const next = ids[room];
      lay(room + PART);
      link(next)?.focus();
    }),
    on(el, 'pointerover', (event) => event.pointerType === 'mouse' && onHover(idOf(event))),
    on(el, 'pointerleave', () => onHover(null)),
    on(el, 'focusin', (event) => onHover(idOf(event))),
    on(el, 'focusout', () => onHover(null)),
  ];

  /** @param {string | null} id */
  const link = (id) => items.get(id ?? '')?.querySelector('a');

  /** Lays out the items that pass up to a number of them. @param {number} next */
  function lay(next) {
    stop();
    room = next;
    const laid = ids.slice(0, room).flatMap((id) => items.get(id) ?? []);
    for (const item of laid) item.hidden = false;
    const kept = [...el.children].findIndex((item, i) => item !== laid[i]);
    if (kept >= 0) el.replaceChildren(...laid);
    else el.append(...laid.slice(el.children.length));
    more.hidden = ids.length <= room;
    more.textContent = text('list.more', { n: Math.min(PART, ids.length - room) });
  }

  /** Lays out a part, its beginning at once. */
  function layPart() {
    lay(AT_ONCE);
    if (ids.length > room) {
      stop = inShares(() => {
        lay(room + STEP);
        return room < Math.min(PART, ids.length);
      });
    }
  }

  /** @param {string[]} order @param {Set<string>} visible */
  function showVisible(order, visible) {
    ids = order.filter((id) => visible.has(id));
    layPart();
    none.hidden = visible.size > 0;
    el.classList.toggle('is-empty', !visible.size);
    count.textContent = visible.size === items.size ? text('sheet.areas', { n: items.size }) : text('list.count', { n: visible.size, all: items.size });
  }

  /** Marks the selected item and brings it into sight. @param {string | null} id */
  function showSelected(id) {
    link(id)?.setAttribute('aria-current', 'true');
    const index = id ? ids.indexOf(id) : -1;
    if (index >= room) lay(index + PART);
    if (index >= 0) items.get(id ?? '')?.scrollIntoView({ block: 'nearest' });
  }

  /** @param {Map<string, number> | null} distances */
  function showDistances(distances) {
    el.classList.toggle('is-far', Boolean(distances));
    for (const [id, item] of items) {
      const old = item.querySelector('.item-far');
      const metres = distances?.get(id);
      if (metres === undefined) old?.remove();
      else {
        const words = text('near.about', { km: formatKilometres(metres) });
        if (old) old.textContent = words;
        else item.querySelector('.item-line')?.append(h('span', { class: 'item-far' }, words));
      }
    }
  }

  /** @param {string[]} compared */
  function showCompared(compared) {
    for (const [id, item] of items) {
      const button = item.querySelector('[data-act=compare]');
      const pressed = String(compared.includes(id));
      if (button?.getAttribute('aria-pressed') !== pressed) button?.setAttribute('aria-pressed', pressed);
    }
  }

  return {
    /** @param {ListState} state */
    update(state) {
      const before = shown;
      shown = state;
      if (state.order !== before?.order || state.visible !== before?.visible) showVisible(state.order, state.visible);
      if (state.distances !== (before?.distances ?? null)) showDistances(state.distances);
      if (state.compared !== before?.compared) showCompared(state.compared);
      if (state.selected !== (before?.selected ?? null)) {
        link(before?.selected ?? null)?.removeAttribute('aria-current');
        showSelected(state.selected);
      }
      if (state.hovered !== (before?.hovered ?? null)) {
        items.get(before?.hovered ?? '')?.classList.remove('is-hovered');
        items.get(state.hovered ?? '')?.classList.add('is-hovered');
      }
    },
    /** @param {string} id */
    focus: (id) => link(id)?.focus(),
    destroy() {
      stop();
      ends.forEach((end) => end());
      none.remove();
      more.remove();
    },
  };
}
