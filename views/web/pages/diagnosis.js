// Diagnosis: the training guide as a flowchart, lit by what was measured of the lanes; their curves and pictures below.

import { whole } from "../kit/axes.js";
import { chartOf } from "../kit/chart.js";
import { frameAt } from "../kit/clock.js";
import { edit } from "../kit/edits.js";
import { tabled } from "../kit/lane.js";
import { colourOf, font } from "../kit/look.js";
import { figure, page } from "../kit/page.js";
import { button, made } from "../kit/parts.js";
import { laneTable, swatch } from "../kit/table.js";
import { layVeil } from "../kit/veil.js";
import { worded } from "../pictures/diagnosis.js";
import { drawFit, fitOf } from "../pictures/fit.js";

/** @typedef {Payload.DiagnosisPicture & import("../pictures/learning.js").Worded} Shown */
/** @typedef {import("../kit/page.js").Page<Shown>} Net */

const LAYOUT = `
  <div class="guide"><div class="flow"></div><div class="veil" hidden></div></div>
  <div class="sheet"><table></table></div>
  <div class="pictures">${figure("train")}${figure("fit")}</div>
  <div class="play" role="toolbar"></div>
  <p class="told"></p>
  <p class="summary" aria-live="polite"></p>`;
const curves = chartOf("train", (net) => net.lanes);

export const { mount, unmount } = page("diagnosis", LAYOUT, {
  fields: () => ({ chosen: {} }),
  pictures: {
    train: {
      ...curves,
      moving: (context, size, net, name) => {
        curves.moving?.(context, size, net, name);
        drawStops(context, net, name);
      },
    },
    fit: {
      moving: (context, size, net) => net.fit && size.height > 40 && drawFit(context, size, net),
      caption: ({ header, words }) => ({ name: header.fit ? words[`fit_${header.fit.kind}`] : "" }),
    },
  },
  asks: "diagnosis",
  speaks: true,
  worded,
  waits: layVeil,
  read,
  paced: ({ lanes, header }) => [lanes.map((lane) => ({ ...lane, across: null })), header.steps],
  rows: 3,
  saved: ({ header }) => ({ file: "descent-lab-diagnosis.png", title: header.title }),
  laid,
});

/** @param {Net} net @param {Shown} header @param {Float32Array} floats */
function read(net, header, floats) {
  net.lanes = header.lanes.map((lane) => tabled(lane, floats, lane.curves));
  net.fit = header.fit && fitOf(header.fit, floats);
}

/** @param {Net} net */
function laid(net, whole_) {
  const { header, find, lanes } = net;
  layVeil(net);
  if (!whole_) return;
  find(".flow").replaceChildren(...(lanes.length ? flow(net) : []));
  table(net);
  find(".told").textContent = header.told;
  find(".summary").textContent = lanes
    .map(({ label, told }) => `${label}: ${told.map(({ box, why }) => `${titleOf(net, box)}. ${why}`).join(" ")}`)
    .join("; ");
}

const titleOf = ({ header }, box) => header.boxes.find(({ name }) => name === box)?.title;
const focused = ({ lanes, focus }) => lanes.find(({ number }) => number === focus) ?? lanes[0];

// ---- the guide --------------------------------------------------------------------------------------------------

/** @param {Net} net */
function flow(net) {
  const { header, words } = net;
  const lane = focused(net);
  const ends = header.boxes.map((box) => boxOf(net, lane, box));
  return [
    question(net, "train", lane.asked[0], true),
    answer(words.yes, lane.large, "yes_large"),
    answer(words.no, !lane.large, "no_large"),
    question(net, "test", lane.asked[1] ?? "", !lane.large),
    answer(words.yes, !lane.large && lane.told.some(({ box }) => box !== "fine"), "yes_test"),
    answer(words.no, !lane.large && lane.told.some(({ box }) => box === "fine"), "no_test"),
    ...ends,
    findings(net, lane),
  ];
}

