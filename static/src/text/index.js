/**
 * The texts of the page. One catalogue serves scripts and server templates.
 * @module text
 */
import en from './en.json' with { type: 'json' };
import zh from './zh.json' with { type: 'json' };

/** @typedef {'zh' | 'en'} Lang */
/** @typedef {(key: string, params?: Record<string, string | number>) => string} Text */

/** @type {Record<Lang, Record<string, string>>} */
const catalogue = { zh, en };

/** Returns the texts of a language; a key that is missing is shown as it is. @param {Lang} lang @returns {Text} */
export function createText(lang) {
  const texts = catalogue[lang];
  return (key, params = {}) =>
    (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole));
}

/** Says whether the catalogue has a key. @param {string} key */
export const hasText = (key) => key in zh;
