// The stage: surface, curves, clock and tables, drawn from what Python sent; a click on the surface is sent back.

import { number, whole } from "./axes.js";
import { makeClock } from "./clock.js";
import { drawGround, drawPaths, equalised, fetchRelief, frameOf, heightAt } from "./contour.js";
import { chartFrame, drawChart, drawProgress } from "./curves.js";
import { answered, edit } from "./edits.js";
import { LIGHT, icon, themeOf } from "./look.js";
import { compose, download, printable } from "./save.js";
import { memoryBars, moment, momentTable, outcomeTable, swatch } from "./table.js";
import { columns, unpack } from "./wire.js";

const CHARTS = ["loss", "norm", "rate"];
const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 4];
const stages = new WeakMap();

const LAYOUT = `
  <div class="pictures">
    <figure class="contour">
      <canvas class="ground"></canvas><canvas class="paths" tabindex="0" role="img"></canvas>
      <div class="tools"></div><output class="reading"></output><div class="veil" hidden></div>
    </figure>
    <div class="curves">${CHARTS.map(
      (name) => `<figure data-chart="${name}"><figcaption><span class="name"></span></figcaption>
        <div class="layers"><canvas class="ground"></canvas><canvas class="paths"></canvas></div></figure>`,
    ).join("")}</div>
  </div>
  <div class="play" role="toolbar"></div>
  <div class="tabs" role="tablist"></div>
  <div class="sheet"><table></table><canvas class="memory" hidden></canvas></div>
  <p class="summary" aria-live="polite"></p>`;

/** Called by Streamlit at mounting and whenever the data changes. */
export async function mount(component) {
  const stage = stages.get(component.parentElement) ?? build(component);
  stages.set(component.parentElement, stage);
  stage.component = component;
  const stamp = `${component.data.length} ${component.data.slice(-4)}`; // deflate ends with a checksum
  if (stamp === stage.stamp) return layout(stage); // the same data: the theme has changed
  const ticket = (stage.ticket = (stage.ticket ?? 0) + 1);
  const { header, floats } = await unpack(component.data);
  if (stage.closed || ticket !== stage.ticket) return; // newer data overtook this one
  stage.stamp = stamp;
  show(stage, header, floats);
  answered();
}

export function unmount(element) {
  stages.get(element)?.close();
  stages.delete(element);
}

function build({ parentElement }) {
  const root = parentElement.querySelector(".stage");
  root.innerHTML = LAYOUT;
  const find = (selector) => root.querySelector(selector);
  const stage = {
    root, find, scene: null, lanes: [], relief: null, view: null, equal: false, arrows: true, focus: null,
    tab: "outcome", logs: { loss: null, norm: true, rate: null }, theme: null, frames: {}, drag: null,
  };
  stage.clock = makeClock(() => tick(stage));
  const watcher = new ResizeObserver(() => layout(stage));
  for (const figure of root.querySelectorAll("figure, .sheet")) watcher.observe(figure);
  const keys = (event) => pressKey(stage, event);
  document.addEventListener("keydown", keys);
  const themes = new MutationObserver(() => requestAnimationFrame(() => layout(stage)));
  themes.observe(document.head, { childList: true });
  wireContour(stage);
  wireCharts(stage);
  stage.close = () => {
    watcher.disconnect();
    themes.disconnect();
    stage.closed = true;
    stage.fetching?.abort();
    clearTimeout(stage.zooming);
    stage.clock.playing = false;
    document.removeEventListener("keydown", keys);
  };
  return stage;
}

// ---- new data ---------------------------------------------------------------------------------------------------

