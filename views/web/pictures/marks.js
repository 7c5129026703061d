// What the atlas draws between the surface and the paths: critical points, eigenvectors, valleys, level lines,
// parabola.

import { font, LIGHT } from "../kit/look.js";
import { clipped, sharpness } from "../kit/parts.js";
import { colourOfVector } from "./vectors.js";

const MANY = 60; // points beyond which only the chosen one shows its eigenvectors
const ARM = 34; // pixels of the longest eigenvector of a point

// A verdict is a small relief of the place, without a colour, so that it is never taken for an optimizer: dark is low,
// light is high, as on the map. What has no such relief is a letter on a square.
const SIGNS = {
  minimum: (_context, { dot }) => dot(0.5),
  maximum: (_context, { dot }) => (dot(1), dot(0.5, "high")),
  saddle: (_context, { quarters }) => quarters(),
  degenerate: (_context, { letter }) => letter("?"),
  not_smooth: (_context, { letter }) => letter("∨"),
  sloped: null,
};

/** The sign of a verdict at a pixel. */
export function verdictMark(context, kind, x, y, radius, theme) {
  const [low, high] = theme === LIGHT ? [theme.ink, theme.paper] : [theme.paper, theme.ink];
  const disc = (r) => {
    context.beginPath();
    context.arc(x, y, r, 0, 7);
  };
  const paint = (colour) => Object.assign(context, { fillStyle: colour }).fill();
  const tools = {
    dot: (share, level) => (disc(share * radius), paint(level === "high" ? high : low)),
    quarters: () => {
      for (const turn of [0, Math.PI]) {
        context.beginPath();
        context.moveTo(x, y);
        context.arc(x, y, radius, turn, turn + Math.PI / 2);
        paint(low);
      }
    },
    letter: (text) => {
      context.font = font(1.7 * radius, 700);
      Object.assign(context, { textAlign: "center", textBaseline: "middle", fillStyle: low }).fillText(
        text,
        x,
        y + 0.1 * radius,
      );
    },
  };
  context.save();
  context.setLineDash([]);
  const square = kind === "degenerate" || kind === "not_smooth";
  if (square) {
    context.beginPath();
    context.rect(x - 0.95 * radius, y - 0.95 * radius, 1.9 * radius, 1.9 * radius);
  } else disc(SIGNS[kind] ? radius : 0.5 * radius);
  Object.assign(context, { lineWidth: 4.5, strokeStyle: theme.halo }).stroke();
  const [body, edge] = SIGNS[kind] ? [high, low] : [theme.ink, theme.ink]; // a slope is neither low nor high
  paint(body);
  Object.assign(context, { lineWidth: 1.4, strokeStyle: edge }).stroke();
  SIGNS[kind]?.(context, tools);
  context.restore();
}

// Continua of points: the floor of a valley is full, a ridge is hollow, of saddles dashed, undecided dotted.
const FORMS = {
  minimum: { dash: [] },
  maximum: { dash: [], hollow: true },
  saddle: { dash: [8, 5] },
  degenerate: { dash: [2, 5] },
};

/** Strokes the current path of the canvas as what it is a continuum of. */
export function strokeForm(context, kind, theme) {
  const { dash, hollow } = FORMS[kind];
  const [low, high] = theme === LIGHT ? [theme.ink, theme.paper] : [theme.paper, theme.ink];
  const edge = theme === LIGHT ? theme.halo : high; // dark on dark needs more than a halo
  const lines = [[6, edge, []], [3.6, low, dash], ...(hollow ? [[1.6, high, []]] : [])];
  for (const [width, colour, pattern] of lines) {
    context.setLineDash(pattern);
    Object.assign(context, { lineWidth: width, strokeStyle: colour }).stroke();
  }
  context.setLineDash([]);
}

