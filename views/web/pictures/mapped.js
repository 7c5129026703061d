// The map of cells on a page: its tiles, coarse to fine, what a pointer does there, and what stands below it. The page
// says what lies beside: the run behind a cell.

import { number } from "../kit/axes.js";
import { edit } from "../kit/edits.js";
import { colourOf, rgb } from "../kit/look.js";
import { button, made, noteIn, placeOn } from "../kit/parts.js";
import { download } from "../kit/save.js";
import { filled } from "../kit/terms.js";
import { unpack } from "../kit/wire.js";
import {
  cellAt,
  cellColour,
  colourOfName,
  DASHES,
  drawCells,
  isCounted,
  isNamed,
  nameOf,
  panelsOf,
  RAMPS,
  rangeOf,
  ranksOf,
  scalesOf,
  told,
} from "./cells.js";
import { drawSweep } from "./swept.js";
import { addressOf, along, back, covering, makeTiles, NONE, rowsOf as rowsOfTile } from "./tiles.js";

const REST = 400; // milliseconds after which the address says what is seen
const GRAB = 4; // pixels that a pointer moves before it drags
const SOON = 2.5; // seconds that a tile may take which is computed unasked
const CLOSEST = 2 ** -44; // of the first window: closer, double precision has no more numbers
const LARGE = 4096; // cells along each side of the picture to take home

/** The figure of the map. */
export const CELLS = `
    <figure class="atlas" data-picture="cells">
      <figcaption><span class="name"></span><span class="choices"></span></figcaption>
      <div class="layers"><canvas class="ground"></canvas><canvas class="paths" tabindex="0" role="img"></canvas>
      <output class="reading" hidden></output><div class="cover" hidden></div></div>
    </figure>`;

/** What stands below the pictures. */
export const BELOW = `
  <div class="legend"></div>
  <div class="play" role="toolbar"></div>
  <p class="told" aria-live="polite"></p>
  <div class="sheet"><table></table></div>`;

export const fields = () => ({
  chosen: {},
  info: null,
  view: null,
  past: [],
  pointer: null,
  box: false,
  failure: "",
  figures: null,
  linear: false,
});

/** Whether there is one axis, and whether the numbers over it are drawn as curves: names remain colours. */
const isSweep = ({ info }) => info?.axes[1].name === NONE;
const isCurves = (stage) => isSweep(stage) && !isCounted(measureOf(stage));

/** The picture of the cells, see Picture. */
export const cells = { ground: drawGround, moving: drawMarks, caption: captioned };

const measureOf = ({ header }) => header.measures.find(({ name }) => name === header.looks.measure);

/** New data: what changes of the map. @param {any} stage @param {any} before the header before */
export function readMap(stage, header, before) {
  stage.tiles ??= makeTiles({ news: () => renew(stage), fails: (why) => failed(stage, why) });
  const { across, up, measure, zoom, fine } = header.looks;
  const asked = [header.link, across, up, header.language].join(" ");
  if (asked !== stage.described) {
    stage.described = asked;
    describe(stage);
  } else if (String(zoom) !== String(stage.zoomed) && stage.info) {
    goTo(stage, zoom.length ? placesOf(stage, zoom) : rootOf(stage), false); // Back, Forward, or a demonstration
  } else if (fine !== before?.looks.fine) wantTiles(stage);
  if (measure !== before?.looks.measure) stage.figures = null;
}

const optionsOf = ({ header }) => {
  const { across, up, measure } = header.looks;
  return `${across && `&across=${across}`}${up && `&up=${up}`}&measure=${measure}&lang=${header.language}`;
};

