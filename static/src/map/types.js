/**
 * The shapes that the modules of the map share. Positions are longitude, latitude in degrees; screen
 * points are pixels from the top left corner of the map.
 * @module map/types
 */

/** @typedef {'zh' | 'en'} Lang */
/** @typedef {'role' | 'ai'} Theme */
/** @typedef {{ top: number, right: number, bottom: number, left: number }} Insets */
/** @typedef {{ x: number, y: number }} Pt */
/** @typedef {{ x: number, y: number, w: number, h: number }} Box the top left corner and the size */
/** @typedef {{ lat: number, lon: number, zoom: number }} View */
/** @typedef {{ code: string, basis: string, label_zh?: string, label_en?: string }} Specialisation */

/**
 * One feature with its attributes, as the model of the page hands it out.
 * @typedef {object} Feature
 * @property {string} id
 * @property {string} kind
 * @property {string} name_zh
 * @property {string} [name_en]
 * @property {string} [short_zh]
 * @property {string} [short_en]
 * @property {number} [number]
 * @property {string} [parent]
 * @property {string} [outline] schematic, digitised or surveyed
 * @property {Specialisation[]} [specialisations] of areas; none is "not stated"
 * @property {{ zh: string, en?: string }[]} [fields] that the document names besides directions
 * @property {Specialisation} [specialisation] of places
 * @property {GeoJSON.Geometry | null} [geometry]
 * @property {number[] | null} [label_point]
 */

/**
 * The layout, as far as the map needs it.
 * @typedef {object} Model
 * @property {{ figures?: { no: number, focus?: string }[] }} document
 * @property {Feature[]} areas
 * @property {Feature[]} places
 * @property {Feature[]} districts
 * @property {Feature[]} context
 */

/** @typedef {(key: string, params?: Record<string, string | number>) => string} Text */

/**
 * What the map is given once.
 * @typedef {object} Deps
 * @property {Model} model
 * @property {Text} text looks a phrase up in the language of the page
 * @property {Lang} lang
 * @property {boolean} reducedMotion
 * @property {() => Insets} safeArea what the panels cover at each side, in pixels
 * @property {() => Insets} [fitArea] what must stay free of a fitted extent at each side; left out: safeArea
 * @property {() => Box[]} [obstacles] further boxes that no label may touch, in pixels of the map
 * @property {string} [review] the map-review number; empty says that there is none
 * @property {string} [sources] the line that names the sources
 * @property {(id: string | null) => void} onSelect
 * @property {(id: string | null) => void} onHover
 * @property {(view: View) => void} onMove
 * @property {(at: [lon: number, lat: number] | null) => void} [onPick] the position that the reader has picked, CRS84 degrees; null when given up
 * @property {() => void} onWhole called when the reader asks for all of it
 * @property {(near: boolean) => void} [onNear] called when the map comes close enough for icons and places, or leaves
 */

/**
 * What the map shows.
 * @typedef {object} State
 * @property {'fig1' | 'fig2' | 'fig3' | null} view
 * @property {Theme} theme
 * @property {Set<string> | null} visible ids that pass the filter; null is all
 * @property {string | null} selected
 * @property {string | null} hovered
 * @property {boolean} links
 * @property {[lon: number, lat: number] | null} [near] where distances are counted from: a pin
 * @property {string} [nearName] what stands beside the pin, in the language of the page
 * @property {boolean} [picking] the reader points at a position instead of selecting
 * @property {Lang} lang
 * @property {'light' | 'dark'} [mode] left out: as the page
 */

/**
 * A line of a label.
 * @typedef {object} Line
 * @property {string} text
 * @property {string} style the class that sets its font
 * @property {number} size font size in pixels
 * @property {Lang} lang
 */

/** @typedef {(text: string, style: string, size: number) => number} Measure width in pixels */

export {};
