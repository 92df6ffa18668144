/**
 * The buttons of the map: zoom, whole extent, and panning without dragging.
 * @module map/controls
 */
import { html, svg } from './svg.js';

/** @typedef {import('./types.js').Text} Text */

const ARROW = 'M12 6 18 15H6Z';
/** @type {Record<string, string>} */
const SHAPES = {
  in: 'M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6Z',
  out: 'M5 11h14v2H5Z',
  whole: 'M4 9V4h5v2H6v3ZM15 4h5v5h-2V6h-3ZM4 15h2v3h3v2H4ZM18 15h2v5h-5v-2h3ZM10 10h4v4h-4Z',
  move: 'M12 2l3.5 4H13v5h5V8.5l4 3.5-4 3.5V13h-5v5h2.5L12 22l-3.5-4H11v-5H6v2.5L2 12l4-3.5V11h5V6H8.5Z',
  up: ARROW,
  down: ARROW,
  left: ARROW,
  right: ARROW,
};
const PAN = { up: [0, -1], left: [-1, 0], right: [1, 0], down: [0, 1] };

/** @param {string} name @param {() => void} onClick */
function button(name, onClick) {
  const icon = svg(
    'svg',
    { viewBox: '0 0 24 24', width: 20, height: 20, 'aria-hidden': 'true' },
    svg('path', { d: SHAPES[name], 'fill-rule': 'evenodd' }),
  );
  const element = html('button', { type: 'button', class: `pm-button is-${name}` }, icon);
  element.addEventListener('click', onClick);
  return element;
}

/**
 * Makes the buttons. They come before the map in the document, so that Tab leaves the map at once.
 * @param {object} deps
 * @param {Text} deps.text
 * @param {(delta: number) => void} deps.zoom
 * @param {() => void} deps.whole
 * @param {(x: number, y: number) => void} deps.pan in steps of a quarter of the map
 */
export function createControls({ text, zoom, whole, pan }) {
  const pad = html('div', { class: 'pm-pad', role: 'group' });
  const arrows = Object.entries(PAN).map(
    ([name, [x, y]]) => /** @type {const} */ ([name, button(name, () => pan(x, y))]),
  );
  pad.append(...arrows.map(([, element]) => element));
  pad.hidden = true;
  const move = button('move', () => {
    pad.hidden = !pad.hidden;
    move.setAttribute('aria-expanded', String(!pad.hidden));
  });
  move.setAttribute('aria-expanded', 'false');
  const main = [
    ['in', button('in', () => zoom(1))],
    ['out', button('out', () => zoom(-1))],
    ['whole', button('whole', whole)],
    ['move', move],
  ];
  const column = html('div', { class: 'pm-column' }, ...main.map(([, element]) => element));
  const element = html('div', { class: 'pm-controls', role: 'group' }, pad, column);

  return {
    element,
    /** Writes the names in the language of the page. */
    update() {
      element.setAttribute('aria-label', text('map.controls'));
      pad.setAttribute('aria-label', text('map.move'));
      for (const [name, element] of [...main, ...arrows]) {
        const label = text(`map.${name}`);
        if (typeof element === 'string') continue;
        element.setAttribute('aria-label', label);
        element.title = label;
      }
    },
    /** Says at which end of the zooms the map is. @param {{ min: boolean, max: boolean }} ends */
    ends({ min, max }) {
      for (const [name, off] of /** @type {const} */ ([
        ['in', max],
        ['out', min],
      ])) {
        const element = column.querySelector(`.is-${name}`);
        element?.setAttribute('aria-disabled', String(off));
      }
    },
  };
}
