/**
 * The shapes of the data pack; property names are those of the API.
 * @module model/types
 */

/** @typedef {{ zh: string, en?: string }} Label */
/** @typedef {'areas' | 'places' | 'districts' | 'context' | 'facilities' | 'units' | 'scenarios' | 'tasks' | 'goals' | 'organisations'} Collection */

/**
 * @typedef {object} Specialisation
 * @property {string} code
 * @property {string} label_zh
 * @property {string} label_en
 * @property {string} basis stated or inferred
 * @property {string} [through] the place through which it is stated
 */

/**
 * A number that the document sets.
 * @typedef {object} Target
 * @property {string} metric_zh
 * @property {string} metric_en
 * @property {string} comparator >, >= or =
 * @property {number} value
 * @property {string} unit_zh
 * @property {string} unit_en
 * @property {number} year
 * @property {string} printed_zh as the document has it
 * @property {string} [clause]
 */

/**
 * What a source says lies on each side of an area.
 * @typedef {{ north?: string, east?: string, south?: string, west?: string, source: string }} Limits
 */

/**
 * A point known for an extended area; degrees in WGS 84.
 * @typedef {{ lon: number, lat: number, basis: string, basis_zh?: string, source?: string, position_error_m?: number, confidence?: string }} Centre
 */

/**
 * One feature: its properties, flat, with geometry and what is computed from it.
 * @typedef {object} Feature
 * @property {string} id
 * @property {string} [slug] a readable name for addresses
 * @property {string} kind
 * @property {string} name_zh
 * @property {string} [name_en]
 * @property {string} [short_zh]
 * @property {string} [short_en]
 * @property {number} [number]
 * @property {string} [parent]
 * @property {string} [clause]
 * @property {GeoJSON.Geometry | null} [geometry]
 * @property {number[] | null} [label_point] longitude, latitude
 * @property {number} [area_km2] of the geometry
 * @property {string} [outline] schematic, digitised or surveyed
 * @property {string} [size_basis] published or nominal
 * @property {number} [position_error_m]
 * @property {string} [source]
 * @property {Specialisation[]} [specialisations]
 * @property {Specialisation} [specialisation]
 * @property {Label[]} [fields]
 * @property {string} [kind_zh]
 * @property {{ clause: string, topic_zh: string, topic_en?: string }[]} [related_clauses]
 * @property {Target[]} [targets]
 * @property {string[]} [responsible_units]
 * @property {string} [responsibility] own or shared
 * @property {string[]} [district]
 * @property {string} [district_basis]
 * @property {string} [district_basis_zh]
 * @property {string} [position_basis]
 * @property {string} [position_basis_zh]
 * @property {string} [managing_body_en]
 * @property {string} [planned_area_meaning_zh]
 * @property {string} [role_zh]
 * @property {string} [role_en]
 * @property {string} [built_on_zh]
 * @property {string} [built_on_en]
 * @property {string} [managing_body_zh]
 * @property {string} [managing_body_source]
 * @property {Label[]} [industries]
 * @property {string} [industries_source]
 * @property {number} [planned_area_km2]
 * @property {string} [planned_area_meaning]
 * @property {string} [planned_area_source]
 * @property {number} [published_area_km2]
 * @property {string} [published_area_meaning]
 * @property {string} [published_area_meaning_zh]
 * @property {string} [published_area_source]
 * @property {number} [start_area_km2]
 * @property {string} [start_area_source]
 * @property {number} [host_area_km2] of something larger that holds it
 * @property {string} [host_area_meaning]
 * @property {string} [host_area_meaning_zh]
 * @property {string} [host_area_source]
 * @property {string} [host_area_confidence] high, medium or low, as the other confidences
 * @property {string} [planned_area_confidence]
 * @property {string} [district_confidence]
 * @property {string} [confidence] in the position
 * @property {string} [functional_area]
 * @property {string} [place_in_text_zh]
 * @property {string} [place_in_text_basis] stated or from-name
 * @property {Limits} [limits]
 * @property {Centre} [centre]
 * @property {Label[]} [breakthrough_fields]
 * @property {Label[]} [programmes]
 * @property {Label[]} [factors]
 * @property {string} [area] of a facility: the area that the document or the name ties it to
 * @property {{ area: string, role_zh: string, role_en: string }[]} [roles] of a goal
 * @property {string} [source_zh]
 * @property {Label[]} [notes]
 * @property {Label[]} [functions]
 * @property {string} [full_zh]
 * @property {string} [full_en]
 * @property {string} [level]
 * @property {string} [summary_zh]
 * @property {string} [summary_en]
 * @property {number} [version]
 * @property {string} [changed_at] ISO date and time
 */

/**
 * A map that the document names.
 * @typedef {object} Figure
 * @property {number} no
 * @property {string} title_zh
 * @property {string} title_en
 * @property {string} caption_zh
 * @property {string} caption_en
 * @property {string} clause
 * @property {string} [focus]
 */

/**
 * What the layout rests on.
 * @typedef {object} LayoutDocument
 * @property {string} name_zh
 * @property {string} name_en
 * @property {string} [number]
 * @property {string} [expires] ISO date
 * @property {number} [target_year]
 * @property {Figure[]} [figures]
 * @property {{ label_zh: string, label_en: string, parent: string }[]} [unplaced_clusters] named for an area without a place
 * @property {{ id: string, what_zh: string, what_en: string, detail_zh: string, detail_en: string, concerns?: string[] }[]} [inconsistencies]
 */

/**
 * @typedef {object} PackHead
 * @property {number} version
 * @property {string} published_at
 * @property {LayoutDocument} document
 * @property {Feature[]} areas
 * @property {Record<string, string>} [pinyin] by id: syllables of the name between spaces
 * @property {string} [traditional] pairs of a traditional character and the simplified one that names here have
 */

/** @typedef {PackHead & Partial<Record<Collection, Feature[]>>} Pack */

export {};
