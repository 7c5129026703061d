// One picture of the data for each lane: regions, main components, the last hidden layer.

import { scale } from "../kit/axes.js";
import { frameAt } from "../kit/clock.js";
import { CLASSES, lighter } from "../kit/look.js";
import { clipped } from "../kit/parts.js";
import { regions } from "../kit/regions.js";
import { blended } from "./blended.js";
import { each } from "./each.js";
import { cross, shape, stroke } from "./example.js";

const FINE = 1.6; // CSS pixels per pixel of a picture of regions

export function drawRegions(context, size, picture) {
  const { fit, clock, theme } = picture;
  const [across, up] = fit.window;
  each(context, size, picture, (up[1] - up[0]) / (across[1] - across[0]), (box, _lane, k) => {
    const said = blended(fit.lanes[k], fit.lanes[k].rows, clock.step);
    const [width, height] = [Math.max(Math.round(box.width / FINE), 8), Math.max(Math.round(box.height / FINE), 8)];
    const canvas = new OffscreenCanvas(width, height);
    const pen = canvas.getContext("2d");
    const grid = { nx: fit.side, ny: fit.side, levels: fit.levels, classes: fit.classes.length };
    pen.putImageData(regions(grid, said, width, height, theme), 0, 0);
    context.drawImage(canvas, box.left, box.top, box.width, box.height);
    drawExamples(context, box, picture, k, (i) => fit.lanes[k].places[i], fit.window);
  });
}

export function drawPoints(context, size, picture) {
  const { fit, clock } = picture;
  each(context, size, picture, 0.75, (box, _lane, k) => {
    const { steps, rows, targets, places } = fit.lanes[k];
    const said = rows[frameAt(steps, clock.step)];
    const wrong = (i) => said[i] !== targets[i];
    drawExamples(context, box, picture, k, (i) => places[i], fit.window, wrong);
    const count = targets.filter((_, i) => wrong(i)).length;
    return picture.words.wrong.replace("{count}", count).replace("{all}", targets.length);
  });
}

export function drawHidden(context, size, picture) {
  const { fit, clock } = picture;
  each(context, size, picture, 0.75, (box, _lane, k) => {
    const { rows, targets, line } = fit.lanes[k];
    const said = blended(fit.lanes[k], rows, clock.step);
    if (line) drawLine(context, box, picture, k);
    drawExamples(context, box, picture, k, (i) => [said(i), said(targets.length + i)], fit.windows[k]);
  });
}

// Where the output layer is undecided, v·h + c = 0.
function drawLine(context, box, { fit, clock, theme }, k) {
  const [[x0, x1], [y0, y1]] = fit.windows[k];
  const [v, w, c] = [0, 1, 2].map(blended(fit.lanes[k], fit.lanes[k].line, clock.step));
  const [x, y] = [
    scale(x0, x1, box.left + 4, box.left + box.width - 4),
    scale(y0, y1, box.top + box.height - 4, box.top + 4),
  ];
  const foot = [(-c * v) / (v * v + w * w), (-c * w) / (v * v + w * w)]; // the point of the line that is nearest to 0
  const far = 10 * (x1 - x0 + y1 - y0);
  const length = Math.hypot(v, w);
  const path = new Path2D();
  path.moveTo(x(foot[0] - (far * w) / length), y(foot[1] + (far * v) / length));
  path.lineTo(x(foot[0] + (far * w) / length), y(foot[1] - (far * v) / length));
  clipped(context, { ...box, right: box.left + box.width, bottom: box.top + box.height }, () =>
    stroke(context, path, [[2, theme.ink, [6, 4]]]),
  );
}

function drawExamples(context, box, { fit, theme }, k, place, [across, up], wrong = (_i) => false) {
  const { targets, trained } = fit.lanes[k];
  const x = scale(across[0], across[1], box.left + 4, box.left + box.width - 4);
  const y = scale(up[0], up[1], box.top + box.height - 4, box.top + 4);
  clipped(context, { ...box, right: box.left + box.width, bottom: box.top + box.height }, () => {
    targets.forEach((target, i) => {
      const [px, py] = place(i);
      const colour = CLASSES[target % CLASSES.length];
      shape(context, target, x(px), y(py), i < trained, theme.light ? colour : lighter(colour), theme);
      if (wrong(i)) cross(context, x(px), y(py), theme);
    });
  });
}
