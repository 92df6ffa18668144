/**
 * Tells quietly that there is something newer than what the page shows, with a button that loads it. Nothing is
 * loaded by itself: the reader may be in the middle of something.
 * @module offline/news
 */
import { ICONS, h, icon } from '../ui/dom.js';

/**
 * @param {HTMLElement} el the live region of the notices
 * @param {{ text: import('../text/index.js').Text, onReload: () => void }} deps
 */
export function createNews(el, { text, onReload }) {
  /** @type {HTMLElement | null} */
  let notice = null;

  function close() {
    notice?.remove();
  }

  return {
    /** Shows the notice; once, also when it was closed. */
    show() {
      if (notice) return;
      const reload = h('button', { type: 'button', class: 'toast-act' }, text('net.reload'));
      const away = h('button', { type: 'button', class: 'toast-act', 'aria-label': text('net.dismiss') }, icon(ICONS.close));
      reload.addEventListener('click', onReload);
      away.addEventListener('click', close);
      notice = h('div', { class: 'toast toast-offer', 'data-testid': 'newer' }, h('span', {}, text('net.newer')), reload, away);
      el.append(notice);
    },
    destroy: close,
  };
}
