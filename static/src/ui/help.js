/**
 * The keys of the map.
 * @module ui/help
 */
import { createDialog } from './dialog.js';
import { h } from './dom.js';

/** Which keys do what: the texts are keys of the catalogue. */
const KEYS = [
  ['1 2 3', 'help.figures'], ['0', 'help.whole'], ['L', 'help.links'], ['/', 'help.search'],
  ['+ −', 'help.zoom'], ['↑ ↓ ← →', 'help.move'], ['Enter', 'help.open'], ['Esc', 'help.escape'], ['?', 'help.help'],
];

/** @param {{ text: import('../text/index.js').Text }} deps */
export const createHelp = ({ text }) =>
  createDialog({ name: 'help', title: text('help.title'), close: text('help.close') },
    h('dl', {}, KEYS.map(([key, what]) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, text(what))))));