/** What is the matter with the lane in focus, why, and what can be tried beside it.
 * @param {Net} net */
function findings(net, lane) {
  const { words, component } = net;
  const box = placed("findings", "findings", false);
  for (const { box: name, why, remedies } of lane.told) {
    const row = made("p", "why");
    row.append(made("b", "", `${lane.label}: ${titleOf(net, name)}.`), ` ${why} `);
    if (remedies.length) row.append(made("span", "try", words.try));
    for (const [remedy, text] of remedies)
      row.append(button(text, text, () => edit(component, `net.remedy.${lane.number}`, remedy)));
    box.append(row);
  }
  return box;
}

const placed = (className, area, lit) => {
  const box = made("section", `${className}${lit ? " lit" : ""}`);
  box.style.gridArea = area;
  return box;
};

function answer(text, lit, area) {
  const arrow = placed("answer", area, lit);
  arrow.textContent = `↓ ${text}`;
  return arrow;
}

/** @param {Net} net */
function question(net, name, measured, lit) {
  const { header, words, component } = net;
  const threshold = { train: "large", test: "gap" }[name];
  const box = placed("question", name, lit);
  const label = made("label", "threshold", `${words[threshold]} `);
  const entry = Object.assign(document.createElement("input"), { type: "text", inputMode: "decimal" });
  entry.value = `${Number(header[threshold].toPrecision(4))}`;
  entry.setAttribute("aria-label", `${words[threshold]} ${words.of_constant}`);
  entry.onchange = () => edit(component, `net.${threshold}`, String(Number(entry.value) / 100));
  entry.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === "Enter") entry.blur();
  };
  label.append(entry, ` ${words.of_constant}`);
  box.append(made("h2", "", words[`${name}_question`]), made("p", "measured", lit ? measured : ""), label);
  return box;
}

/** @param {Net} net @param {any} lane @param {Payload.BoxTold} box */
function boxOf(net, lane, { name, title, hint }) {
  const { theme, lanes } = net;
  const box = placed(
    "end",
    name,
    lane.told.some((each) => each.box === name),
  );
  const who = made("p", "who");
  for (const each of lanes.filter(({ told }) => told.some((one) => one.box === name))) {
    const chip = button("", each.label, () => net.choose(each.number), each === lane);
    chip.append(swatch(each.number, theme), each.label);
    who.append(chip);
  }
  box.append(made("h2", "", title), made("p", "hint", hint), who);
  return box;
}

// ---- the table, and where it stops --------------------------------------------------------------------------------

/** @param {Net} net */
function table(net) {
  const { header, words, theme, focus, lanes, find } = net;
  const stops = lanes.some((lane) => lane.stops >= 0);
  const names = [...header.columns, ...(stops ? ["stops"] : []), "matter"];
  const heads = names.map((name) => [words[`col_${name}`], words[`col_${name}_hint`]]);
  const cells = (lane) => [
    ...lane.losses,
    ...(stops ? [lane.stops >= 0 ? whole(lane.stops) : "–"] : []),
    lane.told.map(({ box }) => titleOf(net, box)).join(", "),
  ];
  laneTable(find(".sheet table"), lanes, heads, cells, { theme, focus, pick: net.choose });
}

function drawStops(context, { frames, lanes, theme, words }, name) {
  const frame = frames[name];
  if (!frame) return;
  context.font = font(12, 600);
  [context.textAlign, context.textBaseline] = ["left", "bottom"];
  for (const lane of lanes.filter(({ stops }) => stops >= 0)) {
    const at = frame.x(lane.stops);
    const up = frame.place(frame.values(lane)[frameAt(lane.steps, lane.stops)]);
    context.strokeStyle = context.fillStyle = colourOf(lane.number, theme);
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(at, up - 16);
    context.lineTo(at, up + 16);
    context.stroke();
    context.fillText(words.stop, at + 4, up - 6);
  }
}
