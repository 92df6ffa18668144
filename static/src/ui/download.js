/**
 * Taking data away: the selection, what passes the filter, or all, as GeoJSON or CSV. Loaded when first asked for.
 * @module ui/download
 */
import { formatNumber } from '../format.js';
import { createDialog } from './dialog.js';
import { h, on } from './dom.js';

/** @typedef {{ name: string, type: string }} Format */

/** @type {Record<string, Format>} */
const FORMATS = {
  json: { name: 'GeoJSON', type: 'geojson' },
  csv: { name: 'CSV', type: 'csv' },
};

/**
 * What may be taken: ids of one collection, by scope.
 * @typedef {{ name: string, collection: string, ids: string[] }} Scope
 */

/**
 * @param {{ text: import('../text/index.js').Text, load: (scope: Scope, format: string) => Promise<Blob> }} deps
 */
export function createDownload({ text, load }) {
  /** @type {Scope[]} */
  let scopes = [];
  let asked = 0;
  let address = '';
  const scopeBox = h('fieldset', { class: 'choices' });
  const formats = Object.entries(FORMATS).map(([value, { name }]) => h('label', { class: 'choice' }, h('input', { type: 'radio', name: 'format', value, checked: value === 'json' }), h('span', {}, name)));
  const size = h('p', { class: 'note', role: 'status' });
  const save = h('a', { class: 'button', 'aria-disabled': 'true' }, text('download.save'));
  const again = h('button', { type: 'button', class: 'quiet-button', hidden: true }, text('map.retry'));
  const dialog = createDialog({ name: 'download-dialog', title: text('download.title'), close: text('dialog.close') },
    scopeBox, h('fieldset', { class: 'choices' }, h('legend', {}, text('download.format')), formats),
    h('p', { class: 'note' }, text('download.crs')), h('p', { class: 'note' }, text('download.quality')),
    h('p', { class: 'actions' }, save, size, again));

  /** @param {string} name */
  const chosen = (name) => /** @type {HTMLInputElement | null} */ (dialog.element.querySelector(`input[name=${name}]:checked`))?.value ?? '';

  function forget() {
    if (address) URL.revokeObjectURL(address);
    address = '';
    save.removeAttribute('href');
    save.setAttribute('aria-disabled', 'true');
  }

  /** Fetches what is chosen, so that its size can be said and it is saved at once. */
  async function prepare() {
    const turn = (asked += 1);
    const scope = scopes.find(({ name }) => name === chosen('scope'));
    const format = FORMATS[chosen('format')];
    forget();
    again.hidden = true;
    if (!scope || !format) return;
    size.textContent = text('download.loading');
    const blob = await load(scope, chosen('format')).catch(() => null);
    if (turn !== asked) return;
    size.textContent = blob ? text('download.size', { kb: formatNumber(Math.ceil(blob.size / 1024)), n: scope.ids.length }) : text('download.fail');
    again.hidden = Boolean(blob);
    if (!blob) return;
    address = URL.createObjectURL(blob);
    save.href = address;
    save.download = `${scope.ids.length === 1 ? scope.ids[0] : scope.collection}.${format.type}`;
    save.removeAttribute('aria-disabled');
  }

  const ends = [
    on(dialog.element, 'change', prepare),
    on(again, 'click', prepare),
    on(dialog.element, 'close', () => {
      asked += 1;
      forget();
    }),
  ];
  return {
    /** @param {Scope[]} next the first is chosen */
    open(next) {
      scopes = next;
      scopeBox.replaceChildren(h('legend', {}, text('download.scope')), ...next.map(({ name, ids }, i) =>
        h('label', { class: 'choice' }, h('input', { type: 'radio', name: 'scope', value: name, checked: i === 0 }),
          h('span', {}, text(`download.${name}`)), h('small', { class: 'choice-n' }, ids.length))));
      dialog.open();
      prepare();
    },
    destroy() {
      ends.forEach((end) => end());
      forget();
      dialog.destroy();
    },
  };
}
