// How an example is drawn: filled or hollow, in the colour and the shape of its class.

import { CLASSES, font, lighter } from "../kit/look.js";

export const held = (pixel) => Math.min(Math.max(pixel, -4000), 4000);

export function stroke(context, path, styles) {
  for (const [width, colour, dash] of styles) {
    context.setLineDash(dash);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke(path);
  }
  context.setLineDash([]);
}

// Filled for what is learned from, hollow for what is tested on.
export function dot(context, px, py, radius, colour, filled) {
  context.beginPath();
  context.arc(px, py, radius, 0, 7);
  finish(context, colour, filled);
}

function finish(context, colour, filled) {
  context.lineWidth = 1.4;
  context.strokeStyle = context.fillStyle = colour;
  filled ? context.fill() : context.stroke();
}

// A class has its colour and, for who sees no colours, its shape.
export function shape(context, index, px, py, filled, colour, theme) {
  const r = 3.4;
  context.beginPath();
  if (index % 3 === 0) context.arc(px, py, r, 0, 7);
  else if (index % 3 === 1) context.rect(px - r * 0.9, py - r * 0.9, r * 1.8, r * 1.8);
  else
    [
      [0, -1.25],
      [1.15, 0.85],
      [-1.15, 0.85],
    ].forEach(([u, v], i) => (i ? context.lineTo(px + u * r, py + v * r) : context.moveTo(px + u * r, py + v * r)));
  context.closePath();
  context.lineWidth = 2.6;
  context.strokeStyle = theme.halo;
  context.stroke();
  finish(context, colour, filled);
}

export function cross(context, px, py, theme) {
  const path = new Path2D();
  for (const turn of [-1, 1]) {
    path.moveTo(px - 5, py - 5 * turn);
    path.lineTo(px + 5, py + 5 * turn);
  }
  stroke(context, path, [[2, theme.danger, []]]);
}

/** What filled and hollow, and the shapes of the classes, mean; one line. */
export function key(context, box, { fit, theme, words }, line = null) {
  context.font = font(12);
  context.textBaseline = "middle";
  context.textAlign = "left";
  const tested = fit.lanes.some(({ targets, trained }) => targets.length > trained);
  const entries = fit.classes.map((name, c) => [
    name,
    (px, py) =>
      shape(
        context,
        c,
        px,
        py,
        true,
        theme.light ? CLASSES[c % CLASSES.length] : lighter(CLASSES[c % CLASSES.length]),
        theme,
      ),
  ]);
  entries.push([words.trained, (px, py) => dot(context, px, py, 3.2, theme.soft, true)]);
  if (tested) entries.push([words.tested, (px, py) => dot(context, px, py, 3.2, theme.soft, false)]);
  const gap = entries.length > 6 ? 15 : 22;
  const wide = entries.map(([name]) => context.measureText(name).width + gap);
  const room = box.right - box.left;
  const shown = wide.reduce((a, b) => a + b, 0) > room ? entries.slice(-2) : entries;
  let left = box.left + 8;
  const py = line ?? box.top + 12;
  for (const [name, mark] of shown) {
    mark(left, py);
    context.fillStyle = theme.soft;
    context.fillText(name, left + 8, py);
    left += context.measureText(name).width + gap;
  }
}
