/**
 * What the map says to those who do not see it. Knows no DOM.
 * @module map/spoken
 */
import { nameOf } from './words.js';

/** @typedef {import('./types.js').Feature} Feature */
/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').Text} Text */

/**
 * Returns the full name of an area for those who do not see the map, with its directions or else its fields.
 * @param {Feature} area
 * @param {Pick<State, 'lang'>} state
 * @param {Text} text
 */
export function spoken(area, { lang }, text) {
  const list = area.specialisations ?? [];
  const fields = list.length ? [] : (area.fields ?? []).map(({ zh, en }) => (lang === 'en' && en) || zh);
  const ai = list.map(
    (item) => `AI+ ${((lang === 'en' && item.label_en) || item.label_zh || item.code).replace(/^AI\+\s*/, '')}`,
  );
  const known = fields.length ? [] : ['unstated'];
  const bases = [...new Set(list.length ? list.map(({ basis }) => basis) : known)].map((basis) => text(`basis.${basis}`));
  const number = area.kind === 'park' && area.number ? [String(area.number)] : [];
  const parts = [
    ...number,
    nameOf(area, lang, false),
    text(`kind.${area.kind}`),
    ...ai,
    ...fields,
    ...bases,
    text(`q.short.${area.outline ?? 'schematic'}`),
  ];
  return parts.join(lang === 'zh' ? ',' : ', ');
}
