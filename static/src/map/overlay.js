/**
 * Draws a scene: symbols, names, leaders and stems, as one SVG above the shapes. Nodes that stay the
 * same are kept and only moved.
 * @module map/overlay
 */
import L from 'leaflet';
import { middle } from './discs.js';
import { aiBadge, shape } from './icon.js';
import { svg } from './svg.js';
import { STYLES, lineHeight } from './words.js';

/** @typedef {import('./scene.js').Scene} Scene */
/** @typedef {import('./scene.js').Label} Label */
/** @typedef {import('./symbols.js').Symbol} Symbol */
/** @typedef {import('./streams.js').Stream} Stream */
/** @typedef {{ key: string, x: number, y: number, draw: () => SVGElement }} Mark */

/** Rounds to half a pixel, so that equal drawings get equal keys. @param {number} n */
const half = (n) => Math.round(n * 2) / 2;

/**
 * Makes a text in a style.
 * @param {{ text: string, style: string, size: number, lang: string }} line
 * @param {Record<string, string | number>} attributes
 */
function words({ text, style, size, lang }, attributes) {
  const { weight, space } = STYLES[style];
  const font = { 'font-size': size, 'font-weight': weight, 'letter-spacing': space * size };
  return svg(
    'text',
    { class: `pm-t-${style.split('-')[0]}`, lang: lang === 'zh' ? 'zh-CN' : 'en', ...font, ...attributes },
    text,
  );
}

/** Returns at which end the lines of a label are aligned. @param {Label} label @returns {'start' | 'middle' | 'end'} */
function alignment({ mode, box, leader }) {
  if (mode === 'right') return 'start';
  if (mode === 'left') return 'end';
  if (leader && leader[1].x <= box.x) return 'start';
  return leader && leader[1].x >= box.x + box.w ? 'end' : 'middle';
}

/** @param {Label} label @returns {Mark} */
function labelMark(label) {
  const { id, lines, box, tone, mode } = label;
  const anchor = alignment(label);
  const x = anchor === 'start' ? 0 : anchor === 'end' ? box.w : box.w / 2;
  const draw = () => {
    const group = svg('g', {
      class: `pm-label tone-${tone} ${mode === 'inside' ? 'is-inside' : ''}`,
      'data-label': id,
    });
    let y = 0;
    for (const line of lines) {
      group.append(words(line, { x, y: y + lineHeight(line) / 2 + line.size * 0.36, 'text-anchor': anchor }));
      y += lineHeight(line);
    }
    return group;
  };
  return {
    key: `label ${id} ${tone} ${mode} ${anchor} ${box.w} ${JSON.stringify(lines)}`,
    x: half(box.x),
    y: half(box.y),
    draw,
  };
}

/**
 * A line from a symbol to what belongs to it.
 * @param {import('./types.js').Pt} from
 * @param {import('./types.js').Pt} to
 * @param {string} className
 * @returns {Mark}
 */
function lineMark(from, to, className) {
  const [x2, y2] = [half(to.x - from.x), half(to.y - from.y)];
  return {
    key: `line ${className} ${x2} ${y2}`,
    x: half(from.x),
    y: half(from.y),
    draw: () => svg('line', { class: className, x2, y2 }),
  };
}

/** @param {Symbol} symbol @returns {Mark} */
function symbolMark({ id, at, shape: form, icons, size, selected }) {
  const draw = () => {
    const group = svg('g', { class: `pm-symbol is-${form}`, 'data-id': id });
    if (selected) group.append(svg('rect', { class: 'is-selected', x: -6.5, y: -6.5, width: 13, height: 13 }));
    if (form === 'square') group.append(svg('rect', { x: -3.5, y: -3.5, width: 7, height: 7 }));
    if (form === 'plane') group.append(shape('plane', { transform: 'rotate(45) translate(-8 -8) scale(.667)' }));
    if (form === 'dot' && !icons.length) group.append(svg('circle', { r: 2.5 }));
    const first = form === 'square' ? 8 + size / 2 : 0;
    icons.forEach(({ code, basis }, i) => {
      const badge = aiBadge(code, basis, size);
      badge.setAttribute('transform', `translate(${first + i * (size + 2)} 0)`);
      group.append(badge);
    });
    return group;
  };
  return { key: `symbol ${id} ${icons.length} ${selected ?? false}`, x: half(at.x), y: half(at.y), draw };
}

