/**
 * Starts the map page: reads what the server wrote, fetches the data and wires model, map and panels.
 * @module main
 */
import { getPack } from './api/index.js';
import { createModel } from './model/index.js';
import { createOffline } from './offline/index.js';
import { createText } from './text/index.js';
import { applyChoices } from './ui/choices.js';
import { byId, h } from './ui/dom.js';
import { createToasts } from './ui/toasts.js';
import { turn } from './turns.js';

/** @typedef {{ lang: 'zh' | 'en', pack: string, reviewNumber: string, contact?: string, version: number }} Setup */

/** @type {Setup} */
const setup = JSON.parse(byId('setup').textContent ?? '{}');
const text = createText(setup.lang);
const toasts = createToasts(byId('toasts'));

/** The list and every page work without the data; the map offers to try again. @param {ReturnType<typeof createOffline>} offline */
function offerRetry(offline) {
  const again = h('button', { type: 'button', class: 'button' }, text('map.retry'));
  const notice = h('div', { class: 'notice', role: 'alert' }, h('p', {}, text('map.fail')), again);
  again.addEventListener('click', () => {
    notice.remove();
    start(offline);
  });
  byId('stage').append(notice);
}

/** The map and its panels, which come apart from this script so that no task takes long: what they stand on, then they. */
async function getApp() {
  await import('leaflet');
  await turn();
  return import('./app.js');
}

/** @param {ReturnType<typeof createOffline>} offline */
async function start(offline) {
  const [pack, app] = await Promise.all([getPack(setup.pack, offline.answered), getApp()]).catch((error) => {
    console.error(error);
    offerRetry(offline);
    return [null, null];
  });
  offline.arrived(pack, setup.version);
  if (pack && app) app.createApp({ model: createModel(pack), text, toasts, lang: setup.lang, reviewNumber: setup.reviewNumber, contact: setup.contact ?? '' });
}

if (applyChoices(setup.lang)) start(createOffline({ text, lang: setup.lang, pack: setup.pack }));
