// What stands around a map: axes, and the bar that tells what its colours mean.

import { number, ticks } from "./axes.js";
import { lossAt, shareAt } from "./heights.js";
import { font } from "./look.js";
import { colourAt } from "./terrain.js";

export function drawAxes(context, { box, x, y }, scene, theme) {
  context.strokeStyle = theme.soft;
  context.fillStyle = theme.soft;
  context.lineWidth = 1;
  context.strokeRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  context.font = font(13);
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const tick of ticks(x.low, x.high, (box.right - box.left) / 80)) {
    context.fillRect(x(tick), box.bottom, 1, 4);
    context.fillText(number(tick), x(tick), box.bottom + 6);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const tick of ticks(y.low, y.high, (box.bottom - box.top) / 55)) {
    context.fillRect(box.left - 4, y(tick), 4, 1);
    context.fillText(number(tick), box.left - 7, y(tick));
  }
  context.fillStyle = theme.ink;
  context.font = font(14, 600);
  context.textAlign = "right";
  context.textBaseline = "bottom";
  context.fillText(scene.names[0], box.right, box.bottom + 39);
  context.save();
  context.translate(13, (box.top + box.bottom) / 2);
  context.rotate(-Math.PI / 2);
  context.textBaseline = "middle";
  context.textAlign = "center";
  context.fillText(scene.names[1], 0, 0);
  context.restore();
}

export function drawColourBar(context, box, relief, size, theme, words) {
  const { colour } = relief;
  const [left, width] = [box.right + 12, 12];
  for (let row = box.top; row < box.bottom; row++) {
    context.fillStyle = `rgb(${colourAt(relief, theme, 1 - (row - box.top) / (box.bottom - box.top))})`;
    context.fillRect(left, row, width, 1.5);
  }
  context.strokeStyle = theme.soft;
  context.strokeRect(left, box.top, width, box.bottom - box.top);
  const place = (share) => box.bottom - share * (box.bottom - box.top);
  context.font = font(12);
  context.fillStyle = theme.soft;
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const [value, share] of barMarks(colour)) {
    context.fillRect(left + width, place(share), 3, 1);
    context.fillText(number(value, 3), left + width + 5, place(share));
  }
  context.save();
  context.translate(size.width - 7, (box.top + box.bottom) / 2);
  context.rotate(-Math.PI / 2);
  context.textAlign = "center";
  context.fillStyle = theme.ink;
  context.fillText(colour.log ? words.colour_log : words.colour_linear, 0, 0);
  context.restore();
}

// Losses beside the bar and where they stand: above the lowest where the scale is logarithmic, and 0 at its foot.
function barMarks(colour) {
  const [low, high] = [lossAt(colour, 0), lossAt(colour, 1)].map((loss) => loss - (colour.log ? colour.floor : 0));
  if (!colour.log) return ticks(low, high, 7).map((value) => [value, shareAt(colour, value)]);
  const values = ticks(Math.max(low, 2 * colour.offset), high, 7, true);
  const marks = values.map((value) => [value, shareAt(colour, value + colour.floor)]);
  return low <= 1e-9 * high ? [[0, 0], ...marks.filter(([, share]) => share > 0.06)] : marks;
}
