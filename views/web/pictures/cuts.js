// Cuts through a surface along the eigenvectors, and their parabolas.

import { subscript } from "../kit/axes.js";
import { drawFrame } from "../kit/frame.js";
import { clipped, note } from "../kit/parts.js";
import { between, dot, legend, limited, SIDE, trace, write } from "./stroked.js";
import { colourOfVector } from "./vectors.js";

/** The loss along each eigenvector, and, dashed, its parabola; marks stand on the loss. */
export function drawCuts(
  context,
  size,
  { distance, losses, model, labels, colours = null, marks = [], focus = -1 },
  theme,
  words,
) {
  const known = losses.flatMap((loss) => Array.from(loss)).filter(Number.isFinite);
  if (!known.length) return note(context, size, words.no_eigenvalues, theme);
  const [low, high] = known.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, -Infinity]);
  const margin = 0.15 * (high - low || Math.abs(high) || 1);
  const axes = {
    x: { low: distance[0], high: distance.at(-1), title: words.distance },
    y: { low: low - margin, high: high + margin },
    right: SIDE,
  };
  const frame = drawFrame(context, size, axes, theme);
  const { box, x, y } = frame;
  const colour = (i) => colours?.[i] ?? colourOfVector(i, theme);
  let pixels = [];
  const ends = [];
  clipped(context, box, () => {
    model.forEach((loss, i) =>
      pixels.push(...trace(context, distance, loss, frame, { colour: colour(i), width: 1.6, dash: [5, 4] })),
    );
    losses.forEach((loss, i) => {
      const drawn = trace(context, distance, loss, frame, { colour: colour(i), width: i === focus ? 3.4 : 2.2 });
      pixels = pixels.concat(drawn);
      if (drawn.length) ends.push({ i, py: drawn.at(-1)[1] });
    });
  });
  for (const { at, index, label } of marks) {
    const py = y(between(distance, losses[index], at));
    if (!Number.isFinite(py) || x(at) < box.left || x(at) > box.right) continue;
    dot(context, x(at), py, 4.5, colour(index), theme.panel);
    const [lx, ly] = [x(at) + (at < 0 ? -8 : 8), limited(py - 9, box.top + 7, box.bottom - 7)];
    write(context, label, lx, ly, {
      align: at < 0 ? "right" : "left",
      colour: theme.ink,
      weight: 600,
      halo: theme.panel,
    });
    for (let away = 0; away <= 24; away += 4)
      for (const level of [-6, 0, 6]) pixels.push([lx + (at < 0 ? -away : away), ly + level]);
  }
  ends.sort((a, b) => a.py - b.py);
  ends.forEach(
    (end, i) =>
      (end.py = Math.max(
        limited(end.py, box.top + 6, box.bottom - 6 - 14 * (ends.length - 1 - i)),
        i ? ends[i - 1].py + 14 : 0,
      )),
  );
  for (const { i, py } of ends)
    write(context, labels?.[i] ?? `v${subscript(i + 1)}`, box.right + 6, py, {
      align: "left",
      colour: colour(i),
      weight: 600,
    });
  legend(
    context,
    box,
    [
      { text: words.true_loss, colour: theme.ink },
      { text: words.taylor, colour: theme.ink, dash: [5, 4] },
    ],
    pixels,
    theme,
  );
}
