/**
 * The switch between the two colourings of the map.
 * @module ui/theme
 */
import { on } from './dom.js';

/** @param {HTMLElement} el holds the radio buttons @param {{ onTheme: (theme: 'role' | 'ai') => void }} deps */
export function createTheme(el, { onTheme }) {
  const end = on(el, 'change', (event) => onTheme(event.target.value));
  return {
    /** @param {{ theme: string }} state */
    update({ theme }) {
      for (const radio of el.querySelectorAll('input')) radio.checked = radio.value === theme;
    },
    destroy: end,
  };
}
