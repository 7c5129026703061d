// Two surfaces side by side: one start, one clock, the same optimizers; what differs is the loss.

import { number } from "../kit/axes.js";
import { follow, frameAt } from "../kit/clock.js";
import { drawPaths } from "../kit/contour.js";
import { chartFrame, drawChart, drawProgress } from "../kit/curves.js";
import { edit } from "../kit/edits.js";
import { makeLane, projection } from "../kit/lane.js";
import { themeOf } from "../kit/look.js";
import { buildTools, layoutMap, MAP, makeMap, overMap, pointAt, say, showScene } from "../kit/map.js";
import { mounting } from "../kit/mounting.js";
import { paceOf } from "../kit/pace.js";
import { button, fit, sizeOf } from "../kit/parts.js";
import { buildPlay, followClock } from "../kit/play.js";
import { compose, download } from "../kit/save.js";
import { swatch } from "../kit/table.js";
import { drawSoftmax } from "../pictures/logits.js";

const SIDES = [0, 1];
const CHARTS = ["loss", "norm"];
const SCORES = ["loss", "right", "norm"]; // in the order of the columns that are told

const each = (html) => SIDES.map(html).join("");
const LAYOUT = `
  <p class="told" aria-live="polite"></p>
  <div class="maps">${each((side) => `<div class="side"><div class="head" data-head="${side}"></div><figure class="contour" data-map="${side}">${MAP}</figure></div>`)}</div>
  <div class="play" role="toolbar"></div>
  <div class="below">${each(
    (side) => `<div class="side"><b class="which"></b>
    <div class="plots">${CHARTS.map(
      (
        chart,
      ) => `<figure data-chart="${chart}${side}"><figcaption><span class="name"></span><button class="log"></button></figcaption>
      <div class="layers"><canvas class="ground"></canvas><canvas class="paths"></canvas></div></figure>`,
    ).join("")}</div>
    <figure data-bars="${side}"><figcaption><span class="name"></span><small></small></figcaption><div class="layers"><canvas class="bars" role="img"></canvas></div></figure>
  </div>`,
  )}</div>
  <div class="sheet"><table></table></div>`;

export const { mount, unmount } = mounting("classification", LAYOUT, {
  fields: () => ({ header: null, focus: null, frames: {}, logs: { loss: false, norm: true }, maps: [] }),
  wire,
  show,
  layout,
  tick,
  listens: (pair) => pair.header,
});

const logitsOf = (lane, at) => [lane.columns.theta[0][at], lane.columns.theta[1][at], -1000];

// ---- new data ---------------------------------------------------------------------------------------------------

/** @param {any} pair @param {Payload.ClassificationPicture} header @param {Float32Array} floats */
function show(pair, header, floats) {
  const before = pair.header;
  const { words, sides } = header;
  Object.assign(pair, { header, words });
  sides.forEach(({ scene }, side) => {
    scene.project = projection(scene);
    showScene(pair.maps[side], scene, words, false);
    buildTools(pair.maps[side]);
  });
  pair.lanes = header.lanes.map((lane) => makeLane(lane, floats, sides[lane.side].scene));
  pair.racers = pair.lanes.filter((lane) => lane.side === 0);
  if (!pair.racers.some((lane) => lane.number === pair.focus)) pair.focus = pair.racers[0]?.number ?? null;
  const waits = follow(pair.clock, header, before);
  pair.clock.pace = paceOf(pair.lanes, header.steps, header.sides[0].scene.window);
  buildPlay(
    pair.find(".play"),
    pair.clock,
    words,
    header.language,
    [button("PNG", words.picture, () => savePicture(pair))],
    waits,
  );
  buildHeads(pair);
  buildTable(pair);
  layout(pair);
  const told = header.problem || header.empty;
  if (told) for (const map of pair.maps) say(map, told);
  pair.find(".told").textContent = header.told;
  pair.root.dataset.painted = header.sequence;
}

