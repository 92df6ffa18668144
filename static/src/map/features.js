/**
 * The discs: one real button for each area that has a disc in the scene, with a name, one tab stop and arrow
 * keys. Buttons come and go with the scene; the one with the focus stays.
 * @module map/features
 */
import L from 'leaflet';
import { middle } from './discs.js';
import { aiColour } from './icon.js';
import { codesOf } from './areas.js';
import { knownOf } from './known.js';
import { nearestIn } from './nearest.js';
import { toLatLng } from './panes.js';
import { spoken } from './spoken.js';
import { html } from './svg.js';

/** @typedef {import('./types.js').Model} Model */
/** @typedef {import('./types.js').Feature} Feature */
/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').Text} Text */
/** @typedef {import('./scene.js').Button} Button */
/** @typedef {{ area: Feature, button: HTMLButtonElement, disc: HTMLElement, marker: L.Marker, place: Button }} Entry */
/** @typedef {{ out: (id: string) => boolean, quiet: (id: string) => boolean }} Is */

/** Makes what says the marks of areas. @param {Feature[]} areas @param {Text} text @returns {(area: Feature) => string} */
function marks(areas, text) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { kind } of areas) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return (area) => {
    if (area.kind === 'park') return String(area.number ?? area.id);
    return `${text(`disc.${area.kind}`)}${Number(counts.get(area.kind)) > 1 ? (area.number ?? '') : ''}`;
  };
}

