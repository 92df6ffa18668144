/**
 * What buttons and links do wherever they stand on the page: those whose data-act has a deed.
 * @module ui/acts
 */
import { on } from './dom.js';

/** @param {Record<string, (element: HTMLElement) => void>} deeds by act; a link is followed after its deed */
export function createActs(deeds) {
  const end = on(document, 'click', (event) => {
    const element = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest('[data-act]')) : null;
    if (element) deeds[element.dataset.act ?? '']?.(element);
  });
  return { destroy: end };
}