// What the map is about: its axes, the points that cells may be named after, what is known without looking.
async function describe(stage) {
  const { header, described } = stage;
  stage.describing?.abort();
  const control = (stage.describing = new AbortController());
  try {
    const address = addressOf(
      "map",
      header.link,
      header.looks.zoom.length ? header.looks.zoom : null,
      optionsOf(stage),
    );
    const answer = await fetch(address, { signal: control.signal });
    if (!answer.ok) throw new Error(await answer.text());
    const { header: info } = await unpack(new Uint8Array(await answer.arrayBuffer()));
    if (stage.closed || described !== stage.described) return;
    const another = info.base !== stage.info?.base;
    stage.info = info;
    stage.failure = "";
    if (another) {
      stage.tiles.of(info.base);
      stage.tiles.stopped = info.refused || info.seconds > SOON;
      Object.assign(stage, { past: [], figures: null, zoomed: header.looks.zoom, hover: null });
      stage.view = rootOf(stage);
      goTo(stage, placesOf(stage, info.window), false); // the window that makes sense, within what the axes allow
      stage.zoomed = header.looks.zoom;
    }
    stage.layout(true);
  } catch (error) {
    if (error.name !== "AbortError") failed(stage, error.message);
  }
}

function failed(stage, why) {
  stage.failure = filled(stage.header.told.failed, { why });
  stage.layout(true);
}

// ---- what is seen -----------------------------------------------------------------------------------------------

/** @param {any} stage @returns {any} */
const placesOf = ({ info }, zoom) => zoom.map((value, i) => along(info.axes[i >> 1], value));
const valuesOf = ({ info }, view) => view.map((place, i) => back(info.axes[i >> 1], place));
/** @returns {any} */
const rootOf = (stage) =>
  placesOf(
    stage,
    stage.info.axes.flatMap(({ first, last }) => [first, last]),
  );
/** @returns {any} */
const limitsOf = (stage) =>
  placesOf(
    stage,
    stage.info.axes.flatMap(({ low, high, log, first }) => [log ? Math.max(low, first * 1e-6) : low, high]),
  );

/** Show another part; `mine`: somebody here has chosen it, so that the address follows. */
function goTo(stage, view, mine = true) {
  const [limits, root] = [limitsOf(stage), rootOf(stage)];
  const next = [...view];
  if (isSweep(stage)) [next[2], next[3]] = [root[2], root[3]];
  for (const k of [0, 2]) {
    const wide = Math.min(
      Math.max(next[k + 1] - next[k], (root[k + 1] - root[k]) * CLOSEST),
      limits[k + 1] - limits[k],
    );
    const middle = (next[k] + next[k + 1]) / 2;
    [next[k], next[k + 1]] = [middle - wide / 2, middle + wide / 2];
    const shift = Math.max(limits[k] - next[k], 0) + Math.min(limits[k + 1] - next[k + 1], 0);
    [next[k], next[k + 1]] = [next[k] + shift, next[k + 1] + shift];
  }
  stage.view = next;
  stage.figures = null;
  wantTiles(stage);
  stage.layout();
  clearTimeout(stage.saying);
  const home = String(next) === String(root);
  stage.zoomed = home ? [] : valuesOf(stage, next);
  if (mine)
    stage.saying = setTimeout(() => !stage.closed && edit(stage.component, "zoom", home ? "" : stage.zoomed), REST);
}

/** @param {any} stage @param {number} factor @param {any} centre */
function zoomBy(stage, factor, centre = [(stage.view[0] + stage.view[1]) / 2, (stage.view[2] + stage.view[3]) / 2]) {
  const [x0, x1, y0, y1] = stage.view;
  const [cx, cy] = centre;
  goTo(stage, [cx + (x0 - cx) * factor, cx + (x1 - cx) * factor, cy + (y0 - cy) * factor, cy + (y1 - cy) * factor]);
}

function wantTiles(stage) {
  const { info, view, header, pointer: at } = stage;
  if (!info) return;
  const near = at ?? [(view[0] + view[1]) / 2, (view[2] + view[3]) / 2];
  const wish = { fine: Number(header.looks.fine), cells: info.cells, near };
  stage.tiles.want(covering(info.axes, view, rootOf(stage), wish));
}

