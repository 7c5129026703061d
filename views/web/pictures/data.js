// The examples behind a surface of regression, and what every racer answers to them at the clock.

import { frameAt } from "../kit/clock.js";
import { drawFrame } from "../kit/frame.js";
import { colourOf, dashOf } from "../kit/look.js";
import { clipped } from "../kit/parts.js";

// What θ = (w, b) answers at x.
const ANSWERS = {
  line: (x, [w, b]) => w * x + b,
  logistic: (x, [w, b]) => 1 / (1 + Math.exp(-w * x - b)),
};
const PIECES = 96; // of a curve

/** The header's examples {x, y, answer} and the curve of each lane's θ = (w, b). */
export function drawData(context, size, { header: { examples }, lanes, clock, theme, words }) {
  const { box, x, y } = drawFrame(
    context,
    size,
    { x: { ...spread(examples.x), title: words.data_x }, y: spread(examples.y) },
    theme,
  );
  clipped(context, box, () => {
    context.fillStyle = theme.soft;
    examples.x.forEach((place, i) => {
      context.beginPath();
      context.arc(x(place), y(examples.y[i]), 3.5, 0, 7);
      context.fill();
    });
    for (const lane of lanes) {
      const at = frameAt(lane.steps, clock.step);
      const point = lane.columns.theta.map((part) => part[at]);
      context.beginPath();
      for (let i = 0; i <= PIECES; i++) {
        const place = x.low + ((x.high - x.low) * i) / PIECES;
        context.lineTo(x(place), Math.min(Math.max(y(ANSWERS[examples.answer](place, point)), -4000), 4000));
      }
      for (const [width, colour, dash] of [
        [5, theme.halo, []],
        [2.6, colourOf(lane.number, theme), dashOf(lane.number)],
      ]) {
        context.setLineDash(dash);
        context.lineWidth = width;
        context.strokeStyle = colour;
        context.stroke();
      }
    }
    context.setLineDash([]);
  });
}

function spread(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = 0.08 * (high - low || 1);
  return { low: low - margin, high: high + margin, log: false };
}
