/**
 * The core, the zone and the parks as shapes. Colours and widths are in map.css; here each shape gets
 * the classes that say what it is and what holds for it.
 * @module map/areas
 */
import L from 'leaflet';
import { polygonsOf } from './borders.js';
import { aiColour } from './icon.js';
import { toLatLng } from './panes.js';
import { svg } from './svg.js';

/** @typedef {import('./types.js').Feature} Feature */
/** @typedef {import('./types.js').State} State */

/** Returns the codes of an area, or "unstated". @param {Feature} area */
export const codesOf = ({ specialisations }) =>
  specialisations?.length ? specialisations.map(({ code }) => code) : ['unstated'];

/** Returns what fills an area in the theme by AI+. @param {Feature} area */
function aiFill(area) {
  if (area.kind !== 'park') return `var(--${area.kind})`;
  const codes = codesOf(area);
  if (codes[0] === 'unstated') return 'url(#pm-unstated)';
  return codes.length > 1 ? `url(#pm-mix-${codes.join('-')})` : aiColour(codes[0]);
}

/**
 * Makes a pattern of stripes at 45°.
 * @param {string} id
 * @param {number} size
 * @param {[colour: string, x: number, width: number][]} stripes
 */
function stripes(id, size, stripes) {
  const pattern = svg('pattern', {
    id,
    width: size,
    height: size,
    patternUnits: 'userSpaceOnUse',
    patternTransform: 'rotate(45)',
  });
  for (const [colour, x, width] of stripes) {
    const stripe = svg('rect', { x, width, height: size });
    stripe.style.fill = colour;
    pattern.append(stripe);
  }
  return pattern;
}

/** Makes the patterns that the areas need. @param {Feature[]} areas */
function patterns(areas) {
  const mixed = new Map(areas.map((area) => [codesOf(area).join('-'), codesOf(area)]));
  const defs = [...mixed]
    .filter(([, codes]) => codes.length > 1)
    .map(([key, codes]) =>
      stripes(
        `pm-mix-${key}`,
        9 * codes.length,
        codes.map((code, i) => [aiColour(code), 9 * i, 9]),
      ),
    );
  const hatch = stripes('pm-unstated', 6, [['var(--ai-unstated)', 0, 1]]);
  const kinds = ['zone', 'park'].map((kind, i) => stripes(`pm-kind-${kind}`, 5 + 4 * i, [[`var(--${kind})`, 0, 1.5]]));
  return svg('defs', {}, hatch, ...kinds, ...defs);
}

/** @param {Feature} area @param {L.PolylineOptions} options */
function polygon(area, options) {
  return L.polygon(
    polygonsOf(area.geometry).map((rings) => rings.map((ring) => ring.map(toLatLng))),
    options,
  );
}

/**
 * Draws the areas. The larger kinds come first, so that a park inside the core stays in sight.
 * @param {L.Map} map
 * @param {Feature[]} areas
 * @param {{ onSelect: (id: string) => void, onHover: (id: string | null) => void }} on
 */
export function createAreas(map, areas, { onSelect, onHover }) {
  const renderer = L.svg({ pane: 'areas', padding: 0.5 });
  const picks = L.svg({ pane: 'pick', padding: 0.5 });
  const order = ['zone', 'core', 'park'];
  const sorted = [...areas].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const shapes = sorted
    .filter(({ geometry }) => polygonsOf(geometry).length)
    .map((area) => {
      const quality = area.outline ?? 'schematic';
      const gap =
        area.kind === 'core' &&
        polygon(area, { pane: 'areas', renderer, className: 'pm-area-gap', interactive: false, fill: false }).addTo(
          map,
        );
      const shape = polygon(area, {
        pane: 'areas',
        renderer,
        className: `pm-area kind-${area.kind} q-${quality}`,
        bubblingMouseEvents: true,
      });
      shape
        .on({ click: () => onSelect(area.id), mouseover: () => onHover(area.id), mouseout: () => onHover(null) })
        .addTo(map);
      const inner =
        quality === 'surveyed' &&
        polygon(area, { pane: 'areas', renderer, className: 'pm-area-inner', interactive: false, fill: false }).addTo(
          map,
        );
      return {
        area,
        parts: [shape, inner, gap].flatMap((part) => (part ? [/** @type {SVGPathElement} */ (part.getElement())] : [])),
      };
    });
  const root = shapes[0]?.parts[0].ownerSVGElement;
  root?.prepend(patterns(areas));
  /** @type {L.Polygon[]} */
  let picked = [];
  let pickedId = '';

  /** @param {Feature | undefined} area */
  const pick = (area) => {
    if (pickedId === (area?.id ?? '')) return;
    pickedId = area?.id ?? '';
    picked.forEach((shape) => shape.remove());
    picked = area
      ? ['pm-casing', `pm-picked q-${area.outline ?? 'schematic'}`].map((className) =>
          polygon(area, { pane: 'pick', renderer: picks, className, interactive: false, fill: false }).addTo(map),
        )
      : [];
  };

  return {
    /**
     * Shows a state.
     * @param {State} state
     * @param {{ out: (id: string) => boolean, quiet: (id: string) => boolean }} is
     */
    update(state, { out, quiet }) {
      for (const { area, parts } of shapes) {
        for (const path of parts) {
          path.classList.toggle('is-out', out(area.id));
          path.classList.toggle('is-quiet', quiet(area.id));
          path.classList.toggle('is-hovered', area.id === state.hovered);
        }
        const code = codesOf(area)[0];
        const ai = state.theme === 'ai';
        const colour = ai && area.kind === 'park' ? aiColour(code) : `var(--${area.kind})`;
        parts[0].style.setProperty('--c', colour);
        parts[0].style.setProperty('--fill', ai ? aiFill(area) : colour);
        parts[0].classList.toggle('is-hatched', ai && area.kind === 'park' && code === 'unstated');
      }
      pick(sorted.find(({ id }) => id === state.selected));
    },
  };
}
