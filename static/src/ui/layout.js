/**
 * The places of the panels, and the room that they leave to the map.
 * @module ui/layout
 */
import { byId, on } from './dom.js';

const WIDE = '(min-width: 1280px)';
const NARROW = '(max-width: 899.98px)';
/** What the bar of figures takes at the top of the map. */
const TOP_PX = 56;
/** From this width of the map on, nothing is fitted under the legend. */
const ROOMY_PX = 560;
const GAP_PX = 8;
/** From this free width of the map on, the legend lies open beside an open detail. */
const LEGEND_PX = 760;

/** @typedef {{ x: number, y: number, w: number, h: number }} Box */

/** @param {HTMLElement} root carries data-detail and data-list */
export function createLayout(root) {
  const [list, detail] = [byId('list'), byId('detail')];
  const narrow = window.matchMedia(NARROW);

  /** Unfolds the list where an open detail has made it a rail. @param {boolean} open */
  function openList(open) {
    root.dataset.list = open ? 'open' : 'auto';
  }

  const ends = [
    on(list, 'click', (event) => {
      if (event.target.closest('[data-act=rail]')) openList(true);
      else if (event.target.closest('[data-id]')) openList(false);
    }),
    on(byId('map'), 'pointerdown', () => openList(false)),
  ];

  /** What the panels cover at each side of the map, in pixels. @param {number} bottom what the sheet covers */
  function safeArea(bottom) {
    if (narrow.matches) return { top: TOP_PX, right: 0, bottom, left: 0 };
    const right = root.dataset.detail === 'open' ? detail.offsetWidth : 0;
    return { top: TOP_PX, right, bottom: 0, left: list.offsetWidth };
  }

  return {
    /** Whether the map has room for an open legend. */
    isRoomy() {
      const { left, right } = safeArea(0);
      return window.matchMedia(WIDE).matches && root.clientWidth - left - right >= LEGEND_PX;
    },
    openList,
    /** Opens or closes the detail; says whether that changed anything. @param {boolean} open */
    setDetail(open) {
      const value = open ? 'open' : 'closed';
      if (root.dataset.detail === value) return false;
      root.dataset.detail = value;
      openList(false);
      return true;
    },
    safeArea,
    /** What must stay free of a fitted extent: the panels, the caption, and the legend where there is room. @param {number} bottom */
    fitArea(bottom) {
      const safe = safeArea(bottom);
      const stage = byId('stage');
      const caption = /** @type {HTMLElement | null} */ (stage.querySelector('.caption'))?.offsetHeight ?? 0;
      const top = safe.top + (caption ? caption + GAP_PX : 0);
      if (narrow.matches) return { ...safe, top };
      const legend = stage.querySelector('.legend')?.clientWidth ?? 0;
      const roomy = root.clientWidth - safe.left - safe.right - legend > ROOMY_PX;
      return { ...safe, top, right: safe.right + (roomy ? legend : 0) };
    },
    /** What stands on the map besides the panels. @param {HTMLElement} map @returns {Box[]} */
    obstacles(map) {
      const origin = map.getBoundingClientRect();
      return [...byId('stage').children].flatMap((part) => {
        const { x, y, width, height } = part.getBoundingClientRect();
        return width ? [{ x: x - origin.x, y: y - origin.y, w: width, h: height }] : [];
      });
    },
    destroy: () => ends.forEach((end) => end()),
  };
}
