// The axes around a map.

import { number, ticks } from "../kit/axes.js";
import { font } from "../kit/look.js";
import { along, back, NONE } from "./tiles.js";

export function drawEdges(context, { box, first, last, end }, { x, y }, axes, theme) {
  context.strokeStyle = context.fillStyle = theme.soft;
  context.lineWidth = 1;
  context.strokeRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  context.font = font(13);
  [context.textAlign, context.textBaseline] = ["center", "top"];
  for (const [tick, text] of marks(axes[0], x, (box.right - box.left) / 80)) {
    context.fillRect(x(tick), box.bottom, 1, 4);
    if (last && box.right - x(tick) > (end ? -1 : 12)) context.fillText(text, x(tick), box.bottom + 5);
  }
  [context.textAlign, context.textBaseline] = ["right", "middle"];
  if (axes[1].name === NONE) return titled(context, box, axes, last, theme);
  for (const [tick, text] of marks(axes[1], y, (box.bottom - box.top) / 50)) {
    context.fillRect(box.left - 4, y(tick), 4, 1);
    if (first) context.fillText(text, box.left - 7, y(tick));
  }
  titled(context, box, axes, last, theme);
  if (!first) return;
  context.save();
  context.translate(12, (box.top + box.bottom) / 2);
  context.rotate(-Math.PI / 2);
  [context.textAlign, context.textBaseline] = ["center", "middle"];
  context.fillText(titleOf(axes[1]), 0, 0);
  context.restore();
}

function titled(context, box, axes, last, theme) {
  context.font = font(14, 600);
  context.fillStyle = theme.ink;
  [context.textAlign, context.textBaseline] = ["right", "bottom"];
  if (last) context.fillText(titleOf(axes[0]), box.right, box.bottom + 38);
}

/** What an axis is called. */
const titleOf = ({ label: called, symbol }) => `${called} ${symbol}`.trim();

// Round numbers and their places along an axis, with as many digits as tell neighbours apart.
function marks(axis, at, count) {
  const [low, high] = [back(axis, at.low), back(axis, at.high)];
  const found = ticks(low, high, Math.max(count, 2), axis.log).filter((tick) => tick >= low && tick <= high);
  const step = Math.abs(found[1] - found[0]);
  const digits = axis.log || !step ? 3 : Math.ceil(Math.log10(Math.max(...found.map(Math.abs)) / step)) + 2;
  return found.map((tick) => [along(axis, tick), number(tick, Math.min(Math.max(digits, 3), 15))]);
}
