/**
 * The layout in the browser: the features of the data pack with their indexes. Knows no DOM, no map
 * and no network. Positions are longitude, latitude in degrees (CRS84).
 * @module model
 */

/** @typedef {import('./types.js').Pack} Pack */
/** @typedef {import('./types.js').Feature} Feature */
/** @typedef {import('./types.js').Collection} Collection */

/** @type {Collection[]} */
const COLLECTIONS = [
  'areas', 'places', 'districts', 'context', 'facilities', 'units', 'scenarios', 'tasks', 'goals', 'organisations',
];

/** @typedef {ReturnType<typeof createModel>} Model */

/** Indexes a data pack. @param {Pack} pack */
export function createModel(pack) {
  /** @type {Map<string, Feature>} */
  const byId = new Map();
  /** @type {Map<string, Collection>} */
  const homes = new Map();
  /** @type {Map<string, string>} */
  const slugs = new Map();
  for (const name of COLLECTIONS) {
    for (const feature of pack[name] ?? []) {
      byId.set(feature.id, feature);
      homes.set(feature.id, name);
      if (feature.slug) slugs.set(feature.slug, feature.id);
    }
  }
  /** @param {Collection} home @returns {(id: string) => Feature | undefined} */
  const from = (home) => (id) => (homes.get(id) === home ? byId.get(id) : undefined);

  /** @type {Map<string, Feature[]>} */
  const within = new Map();
  for (const place of pack.places ?? []) {
    const own = within.get(place.parent ?? '');
    if (own) own.push(place);
    else within.set(place.parent ?? '', [place]);
  }
  const traditional = new Map((pack.traditional ?? '').match(/../gu)?.map((pair) => /** @type {[string, string]} */ ([...pair])));

  return {
    version: pack.version,
    publishedAt: pack.published_at,
    document: pack.document,
    areas: pack.areas,
    places: pack.places ?? [],
    districts: pack.districts ?? [],
    context: pack.context ?? [],
    units: pack.units ?? [],
    facilities: pack.facilities ?? [],
    tasks: pack.tasks ?? [],
    scenarios: pack.scenarios ?? [],
    goals: pack.goals ?? [],
    area: from('areas'),
    place: from('places'),
    unit: from('units'),
    /** The id that a name in an address stands for: ids and slugs. @param {string} name */
    idOf: (name) => (byId.has(name) ? name : slugs.get(name) ?? name),
    /** @param {string} id */
    feature: (id) => byId.get(id),
    /** @param {string} id */
    collectionOf: (id) => homes.get(id),
    /** The places within an area. @param {string} areaId */
    placesOf: (areaId) => within.get(areaId) ?? [],
    /** The facilities and projects of an area: those of its own and those of its places. @param {string} areaId */
    facilitiesOf(areaId) {
      const own = new Set([areaId, ...(within.get(areaId) ?? []).map(({ id }) => id)]);
      return (pack.facilities ?? []).filter(({ area, parent }) => own.has(area ?? '') || own.has(parent ?? ''));
    },
    /** The task that settles a clause. @param {string | undefined} clause */
    taskOf: (clause) => (clause ? (pack.tasks ?? []).find((task) => task.clause === clause) : undefined),
    /** How a name may be typed in pinyin, syllables between spaces. @param {string} id */
    pinyin: (id) => pack.pinyin?.[id] ?? '',
    /** Writes a text in the simplified characters that names are written in. @param {string} typed */
    simplified: (typed) => [...typed].map((letter) => traditional.get(letter) ?? letter).join(''),
    /** What may be selected: areas and places. @param {string} id */
    selectable: (id) => homes.get(id) === 'areas' || homes.get(id) === 'places',
  };
}
