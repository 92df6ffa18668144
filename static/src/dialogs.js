/**
 * The dialogs of sharing and of taking data away. Their code is loaded when they are first asked for.
 * @module dialogs
 */
import { getFile } from './api/index.js';
import { formatState } from './state.js';

/**
 * Makes the dialogs.
 * @param {import('./parts.js').Wiring} wiring
 * @param {(path: string) => string} href keeps language and appearance
 */
export function makeDialogs(wiring, href) {
  const { model, text, toasts, store, finder, parts } = wiring;
  /** @type {{ open: (what: any) => void, destroy: () => void }[]} */
  const made = [];
  /** @template T @param {() => Promise<T & { destroy: () => void }>} load @returns {() => Promise<T | null>} */
  const once = (load) => {
    /** @type {Promise<T | null> | null} */
    let loading = null;
    return () => (loading ??= load().then((dialog) => (made.push(/** @type {any} */ (dialog)), dialog)).catch(() => {
      loading = null;
      toasts.show(text('dialog.fail'));
      return null;
    }));
  };
  const share = once(async () => (await import('./ui/share.js')).createShare({ text, show: toasts.show }));
  const download = once(async () => (await import('./ui/download.js')).createDownload({ text, load: getFile }));
  return {
    async onShare() {
      store.flush();
      const state = store.get();
      (await share())?.open({
        view: `/${formatState(state)}`,
        feature: state.selected && href(`/f/${state.selected}`),
        image: ({ width, height, legend }) => imageHref(state, parts.map.bounds(), { width, height, legend }),
      });
    },
    async onDownload() {
      const { selected, filter } = store.get();
      const { ids } = finder.filtered(filter);
      const all = model.areas.map(({ id }) => id);
      const collection = selected && model.collectionOf(selected);
      (await download())?.open([
        ...(selected && collection ? [{ name: 'selection', collection, ids: [selected] }] : []),
        ...(ids.size && ids.size < all.length ? [{ name: 'filtered', collection: 'areas', ids: all.filter((id) => ids.has(id)) }] : []),
        { name: 'all', collection: 'areas', ids: all },
      ]);
    },
    destroy: () => made.forEach((dialog) => dialog.destroy()),
  };
}

/**
 * The address of the picture of a state, as the server draws it.
 * @param {import('./state.js').State} state
 * @param {number[]} bounds west, south, east, north in degrees
 * @param {{ width: number, height: number, legend: boolean }} size
 */
function imageHref(state, bounds, { width, height, legend }) {
  const query = new URLSearchParams(formatState({ ...state, view: null, at: null, compared: [], near: null, sort: '', kept: {}, lang: document.documentElement.lang.slice(0, 2), mode: '' }));
  if (!state.view) query.set('bbox', bounds.map((degree) => degree.toFixed(5)).join(','));
  query.set('width', String(width));
  query.set('height', String(height));
  if (!legend) query.set('legend', '0');
  return `/map/${state.view ?? 'view'}.svg?${query}`;
}
