/**
 * The sections of the detail panel, in their order. Each returns null when there is nothing to say.
 * @module ui/sections
 */
import { formatTarget, nameOf, pick } from '../format.js';
import { basisMark, direction } from './badges.js';
import { h, icon, word } from './dom.js';
import { joinNotes, otherSources, position, section, size, tags } from './other-sources.js';

/** @typedef {import('../model/types.js').Feature} Feature */
/** @typedef {import('../model/types.js').Label} Label */
/** @typedef {import('./detail.js').Context} Context */

/** In the order of the page of an area. @param {Feature} area @param {Context} context */
export const areaSections = (area, context) => [
  ...intro(area, context), targets(area, context), directions(area, context), units(area, context), places(area, context),
  facilities(area, context), naming(area, context), related(area, context), clause(area, context), notes(area, context),
  otherSources(area, context), size(area, context), disagreements(area, context),
].filter((section) => section !== null);

/** @param {Feature} place @param {Context} context */
export const placeSections = (place, context) => [
  placeDirection(place, context), functions(place, context), clause(place, context), position(place, context), size(place, context),
].filter((section) => section !== null);

/** What the area is to be, what it is built on, its short name and the place that the document gives it. @param {Feature} area @param {Context} context */
function intro(area, { text, lang }) {
  const role = pick(area.role_zh, area.role_en, lang);
  const short = pick(area.short_zh === area.name_zh ? '' : area.short_zh, area.short_en === area.name_en ? '' : area.short_en, lang);
  const basis = area.place_in_text_basis;
  const rows = [
    [text('d.builton'), pick(area.built_on_zh, area.built_on_en, lang), ''],
    [text('d.short'), short, ''],
    [text('d.placetext'), pick(area.place_in_text_zh, '', lang), basis ? text(`d.placetext.${basis}`) : ''],
  ].filter(([, words]) => /** @type {import('../format.js').Worded} */ (words).text);
  return [
    role.text ? h('p', { class: 'lead' }, word(role)) : null,
    rows.length ? h('dl', { class: 'facts' }, rows.map(([term, words, note]) => h('div', {}, h('dt', {}, /** @type {string} */ (term)),
      h('dd', {}, word(/** @type {import('../format.js').Worded} */ (words)), note ? [' ', h('small', { class: 'note' }, /** @type {string} */ (note))] : null)))) : null,
  ];
}

