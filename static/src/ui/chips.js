/**
 * What the list is narrowed and ordered by, as chips that are taken off one by one or all at once.
 * @module ui/chips
 */
import { GROUPS } from '../state.js';
import { h, icon, ICONS, on, word } from './dom.js';
import { labelOf } from './filters.js';

/** @typedef {import('../state.js').Group} Group */
/** @typedef {import('../state.js').Filter} Filter */
/** @typedef {{ key: Group | 'q' | 'near', value: string, label: import('../format.js').Worded }} Chip */

/**
 * @param {HTMLElement} el
 * @param {import('./filters.js').Context & { onRemove: (key: Group | 'q' | 'near', value: string) => void, onClear: () => void, focusAfter: () => void }} deps
 */
export function createChips(el, deps) {
  const { text, onRemove, onClear, focusAfter } = deps;
  /** @type {Chip[]} */
  let chips = [];

  /** @param {Chip} chip @param {number} index */
  const element = ({ label }, index) => h('li', {}, h('button', { type: 'button', class: 'filter-chip', 'data-chip': index },
    h('span', { class: 'sr' }, text('filter.remove')), ' ', word(label), icon(ICONS.close, 'icon small')));

  /** @param {Event} event */
  function click(event) {
    const button = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest('button')) : null;
    if (!button) return;
    const index = Number(button.dataset.chip ?? -1);
    const chip = chips[index];
    if (chip) onRemove(chip.key, chip.value);
    else onClear();
    const left = el.querySelectorAll('button');
    if (left.length) /** @type {HTMLElement} */ (left[Math.min(Math.max(index, 0), left.length - 1)]).focus();
    else focusAfter();
  }

  const end = on(el, 'click', click);
  return {
    /** @param {{ filter: Filter, near: { id: string, label: import('../format.js').Worded } | null }} state */
    update({ filter, near }) {
      const next = [
        ...GROUPS.flatMap((group) => filter[group].flatMap((value) => {
          const label = labelOf(group, value, deps);
          return label ? [{ key: group, value, label }] : [];
        })),
        ...(filter.q ? [{ key: /** @type {const} */ ('q'), value: filter.q, label: { text: text('filter.q', { q: filter.q }) } }] : []),
        ...(near ? [{ key: /** @type {const} */ ('near'), value: near.id, label: near.label }] : []),
      ];
      if (JSON.stringify(next) === JSON.stringify(chips)) return;
      chips = next;
      el.hidden = !chips.length;
      el.replaceChildren(...chips.map(element),
        chips.length ? h('li', {}, h('button', { type: 'button', class: 'clear' }, text('filter.clear'))) : '');
    },
    destroy() {
      end();
      el.replaceChildren();
    },
  };
}