function renew(stage) {
  if (stage.closed || stage.renewing) return;
  stage.renewing = requestAnimationFrame(() => {
    stage.renewing = 0;
    stage.layout(true);
    const { tiles } = stage;
    if (!tiles.left() && !tiles.stopped && tiles.known.size && !stage.figures && isCounted(measureOf(stage)))
      askFigures(stage);
  });
}

async function askFigures(stage) {
  const mine = (stage.figures = {});
  const link = stage.info.base;
  try {
    const window = stage.zoomed?.length ? stage.zoomed : null;
    const answer = await fetch(addressOf("figures", link, window, `&measure=${stage.header.looks.measure}`));
    if (!answer.ok) return;
    const { header } = await unpack(new Uint8Array(await answer.arrayBuffer()));
    if (stage.figures !== mine || !header.rows) return;
    stage.figures = header;
    fillBelow(stage);
  } catch {
    // they stay away
  }
}

// ---- the picture of cells ---------------------------------------------------------------------------------------

const inView = ({ box }, view) => box[0] < view[1] && box[1] > view[0] && box[2] < view[3] && box[3] > view[2];

/** All that the picture is drawn with. @param {any} stage */
function lookOf(stage) {
  const { info, header, theme, view, lanes } = stage;
  const measure = measureOf(stage);
  const tiles = [...stage.tiles.known.values()].filter((tile) => inView(tile, view)).sort((a, b) => a.level - b.level);
  const named = header.lanes.map(({ number: at }) => lanes.find((lane) => lane.number === at));
  const look = {
    measure,
    tiles,
    view,
    axes: info.axes,
    theory: info.theory,
    places: info.places,
    floor: info.floor,
    lanes: named,
    theme,
    words: header.told,
    range: [1, 10],
    ranks: [],
    stamp: "",
  };
  if (measure.kind === "trained") look.ranks = ranksOf(measure, tiles);
  else if (!isNamed(measure)) look.range = rangeOf(measure, tiles, info.floor);
  look.stamp = [theme.paper, ...look.range, tiles.length, ...tiles.slice(-1).map(({ key }) => key)].join();
  return look;
}

/** The maps that are shown: of one lane, of all, or one about all of them. */
function rowsOf(stage) {
  const { header, lanes, info } = stage;
  const measure = measureOf(stage);
  if (measure.kind === "winner" || isCurves(stage)) return [{ at: 0, number: null, label: measure.label }];
  const rows = info.lanes.map((lane, at) => ({
    at,
    number: lane,
    label: lanes.find((each) => each.number === lane)?.label ?? "",
  }));
  const whose = rows.filter(({ number: lane }) => lane === header.looks.whose - 1);
  return whose.length ? whose : rows;
}

function drawGround(context, size, stage) {
  context.clearRect(0, 0, size.width, size.height);
  if (!stage.info || !stage.view) return;
  const look = lookOf(stage);
  stage.drawn = look;
  stage.panels = panelsOf(size, rowsOf(stage));
  if (isCurves(stage)) drawSweep(context, stage.panels[0], look, !stage.linear);
  else drawCells(context, size, stage.panels, look);
  if (!look.tiles.length && !stage.tiles.stopped && !stage.failure)
    for (const { box } of stage.panels) noteIn(context, box, stage.words.computing, stage.theme);
}

