/**
 * The sheet of narrow screens: list and detail rise from below the map in three stops. It is modal at
 * full height only. Raising it adds an entry to the history, so that Back lowers it again.
 * @module ui/sheet
 */
import { isTyping, on } from './dom.js';

/** @typedef {'peek' | 'half' | 'full'} Stop */

/** @type {Stop[]} */
const STOPS = ['peek', 'half', 'full'];
const DRAG_PX = 40;
const NARROW = '(max-width: 899.98px)';

/** @param {unknown} entry @returns {Stop | null} */
const stopOf = (entry) => {
  const stop = /** @type {{ stop?: Stop } | null} */ (entry)?.stop;
  return stop && STOPS.includes(stop) ? stop : null;
};

/**
 * @param {HTMLElement} root carries data-stop
 * @param {{ initial: Stop, sheet: HTMLElement, handle: HTMLElement, others: HTMLElement[], text: import('../text/index.js').Text,
 *   onStop: () => void, say: (message: string) => void }} deps
 */
export function createSheet(root, { initial, sheet, handle, others, text, onStop, say }) {
  const narrow = window.matchMedia(NARROW);
  /** @type {Stop} */
  let stop = 'peek';
  /** @type {number | null} */
  let from = null;
  let dragged = false;
  /** Where the sheet goes on when a step back in the history has been made. @type {Stop | null} */
  let goal = null;

  function apply() {
    root.dataset.stop = stop;
    const modal = narrow.matches && stop === 'full';
    for (const other of others) other.inert = modal;
    if (modal) {
      sheet.setAttribute('role', 'dialog');
      sheet.setAttribute('aria-modal', 'true');
      sheet.setAttribute('aria-label', text('sheet.label'));
    } else for (const name of ['role', 'aria-modal', 'aria-label']) sheet.removeAttribute(name);
    handle.setAttribute('aria-label', text(stop === 'full' ? 'sheet.lower' : 'sheet.raise'));
    handle.setAttribute('aria-expanded', String(stop !== 'peek'));
  }

  /** @param {Stop} next */
  function show(next) {
    if (next === stop) return;
    stop = next;
    apply();
    onStop();
    if (narrow.matches) say(text(`sheet.stop.${stop}`));
  }

  /** Raises by a new entry of the history, lowers by going back over the entries it made. @param {Stop} next */
  function go(next) {
    const [to, at] = [STOPS.indexOf(next), STOPS.indexOf(stop)];
    if (to > at) {
      const raised = Number(window.history.state?.raised ?? 0) + 1;
      window.history.pushState({ ...window.history.state, stop: next, raised }, '');
      show(next);
    } else if (to < at && window.history.state?.raised) {
      goal = next;
      window.history.back();
    } else if (to < at) {
      window.history.replaceState({ ...window.history.state, stop: next }, '');
      show(next);
    }
  }

  /** @param {PopStateEvent} event */
  function pop(event) {
    const next = goal ?? stopOf(event.state) ?? 'peek';
    goal = null;
    show(next);
    if (stopOf(event.state) !== next) window.history.replaceState({ ...window.history.state, stop: next }, '');
  }

  /** @param {number} by */
  const step = (by) => go(STOPS[Math.min(2, Math.max(0, STOPS.indexOf(stop) + by))]);

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.key === 'ArrowUp') step(1);
    else if (event.key === 'ArrowDown') step(-1);
    else return;
    event.preventDefault();
  }

  /** @param {KeyboardEvent} event */
  function escape(event) {
    if (event.key !== 'Escape' || !narrow.matches || stop === 'peek' || isTyping(event) || event.defaultPrevented) return;
    event.preventDefault();
    step(-1);
  }

  /** @param {PointerEvent} event */
  function press(event) {
    if (!narrow.matches || !event.isPrimary) return;
    from = event.clientY;
    dragged = false;
    handle.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  function release(event) {
    if (from === null) return;
    const by = event.clientY - from;
    from = null;
    dragged = Math.abs(by) > DRAG_PX;
    if (dragged) step(by < 0 ? 1 : -1);
  }

  function tap() {
    if (!dragged) go(stop === 'full' ? 'peek' : STOPS[STOPS.indexOf(stop) + 1]);
    dragged = false;
  }

  function changeWidth() {
    apply();
    onStop();
  }

  const ends = [
    on(handle, 'click', tap), on(handle, 'keydown', key), on(handle, 'pointerdown', press),
    on(handle, 'pointerup', release), on(handle, 'pointercancel', () => (from = null)),
    on(sheet, 'keydown', escape), on(window, 'popstate', pop), on(narrow, 'change', changeWidth),
  ];
  stop = stopOf(window.history.state) ?? initial;
  apply();

  return {
    isNarrow: () => narrow.matches,
    stop: () => stop,
    /** Shows a stop as part of a change that has its own entry of the history. */
    show,
    /** Raises to at least a stop. @param {Stop} least */
    raise: (least) => STOPS.indexOf(stop) < STOPS.indexOf(least) && go(least),
    lower: () => go('peek'),
    /** How much of the map the sheet covers from below, in pixels. */
    covers: () => (narrow.matches ? (stop === 'peek' ? 96 : Math.round(window.innerHeight / 2)) : 0),
    destroy: () => ends.forEach((end) => end()),
  };
}
