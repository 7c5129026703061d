// The stage: surface, curves, clock and tables, drawn from what Python sent; a click on the surface is sent back.

import { number } from "../kit/axes.js";
import { follow, horizon } from "../kit/clock.js";
import { drawPaths } from "../kit/contour.js";
import { chartFrame, drawChart, drawProgress } from "../kit/curves.js";
import { edit } from "../kit/edits.js";
import { makeLane, projection } from "../kit/lane.js";
import { LIGHT, themeOf } from "../kit/look.js";
import { buildTools, isEqual, layoutMap, MAP, overMap, pointAt, say, showScene } from "../kit/map.js";
import { mounting } from "../kit/mounting.js";
import { paceOf } from "../kit/pace.js";
import { button, fit, sizeOf } from "../kit/parts.js";
import { buildPlay, followClock } from "../kit/play.js";
import { compose, download, printable } from "../kit/save.js";
import { followMoment, memoryBars, momentTable, outcomeTable, swatch } from "../kit/table.js";
import { drawData } from "../pictures/data.js";

// The small figures, and the curves that each can show.
const CHARTS = { loss: ["loss"], norm: ["norm"], rate: ["rate", "sharpness"] };

const LAYOUT = `
  <div class="pictures">
    <figure class="contour">${MAP}</figure>
    <div class="curves">${Object.entries(CHARTS)
      .map(
        ([chart, curves]) => `<figure data-chart="${chart}"><figcaption><span class="choices">
        ${curves.map((curve) => `<${curves[1] ? "button" : "span"} data-curve="${curve}"></${curves[1] ? "button" : "span"}>`).join("")}
        </span><button class="log"></button></figcaption><div class="layers"><canvas class="ground"></canvas><canvas class="paths"></canvas></div></figure>`,
      )
      .join("")}</div>
  </div>
  <div class="play" role="toolbar"></div>
  <div class="tabs" role="tablist"></div>
  <div class="sheet"><table></table><canvas class="memory" hidden></canvas></div>
  <p class="summary" aria-live="polite"></p>`;

export const { mount, unmount } = mounting("compare", LAYOUT, {
  fields: () => ({
    scene: null,
    arrows: true,
    focus: null,
    tab: "outcome",
    curve: null,
    frames: {},
    logs: { loss: null, norm: true, rate: null, sharpness: true },
  }),
  pointer: (stage) => pointer(stage),
  wire: wireCharts,
  show,
  layout,
  tick,
  listens: (stage) => stage.scene,
});

// ---- new data ---------------------------------------------------------------------------------------------------

/** @param {any} stage @param {Payload.ComparePicture} header @param {Float32Array} floats */
function show(stage, header, floats) {
  const { scene } = header;
  const [before, earlier] = [stage.scene, stage.header];
  scene.project = projection(scene);
  stage.words = header.words;
  const wishes = wishesOf(header, earlier);
  stage.header = header;
  stage.lanes = header.lanes.map((lane) => makeLane(lane, floats, scene));
  stage.scene = scene;
  if (!stage.lanes.some((lane) => lane.number === stage.focus))
    stage.focus = (stage.lanes.find((lane) => lane.family === "memory") ?? stage.lanes[0])?.number ?? null;
  const turned = String(before?.axes) !== String(scene.axes) && !stage.map.drag;
  stage.curve = wishes.chart ?? stage.curve;
  const equal = isEqual(stage.map, scene);
  if (wishes.aspect !== undefined) stage.map.equal = { equal: true, full: false }[wishes.aspect] ?? null;
  const reshaped = isEqual(stage.map, scene) !== equal;
  showScene(stage.map, scene, stage.words, before?.key !== scene.key || turned || reshaped);
  const waits = follow(stage.clock, header, earlier);
  stage.clock.pace = paceOf(stage.lanes, header.steps, scene.window);
  // What comes out of a demonstration is told when it has been played.
  const news = header.sequence !== earlier?.sequence;
  if (news || !header.lesson) stage.secret = Boolean(header.lesson) && header.moved !== "steady";
  buildPlay(
    stage.find(".play"),
    stage.clock,
    stage.words,
    header.language,
    [
      button("PNG", stage.words.picture, () => savePicture(stage)),
      button(stage.words.print, stage.words.print_hint, () => savePage(stage)),
    ],
    waits,
  );
  if (wishes.tab !== undefined || before?.key !== scene.key) chooseTab(stage, header, wishes.tab);
  buildArrowTool(stage);
  buildTabs(stage);
  const veil = stage.find(".veil");
  veil.hidden = !header.waiting;
  if (header.waiting) buildVeil(stage, veil);
  layout(stage);
  stage.find(".contour .paths").setAttribute("aria-label", header.title);
  if (header.problem) say(stage.map, header.problem);
  stage.root.style.setProperty("--lanes", Math.max(stage.lanes.length, 5)); // fewer rows do not move the clock
  stage.root.dataset.painted = header.sequence;
}