// Where the experiment is, where the pointer is, and the box that is dragged.
function drawMarks(context, size, stage) {
  context.clearRect(0, 0, size.width, size.height);
  const { panels, view, theme, info, pointer: at, drag } = stage;
  if (!panels || !info) return;
  const now = info.axes.map((axis) => along(axis, axis.now));
  for (const panel of panels) {
    const { box } = panel;
    const { x, y } = scalesOf(panel, view);
    if (isSweep(stage)) {
      for (const [across] of [now, ...(at ? [at] : [])])
        if (across >= view[0] && across <= view[1]) {
          context.fillStyle = theme.ink;
          context.fillRect(x(across) - 0.75, box.top, 1.5, box.bottom - box.top);
        }
      continue;
    }
    const inside = (px, py) => px >= box.left && px <= box.right && py >= box.top && py <= box.bottom;
    for (const [[across, up], radius] of [[now, 7], ...(at ? [[at, 4]] : [])]) {
      const [px, py] = [x(across), y(up)];
      if (!inside(px, py)) continue;
      for (const [colour, width] of [
        [theme.halo, 5],
        [theme.ink, 2],
      ]) {
        context.beginPath();
        context.arc(px, py, radius, 0, 7);
        Object.assign(context, { strokeStyle: colour, lineWidth: width });
        context.stroke();
      }
    }
    if (!drag?.boxed || !drag.to) continue;
    Object.assign(context, { strokeStyle: theme.ink, lineWidth: 2 });
    context.setLineDash([5, 4]);
    context.strokeRect(
      x(drag.from[0]),
      y(drag.from[1]),
      x(drag.to[0]) - x(drag.from[0]),
      y(drag.to[1]) - y(drag.from[1]),
    );
    context.setLineDash([]);
  }
}

function captioned(stage) {
  const { header, component } = stage;
  const words = header.told;
  const measure = measureOf(stage);
  stage
    .find(".atlas .paths")
    .setAttribute("aria-label", `${filled(words.title, { measure: measure.label })}. ${words.hint}`);
  if (!stage.info) return { name: measure.label, title: measure.about, choices: [] };
  const curves = isCurves(stage);
  const several = measure.kind !== "winner" && !curves && stage.info.lanes.length > 1;
  const menu = document.createElement("select");
  menu.append(new Option(words.all, "0", false, header.looks.whose === 0));
  for (const lane of stage.info.lanes) {
    const label = stage.lanes.find(({ number: at }) => at === lane)?.label ?? `${lane + 1}`;
    menu.append(new Option(label, String(lane + 1), false, header.looks.whose === lane + 1));
  }
  menu.setAttribute("aria-label", words.all);
  menu.onchange = () => edit(component, "whose", Number(menu.value));
  const remember = (act) => () => {
    stage.past.push(stage.view);
    act();
  };
  const tools = [
    ...(several ? [menu] : []),
    ...(curves
      ? [
          button(
            stage.words[stage.linear ? "linear" : "log"],
            stage.words.log_hint,
            stage.turn(() => (stage.linear = !stage.linear)),
          ),
        ]
      : []),
    button(
      words.box,
      words.box_hint,
      stage.turn(() => (stage.box = !stage.box)),
      stage.box,
    ),
    button(
      "home",
      words.home,
      remember(() => goTo(stage, rootOf(stage))),
    ),
    button(
      "closer",
      words.closer,
      remember(() => zoomBy(stage, 0.5)),
    ),
    button(
      "farther",
      words.farther,
      remember(() => zoomBy(stage, 2)),
    ),
  ];
  if (stage.past.length) tools.push(button(words.zoomed, words.zoomed, () => goTo(stage, stage.past.pop())));
  return { name: measure.label, title: measure.about, choices: tools };
}

// ---- what a pointer does ----------------------------------------------------------------------------------------

/** Pointers act from now on. What the page does with the run behind a cell stands in `stage.behind`: {address(found) of
 * that run; shows(answer), beside, null for nobody's; takes(edits), which make the experiment that of a cell}. */
