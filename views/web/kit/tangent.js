// On a curve: the tangent where each lane is at the clock, and its slope with its sign.

import { number } from "./axes.js";
import { colourOf } from "./look.js";
import { label } from "./parts.js";

const HALF = 0.13; // of the picture's width, to each side

/** Draw them; `shown`: [{lane, pixels, at}]. A slope is told beside the lane that is chosen, and beside two at most. */
export function drawTangents(context, { box, x, y }, shown, { theme, focus }) {
  const told = shown.length <= 2 ? shown : shown.filter(({ lane }) => lane.number === focus);
  for (const one of shown) {
    const slope = one.lane.columns.slope?.[0][one.at];
    if (!Number.isFinite(slope)) continue;
    const [px, py] = [one.pixels[2 * one.at], one.pixels[2 * one.at + 1]];
    const turn = Math.atan2((y(1) - y(0)) * slope, x(1) - x(0)); // downwards on the screen is positive
    const [dx, dy] = [Math.cos(turn), Math.sin(turn)].map((part) => part * HALF * (box.right - box.left));
    const colour = colourOf(one.lane.number, theme);
    for (const [width, stroke] of [
      [4, theme.halo],
      [1.8, colour],
    ]) {
      context.beginPath();
      context.moveTo(px - dx, py - dy);
      context.lineTo(px + dx, py + dy);
      Object.assign(context, { lineWidth: width, strokeStyle: stroke });
      context.stroke();
    }
    if (!told.includes(one)) continue;
    const left = px > (box.left + box.right) / 2; // on the side with more room
    const spot = [px + (left ? -16 : 16), Math.max(py - 22 - 20 * told.indexOf(one), box.top + 12)];
    label(context, `L′ = ${number(slope, 3)}`, ...spot, { align: left ? "right" : "left", colour, theme });
  }
}
