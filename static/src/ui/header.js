/**
 * The tools of the header: figures, language, appearance, search on narrow screens.
 * @module ui/header
 */
import { saveChoice } from './choices.js';
import { on } from './dom.js';

const MODES = ['', 'light', 'dark'];

/**
 * @param {HTMLElement} el
 * @param {{ text: import('../text/index.js').Text, langHref: () => string, mode: string,
 *   onMode: (mode: string) => void, onSearch: () => void,
 *   onView: (view: import('../state.js').ViewName) => void, show: (message: string) => void, flush: () => void }} deps
 */
export function createHeader(el, { text, langHref, mode, onMode, onSearch, onView, show, flush }) {
  let chosen = mode;
  /** @param {string} name */
  const tool = (name) => /** @type {HTMLElement | null} */ (el.querySelector(`[data-act=${name}]`));
  const modeTool = tool('mode');

  function label() {
    const name = text(`mode.${chosen || 'auto'}`);
    modeTool?.setAttribute('aria-label', `${text('mode.label')}: ${name}`);
    if (modeTool) modeTool.title = name;
  }

  function nextMode() {
    chosen = MODES[(MODES.indexOf(chosen) + 1) % MODES.length];
    saveChoice('mode', chosen);
    label();
    show(text(`mode.${chosen || 'auto'}`));
    onMode(chosen);
  }

  /** @param {MouseEvent} event */
  function language(event) {
    flush();
    const link = /** @type {HTMLAnchorElement} */ (event.currentTarget);
    link.href = langHref();
    saveChoice('lang', link.hreflang);
  }

  const menu = /** @type {HTMLDetailsElement | null} */ (el.querySelector('.menu'));
  /** @param {MouseEvent} event */
  function figure(event) {
    const link = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest('[data-view]')) : null;
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (menu) menu.open = false;
    onView(/** @type {import('../state.js').ViewName} */ (link.dataset.view));
  }

  /** @param {Event} event */
  const fold = (event) => {
    if (menu?.open && !menu.contains(/** @type {Node | null} */ (event.target))) menu.open = false;
  };
  /** @param {KeyboardEvent} event */
  const escape = (event) => {
    if (event.key !== 'Escape' || !menu?.open) return;
    event.preventDefault();
    menu.open = false;
    menu.querySelector('summary')?.focus();
  };

  /** @param {string} name @param {(event: any) => void} handler */
  const listen = (name, handler) => {
    const element = tool(name);
    return element ? on(element, 'click', handler) : () => {};
  };
  const ends = [
    listen('mode', nextMode), listen('search', onSearch), listen('lang', language), on(el, 'click', figure), on(el, 'keydown', escape), on(document, 'pointerdown', fold), on(document, 'focusin', fold),
  ];
  label();
  return { destroy: () => ends.forEach((end) => end()) };
}
