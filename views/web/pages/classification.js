// Classification: two surfaces side by side, one start, one clock, the same optimizers; what differs is the loss.

import { number } from "../kit/axes.js";
import { curves, logButton } from "../kit/chart.js";
import { frameAt } from "../kit/clock.js";
import { edit } from "../kit/edits.js";
import { makeLane, projected } from "../kit/lane.js";
import { MAP, pointAt, showScene } from "../kit/map.js";
import { ofStep, tellSteps } from "../kit/moment.js";
import { figure, page } from "../kit/page.js";
import { made } from "../kit/parts.js";
import { drawPaths } from "../kit/paths.js";
import { followTable, laneTable } from "../kit/table.js";
import { layVeil } from "../kit/veil.js";
import { say } from "../kit/window.js";
import { drawSoftmax } from "../pictures/logits.js";
import { worded } from "../pictures/pair.js";

/** @typedef {Omit<Payload.ClassificationPicture, "sides" | "lanes"> & import("../pictures/pair.js").Worded} Shown */
/** @typedef {import("../kit/page.js").Page<Shown>} Pair */

const SIDES = [0, 1];
const CHARTS = ["loss", "norm"];
const SCORES = ["loss", "right", "norm"]; // in the order of the columns that are told

const CHART_CAPTION = `<span class="name"></span><button class="log"></button>`;
const each = (html) => SIDES.map(html).join("");
const LAYOUT = `
  <p class="told" aria-live="polite"></p>
  <div class="maps">${each(
    (side) => `<div class="side"><div class="head" data-head="${side}"></div>
      <figure class="contour" data-picture="map${side}">${MAP}</figure></div>`,
  )}</div>
  <div class="play" role="toolbar"></div>
  <div class="below">${each(
    (side) => `<div class="side"><b class="which"></b><div class="plots">
      ${CHARTS.map((chart) => figure(chart + side, CHART_CAPTION)).join("")}
      </div>${figure(`bars${side}`, `<span class="name"></span><small></small>`)}</div>`,
  )}</div>
  <div class="sheet"><table></table></div>`;

const racing = (/** @type {any} */ { runners }, side) => runners.filter((lane) => lane.side === side);
const focused = (pair, side) => racing(pair, side).find((lane) => lane.number === pair.focus);

export const { mount, unmount } = page("classification", LAYOUT, {
  fields: () => ({ runners: [] }),
  pictures: Object.assign({}, ...SIDES.map(picturesOf)),
  presents: SIDES.flatMap((side) => [`map${side}`, `loss${side}`]),
  asks: "pair",
  worded,
  waits: layVeil,
  read,
  paced: ({ runners, header }) => [runners, header.steps, header.sides[0].scene.window],
  numbers: ({ runners, header: { sides } }) => [
    runners,
    ({ label, side }) => ({ loss_function: sides[side].title, optimizer: label }),
  ],
  saved: ({ header: { title, sides } }) => ({
    file: "same-start-two-losses.png",
    title: `${title} · ${sides.map((side) => side.title).join(" | ")}`,
  }),
  laid,
  moved: follow,
  shown: ({ header, maps }) => {
    const told = header.problem || header.empty;
    if (told) for (const map of Object.values(maps)) say(map, told);
  },
});

