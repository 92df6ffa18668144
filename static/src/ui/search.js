/**
 * The search field: a combobox with a list of hits in groups.
 * @module ui/search
 */
import { nameOf } from '../format.js';
import { h, markChinese, on } from './dom.js';

/** @typedef {import('../model/search.js').Hit} Hit */

/**
 * @param {HTMLFormElement} form with one input
 * @param {{ find: (query: string) => Hit[], text: import('../text/index.js').Text, lang: import('../text/index.js').Lang,
 *   onPick: (hit: Hit) => void, say: (message: string) => void }} deps
 */
export function createSearchField(form, { find, text, lang, onPick, say }) {
  const input = /** @type {HTMLInputElement} */ (form.querySelector('input'));
  const box = h('div', { class: 'hits', id: 'search-hits', role: 'listbox', 'aria-label': text('search.label'), hidden: true });
  form.append(box);
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': box.id, 'aria-expanded': 'false' })) {
    input.setAttribute(name, value);
  }
  /** @type {Hit[]} */
  let hits = [];
  let active = -1;

  /** @param {Hit} hit @param {number} index */
  function option(hit, index) {
    const name = nameOf(hit.feature, lang);
    return h('div', { class: 'hit', role: 'option', id: `hit-${index}`, 'data-index': index, 'aria-selected': 'false' },
      h('span', { lang: name.lang }, name.text), ' ', h('small', { class: 'id' }, hit.feature.kind === 'task' ? hit.feature.clause : hit.feature.id));
  }

  function show() {
    const groups = [...new Set(hits.map(({ group }) => group))];
    box.replaceChildren(...(hits.length ? groups.map((group) => h('div', { role: 'group', 'aria-labelledby': `hits-${group}` },
      h('div', { class: 'hits-title', id: `hits-${group}`, role: 'presentation' }, text(`search.${group}`)),
      hits.map((hit, index) => (hit.group === group ? option(hit, index) : null)))) : [h('p', { class: 'hits-none' }, text('search.none'))]));
    markChinese(box, lang);
    box.hidden = false;
    input.setAttribute('aria-expanded', String(hits.length > 0));
    say(hits.length ? text('search.count', { n: hits.length }) : text('search.none'));
    activate(hits.length ? 0 : -1);
  }

  function hide() {
    box.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
    active = -1;
  }

  /** @param {number} index */
  function activate(index) {
    active = index;
    box.querySelectorAll('.hit').forEach((element) => {
      const on = Number(/** @type {HTMLElement} */ (element).dataset.index) === index;
      element.setAttribute('aria-selected', String(on));
      if (on) element.scrollIntoView({ block: 'nearest' });
    });
    if (index < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `hit-${index}`);
  }

  function search() {
    hits = find(input.value);
    if (input.value.trim()) show();
    else hide();
  }

  /** @param {number} index */
  function pick(index) {
    const hit = hits[index];
    if (!hit) return;
    hide();
    input.value = '';
    onPick(hit);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length && !box.hidden) activate((active + step + hits.length) % hits.length);
    else if (step && input.value.trim()) search();
    else if (event.key === 'Enter') pick(active);
    else if (event.key === 'Escape' && (input.value || !box.hidden)) {
      input.value = '';
      hide();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const ends = [
    on(form, 'submit', (event) => event.preventDefault()),
    on(input, 'input', (event) => !event.isComposing && search()),
    on(input, 'compositionend', search),
    on(input, 'keydown', key),
    on(input, 'blur', hide),
    on(box, 'pointerdown', (event) => event.preventDefault()),
    on(box, 'click', (event) => pick(Number(event.target.closest('[data-index]')?.dataset.index ?? -1))),
  ];
  return {
    focus: () => input.focus(),
    destroy: () => {
      ends.forEach((end) => end());
      box.remove();
    },
  };
}
