/**
 * The sections of the detail panel, in their order. Each returns null when there is nothing to say.
 * @module ui/sections
 */
import { formatDate, formatNumber, formatTarget, nameOf, pick } from '../format.js';
import { sourcesOf } from '../model/sources.js';
import { basisMark, direction } from './badges.js';
import { h, word } from './dom.js';

/** @typedef {import('../model/types.js').Feature} Feature */
/** @typedef {import('../model/types.js').Label} Label */
/** @typedef {import('./detail.js').Context} Context */
/** @typedef {import('./dom.js').Child} Child */
/** @typedef {import('../text/index.js').Text} Text */

/** @param {Feature} area @param {Context} context */
export const areaSections = (area, context) => [
  role(area, context), targets(area, context), directions(area, context), units(area, context), places(area, context),
  clause(area, context), related(area, context), notes(area, context), otherSources(area, context), size(area, context),
  disagreements(area, context),
].filter((section) => section !== null);

/** @param {Feature} place @param {Context} context */
export const placeSections = (place, context) => [
  placeDirection(place, context), functions(place, context), clause(place, context), position(place, context), size(place, context),
].filter((section) => section !== null);

/** @param {string} title @param {...(Child | Child[])} children */
const section = (title, ...children) => h('section', {}, h('h3', {}, title), ...children);

/** @param {Label[] | undefined} labels @param {Context} context */
const tags = (labels, { lang }) => h('ul', { class: 'tags' }, (labels ?? []).map(({ zh, en }) => h('li', {}, word(pick(zh, en, lang)))));

/** @param {Feature} area @param {Context} context */
function role(area, { lang }) {
  const words = pick(area.role_zh, area.role_en, lang);
  return words.text ? h('p', { class: 'lead' }, word(words)) : null;
}

/** @param {Feature} area @param {Context} context */
function targets(area, { text, lang }) {
  const list = area.targets ?? [];
  if (!list.length) return section(text('d.targets'), h('p', { class: 'quiet' }, text('n.notarget')));
  const year = list[0].year;
  return section(year ? text('d.target.year', { year }) : text('d.targets'),
    h('ul', { class: 'figures' }, list.map((target) => {
      const { before, digits, after } = formatTarget(target, lang);
      return h('li', {},
        h('span', { class: 'figure' }, before ? [h('small', {}, before), ' '] : null, h('b', {}, digits), after ? [' ', h('small', {}, after)] : null),
        ' ', h('span', { class: 'metric' }, word(pick(target.metric_zh, target.metric_en, lang))));
    })));
}

/** @param {Feature} area @param {Context} context */
function directions(area, context) {
  const { text, lang, model } = context;
  const list = area.specialisations ?? [];
  const stated = list.map((one) => {
    const through = one.through && model.feature(one.through);
    return h('li', {}, direction(one, lang, text),
      through ? h('small', { class: 'note' }, ' · ', text('d.ai.through', { name: nameOf(through, lang).text })) : null);
  });
  return section(text('d.ai'),
    stated.length ? h('ul', { class: 'plain' }, stated) : h('p', {}, basisMark('unstated'), text('n.noai')),
    area.fields?.length ? [h('h4', {}, text('d.fields')), tags(area.fields, context)] : null);
}

/** @param {Feature} area @param {Context} context */
function units(area, { text, lang, model, href }) {
  const ids = area.responsible_units ?? [];
  if (!ids.length) return null;
  const shared = area.responsibility === 'shared';
  return section(text('d.units'),
    shared ? h('p', { class: 'quiet' }, text('n.shared')) : null,
    h('ul', { class: 'plain units' }, ids.map((id) => {
      const unit = model.unit(id);
      if (!unit) return h('li', {}, id);
      const name = pick(unit.full_zh || unit.name_zh, unit.full_en || unit.name_en, lang);
      return h('li', {}, h('a', { href: href(`/f/${id}`), lang: name.lang }, name.text), ' ',
        h('small', { class: 'note' }, unit.level ? text(`level.${unit.level}`) : ''));
    })));
}

/** @param {Feature} area @param {Context} context */
function places(area, { text, lang, model, href }) {
  const list = model.placesOf(area.id);
  if (!list.length) return null;
  const kinds = [...new Set(list.map(({ kind }) => kind))];
  return section(`${text('d.places')} · ${text('d.places.n', { n: list.length })}`,
    kinds.map((kind) => [h('h4', {}, text(`kind.${kind}`)),
      h('ul', { class: 'plain' }, list.filter((place) => place.kind === kind).map((place) => {
        const name = nameOf(place, lang);
        const note = place.specialisation && pick(place.specialisation.label_zh, place.specialisation.label_en, lang).text;
        return h('li', {}, h('a', { href: href(`/f/${place.id}`), 'data-select': place.id, lang: name.lang }, name.text),
          note ? h('small', { class: 'note' }, ` ${note}`) : null,
          place.geometry ? null : h('small', { class: 'note' }, ` ${text('n.nolocation')}`));
      }))]).flat());
}

/** What the clause settles, in our own words. @param {Feature} feature @param {Context} context */
function clause(feature, { text, lang, model }) {
  const summary = model.taskOf(feature.clause);
  const words = pick(summary?.summary_zh, summary?.summary_en, lang);
  if (!words.text || !feature.clause) return null;
  return section(text('d.clause.no', { clause: feature.clause }), h('p', {}, word(words)), h('p', { class: 'note' }, text('foot.words')));
}

/** @param {Feature} area @param {Context} context */
function related(area, { text, lang }) {
  const list = area.related_clauses ?? [];
  if (!list.length) return null;
  return section(text('d.related'), h('p', { class: 'quiet' }, text('d.related.note')),
    h('ul', { class: 'plain' }, list.map((one) => h('li', {}, h('span', { class: 'clause' }, one.clause), ' ', word(pick(one.topic_zh, one.topic_en, lang))))));
}