function show(stage, header, floats) {
  const { scene } = header;
  const before = stage.scene;
  scene.project = projection(scene);
  stage.words = header.words;
  stage.header = header;
  stage.lanes = header.lanes.map((lane) => makeLane(lane, floats, scene));
  stage.scene = scene;
  if (!stage.lanes.some((lane) => lane.number === stage.focus))
    stage.focus = (stage.lanes.find((lane) => lane.family === "memory") ?? stage.lanes[0])?.number ?? null;
  const turned = String(before?.axes) !== String(scene.axes) && !stage.drag;
  if (before?.url !== scene.url) refreshRelief(stage, before?.key !== scene.key || turned);
  startClock(stage, header, before);
  buildPlay(stage);
  buildTools(stage);
  buildTabs(stage);
  const veil = stage.find(".veil");
  veil.hidden = !header.waiting;
  if (header.waiting) buildVeil(stage, veil);
  layout(stage);
  stage.find(".contour .paths").setAttribute("aria-label", header.title);
  stage.find(".summary").textContent = stage.lanes
    .map(({ label, outcome }) => `${label}: ${number(outcome.final_loss)}, ${outcome.happened}`)
    .join("; ");
  if (header.problem) stage.find(".reading").textContent = header.problem;
  stage.root.style.setProperty("--lanes", Math.max(stage.lanes.length, 5)); // fewer rows do not move the clock
  stage.root.dataset.painted = header.sequence;
}

const projection = (scene) => {
  if (scene.axes.length === 1 || scene.flat) return (v) => [v[0], 0];
  return (v) => scene.axes.map((axis) => axis.reduce((sum, part, i) => sum + part * v[i], 0));
};

function makeLane(lane, floats, scene) {
  const table = columns(floats, lane);
  const made = { ...lane, columns: table, steps: table.steps[0] };
  const shift = scene.flat ? [0, 0] : scene.project(scene.origin);
  made.across = new Float32Array(lane.frames);
  made.up = scene.flat ? table.loss[0] : new Float32Array(lane.frames);
  const point = new Array(table.theta.length);
  for (let i = 0; i < lane.frames; i++) {
    for (let k = 0; k < point.length; k++) point[k] = table.theta[k][i];
    const [across, up] = scene.project(point);
    made.across[i] = across - shift[0];
    if (!scene.flat) made.up[i] = up - shift[1];
  }
  return made;
}

// A click or a demonstration starts the race; a slider leaves the clock where it is, at the end if it was there.
function startClock(stage, header, before) {
  const { clock } = stage;
  const news = header.sequence !== stage.sequence; // not only another language
  stage.sequence = header.sequence;
  const atEnd = clock.step >= clock.last;
  clock.last = header.steps;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (!before || !news || header.moved === "steady") {
    clock.step = !before || atEnd ? clock.last : Math.min(clock.step, clock.last);
  } else if (header.moved === "race") {
    if (calm) clock.seek(clock.last);
    else {
      clock.step = 0;
      clock.playing || clock.play();
    }
  }
}

async function refreshRelief(stage, fresh) {
  const { scene } = stage;
  if (fresh) stage.relief = null; // another surface: never draw the old one under it
  if (fresh || !stage.view) stage.view = homeView(stage);
  stage.fetching?.abort();
  const control = (stage.fetching = new AbortController());
  try {
    const url = new URL(scene.url, document.baseURI).href;
    const relief = await fetchRelief(url, stage.view, control.signal);
    if (stage.scene.url !== scene.url) return;
    stage.relief = relief;
    if (scene.flat && fresh) stage.view = homeView(stage);
    layout(stage);
  } catch (error) {
    if (error.name !== "AbortError") stage.find(".reading").textContent = stage.words.no_surface;
  }
}

function homeView(stage) {
  const { scene, relief } = stage;
  if (!scene.flat) {
    const size = sizeOf(stage.find(".contour"));
    return stage.equal ? equalised(scene.window, size.width, size.height) : [...scene.window];
  }
  const heights = relief?.heights ? [...relief.heights].filter(Number.isFinite) : [0, 1];
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  const margin = (high - low || 1) * 0.08;
  return [scene.window[0], scene.window[1], low - margin, high + margin];
}

// ---- drawing ----------------------------------------------------------------------------------------------------

const sizeOf = (element) => ({ width: element.clientWidth, height: element.clientHeight });

