/**
 * Sources as the layout writes them.
 * @module model/sources
 */

/** @typedef {{ label: string, href: string }} Source */

/**
 * Splits sources: entries between semicolons, each a text with its address behind a bar.
 * @param {string | undefined} text
 * @returns {Source[]}
 */
export const sourcesOf = (text) =>
  (text ?? '').split(' ; ').map((entry) => {
    const [, label, href, rest] = /^(.*) \| (https?:\S+)(.*)$/.exec(entry) ?? [entry, entry, '', ''];
    return { label: (label + rest).replaceAll(' | ', ' · ').trim(), href };
  }).filter(({ label }) => label);
