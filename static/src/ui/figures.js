/**
 * The bar of figures over the map, with the caption of the one that is shown.
 * @module ui/figures
 */
import { pick } from '../format.js';
import { h, icon, ICONS, markChinese, on, word } from './dom.js';

/** @typedef {import('../state.js').ViewName} ViewName */

/**
 * @param {HTMLElement} el
 * @param {{ model: import('../model/index.js').Model, text: import('../text/index.js').Text, lang: import('../text/index.js').Lang,
 *   onView: (view: ViewName) => void }} deps
 */
export function createFigures(el, { model, text, lang, onView }) {
  const figures = (model.document.figures ?? []).filter(({ no }) => no >= 1 && no <= 3);
  const bar = h('div', { class: 'figure-bar', role: 'group', 'aria-label': text('fig.bar') }, figures.map(({ no, focus }) => {
    const area = focus ? model.area(focus) : undefined;
    return h('button', { type: 'button', 'data-view': `fig${no}`, 'data-testid': `figure-${no}`, 'aria-pressed': 'false' },
      h('b', {}, text('fig.n', { n: no })), ' ', h('span', {}, area ? text(`kind.${area.kind}`) : text('fig.whole')));
  }));
  const caption = h('div', { class: 'caption', hidden: true });
  el.append(bar, caption);

  /** @param {ViewName | null} view */
  function write(view) {
    const figure = figures.find(({ no }) => `fig${no}` === view);
    if (!figure) return;
    caption.replaceChildren(
      h('button', { type: 'button', class: 'close', 'data-act': 'close-caption', 'aria-label': text('fig.close') }, icon(ICONS.close)),
      h('h2', {}, `${text('fig.n', { n: figure.no })} `, word(pick(figure.title_zh, figure.title_en, lang))),
      h('p', { class: 'note' }, text('n.fig'), figure.clause ? ` · ${text('fig.clause', { clause: figure.clause })}` : null),
      h('p', {}, word(pick(figure.caption_zh, figure.caption_en, lang))));
    markChinese(caption, lang);
  }

  const ends = [
    on(bar, 'click', (event) => {
      const view = event.target.closest('[data-view]')?.dataset.view;
      if (view) onView(view);
    }),
    on(caption, 'click', (event) => {
      if (event.target.closest('[data-act=close-caption]')) close();
    }),
  ];

  function close() {
    const focused = caption.contains(document.activeElement);
    caption.hidden = true;
    if (focused) /** @type {HTMLElement | null} */ (bar.querySelector('[aria-pressed=true]'))?.focus();
  }

  return {
    /** @param {{ view: ViewName | null }} state */
    update({ view }) {
      for (const button of bar.querySelectorAll('button')) button.setAttribute('aria-pressed', String(button.dataset.view === view));
      write(view);
    },
    open: () => (caption.hidden = figures.length === 0),
    close,
    destroy() {
      ends.forEach((end) => end());
      bar.remove();
      caption.remove();
    },
  };
}
