// Compare: a surface and the paths of all racers on it, their curves, and tables; a click on the surface starts them.

import { number } from "../kit/axes.js";
import { chosenOf, curves, curveTitle, logButton } from "../kit/chart.js";
import { horizon } from "../kit/clock.js";
import { edit } from "../kit/edits.js";
import { visit } from "../kit/go.js";
import { makeLane, projected } from "../kit/lane.js";
import { LIGHT } from "../kit/look.js";
import { MAP, pointAt, showScene } from "../kit/map.js";
import { followMoment, momentTable } from "../kit/moment.js";
import { outcomeTable } from "../kit/outcome.js";
import { figure, page } from "../kit/page.js";
import { button, fillTabs, made, sizeOf } from "../kit/parts.js";
import { drawPaths } from "../kit/paths.js";
import { download, printable } from "../kit/save.js";
import { layVeil } from "../kit/veil.js";
import { isEqual, say } from "../kit/window.js";
import { columns } from "../kit/wire.js";
import { drawData } from "../pictures/data.js";
import { memoryBars } from "../pictures/memory.js";
import { worded } from "../pictures/race.js";

/** @typedef {Payload.ComparePicture & import("../pictures/race.js").Worded} Shown */
/** @typedef {import("../kit/page.js").Page<Shown>} Stage */

const CHARTS = ["loss", "norm", "rate"];
const SHEETS = { memory: [150, memoryBars], data: [220, drawData] }; // tabs with a picture, and how high it is

const LAYOUT = `
  <div class="pictures">
    <figure class="contour" data-picture="map">${MAP}</figure>
    <div class="curves">${CHARTS.map((chart) =>
      figure(chart, `<span class="choices"></span><button class="log"></button>`),
    ).join("")}</div>
  </div>
  <div class="play" role="toolbar"></div>
  <div class="tabs"></div>
  <div class="sheet" data-picture="sheet"><table></table><canvas class="paths memory" hidden></canvas></div>
  <p class="summary" aria-live="polite"></p>`;

export const { mount, unmount, pictureOf } = page("compare", LAYOUT, {
  fields: () => ({ arrows: true, tab: "outcome", chosen: {}, former: [] }),
  pictures: {
    map: {
      map: (/** @type {Stage} */ stage) => pointer(stage),
      tools: (stage) => [
        button(
          "arrow",
          stage.words.arrows,
          stage.turn(() => (stage.arrows = !stage.arrows)),
          stage.arrows,
        ),
        ...groundsOf(stage),
      ],
      moving: (context, size, stage) => drawPaths(context, size, stage.maps.map, onMap(stage), stage),
    },
    ...Object.fromEntries(CHARTS.map((name) => [name, chart(name)])),
    sheet: {
      size: ({ tab, find }) => SHEETS[tab] && { width: sizeOf(find(".sheet")).width, height: SHEETS[tab][0] },
      moving: (context, size, stage) => SHEETS[stage.tab][1](context, size, stage),
    },
  },
  asks: "race",
  worded,
  waits: layVeil,
  read,
  first: (lanes) => lanes.find((lane) => lane.family === "memory"),
  paced: ({ lanes, header }) => [lanes, header.steps, header.scene.window],
  rows: 5,
  presents: ["map", "loss", "norm"],
  saved: (stage) => ({
    file: "descent-lab.png",
    title: stage.header.title,
    more: [
      button(stage.words.print, stage.words.print_hint, () => savePage(stage)),
      button(stage.words.maps, stage.words.maps_hint, () => openMap(stage)),
    ],
  }),
  laid,
  moved: (stage) => fillSheet(stage, false),
  shown: ({ header, maps }) => header.problem && say(maps.map, header.problem),
});

const onMap = ({ lanes }) => lanes.filter(({ away }) => !away);

/** Whose surface is shown, where lanes have several.
 * @param {Stage} stage */
