// A surface of one parameter, as a curve.

import { bounded } from "./look.js";

export function drawProfile(context, x, y, { window: [x0, x1], heights, low, high }, theme) {
  const last = heights.length - 1;
  const go = (row, order = 1) => {
    for (let k = 0; k <= last; k++) {
      const i = order > 0 ? k : last - k;
      context.lineTo(x(x0 + ((x1 - x0) * i) / last), bounded(y(row[i])));
    }
  };
  context.beginPath();
  if (low) {
    go(high);
    go(low, -1);
    context.fillStyle = theme.soft;
    context.fill();
  } else go(heights);
  context.lineWidth = 2.2;
  context.strokeStyle = theme.soft;
  context.stroke();
}
