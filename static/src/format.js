/**
 * Numbers, dates and names as the page writes them. The server's pages follow the same rules.
 * @module format
 */

/** @typedef {import('./text/index.js').Lang} Lang */
/** @typedef {import('./model/types.js').Target} Target */
/** @typedef {{ before: string, digits: string, after: string }} Figure */

/** Chinese units of money, in yuan. @type {Record<string, number>} */
const MONEY = { 万亿元: 1e12, 亿元: 1e8, 万元: 1e4, 元: 1 };
/** @type {[number, string][]} */
const SCALES = [[1e12, 'trillion'], [1e9, 'billion'], [1e6, 'million']];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Writes a number with commas between thousands and at most two decimals. @param {number} value */
export function formatNumber(value) {
  const [whole, fraction] = String(Math.round(value * 100) / 100).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction ? `${grouped}.${fraction}` : grouped;
}

/** Writes metres as kilometres. @param {number} metres */
export const formatKilometres = (metres) =>
  formatNumber(metres < 100 ? Math.round(metres / 10) / 100 : Math.round(metres / 100) / 10);

/** Writes an ISO date as prose has it. @param {string} iso @param {Lang} lang */
export function formatDate(iso, lang) {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  if (!match) return iso;
  const [year, month, day] = match.slice(1).map(Number);
  return lang === 'en' ? `${day} ${MONTHS[month - 1]} ${year}` : `${year}年${month}月${day}日`;
}

/** @param {number} yuan @returns {Figure} */
function englishMoney(yuan) {
  const [of, after] = SCALES.find(([size]) => yuan >= size) ?? [1, ''];
  return { before: 'CNY', digits: formatNumber(yuan / of), after };
}

/** @param {Target} target @returns {Figure} */
function englishFigure({ comparator, value, unit_zh, unit_en }) {
  const figure = unit_zh in MONEY
    ? englishMoney(value * MONEY[unit_zh])
    : { before: '', digits: formatNumber(value), after: unit_en ?? '' };
  if (comparator === '>') figure.before = `over ${figure.before}`.trim();
  if (comparator === '>=') figure.digits += '+';
  return figure;
}

/** @param {Target} target @returns {Figure} */
function chineseFigure({ printed_zh, comparator, value, unit_zh }) {
  const match = /^([^0-9]*)([0-9][0-9,.]*[+%]?)(.*)$/.exec(printed_zh ?? '');
  if (match) return { before: match[1], digits: match[2], after: match[3] || unit_zh };
  return {
    before: comparator === '>' ? '超过' : '',
    digits: formatNumber(value),
    after: comparator === '>=' ? `${unit_zh}以上` : unit_zh,
  };
}

/**
 * Splits a target into words, digits and words: in Chinese as the document prints it, in English with
 * the comparator in words and money in CNY.
 * @param {Target} target
 * @param {Lang} lang
 * @returns {Figure}
 */
export const formatTarget = (target, lang) => (lang === 'en' ? englishFigure(target) : chineseFigure(target));

/** Says whether a document's last day lies before today. @param {string | undefined} expires ISO date @param {Date} today */
export const isExpired = (expires, today) => Boolean(expires) && today.toISOString().slice(0, 10) > String(expires);

/**
 * A text in a language; `lang` is set when it is not that of the page.
 * @typedef {{ text: string, lang?: string }} Worded
 */

/** Returns the language tag. @param {Lang} lang */
export const langTag = (lang) => (lang === 'zh' ? 'zh-CN' : lang);

/** @param {Lang} lang @returns {Lang} */
export const otherLang = (lang) => (lang === 'zh' ? 'en' : 'zh');

/** Returns a text in the language of the page, else the other one, marked. @param {string | undefined} zh @param {string | undefined} en @param {Lang} lang @returns {Worded} */
export function pick(zh, en, lang) {
  const [own, foreign] = lang === 'en' ? [en, zh] : [zh, en];
  return own ? { text: own } : { text: foreign ?? '', lang: langTag(otherLang(lang)) };
}

/** Returns the name of a feature. @param {{ name_zh: string, name_en?: string }} feature @param {Lang} lang */
export const nameOf = (feature, lang) => pick(feature.name_zh, feature.name_en, lang);

/** Returns the short name of a feature, else the full one. @param {{ name_zh: string, name_en?: string, short_zh?: string, short_en?: string }} feature @param {Lang} lang */
export const shortOf = (feature, lang) =>
  pick(feature.short_zh || feature.name_zh, feature.short_en || feature.name_en, lang);