/** @param {Stream} stream @returns {Mark} */
function streamMark({ glyphs, style, size, lang }) {
  const [{ x, y }] = glyphs;
  const lean = style === 'water' ? ' skewX(12)' : '';
  const parts = glyphs.map((glyph) => ({
    ...glyph,
    place: `translate(${half(glyph.x - x)} ${half(glyph.y - y)}) rotate(${Math.round(glyph.angle)})${lean}`,
  }));
  const draw = () =>
    svg(
      'g',
      { class: `pm-label tone-${style}` },
      ...parts.map(({ text, place }) =>
        words({ text, style, size, lang }, { transform: place, y: size * 0.36, 'text-anchor': 'middle' }),
      ),
    );
  return {
    key: `stream ${style} ${parts.map(({ text, place }) => text + place).join()}`,
    x: half(x),
    y: half(y),
    draw,
  };
}

/** Lists all marks of a scene, what lies below first. @param {Scene} scene @returns {Mark[]} */
function marksOf({ buttons, symbols, labels, streams }) {
  return [
    ...buttons.filter(({ d }) => d.x || d.y).map((disc) => lineMark(disc.at, middle(disc), 'pm-stem')),
    ...labels.flatMap(({ leader }) => (leader ? [lineMark(leader[0], leader[1], 'pm-leader')] : [])),
    ...streams.map(streamMark),
    ...symbols.filter(({ shape }) => shape !== 'pin').map(symbolMark),
    ...labels.map(labelMark),
  ];
}

/**
 * Makes the drawing.
 * @param {L.Map} map
 * @param {(id: string | null) => void} onHover called for places, which have no button
 */
export function createOverlay(map, onHover) {
  const root = svg('svg', { class: 'pm-overlay leaflet-zoom-hide', 'aria-hidden': 'true' });
  /** @type {HTMLElement} */ (map.getPane('labels')).append(root);
  /** @type {Map<string, SVGElement>} */
  let known = new Map();
  /** @param {Event} event */
  const idAt = ({ target }) =>
    (target instanceof Element && target.closest('.is-square')?.getAttribute('data-id')) || null;
  root.addEventListener('mouseover', (event) => onHover(idAt(event)));
  root.addEventListener('mouseout', () => onHover(null));

  return {
    /** Draws a scene, whose points are pixels from the corner of the map. @param {Scene} scene */
    draw(scene) {
      const size = map.getSize();
      L.DomUtil.setPosition(/** @type {any} */ (root), map.containerPointToLayerPoint([0, 0]));
      root.setAttribute('width', String(size.x));
      root.setAttribute('height', String(size.y));
      const next = new Map();
      for (const { key, x, y, draw } of marksOf(scene)) {
        const unique = next.has(key) ? `${key} ${x} ${y}` : key;
        const node = known.get(unique) ?? draw();
        node.setAttribute('transform', `translate(${x} ${y})`);
        next.set(unique, node);
      }
      for (const [key, node] of known) if (!next.has(key)) node.remove();
      for (const node of next.values()) if (!node.isConnected) root.append(node);
      known = next;
    },
    /** Hides the name of a feature that is shown otherwise; null shows all again. @param {string | null} id */
    mute(id) {
      for (const node of root.querySelectorAll('.pm-label[data-label]'))
        node.classList.toggle('is-muted', node.getAttribute('data-label') === id);
    },
  };
}
