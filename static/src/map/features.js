/**
 * The discs: one real button for each area, with a name, one tab stop and arrow keys.
 * @module map/features
 */
import L from 'leaflet';
import { middle } from './discs.js';
import { anchorOf } from './geometry.js';
import { aiColour } from './icon.js';
import { codesOf } from './areas.js';
import { nearestIn } from './nearest.js';
import { toLatLng } from './panes.js';
import { spoken } from './spoken.js';
import { html } from './svg.js';

/** @typedef {import('./types.js').Feature} Feature */
/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').Text} Text */
/** @typedef {import('./scene.js').Button} Button */

/** Returns what the disc of an area says. @param {Feature} area @param {Text} text @param {Feature[]} areas */
function markOf(area, text, areas) {
  if (area.kind === 'park') return String(area.number ?? area.id);
  const several = areas.filter(({ kind }) => kind === area.kind).length > 1;
  return `${text(`disc.${area.kind}`)}${several ? (area.number ?? '') : ''}`;
}

/**
 * Makes the buttons.
 * @param {L.Map} map
 * @param {Feature[]} areas
 * @param {object} deps
 * @param {Text} deps.text
 * @param {(id: string) => void} deps.onSelect
 * @param {(id: string | null) => void} deps.onHover
 * @param {(id: string | null) => void} deps.onFocus called for focus by keyboard
 */
export function createFeatures(map, areas, { text, onSelect, onHover, onFocus }) {
  /** @type {Button[]} */
  let places = [];
  let stop = '';

  const discs = areas.flatMap((area) => {
    const position = anchorOf(area);
    if (!position) return [];
    const disc = html('span', { class: 'pm-disc' });
    const button = html(
      'button',
      { type: 'button', class: `pm-feature kind-${area.kind}`, 'data-testid': `feature-${area.id}`, tabindex: '-1' },
      disc,
    );
    const code = codesOf(area)[0];
    button.style.setProperty('--ai', aiColour(code));
    button.classList.toggle('is-unstated', area.kind === 'park' && code === 'unstated');
    button.addEventListener('click', () => onSelect(area.id));
    button.addEventListener('mouseenter', () => onHover(area.id));
    button.addEventListener('mouseleave', () => onHover(null));
    button.addEventListener('focus', () => {
      stop = area.id;
      setStop();
      if (button.matches(':focus-visible')) onFocus(area.id);
    });
    button.addEventListener('blur', () => onFocus(null));
    button.addEventListener('keydown', (event) => onKey(event, area.id));
    const icon = L.divIcon({ className: 'pm-anchor', html: button, iconSize: [0, 0] });
    L.marker(toLatLng(position), { icon, pane: 'discs', keyboard: false, interactive: false }).addTo(map);
    return [{ area, button, disc }];
  });

  const shown = () => discs.filter(({ button }) => !button.disabled);
  const setStop = () => {
    const ids = shown().map(({ area }) => area.id);
    if (!ids.includes(stop)) stop = ids[0] ?? '';
    for (const { area, button } of discs) button.tabIndex = area.id === stop ? 0 : -1;
  };
  /** @param {string} id */
  const focus = (id) => discs.find(({ area }) => area.id === id)?.button.focus({ preventScroll: true });

  /** @param {KeyboardEvent} event @param {string} id */
  const onKey = (event, id) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const ids = shown().map(({ area }) => area.id);
    let to = null;
    if (event.key.startsWith('Arrow')) {
      const points = places
        .filter((place) => ids.includes(place.id))
        .map((place) => ({ id: place.id, at: middle(place) }));
      to = nearestIn(points, id, /** @type {import('./nearest.js').Arrow} */ (event.key)) ?? id;
    }
    if (event.key === 'Home') to = ids[0];
    if (event.key === 'End') to = ids[ids.length - 1];
    if (event.key === 'Escape') map.getContainer().focus({ preventScroll: true });
    if (!to && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (to) focus(to);
  };

  return {
    focus: () => focus(stop),
    /** Moves the buttons to where a scene has them. @param {Button[]} buttons */
    move(buttons) {
      places = buttons;
      for (const { id, d, target } of buttons) {
        const style = discs.find(({ area }) => area.id === id)?.button.style;
        style?.setProperty('--dx', `${d.x}px`);
        style?.setProperty('--dy', `${d.y}px`);
        style?.setProperty('--target', `${target}px`);
      }
    },
    /**
     * Shows a state.
     * @param {State} state
     * @param {{ out: (id: string) => boolean, quiet: (id: string) => boolean }} is
     */
    update(state, { out, quiet }) {
      for (const { area, button, disc } of discs) {
        disc.textContent = markOf(area, text, areas);
        button.setAttribute('aria-label', spoken(area, state, text));
        button.disabled = out(area.id);
        button.ariaHidden = out(area.id) ? 'true' : null;
        button.classList.toggle('is-quiet', quiet(area.id));
        button.classList.toggle('is-selected', area.id === state.selected);
        if (area.id === state.selected) button.setAttribute('aria-current', 'true');
        else button.removeAttribute('aria-current');
      }
      if (state.selected && !discs.some(({ button }) => button === document.activeElement)) stop = state.selected;
      setStop();
    },
  };
}
