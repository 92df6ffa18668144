/**
 * Composes what stands above the shapes: discs, icons, symbols and names. Knows no DOM; projecting and
 * measuring are handed in.
 * @module map/scene
 */
import { choose } from './crowd.js';
import { middle, spread, targets } from './discs.js';
import { createGround } from './ground.js';
import { areaItems, groundItems, symbolItems } from './items.js';
import { knownOf } from './known.js';
import { createPage, placeAll, within } from './labels.js';
import { namesAlong } from './streams.js';
import { boxesOf, iconsOf, isOut, placesOf, pinOf, pointsOf } from './symbols.js';

/** @typedef {import('./types.js').Model} Model */
/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').Box} Box */
/** @typedef {import('./types.js').Pt} Pt */
/** @typedef {import('./types.js').Line} Line */
/** @typedef {import('./types.js').Measure} Measure */
/** @typedef {import('./labels.js').Placed} Placed */
/** @typedef {import('./discs.js').Disc & { target: number }} Button */
/** @typedef {Placed & { lines: Line[], tone: string }} Label */

/**
 * What a scene is made from.
 * @typedef {object} Setting
 * @property {Model} model
 * @property {State} state
 * @property {number} zoom
 * @property {string | null} focus the area that a figure shows alone
 * @property {(position: number[]) => Pt} project
 * @property {Measure} measure
 * @property {Box} bounds what the panels leave free
 * @property {Box[]} obstacles
 * @property {Box} [sight] what is in sight or nearly so; left out: everything is
 * @property {string[]} [pinned] ids of areas that have a disc however crowded the map is
 */

/** Returns the box round a point. @param {Pt} at @param {number} size @returns {Box} */
const square = ({ x, y }, size) => ({ x: x - size / 2, y: y - size / 2, w: size, h: size });

/** @typedef {{ buttons: Button[], symbols: import('./symbols.js').Symbol[], labels: Label[], streams: import('./streams.js').Stream[] }} Scene */

/**
 * Composes a scene, in steps between which others may have a turn.
 * @param {Setting} setting
 * @returns {Generator<undefined, Scene>}
 */
export function* compose(setting) {
  const { model, project, bounds, obstacles } = setting;
  const places = placesOf(setting);
  const pin = pinOf(setting);
  const buttons = buttonsOf(setting, [...places, ...pin].flatMap(boxesOf));
  const symbols = [...iconsOf(setting, buttons), ...places, ...pointsOf(setting), ...pin];
  yield;
  const ground = createGround(model, project, bounds);
  const page = createPage({
    bounds,
    obstacles: [...obstacles, ...buttons.map((disc) => square(middle(disc), 25)), ...symbols.flatMap(boxesOf)],
    busy: ground.busy,
    heavy: mainLinks(setting),
    covered: ground.covered,
  });
  const wanted = [...areaItems(setting, buttons, ground), ...symbolItems(setting, symbols), ...groundItems(setting)];
  yield;
  const inSight = wanted.filter(({ item: { at } }) => {
    const point = { ...at, w: 0, h: 0 };
    return within(point, bounds) && !obstacles.some((box) => within(point, box));
  });
  const placed = placeAll(
    inSight.map(({ item }) => item),
    page,
  );
  yield;
  /** @type {Label[]} */
  const labels = inSight.flatMap(({ item, lines, tone }) => {
    const spot = placed.get(item.id);
    return spot ? [{ ...spot, lines, tone }] : [];
  });
  return { buttons, symbols, labels, streams: namesAlong(setting, page, ground) };
}

/** Returns the lines between core and zones where the links are drawn: they are too heavy to be written across. @param {Setting} setting @returns {[Pt, Pt][]} */
function mainLinks({ model, state, project }) {
  const core = state.links ? model.areas.find(({ kind }) => kind === 'core') : undefined;
  const known = knownOf(model);
  const from = core && known.anchor(core);
  if (!from) return [];
  return model.areas.flatMap((area) => {
    const to = area.kind === 'zone' ? known.anchor(area) : null;
    return to ? [/** @type {[Pt, Pt]} */ ([project(from), project(to)])] : [];
  });
}

/** Chooses the discs, and stands them apart and off the places. @param {Setting} setting @param {Box[]} blocks @returns {Button[]} */
function buttonsOf({ model, state, project, sight, pinned = [] }, blocks) {
  const known = knownOf(model);
  const anchors = model.areas.flatMap((area) => {
    const position = known.anchor(area);
    if (!position) return [];
    const { id, kind } = area;
    return [{ id, at: project(position), pinned: pinned.includes(id), lead: kind !== 'park', out: isOut(state, id) }];
  });
  const discs = spread(choose(anchors, sight), blocks);
  const sides = targets(discs);
  return discs.map((disc, i) => ({ ...disc, target: sides[i] }));
}
