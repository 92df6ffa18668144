/**
 * Picking a position: while it lasts a click or Enter on the map names a position instead of selecting, and
 * Escape gives it up. For the keyboard the position is the middle of the room that the panels leave.
 * @module map/pick
 */
import { html, svg } from './svg.js';

/** @typedef {import('./types.js').Pt} Pt */
/** @typedef {import('./types.js').Box} Box */

/** Five decimals of a degree are about a metre. @param {number} degrees */
const round = (degrees) => Math.round(degrees * 1e5) / 1e5;

/**
 * Returns the position at a point as it is handed on: CRS84 degrees with five decimals.
 * @param {{ lng: number, lat: number }} at
 * @returns {[lon: number, lat: number]}
 */
export const positionOf = ({ lng, lat }) => [round(lng), round(lat)];

/** Returns the middle of a box. @param {Box} box @returns {Pt} */
export const centreOf = ({ x, y, w, h }) => ({ x: x + w / 2, y: y + h / 2 });

/** Makes the mark at the position that Enter would pick. */
function makeAim() {
  const lines = ['pm-aim-casing', ''].map((name) => svg('path', { class: name, d: 'M20 4v12M20 24v12M4 20h12M24 20h12' }));
  return svg('svg', { class: 'pm-aim', viewBox: '0 0 40 40', width: 40, height: 40, 'aria-hidden': 'true' }, ...lines);
}

/**
 * Watches the map for the position that the reader picks.
 * @param {HTMLElement} element of the map
 * @param {object} deps
 * @param {import('./types.js').Text} deps.text
 * @param {() => Box} deps.room what the panels leave free, in pixels of the map
 * @param {(point: Pt) => { lng: number, lat: number }} deps.unproject
 * @param {() => boolean} deps.dragged whether the last press has moved the map
 * @param {(at: [lon: number, lat: number] | null) => void} deps.onPick
 */
export function createPicking(element, { text, room, unproject, dragged, onPick }) {
  const aim = makeAim();
  const note = html('p', { class: 'pm-pick-note', role: 'status' });
  element.append(aim, note);
  let on = false;

  const pickCentre = () => onPick(positionOf(unproject(centreOf(room()))));

  /** A click without a place, as the keyboard makes one, picks the middle. @param {MouseEvent} event */
  function onClick(event) {
    if (!on) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.detail) return pickCentre();
    if (dragged()) return;
    const { left, top } = element.getBoundingClientRect();
    onPick(positionOf(unproject({ x: event.clientX - left, y: event.clientY - top })));
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const inMap = event.target instanceof Node && element.contains(event.target);
    if (!on || (event.key !== 'Escape' && !(event.key === 'Enter' && inMap))) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Enter') pickCentre();
    else onPick(null);
  }

  element.addEventListener('click', onClick, true);
  document.addEventListener('keydown', onKey, true);
  return {
    /** Begins or ends. @param {boolean} picking */
    update(picking) {
      if (picking === on) return;
      on = picking;
      element.classList.toggle('is-picking', on);
      note.replaceChildren(...(on ? [html('span', {}, text('map.picking'))] : []));
    },
    /** Must be called when the room has changed. */
    move() {
      const box = room();
      const { x, y } = centreOf(box);
      aim.style.transform = `translate(${Math.round(x - 20)}px, ${Math.round(y - 20)}px)`;
      note.style.left = `${box.x}px`;
      note.style.width = `${box.w}px`;
      note.style.top = `${box.y}px`;
    },
    destroy: () => document.removeEventListener('keydown', onKey, true),
  };
}