// ---- drawing ----------------------------------------------------------------------------------------------------

const racing = (pair, side) => pair.lanes.filter((lane) => lane.side === side);

/** Draw everything that does not move, then what does. */
function layout(pair) {
  if (!pair.header) return;
  const theme = (pair.theme = themeOf(pair.root));
  if (!SIDES.every((side) => layoutMap(pair.maps[side], theme, pair.header.language))) return;
  for (const side of SIDES) for (const chart of CHARTS) layoutChart(pair, chart, side, theme);
  if (pair.painted !== theme) buildTable(pair);
  tick(pair);
}

// The gradient norms share one axis: what is nearly 0 on one surface and not on the other is the point of the page.
function layoutChart(pair, chart, side, theme) {
  const figure = pair.find(`[data-chart=${chart}${side}]`);
  const room = sizeOf(figure.querySelector(".layers"));
  if (!room.width || room.height < 20) return;
  const [lanes, log] = [racing(pair, side), pair.logs[chart]];
  const frame = chartFrame(room, chart === "norm" ? pair.lanes : lanes, chart, pair.clock.last, log);
  pair.frames[chart + side] = frame;
  drawChart(fit(figure.querySelector(".ground"), room), room, frame, theme);
  figure.querySelector(".name").textContent = pair.words[`axis_${chart}`];
  const toggle = figure.querySelector(".log");
  toggle.textContent = pair.words[log ? "log" : "linear"];
  toggle.title = pair.words.log_hint;
}

/** Draw what moves: called at each frame while the clock plays. */
function tick(pair) {
  const { clock, theme } = pair;
  if (!pair.header || !theme) return;
  for (const side of SIDES) {
    const [map, lanes] = [pair.maps[side], racing(pair, side)];
    const { context, size } = overMap(map);
    drawPaths(context, size, map.view, map.scene, lanes, clock, theme, {
      arrows: false,
      focus: pair.focus,
      words: pair.words,
    });
    for (const chart of CHARTS) {
      const holder = pair.find(`[data-chart=${chart}${side}] .layers`);
      const [room, frame] = [sizeOf(holder), pair.frames[chart + side]];
      if (frame && room.width)
        drawProgress(fit(holder.querySelector(".paths"), room), room, frame, lanes, clock, theme, null);
    }
    drawBars(
      pair,
      side,
      lanes.find((lane) => lane.number === pair.focus),
    );
  }
  fillTable(pair);
  followClock(pair.find(".play"), clock, pair.words);
}

function drawBars(pair, side, lane) {
  const figure = pair.find(`[data-bars="${side}"]`);
  const canvas = figure.querySelector("canvas");
  const room = sizeOf(canvas.parentElement);
  if (!room.width) return;
  const logits = lane
    ? logitsOf(lane, frameAt(lane.steps, pair.clock.step))
    : [...pair.header.sides[side].scene.start, -1000];
  figure.querySelector(".name").textContent = `${pair.words.bars} · ${lane?.label ?? pair.words.start}`;
  figure.querySelector("small").textContent = pair.words.target;
  drawSoftmax(fit(canvas, room), room, logits, lane?.number ?? 6, pair.theme, pair.words);
}

// ---- heads and table --------------------------------------------------------------------------------------------

function buildHeads(pair) {
  pair.header.sides.forEach((side, i) => {
    const [name, facts] = [document.createElement("b"), document.createElement("span")];
    name.textContent = side.title;
    facts.textContent = `${pair.words.at_start} L = ${number(side.loss, 3)},  ‖∇L‖ = ${number(side.norm, 3)}`;
    pair.find(`[data-head="${i}"]`).replaceChildren(name, facts);
    pair.root.querySelectorAll(".which")[i].textContent = side.title; // where the charts do not stand under their map
    pair.maps[i].figure.querySelector(".paths").setAttribute("aria-label", `${side.title}. ${facts.textContent}`);
  });
}

