/**
 * The page without network, and when the network is back: the banner, the service worker, and the notice of
 * something newer.
 * @module offline
 */
import { formatDate } from '../format.js';
import { byId, on } from '../ui/dom.js';
import { createBanner } from './banner.js';
import { createNews } from './news.js';
import { createWorker } from './worker.js';

/** How the worker says that the network failed; it is worker/store.js that sets the header. */
const ORIGIN = 'X-Kept';
/** The page asks for something newer at most this often, and this often whether the server is back. */
const CHECK_MS = 60000;
const RETURN_MS = 30000;

/**
 * @param {{ text: import('../text/index.js').Text, lang: import('../text/index.js').Lang, pack: string }} deps
 *   pack is the address of the data
 */
export function createOffline({ text, lang, pack }) {
  const worker = createWorker({ onNewer: () => news.show(), onMessage: ({ layout }) => compare(layout) });
  const news = createNews(byId('toasts'), { text, onReload: worker.reload });
  const banner = createBanner(byId('explore'), { text });
  /** Whether the data came from the device because the server did not answer. */
  let unanswered = false;
  /** @type {{ version: number, published_at: string } | null} */
  let data = null;
  let checked = Date.now();
  let started = false;

  const isOffline = () => unanswered || navigator.onLine === false;
  const update = () => banner.update(isOffline(), data ? formatDate(data.published_at.slice(0, 10), lang) : '');

  /** @param {number} version of the layout, as the server has it */
  function compare(version) {
    if (data && version && version !== data.version) news.show();
  }

  /** Asks the server which version of the layout it has; any answer says that it is there. */
  async function ask() {
    checked = Date.now();
    try {
      const response = await fetch(pack, { method: 'HEAD' });
      unanswered = false;
      if (response.ok) compare(Number(response.headers.get('X-Layout-Version')));
    } catch {
      // It is still away.
    }
    update();
  }

  function returned() {
    update();
    worker.check();
    return ask();
  }

  function seen() {
    if (document.visibilityState !== 'visible' || navigator.onLine === false || Date.now() - checked < CHECK_MS) return;
    worker.check();
    ask();
  }

  const waiting = window.setInterval(() => unanswered && navigator.onLine !== false && ask(), RETURN_MS);
  const ends = [
    on(window, 'offline', update), on(window, 'online', returned), on(document, 'visibilitychange', seen),
    () => window.clearInterval(waiting), banner.destroy, news.destroy, worker.destroy,
  ];
  update();

  return {
    /** Notes where the data came from. @param {Response} response */
    answered: (response) => void (unanswered = response.headers.get(ORIGIN) === 'offline'),
    /** Takes note of the data, or that there are none, and has the worker installed. @param {typeof data} pack @param {number} version of the layout that the page was written for */
    arrived(pack, version) {
      if (pack) data = pack;
      update();
      if (data) compare(version);
      if (!started) worker.start();
      started = true;
    },
    destroy: () => ends.forEach((end) => end()),
  };
}
