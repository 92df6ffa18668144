/**
 * The bar of areas that are to be compared: two to four of them, and the way to the page that does it.
 * @module ui/comparison
 */
import { shortOf } from '../format.js';
import { disc } from './badges.js';
import { h, icon, ICONS, on, word } from './dom.js';

/**
 * @param {HTMLElement} el
 * @param {{ model: import('../model/index.js').Model, text: import('../text/index.js').Text, lang: import('../text/index.js').Lang,
 *   href: (ids: string[]) => string, onRemove: (id: string) => void, onClear: () => void, focusAfter: () => void }} deps
 */
export function createComparison(el, { model, text, lang, href, onRemove, onClear, focusAfter }) {
  /** @param {MouseEvent} event */
  function click(event) {
    const button = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest('button')) : null;
    if (!button) return;
    if (button.dataset.remove) onRemove(button.dataset.remove);
    else onClear();
    (/** @type {HTMLElement | null} */ (el.querySelector('button')) ?? { focus: focusAfter }).focus();
  }

  /** @param {string} id */
  function chip(id) {
    const area = model.area(id);
    if (!area) return null;
    const name = shortOf(area, lang);
    return h('li', {}, h('button', { type: 'button', class: 'compared', 'data-remove': id, title: name.text },
      disc(area, model.areas, text), h('span', { class: 'sr' }, text('bar.remove'), ' ', word(name)), icon(ICONS.close, 'icon small')));
  }

  const end = on(el, 'click', click);
  return {
    /** @param {string[]} ids */
    update(ids) {
      el.hidden = !ids.length;
      if (el.dataset.ids === ids.join()) return;
      el.dataset.ids = ids.join();
      el.replaceChildren(...(ids.length ? [
        h('ul', { class: 'compared-list', 'aria-label': text('bar.title') }, ids.map(chip)),
        ids.length > 1 ? h('a', { class: 'button', href: href(ids), 'data-n': ids.length }, text('bar.open', { n: ids.length })) : h('p', { class: 'note' }, text('bar.more')),
        h('button', { type: 'button', class: 'clear' }, text('bar.clear')),
      ] : []));
    },
    destroy() {
      end();
      el.replaceChildren();
    },
  };
}
