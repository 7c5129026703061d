// The two tables under the pictures: what came out in the end, and where every racer stands at the clock.

import { number, whole } from "./axes.js";
import { frameAt } from "./clock.js";
import { colourOf, dashOf, icon, marker } from "./look.js";
import { made, sharpness } from "./parts.js";

const vector = (parts) =>
  parts.length === 1 ? number(parts[0], 3) : `(${parts.map((part) => number(part, 3)).join(", ")})`;
const step = (value) => (value < 0 ? "–" : whole(value));

/** @type {[string, (lane: any, words: any, options: any) => string | Node][]} */
const OUTCOME = [
  [
    "final_loss",
    (lane, words, { best }) => emphasised(number(lane.outcome.final_loss), lane.number === best, words.best),
  ],
  ["best_loss", (lane) => number(lane.outcome.best_loss)],
  ["distance", (lane) => number(lane.outcome.distance, 3)],
  ["reached", (lane) => step(lane.outcome.reached)],
  ["gradients", (lane) => whole(lane.outcome.gradients)],
  ["length", (lane) => number(lane.outcome.length, 3)],
  ["end", verdict],
  ["happened", (lane) => lane.outcome.happened],
];

// The lane that ended lowest, if one did: of several at the same loss none is best, nor one that fell out of the window
// to below its lowest point.
function lowest(lanes) {
  const counts = ({ outcome }) => Number.isFinite(outcome.final_loss) && !(outcome.below_at >= 0);
  const ended = lanes.filter(counts).sort((a, b) => a.outcome.final_loss - b.outcome.final_loss);
  return ended.length > 1 && ended[0].outcome.final_loss < ended[1].outcome.final_loss ? ended[0].number : null;
}

// Bold means best, everywhere.
function emphasised(text, best, hint) {
  return best ? Object.assign(document.createElement("b"), { textContent: text, title: hint }) : text;
}

// What the end of a path is, as a way to the page that tells more about that point.
function verdict({ end }, words, { address, inspect }) {
  if (!end) return "–";
  const anchor = document.createElement("a");
  anchor.href = address(end.point);
  anchor.textContent = end.said;
  anchor.title = `${words.end_open}\nλᵢ = ${end.eigenvalues.map((value) => number(value)).join(", ")}`;
  anchor.onkeydown = (event) => event.stopPropagation(); // the row takes Enter, too
  anchor.onclick = (event) => {
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // another tab or window: that is the browser's
    event.preventDefault();
    inspect(end.point);
  };
  return anchor;
}

/**
 * A table with a row for each lane, which a click, or Enter, chooses: a sample of the lane's line, its name, and what
 * `cells(lane)` gives. heads: [text, hint] of each column after the first; over: [text, columns] above them.
 */
export function laneTable(
  table,
  lanes,
  heads,
  cells,
  { theme, focus, pick, kind = "", over = [], under = "", hint = "" },
) {
  table.replaceChildren();
  table.className = kind;
  const head = (row, text, title = "", wide = 1) =>
    row.append(Object.assign(document.createElement(text ? "th" : "td"), { textContent: text, title, colSpan: wide }));
  const top = table.createTHead();
  if (over.length) {
    const row = top.insertRow();
    for (const [text, wide] of [["", 1], ...over]) head(row, text, "", wide);
  }
  const row = top.insertRow();
  for (const [text, title] of [[under, ""], ...heads]) head(row, text, title);
  const body = table.createTBody();
  for (const lane of lanes) {
    const row = body.insertRow();
    row.classList.toggle("focus", lane.number === focus);
    row.tabIndex = 0;
    row.onclick = () => pick(lane.number);
    row.onkeydown = (event) => event.key === "Enter" && pick(lane.number);
    const name = row.insertCell();
    name.append(swatch(lane.number, theme), lane.label);
    if (hint && lane.number === focus) name.append(pointed(hint));
    for (const content of cells(lane)) row.insertCell().append(content);
  }
}

/** The texts of the rows as the clock goes on, after the lanes' names. */
export function followTable(table, texts) {
  const rows = table.tBodies[0]?.rows ?? [];
  texts.forEach((row, i) =>
    row.forEach((text, k) => {
      const cell = rows[i]?.cells[k + 1];
      if (cell && cell.textContent !== text) cell.textContent = text;
    }),
  );
}

/** What says whose arrows are drawn. */
function pointed(hint) {
  const mark = Object.assign(document.createElement("span"), { className: "pointed", title: hint });
  mark.append(icon("arrow"));
  return mark;
}

