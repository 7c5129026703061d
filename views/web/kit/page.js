// How a page's pictures live: built once, shown anew with new data, laid out anew when their size or the theme changes,
// moved by one clock, and gone without a trace. A page declares what it shows; what all pages do stands here.

import { makeClock } from "./clock.js";
import { answered } from "./edits.js";
import { takeInHand } from "./hand.js";
import { layout, move, paint, roomOf } from "./laid.js";
import { makeMap } from "./map.js";
import { placeOn } from "./parts.js";
import { pressKey } from "./play.js";
import { chosenFigures } from "./presented.js";
import { heard, pictureOf, show, shown, stand, waits } from "./shown.js";
import { arrange } from "./stands.js";
import { stampOf, unpack } from "./wire.js";

/**
 * @template H
 * @typedef {{header: H, words: Record<string, string>, root: HTMLElement, find: (selector: string) => any,
 *   lanes: any[], focus: number | null, theme: any, frames: Record<string, any>, maps: Record<string, any>,
 *   logs: Record<string, boolean | null>, clock: any, component: any, hand: any, share: number | null,
 *   choose: (lane: number) => void,
 *   turn: (change: () => void) => () => void, layout: (whole?: boolean) => void, [more: string]: any}} Page
 */

/**
 * What a figure shows. It draws on its canvases: `ground` what the clock does not change, `marks` what lies on that, if
 * it has a canvas for them, `moving` what goes with the clock.
 * caption: what stands over it; hover: a pointer moves the clock along `page.frames[name]`; map: what a map calls, see
 * makeMap: its ground is drawn by itself, and it has `tools` and a `label`; size: where it is not as large as what
 * holds its canvas, null if hidden.
 * @typedef {{width: number, height: number}} Size
 * @typedef {(context: CanvasRenderingContext2D, size: Size, page: Page<any>, name: string) => void} Draw
 * @typedef {{name?: string, title?: string, choices?: Node[], log?: Node, small?: string}} Caption
 * @typedef {{ground?: Draw, marks?: Draw, moving?: Draw, hover?: boolean,
 *   caption?: (page: Page<any>, name: string) => Caption, map?: (page: Page<any>, name: string) => object,
 *   tools?: (page: Page<any>) => Node[], label?: (page: Page<any>, name: string) => string,
 *   size?: (page: Page<any>) => Size | null}} Picture
 */

/** A figure with a caption and two canvases, and more over those. */
export const figure = (name, caption = `<span class="name"></span><span class="choices"></span>`, more = "") =>
  `<figure data-picture="${name}"><figcaption>${caption}</figcaption>
    <div class="layers"><canvas class="ground"></canvas><canvas class="paths"></canvas></div>${more}</figure>`;

/**
 * mount and unmount of the component `name`, whose element is filled with `html`; they are to be exported.
 *
 * pictures: by the `data-picture` of their figures; fields: what a fresh page has besides; read(page, header, floats,
 * before): new data, `before` being the header before; runs(page): whether there is anything to play; paced(page): what
 * its clock lingers at, see paceOf; saved(page): the file, title and lanes of its picture, and `more` buttons beside
 * that; built(page, before, waits) once all is there; laid(page, whole) after the pictures; moved(page) at each step;
 * numbers(page): [lanes, told], of which the numbers make a table, see csvOfLanes;
 * presents: figures that a stop of a lecture shows where it does not ask for others;
 * beside(page): what is said after the step; rows: as many lanes as the table has room for.
 * asks: the name of its picture, if it is had by its link; worded(header, dictionary): the header of that in
 * words; speaks: whether it has sentences; waits(page): a long run
 * of it goes on, `share` of it is done, or has ended: then that is null.
 * @param {string} name
 * @param {string} html
 * @param {{pictures: Record<string, Picture>, [more: string]: any}} declared
 */
export function page(name, html, declared) {
  const { pictures } = declared;
  const pages = new WeakMap();

  function build(element) {
    const root = element.querySelector(`.${name}`);
    root.innerHTML = html;
    arrange(root);
    const find = (selector) => root.querySelector(selector);
    chosenFigures(root, Object.keys(pictures), declared.presents);
    const fresh = {
      name,
      declared,
      root,
      find,
      lanes: [],
      theme: null,
      focus: null,
      frames: {},
      logs: {},
      failed: new Set(),
      maps: {},
      share: null,
      shows: 0,
    };
    const made = Object.assign(fresh, declared.fields?.());
    made.clock = makeClock(() => move(made));
    made.clock.fades = Object.values(pictures).some((picture) => picture.map) ? false : undefined;
    made.repaint = (each, layer) => paint(made, each, layer, roomOf(made, each));
    made.layout = (whole) => layout(made, whole);
    made.turn = (change) => () => (change(), layout(made, true));
    made.choose = (lane) => made.turn(() => (made.focus = lane))();
    for (const [each, picture] of Object.entries(pictures)) {
      const holder = find(`[data-picture="${each}"]`);
      if (picture.map)
        made.maps[each] = makeMap(holder.querySelector(".contour") ?? holder, {
          ...picture.map(made, each),
          heights: (mode) => stand(made, mode, true),
        });
      if (picture.hover) hover(made, each, holder.querySelector(".paths"));
    }
    const watcher = new ResizeObserver(() => layout(made));
    for (const each of root.querySelectorAll("figure, .sheet")) watcher.observe(each);
    const themes = new MutationObserver(() => requestAnimationFrame(() => layout(made)));
    themes.observe(document.head, { childList: true });
    const keys = (event) => made.header && (declared.runs?.(made) ?? true) && pressKey(made.clock, event);
    document.addEventListener("keydown", keys);
    if (declared.asks)
      made.hand = takeInHand(declared.asks, {
        shown: (picture, how) => made.closed || shown(made, picture, how),
        waits: (share, busy) => waits(made, share, busy),
        at: root,
        speaks: declared.speaks ?? false,
      });
    made.close = () => {
      made.hand?.close();
      watcher.disconnect();
      themes.disconnect();
      document.removeEventListener("keydown", keys);
      for (const map of Object.values(made.maps)) map.close();
      made.closed = true;
      made.clock.playing = false;
    };
    return made;
  }

  /** Called by Streamlit at mounting and whenever the data changes. */
  async function mount(component) {
    const made = pages.get(component.parentElement) ?? build(component.parentElement);
    pages.set(component.parentElement, made);
    made.component = component;
    const stamp = stampOf(component.data, Boolean(made.hand));
    if (stamp === made.stamp) return layout(made); // the same data: the theme has changed
    const ticket = (made.ticket = (made.ticket ?? 0) + 1);
    const { header, floats, known } = await (made.hand ? heard(made, component.data) : unpack(component.data));
    if (made.closed || ticket !== made.ticket) return; // newer data overtook this one
    made.stamp = stamp;
    if (!known) show(made, header, floats);
    answered();
  }

  function unmount(element) {
    pages.get(element)?.close();
    pages.delete(element);
  }

  return { mount, unmount, pictureOf };
}

// Whoever points at a playing curve does not stop it.
function hover(made, each, layer) {
  layer.addEventListener("pointermove", (event) => {
    const frame = made.frames[each];
    if (!frame || (made.clock.playing && !event.buttons)) return;
    const [px] = placeOn(layer, event);
    if (px >= frame.box.left && px <= frame.box.right) made.clock.seek(Math.round(frame.x.invert(px)));
  });
}
