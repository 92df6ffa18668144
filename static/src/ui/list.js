/**
 * The list of areas, the accessible twin of the map. The server has written its items; this shows those that pass
 * the filter in the order asked for, marks the selected one, lights what the map points at, and says how far each
 * lies from a chosen place.
 * @module ui/list
 */
import { formatKilometres } from '../format.js';
import { h, on } from './dom.js';

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
  el.after(none);
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
    on(el, 'pointerover', (event) => event.pointerType === 'mouse' && onHover(idOf(event))),
    on(el, 'pointerleave', () => onHover(null)),
    on(el, 'focusin', (event) => onHover(idOf(event))),
    on(el, 'focusout', () => onHover(null)),
  ];

  /** @param {string | null} id */
  const link = (id) => items.get(id ?? '')?.querySelector('a');

  /** @param {Set<string>} visible */
  function showVisible(visible) {
    for (const [id, item] of items) if (item.hidden === visible.has(id)) item.hidden = !visible.has(id);
    none.hidden = visible.size > 0;
    count.textContent = visible.size === items.size ? text('sheet.areas', { n: items.size }) : text('list.count', { n: visible.size, all: items.size });
  }

  /** @param {Map<string, number> | null} distances */
  function showDistances(distances) {
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
      if (state.order !== before?.order && (before || state.order.join() !== [...items.keys()].join())) {
        el.append(...state.order.flatMap((id) => items.get(id) ?? []));
      }
      if (state.visible !== before?.visible) showVisible(state.visible);
      if (state.distances !== (before?.distances ?? null)) showDistances(state.distances);
      if (state.compared !== before?.compared) showCompared(state.compared);
      if (state.selected !== (before?.selected ?? null)) {
        link(before?.selected ?? null)?.removeAttribute('aria-current');
        link(state.selected)?.setAttribute('aria-current', 'true');
        items.get(state.selected ?? '')?.scrollIntoView({ block: 'nearest' });
      }
      if (state.hovered !== (before?.hovered ?? null)) {
        items.get(before?.hovered ?? '')?.classList.remove('is-hovered');
        items.get(state.hovered ?? '')?.classList.add('is-hovered');
      }
    },
    /** @param {string} id */
    focus: (id) => link(id)?.focus(),
    destroy() {
      ends.forEach((end) => end());
      none.remove();
    },
  };
}