function picturesOf(side) {
  // The gradient norms share one axis: what is nearly 0 on one surface and not on the other is the point of the page.
  const chart = (name) => ({
    ...curves({
      curve: () => name,
      lanes: (pair) => racing(pair, side),
      axis: (pair) => (name === "norm" ? pair.runners : racing(pair, side)),
    }),
    caption: (pair) => ({ name: pair.words[`axis_${name}`], log: logButton(pair, `${name}${side}`, name) }),
  });
  return {
    [`map${side}`]: {
      map: (pair, name) => pointer(pair, name),
      label: ({ header, words }) => `${header.sides[side].title}. ${factsOf(header.sides[side], words)}`,
      moving: (context, size, pair, name) => drawPaths(context, size, pair.maps[name], racing(pair, side), pair),
    },
    [`loss${side}`]: chart("loss"),
    [`norm${side}`]: chart("norm"),
    [`bars${side}`]: {
      moving: (context, size, pair) => {
        const [lane, { start }] = [focused(pair, side), pair.header.sides[side].scene];
        const at = lane && frameAt(lane.steps, pair.clock.step);
        const logits = lane ? lane.columns.theta.slice(0, 2).map((part) => part[at]) : start;
        drawSoftmax(context, size, [...logits, -1000], lane?.number ?? 6, pair.theme, pair.words);
      },
      caption: (pair) => ({
        name: `${pair.words.bars} · ${focused(pair, side)?.label ?? pair.words.start}`,
        small: pair.words.target,
      }),
    },
  };
}

/** @param {Pair} pair @param {Shown} header @param {Float32Array} floats */
function read(pair, header, floats) {
  const scenes = header.sides.map(({ scene }) => projected(scene));
  for (const side of SIDES) showScene(pair.maps[`map${side}`], scenes[side], pair.words, false);
  pair.runners = header.lanes.map((lane) => makeLane(lane, floats, scenes[lane.side]));
  pair.lanes = racing(pair, 0);
}

// ---- around the pictures ----------------------------------------------------------------------------------------

const factsOf = (side, words) => `${words.at_start} L = ${number(side.loss, 3)},  ‖∇L‖ = ${number(side.norm, 3)}`;

/** @param {Pair} pair */
function laid(pair, whole) {
  const { header, words, theme, lanes, focus, choose, root, find } = pair;
  layVeil(pair);
  if (!whole && pair.painted === theme) return;
  pair.painted = theme;
  header.sides.forEach((side, i) => {
    find(`[data-head="${i}"]`).replaceChildren(made("b", "", side.title), made("span", "", factsOf(side, words)));
    root.querySelectorAll(".which")[i].textContent = side.title; // where the charts do not stand under their map
  });
  find(".told").textContent = header.told;
  if (!lanes.length) return find(".sheet table").replaceChildren();
  const scores = SIDES.flatMap(() => SCORES);
  const heads = scores.map((score) => [words[`score_${score}`], words[`score_${score}_hint`]]);
  const over = header.sides.map((side) => [side.title, SCORES.length]);
  const options = { theme, focus, pick: choose, over, under: words.now };
  laneTable(find(".sheet table"), lanes, heads, () => scores.map(() => ""), options);
}

/** @param {Pair} pair */
function follow({ find, lanes, runners, clock, words }) {
  const stepOf = ({ steps }) => steps[frameAt(steps, clock.step)];
  const rows = lanes.map((racer) =>
    SIDES.flatMap((side) => {
      const lane = runners.find((other) => other.side === side && other.number === racer.number);
      const text = (k) => number(lane.columns.told[k][frameAt(lane.steps, clock.step)], 3);
      return SCORES.map((_, k) => (lane ? ofStep(text(k), stepOf(lane), stepOf(racer), words.of_step) : "–"));
    }),
  );
  followTable(find(".sheet table"), rows);
  tellSteps(find(".sheet table"), lanes, clock, words.of_step);
}

/** @param {Pair} pair */
function pointer(pair, name) {
  const startAt = (at, live) => {
    pair.clock.playing = false;
    edit(pair.component, "start", pointAt(pair.maps[name], at), live);
  };
  return {
    redraw: () => pair.layout(),
    hold: ({ px, py, x, y }) => {
      const [across, up] = pair.maps[name].scene.start;
      return Math.hypot(px - x(across), py - y(up)) < 16;
    },
    drag: (at) => startAt(at, true),
    drop: (at) => startAt(at, false),
    click: (at) => startAt(at, false),
    solid: true,
  };
}
