/**
 * What the list is ordered by: the document, pinyin, district, or the distance from a place or a point of the map.
 * @module ui/sorting
 */
import { nameOf } from '../format.js';
import { parsePoint } from '../state.js';
import { h, on } from './dom.js';

/** @typedef {import('../model/types.js').Feature} Feature */
/** @typedef {import('../state.js').Sort} Sort */

const SORTS = ['document', 'pinyin', 'district', 'near'];

/**
 * @param {{ model: import('../model/index.js').Model, text: import('../text/index.js').Text, lang: import('../text/index.js').Lang,
 *   onSort: (sort: Sort) => void, onNear: (near: string | null) => void, onPicking: () => void }} deps
 */
export function createSorting({ model, text, lang, onSort, onNear, onPicking }) {
  /** @param {string} title @param {Feature[]} features */
  const group = (title, features) => {
    const placed = features.filter(({ geometry }) => geometry?.type === 'Point');
    return placed.length ? [h('optgroup', { label: title }, placed.map((feature) => {
      const { text: name, lang: other } = nameOf(feature, lang);
      return h('option', { value: feature.id, lang: other }, name);
    }))] : [];
  };
  const select = h('select', { id: 'near' }, h('option', { value: '' }, text('near.none')),
    group(text('near.stations'), model.context.filter(({ kind }) => kind === 'airport' || kind === 'landmark')),
    group(text('search.facilities'), model.facilities), group(text('search.places'), model.places));
  const point = h('option', { value: 'point', hidden: true }, text('near.point'));
  select.append(point);
  const radios = SORTS.map((name) => h('input', { type: 'radio', name: 'sort', value: name }));
  const pick = h('button', { type: 'button', class: 'quiet-button', 'data-testid': 'near-pick' }, text('near.pick'));
  const element = h('div', {},
    h('fieldset', {}, h('legend', { class: 'sr' }, text('filter.sort')),
      radios.map((radio) => h('label', { class: 'choice' }, radio, h('span', { class: 'choice-name' }, text(`sort.${radio.value}`))))),
    h('div', { class: 'near' }, h('label', { for: 'near' }, text('near.label')), select, pick, h('p', { class: 'note' }, text('near.note'))));

  /** @param {string} name */
  function choose(name) {
    if (name === 'near') {
      onSort('');
      if (!select.value) select.focus();
    } else if (name === 'document') onNear(null);
    else onSort(/** @type {Sort} */ (name));
  }

  const ends = [
    on(element, 'change', ({ target }) => (target === select ? onNear(select.value || null) : choose(target.value))),
    on(pick, 'click', onPicking),
  ];
  return {
    element,
    /** @param {{ sort: Sort, near: string | null }} state */
    update({ sort, near }) {
      const isPoint = parsePoint(near) !== null;
      point.hidden = !isPoint;
      point.value = isPoint ? String(near) : 'point';
      select.value = near ?? '';
      const chosen = sort || (near ? 'near' : 'document');
      for (const radio of radios) radio.checked = radio.value === chosen;
    },
    destroy: () => ends.forEach((end) => end()),
  };
}
