// What a rule remembers: how much of each past gradient is in the step at the clock.

import { number } from "../kit/axes.js";
import { frameAt } from "../kit/clock.js";
import { colourOf } from "../kit/look.js";

// How much of each gradient is in the step at the clock, the newest first, by the largest share: as far as there have
// been any. Movements were made with the rate of their own step.
function counted(lane, step) {
  const last = Math.min(step, lane.steps[lane.frames - 1] - 1); // no step begins at the end
  const rate = (back) => (lane.remembers === "gradients" ? 1 : lane.columns.rate[0][frameAt(lane.steps, last - back)]);
  const parts = lane.weights.slice(0, Math.max(last, 0) + 1).map((weight, back) => weight * rate(back));
  const most = Math.max(...parts);
  return parts.map((part) => (most > 0 ? part / most : 0));
}

/** How much of each past gradient is in the step at the clock (D2): bars λ^0, λ^1, … for each rule that remembers. */
export function memoryBars(context, size, { lanes, clock, theme, words }) {
  context.clearRect(0, 0, size.width, size.height);
  const remembering = lanes.filter((lane) => lane.memory !== null);
  context.font = `14px system-ui, "Noto Sans CJK SC", sans-serif`;
  context.fillStyle = theme.soft;
  if (!remembering.length) return context.fillText(words.no_memory, 12, 28);
  const wide = size.width / remembering.length;
  remembering.forEach((lane, i) => {
    const [left, right, base, top] = [i * wide + 12, (i + 1) * wide - 16, size.height - 22, 26];
    const heights = counted(lane, Math.floor(clock.step));
    const bar = (right - left) / lane.weights.length;
    context.fillStyle = theme.ink;
    context.textAlign = "left";
    const factor = `${lane.symbol} = ${number(lane.memory)}`; // some lanes are called by it
    context.fillText(lane.label.includes(factor) ? lane.label : `${lane.label}   ${factor}`, left, 16);
    context.fillStyle = colourOf(lane.number, theme);
    heights.forEach((part, back) => {
      const height = (base - top) * part;
      context.fillRect(right - (back + 1) * bar + 1, base - height, Math.max(bar - 2, 1), Math.max(height, 1));
    });
    context.fillStyle = theme.soft;
    context.textAlign = "right";
    context.fillText(words.newest, right, size.height - 6);
    context.textAlign = "left";
    context.fillText(words.oldest, left, size.height - 6);
  });
}
