/**
 * The list of areas, the accessible twin of the map. The server has written its items; this marks the
 * selected one, lights what the map points at, and colours the discs by the theme.
 * @module ui/list
 */
import { on } from './dom.js';

/**
 * @param {HTMLElement} el the list of items, each with data-id and a link
 * @param {{ onSelect: (id: string) => void, onHover: (id: string | null) => void }} deps
 */
export function createList(el, { onSelect, onHover }) {
  /** @type {Map<string, HTMLElement>} */
  const items = new Map();
  for (const item of /** @type {NodeListOf<HTMLElement>} */ (el.querySelectorAll('[data-id]'))) {
    items.set(item.dataset.id ?? '', item);
  }
  /** @type {string | null} */
  let marked = null;
  /** @param {Event} event */
  const idOf = (event) =>
    (event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest('[data-id]')) : null)?.dataset.id ?? null;

  /** @param {MouseEvent} event */
  function click(event) {
    const id = idOf(event);
    if (!id || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onSelect(id);
  }

  const ends = [
    on(el, 'click', click),
    on(el, 'pointerover', (event) => event.pointerType === 'mouse' && onHover(idOf(event))),
    on(el, 'pointerleave', () => onHover(null)),
    on(el, 'focusin', (event) => onHover(idOf(event))),
    on(el, 'focusout', () => onHover(null)),
  ];

  /** @param {{ selected: string | null, hovered: string | null }} state */
  function update({ selected, hovered }) {
    if (selected && selected !== marked) items.get(selected)?.scrollIntoView({ block: 'nearest' });
    marked = selected;
    for (const [id, item] of items) {
      const link = item.querySelector('a');
      if (id === selected) link?.setAttribute('aria-current', 'true');
      else link?.removeAttribute('aria-current');
      item.classList.toggle('is-hovered', id === hovered);
    }
  }

  return {
    update,
    /** @param {string} id */
    focus: (id) => items.get(id)?.querySelector('a')?.focus(),
    destroy: () => ends.forEach((end) => end()),
  };
}
