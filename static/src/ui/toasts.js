/**
 * Short notices and what is said to screen readers. Both are polite: at most one message a second is
 * spoken, the last one wins.
 * @module ui/toasts
 */
import { h } from './dom.js';

const SHOWN_MS = 5000;
const SPOKEN_MS = 1000;
/** Time for another message to come, which then is the one that is spoken. */
const SOON_MS = 250;

/** @param {HTMLElement} el a live region */
export function createToasts(el) {
  const live = h('p', { class: 'sr', 'data-live': '' });
  el.append(live);
  /** @type {number | undefined} */
  let spoken;
  let last = -Infinity;
  /** @type {Set<number>} */
  const timers = new Set();

  /** Says a message without showing it. @param {string} message */
  function say(message) {
    window.clearTimeout(spoken);
    spoken = window.setTimeout(() => {
      last = performance.now();
      live.textContent = message;
    }, Math.max(SOON_MS, last + SPOKEN_MS - performance.now()));
  }

  /** Shows a message for a while; it is read out as well. @param {string} message */
  function show(message) {
    const toast = h('p', { class: 'toast' }, message);
    el.append(toast);
    const timer = window.setTimeout(() => {
      toast.remove();
      timers.delete(timer);
    }, SHOWN_MS);
    timers.add(timer);
  }

  return {
    say,
    show,
    destroy() {
      window.clearTimeout(spoken);
      timers.forEach((timer) => window.clearTimeout(timer));
      el.replaceChildren();
    },
  };
}
