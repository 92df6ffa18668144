/**
 * What a printed map has in its margin: scale, north, review number, sources and the note on links.
 * @module map/margin
 */
import { shape } from './icon.js';
import { scaleBar } from './scale.js';
import { html, svg } from './svg.js';

/** @typedef {import('./types.js').Text} Text */

const BAR_MAX = 120;
/** On a narrow map. */
const BAR_SHORT = 72;
const NARROW = '(max-width: 899.98px)';
const GAP = 8;
const PARTS = 4;

/** Returns a length in words. @param {number} metres */
const lengthText = (metres) => (metres >= 1000 ? `${metres / 1000} km` : `${metres} m`);

/** Draws the bar, half its parts filled. @param {number} px @param {number} metres */
function bar(px, metres) {
  const drawing = svg('svg', {
    class: 'pm-scale',
    width: px + 48,
    height: 24,
    role: 'img',
    'aria-label': lengthText(metres),
  });
  const part = px / PARTS;
  for (let i = 0; i < PARTS; i++) {
    drawing.append(
      svg('rect', { class: i % 2 ? 'is-empty' : 'is-full', x: 4.5 + i * part, y: 16.5, width: part, height: 4 }),
    );
  }
  const labels = [
    [0, '0'],
    [px / 2, String(metres >= 1000 ? metres / 2000 : metres / 2)],
    [px, lengthText(metres)],
  ];
  for (const [x, text] of px < 90 ? [labels[0], labels[2]] : labels) {
    drawing.append(svg('text', { x: 4.5 + Number(x), y: 12, 'text-anchor': 'middle' }, String(text)));
  }
  return drawing;
}

/**
 * Makes the margin.
 * @param {{ text: Text, review?: string, sources?: string }} deps
 */
export function createMargin({ text, review, sources = '' }) {
  const scale = html('div', { class: 'pm-margin-scale' });
  const north = svg(
    'svg',
    { class: 'pm-north', width: 26, height: 34, viewBox: '0 0 26 34', role: 'img' },
    shape('north', { transform: 'translate(1 12)' }),
    svg('text', { x: 13, y: 10, 'text-anchor': 'middle' }, 'N'),
  );
  const note = html('p', { class: 'pm-note' });
  const words = html('span');
  note.append(
    svg(
      'svg',
      { width: 28, height: 8, 'aria-hidden': 'true' },
      svg('line', { class: 'pm-link', x1: 2, y1: 4, x2: 26, y2: 4 }),
    ),
    words,
  );
  const number = html('span');
  const source = html('span', /\p{Script=Han}/u.test(sources) ? { lang: 'zh-CN' } : {});
  const lines = html('p', { class: 'pm-sources' }, number, source);
  const element = html(
    'div',
    { class: 'pm-margin' },
    html('div', { class: 'pm-margin-row' }, north, scale, note),
    lines,
  );
  const narrow = window.matchMedia(NARROW);
  let drawn = '';

  return {
    element,
    /** Writes the words in the language of the page. @param {{ links: boolean }} shown */
    update({ links }) {
      north.setAttribute('aria-label', text('map.north'));
      note.hidden = !links;
      words.textContent = text('map.links.note');
      number.textContent = review ? text('map.review', { no: review }) : text('map.noreview');
      source.textContent = sources;
    },
    /** How much of the foot of the map it takes from edge to edge, in pixels: on wide maps it stands in a corner. */
    covers: () => (narrow.matches ? element.offsetHeight + GAP : 0),
    /** Fits the bar to a view. @param {import('./types.js').View} view */
    move({ lat, zoom }) {
      const { px, metres } = scaleBar(lat, zoom, narrow.matches ? BAR_SHORT : BAR_MAX);
      const key = `${Math.round(px)} ${metres}`;
      if (key === drawn) return;
      drawn = key;
      scale.replaceChildren(bar(Math.round(px), metres));
    },
  };
}
