// How far the parabola is from the surface.

import { drawFrame } from "../kit/frame.js";
import { clipped, note } from "../kit/parts.js";
import { dot, limited, trace, write } from "./stroked.js";

/** How far the parabola is off, both axes logarithmic; beside it a line of the slope that it has close to the point. */
export function drawGap(context, size, { distance, error, slope, at }, theme, words) {
  const shown = Array.from(distance, (value, i) => [value, error[i]]).filter(
    ([r, gap]) => r > 0 && gap > 0 && gap < Infinity,
  );
  if (!shown.length) return note(context, size, words.no_gap, theme);
  const [near, gaps] = [shown.map(([r]) => r), shown.map(([, gap]) => gap)];
  const reach = [near, at > 0 ? [at] : []].flat();
  const axes = {
    x: { low: Math.min(...reach) / 1.15, high: Math.max(...reach) * 1.15, log: true, title: words.distance },
    y: { low: Math.min(...gaps) / 4, high: Math.max(...gaps) * 2, log: true },
  };
  const frame = drawFrame(context, size, axes, theme);
  const { box, x, y } = frame;
  const plain = { x: Number, y: Number };
  const from = x(near[0]);
  // Parallel, a little below; NaN without a slope.
  const guide = (px) => y(gaps[0] * (x.invert(px) / near[0]) ** slope) + 11;
  clipped(context, box, () => {
    trace(context, [from, box.right], [guide(from), guide(box.right)], plain, { colour: theme.soft, width: 1.2 });
    if (at > 0)
      trace(context, [x(at), x(at)], [box.top, box.bottom], plain, { colour: theme.accent, width: 1.5, dash: [3, 3] });
    trace(context, distance, error, frame, { colour: theme.ink, width: 2.2 });
    if (near.length === 1) dot(context, from, y(gaps[0]), 3, theme.ink, theme.panel);
  });
  if (!Number.isFinite(slope)) return;
  const half = (from + box.right) / 2;
  const [px, py] = [Math.min(half + 8, box.right - 64), limited(guide(half) + 11, box.top + 8, box.bottom - 9)];
  write(context, `${words.slope} ${slope.toFixed(1)}`, px, py, {
    align: "left",
    colour: theme.soft,
    halo: theme.panel,
  });
}