function fit(canvas, size) {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/** Draw everything that does not move, then what does. */
function layout(stage) {
  if (!stage.scene) return;
  const theme = (stage.theme = stage.paper ?? themeOf(stage.root));
  const figure = stage.find(".contour");
  const size = sizeOf(figure);
  if (!size.width || !size.height) return;
  if (stage.equal && !stage.scene.flat && stage.shape && stage.shape !== `${size.width} ${size.height}`) {
    stage.view = equalised(stage.view, size.width, size.height);
    refreshSoon(stage);
  }
  stage.shape = `${size.width} ${size.height}`;
  const ground = [size.width, size.height, stage.view.join(), stage.scene.url, stage.header.language, theme.paper, devicePixelRatio].join();
  if (stage.ground !== ground || stage.drawn !== stage.relief) {
    drawGround(fit(figure.querySelector(".ground"), size), size, stage.view, stage.scene, stage.relief, theme, stage.words);
    Object.assign(stage, { ground, drawn: stage.relief });
  }
  for (const name of CHARTS) {
    const holder = stage.find(`[data-chart=${name}] .layers`);
    const room = sizeOf(holder);
    if (!room.width || room.height < 20) continue;
    const log = stage.logs[name] ?? (name === "loss" ? stage.header.bounded : spansDecades(stage.lanes, name));
    const frame = chartFrame(room, stage.lanes, name, stage.clock.last, log, stage.header.lowest);
    stage.frames[name] = frame;
    drawChart(fit(holder.querySelector(".ground"), room), room, frame, stage.lanes, theme);
    captionChart(stage, name, log);
  }
  fillSheet(stage, true);
  tick(stage);
}

const spansDecades = (lanes, name) => {
  const firsts = lanes.map((lane) => lane.columns[name][0][0]);
  return Math.min(...firsts) > 0 && Math.max(...firsts) > 30 * Math.min(...firsts);
};

function captionChart(stage, name, log) {
  const figure = stage.find(`[data-chart=${name}]`);
  const shifted = name === "loss" && log && stage.header.lowest !== 0;
  figure.querySelector(".name").textContent = stage.words[shifted ? "chart_loss_above" : `chart_${name}`];
  let button = figure.querySelector("button");
  if (!button) {
    button = document.createElement("button");
    button.onclick = () => {
      stage.logs[name] = !stage.frames[name].y.log;
      layout(stage);
    };
    figure.querySelector("figcaption").append(button);
  }
  button.textContent = stage.words[log ? "log" : "linear"];
  button.title = stage.words.log_hint;
}

/** Draw what moves: called at each frame while the clock plays. */
function tick(stage) {
  const { scene, clock, theme, lanes } = stage;
  if (!scene || !theme) return;
  const figure = stage.find(".contour");
  const size = sizeOf(figure);
  drawPaths(fit(figure.querySelector(".paths"), size), size, stage.view, scene, lanes, clock, theme, stage);
  for (const name of CHARTS) {
    const holder = stage.find(`[data-chart=${name}] .layers`);
    const room = sizeOf(holder);
    if (stage.frames[name] && room.width)
      drawProgress(fit(holder.querySelector(".paths"), room), room, stage.frames[name], lanes, clock, theme, name === "loss" && stage.words);
  }
  fillSheet(stage, false);
  const range = stage.find(".play input");
  if (range && range.getRootNode().activeElement !== range) range.value = clock.step;
  const place = stage.find(".play .place");
  if (place) place.textContent = `${whole(Math.round(clock.step))} / ${whole(clock.last)}`;
  const button = stage.find(".play .toggle");
  if (button) {
    const face = clock.playing ? "pause" : "play";
    if (button.dataset.face !== face) {
      button.dataset.face = face;
      button.replaceChildren(icon(face));
      button.title = stage.words[face];
      button.setAttribute("aria-label", stage.words[face]);
    }
  }
}

function fillSheet(stage, whole) {
  const table = stage.find(".sheet table");
  const memory = stage.find(".memory");
  const pick = (lane) => {
    stage.focus = lane;
    layout(stage);
  };
  const options = { theme: stage.theme, focus: stage.focus, pick };
  if (whole) [table.hidden, memory.hidden] = [stage.tab === "memory", stage.tab !== "memory"];
  if (stage.tab === "outcome" && whole) outcomeTable(table, stage.lanes, stage.words, options);
  if (stage.tab === "moment") {
    if (whole || table.tBodies[0]?.rows.length !== stage.lanes.length) momentTable(table, stage.lanes, stage.clock, stage.words, options);
    else
      stage.lanes.forEach((lane, row) =>
        moment(lane, stage.clock).forEach((text, cell) => (table.tBodies[0].rows[row].cells[cell + 1].textContent = text)),
      );
  }
  if (stage.tab === "memory") {
    const size = { width: memory.parentElement.clientWidth, height: 150 };
    fit(memory, size);
    memoryBars(memory, size, stage.lanes, stage.clock, stage.theme, stage.words);
  }
}

// ---- controls of the stage --------------------------------------------------------------------------------------

/** A button with a drawing (the name of an icon) or a text. */
function button(face, hint, action, pressed) {
  const made = document.createElement("button");
  made.append(drawn.has(face) ? icon(face) : face);
  made.title = hint;
  made.setAttribute("aria-label", hint);
  if (pressed !== undefined) made.setAttribute("aria-pressed", pressed);
  made.onclick = action;
  return made;
}

const drawn = new Set(["first", "back", "play", "forward", "last", "loop", "arrow", "home", "closer", "farther"]);

function buildPlay(stage) {
  const { clock, words } = stage;
  const bar = stage.find(".play");
  if (bar.dataset.language === stage.header.language) {
    bar.querySelector("input").max = clock.last;
    return;
  }
  bar.dataset.language = stage.header.language;
  const range = Object.assign(document.createElement("input"), { type: "range", min: 0, max: clock.last, step: 1 });
  range.setAttribute("aria-label", words.scrub);
  range.value = clock.step;
  range.oninput = () => clock.seek(Number(range.value));
  range.onchange = () => range.blur();
  const speed = document.createElement("select");
  speed.title = words.speed;
  speed.setAttribute("aria-label", words.speed);
  for (const value of SPEEDS) speed.append(new Option(`${value}×`, value, false, value === clock.speed));
  speed.onchange = () => (clock.speed = Number(speed.value));
  const loop = button("loop", words.loop, () => {
    clock.loop = !clock.loop;
    loop.setAttribute("aria-pressed", clock.loop);
  }, clock.loop);
  const toggle = button("play", words.play, clock.toggle);
  toggle.className = "toggle";
  const place = document.createElement("output");
  place.className = "place";
  bar.replaceChildren(
    button("first", words.to_start, () => clock.seek(0)),
    button("back", words.step_back, () => clock.nudge(-1)),
    toggle,
    button("forward", words.step_forward, () => clock.nudge(1)),
    button("last", words.to_end, () => clock.seek(clock.last)),
    range, place, speed, loop,
    button("PNG", words.picture, () => savePicture(stage)),
    button(words.print, words.print_hint, () => savePage(stage)),
  );
}

function buildTools(stage) {
  const { words, scene } = stage;
  const toggle = (name, after) => () => {
    stage[name] = !stage[name];
    after?.();
    buildTools(stage);
    layout(stage);
  };
  const home = () => {
    refreshRelief(stage, true);
    layout(stage);
  };
  const tools = [button("arrow", words.arrows, toggle("arrows"), stage.arrows), button("home", words.home, home)];
  tools.push(button("closer", words.closer, () => zoomBy(stage, 0.7)), button("farther", words.farther, () => zoomBy(stage, 1 / 0.7)));
  if (!scene.flat) tools.splice(1, 0, button("1:1", words.equal, toggle("equal", home), stage.equal));
  stage.find(".tools").replaceChildren(...tools);
}

function buildTabs(stage) {
  const names = ["outcome", "moment", "memory"];
  stage.find(".tabs").replaceChildren(
    ...names.map((name) => {
      const tab = button(stage.words[`tab_${name}`], stage.words[`tab_${name}_hint`], () => {
        stage.tab = name;
        buildTabs(stage);
        layout(stage);
      });
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-selected", stage.tab === name);
      return tab;
    }),
  );
  const told = document.createElement("span");
  told.className = "told";
  told.textContent = told.title = stage.header.note;
  stage.find(".tabs").append(told);
}

function buildVeil(stage, veil) {
  const text = document.createElement("p");
  text.textContent = stage.header.waiting;
  veil.replaceChildren(text);
  if (stage.header.runnable) veil.append(button(stage.words.run, stage.words.run, () => edit(stage.component, "run", true)));
}

const pictureOf = (stage) =>
  compose(stage.root, stage.lanes, stage.theme, stage.header.title, (context, lane) =>
    context.drawImage(swatch(lane.number, stage.theme), 0, 0, 34, 16),
  );

function savePicture(stage) {
  pictureOf(stage).toBlob((blob) => download("descent-lab.png", blob));
}

function savePage(stage) {
  stage.paper = LIGHT; // paper is white, whatever the screen
  layout(stage);
  const tables = ["outcome", "moment"].map((kind) => {
    const table = document.createElement("table");
    const options = { theme: stage.theme, pick: () => {} };
    kind === "outcome"
      ? outcomeTable(table, stage.lanes, stage.words, options)
      : momentTable(table, stage.lanes, stage.clock, stage.words, options);
    return table;
  });
  const link = `${location.origin}${location.pathname}?${stage.header.link}`;
  const page = printable(pictureOf(stage), tables, stage.header.title, stage.header.note, link, stage.header.language);
  stage.paper = null;
  layout(stage);
  download("descent-lab.html", page);
}

const STROKES = {
  " ": (clock) => clock.toggle(),
  ArrowLeft: (clock, by) => clock.nudge(-by),
  ArrowRight: (clock, by) => clock.nudge(by),
  Home: (clock) => clock.seek(0),
  End: (clock) => clock.seek(clock.last),
};

const FIELDS = "input, select, textarea, [contenteditable], [role=option], [role=combobox], [role=slider], [role=radio]";

function pressKey({ clock, scene }, event) {
  const target = event.composedPath()[0];
  const fields = event.key === " " ? FIELDS.replace("input", "input:not([type=range]), button, summary") : FIELDS;
  const taken = target instanceof HTMLElement && target.closest(fields);
  if (!scene || taken || event.ctrlKey || event.metaKey || event.altKey || !STROKES[event.key]) return;
  event.preventDefault();
  STROKES[event.key](clock, event.shiftKey ? 10 : 1);
}

// ---- pointer ----------------------------------------------------------------------------------------------------

function place(stage, event) {
  const figure = stage.find(".contour");
  const size = sizeOf(figure);
  const { box, x, y } = frameOf(size.width, size.height, stage.view, stage.scene.flat);
  const room = figure.getBoundingClientRect();
  const [px, py] = [event.clientX - room.left, event.clientY - room.top];
  const inside = px >= box.left && px <= box.right && py >= box.top && py <= box.bottom;
  return { px, py, inside, at: [x.invert(px), y.invert(py)], x, y };
}

// Four digits of the window's width: what a pixel can tell, and a link can hold.
function tidy(value, low, high) {
  const digits = Math.max(0, 3 - Math.floor(Math.log10(high - low)));
  return Number(value.toFixed(Math.min(digits, 12)));
}

function startAt(stage, [across, up], live) {
  const { scene, view } = stage;
  stage.clock.playing = false; // the race in progress is over: leave the machine to the next one
  const [s, t] = [tidy(across, view[0], view[1]), tidy(up, view[2], view[3])];
  const point = scene.flat ? [s] : scene.axes[0].map((part, i) => scene.origin[i] + part * s + scene.axes[1][i] * t);
  edit(stage.component, "start", point.map((value) => Number(value.toPrecision(scene.axes[0].length > 2 ? 4 : 12))), live);
}

function nearStart({ scene }, spot) {
  const [sx, sy] = [spot.x(scene.start[0]), spot.y(scene.start[1])];
  return Math.hypot(spot.px - sx, scene.flat ? 0 : spot.py - sy) < 16;
}

function wireContour(stage) {
  const canvas = stage.find(".contour .paths");
  canvas.addEventListener("pointerdown", (event) => {
    if (!stage.scene || event.button) return;
    const spot = place(stage, event);
    if (!spot.inside) return;
    const onStart = nearStart(stage, spot);
    stage.drag = { from: spot, view: [...stage.view], moved: false, onStart, kind: event.pointerType };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!stage.scene) return;
    const spot = place(stage, event);
    readOff(stage, spot);
    const { drag } = stage;
    if (!drag) return;
    const shift = [spot.px - drag.from.px, spot.py - drag.from.py];
    if (Math.hypot(...shift) > 5) drag.moved = true;
    if (!drag.moved) return;
    if (drag.onStart) {
      if (spot.inside) startAt(stage, (drag.last = spot.at), true);
      return;
    }
    if (drag.kind !== "mouse") return;
    const [dx, dy] = [spot.x.invert(shift[0]) - spot.x.invert(0), spot.y.invert(shift[1]) - spot.y.invert(0)];
    stage.view = [drag.view[0] - dx, drag.view[1] - dx, drag.view[2] - dy, drag.view[3] - dy];
    layout(stage);
  });
  const release = () => {
    const { drag } = stage;
    stage.drag = null;
    if (drag?.last) startAt(stage, drag.last, false); // wherever it is let go: the link must hold what is shown
    return drag;
  };
  canvas.addEventListener("pointerup", (event) => {
    const drag = release();
    if (!drag || drag.last) return;
    const spot = place(stage, event);
    if (!drag.moved && spot.inside) startAt(stage, spot.at, false);
    else if (drag.moved && drag.kind === "mouse") refreshRelief(stage, false);
  });
  canvas.addEventListener("pointercancel", release);
  const holdStart = (event) => {
    const spot = stage.scene && event.touches.length === 1 && place(stage, event.touches[0]);
    if (spot && nearStart(stage, spot)) event.preventDefault(); // the finger moves the ring, not the page
  };
  canvas.addEventListener("touchstart", holdStart, { passive: false });
  canvas.addEventListener("pointerleave", () => (stage.find(".reading").textContent = ""));
  canvas.addEventListener("wheel", (event) => zoom(stage, event), { passive: false });
}

