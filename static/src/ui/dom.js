/**
 * Makes elements. Text goes in as text only, never as markup.
 * @module ui/dom
 */

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * Makes an element; attributes that are null, undefined or false are left out, true ones are empty.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | null | undefined>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...kept(children));
  return element;
}

/** @param {(Child | Child[])[]} children @returns {(Node | string)[]} */
const kept = (children) =>
  children.flat().filter((child) => child !== null && child !== undefined && child !== false && child !== '')
    .map((child) => (child instanceof Node ? child : String(child)));

const SVG = 'http://www.w3.org/2000/svg';

/** Makes an SVG element. @param {string} tag @param {Record<string, string | number>} [attributes] @param {...Node} children */
export function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** Makes an inline icon of 20 units. @param {string} path @param {string} [className] */
export const icon = (path, className = 'icon') =>
  s('svg', { viewBox: '0 0 20 20', width: 20, height: 20, 'aria-hidden': 'true', focusable: 'false', class: className },
    s('path', { d: path, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.6 }));

export const ICONS = {
  close: 'M5 5l10 10M15 5L5 15',
  back: 'M12.5 4.5L7 10l5.5 5.5',
  down: 'M5 8l5 5 5-5',
};

/** A text, in a span of its language where that is not the page's. @param {import('../format.js').Worded} worded */
export const word = ({ text, lang }) => (lang ? h('span', { lang }, text) : text);

const HAN = /\p{Script=Han}(?:[\p{Script=Han}0-9.()〔〕《》()“”、。,·]*[\p{Script=Han}0-9)〕》)”])?/gu;

/** Says of each run of Chinese within an element of an English page that it is Chinese. @param {Element} root @param {string} lang of the page */
export function markChinese(root, lang) {
  if (lang !== 'en') return;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const found = [];
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    if (node.data.search(HAN) >= 0 && !node.parentElement?.closest('[lang|=zh]')) found.push(node);
  }
  for (const node of found) {
    const runs = [...node.data.matchAll(HAN)];
    const parts = runs.flatMap(({ 0: run, index = 0 }, i) => {
      const before = runs[i - 1];
      return [node.data.slice(before ? (before.index ?? 0) + before[0].length : 0, index), h('span', { lang: 'zh-CN' }, run)];
    });
    const last = runs[runs.length - 1];
    node.replaceWith(...parts, node.data.slice((last.index ?? 0) + last[0].length));
  }
}

/** Listens, and returns what ends it. @param {EventTarget} target @param {string} type @param {(event: any) => void} handler @param {AddEventListenerOptions} [options] */
export function on(target, type, handler, options) {
  target.addEventListener(type, handler, options);
  return () => target.removeEventListener(type, handler, options);
}

/** Finds an element that the page must have. @param {string} id */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

/** Whether a key press belongs to a field that takes text. @param {Event} event */
export const isTyping = (event) =>
  event.target instanceof HTMLElement && event.target.matches('input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]');
