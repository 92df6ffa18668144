/**
 * Finds boxes near a box among many. Knows no DOM and no projection: everything is in pixels.
 * @module map/grid
 */

/** @typedef {import('./types.js').Box} Box */

const CELL = 64;

/**
 * Makes a grid over a box. What lies outside of it is never found.
 * @template T
 * @param {Box} limits
 */
export function createGrid(limits) {
  /** @type {Map<string, T[]>} */
  const cells = new Map();

  /**
   * Calls back with each cell that a box touches until it answers true.
   * @param {Box} box
   * @param {(key: string) => boolean} test
   */
  function some({ x, y, w, h }, test) {
    const [left, right] = [Math.max(x, limits.x), Math.min(x + w, limits.x + limits.w)];
    const [top, bottom] = [Math.max(y, limits.y), Math.min(y + h, limits.y + limits.h)];
    for (let i = Math.floor(left / CELL); i <= Math.floor(right / CELL); i++) {
      for (let j = Math.floor(top / CELL); j <= Math.floor(bottom / CELL); j++) if (test(`${i} ${j}`)) return true;
    }
    return false;
  }

  return {
    /** @param {Box} box @param {T} value */
    add(box, value) {
      some(box, (key) => {
        const cell = cells.get(key);
        if (cell) cell.push(value);
        else cells.set(key, [value]);
        return false;
      });
    },
    /**
     * Tells whether a test holds for a value whose box may overlap; a value may be asked more than once.
     * @param {Box} box
     * @param {(value: T) => boolean} test
     */
    some: (box, test) => some(box, (key) => cells.get(key)?.some(test) ?? false),
  };
}
