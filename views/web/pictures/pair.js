// Two races, as they come, in numbers and codes, put into words.

import { number } from "../kit/axes.js";
import { filled, laneLabel, waitingFor } from "../kit/terms.js";

/** @typedef {{words: Record<string, string>, title: string, told: string, waiting: string, runnable: boolean,
 *   empty: string, sides: (Payload.Side & {title: string})[], lanes: (Payload.Runner & {label: string})[]}} Worded */

/** @param {Payload.ClassificationPicture} header @param {any} terms */
export function worded(header, terms) {
  const { stage, pair, beside } = terms;
  const { right, ratio, seconds, sides, lanes } = header;
  const values = { right: number(right ?? NaN, 3), ratio: ratio === null ? "∞" : number(ratio, 3) };
  return {
    ...header,
    words: { ...stage, ...pair },
    title: [beside["page.title"], beside["pages.classification"]].join(" · "),
    told: filled(pair.told, values),
    waiting: waitingFor(seconds, terms).join(),
    runnable: seconds !== null,
    empty: header.raced ? "" : stage.empty,
    sides: sides.map((side) => ({ ...side, title: pair[`loss_${side.name}`] })),
    lanes: lanes.map((lane) => ({ ...lane, label: laneLabel(lane.name, terms) })),
  };
}
