/**
 * Small marks that several panels share: discs, quality, basis, names in two languages.
 * @module ui/badges
 */
import { formatKilometres, isExpired, formatDate, langTag, otherLang, pick } from '../format.js';
import { aiBadge } from '../map/icon.js';
import { aiCode } from '../model/filter.js';
import { h, s, word } from './dom.js';

/** @typedef {import('../model/types.js').Feature} Feature */
/** @typedef {import('../model/types.js').Specialisation} Specialisation */
/** @typedef {import('../text/index.js').Text} Text */
/** @typedef {import('../text/index.js').Lang} Lang */

/** Returns what stands in the disc of an area. @param {Feature} area @param {Feature[]} areas @param {Text} text */
export function discText(area, areas, text) {
  if (area.kind === 'park') return String(area.number ?? area.id);
  const letter = text(`disc.${area.kind}`);
  return areas.filter(({ kind }) => kind === area.kind).length > 1 ? `${letter}${area.number}` : letter;
}

/** Returns the disc of an area. @param {Feature} area @param {Feature[]} areas @param {Text} text */
export const disc = (area, areas, text) =>
  h('span', { class: `disc disc-${area.kind}`, 'data-ai': aiCode(area) || null, 'aria-hidden': 'true' }, discText(area, areas, text));

/** Returns a sample of how something is drawn on the map. @param {string} className @param {string} [d] */
export const swatch = (className, d = 'M1.5 1.5h21v13h-21z') =>
  s('svg', { viewBox: '0 0 24 16', width: 24, height: 16, class: `swatch ${className}`, 'aria-hidden': 'true', focusable: 'false' }, s('path', { d }));

/** Returns the icon of an AI+ direction, as the map has it. @param {string} code @param {string} basis */
export const badge = (code, basis) =>
  s('svg', { viewBox: '-11 -11 22 22', width: 22, height: 22, 'aria-hidden': 'true', focusable: 'false' }, aiBadge(code, basis, 20));

/** Returns the sign of a basis. @param {string} basis */
export const basisMark = (basis) => h('span', { class: `mark mark-${basis}`, 'aria-hidden': 'true' });

/** Returns a direction with its basis. @param {Specialisation} direction @param {Lang} lang @param {Text} text */
export const direction = (direction, lang, text) => [
  basisMark(direction.basis),
  h('span', { class: 'direction' }, word(pick(direction.label_zh, direction.label_en, lang))),
  ' ',
  h('small', { class: 'note' }, text(`basis.${direction.basis}`)),
];

/** Returns the two sentences on an outline. @param {Feature} feature @param {Text} text */
export function qualitySentences(feature, text) {
  const use = feature.position_error_m
    ? text(`q.use.${feature.outline}`, { km: formatKilometres(feature.position_error_m) })
    : text('q.use.unknown');
  return `${text(`q.how.${feature.outline}`)} ${use}`;
}

/** Returns the chip on the document's term, null when it has none. @param {import('../model/types.js').LayoutDocument} document @param {Lang} lang @param {Text} text @param {Date} today */
export function termChip({ expires, target_year }, lang, text, today) {
  if (!expires) return null;
  const state = isExpired(expires, today) ? 'expired' : 'valid';
  const year = String(target_year ?? '');
  return h('span', { class: 'chip', title: text(`n.${state}`, { year, date: formatDate(expires, lang) }) },
    text(`chip.${state}`, { year, date: expires }));
}

/** Returns the name in the other language; an English one is marked as no official translation. @param {Feature} feature @param {Lang} lang @param {Text} text */
export function otherName(feature, lang, text) {
  const name = lang === 'zh' ? feature.name_en : feature.name_zh;
  if (!name) return null;
  const own = h('span', { lang: langTag(otherLang(lang)) }, name);
  /** @param {string} key */
  const note = (key) => h('small', { class: 'note' }, text(key));
  return lang === 'zh' ? h('p', { class: 'also' }, own, ' ', note('n.trans')) : h('p', { class: 'also' }, note('n.trans.of'), ' ', own);
}
