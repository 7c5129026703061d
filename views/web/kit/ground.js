// The ground of a map: its relief, level lines and minima, or the profile of a surface of one parameter.

import { scale } from "./axes.js";
import { drawAxes, drawColourBar } from "./bordered.js";
import { font, star } from "./look.js";
import { clipped, shade, wrapped } from "./parts.js";
import { drawProfile } from "./profile.js";
import { isStrong, painted, toned } from "./terrain.js";

/** Pixels of the plot, and the two axes. `view` is x0, x1, y0, y1. */
export function frameOf(width, height, view, flat) {
  const box = { left: 52, top: 12, right: width - (flat ? 14 : 80), bottom: height - 40 };
  return { box, x: scale(view[0], view[1], box.left, box.right), y: scale(view[2], view[3], box.bottom, box.top) };
}

/** The window widened so that both axes have the same number of pixels per unit. */
export function equalised(window, width, height) {
  const { box } = frameOf(width, height, window, false);
  const [across, up] = [
    (window[1] - window[0]) / (box.right - box.left),
    (window[3] - window[2]) / (box.bottom - box.top),
  ];
  const unit = Math.max(across, up);
  const [cx, cy] = [(window[0] + window[1]) / 2, (window[2] + window[3]) / 2];
  const [rx, ry] = [(unit * (box.right - box.left)) / 2, (unit * (box.bottom - box.top)) / 2];
  return [cx - rx, cx + rx, cy - ry, cy + ry];
}

let stencil = null; // the coloured relief of the last drawing, kept while only sizes change

function picture(relief, theme) {
  if (stencil?.relief !== relief || stencil.theme !== theme)
    stencil = { relief, theme, canvas: painted(relief, theme) };
  return stencil.canvas;
}

/** Everything that does not move: relief, level lines, known minima, axes, colour bar. */
export function drawGround(context, size, view, scene, relief, theme, words) {
  const frame = frameOf(size.width, size.height, view, scene.flat);
  const { box, x, y } = frame;
  context.clearRect(0, 0, size.width, size.height);
  const paper = scene.flat || !relief ? theme.panel : `rgb(${toned(theme, 1)})`;
  shade(context, paper, 1, box.left, box.top, box.right - box.left, box.bottom - box.top);
  clipped(context, box, () => {
    context.lineJoin = "miter"; // a star has points
    if (relief && !scene.flat) drawRelief(context, x, y, relief, theme);
    if (relief && scene.flat) drawProfile(context, x, y, relief, theme);
    drawMinima(context, x, y, scene, theme);
  });
  drawAxes(context, frame, scene, theme);
  if (relief?.veiled) drawVeiled(context, box, words[scene.flat ? "veiled_curve" : "veiled"], theme);
  if (relief && !scene.flat) drawColourBar(context, box, relief, size, theme, words);
}

export function drawRelief(context, x, y, relief, theme) {
  const [x0, x1, y0, y1] = relief.window;
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(picture(relief, theme), x(x0), y(y1), x(x1) - x(x0), y(y0) - y(y1));
  const [fine, strong] = relief.pieces ? pieces(x, y, relief) : levelLines(x, y, relief);
  context.lineWidth = 1;
  context.strokeStyle = theme.line;
  context.stroke(fine);
  context.strokeStyle = theme.strong;
  context.stroke(strong);
}

const pieces = (x, y, { pieces: sorts, window: [x0, x1, y0, y1] }) =>
  sorts.map((ends) => {
    const path = new Path2D();
    for (let at = 0; at < ends.length; at += 2)
      path[at % 4 ? "lineTo" : "moveTo"](x(x0 + ends[at] * (x1 - x0)), y(y0 + ends[at + 1] * (y1 - y0)));
    return path;
  });

function levelLines(x, y, relief) {
  const [x0, x1, y0, y1] = relief.window;
  const [sx, sy] = [(x(x1) - x(x0)) / 65535, (y(y1) - y(y0)) / 65535];
  const [fine, strong] = [new Path2D(), new Path2D()];
  let at = 0;
  for (const points of relief.lengths) {
    const path = isStrong(relief, relief.lines[at], relief.lines[at + 1]) ? strong : fine;
    for (let i = 0; i < points; i++, at += 2) {
      const [px, py] = [x(x0) + relief.lines[at] * sx, y(y0) + relief.lines[at + 1] * sy];
      i ? path.lineTo(px, py) : path.moveTo(px, py);
    }
  }
  return [fine, strong];
}

// That there is more than is drawn, at the foot of the picture.
function drawVeiled(context, box, text, theme) {
  context.font = font(13);
  const lines = wrapped(context, text, box.right - box.left - 24);
  const wide = Math.max(...lines.map((line) => context.measureText(line).width));
  context.fillStyle = theme.halo;
  context.fillRect(box.left + 6, box.bottom - 18 * lines.length - 8, wide + 12, 18 * lines.length + 2);
  [context.textAlign, context.textBaseline, context.fillStyle] = ["left", "middle", theme.ink];
  lines.forEach((line, i) => context.fillText(line, box.left + 12, box.bottom - 18 * (lines.length - i) + 2));
}

function drawMinima(context, x, y, scene, theme) {
  context.lineWidth = 2;
  context.strokeStyle = theme.ink;
  context.fillStyle = theme.paper;
  context.setLineDash([2, 4]);
  for (const line of scene.valley) {
    context.beginPath();
    for (const [px, py] of line) context.lineTo(x(px), y(py));
    context.stroke();
  }
  context.setLineDash([]);
  for (const [px, py] of scene.minima) {
    context.beginPath();
    star(context, x(px), y(py), 8);
    context.closePath();
    context.fill();
    context.stroke();
  }
}
