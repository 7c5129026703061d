// The surface from above (or, for one parameter, from the side): relief, level lines, axes and colour bar.

import { number, scale, ticks } from "./axes.js";
import { lossAt, shareAt } from "./heights.js";
import { bounded, font, star } from "./look.js";
import { clipped, shade, wrapped } from "./parts.js";
import { colourAt, isStrong, painted, toned } from "./terrain.js";

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

function drawProfile(context, x, y, { window: [x0, x1], heights, low, high }, theme) {
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

function drawColourBar(context, box, relief, size, theme, words) {
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
