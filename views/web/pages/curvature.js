// Curvature: the Hessian's eigenvalues at the clock, and loss, sharpness and signs through training.

import { number, whole } from "../kit/axes.js";
import { chartOf } from "../kit/chart.js";
import { frameAt, horizon } from "../kit/clock.js";
import { tabled } from "../kit/lane.js";
import { ofStep, tellSteps } from "../kit/moment.js";
import { figure, page } from "../kit/page.js";
import { button, note } from "../kit/parts.js";
import { retell } from "../kit/sentences.js";
import { followTable, laneTable } from "../kit/table.js";
import { layVeil } from "../kit/veil.js";
import { counted, drawSigns, followSigns, SIGNS } from "../pictures/signs.js";
import { drawHistogram, drawSorted, reachOf, spectrumAt } from "../pictures/spectrum.js";
import { worded } from "../pictures/watched.js";

/** @typedef {Payload.CurvaturePicture & import("../pictures/watched.js").Worded} Shown */
/** @typedef {import("../kit/page.js").Page<Shown>} Spectra */

const VIEWS = { sorted: drawSorted, histogram: drawHistogram };
const PANES = ["spectrum", "loss", "sharpness", "signs"];

const LAYOUT = `
  <div class="pictures">
    ${figure("spectrum", undefined, `<div class="veil" hidden></div>`)}
    <div class="curves">${figure("loss")}${figure("sharpness")}${figure("signs")}</div>
  </div>
  <div class="play" role="toolbar"></div>
  <p class="told"></p>
  <div class="sheet"><table></table></div>
  <p class="summary" aria-live="polite"></p>`;

const chosen = ({ lanes, focus }) => lanes.find(({ number: lane }) => lane === focus);
const lanesOf = (spectra, { rows }) => (rows === "all" ? spectra.losses : spectra.lanes);
const captioned = ({ words }, name, choices = [], whose) => ({
  name: words[`pane_${name}`] + (whose ? ` · ${whose.label}` : ""),
  title: words[`pane_${name}_hint`],
  choices,
});

const chart = (name) => chartOf(name, lanesOf);

export const { mount, unmount } = page("curvature", LAYOUT, {
  fields: () => ({ view: "sorted", chosen: {} }),
  pictures: {
    spectrum: {
      moving: (context, size, spectra) =>
        spectra.known ? VIEWS[spectra.view](context, size, spectra) : context.clearRect(0, 0, size.width, size.height),
      caption: (spectra) => {
        const { words, view, turn } = spectra;
        const choices = Object.keys(VIEWS).map((name) =>
          button(
            words[name],
            words[`${name}_hint`],
            turn(() => (spectra.view = name)),
            view === name,
          ),
        );
        return captioned(spectra, "spectrum", choices, view === "histogram" && chosen(spectra));
      },
    },
    loss: chart("loss"),
    sharpness: chart("sharpness"),
    signs: {
      hover: true,
      ground: (context, size, spectra) => {
        if (!spectra.known) return waits(context, size, spectra);
        spectra.frames.signs = drawSigns(context, size, chosen(spectra), spectra.header, spectra.theme);
      },
      moving: (context, size, spectra) => {
        const { known, frames } = spectra;
        if (known && frames.signs) followSigns(context, size, chosen(spectra), frames.signs, spectra);
      },
      caption: (spectra) => captioned(spectra, "signs", [], chosen(spectra)),
    },
  },
  asks: "spectra",
  speaks: true,
  worded,
  waits: layVeil,
  read,
  runs: ({ known }) => known,
  paced: ({ losses, header }) => [losses, header.steps],
  rows: 3,
  numbers: ({ losses }) => [losses, ({ label }) => ({ optimizer: label })],
  saved: ({ header }) => ({ file: "curvature.png", title: header.title }),
  laid,
  moved: follow,
  beside: ({ clock, header, words, lanes, focus }) => {
    const at = Math.max(
      lanes.findIndex(({ number }) => number === focus),
      0,
    );
    return ` · ${words.epoch} ${whole(Math.floor(Math.round(clock.step) / header.per_epoch[at]))}`;
  },
});

const waits = (context, size, { words, theme }) => note(context, size, words.waits, theme);

/** @param {Spectra} spectra @param {Shown} header @param {Float32Array} floats */
function read(spectra, header, floats) {
  spectra.losses = header.lanes.map((lane) => tabled(lane, floats, lane.curve));
  spectra.lanes = header.lanes.map((lane) => tabled(lane, floats, lane.spectrum));
  spectra.known = spectra.lanes.some(({ columns: { values } }) => values.some((value) => value.some(Number.isFinite)));
  spectra.reach = reachOf(spectra.lanes);
  retell(header.about);
  const { root, find } = spectra;
  find("[data-picture=spectrum] .paths").setAttribute("aria-label", header.title);
  if (root.dataset.main === header.main) return;
  root.dataset.main = header.main;
  // The picture that the page is asked for is the large one, the others stand beside it in their order.
  const figures = Object.fromEntries(PANES.map((name) => [name, find(`[data-picture=${name}]`)]));
  find(".curves").append(...PANES.map((name) => figures[name]));
  find(".pictures").prepend(figures[header.main]);
}

const COLUMNS = {
  loss: ({ lane, at, curve, clock, words }) => {
    const own = frameAt(curve.steps, clock.step);
    return ofStep(number(curve.columns.loss_told[0][own]), curve.steps[own], lane.steps[at], words.of_update);
  },
  low: ({ spectrum }) => number(spectrum.low, 3),
  high: ({ spectrum }) => number(spectrum.high, 3),
  sharpness: ({ lane, at }) => number(lane.columns.sharpness_told[0][at], 3),
  limit: ({ lane, at }) => number(lane.columns.limit_told[0][at], 3),
  ratio: ({ lane, at }) => number(lane.columns.ratio_told[0][at], 2),
  signs: ({ lane, at }) =>
    SIGNS.toReversed()
      .map((sign) => counted(lane, sign, at))
      .join(" / "),
};

/** One row for each lane at the clock; a click chooses whose spectrum is in front.
 * @param {Spectra} spectra */
function laid(spectra, whole) {
  const { lanes, words, theme, focus, find, choose } = spectra;
  layVeil(spectra);
  const heads = Object.keys(COLUMNS).map((name) => [words[`col_${name}`], words[`col_${name}_hint`]]);
  const table = find(".sheet table");
  if (whole || table.dataset.theme !== theme.paper)
    laneTable(table, lanes, heads, () => heads.map(() => ""), { theme, focus, pick: choose });
  table.dataset.theme = theme.paper;
}

/** @param {Spectra} spectra */
function follow({ lanes, losses, clock, header, words, find }) {
  const rows = lanes.map((lane, i) => {
    const here = {
      lane,
      clock,
      words,
      at: frameAt(lane.steps, clock.step),
      curve: losses[i],
      spectrum: spectrumAt(lane, clock),
    };
    return Object.values(COLUMNS).map((tell) => tell(here));
  });
  followTable(find(".sheet table"), rows);
  tellSteps(find(".sheet table"), lanes, clock, words.of_update);
  find(".told").textContent = horizon(clock) >= clock.last ? header.told : ""; // what came out, when it has been seen
}
