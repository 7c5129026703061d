// The page of networks: what they say of the examples, the surface they descend on, their curves, all on one clock.

import { number, whole } from "../kit/axes.js";
import { follow, frameAt } from "../kit/clock.js";
import { drawPaths } from "../kit/contour.js";
import { chartFrame, drawChart, drawProgress } from "../kit/curves.js";
import { edit } from "../kit/edits.js";
import { themeOf } from "../kit/look.js";
import { buildTools, layoutMap, MAP, overMap, showScene } from "../kit/map.js";
import { mounting } from "../kit/mounting.js";
import { paceOf } from "../kit/pace.js";
import { button, fit, sizeOf } from "../kit/parts.js";
import { buildPlay, followClock } from "../kit/play.js";
import { compose, download } from "../kit/save.js";
import { swatch } from "../kit/table.js";
import { columns } from "../kit/wire.js";
import { drawFit } from "../pictures/fit.js";

const PANES = { train: ["train"], second: ["accuracy", "norm", "rate", "gap"] };
const LOG = { train: true, accuracy: false, norm: true, rate: null, gap: true };

const caption = `<figcaption><span class="name"></span><span class="choices"></span></figcaption>`;
const layers = `<div class="layers"><canvas class="ground"></canvas><canvas class="paths"></canvas></div>`;
const LAYOUT = `
  <div class="pictures">
    <figure data-pane="fit">${caption}${layers}</figure>
    <figure data-pane="surface">${caption}<div class="contour">${MAP}</div></figure>
    ${Object.keys(PANES)
      .map((pane) => `<figure data-pane="${pane}">${caption}${layers}</figure>`)
      .join("")}
  </div>
  <div class="play" role="toolbar"></div>
  <p class="told"></p>
  <div class="sheet"><table></table></div>
  <p class="summary" aria-live="polite"></p>`;

export const { mount, unmount } = mounting("networks", LAYOUT, {
  fields: () => ({ header: null, second: null, logs: { ...LOG }, frames: {}, focus: null }),
  pointer: (page) => ({
    redraw: () => layout(page),
    hold: () => null,
    drag: () => {},
    drop: () => {},
    click: () => {},
  }),
  wire,
  show,
  layout,
  tick,
  listens: (page) => page.header,
});

// ---- new data ---------------------------------------------------------------------------------------------------

/** @param {any} page @param {Payload.NetworksPicture} header @param {Float32Array} floats */
function show(page, header, floats) {
  const before = page.header;
  page.header = header;
  page.words = header.words;
  page.curves = header.lanes.map((lane) => laneOf(lane, floats, lane.curves));
  page.paths = header.lanes.map((lane) => {
    const made = laneOf(lane, floats, lane.path);
    return Object.assign(made, { across: made.columns.across[0], up: made.columns.up[0] });
  });
  page.lanes = page.curves;
  page.fit = { ...header.fit, rows: header.fit.lanes.map((block) => columns(floats, block).rows) };
  if (page.fit.line) page.fit.line.rows = page.fit.line.lanes.map((block) => columns(floats, block).rows);
  const pieces = page.fit.pieces;
  if (pieces) pieces.rows = pieces.lanes.map((block) => columns(floats, block).rows);
  if (pieces) [pieces.bend] = columns(floats, pieces.bends).bend;
  if (!page.lanes.some((lane) => lane.number === page.focus)) page.focus = page.lanes.at(-1)?.number ?? null;
  const choices = header.charts;
  if (!choices.includes(page.second)) page.second = choices[0];
  showScene(page.map, header.scene, page.words, before?.scene.key !== header.scene.key);
  const waits = follow(page.clock, header, before);
  page.clock.pace = paceOf(
    page.paths.map((path, i) => ({ ...path, columns: page.curves[i].columns, across: null })),
    header.steps,
  );
  buildPlay(
    page.find(".play"),
    page.clock,
    page.words,
    header.language,
    [button("PNG", page.words.picture, () => savePicture(page))],
    waits,
  );
  buildTools(page.map);
  buildCaptions(page);
  page.find(".told").textContent = header.told;
  page.find(".contour .paths").setAttribute("aria-label", header.title);
  page.root.style.setProperty("--lanes", Math.max(page.lanes.length, 3));
  layout(page, true);
  page.find(".summary").textContent = page.lanes.map(({ label, happened }) => `${label}: ${happened}`).join("; ");
  page.root.dataset.painted = header.sequence;
}