/** What targets have in common, year and clause, is said once. @param {Feature} area @param {Context} context */
function targets(area, { text, lang }) {
  const list = area.targets ?? [];
  if (!list.length) return section(text('d.targets'), h('p', { class: 'quiet' }, text('n.notarget')));
  const { year, clause } = list[0];
  const [oneYear, oneClause] = [list.every((one) => one.year === year), list.every((one) => one.clause === clause)];
  return section(year && oneYear ? text('d.target.year', { year }) : text('d.targets'),
    clause && oneClause ? h('p', { class: 'note' }, text('d.clause.no', { clause })) : null,
    h('ul', { class: 'figures' }, list.map((target) => {
      const { before, digits, after } = formatTarget(target, lang);
      const note = joinNotes(oneYear ? '' : text('d.target.year', { year: target.year }), oneClause || !target.clause ? '' : text('d.clause.no', { clause: target.clause }));
      return h('li', {},
        h('span', { class: 'figure' }, before ? [h('small', {}, before), ' '] : null, h('b', {}, digits), after ? [' ', h('small', {}, after)] : null),
        ' ', h('span', { class: 'metric' }, word(pick(target.metric_zh, target.metric_en, lang))), note ? h('small', { class: 'note' }, note) : null);
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
    /** @type {[string, Label[] | undefined][]} */ ([
      ['d.fields', area.fields], ['d.breakthroughs', area.breakthrough_fields], ['d.unplaced', unplaced(area, context)],
      ['d.programmes', area.programmes], ['d.factors', area.factors],
    ]).map(([key, labels]) => (labels?.length ? [h('h4', {}, text(key)), tags(labels, context)] : [])).flat());
}

/** Forms and fields that the document names for an area without a place. @param {Feature} area @param {Context} context @returns {Label[]} */
const unplaced = (area, { model }) => (model.document.unplaced_clusters ?? []).filter(({ parent }) => parent === area.id)
  .map(({ label_zh, label_en }) => ({ zh: label_zh, en: label_en }));

/** @param {Feature} area @param {Context} context */
function units(area, { text, lang, model, href }) {
  const ids = area.responsible_units ?? [];
  if (!ids.length) return null;
  const note = { shared: text('n.shared'), own: text('d.units.own') }[area.responsibility ?? ''];
  return section(text('d.units'),
    note ? h('p', { class: 'quiet' }, note) : null,
    h('ul', { class: 'plain units' }, ids.map((id) => {
      const unit = model.unit(id);
      if (!unit) return h('li', {}, id);
      const name = pick(unit.full_zh || unit.name_zh, unit.full_en || unit.name_en, lang);
      return h('li', {}, h('a', { href: href(`/f/${id}`), lang: name.lang }, name.text), ' ',
        h('small', { class: 'note' }, unit.level ? text(`level.${unit.level}`) : ''));
    })));
}

/** Those with a location are shown on the map, the others say that they have none. @param {Feature} area @param {Context} context */
function places(area, context) {
  const { text } = context;
  const list = context.model.placesOf(area.id);
  if (!list.length) return null;
  const kinds = [...new Set(list.map(({ kind }) => kind))];
  return section(`${text('d.places')} · ${text('d.places.n', { n: list.length })}`,
    kinds.map((kind) => [h('h4', {}, text(`kind.${kind}`)),
      h('ul', { class: 'plain' }, list.filter((place) => place.kind === kind).map((place) => placeItem(place, context)))]).flat());
}

const PIN = 'M10 17.5C7 13.5 5 11 5 8a5 5 0 0 1 10 0c0 3-2 5.5-5 9.5zM10 6.2a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 1 0 0-3.6z';

/** @param {Feature} place @param {Context} context */
function placeItem(place, { text, lang, href }) {
  const name = nameOf(place, lang);
  const note = joinNotes(place.specialisation ? pick(place.specialisation.label_zh, place.specialisation.label_en, lang).text : '',
    place.geometry ? '' : text('n.nolocation'));
  return h('li', {}, h('a', { href: href(`/f/${place.id}`), 'data-select': place.id, lang: name.lang }, name.text),
    note ? h('small', { class: 'note' }, ` ${note}`) : null,
    place.geometry ? h('button', { type: 'button', class: 'pin', 'data-act': 'locate', 'data-id': place.id, 'aria-label': `${text('detail.show')}: ${name.text}` }, icon(PIN)) : null);
}

/** Facilities that the document, a name or other sources tie to an area or to one of its places. @param {Feature} area @param {Context} context */
function facilities(area, context) {
  const { text, model } = context;
  const list = model.facilitiesOf(area.id);
  return list.length ? section(`${text('d.facilities')} · ${text('d.facilities.n', { n: list.length })}`,
    h('ul', { class: 'plain' }, list.map((one) => link(one, context,
      joinNotes(text(one.area ? 'd.fac.named' : 'd.fac.within'), one.geometry ? '' : text('n.nolocation')))))) : null;
}

/** A link to the page of something, with a note. @param {Feature} feature @param {Context} context @param {string} note */
function link(feature, { lang, href }, note) {
  const name = nameOf(feature, lang);
  return h('li', {}, h('a', { href: href(`/f/${feature.id}`), lang: name.lang }, name.text), note ? h('small', { class: 'note' }, ` ${note}`) : null);
}

/** The tasks that settle the clause of an area, and the goals that give it a role. @param {Feature} area @param {Context} context */
function naming(area, context) {
  const { text, lang, model } = context;
  const tasks = model.tasks.filter(({ clause }) => clause && clause === area.clause)
    .map((task) => link(task, context, text('d.clause.no', { clause: area.clause ?? '' })));
  const goals = model.goals.flatMap((goal) => (goal.roles ?? []).filter((role) => role.area === area.id)
    .map((role) => link(goal, context, pick(role.role_zh, role.role_en, lang).text)));
  if (!tasks.length && !goals.length) return null;
  return section(text('d.names'), tasks.length ? [h('h4', {}, text('kind.task')), h('ul', { class: 'plain' }, tasks)] : null,
    goals.length ? [h('h4', {}, text('kind.goal')), h('ul', { class: 'plain' }, goals)] : null);
}

/** What the clause settles, in our own words. @param {Feature} feature @param {Context} context */
function clause(feature, { text, lang, model }) {
  const summary = model.taskOf(feature.clause);
  const words = pick(summary?.summary_zh, summary?.summary_en, lang);
  if (!words.text || !feature.clause) return null;
  return section(text('d.settles'), h('p', {}, word(words)), h('p', { class: 'note' }, text('d.clause.no', { clause: feature.clause })));
}

/** Clauses that name the theme or the district of an area, but not the area, with the tasks and scenarios in them. @param {Feature} area @param {Context} context */
function related(area, context) {
  const { text, lang, model } = context;
  const list = area.related_clauses ?? [];
  if (!list.length) return null;
  return section(text('d.related'), h('p', { class: 'quiet' }, text('d.related.note')),
    list.map(({ clause, topic_zh, topic_en }) => [
      h('h4', {}, h('span', { class: 'clause' }, clause), ' ', word(pick(topic_zh, topic_en, lang))),
      h('ul', { class: 'plain' },
        model.tasks.filter((one) => one.clause === clause).map((one) => link(one, context, text('kind.task'))),
        model.scenarios.filter((one) => one.clause === clause).map((one) => link(one, context, text('kind.scenario')))),
    ]).flat());
}

/** @param {Feature} area @param {Context} context */
const notes = (area, { text, lang }) =>
  area.notes?.length ? section(text('d.notes'), area.notes.map(({ zh, en }) => h('p', {}, word(pick(zh, en, lang))))) : null;

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
