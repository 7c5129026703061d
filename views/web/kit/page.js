// How a page's pictures live: built once, shown anew with new data, laid out anew when their size or the theme changes,
// moved by one clock, and gone without a trace. A page declares what it shows; what all pages do stands here.

import { follow, makeClock } from "./clock.js";
import { csvOfLanes } from "./csv.js";
import { answered, edit, refuse } from "./edits.js";
import { explain } from "./glossary.js";
import { takeInHand } from "./hand.js";
import { themeOf } from "./look.js";
import { asked, linkButton } from "./looks.js";
import { buildTools, layoutMap, makeMap } from "./map.js";
import { paceOf } from "./pace.js";
import { button, fit, note, placeOn, sharper, sizeOf } from "./parts.js";
import { buildPlay, followClock, pressKey } from "./play.js";
import { chosenFigures, conduct } from "./presented.js";
import { compose, download } from "./save.js";
import { arrange } from "./stands.js";
import { dictionary, filled, sentence } from "./terms.js";
import { firstVisit } from "./trail.js";
import { parted, stampOf, unpack } from "./wire.js";

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

const SAID = ["language", "heights", "lesson", "looks", "problem"]; // by Python, beside a picture that may be there
const ON_MAP = ["start", "point", "critical"]; // edits whose refusal is told on the map
const CANVAS = { ground: "ground", marks: "marks", moving: "paths" };

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

  // Of a page whose pictures are had by their links: what Python says of the visit, and the picture, in words.
  async function heard(made, bytes) {
    const [first, second] = parted(bytes);
    const { header: visit } = await unpack(first);
    made.dictionary = await dictionary(visit.language);
    const picture = await made.hand.heard(visit, second);
    const before = made.header;
    const { link } = made.hand;
    const same = before?.link === link && before.opened === visit.opened && made.picture === picture;
    made.picture = picture;
    const moved = same && { sequence: before.sequence, moved: before.moved }; // the clock has heard of it
    const header = { ...visit, ...moved, link };
    const known = same && SAID.every((each) => JSON.stringify(header[each]) === JSON.stringify(before[each]));
    return { floats: picture.floats, known, header: worded(made, picture, header) };
  }

  function shown(made, picture, { moved, problems }) {
    const refused = ON_MAP.find((path) => problems[path]);
    const problem = refused ? sentence(problems[refused], made.dictionary) : "";
    const visit = { ...made.hand.visit, sequence: `by hand ${made.shows}`, moved, problem, link: picture.header.link };
    made.picture = picture;
    show(made, worded(made, picture, visit), picture.floats);
    refuse(problems, made.dictionary);
  }

  function waits(made, share, busy) {
    if (made.share === null && share !== null) made.clock.seek(made.clock.last); // where it grows
    made.share = share;
    if (busy) sayBusy(made, busy);
    else declared.waits?.(made);
  }

  // The last picture stays; over it, until there is a new one, how long the server asks to wait, that it is gone, or
  // that it works for longer than usual.
  function sayBusy(made, busy) {
    const veil = made.find(".veil");
    veil.textContent = filled(made.dictionary.stage[busy.cut ? "cut" : busy.slow ? "slow" : "busy"], busy);
    veil.hidden = false;
    made.busy = veil;
    veil.classList.add("busy");
  }

  const worded = (made, picture, visit) => declared.worded({ ...picture.header, ...visit }, made.dictionary);

  function show(made, header, floats) {
    const before = made.header;
    Object.assign(made, { header, words: header.words });
    const looks = before ? null : asked();
    for (const [each, view] of Object.entries(looks?.views ?? {})) if (made.maps[each]) made.maps[each].wished = view;
    declared.read(made, header, floats, before);
    if (made.busy) {
      made.busy.classList.remove("busy");
      made.busy.hidden = true;
      made.busy = null;
    }
    if (made.asked === header.heights) made.asked = null; // an answer to an earlier wish comes too late
    if (!made.asked && header.heights !== before?.heights) stand(made, header.heights);
    const { lanes, clock, root, words } = made;
    if (!lanes.some((lane) => lane.number === made.focus))
      made.focus = (declared.first?.(lanes) ?? lanes[0])?.number ?? null;
    const runs = declared.runs?.(made) ?? true;
    const waits = follow(clock, header, before, runs, !before && !looks && runs && firstVisit());
    if (looks) look(made, looks);
    clock.pace = paceOf(...declared.paced(made));
    const picture = button("PNG", words.picture, () =>
      pictureOf(made).toBlob((blob) => download(declared.saved(made).file, blob)),
    );
    picture.dataset.always = "";
    const more = [...(declared.saved(made).more ?? [])];
    if (declared.numbers) more.push(button("CSV", words.numbers, () => saveNumbers(made)));
    const link = linkButton(
      words,
      header.language,
      () => looksOf(made),
      () => made.header.link ?? "",
    );
    buildPlay(made.find(".play"), clock, words, header.language, [picture, ...more, link], waits);
    // Fewer do not move the clock.
    if (declared.rows) root.style.setProperty("--lanes", Math.max(lanes.length, declared.rows));
    declared.built?.(made, before, waits);
    layout(made, true);
    declared.shown?.(made);
    made.shows += 1;
    root.dataset.painted = made.shows;
    conduct(clock, runs, lanes, root);
  }

  // As a link asks for it: what this page has of that.
  function look(made, { step, tab, logs, chosen }) {
    made.clock.seek(step);
    Object.assign(made.logs, logs);
    if (made.chosen) Object.assign(made.chosen, chosen);
    if (tab && made.words[`tab_${tab}`] && !made.header.looks) made.tab = tab;
  }

  // And the other way round; `ask` stands before the #, where Python reads it.
  function looksOf({ clock, logs, chosen, tab, maps, header }) {
    const moved = Object.entries(maps).filter(([, map]) => map.view && !map.home);
    const own = header.looks
      ? { ask: header.looks.tab !== undefined && tab !== "data" ? { tab } : {} }
      : { tab, chosen };
    return {
      step: Math.round(clock.step),
      logs,
      views: Object.fromEntries(moved.map(([each, { view }]) => [each, view])),
      ...own,
    };
  }

  // All maps of a page have one scale: they are there to be compared.
  function stand(made, mode, asked = false) {
    for (const map of Object.values(made.maps)) map.heights = mode;
    if (!asked) return;
    made.asked = mode;
    edit(made.component, "heights", mode);
    layout(made, true);
  }

  /** Draw everything that does not move, then what does; `whole`: also what only data and choices change. */
  function layout(made, whole = false) {
    if (!made.header) return;
    made.theme = made.paper ?? themeOf(made.root);
    const seen = Object.values(made.maps).filter(({ figure: holder }) => !holder.closest("[hidden]"));
    if (!seen.every(({ figure: holder }) => sizeOf(holder).width && sizeOf(holder).height)) return;
    for (const each of made.failed) wipe(made, each);
    made.failed.clear();
    const before = roomsOf(made);
    for (const [each, room] of before) paint(made, each, "ground", room);
    // Captions and sheet tell of what is drawn, and may leave it another room. All of it is written before anything is
    // measured again: to measure what was just changed is to lay out the whole page.
    if (whole) for (const [each] of before) guarded(made, each, () => caption(made, each));
    guarded(made, "sheet", () => declared.laid?.(made, whole));
    explain(made.root, made.header.language);
    const rooms = roomsOf(made);
    for (const [each, room] of rooms) {
      const { width, height } = before.get(each) ?? {};
      if (room && (room.width !== width || room.height !== height)) paint(made, each, "ground", room);
      paint(made, each, "marks", room);
    }
    move(made, rooms);
  }

  function move(made, rooms = roomsOf(made)) {
    if (!made.header || !made.theme) return;
    for (const [each, room] of rooms) paint(made, each, "moving", room);
    guarded(made, "sheet", () => declared.moved?.(made));
    followClock(made.find(".play"), made.clock, made.words, declared.beside?.(made));
  }

  // A picture that throws says so in its own frame; its neighbours and the clock live on.
  function paint(made, each, layer, size) {
    const [picture, map] = [pictures[each], made.maps[each]];
    const draw = map && layer === "ground" ? drawGround : picture[layer];
    if (!draw || made.failed.has(each) || (map && !map.scene)) return;
    if (!size?.width || size.height < 20) return;
    const canvas = made.find(`[data-picture="${each}"] .${CANVAS[layer]}`);
    guarded(
      made,
      each,
      () => draw(fit(canvas, size), size, made, each),
      () => sayFailed(made, each, size),
    );
  }

  const roomsOf = (made) => new Map(Object.keys(pictures).map((each) => [each, roomOf(made, each)]));

  const roomOf = (made, each) =>
    pictures[each].size
      ? pictures[each].size(made)
      : sizeOf(made.find(`[data-picture="${each}"] .paths`).parentElement);

  function guarded(made, each, draw, failed = () => {}) {
    try {
      draw();
    } catch (error) {
      if (made.told !== `${made.stamp} ${each}`) console.error(`${name}: ${each}:`, error); // one line, not one a frame
      made.told = `${made.stamp} ${each}`;
      failed();
    }
  }

  function sayFailed(made, each, size) {
    made.failed.add(each);
    wipe(made, each);
    note(fit(made.find(`[data-picture="${each}"] .paths`), size), size, made.words.failed, made.theme);
  }

  // What was drawn, and a clip that was left.
  function wipe(made, each) {
    for (const canvas of made.find(`[data-picture="${each}"]`).querySelectorAll("canvas")) canvas.width = 0;
    if (made.maps[each]) made.maps[each].ground = null;
  }

  function caption(made, each) {
    const [picture, map] = [pictures[each], made.maps[each]];
    if (map?.scene) {
      buildTools(map, picture.tools?.(made));
      map.figure.querySelector(".paths").setAttribute("aria-label", picture.label?.(made, each) ?? made.header.title);
    }
    if (!picture.caption) return;
    const { name: title, title: hint = "", choices, log, small } = picture.caption(made, each);
    const head = made.find(`[data-picture="${each}"] figcaption`);
    const controls = () => [...head.querySelectorAll("button, select")];
    const held = controls().indexOf(head.getRootNode().activeElement);
    if (title !== undefined) head.querySelector(".name").textContent = title;
    if (hint) head.title = hint;
    if (choices) head.querySelector(".choices").replaceChildren(...choices);
    if (small) head.querySelector("small").textContent = small;
    if (log) head.querySelector(".log").replaceWith(log);
    if (held >= 0) controls()[held]?.focus({ preventScroll: true });
  }

  function unmount(element) {
    pages.get(element)?.close();
    pages.delete(element);
  }

  const saveNumbers = (made) => {
    const numbers = csvOfLanes(...declared.numbers(made));
    download(declared.saved(made).file.replace(/png$/, "csv"), new Blob([numbers], { type: "text/csv" }));
  };

  const pictureOf = (made) => {
    const { lanes = made.lanes, title } = declared.saved(made);
    const picture = sharper(2, () => {
      layout(made, false);
      return compose([...made.root.querySelectorAll("figure")], lanes, made.theme, title);
    });
    layout(made, false);
    return picture;
  };

  return { mount, unmount, pictureOf };
}

const drawGround = (_context, _size, { maps, theme, header }, each) => layoutMap(maps[each], theme, header.language);

// Whoever points at a playing curve does not stop it.
function hover(made, each, layer) {
  layer.addEventListener("pointermove", (event) => {
    const frame = made.frames[each];
    if (!frame || (made.clock.playing && !event.buttons)) return;
    const [px] = placeOn(layer, event);
    if (px >= frame.box.left && px <= frame.box.right) made.clock.seek(Math.round(frame.x.invert(px)));
  });
}