/** The sign as a small picture, for tables and cards; that of a valley, "valley_minimum", is a piece of its curve. */
export function verdictSign(kind, theme) {
  const canvas = document.createElement("canvas");
  const ratio = sharpness();
  [canvas.width, canvas.height] = [18 * ratio, 18 * ratio];
  canvas.className = "sign";
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  if (!kind.startsWith("valley_")) verdictMark(context, kind, 9, 9.5, 6, theme);
  else {
    context.beginPath();
    context.moveTo(2, 14);
    context.bezierCurveTo(4, 4, 12, 15, 16, 4);
    strokeForm(context, kind.slice(7), theme);
  }
  return canvas;
}

/** Everything, for the map's frame {box, x, y}. */
export function drawMarks(context, size, frame, atlas, theme) {
  const { box, x, y } = frame;
  const { header, overlay, words } = atlas;
  context.clearRect(0, 0, size.width, size.height);
  const flat = header.scene.flat;
  clipped(context, box, () => {
    context.lineCap = "round";
    if (overlay) {
      drawLevels(context, frame, overlay, theme);
      drawModel(context, frame, overlay, theme);
    }
    for (const valley of header.valleys) drawValley(context, frame, valley, theme);
    if (!flat)
      for (const point of header.points.length > MANY ? [] : header.points) drawArms(context, frame, point, 0.5, theme);
    if (!flat) drawArms(context, frame, header.here, 1, theme);
    for (const { at } of header.kinks) verdictMark(context, "not_smooth", x(at[0]), y(at[1]), 6, theme);
    const radius = header.points.length > MANY ? 4.5 : 6.5;
    for (const point of header.points) verdictMark(context, point.kind, x(point.at[0]), y(point.at[1]), radius, theme);
    if (header.here.row < 0)
      verdictMark(context, header.here.kind, x(header.here.at[0]), y(header.here.at[1]), 7, theme);
  });
  if (!flat) drawLegend(context, box, overlay, theme, words);
}

// What the lines mean, under the picture; what there is no room for is left out.
function drawLegend(context, box, overlay, theme, words) {
  const items = [
    [overlay?.levels.length, words.legend_level, theme.ink, []],
    [overlay?.near?.model.length, words.legend_model, theme.accent, [5, 3]],
  ];
  context.font = font(13);
  context.textAlign = "left";
  context.textBaseline = "middle";
  let at = box.left;
  for (const [there, text, colour, dash] of items) {
    const width = context.measureText(text).width + 46;
    if (!there || at + width > box.right - 24) continue;
    context.beginPath();
    context.setLineDash(dash);
    context.moveTo(at, box.bottom + 32);
    context.lineTo(at + 22, box.bottom + 32);
    context.lineWidth = 2.4;
    context.strokeStyle = colour;
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = theme.soft;
    context.fillText(text, at + 28, box.bottom + 32);
    at += width;
  }
}

// The level line through a saddle crosses itself there: inside its loops the loss is lower, or higher, all around.
function drawLevels(context, { x, y }, { levels }, theme) {
  levels.forEach(({ lines, chosen }) => {
    context.beginPath();
    for (const line of lines)
      line.forEach(([px, py], i) => (i ? context.lineTo(x(px), y(py)) : context.moveTo(x(px), y(py))));
    context.lineWidth = chosen ? 2.4 : 1.3;
    context.strokeStyle = theme.ink;
    context.globalAlpha = chosen ? 1 : 0.45;
    context.stroke();
    context.globalAlpha = 1;
  });
}