// How the link asks the experiment to be shown: what it says anew, and all of it when a demonstration is opened; not what
// a click has changed meanwhile.
const wishesOf = (header, before) =>
  Object.fromEntries(
    Object.entries(header.looks).filter(
      ([look, wish]) => header.opened !== before?.opened || wish !== before.looks[look],
    ),
  );

// A surface on data shows its data, unless something else is asked for.
function chooseTab(stage, { examples }, wish) {
  if (wish) stage.tab = wish;
  else if (examples) stage.tab = "data";
  else if (stage.tab === "data" || wish !== undefined) stage.tab = "outcome";
}

// ---- drawing ----------------------------------------------------------------------------------------------------

/** Draw everything that does not move, then what does. */
function layout(stage) {
  if (!stage.scene) return;
  const theme = (stage.theme = stage.paper ?? themeOf(stage.root));
  if (!layoutMap(stage.map, theme, stage.header.language)) return;
  for (const chart of Object.keys(CHARTS)) {
    const holder = stage.find(`[data-chart=${chart}] .layers`);
    const room = sizeOf(holder);
    if (!room.width || room.height < 20) continue;
    const name = curveOf(stage, chart);
    const log = stage.logs[name] ?? (name === "loss" ? stage.header.bounded : spansDecades(stage.lanes, name));
    const frame = chartFrame(
      room,
      stage.lanes,
      name,
      stage.clock.last,
      log,
      name === "loss" ? stage.header.slack : null,
    );
    stage.frames[chart] = frame;
    drawChart(fit(holder.querySelector(".ground"), room), room, frame, theme, stage.words);
    captionChart(stage, chart, log);
  }
  fillSheet(stage, true);
  tick(stage);
}

const curveOf = (stage, chart) => CHARTS[chart].find((curve) => curve === stage.curve) ?? CHARTS[chart][0];

const spansDecades = (lanes, name) => {
  const firsts = lanes.map((lane) => lane.columns[name][0][0]);
  return Math.min(...firsts) > 0 && Math.max(...firsts) > 30 * Math.min(...firsts);
};

function captionChart(stage, chart, log) {
  const caption = stage.find(`[data-chart=${chart}] figcaption`);
  for (const choice of caption.querySelectorAll("[data-curve]")) {
    const name = choice.dataset.curve;
    const above = stage.header.slack === null ? "chart_loss_seen" : "chart_loss_above"; // without a known minimum
    choice.textContent = stage.words[name === "loss" && stage.frames[chart].shifted ? above : `chart_${name}`];
    choice.title = stage.words[`chart_${name}_hint`] ?? "";
    choice.classList.toggle("name", name === curveOf(stage, chart));
    choice.setAttribute("aria-pressed", name === curveOf(stage, chart));
  }
  const button = caption.querySelector(".log");
  button.textContent = stage.words[log ? "log" : "linear"];
  button.title = stage.words.log_hint;
}

/** Draw what moves: called at each frame while the clock plays. */
function tick(stage) {
  const { scene, clock, theme, lanes } = stage;
  if (!scene || !theme) return;
  const { context, size } = overMap(stage.map);
  drawPaths(context, size, stage.map.view, scene, lanes, clock, theme, stage);
  for (const chart of Object.keys(CHARTS)) {
    const holder = stage.find(`[data-chart=${chart}] .layers`);
    const room = sizeOf(holder);
    if (stage.frames[chart] && room.width)
      drawProgress(
        fit(holder.querySelector(".paths"), room),
        room,
        stage.frames[chart],
        lanes,
        clock,
        theme,
        stage.words,
      );
  }
  fillSheet(stage, false);
  followClock(stage.find(".play"), clock, stage.words);
}

const summary = ({ lanes }) =>
  lanes.map(({ label, outcome }) => `${label}: ${number(outcome.final_loss)}, ${outcome.happened}`).join("; ");