function readOff(stage, spot) {
  const reading = stage.find(".reading");
  if (!spot.inside || !stage.relief) return (reading.textContent = "");
  const [across, up] = spot.at;
  if (stage.scene.flat) return (reading.textContent = `${stage.scene.names[0]} = ${number(across)}`);
  const height = heightAt(stage.relief, across, up);
  const loss = height === undefined ? "" : `   L ≈ ${number(height, 3)}`;
  reading.textContent = `${number(across)}, ${number(up)}${loss}`;
}

function zoom(stage, event) {
  if (!stage.scene || !(event.ctrlKey || event.metaKey || event.shiftKey)) return;
  const spot = place(stage, event);
  if (!spot.inside) return;
  event.preventDefault();
  zoomBy(stage, 1.0015 ** (event.deltaY || event.deltaX), spot.at);
}

function zoomBy(stage, factor, centre) {
  const [x0, x1, y0, y1] = stage.view;
  const width = ((x1 - x0) * factor) / (stage.scene.window[1] - stage.scene.window[0]);
  if (width < 1e-6 || width > 1e4) return;
  const [cx, cy] = centre ?? [(x0 + x1) / 2, (y0 + y1) / 2];
  stage.view = [cx + (x0 - cx) * factor, cx + (x1 - cx) * factor, cy + (y0 - cy) * factor, cy + (y1 - cy) * factor];
  layout(stage);
  refreshSoon(stage);
}

function refreshSoon(stage) {
  clearTimeout(stage.zooming);
  stage.zooming = setTimeout(() => refreshRelief(stage, false), 150);
}

function wireCharts(stage) {
  for (const name of CHARTS) {
    const layer = stage.find(`[data-chart=${name}] .paths`);
    layer.addEventListener("pointermove", (event) => {
      const frame = stage.frames[name];
      if (!frame) return;
      if (stage.clock.playing && !event.buttons) return; // whoever points at a playing curve does not stop it
      const px = event.clientX - layer.getBoundingClientRect().left;
      if (px >= frame.box.left && px <= frame.box.right) stage.clock.seek(Math.round(frame.x.invert(px)));
    });
  }
}
