/**
 * The tools of the header: language, appearance, search on narrow screens, copying the link.
 * @module ui/header
 */
import { saveChoice } from './choices.js';
import { h, on } from './dom.js';

const MODES = ['', 'light', 'dark'];

/** Copies a text; false when the browser refuses. @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {HTMLElement} el
 * @param {{ text: import('../text/index.js').Text, langHref: () => string, mode: string, onMode: (mode: string) => void,
 *   onSearch: () => void, show: (message: string) => void, flush: () => void }} deps
 */
export function createHeader(el, { text, langHref, mode, onMode, onSearch, show, flush }) {
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

  async function share() {
    flush();
    if (await copy(window.location.href)) return show(text('copy.ok'));
    offerText(window.location.href);
    show(text('copy.fail'));
  }

  /** Shows the link selected, for browsers that refuse to copy. @param {string} value */
  function offerText(value) {
    const field = h('input', { class: 'copy-text', readonly: true, value, 'aria-label': text('copy.text') });
    tool('share')?.after(field);
    field.select();
    field.addEventListener('blur', () => field.remove(), { once: true });
  }

  /** @param {MouseEvent} event */
  function language(event) {
    flush();
    const link = /** @type {HTMLAnchorElement} */ (event.currentTarget);
    link.href = langHref();
    saveChoice('lang', link.hreflang);
  }

  /** @param {string} name @param {(event: any) => void} handler */
  const listen = (name, handler) => {
    const element = tool(name);
    return element ? on(element, 'click', handler) : () => {};
  };
  const ends = [listen('mode', nextMode), listen('share', share), listen('search', onSearch), listen('lang', language)];
  label();
  return { destroy: () => ends.forEach((end) => end()) };
}