function buildTable(pair) {
  pair.painted = pair.theme;
  const table = pair.find(".sheet table");
  table.replaceChildren();
  if (!pair.theme || !pair.racers.length) return;
  const [over, under] = [table.createTHead().insertRow(), table.tHead.insertRow()];
  const cell = (row, text, hint = "", wide = 1) =>
    row.append(Object.assign(document.createElement("th"), { textContent: text, title: hint, colSpan: wide }));
  cell(over, "");
  cell(under, pair.words.now);
  for (const side of pair.header.sides) {
    cell(over, side.title, "", SCORES.length);
    for (const score of SCORES) cell(under, pair.words[`score_${score}`], pair.words[`score_${score}_hint`]);
  }
  const body = table.createTBody();
  for (const lane of pair.racers) {
    const row = body.insertRow();
    const pick = () => {
      pair.focus = lane.number;
      buildTable(pair);
      tick(pair);
    };
    row.tabIndex = 0;
    row.classList.toggle("focus", lane.number === pair.focus);
    row.onclick = pick;
    row.onkeydown = (event) => event.key === "Enter" && pick();
    row.insertCell().append(swatch(lane.number, pair.theme), lane.label);
    for (const _ of SIDES.flatMap(() => SCORES)) row.insertCell();
  }
}

function fillTable({ find, racers, lanes, clock }) {
  const rows = find(".sheet table").tBodies[0]?.rows ?? [];
  [...rows].slice(0, racers.length).forEach((row, i) => {
    const told = SIDES.flatMap((side) => {
      const lane = lanes.find((other) => other.side === side && other.number === racers[i].number);
      return SCORES.map((_, k) => (lane ? number(lane.columns.told[k][frameAt(lane.steps, clock.step)], 3) : "–"));
    });
    told.forEach((text, cell) => (row.cells[cell + 1].textContent = text));
  });
}

function savePicture(pair) {
  const title = `${pair.header.title} · ${pair.header.sides.map((side) => side.title).join(" | ")}`;
  compose(pair.root, pair.racers, pair.theme, title, (context, lane) =>
    context.drawImage(swatch(lane.number, pair.theme), 0, 0, 34, 16),
  ).toBlob((blob) => download("same-start-two-losses.png", blob));
}

// ---- pointer ----------------------------------------------------------------------------------------------------

function wire(pair) {
  const startAt = (map, at, live) => {
    pair.clock.playing = false;
    edit(pair.component, "start", pointAt(map, at), live);
  };
  pair.maps = SIDES.map((side) => {
    const map = makeMap(pair.find(`[data-map="${side}"]`), {
      redraw: () => layout(pair),
      hold: (spot) => Math.hypot(spot.px - spot.x(map.scene.start[0]), spot.py - spot.y(map.scene.start[1])) < 16,
      drag: (at) => startAt(map, at, true),
      drop: (at) => startAt(map, at, false),
      click: (at) => startAt(map, at, false),
    });
    return map;
  });
  pair.map = { close: () => pair.maps.forEach((map) => map.close()) }; // both go with the picture
  for (const side of SIDES) for (const chart of CHARTS) wireChart(pair, chart, side);
}

function wireChart(pair, chart, side) {
  const figure = pair.find(`[data-chart=${chart}${side}]`);
  figure.querySelector(".log").onclick = () => {
    pair.logs[chart] = !pair.logs[chart];
    layout(pair);
  };
  const layer = figure.querySelector(".paths");
  layer.addEventListener("pointermove", (event) => {
    const frame = pair.frames[chart + side];
    if (!frame || (pair.clock.playing && !event.buttons)) return; // whoever points at a playing curve does not stop it
    const px = event.clientX - layer.getBoundingClientRect().left;
    if (px >= frame.box.left && px <= frame.box.right) pair.clock.seek(Math.round(frame.x.invert(px)));
  });
}
