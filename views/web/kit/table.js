// The two tables under the pictures: what came out in the end, and where every racer stands at the clock.

import { number, whole } from "./axes.js";
import { frameAt } from "./clock.js";
import { colourOf, dashOf, icon, marker } from "./look.js";

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

/** Rows of an element table; `pick(number)` is called when a row is clicked. */
function rows(table, kind, lanes, heads, cells, { theme, focus, pick, words }) {
  table.replaceChildren();
  table.className = kind;
  const head = table.createTHead().insertRow();
  for (const [text, hint] of heads) {
    const cell = document.createElement("th");
    cell.textContent = text;
    if (hint) cell.title = hint;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const lane of lanes) {
    const row = body.insertRow();
    row.classList.toggle("focus", lane.number === focus);
    row.tabIndex = 0;
    row.onclick = () => pick(lane.number);
    row.addEventListener("keydown", (event) => event.key === "Enter" && pick(lane.number));
    const name = row.insertCell();
    name.append(swatch(lane.number, theme), lane.label);
    if (lane.number === focus) name.append(pointed(words.arrows_of));
    for (const content of cells(lane)) row.insertCell().append(content);
  }
}

/** What says whose arrows are drawn. */
function pointed(hint) {
  const mark = Object.assign(document.createElement("span"), { className: "pointed", title: hint ?? "" });
  mark.append(icon("arrow"));
  return mark;
}

/** `options.address(point)` is where more is told about a point, `options.inspect(point)` goes there;
 * `options.told`: whether the run has been played, so that its outcome is no secret. */
export function outcomeTable(table, lanes, words, options) {
  const heads = [["", ""], ...OUTCOME.map(([name]) => [words[name], words[`${name}_hint`]])];
  const given = { ...options, best: lowest(lanes) };
  const cells = (lane) => OUTCOME.map(([, cell]) => (options.told === false ? "…" : cell(lane, words, given)));
  rows(table, "outcome", lanes, heads, cells, { ...options, words });
  table.title = options.told === false ? words.not_yet : "";
}

/** θ, L, ‖g‖, η, σ, m at the clock; m = −σ·step/η, so that the step is −(η/σ)·m for every rule. */
export function momentTable(table, lanes, clock, words, options) {
  const heads = [
    ["", ""],
    ...["theta", "loss", "norm", "eta", "sigma", "m", "delta"].map((name) => [SYMBOLS[name], words[`${name}_hint`]]),
  ];
  rows(table, "moment", lanes, heads, (lane) => moment(lane, clock), { ...options, words });
  for (const row of table.tBodies[0].rows)
    row.cells[0].append(Object.assign(document.createElement("small"), { className: "when" }));
  followMoment(table, lanes, clock, words);
}

/** The same rows as the clock goes on; where there is no row of the clock's own step, which one it is. */
export function followMoment(table, lanes, clock, words) {
  lanes.forEach((lane, i) => {
    const { cells } = table.tBodies[0].rows[i];
    moment(lane, clock).forEach((text, cell) => (cells[cell + 1].textContent = text));
    const at = lane.steps[frameAt(lane.steps, clock.step)];
    cells[0].querySelector(".when").textContent =
      at < Math.floor(clock.step) ? words.of_step.replace("{step}", whole(at)) : "";
  });
}

const SYMBOLS = { theta: "θ", loss: "L(θ)", norm: "‖∇L‖", eta: "η", sigma: "σ", m: "m", delta: "Δθ = −(η/σ)·m" };

// The texts of one row; at the end, the terms of the last step that was taken.
function moment(lane, clock) {
  const at = frameAt(lane.steps, clock.step);
  const [theta, loss, norm, rate, scale, m, move] = ["theta", "loss", "norm", "rate", "scale", "m", "step"].map(
    (name) => lane.columns[`${name}_told`],
  );
  const [here, sigma] = [(parts) => vector(parts.map((part) => part[at])), scale.map((part) => part[at])];
  const alike = sigma.every((value) => value === sigma[0]);
  return [
    here(theta),
    number(loss[0][at]),
    number(norm[0][at]),
    number(rate[0][at]),
    alike ? number(sigma[0], 3) : vector(sigma),
    here(m),
    here(move),
  ];
}

/** A short sample of a lane's line with its marker. */
export function swatch(lane, theme) {
  const canvas = document.createElement("canvas");
  const ratio = window.devicePixelRatio || 1;
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

// How much of each gradient is in the step at the clock, the newest first, by the largest share: as far as there have
// been any. Movements were made with the rate of their own step.
function counted(lane, step) {
  const last = Math.min(step, lane.steps[lane.frames - 1] - 1); // no step begins at the end
  const rate = (back) => (lane.remembers === "gradients" ? 1 : lane.columns.rate[0][frameAt(lane.steps, last - back)]);
  const parts = lane.weights.slice(0, Math.max(last, 0) + 1).map((weight, back) => weight * rate(back));
  const most = Math.max(...parts);
  return parts.map((part) => (most > 0 ? part / most : 0));
}

/** How much of each past gradient is in the step at the clock (D2): bars λ^0, λ^1, … for each rule that remembers. */
export function memoryBars(context, size, { lanes, clock, theme, words }) {
  context.clearRect(0, 0, size.width, size.height);
  const remembering = lanes.filter((lane) => lane.memory !== null);
  context.font = `14px system-ui, "Noto Sans CJK SC", sans-serif`;
  context.fillStyle = theme.soft;
  if (!remembering.length) return context.fillText(words.no_memory, 12, 28);
  const wide = size.width / remembering.length;
  remembering.forEach((lane, i) => {
    const [left, right, base, top] = [i * wide + 12, (i + 1) * wide - 16, size.height - 22, 26];
    const heights = counted(lane, Math.floor(clock.step));
    const bar = (right - left) / lane.weights.length;
    context.fillStyle = theme.ink;
    context.textAlign = "left";
    context.fillText(`${lane.label}   ${lane.symbol} = ${number(lane.memory)}`, left, 16);
    context.fillStyle = colourOf(lane.number, theme);
    heights.forEach((part, back) => {
      const height = (base - top) * part;
      context.fillRect(right - (back + 1) * bar + 1, base - height, Math.max(bar - 2, 1), Math.max(height, 1));
    });
    context.fillStyle = theme.soft;
    context.textAlign = "right";
    context.fillText(words.newest, right, size.height - 6);
    context.textAlign = "left";
    context.fillText(words.oldest, left, size.height - 6);
  });
}