export function wire(stage) {
  if (stage.wired) return;
  stage.wired = true;
  const canvas = stage.find(".atlas .paths");
  canvas.addEventListener("pointerdown", (event) => {
    const spot = spotOf(stage, event);
    if (!spot || event.button) return;
    stage.drag = {
      from: spot.at,
      px: spot.px,
      view: stage.view,
      boxed: stage.box || event.shiftKey,
      moved: false,
      panel: spot.panel,
    };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (stage.drag) return dragging(stage, event);
    hovering(stage, spotOf(stage, event));
  });
  canvas.addEventListener("pointerup", (event) => {
    const { drag } = stage;
    stage.drag = null;
    if (!drag) return;
    if (!drag.moved) return chose(stage, spotOf(stage, event));
    if (!drag.boxed || !drag.to) return;
    const [[x0, y0], [x1, y1]] = [drag.from, drag.to];
    if (x0 === x1 || y0 === y1) return stage.layout();
    stage.past.push(stage.view);
    stage.box = false;
    goTo(stage, [Math.min(x0, x1), Math.max(x0, x1), Math.min(y0, y1), Math.max(y0, y1)]);
    stage.layout(true);
  });
  canvas.addEventListener("pointercancel", () => (stage.drag = null));
  canvas.addEventListener("pointerleave", () => hovering(stage, null));
  canvas.addEventListener(
    "wheel",
    (event) => {
      const spot = spotOf(stage, event);
      if (!spot) return;
      event.preventDefault();
      if (performance.now() - (stage.wheeled ?? -Infinity) > 2 * REST) stage.past.push(stage.view);
      stage.wheeled = performance.now();
      zoomBy(stage, 1.0015 ** (event.deltaY || event.deltaX), spot.at);
    },
    { passive: false },
  );
  wirePinch(stage, canvas);
}

// Two fingers: closer and farther around the place that lay between them.
function wirePinch(stage, canvas) {
  const spread = ([a, b]) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
  const between = ([a, b]) => ({ clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 });
  const begin = (event) => {
    const spot = event.touches.length === 2 && spotOf(stage, between(event.touches));
    stage.pinch = spot ? { at: spot.at, view: stage.view, spread: spread(event.touches) } : null;
    if (!spot) return;
    event.preventDefault(); // nor does the page scroll
    stage.drag = null;
    stage.past.push(stage.view);
  };
  const move = (event) => {
    const { pinch } = stage;
    if (!pinch || event.touches.length !== 2) return;
    event.preventDefault();
    stage.drag = null;
    const factor = pinch.spread / Math.max(spread(event.touches), 1);
    goTo(
      stage,
      pinch.view.map((place, k) => pinch.at[k >> 1] + (place - pinch.at[k >> 1]) * factor),
    );
  };
  const end = () => {
    if (stage.pinch) stage.layout(true);
    stage.pinch = null;
  };
  canvas.addEventListener("touchstart", begin, { passive: false });
  canvas.addEventListener("touchmove", move, { passive: false });
  for (const each of ["touchend", "touchcancel"]) canvas.addEventListener(each, end);
}

function spotOf(stage, event) {
  const canvas = stage.find(".atlas .paths");
  const [px, py] = placeOn(canvas, event);
  const panel = stage.panels?.find(({ box }) => px >= box.left && px <= box.right && py >= box.top && py <= box.bottom);
  if (!panel || !stage.view) return null;
  const { x, y } = scalesOf(panel, stage.view);
  return { panel, px: [px, py], at: [x.invert(px), y.invert(py)] };
}

function dragging(stage, event) {
  const { drag } = stage;
  const [px, py] = placeOn(stage.find(".atlas .paths"), event);
  if (Math.hypot(px - drag.px[0], py - drag.px[1]) > GRAB) drag.moved = true;
  if (!drag.moved) return;
  const { box } = drag.panel;
  const { x, y } = scalesOf(drag.panel, drag.view);
  if (drag.boxed) {
    const within = (place, low, high) => Math.min(Math.max(place, low), high);
    drag.to = [x.invert(within(px, box.left, box.right)), y.invert(within(py, box.top, box.bottom))];
    return stage.repaint("cells", "moving");
  }
  const [dx, dy] = [drag.from[0] - x.invert(px), drag.from[1] - y.invert(py)];
  const [x0, x1, y0, y1] = drag.view;
  goTo(stage, [x0 + dx, x1 + dx, y0 + dy, y1 + dy]);
}

