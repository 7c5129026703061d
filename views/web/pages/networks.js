// Networks: what they say of the examples, the surface they descend on, their curves, all on one clock.

import { number, whole } from "../kit/axes.js";
import { chartOf } from "../kit/chart.js";
import { frameAt } from "../kit/clock.js";
import { edit } from "../kit/edits.js";
import { tabled } from "../kit/lane.js";
import { MAP, showScene } from "../kit/map.js";
import { ofStep, tellSteps } from "../kit/moment.js";
import { figure, page } from "../kit/page.js";
import { button } from "../kit/parts.js";
import { drawPaths } from "../kit/paths.js";
import { followTable, laneTable } from "../kit/table.js";
import { heights } from "../kit/tools.js";
import { layVeil } from "../kit/veil.js";
import { drawFit, fitOf } from "../pictures/fit.js";
import { worded } from "../pictures/learning.js";

/** @typedef {Payload.NetworksPicture & import("../pictures/learning.js").Worded} Shown */
/** @typedef {import("../kit/page.js").Page<Shown>} Net */

const CAPTION = `<figcaption><span class="name"></span><span class="choices"></span></figcaption>`;
const LAYOUT = `
  <div class="pictures">
    ${figure("fit")}
    <figure data-picture="surface">${CAPTION}<div class="contour">${MAP}</div></figure>
    ${figure("train")}${figure("second")}
  </div>
  <div class="play" role="toolbar"></div>
  <p class="told"></p>
  <div class="sheet"><table></table></div>
  <p class="summary" aria-live="polite"></p>`;

const nothing = () => null;
const lanesOf = (net, { rows }) => (rows === "path" ? net.paths : net.lanes);
const chart = (name) => chartOf(name, lanesOf);

export const { mount, unmount } = page("networks", LAYOUT, {
  fields: () => ({ chosen: {} }),
  pictures: {
    fit: {
      moving: (context, size, net) => net.fit && size.height > 40 && drawFit(context, size, net),
      caption: captionFit,
    },
    surface: {
      map: (net) => ({
        redraw: () => net.layout(),
        hold: nothing,
        drag: nothing,
        drop: nothing,
        click: nothing,
        solid: true,
        captioned: true, // there is more room
      }),
      moving: (context, size, net) => drawPaths(context, size, net.maps.surface, net.paths, net),
      caption: captionSurface,
    },
    train: chart("train"),
    second: chart("second"),
  },
  asks: "learning",
  speaks: true,
  worded,
  waits: layVeil,
  read,
  first: (lanes) => lanes.at(-1),
  paced: ({ lanes, header }) => [lanes.map((lane) => ({ ...lane, across: null })), header.steps],
  rows: 3,
  saved: ({ header }) => ({ file: "descent-lab-network.png", title: header.title }),
  laid,
  shown: ({ header, hand, lanes }) =>
    header.seconds !== null && !lanes.length && hand.begin("beginning").catch(console.warn),
  moved: follow,
  beside: ({ clock, header, words, lanes, focus }) => {
    const at = Math.max(
      lanes.findIndex(({ number }) => number === focus),
      0,
    );
    return ` · ${words.epoch} ${whole(Math.floor(Math.round(clock.step) / header.per_epoch[at]))}`;
  },
});

/** @param {Net} net @param {Shown} header @param {Float32Array} floats @param {Shown} [before] */
function read(net, header, floats, before) {
  net.lanes = header.lanes.map((lane) => tabled(lane, floats, lane.curves));
  net.paths = header.lanes
    .filter((lane) => lane.path)
    .map((lane) => {
      const path = tabled(lane, floats, lane.path);
      return { ...path, across: path.columns.across[0], up: path.columns.up[0] };
    });
  net.fit = header.fit && fitOf(header.fit, floats);
  // While a training goes on there is no plane yet: the last one stays, without paths.
  if (header.scene) showScene(net.maps.surface, header.scene, net.words, before?.scene?.key !== header.scene.key);
}

// ---- captions ---------------------------------------------------------------------------------------------------

/** @param {Net} net */
function captionFit({ header, words, component }) {
  if (!header.fit) return { name: "", choices: [] };
  const many = header.fit.kind === "hidden" && header.fit.names[0] === "PC 1";
  const views = header.views.map((view) =>
    button(
      words[`view_${view}`],
      words[`view_${view}_hint`],
      () => edit(component, "net.view", view),
      view === header.view,
    ),
  );
  return {
    name: many ? words.fit_hidden_many : words[`fit_${header.fit.kind}`],
    choices: views.length > 1 ? views : [],
  };
}

/** @param {Net} net */
function captionSurface({ header, words, component, maps, lanes }) {
  const choice = (setting, options, chosen) => {
    const menu = document.createElement("select");
    for (const [value, name] of options) menu.append(new Option(name, value, false, `${value}` === `${chosen}`));
    menu.setAttribute("aria-label", words[setting]);
    menu.title = words[`${setting}_hint`];
    menu.onchange = () => edit(component, `net.${setting}`, menu.value);
    return menu;
  };
  const grounds = lanes.filter(({ number }) => header.grounds.includes(number));
  const whose = choice(
    "ground",
    grounds.map(({ number, label }) => [number, label]),
    header.ground,
  );
  const plane = choice("plane", header.planes, header.plane);
  return {
    name: words.surface,
    choices: [...(grounds.length ? [whose] : []), plane, ...(maps.surface.scene ? [heights(maps.surface)] : [])],
  };
}

// ---- around the pictures ----------------------------------------------------------------------------------------

/** What stands in a column of a row at the clock.
 * @param {Payload.Cell} cell */
function cellText({ columns: names, share, rows }, { curve, path, at, step }, told) {
  if (rows === "path" && !path) return "–"; // on another surface
  const [lane, i] = rows === "path" ? [path, frameAt(path.steps, step)] : [curve, at];
  const texts = names.map((name) => number(lane.columns[`${name}_told`][0][i], 3));
  const text = texts.map((each) => (share && each !== "–" ? `${each} %` : each)).join(" / ");
  return ofStep(text, lane.steps[i], curve.steps[at], told);
}

/** @param {Net} net */
function laid(net, whole) {
  const { header, words, theme, focus, lanes, find } = net;
  if (whole || net.painted !== theme) {
    const names = [...header.cells.map(({ name }) => name), "happened"];
    const heads = names.map((name) => [words[`col_${name}`], words[`col_${name}_hint`]]);
    laneTable(find(".sheet table"), lanes, heads, () => heads.map(() => ""), { theme, focus, pick: net.choose });
    net.painted = theme;
  }
  find(".told").textContent = header.told;
  layVeil(net);
  if (whole) find(".summary").textContent = lanes.map(({ label, happened }) => `${label}: ${happened}`).join("; ");
}

/** @param {Net} net */
function follow({ header, lanes, paths, clock, words, find }) {
  const spots = lanes.map((curve) => ({
    curve,
    path: paths.find(({ number }) => number === curve.number),
    step: clock.step,
    at: frameAt(curve.steps, clock.step),
  }));
  const text = (cell, spot) => cellText(cell, spot, words.of_update);
  followTable(
    find(".sheet table"),
    spots.map((spot) => [...header.cells.map((cell) => text(cell, spot)), spot.curve.happened]),
  );
  tellSteps(find(".sheet table"), lanes, clock, words.of_update);
}
