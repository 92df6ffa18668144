/**
 * The parts of the detail panel that do not come from the document, each with its source: where a feature
 * lies, who runs it, how it was drawn, how large it is.
 * @module ui/other-sources
 */
import { formatDate, formatNumber, nameOf, pick } from '../format.js';
import { sourcesOf } from '../model/sources.js';
import { h, word } from './dom.js';

/** @typedef {import('../model/types.js').Feature} Feature */
/** @typedef {import('../model/types.js').Label} Label */
/** @typedef {import('./detail.js').Context} Context */
/** @typedef {import('./dom.js').Child} Child */
/** @typedef {import('../text/index.js').Text} Text */
/** @typedef {import('../format.js').Worded} Worded */

/** @param {string} title @param {...(Child | Child[])} children */
export const section = (title, ...children) => h('section', {}, h('h3', {}, title), ...children);

/** @param {Label[] | undefined} labels @param {Context} context */
export const tags = (labels, { lang }) => h('ul', { class: 'tags' }, (labels ?? []).map(({ zh, en }) => h('li', {}, word(pick(zh, en, lang)))));

/** Joins the notes that are not empty. @param {...string} notes */
export const joinNotes = (...notes) => notes.filter(Boolean).join(' · ');

/** How far something may be trusted, '' when that is not said. @param {string | undefined} confidence @param {Text} text */
const trust = (confidence, text) => (confidence ? text(`d.conf.${confidence}`) : '');

/** @param {number | undefined} metres @param {Text} text */
const off = (metres, text) => (metres ? text('d.position.error', { m: String(Math.round(metres)) }) : '');

/** @param {string} note */
const quiet = (note) => (note ? h('p', { class: 'quiet' }, note) : null);

/** The sources of a value, folded; each leads to its address where it has one. @param {string | undefined} from @param {Text} text */
const source = (from, text) => {
  const entries = sourcesOf(from);
  return entries.length ? h('details', { class: 'source' }, h('summary', {}, text('d.sources', { n: entries.length })),
    h('ul', {}, entries.map(({ label, href }) => h('li', {}, href ? h('a', { href, rel: 'noopener' }, label) : label)))) : null;
};

/** Links to what a feature names by id. @param {string[]} ids @param {Context} context */
const links = (ids, { lang, model, href }) => h('p', {}, ids.map((id, index) => {
  const one = model.feature(id);
  return [index ? ' · ' : '', one ? h('a', { href: href(`/f/${id}`) }, word(nameOf(one, lang))) : id];
}).flat());

/** The districts that hold a feature, and how that is known. @param {Feature} feature @param {Context} context @returns {Child[]} */
function districts(feature, context) {
  const { text, lang } = context;
  if (!feature.district?.length) return [];
  return [h('h4', {}, text('d.district')), links(feature.district, context), quiet(trust(feature.district_confidence, text)),
    source(pick(feature.district_basis_zh, feature.district_basis, lang).text, text)];
}

/** @param {Feature} area @param {Context} context @returns {Child[]} */
const functionalArea = (area, context) =>
  area.functional_area ? [h('h4', {}, context.text('d.functional')), links([area.functional_area], context)] : [];

/** @param {Feature} area @param {Context} context @returns {Child[]} */
const managing = (area, { text, lang }) => {
  const body = pick(area.managing_body_zh, area.managing_body_en, lang);
  return body.text ? [h('h4', {}, text('d.managing')), h('p', {}, word(body)), source(area.managing_body_source, text)] : [];
};

/** @param {Feature} feature @param {Context} context @returns {Child[]} */
const industries = (feature, context) => (feature.industries?.length
  ? [h('h4', {}, context.text('d.industries')), tags(feature.industries, context), source(feature.industries_source, context.text)] : []);

/** What a source says lies on each side. @param {Feature} area @param {Context} context @returns {Child[]} */
function limits({ limits: sides }, { text }) {
  if (!sides) return [];
  const named = /** @type {const} */ (['north', 'east', 'south', 'west']).filter((side) => sides[side]);
  return [h('h4', {}, text('d.limits')), h('ul', { class: 'plain' }, named.map((side) => h('li', {}, text(`d.limits.${side}`, { name: sides[side] ?? '' })))),
    source(sides.source, text)];
}

