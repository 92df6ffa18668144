/**
 * The page's side of the service worker: has the browser install it, and lets a newer one take over. Without
 * workers, or where the browser keeps nothing, the page works as it does on a first visit.
 * @module offline/worker
 */

const ADDRESS = '/sw.js';

/** The files of the bundle that this page runs with: they tell of which version of the program it is. */
const filesOfPage = () =>
  [...document.querySelectorAll('script[src], link[rel=stylesheet]')]
    .map((element) => new URL(element.getAttribute('src') ?? element.getAttribute('href') ?? '', document.baseURI).pathname)
    .filter((path) => path.startsWith('/assets/'));

/** Lets a waiting worker take over if it is of this page's version; says whether it is. @param {ServiceWorker} waiting @returns {Promise<boolean>} */
function offer(waiting) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      port1.close();
      resolve(data.same);
    };
    waiting.postMessage({ files: filesOfPage() }, [port2]);
  });
}

/** Waits until the page has been loaded and the browser has nothing better to do. @returns {Promise<void>} */
const idle = () => new Promise((resolve) => {
  const rest = () => ('requestIdleCallback' in window ? window.requestIdleCallback(() => resolve(), { timeout: 5000 }) : setTimeout(resolve, 1000));
  if (document.readyState === 'complete') rest();
  else window.addEventListener('load', rest, { once: true });
});

/**
 * @param {{ onNewer: () => void, onMessage: (data: any) => void }} deps onNewer: another version of the program waits;
 *   onMessage: what the worker tells
 */
export function createWorker({ onNewer, onMessage }) {
  const { serviceWorker } = navigator;
  /** @type {ServiceWorkerRegistration | undefined} */
  let registration;

  /** @param {ServiceWorker | null} waiting */
  async function consider(waiting) {
    if (waiting && serviceWorker.controller && !(await offer(waiting))) onNewer();
  }

  function follow() {
    const { installing } = registration ?? {};
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed') consider(registration?.waiting ?? null);
    });
  }

  async function register() {
    await idle();
    registration = await serviceWorker.register(ADDRESS);
    registration.addEventListener('updatefound', follow);
    follow();
    await consider(registration.waiting);
  }

  /** @param {MessageEvent} event */
  const listen = (event) => onMessage(event.data);

  return {
    /** Installs the worker; a browser that refuses keeps nothing, and that is all. */
    start() {
      if (!serviceWorker) return;
      serviceWorker.addEventListener('message', listen);
      register().catch(() => {});
    },
    /** Looks for a newer worker. */
    check: () => void registration?.update().catch(() => {}),
    /** Loads the page anew, with the worker that waits if there is one. */
    reload() {
      const waiting = registration?.waiting;
      if (!waiting) return window.location.reload();
      serviceWorker.addEventListener('controllerchange', () => window.location.reload(), { once: true });
      waiting.postMessage({ insist: true });
    },
    destroy: () => serviceWorker?.removeEventListener('message', listen),
  };
}
