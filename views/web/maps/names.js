// What a cell's value is called.

import { number } from "../kit/axes.js";
import { filled } from "../kit/terms.js";

const NAMES = { "-1": "moving", "-2": "resting", "-3": "left", "-4": "diverged" };
const WON = { "-1": "tie", "-4": "nobody" };

/** Whether a measure's cells are names. */
export const isNamed = ({ kind }) => kind === "verdict" || kind === "winner";

/** Whether the cells have names that can be counted. */
export const isCounted = (measure) => isNamed(measure) || measure.kind === "trained";

/** What a name is called. */
export function nameOf(kind, code, { places, lanes, words }) {
  if (kind === "trained") return words[code < 0 ? "trained_yes" : "trained_no"];
  if (kind === "winner")
    return code >= 0 ? (lanes.find(({ number: at }) => at === code)?.label ?? `#${code + 1}`) : words[WON[code]];
  if (code < 0) return words[NAMES[code]];
  const { kind: sort, point } = places[code] ?? { kind: "minimum", point: [] };
  return filled(words[`place_${sort}`], { point: `(${point.map((each) => number(each, 3)).join(", ")})` });
}

/** A cell's value in words.
 * @param {any} measure @param {number} value @param {any} look */
export function told(measure, value, look) {
  const { words } = look;
  if (isNamed(measure)) return nameOf(measure.kind, value, look);
  if (Number.isNaN(value)) return measure.empty;
  if (measure.kind === "trained")
    return filled(words[value < 0 ? "trained_sum" : "trained_inverse"], { value: number(Math.abs(value), 5) });
  if (measure.kind === "loss") return filled(words.loss, { value: number(value) });
  return filled(words.steps, { value });
}
