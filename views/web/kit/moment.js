// The table at the clock: θ, the loss, the gradient, η, σ, m, the step.

import { number, whole } from "./axes.js";
import { frameAt } from "./clock.js";
import { vector } from "./outcome.js";
import { made } from "./parts.js";
import { followTable, laneTable } from "./table.js";

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
