/**
 * Keys of the page: single letters act only while the map has the focus, the slash leads to the search,
 * Escape takes back one step, and skip links go to what takes the focus behind their target.
 * @module ui/keys
 */
import { byId, isTyping, on } from './dom.js';

/** @typedef {import('../state.js').ViewName} ViewName */

/**
 * @param {HTMLElement} map
 * @param {{ figures: number[], onFigure: (view: ViewName) => void, onWhole: () => void, onLinks: () => void, onHelp: () => void, onSearch: () => void,
 *   onEscape: () => boolean, onTake: () => void, focusMap: () => void }} deps
 */
export function createKeys(map, { figures, onFigure, onWhole, onLinks, onHelp, onSearch, onEscape, onTake, focusMap }) {
  /** A key for the page: no shortcut of the browser, no letter of a text, nothing for a dialog. @param {KeyboardEvent} event */
  const plain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event)
    && !(event.target instanceof Element && event.target.closest('dialog'));

  /** @param {KeyboardEvent} event */
  function mapKey(event) {
    onTake();
    if (!plain(event)) return;
    if (figures.includes(Number(event.key))) onFigure(/** @type {ViewName} */ (`fig${event.key}`));
    else if (event.key === '0') onWhole();
    else if (event.key.toLowerCase() === 'l') onLinks();
    else if (event.key === '?') onHelp();
    else return;
    event.preventDefault();
  }

  /** @param {KeyboardEvent} event */
  function pageKey(event) {
    if (event.defaultPrevented || !plain(event)) return;
    if (event.key === '/') onSearch();
    else if (event.key !== 'Escape' || !onEscape()) return;
    event.preventDefault();
  }

  /** @param {MouseEvent} event */
  function skip(event) {
    const target = event.target instanceof Element && event.target.closest('.skip')?.getAttribute('href');
    if (!target) return;
    event.preventDefault();
    if (target === '#map') focusMap();
    else byId(target.slice(1)).focus();
  }

  const ends = [
    on(map, 'keydown', mapKey), on(map, 'pointerdown', onTake), on(map, 'wheel', onTake, { passive: true }),
    on(document, 'keydown', pageKey), on(document, 'click', skip),
  ];
  return { destroy: () => ends.forEach((end) => end()) };
}