const cellUnder = (stage, at) => stage.drawn && cellAt(stage.drawn.tiles, at);

function hovering(stage, spot) {
  const reading = stage.find(".atlas .reading");
  const found = spot && cellUnder(stage, spot.at);
  stage.pointer = spot?.at ?? null;
  reading.hidden = !found;
  stage.repaint("cells", "moving");
  if (!found) {
    clearTimeout(stage.looking);
    stage.peek?.abort();
    if (stage.hover) stage.behind.shows(null);
    return;
  }
  const measure = measureOf(stage);
  const rows = found.tile.rows[measure.name];
  const value = rows[Math.min(spot.panel.row.at, rows.length - 1)][found.at];
  const { axes } = stage.info;
  const called = ({ symbol, label }) => (symbol && axes[0].symbol !== axes[1].symbol ? symbol : `${label} ${symbol}`);
  const place = axes
    .filter(({ name }) => name !== NONE)
    .map((axis, i) => `${called(axis).trim()} = ${number(found.values[i], 5)}`)
    .join(", ");
  const label = (i) => (rows.length > 1 ? `${stage.drawn.lanes[i]?.label ?? ""}: ` : "");
  const says = isCurves(stage)
    ? rows.map((row, i) => `${label(i)}${told(measure, row[found.at], stage.drawn)}`)
    : [told(measure, value, stage.drawn)];
  reading.textContent = [place, ...says].join("\n");
  if (!stage.asking) peek(stage, found);
  else stage.next = found;
}

// The run behind a cell, without choosing it: one question at a time, the next is about where the pointer is by then.
async function peek(stage, found) {
  const { link, language } = stage.header;
  stage.asking = true;
  stage.next = null;
  const control = (stage.peek = new AbortController());
  try {
    const answer = await fetch(stage.behind.address(found), { signal: control.signal });
    if (!answer.ok || stage.closed) return;
    const run = await unpack(new Uint8Array(await answer.arrayBuffer()));
    if (link !== stage.header.link || language !== stage.header.language || !stage.pointer) return;
    stage.behind.shows(run);
  } catch (error) {
    if (error.name !== "AbortError") console.warn(`maps: ${error.message}`);
  } finally {
    stage.asking = false;
    if (stage.next && stage.pointer && !stage.closed) peek(stage, stage.next);
  }
}

// What gives the experiment the numbers of a cell.
export function editsOf({ info }, { values }) {
  return info.axes.flatMap(({ paths, low, high }, i) =>
    paths.map((path) => [path, Math.min(Math.max(values[i], low), high)]),
  );
}

// The experiment becomes that of the cell, and its run is replayed from the start.
function chose(stage, spot) {
  const found = spot && cellUnder(stage, spot.at);
  if (!found) return;
  stage.hover = null;
  stage.behind.takes(editsOf(stage, found));
  stage.clock.seek(0);
  stage.clock.play();
}

// ---- below ------------------------------------------------------------------------------------------------------

/** What stands below, and over the cells while they wait.
 * @param {any} stage */
export function fillBelow(stage) {
  const { info, find, tiles, header } = stage;
  const words = header.told;
  const cover = find(".cover");
  const legend = find(".legend");
  if (!info || !stage.drawn) return;
  legend.replaceChildren(...legendOf(stage));
  find("[data-big]").disabled = isSweep(stage);
  const left = tiles.left();
  const done = Math.max(tiles.all - left, 0);
  const says = find(".told");
  const parts = [];
  if (info.problem) parts.push(words[`problem_${info.problem}`]);
  if (info.aside) parts.push(words.problem_whole);
  if (stage.drawn.tiles.at(-1)?.header.fine === false) parts.push(words.problem_fine);
  if (left && !tiles.stopped) parts.push(filled(words.computing, { done, all: tiles.all }));
  if (stage.failure) parts.push(stage.failure);
  says.replaceChildren(parts.join(" "));
  if (left && !tiles.stopped)
    says.append(
      " ",
      button(words.cancel, words.cancel, () => tiles.stop(true)),
    );
  const missing = tiles.stopped && (!tiles.known.size || tiles.all > tiles.known.size);
  cover.hidden = !missing;
  if (missing) {
    const text =
      info.trouble || filled(words[info.refused ? "refused" : "waits"], { seconds: number(info.seconds, 2) });
    const go = () => {
      tiles.stop(false);
      wantTiles(stage);
      stage.layout(true);
    };
    cover.replaceChildren(made("p", "", text), ...(info.refused ? [] : [button(words.run, words.run, go)]));
  }
  fillFigures(stage);
}

