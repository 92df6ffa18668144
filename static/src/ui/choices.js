/**
 * What the reader has chosen for later visits: language and appearance. It stays on the device.
 * @module ui/choices
 */

/** @typedef {'lang' | 'mode'} Choice */

/** Returns a choice, '' when there is none or the browser keeps nothing. @param {Choice} name */
export function loadChoice(name) {
  try {
    return window.localStorage.getItem(`parkmap.${name}`) ?? '';
  } catch {
    return '';
  }
}

/** Keeps a choice; '' forgets it. @param {Choice} name @param {string} value */
export function saveChoice(name, value) {
  try {
    if (value) window.localStorage.setItem(`parkmap.${name}`, value);
    else window.localStorage.removeItem(`parkmap.${name}`);
  } catch {
    // A browser that keeps nothing forgets the choice; the page works without it.
  }
}

/** Sets light or dark, '' follows the system. @param {string} mode */
export function showMode(mode) {
  if (mode) document.documentElement.dataset.mode = mode;
  else delete document.documentElement.dataset.mode;
}

/**
 * Applies what was chosen on an earlier visit, where the address does not say otherwise. Another language
 * is another page: then the browser goes there, and false is returned.
 * @param {string} lang of the page
 */
export function applyChoices(lang) {
  const asked = new URLSearchParams(window.location.search);
  const [savedMode, savedLang] = [loadChoice('mode'), loadChoice('lang')];
  if (!asked.has('mode') && ['light', 'dark'].includes(savedMode)) showMode(savedMode);
  if (asked.has('lang') || savedLang === lang || !['zh', 'en'].includes(savedLang)) return true;
  asked.set('lang', savedLang);
  window.location.replace(`?${asked}`);
  return false;
}
