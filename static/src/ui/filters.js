/**
 * The row of filters over the list: one button for each group, which opens its choices with how many areas each
 * would give. The last button opens what the list is ordered by.
 * @module ui/filters
 */
import { nameOf } from '../format.js';
import { aiCodes } from '../map/icon.js';
import { KINDS, UNSTATED } from '../model/filter.js';
import { badge, swatch } from './badges.js';
import { h, on, word } from './dom.js';

/** @typedef {import('../model/types.js').Feature} Feature */
/** @typedef {import('../state.js').Group} Group */
/** @typedef {import('../state.js').Filter} Filter */
/** @typedef {import('../model/filter.js').Counts} Counts */
/** @typedef {import('../format.js').Worded} Worded */
/** @typedef {{ value: string, label: Worded, symbol?: Node }} Choice */
/** @typedef {{ title?: string, choices: Choice[] }} Part choices under a heading */
/** @typedef {{ model: import('../model/index.js').Model, text: import('../text/index.js').Text, lang: import('../text/index.js').Lang, present: Record<Group, Set<string>> }} Context present: what some area has */

/** All choices of a group, whether some area has them or not. @param {Group} group @param {Context} context @returns {Part[]} */
export function choicesOf(group, { model, text, lang }) {
  const named = (/** @type {Feature[]} */ features) => features.map((feature) => ({ value: feature.id, label: nameOf(feature, lang) }));
  if (group === 'kind') return [{ choices: KINDS.map((kind) => ({ value: kind, label: { text: text(`kind.${kind}`) }, symbol: swatch(`swatch-${kind}`) })) }];
  if (group === 'ai') return [{ choices: aiCodes().map((code) => ({ value: code, label: { text: text(code === UNSTATED ? 'basis.unstated' : `ai.${code}`) }, symbol: badge(code, '') })) }];
  if (group === 'd') {
    return [
      { title: text('filter.administrative'), choices: named(model.districts) },
      { title: text('filter.functional'), choices: named(model.context.filter(({ kind }) => kind === 'functional-area')) },
    ];
  }
  const own = new Set(model.areas.filter(({ responsibility }) => responsibility !== 'shared').flatMap(({ responsible_units }) => responsible_units ?? []));
  return [
    { title: text('filter.own'), choices: named(model.units.filter(({ id }) => own.has(id))) },
    { title: text('filter.shared'), choices: named(model.units.filter(({ id }) => !own.has(id))) },
  ];
}

/** Returns the label of a choice, null when there is no such choice. @param {Group} group @param {string} value @param {Context} context */
export const labelOf = (group, value, context) =>
  choicesOf(group, context).flatMap(({ choices }) => choices).find((choice) => choice.value === value)?.label ?? null;

/**
 * @param {HTMLElement} el holds a button with data-group for each group, and the panel
 * @param {Context & { onChoice: (group: Group, value: string, chosen: boolean) => void, sorting: { element: HTMLElement } }} deps
 */
export function createFilters(el, deps) {
  const { text, sorting, present, onChoice } = deps;
  const buttons = /** @type {HTMLButtonElement[]} */ ([...el.querySelectorAll('[data-group]')]);
  const panel = /** @type {HTMLElement} */ (el.querySelector('.filter-panel'));
  /** @type {string | null} */
  let open = null;
  /** @type {{ filter: Filter, counts: Counts } | null} */
  let last = null;

  /** @param {Choice} choice @param {string} group */
  const row = ({ value, label, symbol }, group) => h('label', { class: 'choice' },
    h('input', { type: 'checkbox', name: group, value }), symbol, h('span', { class: 'choice-name' }, word(label)), h('small', { class: 'choice-n' }));

  /** The choices that some area has, those that are chosen, and all directions. @param {Group} group */
  const offered = (group) => choicesOf(group, deps)
    .map((part) => ({ ...part, choices: part.choices.filter(({ value }) => group === 'ai' || present[group].has(value) || last?.filter[group].includes(value)) }))
    .filter(({ choices }) => choices.length);

  /** @param {Group} group */
  const content = (group) => offered(group).map(({ title, choices }) =>
    h('fieldset', {}, h('legend', { class: title ? null : 'sr' }, title ?? text(`filter.${group}`)), choices.map((choice) => row(choice, group))));

  /** Opens a group, null closes. @param {string | null} group */
  function show(group) {
    open = group;
    panel.hidden = group === null;
    for (const button of buttons) button.setAttribute('aria-expanded', String(button.dataset.group === group));
    if (group === null) return panel.replaceChildren();
    panel.setAttribute('aria-label', text(`filter.${group}`));
    panel.replaceChildren(...(group === 'sort' ? [sorting.element] : content(/** @type {Group} */ (group))));
    count();
  }

  /** Writes what is chosen, and what each choice would give. */
  function count() {
    if (!last || open === null || open === 'sort') return;
    const group = /** @type {Group} */ (open);
    for (const input of panel.querySelectorAll('input')) {
      const n = last.counts[group].get(input.value) ?? 0;
      input.checked = last.filter[group].includes(input.value);
      const choice = /** @type {HTMLElement} */ (input.parentElement);
      choice.classList.toggle('is-none', n === 0 && !input.checked);
      /** @type {HTMLElement} */ (choice.querySelector('.choice-n')).textContent = String(n);
    }
  }

  /** Closes the panel when the reader turns to something else. Where it stands in the flow it stays: what is being pressed would move. @param {Node} to */
  function leave(to) {
    if (open !== null && !el.contains(to) && getComputedStyle(panel).position === 'absolute') show(null);
  }

  function close() {
    const button = buttons.find(({ dataset }) => dataset.group === open);
    const inside = panel.contains(document.activeElement);
    show(null);
    if (inside) button?.focus();
  }

  const ends = [
    ...buttons.map((button) => on(button, 'click', () => show(open === button.dataset.group ? null : button.dataset.group ?? null))),
    on(panel, 'change', ({ target }) => target.type === 'checkbox' && onChoice(target.name, target.value, target.checked)),
    on(el, 'keydown', (event) => {
      if (event.key !== 'Escape' || open === null) return;
      event.preventDefault();
      close();
    }),
    on(document, 'pointerdown', ({ target }) => leave(target)),
    on(el, 'focusout', ({ relatedTarget }) => relatedTarget && leave(relatedTarget)),
  ];

  return {
    close,
    /** @param {{ filter: Filter, counts: Counts, ordered: boolean }} state ordered: otherwise than the document */
    update({ filter, counts, ordered }) {
      last = { filter, counts };
      for (const button of buttons) {
        const group = button.dataset.group;
        const n = group === 'sort' ? 0 : filter[/** @type {Group} */ (group)].length;
        const mark = /** @type {HTMLElement} */ (button.querySelector('small'));
        mark.textContent = n ? String(n) : '';
        button.classList.toggle('is-on', n > 0 || (group === 'sort' && ordered));
      }
      count();
    },
    destroy() {
      show(null);
      ends.forEach((end) => end());
    },
  };
}