function sample(colour) {
  const box = made("i", "sample");
  box.style.background = `rgb(${colour})`;
  return box;
}

function rampOf(stops) {
  const bar = made("canvas", "ramp");
  Object.assign(bar, { width: 128, height: 1 });
  const context = /** @type {HTMLCanvasElement} */ (bar).getContext("2d");
  const gradient = context.createLinearGradient(0, 0, 128, 0);
  stops.forEach((stop, i) => gradient.addColorStop(i / (stops.length - 1), `rgb(${stop})`));
  context.fillStyle = gradient;
  context.fillRect(0, 0, 128, 1);
  return bar;
}

// What the colours mean: names that are seen, or the ends of the scale.
function legendOf(stage) {
  const { drawn: look, header } = stage;
  const { measure, tiles } = look;
  const entry = (colour, text) => made("span", "entry", sample(colour), text);
  const theory = Object.keys(DASHES)
    .filter((at) => look.theory.some((each) => each.at === at))
    .map((at) => made("span", "entry", made("i", `limit ${at}`), header.told[`limit_${at}`]));
  if (isCurves(stage)) {
    const colour = (lane) => rgb(colourOf(lane.number, look.theme));
    const lanes = look.lanes.filter(Boolean).map((lane) => entry(colour(lane), lane.label));
    const top = measure.empty && made("span", "entry", `▔ ${measure.empty}`);
    return [...lanes, ...(top ? [top] : []), ...theory];
  }
  if (isNamed(measure)) {
    const seen = /** @type {Set<number>} */ (new Set());
    for (const tile of tiles) for (const row of tile.rows[measure.name]) for (const code of row) seen.add(code);
    const order = [...seen].sort((a, b) => Number(a < 0) - Number(b < 0) || Math.abs(a) - Math.abs(b));
    return [
      ...order.map((code) => entry(colourOfName(measure.kind, code, look), nameOf(measure.kind, code, look))),
      ...theory,
    ];
  }
  if (measure.kind === "trained") {
    const [fast, slow, barely, lost] = ["fast", "slow", "barely", "lost"].map((end) => header.told[`trained_${end}`]);
    const ramps = [
      [header.told.trained_yes, fast, rampOf(RAMPS[0]), slow],
      [header.told.trained_no, lost, rampOf(RAMPS[1]), barely],
    ];
    const entries = ramps.map(([name, fast, bar, last]) => made("span", "entry", `${name}: ${fast} `, bar, ` ${last}`));
    return [...entries, ...theory];
  }
  const bar = rampOf(look.theme.ground);
  const [low, high] = look.range;
  const ends = measure.kind === "loss" ? header.told.above : measure.label;
  const none = measure.kind === "loss" ? "diverged" : "moving";
  const code = { diverged: -4, moving: -1 }[none];
  return [
    made("span", "entry", `${ends}: ${number(low, 3)} `, bar, ` ${number(high, 3)}`),
    entry(colourOfName("verdict", code, look), measure.empty),
    ...theory,
  ];
}

