/**
 * The keys of the map, in a dialog that the browser keeps the focus in and gives it back from.
 * @module ui/help
 */
import { h, icon, ICONS, on } from './dom.js';

/** Which keys do what: the texts are keys of the catalogue. */
const KEYS = [
  ['1 2 3', 'help.figures'], ['0', 'help.whole'], ['L', 'help.links'], ['/', 'help.search'],
  ['+ −', 'help.zoom'], ['↑ ↓ ← →', 'help.move'], ['Enter', 'help.open'], ['Esc', 'help.escape'], ['?', 'help.help'],
];

/** @param {{ text: import('../text/index.js').Text }} deps */
export function createHelp({ text }) {
  const dialog = h('dialog', { class: 'help', 'aria-labelledby': 'help-title', 'data-testid': 'help' },
    h('button', { type: 'button', class: 'close', 'aria-label': text('help.close') }, icon(ICONS.close)),
    h('h2', { id: 'help-title' }, text('help.title')),
    h('dl', {}, KEYS.map(([key, what]) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, text(what))))));
  document.body.append(dialog);
  const end = on(dialog, 'click', (event) => {
    if (event.target === dialog || event.target.closest('.close')) dialog.close();
  });
  return {
    open: () => dialog.showModal(),
    destroy() {
      end();
      dialog.remove();
    },
  };
}