function laneOf(lane, floats, block) {
  const table = columns(floats, block);
  return { ...lane, frames: block.frames, columns: table, steps: table.steps[0] };
}

// ---- drawing ----------------------------------------------------------------------------------------------------

function layout(page, whole = false) {
  if (!page.header) return;
  const theme = (page.theme = themeOf(page.root));
  if (!layoutMap(page.map, theme, page.header.language)) return;
  for (const pane of Object.keys(PANES)) {
    const holder = page.find(`[data-pane=${pane}] .layers`);
    const room = sizeOf(holder);
    if (!room.width || room.height < 20) continue;
    const name = curveOf(page, pane);
    const lanes = lanesOf(page, name);
    const log = page.logs[name] ?? false;
    page.frames[pane] = chartFrame(room, lanes, name, page.clock.last, log);
    drawChart(fit(holder.querySelector(".ground"), room), room, page.frames[pane], theme);
  }
  if (whole || page.sheetTheme !== theme) buildSheet(page);
  tick(page);
}

const curveOf = (page, pane) => (pane === "train" ? "train" : page.second);
const lanesOf = (page, name) => (name === "gap" ? page.paths : page.curves);

/** Draw what moves. */
function tick(page) {
  const { header, map, clock, theme } = page;
  if (!header || !theme) return;
  const { context, size } = overMap(map);
  drawPaths(context, size, map.view, header.scene, page.paths, clock, theme, {
    arrows: false,
    focus: page.focus,
    words: page.words,
  });
  const holder = page.find("[data-pane=fit] .layers");
  const room = sizeOf(holder);
  if (room.width && room.height > 40) drawFit(fit(holder.querySelector(".paths"), room), room, page);
  for (const pane of Object.keys(PANES)) {
    const layer = page.find(`[data-pane=${pane}] .layers`);
    const space = sizeOf(layer);
    if (page.frames[pane] && space.width)
      drawProgress(
        fit(layer.querySelector(".paths"), space),
        space,
        page.frames[pane],
        lanesOf(page, curveOf(page, pane)),
        clock,
        theme,
        null,
      );
  }
  const epoch = Math.floor(Math.round(clock.step) / header.per_epoch);
  followClock(page.find(".play"), clock, page.words, ` · ${page.words.epoch} ${whole(epoch)}`);
  fillSheet(page);
}

// ---- captions ---------------------------------------------------------------------------------------------------

function buildCaptions(page) {
  const { header, words, component } = page;
  const put = (pane, name, ...choices) => {
    const figure = page.find(`[data-pane=${pane}]`);
    figure.querySelector(".name").textContent = name;
    figure.querySelector(".choices").replaceChildren(...choices);
  };
  const views = header.views.map((view) =>
    button(
      words[`view_${view}`],
      words[`view_${view}_hint`],
      () => edit(component, "net.view", view),
      view === header.view,
    ),
  );
  const many = header.fit.kind === "hidden" && header.fit.names[0] === "PC 1";
  put("fit", many ? words.fit_hidden_many : words[`fit_${header.fit.kind}`], ...(views.length > 1 ? views : []));
  const plane = document.createElement("select");
  for (const [value, name] of header.planes) plane.append(new Option(name, value, false, value === header.plane));
  plane.setAttribute("aria-label", words.plane);
  plane.title = words.plane_hint;
  plane.onchange = () => edit(component, "net.plane", plane.value);
  put("surface", words.surface, plane);
  const captionChart = (pane) => {
    const name = curveOf(page, pane);
    const choices =
      pane === "train"
        ? []
        : header.charts.map((chart) =>
            button(
              words[`short_${chart}`],
              words[`chart_${chart}_hint`],
              () => {
                page.second = chart;
                captionChart(pane);
                layout(page);
              },
              chart === name,
            ),
          );
    const log = button(words[page.logs[name] ? "log" : "linear"], words.log_hint, () => {
      page.logs[name] = !page.logs[name];
      captionChart(pane);
      layout(page);
    });
    put(
      pane,
      words[name === "train" && !header.columns.includes("test") ? "dots_nothing" : `dots_${name}`],
      ...choices,
      log,
    );
    page.find(`[data-pane=${pane}] figcaption`).title = words[`chart_${name}_hint`];
  };
  Object.keys(PANES).forEach(captionChart);
}

