/**
 * The names that look for a place on the map, each with its rank. Knows no DOM.
 * @module map/items
 */
import { middle } from './discs.js';
import { anchorOf, positionsOf } from './geometry.js';
import { boxRound } from './ground.js';
import { knownOf } from './known.js';
import { ICON, PIN, isOut, reach } from './symbols.js';
import { LINE_MAX, ZOOM, areaLines, plainLines, sizeOf, wrap } from './words.js';

/** @typedef {import('./types.js').Feature} Feature */
/** @typedef {import('./types.js').Pt} Pt */
/** @typedef {import('./types.js').Line} Line */
/** @typedef {import('./labels.js').Item} Item */
/** @typedef {import('./scene.js').Setting} Setting */
/** @typedef {import('./scene.js').Button} Button */
/** @typedef {import('./symbols.js').Symbol} Symbol */
/** @typedef {ReturnType<typeof import('./ground.js').createGround>} Ground */
/** @typedef {{ item: Item, lines: Line[], tone: string }} Wanted */

const RANK = { core: 0, zone: 1, selected: 2, park: 3, place: 4, district: 5, quiet: 6, water: 7 };
/** @type {import('./labels.js').Mode[]} */
const ROUND = ['right', 'left', 'above', 'below'];

/**
 * The names of areas.
 * @param {Setting} setting
 * @param {Button[]} buttons
 * @param {Ground} ground
 * @returns {Wanted[]}
 */
export function areaItems({ model, state, zoom, focus, measure }, buttons, ground) {
  const known = knownOf(model);
  return buttons.flatMap((disc) => {
    const area = /** @type {Feature} */ (known.feature(disc.id));
    const selected = area.id === state.selected;
    if (isOut(state, area.id) || (focus && focus !== area.id && area.kind === 'park' && !selected)) return [];
    const lines = areaLines(area, { zoom, lang: state.lang, selected });
    if (!lines.length) return [];
    const park = area.kind === 'park';
    const at = middle(disc);
    const icons = park && zoom >= ZOOM.near && !focus ? Math.max(1, area.specialisations?.length ?? 0) : 0;
    const rank = park ? (selected ? RANK.selected : RANK.park) : area.kind === 'core' ? RANK.core : RANK.zone;
    const size = sizeOf(lines, measure);
    const solid = !park && zoom < ZOOM.near;
    const edge = !solid ? { left: 0, right: 0 } : ground.reach(area.id, at, size.h / 2);
    /** @type {Item} */
    const item = {
      id: area.id,
      rank,
      at,
      solid,
      r: 13,
      left: Math.max(13, edge.left),
      ...size,
      right: Math.max(icons ? 15 + icons * (ICON + 2) : 13, edge.right),
      modes: park ? [...ROUND, 'leader'] : ['inside', ...ROUND, 'leader'],
      fits: (box) => ground.holds(area.id, box),
    };
    return [{ item, lines, tone: park ? 'area' : area.kind }];
  });
}

/**
 * The names of places, airports and landmarks.
 * @param {Setting} setting
 * @param {Symbol[]} symbols
 * @returns {Wanted[]}
 */
export function symbolItems({ model, state, measure }, symbols) {
  return symbols.flatMap((symbol) => {
    if (symbol.shape === 'pin') return pinItem(symbol, state, measure);
    const place = symbol.shape === 'square';
    const feature = knownOf(model).feature(symbol.id);
    if (!feature) return [];
    const lines = plainLines(
      feature,
      symbol.id === state.selected ? 'pick' : place ? 'place' : 'quiet',
      12,
      state.lang,
    );
    const half = symbol.shape === 'plane' ? 8 : 5;
    const rank = symbol.id === state.selected ? RANK.selected : place ? RANK.place : RANK.quiet;
    /** @type {Item} */
    const item = {
      id: symbol.id,
      rank,
      at: symbol.at,
      r: half,
      left: half,
      right: reach(symbol),
      ...sizeOf(lines, measure),
      modes: place ? [...ROUND, 'leader'] : ROUND,
      shy: !place,
    };
    return [{ item, lines, tone: place ? 'place' : 'quiet' }];
  });
}

/**
 * The name of the reader's own position, beside the head of its pin.
 * @param {Symbol} symbol
 * @param {import('./types.js').State} state
 * @param {import('./types.js').Measure} measure
 * @returns {Wanted[]}
 */
function pinItem({ id, at }, { nearName, lang }, measure) {
  if (!nearName) return [];
  const lines = wrap(nearName, lang, LINE_MAX[lang]).map((text) => ({ text, style: 'pick', size: 13, lang }));
  const half = PIN.w / 2;
  const head = { x: at.x, y: at.y - PIN.h / 2 };
  const size = sizeOf(lines, measure);
  /** @type {Item} */
  const item = { id, rank: RANK.selected, at: head, r: PIN.h / 2, left: half, right: half, ...size, modes: [...ROUND, 'leader'] };
  return [{ item, lines, tone: 'area' }];
}

/**
 * The names of districts and functional areas, in their middle, and of lakes, beside them.
 * @param {Setting} setting
 * @returns {Wanted[]}
 */
export function groundItems({ model, state, zoom, project, measure }) {
  const size = zoom >= 10.5 ? 13 : 12;
  const titles = model.areas.filter(({ kind }) => kind !== 'park').map((area) => area.short_zh ?? area.name_zh);
  const functional = model.context.filter(
    ({ kind, name_zh }) =>
      kind === 'functional-area' && zoom >= 9.25 && !titles.some((title) => title.includes(name_zh)),
  );
  const lakes = model.context.filter(({ kind }) => kind === 'lake' && zoom >= 10);
  /**
   * @param {Feature} feature
   * @param {string} style
   * @param {number} fontSize
   * @param {Partial<Item> & { rank: number }} more
   * @returns {Wanted[]}
   */
  const wanted = (feature, style, fontSize, more) => {
    const position = anchorOf(feature);
    if (!position) return [];
    const lines = plainLines(feature, style, fontSize, state.lang);
    return [
      {
        item: {
          id: feature.id,
          at: project(position),
          r: 0,
          left: 0,
          right: 0,
          modes: ['centre'],
          ...sizeOf(lines, measure),
          ...more,
        },
        lines,
        tone: style,
      },
    ];
  };
  return [
    ...model.districts.flatMap((feature) =>
      wanted(feature, state.lang === 'zh' ? 'district' : 'district-en', size, { rank: RANK.district, shy: true }),
    ),
    ...functional.flatMap((feature) => wanted(feature, 'quiet', 12, { rank: RANK.quiet, shy: true })),
    ...lakes.flatMap((lake) => wanted(lake, 'water', 12, { rank: RANK.water, modes: ROUND, ...extent(lake, project) })),
  ];
}

/**
 * Returns how far a shape reaches from its middle.
 * @param {Feature} feature
 * @param {(position: number[]) => Pt} project
 */
function extent(feature, project) {
  const { w, h } = boxRound(positionsOf(feature.geometry).map(project));
  return { left: w / 2, right: w / 2, r: h / 2 };
}
