/**
 * Short notices and what is said to screen readers. Both are polite: at most one message a second is
 * spoken, the last one wins.
 * @module ui/toasts
 */
import { h } from './dom.js';

const SHOWN_MS = 5000;
const SPOKEN_MS = 1000;

/** @param {HTMLElement} el a live region */
export function createToasts(el) {
  const live = h('p', { class: 'sr', 'data-live': '' });
  el.append(live);
  /** @type {number | undefined} */
  let spoken;
  /** @type {Set<number>} */
  const timers = new Set();

  /** Says a message without showing it. @param {string} message */
  function say(message) {
    window.clearTimeout(spoken);
    spoken = window.setTimeout(() => (live.textContent = message), SPOKEN_MS / 4);
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
