// Makes static/src/style/tokens.css from tokens.json: every design token as a custom property. A pair
// of colours is [light, dark]. Dark holds below [data-mode=dark], and on a page that sets no mode
// when the system prefers it.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const style = new URL('../static/src/style/', import.meta.url);

/** Lists the colours that differ by mode as [name, [light, dark]]. */
function pairs({ page, kinds, ai, lines }) {
  return [
    ...Object.entries(page),
    ...Object.entries(kinds).flatMap(([name, kind]) => [
      [name, kind.solid],
      [`${name}-label`, kind.label],
      [`${name}-on-solid`, kind['on-solid']],
    ]),
    ...Object.entries(ai.codes).map(([code, { solid }]) => [`ai-${code}`, solid]),
    ['ai-on-solid', ai['on-solid']],
    ...Object.entries(lines),
  ];
}

/** Lists the tokens that hold in both modes as [name, value]. */
function constants({ kinds, ai, dash, width, opacity, font }) {
  const prefixed = (prefix, table, unit = '') =>
    Object.entries(table).map(([name, value]) => [`${prefix}-${name}`, `${value}${unit}`]);
  return [
    ...Object.entries(kinds).flatMap(([name, kind]) => [
      [`${name}-fill`, kind.fill],
      [`${name}-fill-near`, kind.near],
      [`${name}-stroke`, `${kind.stroke}px`],
    ]),
    ['ai-fill', ai.fill],
    ...prefixed('dash', dash),
    ...prefixed('width', width, 'px'),
    ...prefixed('opacity', opacity),
    ...prefixed('font', font),
  ];
}

const declare = (list) => list.map(([name, value]) => `  --${name}: ${value};`).join('\n');
const indent = (block) => block.replace(/^(?=.)/gm, '  ');

/** Returns the style sheet for a table of tokens. */
export function tokensCSS(tokens) {
  const colours = pairs(tokens);
  const mode = (i) => declare(colours.map(([key, pair]) => [key, pair[i]]));
  const light = `${mode(0)}\n  color-scheme: light;`;
  const dark = `${mode(1)}\n  color-scheme: dark;`;
  return [
    '/* Made from tokens.json by scripts/tokens.mjs; change it there. */',
    `:root {\n${declare(constants(tokens))}\n}`,
    `:root,\n[data-mode='light'] {\n${light}\n}`,
    `[data-mode='dark'] {\n${dark}\n}`,
    `@media (prefers-color-scheme: dark) {\n${indent(`:root:not([data-mode]) {\n${dark}\n}`)}\n}`,
    '',
  ].join('\n');
}

/** Writes tokens.css unless it is already as it should be. */
export async function writeTokens() {
  const css = tokensCSS(JSON.parse(await readFile(new URL('tokens.json', style), 'utf8')));
  const path = new URL('tokens.css', style);
  if ((await readFile(path, 'utf8').catch(() => '')) !== css) await writeFile(path, css);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeTokens();
