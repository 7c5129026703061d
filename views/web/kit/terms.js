// What the codes of pictures stand for: one dictionary for each language, fetched once and kept.

import { number } from "./axes.js";

const asked = new Map();

/** The dictionary of a language: sentences by section, names by shelf. */
export function dictionary(language) {
  if (!asked.has(language)) {
    const coming = fetch(new URL(`../../words?lang=${language}`, import.meta.url)).then((answer) => answer.json());
    coming.catch(() => asked.delete(language)); // the next picture asks again
    asked.set(language, coming);
  }
  return asked.get(language);
}

/** A sentence with its values filled in: "diverged at step {step}". */
export const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => `${values[name]}`);

/** What is said of something that waits for a click and takes so many seconds; nothing if it does not wait. */
export const waitingFor = (seconds, { stage }) =>
  seconds === null ? [] : [filled(stage.waiting, { seconds: number(Math.max(seconds, 0.1), 1) })];

/** Why something that was typed or linked was not taken. */
export const sentence = (notice, terms) => filled(terms.problem[notice.problem], notice);

/** What a lane is called: see `lane_label` of labels.py. */
export function laneLabel({ rule, differs, schedule, same }, terms) {
  const parts = differs.map((each) => different(each, terms));
  if (schedule) parts.push(terms.schedules[schedule]);
  if (same) parts.push(`#${same}`);
  return `${terms.optimizers[rule]} ${parts.join(", ")}`.trim();
}

function different({ knob, symbol, kind, value }, terms) {
  const called = terms.knobs[knob] || knob.split(".")[1];
  if (kind === "switch") return filled(terms.beside[Number(value) ? "panel.with" : "panel.without"], { what: called });
  return `${symbol || called} = ${value}`;
}

const since = (name, at) => [name, (outcome) => outcome[at] >= 0, (outcome) => ({ step: outcome[at] })];

// What can have happened, in the order in which it is told: its sentence, whether it has, and what is filled in.
const EVENTS = [
  ["reached", ({ reached, arrived }) => reached >= 0 && arrived],
  ["visited", ({ reached, arrived }) => reached >= 0 && !arrived, ({ reached }) => ({ step: reached })],
  ["elsewhere", ({ elsewhere }) => elsewhere],
  ["burst", ({ bursts }) => bursts.length > 0, ({ bursts }) => ({ steps: few(bursts) })],
  since("stuck", "stuck_from"),
  since("left", "left_window_at"),
  since("below", "below_at"),
  since("diverged", "diverged_at"),
];

const few = (steps) => steps.slice(0, 3).join(", ") + (steps.length > 3 ? " …" : "");

/** An outcome in words: see `happened` of labels.py. */
export function happened(outcome, { happened: told }) {
  const said = EVENTS.filter(([, has]) => has(outcome)).map(([name, , values]) =>
    filled(told[name], values?.(outcome) ?? {}),
  );
  if (said.length || !(outcome.measured || outcome.at_rest)) return said.join("; ") || "–";
  return told[outcome.at_rest ? "resting" : "going"];
}
