/**
 * The map of a layout. It shows a state and reports what the reader does; it keeps no state of the
 * page and knows no address, no filter and no panel but for the room they leave.
 * @module map
 */
import { inTurns } from '../turns.js';
import { createAreas } from './areas.js';
import { drawBase } from './base.js';
import { createControls } from './controls.js';
import { FEW } from './crowd.js';
import { createExtents } from './extents.js';
import { createFeatures } from './features.js';
import { createHint } from './hint.js';
import { knownOf } from './known.js';
import { createLinks } from './links.js';
import { createMargin } from './margin.js';
import { createMeasure } from './measure.js';
import { createOverlay } from './overlay.js';
import { createLeaflet, fitBounds, toLatLng } from './panes.js';
import { createPicking } from './pick.js';
import { createPin } from './pin.js';
import { compose } from './scene.js';
import { changes } from './state.js';
import { html } from './svg.js';
import { isOut } from './symbols.js';
import { ZOOM, nameOf } from './words.js';

/** @typedef {import('./types.js').Deps} Deps */
/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').View} View */
/** @typedef {import('./types.js').Box} Box */

/** No single feature is shown larger than this: schematic outlines do not bear more. */
const ZOOM_FEATURE = 12;
const ZOOM_FIGURE = 13;
/** Milliseconds that labels may take at a time once the map is there: at the start others wait, later the reader does. */
const STINT = 20;
/** Discs are made this far beyond the edge of the map, as a part of its size: the arrow keys lead there. */
const BEYOND = 0.1;

/**
 * Makes the map in an element that is laid out already.
 * @param {HTMLElement} container
 * @param {Deps} deps
 */
