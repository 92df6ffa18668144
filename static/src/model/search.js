/**
 * Search over names, ids, clauses, AI+ directions, fields and industries: Chinese in either script, pinyin,
 * initials, English. All of it happens here; nothing is sent anywhere.
 * @module model/search
 */

/** @typedef {import('./types.js').Label} Label */
/** @typedef {import('./types.js').Feature} Feature */
/** @typedef {import('./index.js').Model} Model */
/** @typedef {'areas' | 'places' | 'units' | 'tasks'} Group */
/** @typedef {{ group: Group, feature: Feature, score: number }} Hit */

/** @typedef {{ group: Group, feature: Feature, ids: string[], texts: string[], also: string[], named: string, all: string, syllables: string[][] }} Entry */

const MOST = 8;
const LONGEST = 40;

/** Compares as typed: lower case, full-width letters as plain ones, no spaces. @param {string} text */
export const fold = (text) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

/** Folds a text of AI+ directions, which people type with and without the plus. @param {string} text */
const joined = (text) => fold(text).replaceAll('+', '');

/** Keeps the spaces, to look for single words. @param {(string | undefined)[]} texts */
const spaced = (texts) => texts.join(' ').normalize('NFKC').toLowerCase();

/** The labels that a feature has under a key. @param {Feature} feature @param {string} key @returns {Label[]} */
function labelsOf(feature, key) {
  const value = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (feature))[key];
  return Array.isArray(value) ? value.filter((one) => typeof one?.zh === 'string') : [];
}

/** @param {Group} group @param {Feature} feature @param {Model} model @returns {Entry} */
function entryOf(group, feature, model) {
  const names = [feature.name_zh, feature.short_zh, feature.full_zh, feature.name_en, feature.short_en, feature.full_en];
  const directions = [...(feature.specialisations ?? []), ...(feature.specialisation ? [feature.specialisation] : [])];
  const words = ['fields', 'industries', 'functions', 'carriers', 'examples', 'topics'].flatMap((key) => labelsOf(feature, key));
  const more = [
    ...directions.flatMap(({ code, label_zh, label_en }) => [code, label_zh, label_en]),
    ...words.flatMap(({ zh, en }) => [zh, en]), feature.kind_zh, feature.summary_zh, feature.summary_en,
  ];
  return {
    group,
    feature,
    ids: [feature.id, feature.clause ?? ''].map(fold),
    texts: names.map((name) => fold(name ?? '')).filter(Boolean),
    also: more.map((name) => joined(name ?? '')).filter(Boolean),
    named: spaced(names),
    all: spaced([...names, ...more]),
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

/** How well an entry fits, 0 not at all. @param {Entry} entry @param {string} typed @param {string[]} words the same between spaces */
function score({ ids, texts, also, named, all, syllables }, typed, words) {
  if (ids.includes(typed)) return 100;
  if (texts.some((text) => text.startsWith(typed))) return 90;
  if (/^[a-z0-9]+$/.test(typed) && typed.length > 1) {
    if (spells(syllables, typed)) return 80;
    if (typed.length > 2 && syllables.some((_, start) => start > 0 && spells(syllables, typed, start))) return 60;
  }
  if (texts.some((text) => text.includes(typed))) return 70;
  if (ids.some((id) => id.startsWith(typed))) return 50;
  const bare = joined(typed);
  if (bare && also.some((text) => text.includes(bare))) return 40;
  if (words.length < 2) return 0;
  if (words.every((word) => named.includes(word))) return 35;
  return words.every((word) => all.includes(word)) ? 30 : 0;
}

/** Makes the search. @param {Model} model */
export function createSearch(model) {
  /** @type {[Group, Feature[]][]} */
  const groups = [['areas', model.areas], ['places', model.places], ['units', model.units], ['tasks', [...model.tasks, ...model.scenarios, ...model.goals]]];
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
    const words = model.simplified(spaced([query]).slice(0, LONGEST)).split(/\s+/).filter(Boolean);
    const hits = entries.map((entry) => ({ group: entry.group, feature: entry.feature, score: score(entry, typed, words) }))
      .filter((hit) => hit.score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, MOST);
    const best = new Map(order.map((group) => [group, Math.max(0, ...hits.filter((hit) => hit.group === group).map((hit) => hit.score))]));
    return hits.sort((a, b) =>
      Number(best.get(b.group)) - Number(best.get(a.group)) || order.indexOf(a.group) - order.indexOf(b.group) || b.score - a.score);
  };
}
