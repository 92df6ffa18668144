/**
 * Sharing what the page shows: its link with a QR code, and its picture. Loaded when first asked for.
 * @module ui/share
 */
import { copyField } from './copy.js';
import { createDialog } from './dialog.js';
import { h, on } from './dom.js';

/** The sizes of a picture in pixels. */
const SIZES = [[1200, 900], [1600, 900], [1080, 1350]];

/** The files of a picture. */
const FORMATS = ['png', 'svg', 'pdf'];

/**
 * What is shared.
 * @typedef {object} Shared
 * @property {string} view path and query of what the page shows
 * @property {string | null} feature path of the selected feature's page
 * @property {(size: { width: number, height: number, legend: boolean }) => string} image address of the picture
 */

/** @typedef {{ text: import('../text/index.js').Text, show: (message: string) => void }} Deps */

/** @param {Deps} deps */
export function createShare({ text, show }) {
  /** @type {Shared} */
  let shared = { view: '/', feature: null, image: () => '' };
  const link = linkPane({ text, show }, () => shared);
  const image = imagePane({ text, show }, () => shared);
  const panes = [link, image];
  const tabs = panes.map(({ name }) => h('button', {
    type: 'button', role: 'tab', id: `share-tab-${name}`, 'aria-controls': `share-${name}`, 'data-tab': name,
  }, text(`share.${name}`)));
  const dialog = createDialog({ name: 'share-dialog', title: text('share.title'), close: text('dialog.close') },
    h('div', { role: 'tablist', 'aria-label': text('share.title'), class: 'tabs' }, tabs), panes.map(({ element }) => element));

  /** @param {number} index @param {boolean} [focus] */
  function choose(index, focus = false) {
    panes.forEach(({ element, update }, i) => {
      element.hidden = i !== index;
      tabs[i].setAttribute('aria-selected', String(i === index));
      tabs[i].tabIndex = i === index ? 0 : -1;
      if (i === index) update();
    });
    if (focus) tabs[index].focus();
  }

  const ends = [
    ...tabs.map((tab, index) => on(tab, 'click', () => choose(index))),
    ...tabs.map((tab, index) => on(tab, 'keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[/** @type {string} */ (event.key)];
      if (step) choose((index + step + tabs.length) % tabs.length, true);
    })),
  ];
  return {
    /** @param {Shared} what */
    open(what) {
      shared = what;
      choose(0);
      dialog.open();
    },
    destroy() {
      ends.forEach((end) => end());
      dialog.destroy();
    },
  };
}

/** @param {string} name @param {...(import('./dom.js').Child | import('./dom.js').Child[])} children */
const pane = (name, ...children) => h('div', { role: 'tabpanel', id: `share-${name}`, 'aria-labelledby': `share-tab-${name}`, class: 'pane', hidden: true }, ...children);

/** A field with an address and a button that copies it. @param {Deps} deps @param {string} id */
function addressField({ text, show }, id) {
  const field = h('input', { id, readonly: true, class: 'address' });
  const button = h('button', { type: 'button', class: 'button' }, text('share.copy'));
  button.addEventListener('click', async () => show(text((await copyField(field)) ? 'copy.ok' : 'copy.fail')));
  return { field, element: h('div', { class: 'address-row' }, h('label', { class: 'sr', for: id }, text('copy.text')), field, button) };
}

/** @param {Deps} deps @param {() => Shared} shared */
function linkPane(deps, shared) {
  const { text } = deps;
  const { field, element: row } = addressField(deps, 'share-address');
  const radios = ['view', 'feature'].map((value) => h('input', { type: 'radio', name: 'share-what', value }));
  const choices = radios.map((radio) => h('label', { class: 'choice' }, radio, h('span', {}, text(`share.this.${radio.value}`))));
  const qr = h('img', { class: 'qr', width: 168, height: 168, alt: text('share.qr') });
  const failed = h('p', { class: 'note', hidden: true }, text('share.qr.fail'));
  const native = h('button', { type: 'button', class: 'quiet-button' }, text('share.native'));
  native.hidden = !('share' in navigator);
  const element = pane('link', h('fieldset', { class: 'choices' }, h('legend', { class: 'sr' }, text('share.what')), choices), row,
    h('div', { class: 'qr-row' }, qr, h('div', {}, h('p', { class: 'note' }, text('share.link.note')), failed, native)));

  function write() {
    const path = radios[1].checked ? shared().feature ?? shared().view : shared().view;
    field.value = window.location.origin + path;
    failed.hidden = true;
    qr.hidden = false;
    qr.src = `/qr.svg?path=${encodeURIComponent(path)}`;
  }

  qr.addEventListener('error', () => {
    qr.hidden = true;
    failed.hidden = false;
  });
  element.addEventListener('change', write);
  native.addEventListener('click', () => navigator.share({ title: document.title, url: field.value }).catch(() => {}));
  return {
    name: 'link',
    element,
    update() {
      const { feature } = shared();
      radios[0].checked = !(radios[1].checked && feature);
      radios[1].checked = !radios[0].checked;
      choices[1].hidden = !feature;
      write();
    },
  };
}

/** @param {Deps} deps @param {() => Shared} shared */
function imagePane(deps, shared) {
  const { text } = deps;
  const { field, element: row } = addressField(deps, 'share-image-address');
  const size = h('select', { id: 'share-size' }, SIZES.map(([w, height], i) => h('option', { value: i }, `${w} × ${height}`)));
  const legend = h('input', { type: 'checkbox', checked: true });
  const preview = h('img', { class: 'preview', alt: text('share.preview') });
  const failed = h('p', { class: 'note', role: 'alert', hidden: true }, text('share.image.fail'));
  const saves = FORMATS.map((format) => h('a', { class: 'button', download: `map.${format}` }, text('share.save', { format: format.toUpperCase() })));
  const element = pane('image',
    h('div', { class: 'options' }, h('label', { for: 'share-size' }, text('share.size')), size, h('label', { class: 'choice' }, legend, h('span', {}, text('legend.title')))),
    h('div', { class: 'preview-frame' }, preview, failed), row, h('p', {}, saves.flatMap((save) => [save, ' ']), h('span', { class: 'note' }, text('share.image.note'))));

  function update() {
    const [width, height] = SIZES[Number(size.value)];
    const address = shared().image({ width, height, legend: legend.checked });
    preview.hidden = false;
    failed.hidden = true;
    preview.src = address;
    saves.forEach((save, i) => { save.href = address.replace('.svg?', `.${FORMATS[i]}?`); });
    field.value = new URL(address, window.location.origin).href;
  }

  preview.addEventListener('error', () => {
    preview.hidden = true;
    failed.hidden = false;
  });
  element.addEventListener('change', update);
  return { name: 'image', element, update };
}
