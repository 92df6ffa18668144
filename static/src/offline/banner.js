/**
 * The line under the header that says that the page is offline, and of which day its data are. It takes room of
 * its own and covers nothing.
 * @module offline/banner
 */
import { h } from '../ui/dom.js';

/**
 * @param {HTMLElement} before the line stands before it
 * @param {{ text: import('../text/index.js').Text }} deps
 */
export function createBanner(before, { text }) {
  const region = h('div', { class: 'net', role: 'status' }); // there before its text, so that the text is read out
  before.before(region);

  return {
    /** Shows the line, or takes it away. @param {boolean} offline @param {string} date of the data; '' when there are none */
    update(offline, date) {
      const line = !offline ? '' : date ? text('net.off', { date }) : text('net.off.undated');
      if (region.textContent === line) return;
      region.replaceChildren(...(line ? [h('p', { 'data-testid': 'banner-offline' }, line)] : []));
      window.dispatchEvent(new Event('resize')); // the map has more or less room
    },
    destroy: () => region.remove(),
  };
}