/** `options.address(point)` is where more is told about a point, `options.inspect(point)` goes there;
 * `options.told`: whether the run has been played, so that its outcome is no secret. */
export function outcomeTable(table, lanes, words, options) {
  const heads = OUTCOME.map(([name]) => [words[name], words[`${name}_hint`]]);
  const given = { ...options, best: lowest(lanes) };
  const cells = (lane) => OUTCOME.map(([, cell]) => (options.told === false ? "…" : cell(lane, words, given)));
  laneTable(table, lanes, heads, cells, { ...options, kind: "outcome", hint: words.arrows_of });
  table.title = options.told === false ? words.not_yet : "";
}

/** θ, L, ‖g‖, η, σ, η/σ, m at the clock; m = −σ·step/η, so that the step is −(η/σ)·m for every rule. */
export function momentTable(table, lanes, clock, words, options) {
  const heads = momentOf(lanes).map(([, symbol, hint]) => [symbol, words[`${hint}_hint`]]);
  const kind = { kind: "moment", hint: words.arrows_of };
  laneTable(table, lanes, heads, (lane) => moment(lane, clock), { ...options, ...kind });
  followMoment(table, lanes, clock, words);
}

/** The rows of momentTable as the clock goes on. */
export function followMoment(table, lanes, clock, words) {
  const texts = lanes.map((lane) => moment(lane, clock));
  followTable(table, texts);
  tellSteps(table, lanes, clock, words.of_step);
}

/** Beside a lane's name the step that its numbers are of: of one that has ended, and always of one of which not every
 * step was kept, so that nothing comes and goes while it plays. */
export function tellSteps(table, lanes, clock, told) {
  lanes.forEach((lane, i) => {
    const name = table.tBodies[0]?.rows[i]?.cells[0];
    const at = lane.steps[frameAt(lane.steps, clock.step)];
    const thinned = lane.steps.length <= lane.steps.at(-1);
    const text = thinned || at < Math.floor(clock.step) ? told.replace("{step}", whole(at)) : "";
    const when = name?.querySelector(".when") ?? name?.appendChild(made("small", "when"));
    if (when && when.textContent !== text) when.textContent = text;
  });
}

/** A number of the table that is of another step than what stands beside it says so itself. */
export const ofStep = (text, step, shown, told) =>
  step === shown ? text : `${text} (${told.replace("{step}", whole(step))})`;

/** @type {[string, string, string, number?][]} column, symbol, hint, digits of a single number */
const MOMENT = [
  ["theta", "θ", "theta"],
  ["loss", "L(θ)", "loss", 4],
  ["slope", "L′(θ)", "slope"], // of a curve
  ["norm", "‖∇L‖", "norm", 4],
  ["rate", "η", "eta", 4],
  ["scale", "σ", "sigma"],
  ["pace", "η/σ", "pace"],
  ["m", "m", "m"],
  ["step", "Δθ = −(η/σ)·m", "delta"],
];
const ALIKE = ["scale", "pace"]; // one number where all coordinates have the same

// Which of them there are: a slope has a sign on a curve alone.
const momentOf = (lanes) =>
  MOMENT.filter(([name]) => name !== "slope" || lanes.some(({ columns }) => columns.theta.length === 1));

// The texts of one row; at the end, the terms of the last step that was taken.
function moment(lane, clock) {
  const at = frameAt(lane.steps, clock.step);
  return momentOf([lane]).map(([name, , , digits = 3]) => {
    const parts = lane.columns[`${name}_told`]?.map((part) => part[at]);
    if (!parts) return "…"; // they are on their way
    const one = parts.length === 1 || (ALIKE.includes(name) && parts.every((value) => value === parts[0]));
    return one ? number(parts[0], digits) : vector(parts);
  });
}

/** A short sample of a lane's line with its marker. */
export function swatch(lane, theme) {
  const canvas = document.createElement("canvas");
  const ratio = sharpness();
  [canvas.width, canvas.height] = [34 * ratio, 16 * ratio];
  canvas.className = "swatch";
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  context.beginPath();
  context.moveTo(1, 8);
  context.lineTo(33, 8);
  context.setLineDash(dashOf(lane));
  context.lineWidth = 2.6;
  context.strokeStyle = colourOf(lane, theme);
  context.stroke();
  marker(context, lane, 17, 8, 4.5, theme);
  return canvas;
}
