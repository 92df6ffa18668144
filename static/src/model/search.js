/**
 * Search over names, ids, clauses and AI+ directions: Chinese in either
 * script, pinyin, initials, English. All of it
 * happens here; nothing is sent anywhere.
 * @module model/search
 */

/** @typedef {import('./types.js').Feature} Feature */
/** @typedef {import('./index.js').Model} Model */
/** @typedef {'areas' | 'places' | 'units' | 'tasks'} Group */
/** @typedef {{ group: Group, feature: Feature, score: number }} Hit */

/** @typedef {{ group: Group, feature: Feature, ids: string[], texts: string[], also: string[], syllables: string[][] }} Entry */

const MOST = 8;
const LONGEST = 40;

/** Compares as typed: lower case, full-width letters as plain ones, no spaces. @param {string} text */
export const fold = (text) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

/** @param {Group} group @param {Feature} feature @param {Model} model @returns {Entry} */
function entryOf(group, feature, model) {
  const names = [feature.name_zh, feature.short_zh, feature.full_zh, feature.name_en, feature.short_en, feature.full_en];
  const directions = [...(feature.specialisations ?? []), ...(feature.specialisation ? [feature.specialisation] : [])];
  const more = [
    ...directions.flatMap(({ code, label_zh, label_en }) => [code, label_zh, label_en, `ai+${label_zh}`]),
    ...(feature.fields ?? []).flatMap(({ zh, en }) => [zh, en]), feature.summary_zh, feature.summary_en,
  ];
  return {
    group,
    feature,
    ids: [feature.id, feature.clause ?? ''].map(fold),
    texts: names.map((name) => fold(name ?? '')).filter(Boolean),
    also: more.map((name) => fold(name ?? '')).filter(Boolean),
    syllables: model.pinyin(feature.id).split(' ').filter(Boolean).map((readings) => readings.split('/')),
  };
}

/**
 * Says whether letters spell a name from one of its characters on: whole syllables, initials, or both
 * mixed; the last syllable may be unfinished.
 * @param {string[][]} syllables readings of each character
 * @param {string} typed
 * @param {number} start
 */
export function spells(syllables, typed, start = 0) {
  let ends = new Set([0]);
  for (const readings of syllables.slice(start)) {
    const next = new Set();
    for (const end of ends) {
      for (const reading of readings) {
        if (reading.startsWith(typed.slice(end))) return true;
        if (typed.startsWith(reading, end)) next.add(end + reading.length);
        if (typed[end] === reading[0]) next.add(end + 1);
      }
    }
    if (next.has(typed.length)) return true;
    if (!next.size) return false;
    ends = next;
  }
  return false;
}

/** How well an entry fits, 0 not at all. @param {Entry} entry @param {string} typed */
function score({ ids, texts, also, syllables }, typed) {
  if (ids.includes(typed)) return 100;
  if (texts.some((text) => text.startsWith(typed))) return 90;
  if (/^[a-z0-9]+$/.test(typed) && typed.length > 1) {
    if (spells(syllables, typed)) return 80;
    if (typed.length > 2 && syllables.some((_, start) => start > 0 && spells(syllables, typed, start))) return 60;
  }
  if (texts.some((text) => text.includes(typed))) return 70;
  if (ids.some((id) => id.startsWith(typed))) return 50;
  return also.some((text) => text.includes(typed)) ? 40 : 0;
}

/** Makes the search. @param {Model} model */
export function createSearch(model) {
  /** @type {[Group, Feature[]][]} */
  const groups = [['areas', model.areas], ['places', model.places], ['units', model.units], ['tasks', model.tasks]];
  const entries = groups.flatMap(([group, features]) => features.map((feature) => entryOf(group, feature, model)));
  const order = groups.map(([group]) => group);

  /**
   * Returns the best hits, grouped; within a group the best come first.
   * @param {string} query
   * @returns {Hit[]}
   */
  return function find(query) {
    const typed = model.simplified(fold(query).slice(0, LONGEST));
    if (!typed) return [];
    const hits = entries.map((entry) => ({ group: entry.group, feature: entry.feature, score: score(entry, typed) }))
      .filter((hit) => hit.score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, MOST);
    const best = new Map(order.map((group) => [group, Math.max(0, ...hits.filter((hit) => hit.group === group).map((hit) => hit.score))]));
    return hits.sort((a, b) =>
      Number(best.get(b.group)) - Number(best.get(a.group)) || order.indexOf(a.group) - order.indexOf(b.group) || b.score - a.score);
  };
}
