/**
 * Search over names, ids, clauses, AI+ directions, fields, industries and our summaries: Chinese in either
 * script, pinyin, initials, English. All of it happens here; nothing is sent anywhere.
 * @module model/search
 */

/** @typedef {import('./types.js').Label} Label */
/** @typedef {import('./types.js').Feature} Feature */
/** @typedef {import('./index.js').Model} Model */
/** @typedef {'areas' | 'places' | 'units' | 'tasks' | 'facilities'} Group */
/** @typedef {{ text: string, start: number, end: number }} Match a text and the part of it that was found, in UTF-16 units */
/** @typedef {{ group: Group, feature: Feature, score: number, match: Match | null }} Hit match is null where words lie apart */

/** @typedef {{ raw: string, plain: string }} Written a text as it is and as it is compared */
/** @typedef {{ group: Group, feature: Feature, ids: Written[], names: Written[], also: Written[], named: string, all: string, syllables: string[][] }} Entry */

const MOST = 8;
/** No group takes more than this of them while others wait. */
const SHARE = 4;
const LONGEST = 40;
/** What leads to an area is a match of names or of words, not of single letters in a long text. */
const LEAST = 2;

/** Compares as typed: lower case, full-width letters as plain ones, no spaces. @param {string} text */
export const fold = (text) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

/** Folds a text of AI+ directions, which people type with and without the plus. @param {string} text */
const joined = (text) => fold(text).replaceAll('+', '');

/** Keeps the spaces, to look for single words. @param {(string | undefined)[]} texts */
const spaced = (texts) => texts.join(' ').normalize('NFKC').toLowerCase();

/** @param {(string | undefined)[]} texts @param {(text: string) => string} plain @returns {Written[]} */
const written = (texts, plain) => texts.flatMap((raw) => (raw ? [{ raw, plain: plain(raw) }] : []));

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
    ...directions.flatMap(({ code, label_zh, label_en }) => [label_zh, label_en, code]),
    ...words.flatMap(({ zh, en }) => [zh, en]), feature.kind_zh, feature.summary_zh, feature.summary_en,
  ];
  return {
    group,
    feature,
    ids: written([feature.id, feature.clause], fold),
    names: written([...new Set(names)], fold),
    also: written(more, joined),
    named: spaced(names),
    all: spaced([...names, ...more]),
    syllables: model.pinyin(feature.id).split(' ').filter(Boolean).map((readings) => readings.split('/')),
  };
}

/**
 * Tells how far letters spell a name from one of its characters on: whole syllables, initials, or both mixed; the
 * last syllable may be unfinished.
 * @param {string[][]} syllables readings of each character
 * @param {string} typed
 * @param {number} start
 * @returns {number} the character behind the last one that is spelled, 0 where the letters spell something else
 */
export function spells(syllables, typed, start = 0) {
  let ends = new Set([0]);
  for (let at = start; at < syllables.length; at += 1) {
    const next = new Set();
    for (const end of ends) {
      for (const reading of syllables[at]) {
        if (reading.startsWith(typed.slice(end))) return at + 1;
        if (typed.startsWith(reading, end)) next.add(end + reading.length);
        if (typed[end] === reading[0]) next.add(end + 1);
      }
    }
    if (next.has(typed.length)) return at + 1;
    if (!next.size) return 0;
    ends = next;
  }
  return 0;
}

/**
 * Finds in a text the part that some characters of its folded form stand for.
 * @param {string} raw
 * @param {(text: string) => string} plain folds a character
 * @param {(folded: string[]) => [number, number] | null} where from which folded character to before which
 * @returns {Match | null}
 */
function partOf(raw, plain, where) {
  /** @type {string[]} */
  const folded = [];
  /** @type {[number, number][]} */
  const spans = [];
  let at = 0;
  for (const letter of raw) {
    for (const one of plain(letter)) {
      folded.push(one);
      spans.push([at, at + letter.length]);
    }
    at += letter.length;
  }
  const found = where(folded);
  return found && spans[found[1] - 1] ? { text: raw, start: spans[found[0]][0], end: spans[found[1] - 1][1] } : null;
}

/** @param {Written | undefined} text @param {string} typed @param {(text: string) => string} plain */
const partTyped = (text, typed, plain) => text ? partOf(text.raw, plain, (folded) => {
  const whole = folded.join('');
  const at = [...whole.slice(0, whole.indexOf(typed))].length;
  return whole.includes(typed) ? [at, at + [...typed].length] : null;
}) : null;