/** @param {Feature} area @param {Context} context */
const notes = (area, { text, lang }) =>
  area.notes?.length ? section(text('d.notes'), area.notes.map(({ zh, en }) => h('p', {}, word(pick(zh, en, lang))))) : null;

/** The districts that hold a feature, and how that is known. @param {Feature} feature @param {Context} context @returns {(Child)[]} */
function districts(feature, { text, lang, model }) {
  const list = (feature.district ?? []).map((id) => model.feature(id)).filter((one) => one !== undefined);
  if (!list.length) return [];
  return [h('h4', {}, text('d.district')), h('p', {}, list.map((one, index) => [index ? ' · ' : '', word(nameOf(one, lang))]).flat()),
    source(pick(feature.district_basis_zh, feature.district_basis, lang).text, text)];
}

/** @param {Feature} feature @param {Context} context @returns {Child[]} */
function industries(feature, context) {
  const { text } = context;
  return feature.industries?.length
    ? [h('h4', {}, text('d.industries')), tags(feature.industries, context), source(feature.industries_source, text)] : [];
}

/** What does not come from the document, each with its source. @param {Feature} area @param {Context} context */
function otherSources(area, context) {
  const { text, lang } = context;
  const parts = districts(area, context);
  if (area.managing_body_zh) {
    parts.push(h('h4', {}, text('d.managing')), h('p', {}, word(pick(area.managing_body_zh, area.managing_body_en, lang))), source(area.managing_body_source, text));
  }
  parts.push(...industries(area, context));
  if (!parts.length) return null;
  const element = section(text('d.other'), h('p', { class: 'quiet' }, text('d.other.note')), parts);
  element.className = 'apart';
  return element;
}

/** The sources of a value, folded; each leads to its address where it has one. @param {string | undefined} from @param {Text} text */
const source = (from, text) => {
  const entries = sourcesOf(from);
  return entries.length ? h('details', { class: 'source' }, h('summary', {}, text('d.sources', { n: entries.length })),
    h('ul', {}, entries.map(({ label, href }) => h('li', {}, href ? h('a', { href, rel: 'noopener' }, label) : label)))) : null;
};

/** Nominal sizes are the compiler's choice and are never shown as a figure. @param {Feature} feature @param {Context} context */
function size(feature, context) {
  const { text, lang, model } = context;
  const rows = [];
  if (model.area(feature.id)) rows.push(...sizes(feature, context));
  if (feature.version) rows.push(h('p', { class: 'note' }, text('d.version', { n: feature.version }),
    feature.changed_at ? ` · ${text('d.changed', { date: formatDate(feature.changed_at, lang) })}` : null));
  return rows.length ? section(text('d.area'), rows) : null;
}

/** @param {Feature} area @param {Context} context */
function sizes(area, { text, lang }) {
  const rows = [];
  if (area.planned_area_km2) {
    const meaning = pick(area.planned_area_meaning_zh, area.planned_area_meaning, lang);
    rows.push(h('p', {}, text('d.area.published', { km2: formatNumber(area.planned_area_km2) })),
      h('p', { class: 'quiet' }, word(meaning)), source(area.planned_area_source, text));
  }
  if (area.outline !== 'schematic' && area.area_km2) rows.push(h('p', {}, `${formatNumber(area.area_km2)} km²`));
  return rows.length ? rows : [h('p', { class: 'quiet' }, text('n.noarea'))];
}

/** @param {Feature} area @param {Context} context */
function disagreements(area, { text, lang, model }) {
  const list = (model.document.inconsistencies ?? []).filter(({ concerns }) => concerns?.includes(area.id));
  if (!list.length) return null;
  return section(text('d.inconsistencies'), h('ul', { class: 'plain' }, list.map((one) =>
    h('li', {}, h('b', {}, word(pick(one.what_zh, one.what_en, lang))), ' ', word(pick(one.detail_zh, one.detail_en, lang))))));
}

/** @param {Feature} place @param {Context} context */
function placeDirection({ specialisation }, { text, lang }) {
  return specialisation ? section(text('d.ai'), h('p', {}, direction(specialisation, lang, text))) : null;
}

/** @param {Feature} place @param {Context} context */
const functions = (place, context) =>
  place.functions?.length ? section(context.text('d.functions'), tags(place.functions, context)) : null;

/** Where a place is, and what else other sources say of it. @param {Feature} place @param {Context} context */
function position(place, context) {
  const { text, lang } = context;
  const known = place.geometry && place.position_error_m;
  const element = section(text('d.other'), h('p', { class: 'quiet' }, text('d.other.note')), districts(place, context),
    h('h4', {}, text('d.position')),
    h('p', {}, known ? text('d.position.error', { m: formatNumber(place.position_error_m ?? 0) }) : text('n.nolocation')),
    h('p', { class: 'quiet' }, word(pick(place.position_basis_zh, place.position_basis, lang))), source(place.source, text),
    publishedArea(place, context), industries(place, context));
  element.className = 'apart';
  return element;
}

/** @param {Feature} place @param {Context} context @returns {Child[]} */
function publishedArea(place, { text, lang }) {
  if (!place.published_area_km2) return [];
  return [h('h4', {}, text('d.area.term')), h('p', {}, text('d.area.published', { km2: formatNumber(place.published_area_km2) })),
    h('p', { class: 'quiet' }, word(pick(place.published_area_meaning_zh, place.published_area_meaning, lang))),
    source(place.published_area_source, text)];
}