export function createMap(container, deps) {
  const { model, text, safeArea, fitArea = safeArea, reducedMotion } = deps;
  const known = knownOf(model);
  const extents = createExtents(model);

  /** @type {State} */
  let state = {
    view: null,
    theme: 'role',
    visible: null,
    selected: null,
    hovered: null,
    links: false,
    near: null,
    picking: false,
    lang: deps.lang,
  };
  /** @type {import('./scene.js').Scene | null} */
  let scene = null;
  let frame = 0;
  /** Counts the refreshes, so that one knows when it is out of date. */
  let run = 0;
  let drawn = 0;
  /** The room that the panels left when the map came to rest. @type {Box} */
  let free = { x: 0, y: 0, w: 0, h: 0 };
  let near = false;

  const element = html('div', { class: 'pm-map', role: 'region', tabindex: '0', 'data-testid': 'map' });
  const controls = createControls({
    text,
    zoom: (step) => map.setZoom(map.getZoom() + step * 0.5),
    whole: deps.onWhole,
    pan: (x, y) => map.panBy([(x * map.getSize().x) / 4, (y * map.getSize().y) / 4], { animate: !reducedMotion }),
  });
  const margin = createMargin(deps);
  container.classList.add('pm-root');
  container.replaceChildren(controls.element, element, margin.element);

  const map = createLeaflet(element, { limits: extents.whole, reducedMotion });
  fitBounds(map, extents.layout, room(), { animate: false, maxZoom: ZOOM_FIGURE });
  const base = drawBase(map, model);
  element.classList.toggle('has-land', base.land);
  element.classList.toggle('is-many', model.areas.length > FEW);
  const links = createLinks(map, model);
  const hovers = window.matchMedia('(hover: hover)');
  const dragged = () => Boolean(/** @type {any} */ (map.dragging)?.moving());
  /** A finger does not hover: its name would stay behind. Nor does a hand that moves the map. @param {string | null} id */
  const onHover = (id) => hovers.matches && !dragged() && deps.onHover(id);
  const areas = createAreas(map, model, { ...deps, onHover });
  const overlay = createOverlay(map, onHover);
  const features = createFeatures(map, model, { ...deps, onHover, onFocus });
  const hint = createHint(map);
  const pin = createPin(map);
  const picking = createPicking(element, {
    text,
    room: bounds,
    unproject: ({ x, y }) => map.containerPointToLatLng([x, y]),
    dragged: () => Boolean(/** @type {any} */ (map.dragging)?.moved()),
    onPick: (at) => deps.onPick?.(at),
  });
  const measure = createMeasure();

  /** @returns {View} */
  const view = () => ({ lat: map.getCenter().lat, lon: map.getCenter().lng, zoom: map.getZoom() });
  const focus = () => extents.focus(Number(state.view?.replace('fig', '')));
  const linked = () => links.any && state.links;
  /** Says what holds for areas now. */
  function is() {
    const now = state;
    const only = focus();
    return {
      out: (/** @type {string} */ id) => isOut(now, id),
      quiet: (/** @type {string} */ id) => only !== null && only !== id,
    };
  }

  /** Returns what must stay free of what is fitted: what the page names, and the line at the foot of a narrow map. */
  function room() {
    const area = fitArea();
    return { ...area, bottom: area.bottom + margin.covers() };
  }

  /** Returns the room that the panels leave. @returns {Box} */
  function bounds() {
    const { top, right, bottom, left } = safeArea();
    const { x, y } = map.getSize();
    return { x: left + 6, y: top + 6, w: x - left - right - 12, h: y - top - bottom - 12 };
  }

  /** Returns what stands on the map besides the panels. @returns {Box[]} */
  function obstacles() {
    const origin = element.getBoundingClientRect();
    const own = [controls.element, margin.element].map((part) => part.getBoundingClientRect());
    return [
      ...own.map(({ x, y, width, height }) => ({ x: x - origin.x, y: y - origin.y, w: width, h: height })),
      ...(deps.obstacles?.() ?? []),
    ];
  }

  /** Returns the map and a strip round it, in which discs stand. @returns {Box} */
  function sight() {
    const { x, y } = map.getSize();
    return { x: -x * BEYOND, y: -y * BEYOND, w: x * (1 + 2 * BEYOND), h: y * (1 + 2 * BEYOND) };
  }

  /** @param {boolean} next */
  function setNear(next) {
    if (next === near) return;
    near = next;
    element.classList.toggle('is-near', near);
    deps.onNear?.(near);
  }

  /** Fits to the view and to the room what needs no composing. */
  function settle() {
    const safe = safeArea();
    for (const side of /** @type {const} */ (['right', 'bottom', 'left']))
      container.style.setProperty(`--safe-${side}`, `${safe[side]}px`);
    margin.move(view());
    controls.ends({ min: map.getZoom() <= map.getMinZoom(), max: map.getZoom() >= map.getMaxZoom() });
    setNear(map.getZoom() >= ZOOM.near);
    free = bounds();
  }

  /**
   * Sets the labels anew, in several turns; called when the map has come to rest. It ends when the map moves
   * meanwhile, or when it is called again.
   */
  function refresh() {
    stop();
    const mine = run;
    return inTurns(refreshing(), () => mine === run, drawn ? STINT : 0);
  }

  function* refreshing() {
    settle();
    yield;
    const now = yield* compose({
      model,
      state,
      measure,
      focus: focus(),
      zoom: map.getZoom(),
      bounds: free,
      obstacles: obstacles(),
      sight: sight(),
      pinned: [state.selected, features.active()].flatMap((id) => id ?? []),
      project: (position) => map.latLngToContainerPoint(toLatLng(position)),
    });
    yield;
    overlay.draw(now);
    scene = now;
    yield;
    features.move(now.buttons);
    picking.move();
    showHint();
    element.dataset.drawn = String((drawn += 1));
  }

  function stop() {
    cancelAnimationFrame(frame);
    run += 1;
  }

  function showHint() {
    overlay.mute(state.hovered);
    const feature = known.feature(state.hovered);
    const position = feature && known.anchor(feature);
    if (!feature || !position || isOut(state, feature.id)) {
      features.visit(null);
      return hint.show(null, free);
    }
    const disc = scene?.buttons.find(({ id }) => id === feature.id);
    const { x, y } = map.latLngToContainerPoint(toLatLng(position));
    features.visit(known.order(feature.id) < 0 ? null : feature.id, { x, y });
    const at = { x: x + (disc?.d.x ?? 0), y: y + (disc?.d.y ?? 0) };
    const label = scene?.labels.find(({ id }) => id === feature.id)?.box;
    return hint.show({ name: nameOf(feature, state.lang, false), lang: state.lang, at, label }, free);
  }

  const later = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => void refresh());
  };

  /** Names the focused feature and brings it into the room that the panels leave. @param {string | null} id */
  function onFocus(id) {
    deps.onHover(id);
    if (id) reveal(id);
  }

  /** Moves the map no further than needed for a feature to lie in the room that the panels leave. @param {string} id */
  function reveal(id) {
    const feature = known.feature(id);
    const position = feature && known.anchor(feature);
    if (!position) return;
    const { top, right, bottom, left } = room();
    map.panInside(toLatLng(position), {
      paddingTopLeft: [left + 40, top + 40],
      paddingBottomRight: [right + 40, bottom + 40],
      animate: !reducedMotion,
    });
  }

  function show() {
    if (state.mode) container.dataset.mode = state.mode;
    else delete container.dataset.mode;
    element.dataset.theme = state.theme;
    element.setAttribute('aria-label', text('map.label', { n: model.areas.length }));
    if (state.picking) element.setAttribute('aria-description', text('map.picking'));
    else element.removeAttribute('aria-description');
    areas.update(state, is());
    features.update(state, is());
    pin.update(state.near ?? null);
    picking.update(state.picking ?? false);
    links.show(linked());
    margin.update({ links: linked() });
    controls.update();
  }

  map.on('movestart zoomstart', stop);
  map.on('moveend zoomend resize', later);
  map.on('moveend', () => deps.onMove(view()));
  show();
  later();

  return {
    /** Shows a state; what is left out stays. @param {Partial<State>} next */
    setState(next) {
      const changed = changes(state, next);
      state = { ...state, ...next };
      if (changed.some((key) => key !== 'hovered')) {
        show();
        later();
      } else if (changed.length) {
        areas.hover(state.hovered);
        showHint();
      }
    },
    /**
     * Shows the whole layout, a feature or a figure in the room that the panels leave.
     * @param {'all' | string | number} target
     * @param {{ animate?: boolean }} [options]
     */
    fit(target, { animate = true } = {}) {
      const extent = extents.of(target);
      const maxZoom = typeof target === 'number' || target === 'all' ? ZOOM_FIGURE : ZOOM_FEATURE;
      if (extent) fitBounds(map, extent, room(), { animate: animate && !reducedMotion, maxZoom });
    },
    /** Returns the box that the panels leave to be seen. @returns {import('./geometry.js').Bounds} */
    bounds() {
      const { x, y, w, h } = bounds();
      const [a, b] = [map.containerPointToLatLng([x, y + h]), map.containerPointToLatLng([x + w, y])];
      return [a.lng, a.lat, b.lng, b.lat];
    },
    reveal,
    view,
    /** @param {View} to */
    setView: ({ lat, lon, zoom }) => void map.setView([lat, lon], zoom, { animate: false }),
    /** Must be called when the element or the panels have changed their size. */
    resize() {
      map.invalidateSize({ animate: false, pan: false });
      later();
    },
    focus: () => element.focus({ preventScroll: true }),
    destroy() {
      base.destroy();
      stop();
      areas.destroy();
      picking.destroy();
      map.remove();
      container.replaceChildren();
    },
  };
}
