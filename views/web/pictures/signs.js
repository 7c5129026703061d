// How many eigenvalues are negative, zero and positive through a training.

import { whole } from "../kit/axes.js";
import { frameAt, horizon } from "../kit/clock.js";
import { drawFrame } from "../kit/frame.js";
import { LIGHT } from "../kit/look.js";
import { clipped, label, shade } from "../kit/parts.js";

export const SIGNS = ["negative", "zero", "positive"];
// No optimizer's colours.
const SHADES = { light: ["#3b4754", "#ffffff", "#aab5c0"], dark: ["#e4eaf0", "#0e1117", "#77838f"] };

/** The counts of a lane stacked over time, negative ones below; the frame of the axes. */
export function drawSigns(context, size, lane, { steps }, theme) {
  const axes = { x: { low: 0, high: steps, whole: true }, y: { low: 0, high: lane.size } };
  const frame = drawFrame(context, size, axes, theme);
  const below = new Float64Array(lane.frames);
  const known = Array.from(lane.steps.keys()).filter((i) => Number.isFinite(lane.columns.zero[0][i]));
  clipped(context, frame.box, () =>
    SIGNS.forEach((sign, band) => {
      const counts = lane.columns[sign][0];
      context.beginPath();
      for (const i of known) context.lineTo(frame.x(lane.steps[i]), frame.y(below[i] + counts[i]));
      for (const i of known.toReversed()) context.lineTo(frame.x(lane.steps[i]), frame.y(below[i]));
      for (const i of known) below[i] += counts[i];
      context.fillStyle = SHADES[theme === LIGHT ? "light" : "dark"][band];
      context.globalAlpha = 0.75;
      context.fill();
      context.globalAlpha = 1;
    }),
  );
  return frame;
}

/** The clock, what is still to come hidden behind it, and the counts at it. */
export function followSigns(context, size, lane, { box, x, y }, { clock, theme, words }) {
  const tall = box.bottom - box.top;
  context.clearRect(0, 0, size.width, size.height);
  shade(context, theme.ink, 1, x(clock.step) - 0.75, box.top, 1.5, tall);
  const unseen = x(Math.min(horizon(clock), clock.last));
  shade(context, theme.panel, 1, unseen, box.top, Math.max(box.right - unseen, 0), tall);
  const at = frameAt(lane.steps, clock.step);
  let below = 0;
  for (const sign of SIGNS) {
    const many = lane.columns[sign][0][at];
    const middle = y(below + many / 2);
    below += many;
    const told = `${words[sign]} ${counted(lane, sign, at)}`;
    if (y(0) - y(many) > 14) label(context, told, box.left + 8, middle, { align: "left", colour: theme.ink, theme });
  }
}

/** How many eigenvalues have a sign; an estimate with what it may be off by. */
export function counted({ columns }, sign, at) {
  const [many, off] = [columns[sign][0][at], columns.margins[SIGNS.toReversed().indexOf(sign)][at]];
  return Number.isFinite(many) ? whole(Math.round(many)) + (off >= 0.5 ? ` ± ${whole(Math.ceil(off))}` : "") : "–";
}