/** A point known for an area, with how it is known. @param {Feature} area @param {Context} context @returns {Child[]} */
function centre({ centre: point }, { text, lang }) {
  if (!point) return [];
  return [h('h4', {}, text('d.centre')), h('p', {}, text('d.centre.at', { lon: point.lon.toFixed(4), lat: point.lat.toFixed(4) })),
    h('p', { class: 'quiet' }, word(pick(point.basis_zh, point.basis, lang))),
    quiet(joinNotes(off(point.position_error_m, text), trust(point.confidence, text))), source(point.source, text)];
}

/** What the shape was made from, how far off it may be and what its size stands for. @param {Feature} area @param {Context} context @returns {Child[]} */
function drawn(area, { text, lang }) {
  const made = pick(area.source_zh, area.source, lang);
  if (!made.text) return [];
  return [h('h4', {}, text('d.drawn')), h('p', {}, word(made)),
    quiet(joinNotes(off(area.position_error_m, text), area.size_basis ? text(`d.size.${area.size_basis}`) : '', trust(area.confidence, text)))];
}

/** @param {Child[]} parts @param {Text} text */
function apart(parts, text) {
  const element = section(text('d.other'), h('p', { class: 'quiet' }, text('d.other.note')), parts);
  element.className = 'apart';
  return element;
}

/** @param {Feature} area @param {Context} context */
export function otherSources(area, context) {
  const parts = [districts, functionalArea, managing, industries, limits, centre, drawn].flatMap((part) => part(area, context));
  return parts.length ? apart(parts, context.text) : null;
}

/** Where a place is, and what else other sources say of it. @param {Feature} place @param {Context} context */
export function position(place, context) {
  const { text, lang } = context;
  const known = place.geometry && place.position_error_m;
  return apart([...districts(place, context),
    h('h4', {}, text('d.position')),
    h('p', {}, known ? off(place.position_error_m, text) : text('n.nolocation')), quiet(trust(place.confidence, text)),
    h('p', { class: 'quiet' }, word(pick(place.position_basis_zh, place.position_basis, lang))), source(place.source, text),
    ...publishedArea(place, context), ...industries(place, context)], text);
}

/** @param {Feature} place @param {Context} context @returns {Child[]} */
function publishedArea(place, { text, lang }) {
  if (!place.published_area_km2) return [];
  return [h('h4', {}, text('d.area.term')), h('p', {}, text('d.area.published', { km2: formatNumber(place.published_area_km2) })),
    h('p', { class: 'quiet' }, word(pick(place.published_area_meaning_zh, place.published_area_meaning, lang))),
    source(place.published_area_source, text)];
}

/** Nominal sizes are the compiler's choice and are never shown as a figure. @param {Feature} feature @param {Context} context */
export function size(feature, context) {
  const { text, lang, model } = context;
  /** @type {Child[]} */ const rows = [];
  if (model.area(feature.id)) rows.push(...sizes(feature, context), ...host(feature, context));
  if (feature.version) rows.push(h('p', { class: 'note' }, text('d.version', { n: feature.version }),
    feature.changed_at ? ` · ${text('d.changed', { date: formatDate(feature.changed_at, lang) })}` : null));
  return rows.length ? section(text('d.area'), rows) : null;
}

/** @param {Feature} area @param {Context} context @returns {Child[]} */
function sizes(area, { text, lang }) {
  /** @type {Child[]} */ const rows = [];
  if (area.planned_area_km2) {
    const meaning = pick(area.planned_area_meaning_zh, area.planned_area_meaning, lang);
    rows.push(h('p', {}, text('d.area.published', { km2: formatNumber(area.planned_area_km2) })),
      h('p', { class: 'quiet' }, word(meaning)), quiet(trust(area.planned_area_confidence, text)), source(area.planned_area_source, text));
  }
  if (area.outline && area.outline !== 'schematic' && area.area_km2) rows.push(h('p', {}, `${formatNumber(area.area_km2)} km²`));
  if (!rows.length) rows.push(h('p', { class: 'quiet' }, text('n.noarea')));
  if (area.start_area_km2) rows.push(h('p', {}, text('d.area.start', { km2: formatNumber(area.start_area_km2) })), source(area.start_area_source, text));
  return rows;
}

/** The size of something larger that holds an area, said as such. @param {Feature} area @param {Context} context @returns {Child[]} */
function host(area, { text, lang }) {
  if (!area.host_area_km2) return [];
  return [h('h4', {}, text('d.host')), h('p', {}, word(pick(area.host_area_meaning_zh, area.host_area_meaning, lang))),
    quiet(joinNotes(text('d.host.km2', { km2: formatNumber(area.host_area_km2) }), trust(area.host_area_confidence, text))),
    source(area.host_area_source, text)];
}