function groundsOf({ header, lanes, words, component }) {
  const there = lanes.filter(({ number }) => header.grounds.includes(number));
  if (!there.length) return [];
  const menu = document.createElement("select");
  for (const { number, label } of there) menu.append(new Option(label, number + 1, false, number === header.ground));
  menu.setAttribute("aria-label", words.ground);
  menu.title = words.ground_hint;
  menu.onchange = () => edit(component, "ground", Number(menu.value));
  return [menu];
}

function chart(name) {
  return {
    ...curves({ curve: (stage) => chosenOf(stage, name).shown.name, lanes: there }),
    caption: (stage) => {
      const { there, shown } = chosenOf(stage, name);
      const choices = there.map((curve) => choiceOf(stage, name, curve, { alone: !there[1], shown: curve === shown }));
      return { choices, log: logButton(stage, name, shown.name) };
    },
  };
}

// A curve that comes late is asked for when it is chosen: until then those of the picture before stand, if it had any.
function there(stage, { name }) {
  const known = (lanes) => lanes.filter(({ columns }) => columns[name]);
  const arrived = known(stage.lanes);
  if (arrived.length < stage.lanes.length) askMoments(stage);
  return arrived.length ? arrived : known(stage.former);
}

/** @param {Stage} stage */
function choiceOf(stage, chart, curve, { alone, shown }) {
  const { words, component } = stage;
  const text = shown ? curveTitle(stage, chart, curve) : words[`short_${curve.name}`];
  const hint = words[`curve_${curve.name}_hint`];
  if (alone) return Object.assign(made("span", "name", text), { title: hint });
  const turn = stage.turn(() => {
    stage.chosen[chart] = curve.name;
    edit(component, "chart", curve.name);
  });
  return Object.assign(button(text, hint, turn, shown), { className: shown ? "name" : "" });
}

// ---- new data ---------------------------------------------------------------------------------------------------

/** @param {Stage} stage @param {Shown} header @param {Float32Array} floats @param {Shown} [before] */
function read(stage, header, floats, before) {
  const scene = projected(header.scene);
  const { map } = stage.maps;
  const wishes = wishesOf(header, before);
  if (before?.scene.key !== scene.key) stage.former = [];
  else if (stage.lanes.some(({ columns }) => columns.theta_told)) stage.former = stage.lanes;
  stage.lanes = header.lanes.map((lane) => makeLane(lane, floats, scene));
  const wished = header.curves.find(({ name }) => name === wishes.chart);
  if (wished) stage.chosen[wished.chart] = wished.name;
  const turned = String(before?.scene.axes) !== String(scene.axes) && !map.drag;
  const another = before?.scene.key !== scene.key;
  const equal = isEqual(map, scene);
  if (wishes.aspect !== undefined) map.equal = { equal: true, full: false }[wishes.aspect] ?? null;
  showScene(map, scene, stage.words, another || turned || isEqual(map, scene) !== equal);
  if (wishes.tab !== undefined || another) chooseTab(stage, header, wishes.tab);
  // What comes out of a demonstration is told when it has been played.
  if (header.sequence !== before?.sequence || !header.lesson)
    stage.secret = Boolean(header.lesson) && header.moved !== "steady";
}

// How the link asks the experiment to be shown: what it says anew, and all of it when a demonstration is opened; not
// what a click has changed meanwhile.
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

// ---- around the pictures ----------------------------------------------------------------------------------------

/** @param {Stage} stage */
function laid(stage, whole) {
  const { header, words } = stage;
  fillSheet(stage, true);
  if (!whole) return;
  const names = ["outcome", "moment", "memory", ...(header.examples ? ["data"] : [])];
  const told = Object.assign(made("span", "told", header.note), { title: header.note });
  fillTabs(stage, names, (name) => words[`tab_${name}`], told);
  layVeil(stage);
}

const summary = ({ lanes }) =>
  lanes.map(({ label, outcome }) => `${label}: ${number(outcome.final_loss)}, ${outcome.happened}`).join("; ");

