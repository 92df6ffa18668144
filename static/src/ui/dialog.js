/**
 * A dialog that the browser keeps the focus in and gives it back from.
 * @module ui/dialog
 */
import { h, icon, ICONS, on } from './dom.js';

/**
 * @param {{ name: string, title: string, close: string }} words name: of the dialog in tests and styles; close: what its button says
 * @param {...(import('./dom.js').Child | import('./dom.js').Child[])} children
 */
export function createDialog({ name, title, close }, ...children) {
  const element = h('dialog', { class: `dialog ${name}`, 'aria-labelledby': `${name}-title`, 'data-testid': name },
    h('button', { type: 'button', class: 'close', 'aria-label': close }, icon(ICONS.close)),
    h('h2', { id: `${name}-title` }, title), ...children);
  document.body.append(element);
  const end = on(element, 'click', (event) => {
    if (event.target === element || event.target.closest('.dialog > .close')) element.close();
  });
  return {
    element,
    open: () => element.showModal(),
    destroy() {
      end();
      element.remove();
    },
  };
}