/** Finds pinyin in a name: from its first character on, or with three letters from any. @param {Entry} entry @param {string} typed @returns {{ score: number, match: Match | null } | null} */
function spelled({ syllables, names }, typed) {
  if (!/^[a-z0-9]+$/.test(typed) || typed.length < 2) return null;
  const starts = typed.length > 2 ? syllables.length : Math.min(1, syllables.length);
  for (let start = 0; start < starts; start += 1) {
    const end = spells(syllables, typed, start);
    if (end) return { score: start ? 60 : 80, match: names[0] ? partOf(names[0].raw, fold, () => [start, end]) : null };
  }
  return null;
}

/** How well an entry fits and where; null not at all. @param {Entry} entry @param {string} typed @param {string[]} words the same between spaces @returns {{ score: number, match: Match | null } | null} */
function fit(entry, typed, words) {
  const { ids, names, also, named, all } = entry;
  /** @param {number} score @param {Written | undefined} text @param {string} [what] @param {(text: string) => string} [plain] */
  const hit = (score, text, what = typed, plain = fold) => (text ? { score, match: partTyped(text, what, plain) } : null);
  const bare = joined(typed);
  const spoken = spelled(entry, typed);
  return hit(100, ids.find(({ plain }) => plain === typed))
    ?? hit(90, names.find(({ plain }) => plain.startsWith(typed)))
    ?? (spoken?.score === 80 ? spoken : null)
    ?? hit(70, names.find(({ plain }) => plain.includes(typed)))
    ?? spoken
    ?? hit(50, ids.find(({ plain }) => plain.startsWith(typed)))
    ?? (bare ? hit(40, also.find(({ plain }) => plain.includes(bare)), bare, joined) : null)
    ?? (words.length > 1 && words.every((word) => named.includes(word)) ? { score: 35, match: null } : null)
    ?? (words.length > 1 && words.every((word) => all.includes(word)) ? { score: 30, match: null } : null);
}

/** Groups are ordered by kinds of matches: the whole id or clause, the name, anything else. @param {number} score */
const rank = (score) => (score >= 100 ? 3 : score >= 60 ? 2 : 1);

/** The first of sorted hits, so many of each group that other groups are not crowded out. @param {Hit[]} hits */
function choice(hits) {
  /** @type {Map<Group, number>} */
  const taken = new Map();
  const fair = hits.filter(({ group }) => {
    taken.set(group, (taken.get(group) ?? 0) + 1);
    return Number(taken.get(group)) <= SHARE;
  });
  return [...new Set([...fair, ...hits])].slice(0, MOST);
}

/** The areas that a feature leads to. @param {Hit} hit @param {Model} model @returns {string[]} */
function areasOf({ group, feature }, model) {
  if (group === 'areas') return [feature.id];
  if (group === 'units') return model.areas.filter(({ responsible_units }) => responsible_units?.includes(feature.id)).map(({ id }) => id);
  const holder = feature.area ?? feature.parent ?? '';
  return [model.place(holder)?.parent ?? holder].filter((id) => model.area(id));
}

/** Makes the search. What it looks through is prepared when it is first asked. @param {Model} model */
export function createSearch(model) {
  /** @type {[Group, Feature[]][]} */
  const groups = [
    ['areas', model.areas], ['places', model.places], ['units', model.units],
    ['tasks', [...model.tasks, ...model.scenarios, ...model.goals]], ['facilities', model.facilities],
  ];
  const order = groups.map(([group]) => group);
  /** @type {Entry[] | undefined} */
  let entries;

  /** All hits. @param {string} query @returns {Hit[]} */
  function all(query) {
    const typed = model.simplified(fold(query).slice(0, LONGEST));
    if (!typed) return [];
    const words = model.simplified(spaced([query]).slice(0, LONGEST)).split(/\s+/).filter(Boolean);
    entries ??= groups.flatMap(([group, features]) => features.map((feature) => entryOf(group, feature, model)));
    return entries.flatMap((entry) => {
      const found = fit(entry, typed, words);
      return found ? [{ group: entry.group, feature: entry.feature, ...found }] : [];
    });
  }

  return {
    /**
     * Returns the best hits, grouped; groups that fit equally well keep their order, and within a group the best come first.
     * @param {string} query
     * @returns {Hit[]}
     */
    find(query) {
      const hits = choice(all(query).sort((a, b) => b.score - a.score));
      const best = new Map(order.map((group) => [group, Math.max(0, ...hits.filter((hit) => hit.group === group).map(({ score }) => rank(score)))]));
      return hits.sort((a, b) =>
        Number(best.get(b.group)) - Number(best.get(a.group)) || order.indexOf(a.group) - order.indexOf(b.group) || b.score - a.score);
    },
    /** Returns the areas that a text leads to: by themselves, by a place or facility in them, by a responsible unit. @param {string} query */
    areas(query) {
      return new Set(fold(query).length < LEAST && !/\p{Script=Han}/u.test(query) ? [] : all(query).flatMap((hit) => areasOf(hit, model)));
    },
  };
}
