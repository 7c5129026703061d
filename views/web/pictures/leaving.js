// How many steps each rule takes to leave.

import { scale, ticks } from "../kit/axes.js";
import { drawFrame, FOOT, TOP } from "../kit/frame.js";
import { clipped } from "../kit/parts.js";
import { dot, legend, trace, write } from "./stroked.js";

/** Steps until a descent is gone from a saddle, against how close to it it began. */
export function drawLeaving(context, size, { near, predicted, measured }, theme, words) {
  const order = near.map((_, i) => i).sort((a, b) => near[a] - near[b]);
  const [starts, theory, counted] = [near, predicted, measured].map((list) => order.map((i) => list[i] ?? NaN));
  const most = Math.max(1, ...[...theory, ...counted].filter(Number.isFinite));
  const never = counted.some((steps) => steps < 0);
  const [top, bottom] = [TOP + (never ? 26 : 0), size.height - FOOT];
  const whole = ticks(0, 1.1 * most, Math.max((bottom - top) / 26, 2)).filter(Number.isInteger);
  const axes = {
    x: { low: starts[0] / 1.5, high: starts.at(-1) * 1.5, log: true, title: "r₀" },
    y: { place: scale(0, 1.1 * most, bottom, top), ticks: whole },
  };
  const frame = drawFrame(context, size, axes, theme);
  const { box, x, y } = frame;
  const pixels = [];
  clipped(context, box, () =>
    pixels.push(...trace(context, starts, theory, frame, { colour: theme.ink, dash: [5, 4] })),
  );
  if (never) write(context, words.never, box.left - 6, TOP + 9, { align: "right", colour: theme.soft });
  counted.forEach((steps, i) => {
    if (Number.isNaN(steps)) return;
    const [px, py] = [x(starts[i]), steps < 0 ? TOP + 9 : y(steps)];
    dot(context, px, py, 4.2, theme.accent, theme.panel, steps < 0);
    for (const away of [-5, 0, 5]) pixels.push([px + away, py], [px, py + away]);
  });
  legend(
    context,
    box,
    [
      { text: words.predicted, colour: theme.ink, dash: [5, 4] },
      { text: words.measured, colour: theme.accent, round: true },
    ],
    pixels,
    theme,
  );
}
