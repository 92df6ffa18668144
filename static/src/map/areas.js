/**
 * The core, the zone and the parks as shapes. Colours and widths are in map.css; here each shape gets
 * the classes that say what it is and what holds for it.
 * @module map/areas
 */
import L from 'leaflet';
import { polygonsOf } from './borders.js';
import { inShares } from '../turns.js';
import { FEW } from './crowd.js';
import { aiColour } from './icon.js';
import { knownOf } from './known.js';
import { toLatLng } from './panes.js';
import { svg } from './svg.js';

/** @typedef {import('./types.js').Feature} Feature */
/** @typedef {import('./types.js').Model} Model */
/** @typedef {import('./types.js').State} State */
/** @typedef {{ out: (id: string) => boolean, quiet: (id: string) => boolean }} Is filtered out; not what the figure is about */
/** @typedef {{ parts: SVGPathElement[], width: number, out: boolean, quiet: boolean, speck: boolean, park: boolean }} Shape its paths, its greater extent in degrees, what they show, and whether it is a park */

/** Returns the codes of an area, or "unstated". @param {Feature} area */
export const codesOf = ({ specialisations }) =>
  specialisations?.length ? specialisations.map(({ code }) => code) : ['unstated'];

/** Returns what fills a park in the theme by AI+. @param {Feature} area */
function aiFill(area) {
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

/** Smaller shapes, in pixels, are dots: of their dashes nothing may be left. */
const SPECK = 3;

/** What Leaflet writes for a shape that is out of sight. */
const NOTHING = 'M0 0';

/**
 * Makes the shapes of an area: what is filled, and what lies above and below its outline.
 * @param {Feature} area
 * @param {L.Renderer} renderer
 * @param {boolean} speck
 */
function shapesOf(area, renderer, speck) {
  const quality = area.outline ?? 'schematic';
  const code = codesOf(area)[0];
  const more = `${area.kind === 'park' && code === 'unstated' ? 'is-hatched' : ''} ${speck ? 'is-speck' : ''}`;
  const options = { pane: 'areas', renderer };
  const plain = { ...options, interactive: false, fill: false };
  const main = polygon(area, {
    ...options,
    className: `pm-area kind-${area.kind} q-${quality} ${more}`,
    bubblingMouseEvents: true,
  });
  return {
    main,
    gap: area.kind === 'core' ? polygon(area, { ...plain, className: 'pm-area-gap' }) : null,
    inner: quality === 'surveyed' ? polygon(area, { ...plain, className: 'pm-area-inner' }) : null,
  };
}

/**
 * Draws the areas. The larger kinds come first, so that a park inside the core stays in sight. Of thousands
 * some are drawn at once and the others in the frames that follow.
 * @param {L.Map} map
 * @param {Model} model
 * @param {{ onSelect: (id: string) => void, onHover: (id: string | null) => void }} on
 */
export function createAreas(map, model, { onSelect, onHover }) {
  const renderer = L.svg({ pane: 'areas', padding: 0.5 });
  const picks = L.svg({ pane: 'pick', padding: 0.5 });
  const known = knownOf(model);
  const order = ['zone', 'core', 'park'];
  const waiting = model.areas
    .filter(({ geometry }) => polygonsOf(geometry).length)
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .reverse();
  /** @type {Map<string, Shape>} */
  const shapes = new Map();
  /** @type {{ state: State, is: Is } | null} */
  let shown = null;
  /** @type {L.Polygon[]} */
  let picked = [];
  let pickedId = '';
  let hoveredId = '';
  const many = model.areas.length > FEW;
  const ghost = svg('path', { class: 'pm-ghost' });
  let stale = false;

  /** @param {Feature} area */
  function add(area) {
    const [w, s, e, n] = known.box(area) ?? [0, 0, 0, 0];
    const width = Math.max(e - w, n - s);
    const speck = isSpeck(width);
    const { main, gap, inner } = shapesOf(area, renderer, speck);
    gap?.addTo(map);
    main.on({ click: () => onSelect(area.id), mouseover: () => onHover(area.id), mouseout: () => onHover(null) });
    main.addTo(map);
    inner?.addTo(map);
    const parts = [main, inner, gap].flatMap((part) => (part ? [/** @type {SVGPathElement} */ (part.getElement())] : []));
    if (area.kind === 'park') {
      parts[0].style.setProperty('--ai-c', aiColour(codesOf(area)[0]));
      parts[0].style.setProperty('--ai-f', aiFill(area));
    }
    const shape = { parts, width, out: false, quiet: false, speck, park: area.kind === 'park' };
    shapes.set(area.id, shape);
    if (shown) mark(area.id, shape, shown.is);
    if (area.id === hoveredId) light(area.id, true);
  }

  /** Shows what holds for an area, where it has changed. @param {string} id @param {Shape} shape @param {Is} is */
  function mark(id, shape, is) {
    const [out, quiet] = [is.out(id), is.quiet(id)];
    if (out !== shape.out) {
      if (many && shape.park) retire(shape, out);
      else for (const path of shape.parts) path.classList.toggle('is-out', out);
    }
    if (quiet !== shape.quiet) for (const path of shape.parts) path.classList.toggle('is-quiet', quiet);
    shape.out = out;
    shape.quiet = quiet;
  }

  /** Takes a shape out of the drawing, or back into it. @param {Shape} shape @param {boolean} out */
  function retire({ parts }, out) {
    if (out) parts.forEach((path) => path.remove());
    else ghost.before(...parts);
    stale = true;
  }

  /** Draws what is filtered out of thousands as one faded shape: each by itself would keep the reader waiting. */
  function haunt() {
    if (!many || !stale) return;
    stale = false;
    const outlines = [...shapes.values()].flatMap(({ out, park, parts }) => (out && park ? [parts[0].getAttribute('d') ?? ''] : []));
    ghost.setAttribute('d', outlines.filter((d) => d !== NOTHING).join(''));
  }

  /** @param {number} width in degrees */
  const isSpeck = (width) => (width / 360) * 256 * 2 ** map.getZoom() < SPECK;

  /** Shows a shape that is too small to be seen as a dot. @param {Shape} shape */
  function speckle(shape) {
    const speck = isSpeck(shape.width);
    if (speck !== shape.speck) shape.parts[0].classList.toggle('is-speck', speck);
    shape.speck = speck;
  }

  /** @param {string} id @param {boolean} on */
  const light = (id, on) => shapes.get(id)?.parts.forEach((path) => path.classList.toggle('is-hovered', on));

  /** @param {Feature | undefined} area */
  function pick(area) {
    if (pickedId === (area?.id ?? '')) return;
    pickedId = area?.id ?? '';
    picked.forEach((shape) => shape.remove());
    picked = area
      ? ['pm-casing', `pm-picked q-${area.outline ?? 'schematic'}`].map((className) =>
          polygon(area, { pane: 'pick', renderer: picks, className, interactive: false, fill: false }).addTo(map),
        )
      : [];
  }

  function addNext() {
    const next = waiting.pop();
    if (next) add(next);
    if (!waiting.length) haunt();
    return waiting.length > 0;
  }

  map.on('zoomend', () => shapes.forEach(speckle));
  map.on('zoomend moveend', () => {
    stale = true;
    haunt();
  });
  for (let i = 0; i < FEW; i += 1) addNext();
  const end = inShares(addNext);
  const [first] = shapes.values();
  first?.parts[0].ownerSVGElement?.prepend(patterns(model.areas));
  if (many) first?.parts[0].parentNode?.append(ghost);

  return {
    /** Shows a state. @param {State} state @param {Is} is */
    update(state, is) {
      shown = { state, is };
      for (const [id, shape] of shapes) mark(id, shape, is);
      haunt();
      this.hover(state.hovered);
      const area = known.feature(state.selected);
      pick(area && known.order(area.id) >= 0 ? area : undefined);
    },
    /** Shows that an area is pointed at. @param {string | null} id */
    hover(id) {
      if (hoveredId === (id ?? '')) return;
      light(hoveredId, false);
      hoveredId = id ?? '';
      light(hoveredId, true);
    },
    destroy: end,
  };
}