function fillSheet(stage, whole) {
  const table = stage.find(".sheet table");
  const memory = stage.find(".memory");
  const pick = (lane) => {
    stage.focus = lane;
    layout(stage);
  };
  const options = { theme: stage.theme, focus: stage.focus, pick, ...detail(stage) };
  const drawn = { memory: [150, memoryBars], data: [220, drawData] }[stage.tab];
  if (whole) [table.hidden, memory.hidden] = [drawn, !drawn];
  const told = !stage.secret || horizon(stage.clock) >= stage.clock.last;
  if (stage.tab === "outcome" && (whole || told !== stage.told))
    outcomeTable(table, stage.lanes, stage.words, { ...options, told });
  if (whole || told !== stage.told) stage.find(".summary").textContent = told ? summary(stage) : "";
  Object.assign(stage, { told, secret: !told });
  if (stage.tab === "moment") {
    const there = !whole && table.className === "moment" && table.tBodies[0].rows.length === stage.lanes.length;
    if (there) followMoment(table, stage.lanes, stage.clock, stage.words);
    else momentTable(table, stage.lanes, stage.clock, stage.words, options);
  }
  if (drawn) {
    const [height, draw] = drawn;
    const size = { width: memory.parentElement.clientWidth, height };
    memory.style.height = `${height}px`;
    draw(fit(memory, size), size, stage);
  }
}

// Where more is told about a point, and how to go there.
const detail = ({ component, header }) => ({
  address: (point) => {
    const at = point.map(encodeURIComponent).join("~");
    return new URL(`critical_points?${header.link}&at=${at}&lang=${header.language}`, document.baseURI).href;
  },
  inspect: (point) => edit(component, "inspect", point),
});

// ---- controls of the stage --------------------------------------------------------------------------------------

function buildArrowTool(stage) {
  const toggle = () => {
    stage.arrows = !stage.arrows;
    buildArrowTool(stage);
    layout(stage);
  };
  buildTools(stage.map, [button("arrow", stage.words.arrows, toggle, stage.arrows)]);
}

function buildTabs(stage) {
  const names = ["outcome", "moment", "memory", ...(stage.header.examples ? ["data"] : [])];
  stage.find(".tabs").replaceChildren(
    ...names.map((name) => {
      const tab = button(stage.words[`tab_${name}`], stage.words[`tab_${name}_hint`], () => {
        stage.tab = name;
        buildTabs(stage);
        layout(stage);
      });
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-selected", String(stage.tab === name));
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
  if (stage.header.runnable)
    veil.append(button(stage.words.run, stage.words.run, () => edit(stage.component, "run", true)));
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
    const options = { theme: stage.theme, pick: () => {}, ...detail(stage) };
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

// ---- pointer ----------------------------------------------------------------------------------------------------

function startAt(stage, at, live) {
  stage.clock.playing = false; // the race in progress is over: leave the machine to the next one
  edit(stage.component, "start", pointAt(stage.map, at), live);
}

function nearStart({ start, flat }, spot) {
  return Math.hypot(spot.px - spot.x(start[0]), flat ? 0 : spot.py - spot.y(start[1])) < 16;
}

const pointer = (stage) => ({
  redraw: () => layout(stage),
  hold: (spot) => nearStart(stage.scene, spot),
  drag: (at) => startAt(stage, at, true),
  drop: (at) => startAt(stage, at, false),
  click: (at) => startAt(stage, at, false),
  equal: (on) => edit(stage.component, "aspect", on ? "equal" : "full"),
});

function wireCharts(stage) {
  for (const choice of stage.root.querySelectorAll("button[data-curve]"))
    choice.onclick = () => {
      stage.curve = choice.dataset.curve;
      layout(stage);
      edit(stage.component, "chart", stage.curve);
    };
  for (const chart of Object.keys(CHARTS)) {
    const figure = stage.find(`[data-chart=${chart}]`);
    figure.querySelector(".log").onclick = () => {
      stage.logs[curveOf(stage, chart)] = !stage.frames[chart].y.log;
      layout(stage);
    };
    const layer = figure.querySelector(".paths");
    layer.addEventListener("pointermove", (event) => {
      const frame = stage.frames[chart];
      if (!frame) return;
      if (stage.clock.playing && !event.buttons) return; // whoever points at a playing curve does not stop it
      const px = event.clientX - layer.getBoundingClientRect().left;
      if (px >= frame.box.left && px <= frame.box.right) stage.clock.seek(Math.round(frame.x.invert(px)));
    });
  }
}