/** @param {Stage} stage */
function fillSheet(stage, whole) {
  const { tab, lanes, words, clock, find } = stage;
  const [table, memory] = [find(".sheet table"), find(".memory")];
  const options = { theme: stage.theme, focus: stage.focus, pick: stage.choose, ...detail(stage) };
  [table.hidden, memory.hidden] = [Boolean(SHEETS[tab]), !SHEETS[tab]];
  if (SHEETS[tab]) memory.style.height = `${SHEETS[tab][0] / 16}rem`;
  const told = !stage.secret || horizon(clock) >= clock.last;
  const news = whole || told !== stage.told;
  Object.assign(stage, { told, secret: !told });
  if (news) find(".summary").textContent = told ? summary(stage) : "";
  if (tab === "outcome" && news) outcomeTable(table, lanes, words, { ...options, told });
  if (tab !== "moment") return;
  askMoments(stage);
  if (!whole && table.className === "moment" && table.tBodies[0].rows.length === lanes.length)
    followMoment(table, lanes, clock, words);
  else momentTable(table, lanes, clock, words, options);
}

// Once for a race, and not before there is one.
function askMoments(stage) {
  const { lanes } = stage;
  if (stage.asked === lanes || lanes.every(({ columns }) => columns.theta_told)) return;
  stage.asked = lanes;
  moments(stage).then(() => stage.layout(true), console.warn);
}

// What the table at the clock prints, to the last digit, and curves that come late are asked for when they are opened.
async function moments(stage) {
  const { hand, lanes } = stage;
  const { header, floats } = await hand.more("moment");
  lanes.forEach((lane, i) => {
    Object.assign(lane.columns, columns(floats, header.lanes[i]));
    Object.assign(lane.crossings, header.lanes[i].crossings);
  });
}

// Where more is told about a point, and how to go there.
const detail = ({ component, header }) => ({
  address: (point) => {
    const at = point.map(encodeURIComponent).join("~");
    return new URL(`critical_points?${header.link}&at=${at}&lang=${header.language}`, document.baseURI).href;
  },
  inspect: (point) => edit(component, "inspect", point),
});

// All runs around this one.
const openMap = ({ header }) => visit(new URL(`./maps?${header.link}&lang=${header.language}`, document.baseURI).href);

async function savePage(stage) {
  if (!stage.lanes.every(({ columns }) => columns.theta_told)) await moments(stage);
  const { lanes, words, clock, header } = stage;
  stage.paper = LIGHT; // paper is white, whatever the screen
  stage.layout();
  const tables = ["outcome", "moment"].map((kind) => {
    const table = document.createElement("table");
    const options = { theme: stage.theme, pick: () => {}, ...detail(stage) };
    if (kind === "outcome") outcomeTable(table, lanes, words, options);
    else momentTable(table, lanes, clock, words, options);
    return table;
  });
  const link = `${location.origin}${location.pathname}?${header.link}`;
  const printed = printable(pictureOf(stage), tables, header.title, header.note, link, header.language);
  stage.paper = null;
  stage.layout();
  download("descent-lab.html", printed);
}

const pointer = (/** @type {Stage} */ stage) => {
  const startAt = (at, live) => {
    stage.clock.playing = false; // the race in progress is over: leave the machine to the next one
    edit(stage.component, "start", pointAt(stage.maps.map, at), live);
  };
  return {
    redraw: () => stage.layout(),
    hold: (spot) => nearStart(stage.header.scene, spot),
    drag: (at) => startAt(at, true),
    drop: (at) => startAt(at, false),
    click: (at) => startAt(at, false),
    solid: true,
    equal: (on) => edit(stage.component, "aspect", on ? "equal" : "full"),
  };
};

const nearStart = ({ start, flat }, { px, py, x, y }) => Math.hypot(px - x(start[0]), flat ? 0 : py - y(start[1])) < 16;
