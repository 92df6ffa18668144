/**
 * The search field: a combobox with a list of hits in groups.
 * @module ui/search
 */
import { nameOf } from '../format.js';
import { h, markChinese, on } from './dom.js';

/** @typedef {import('../model/search.js').Hit} Hit */
/** @typedef {import('../model/search.js').Match} Match */

/** What stands around a match in a long text, in characters. */
const AROUND = 14;

/**
 * @param {HTMLFormElement} form with one input
 * @param {{ find: (query: string) => Hit[], count: (query: string) => number, text: import('../text/index.js').Text, lang: import('../text/index.js').Lang,
 *   onPick: (hit: Hit) => void, onFilter: (query: string) => void, say: (message: string) => void }} deps count: how many areas a text leads to
 */
export function createSearchField(form, { find, count, text, lang, onPick, onFilter, say }) {
  const input = /** @type {HTMLInputElement} */ (form.querySelector('input'));
  const box = h('div', { class: 'hits', id: 'search-hits', role: 'listbox', 'aria-label': text('search.label'), hidden: true });
  form.append(box);
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': box.id, 'aria-expanded': 'false' })) {
    input.setAttribute(name, value);
  }
  /** @type {Hit[]} */
  let hits = [];
  let active = -1;

  /** The options behind the hits: the list narrowed to what the text leads to. */
  let narrowed = 0;
  const options = () => hits.length + (narrowed ? 1 : 0);

  /** @param {number} index @param {...(import('./dom.js').Child | import('./dom.js').Child[])} children */
  const option = (index, ...children) => h('div', { class: 'hit', role: 'option', id: `hit-${index}`, 'data-index': index, 'aria-selected': 'false' }, ...children);

  /** @param {Hit} hit @param {number} index */
  function hitOption({ feature, match }, index) {
    const name = nameOf(feature, lang);
    const inName = match?.text === name.text;
    const id = feature.kind === 'task' ? feature.clause : feature.id;
    return option(index, h('span', { class: 'hit-name', lang: name.lang }, inName ? marked(match) : name.text), ' ',
      h('small', { class: 'id' }, match?.text === id && match ? marked(match) : id),
      match && !inName && match.text !== id ? h('small', { class: 'hit-where' }, marked(match)) : null);
  }

  function show() {
    const groups = [...new Set(hits.map(({ group }) => group))];
    narrowed = count(input.value);
    box.replaceChildren(...(hits.length ? groups.map((group) => h('div', { role: 'group', 'aria-labelledby': `hits-${group}` },
      h('div', { class: 'hits-title', id: `hits-${group}`, role: 'presentation' }, text(`search.${group}`)),
      hits.map((hit, index) => (hit.group === group ? hitOption(hit, index) : null)))) : [h('p', { class: 'hits-none' }, text('search.none'))]),
      narrowed ? option(hits.length, h('span', { class: 'hit-filter' }, text('search.filter', { q: input.value.trim(), n: narrowed }))) : '');
    markChinese(box, lang);
    box.hidden = false;
    input.setAttribute('aria-expanded', String(options() > 0));
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
    const [hit, query] = [hits[index], input.value.trim()];
    if (!hit && !(narrowed && index === hits.length)) return;
    hide();
    input.value = '';
    if (hit) onPick(hit);
    else onFilter(query);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options() && !box.hidden) activate((active + step + options()) % options());
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

/** The text of a match with what was found in it marked; of a long text what stands around it. @param {Match} match */
function marked({ text, start, end }) {
  const long = text.length > 4 * AROUND;
  const from = long ? Math.max(0, start - AROUND) : 0;
  const to = long ? Math.min(text.length, end + 2 * AROUND) : text.length;
  return [from ? '…' : '', text.slice(from, start), h('mark', {}, text.slice(start, end)), text.slice(end, to), to < text.length ? '…' : ''];
}
