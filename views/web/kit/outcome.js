// The table of outcomes: where each run has come to, and what happened.

import { number, whole } from "./axes.js";
import { laneTable } from "./table.js";

export const vector = (parts) =>
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

/** `options.address(point)` is where more is told about a point, `options.inspect(point)` goes there;
 * `options.told`: whether the run has been played, so that its outcome is no secret. */
export function outcomeTable(table, lanes, words, options) {
  const heads = OUTCOME.map(([name]) => [words[name], words[`${name}_hint`]]);
  const names = lanes.map(({ number: at, label }) => [at, label]);
  const secret = options.told === false && JSON.stringify([heads, names, options]);
  if (secret && table.secret === secret) return; // while one click follows the other
  const given = { ...options, best: lowest(lanes) };
  const cells = (lane) => OUTCOME.map(([, cell]) => (options.told === false ? "…" : cell(lane, words, given)));
  laneTable(table, lanes, heads, cells, { ...options, kind: "outcome", hint: words.arrows_of });
  table.secret = secret;
  table.title = options.told === false ? words.not_yet : "";
}
