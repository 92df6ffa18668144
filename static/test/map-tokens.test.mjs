import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { tokensCSS } from '../../scripts/tokens.mjs';

const style = new URL('../src/style/', import.meta.url);
const tokens = JSON.parse(await readFile(new URL('tokens.json', style), 'utf8'));
const icons = JSON.parse(await readFile(new URL('icons.json', style), 'utf8'));

/** Relative luminance by WCAG. */
function luminance(hex) {
  const [r, g, b] = [1, 3, 5]
    .map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}
/** Lays a colour over another. */
function over(top, bottom, alpha) {
  const channel = (i) =>
    Math.round(parseInt(top.slice(i, i + 2), 16) * alpha + parseInt(bottom.slice(i, i + 2), 16) * (1 - alpha));
  return `#${[1, 3, 5].map((i) => channel(i).toString(16).padStart(2, '0')).join('')}`;
}

describe('contrast', () => {
  for (const [i, mode] of ['light', 'dark'].entries()) {
    const { page, kinds, ai, lines } = tokens;
    const land = page.land[i];
    it(`${mode}: text on paper and land is at least 4.5`, () => {
      for (const name of ['ink', 'ink-2', 'ink-3']) {
        assert.ok(contrast(page[name][i], page.paper[i]) >= 4.5, name);
        assert.ok(contrast(page[name][i], land) >= 4.5, name);
      }
      assert.ok(contrast(lines['river-label'][i], land) >= 4.5);
      assert.ok(contrast(lines['relief-label'][i], land) >= 4.5);
    });
    it(`${mode}: every outline is at least 3 on land`, () => {
      for (const [code, { solid }] of Object.entries({ ...kinds, ...ai.codes }))
        assert.ok(contrast(solid[i], land) >= 3, code);
    });
    it(`${mode}: icons are at least 3 on their colour`, () => {
      for (const [code, { solid }] of Object.entries(ai.codes))
        assert.ok(contrast(ai['on-solid'][i], solid[i]) >= 3, code);
    });
    it(`${mode}: labels are at least 4.5 on the fills`, () => {
      for (const [kind, { solid, label, fill }] of Object.entries(kinds))
        assert.ok(contrast(label[i], over(solid[i], land, fill)) >= 4.5, kind);
      for (const [code, { solid }] of Object.entries(ai.codes))
        assert.ok(contrast(page.ink[i], over(solid[i], land, ai.fill)) >= 4.5, code);
    });
    it(`${mode}: names near are at least 4.5 on the light fills`, () => {
      for (const [kind, { solid, near }] of Object.entries(kinds))
        assert.ok(contrast(page['ink-2'][i], over(solid[i], land, near)) >= 4.5, kind);
    });
  }
});

describe('the style sheet', () => {
  const css = tokensCSS(tokens);
  it('has every colour in three places: light, dark, and dark by the system', () => {
    for (const name of ['paper', 'core', 'ai-health', 'ai-unstated', 'city-line', 'zone-label']) {
      assert.equal(css.match(new RegExp(`--${name}: #`, 'g'))?.length, 3, name);
    }
  });
  it('puts dark under its attribute and under the preference of the system', () => {
    assert.match(css, /\[data-mode='dark'\] \{[^}]*--paper: #14191B;/);
    assert.match(css, /@media \(prefers-color-scheme: dark\) \{\s*:root:not\(\[data-mode\]\) \{[^}]*--paper: #14191B;/);
  });
  it('has dashes, widths and fonts once', () => {
    for (const line of [
      '--dash-schematic: 7 4;',
      '--dash-district: 6 3 1 3;',
      '--width-disc: 22px;',
      '--park-stroke: 1.75px;',
    ])
      assert.equal(css.split(line).length, 2, line);
  });
  it('names only tokens that exist in the sheets of the map', async () => {
    const sheets = await Promise.all(['map.css', 'map-controls.css'].map((name) => readFile(new URL(name, style), 'utf8')));
    const used = sheets.join('').matchAll(/var\(--([\w-]+)/g);
    const local = ['ai-c', 'ai-f', 'c', 'w', 'ring', 'ai', 'dx', 'dy', 'target', 'safe-left', 'safe-right', 'safe-bottom'];
    const unknown = [...used]
      .map(([, name]) => name)
      .filter((name) => !local.includes(name) && !css.includes(`--${name}: `));
    assert.deepEqual(unknown, []);
  });
});

describe('icons', () => {
  it('are there for every AI+ code', () => {
    for (const [code, { icon }] of Object.entries(tokens.ai.codes)) assert.ok(icons[icon], code);
  });
  it('are all different', () => assert.equal(new Set(Object.values(icons)).size, Object.keys(icons).length));
  it('are closed shapes on a grid of 24', () => {
    for (const [name, d] of Object.entries(icons)) {
      assert.match(d, /^M[\d.\sMLHVACSZ-]+Z$/i, name);
      for (const [, x, y] of d.matchAll(/M(-?[\d.]+) (-?[\d.]+)/g))
        assert.ok(+x >= 0 && +x <= 24 && +y >= 0 && +y <= 24, name);
    }
  });
});