function fillFigures(stage) {
  const { find, figures, header } = stage;
  const table = find(".sheet table");
  const measure = measureOf(stage);
  table.hidden = !figures?.rows?.length || !isCounted(measure);
  if (table.hidden) return;
  const words = header.told;
  const rows =
    measure.kind === "winner"
      ? [{ label: measure.label }]
      : stage.info.lanes.map((lane) => stage.lanes.find(({ number: at }) => at === lane) ?? { label: "" });
  const hinted = (text, hint) => Object.assign(made("th", "", text), { title: hint });
  const head = made(
    "tr",
    "",
    hinted(words.numbers, words.share_hint),
    hinted(words.share, words.share_hint),
    hinted(words.entropy, words.entropy_hint),
    hinted(words.uncertainty, words.uncertainty_hint),
    hinted(words.dimension, words.dimension_hint),
  );
  const fitted = ([value, error]) => (value === null ? "–" : `${number(value, 3)} ± ${number(error, 1)}`);
  const lines = figures.rows.map((row, i) => {
    const shares = row.shares.map(([code, share, error]) => {
      const name = nameOf(measure.kind, code, stage.drawn);
      const text = `${name} ${(100 * share).toFixed(1)} ± ${(100 * error).toFixed(1)} %`;
      return made("span", "entry", sample(colourOfName(measure.kind, code, stage.drawn)), text);
    });
    return made(
      "tr",
      "",
      made("td", "", rows[i]?.label ?? ""),
      made("td", "shares", ...shares),
      made("td", "", `${number(row.entropy, 3)} (${number(row.edge_entropy, 3)})`),
      made("td", "", fitted(row.uncertainty)),
      made("td", "", fitted(row.dimension)),
    );
  });
  table.replaceChildren(made("thead", "", head), made("tbody", "", ...lines));
}

// ---- to take home -----------------------------------------------------------------------------------------------

/** What saves a large picture of the map. */
export function bigButton(stage) {
  const made = button(stage.header.told.big, stage.header.told.big_hint, () => saveBig(stage));
  made.dataset.big = "";
  return made;
}

/** The map that is seen, of the first panel's lane, in LARGE × LARGE cells, one tile after the other. */
async function saveBig(stage) {
  if (stage.saving || !stage.drawn) return;
  const { info, view, drawn: look } = stage;
  const says = stage.find(".told");
  const measure = measureOf(stage);
  const row = rowsOf(stage)[0].at;
  const side = LARGE / info.cells;
  const canvas = new OffscreenCanvas(LARGE, LARGE);
  const context = canvas.getContext("2d");
  stage.saving = true;
  try {
    for (let at = 0; at < side * side; at++) {
      const [i, j] = [at % side, Math.floor(at / side)];
      const edge = (k, share) => back(info.axes[k >> 1], view[k] + ((view[k + 1] - view[k]) * share) / side);
      const window = [edge(0, i), edge(0, i + 1), edge(2, j), edge(2, j + 1)];
      const answer = await fetch(addressOf("tile", info.base, window));
      if (!answer.ok) throw new Error(await answer.text());
      const { header, floats } = await unpack(new Uint8Array(await answer.arrayBuffer()));
      const cells = info.cells ** 2;
      const values = rowsOfTile(header, floats)[measure.name][row];
      const image = new ImageData(info.cells, info.cells);
      for (let k = 0; k < cells; k++) {
        const value = values[(info.cells - 1 - Math.floor(k / info.cells)) * info.cells + (k % info.cells)];
        image.data.set([...cellColour(measure, value, look), 255], 4 * k);
      }
      context.putImageData(image, i * info.cells, (side - 1 - j) * info.cells);
      if (stage.closed) return;
      says.textContent = filled(stage.header.told.computing, { done: at + 1, all: side * side });
    }
    download("descent-lab-map-4096.png", await canvas.convertToBlob({ type: "image/png" }));
  } catch (error) {
    failed(stage, error.message);
  } finally {
    stage.saving = false;
    if (!stage.closed) fillBelow(stage);
  }
}