// The parabola: of a curve its graph; else its level lines in a disc, dashed, over those of the surface at the same
// levels.
function drawModel(context, { x, y }, { heights, near, window }, theme) {
  const stroke = (colour, width, dash, alpha = 1, path = undefined) => {
    Object.assign(context, { strokeStyle: colour, lineWidth: width, globalAlpha: alpha });
    context.setLineDash(dash);
    path ? context.stroke(path) : context.stroke();
  };
  context.save();
  if (heights) {
    const last = heights.length - 1;
    const [x0, x1] = window;
    context.beginPath();
    heights.forEach((height, i) =>
      context.lineTo(x(x0 + ((x1 - x0) * i) / last), Math.min(Math.max(y(height), -2000), 4000)),
    );
    stroke(theme.accent, 1.6, [5, 4]);
  } else if (near) {
    const [left, right, bottom, top] = [x(near.window[0]), x(near.window[1]), y(near.window[2]), y(near.window[3])];
    const disc = new Path2D();
    disc.ellipse(
      (left + right) / 2,
      (bottom + top) / 2,
      Math.abs(right - left) / 2,
      Math.abs(top - bottom) / 2,
      0,
      0,
      7,
    );
    // The ground's lines are at other levels.
    Object.assign(context, { fillStyle: theme.paper, globalAlpha: 0.8, lineCap: "butt" });
    context.fill(disc);
    context.save();
    context.clip(disc);
    for (const [lines, ...look] of [
      [near.surface, theme.ink, 1.2, [], 0.7],
      [near.model, theme.accent, 1.8, [6, 4.5]],
    ]) {
      context.beginPath();
      for (const line of lines)
        line.forEach(([px, py], i) => (i ? context.lineTo(x(px), y(py)) : context.moveTo(x(px), y(py))));
      stroke(...look);
    }
    context.restore();
    stroke(theme.ink, 1, [], 0.5, disc);
  }
  context.restore();
}

function drawValley(context, { x, y }, { kind, path, curve, closed }, theme) {
  const pixels = path.map(([px, py]) => [x(px), y(py)]);
  context.fillStyle = theme.ink;
  if (!curve) {
    for (const [px, py] of pixels) context.fillRect(px - 1.5, py - 1.5, 3, 3);
    return;
  }
  context.beginPath();
  pixels.forEach(([px, py], i) => {
    const near = i && Math.hypot(px - pixels[i - 1][0], py - pixels[i - 1][1]) < 60;
    near ? context.lineTo(px, py) : context.moveTo(px, py);
  });
  if (closed) context.closePath();
  strokeForm(context, kind, theme);
}

// Eigenvectors, as long as |λ| is large next to the point's largest; heads point the way the loss falls: inwards where
// λ > 0, outwards, the way out, where λ < 0.
function drawArms(context, { x, y }, point, share, theme) {
  const largest = Math.max(...point.values.map((value) => Math.abs(value ?? 0)));
  if (!(largest > 0)) return;
  const unit = [x(1) - x(0), y(1) - y(0)];
  const [cx, cy] = [x(point.at[0]), y(point.at[1])];
  point.vectors.forEach((vector, i) => {
    const value = point.values[i];
    if (value === null) return;
    const [dx, dy] = [vector[0] * unit[0], vector[1] * unit[1]];
    const norm = Math.hypot(dx, dy);
    if (!norm) return;
    const length = share * ARM * Math.max(Math.abs(value) / largest, 0.35);
    const zero = Math.abs(value) <= point.tau;
    for (const side of [-1, 1]) {
      const [ux, uy] = [(side * dx) / norm, (side * dy) / norm];
      const from = share * 9;
      const tip = [cx + ux * (from + length), cy + uy * (from + length)];
      const foot = [cx + ux * from, cy + uy * from];
      for (const [width, colour] of [
        [share * 3 + 2.5, theme.halo],
        [share * 2.6, zero ? theme.soft : colourOfVector(i, theme)],
      ]) {
        context.beginPath();
        context.setLineDash(zero ? [3, 3] : []);
        context.moveTo(...foot);
        context.lineTo(...tip);
        context.lineWidth = width;
        context.strokeStyle = colour;
        context.stroke();
        context.setLineDash([]);
        if (share === 1 && i === 0 && side === 1 && value < -point.tau)
          label(context, "u", cx + ux * (from + length + 11), cy + uy * (from + length + 11), colour);
        if (!zero) head(context, value < 0 ? foot : tip, value < 0 ? tip : foot, share * 7);
      }
    }
  });
}

function label(context, text, px, py, colour) {
  context.font = font(14, 700);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colour;
  context.fillText(text, px, py);
}

function head(context, from, to, size) {
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  context.beginPath();
  for (const turn of [-0.5, 0.5]) {
    context.moveTo(...to);
    context.lineTo(to[0] - size * Math.cos(angle + turn), to[1] - size * Math.sin(angle + turn));
  }
  context.stroke();
}