/** Sets an attribute that has changed. @param {Element} element @param {string} name @param {string | null} value */
function set(element, name, value) {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** Makes the button of an area. @param {Feature} area @param {string} mark @returns {Pick<Entry, 'button' | 'disc'>} */
function makeButton(area, mark) {
  const size = mark.length > 3 ? 'is-longest' : mark.length > 2 ? 'is-long' : '';
  const disc = html('span', { class: `pm-disc ${size}` }, mark);
  const button = html(
    'button',
    { type: 'button', class: `pm-feature kind-${area.kind}`, 'data-testid': `feature-${area.id}`, tabindex: '-1' },
    disc,
  );
  const code = codesOf(area)[0];
  button.style.setProperty('--ai', aiColour(code));
  button.classList.toggle('is-unstated', area.kind === 'park' && code === 'unstated');
  return { button, disc };
}

/**
 * Makes the buttons.
 * @param {L.Map} map
 * @param {Model} model
 * @param {object} deps
 * @param {Text} deps.text
 * @param {(id: string) => void} deps.onSelect
 * @param {(id: string | null) => void} deps.onHover
 * @param {(id: string | null) => void} deps.onFocus called for focus by keyboard
 */
export function createFeatures(map, model, { text, onSelect, onHover, onFocus }) {
  const known = knownOf(model);
  const markOf = marks(model.areas, text);
  /** @type {Map<string, Entry>} those that are on the map, in the order of the document */
  let entries = new Map();
  /** The button that a passing glance at an area without a disc shows. @type {string | null} */
  let guest = null;
  /** @type {State | null} */
  let shown = null;
  /** @type {Is} */
  let is = { out: () => false, quiet: () => false };
  let stop = '';

  const active = () => [...entries.values()].find(({ button }) => button === document.activeElement)?.area.id ?? null;
  const ids = () => [...entries.values()].filter(({ button }) => !button.disabled).map(({ area }) => area.id);

  function setStop() {
    const list = ids();
    if (shown?.selected && !active() && list.includes(shown.selected)) stop = shown.selected;
    if (!list.includes(stop)) stop = list[0] ?? '';
    for (const { area, button } of entries.values()) set(button, 'tabindex', area.id === stop ? '0' : '-1');
  }

  /** @param {string} id */
  const focus = (id) => entries.get(id)?.button.focus({ preventScroll: true });

  /** @param {KeyboardEvent} event @param {string} id */
  function onKey(event, id) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const list = ids();
    let to = null;
    if (event.key.startsWith('Arrow')) {
      const points = list.map((one) => ({ id: one, at: middle(/** @type {Entry} */ (entries.get(one)).place) }));
      to = nearestIn(points, id, /** @type {import('./nearest.js').Arrow} */ (event.key)) ?? id;
    }
    if (event.key === 'Home') to = list[0];
    if (event.key === 'End') to = list[list.length - 1];
    if (event.key === 'Escape') map.getContainer().focus({ preventScroll: true });
    if (!to && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (to) focus(to);
  }

  /** @param {HTMLButtonElement} button @param {string} id */
  function listen(button, id) {
    button.addEventListener('click', () => onSelect(id));
    button.addEventListener('mouseenter', () => onHover(id));
    button.addEventListener('mouseleave', () => onHover(null));
    button.addEventListener('focus', () => {
      stop = id;
      setStop();
      if (button.matches(':focus-visible')) onFocus(id);
    });
    button.addEventListener('blur', () => onFocus(null));
    button.addEventListener('keydown', (event) => onKey(event, id));
  }

  /** @param {Button} place @returns {Entry} */
  function add(place) {
    const area = /** @type {Feature} */ (known.feature(place.id));
    const { button, disc } = makeButton(area, markOf(area));
    listen(button, area.id);
    const icon = L.divIcon({ className: 'pm-anchor', html: button, iconSize: [0, 0] });
    const position = toLatLng(/** @type {number[]} */ (known.anchor(area)));
    const marker = L.marker(position, { icon, pane: 'discs', keyboard: false, interactive: false }).addTo(map);
    const entry = { area, button, disc, marker, place };
    if (shown) {
      name(entry, shown);
      mark(entry, shown);
    }
    return entry;
  }

  /** @param {Entry} entry @param {State} state */
  const name = ({ area, button }, state) => set(button, 'aria-label', spoken(area, state, text));

  /** Shows what holds for an area. @param {Entry} entry @param {State} state */
  function mark({ area: { id }, button }, state) {
    const out = is.out(id);
    if (button.disabled !== out) button.disabled = out;
    set(button, 'aria-hidden', out ? 'true' : null);
    button.classList.toggle('is-quiet', is.quiet(id));
    button.classList.toggle('is-selected', id === state.selected);
    set(button, 'aria-current', id === state.selected ? 'true' : null);
  }

  /** Adds buttons where the document has them, so that they are read in its order; the others stay where they are. @param {Button[]} places */
  function addAll(places) {
    const fresh = new Set(places.map(({ id }) => id));
    for (const place of places) entries.set(place.id, add(place));
    if (fresh.size) entries = new Map([...entries].sort(([a], [b]) => known.order(a) - known.order(b)));
    /** @type {HTMLElement | null} */
    let next = null;
    for (const [id, { marker }] of [...entries].reverse()) {
      const element = /** @type {HTMLElement} */ (marker.getElement());
      if (fresh.has(id)) element.parentElement?.insertBefore(element, next);
      next = element;
    }
  }

  /** @param {string} id */
  function drop(id) {
    entries.get(id)?.marker.remove();
    entries.delete(id);
  }

  /** @param {Entry} entry @param {Button} place */
  function stand(entry, place) {
    entry.place = place;
    entry.button.style.setProperty('--dx', `${place.d.x}px`);
    entry.button.style.setProperty('--dy', `${place.d.y}px`);
    entry.button.style.setProperty('--target', `${place.target}px`);
  }

  return {
    focus: () => focus(stop),
    /** The area whose button has the focus. */
    active,
    /** Shows the buttons of a scene where it has them. @param {Button[]} buttons */
    move(buttons) {
      const kept = new Set([...buttons.map(({ id }) => id), active()]);
      for (const id of [...entries.keys()]) if (!kept.has(id)) drop(id);
      guest = null;
      addAll(buttons.filter(({ id }) => !entries.has(id)));
      for (const place of buttons) stand(/** @type {Entry} */ (entries.get(place.id)), place);
      setStop();
    },
    /** Shows the disc of an area that has none while it is pointed at. @param {string | null} id @param {import('./types.js').Pt} [at] */
    visit(id, at) {
      if (guest && guest !== id && guest !== active()) drop(guest);
      if (guest !== id) guest = null;
      if (!id || !at || entries.has(id) || is.out(id)) return;
      guest = id;
      const place = { id, at, d: { x: 0, y: 0 }, target: 24 };
      addAll([place]);
      stand(/** @type {Entry} */ (entries.get(id)), place);
    },
    /** Shows a state. @param {State} state @param {Is} next */
    update(state, next) {
      const renamed = state.lang !== shown?.lang;
      is = next;
      shown = state;
      for (const entry of entries.values()) {
        if (renamed) name(entry, state);
        mark(entry, state);
      }
      setStop();
    },
  };
}
