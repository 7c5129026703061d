// The data view of a network: the examples, and what each optimizer's network says of them at the clock.

import { columns } from "../kit/wire.js";
import { drawHidden, drawPoints, drawRegions } from "./beside.js";
import { drawCurve, drawPairs } from "./fitted.js";

const DRAW = { curve: drawCurve, regions: drawRegions, points: drawPoints, pairs: drawPairs, hidden: drawHidden };

/** What is shown of the examples, with what belongs to each lane together.
 * @param {Payload.Fit} fit */
export function fitOf(fit, floats) {
  const rows = (/** @type {Payload.Block | null | undefined} */ block) => block && columns(floats, block).rows;
  const lanes = fit.lanes.map((block, k) => {
    const pieces = fit.pieces?.[k];
    return {
      ...fit.examples[fit.of[k]],
      steps: fit.steps[k],
      rows: rows(block),
      line: rows(fit.line?.[k]),
      pieces: pieces && { ...pieces, rows: rows(pieces.theta), bend: columns(floats, pieces.bends).bend[0] },
    };
  });
  return { ...fit, lanes };
}

/** picture: {fit, lanes, clock, theme, words, focus}; fit.lanes holds of each lane its rows, their steps, and its
 * examples: {rows, steps, trained, targets, places}. */
export function drawFit(context, size, picture) {
  context.clearRect(0, 0, size.width, size.height);
  context.textBaseline = "middle";
  DRAW[picture.fit.kind](context, size, picture);
}