// ---- table ------------------------------------------------------------------------------------------------------

// What stands in a row: the column's name, and its text at the clock. Paths have other rows than curves.
const CELLS = {
  train: ({ curve, at }) => printed(curve, "train", at),
  test: ({ curve, at }) => printed(curve, "test", at),
  accuracy: ({ curve, at }) => percent(printed(curve, "accuracy", at)),
  test_accuracy: ({ curve, at }) => percent(printed(curve, "test_accuracy", at)),
  norm: ({ curve, at }) => printed(curve, "norm", at),
  shadow: ({ path, step }) => {
    const at = frameAt(path.steps, step);
    return `${printed(path, "gap", at)} / ${printed(path, "shadow", at)}`;
  },
  happened: ({ curve }) => curve.happened,
};

const printed = ({ columns }, name, at) => number(columns[`${name}_told`][0][at], 3);
const percent = (text) => (text === "–" ? text : `${text} %`);

function buildSheet(page) {
  const { header, words, theme } = page;
  page.sheetTheme = theme;
  page.cells = Object.keys(CELLS).filter((name) => header.columns.includes(name));
  const table = page.find(".sheet table");
  table.replaceChildren();
  const head = table.createTHead().insertRow();
  for (const name of ["", ...page.cells]) {
    const cell = document.createElement("th");
    cell.textContent = name && words[`col_${name}`];
    cell.title = name && words[`col_${name}_hint`];
    head.append(cell);
  }
  const body = table.createTBody();
  page.lanes.forEach((lane) => {
    const row = body.insertRow();
    row.tabIndex = 0;
    row.classList.toggle("focus", lane.number === page.focus);
    const pick = () => {
      page.focus = lane.number;
      layout(page, true);
    };
    row.onclick = pick;
    row.addEventListener("keydown", (event) => event.key === "Enter" && pick());
    row.insertCell().append(swatch(lane.number, theme), lane.label);
    for (const name of page.cells) row.insertCell().dataset.column = name;
  });
  fillSheet(page);
}

function fillSheet(page) {
  const rows = page.find(".sheet table").tBodies[0]?.rows ?? [];
  page.lanes.forEach((curve, i) => {
    const spot = { curve, path: page.paths[i], step: page.clock.step, at: frameAt(curve.steps, page.clock.step) };
    page.cells.forEach((name, k) => rows[i] && (rows[i].cells[k + 1].textContent = CELLS[name](spot)));
  });
}

// ---- what a person does -----------------------------------------------------------------------------------------

function savePicture(page) {
  compose(page.root, page.lanes, page.theme, page.header.title, (context, lane) =>
    context.drawImage(swatch(lane.number, page.theme), 0, 0, 34, 16),
  ).toBlob((blob) => download("descent-lab-network.png", blob));
}

function wire(page) {
  for (const pane of Object.keys(PANES)) {
    const layer = page.find(`[data-pane=${pane}] .paths`);
    layer.addEventListener("pointermove", (event) => {
      const frame = page.frames[pane];
      if (!frame || (page.clock.playing && !event.buttons)) return; // whoever points at a playing curve does not stop it
      const px = event.clientX - layer.getBoundingClientRect().left;
      if (px >= frame.box.left && px <= frame.box.right) page.clock.seek(Math.round(frame.x.invert(px)));
    });
  }
}
