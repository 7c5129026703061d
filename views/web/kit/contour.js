// The surface from above (or, for one parameter, from the side), and the paths that run down it.

import { number, scale, ticks } from "./axes.js";
import { frameAt, horizon } from "./clock.js";
import { colourOf, dashOf, font, marker, star } from "./look.js";
import { wrapped } from "./parts.js";

const MOST = 300; // times that arrows are enlarged; shorter ones are not drawn
const FAR = 50000; // pixels: a diverging path is drawn to here and no further

/** Fetch the relief of a window: {window, nx, ny, colour, shares, lines, veiled} or, for a curve, {window, heights} and,
 * where a line cannot show what it does, {low, high}. */
export async function fetchRelief(url, window, signal) {
  const response = await fetch(`${url}&window=${window.map((edge) => Number(edge.toPrecision(9))).join("~")}`, {
    signal,
  });
  if (!response.ok) throw new Error(await response.text());
  const raw = await response.arrayBuffer();
  const size = new DataView(raw).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(raw, 4, size)));
  const body = raw.slice(4 + size);
  if (header.flat) {
    const rows = new Float32Array(body);
    const [heights, low, high] = [0, 1, 2].map((row) => rows.subarray(row * header.nx, (row + 1) * header.nx));
    return low.length ? { ...header, heights, low, high, veiled: true } : { ...header, heights };
  }
  const shares = new Uint16Array(body, 0, header.nx * header.ny);
  return { ...header, shares, lines: new Uint16Array(body, 2 * header.nx * header.ny) };
}

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

const mix = (theme, share) => theme.low.map((value, i) => Math.round(value + (theme.high[i] - value) * share ** 0.8));

let stencil = null; // the coloured relief of the last drawing, kept while only sizes change

function picture(relief, theme) {
  if (stencil?.relief === relief && stencil.theme === theme) return stencil.canvas;
  const canvas = new OffscreenCanvas(relief.nx, relief.ny);
  const image = new ImageData(relief.nx, relief.ny);
  const palette = Array.from({ length: 1024 }, (_, i) => mix(theme, i / 1023));
  for (let row = 0; row < relief.ny; row++)
    for (let column = 0; column < relief.nx; column++) {
      const colour = palette[relief.shares[(relief.ny - 1 - row) * relief.nx + column] >> 6];
      image.data.set([colour[0], colour[1], colour[2], 255], 4 * (row * relief.nx + column));
    }
  canvas.getContext("2d").putImageData(image, 0, 0);
  stencil = { relief, theme, canvas };
  return canvas;
}

/** Everything that does not move: relief, level lines, known minima, axes, colour bar. */
export function drawGround(context, size, view, scene, relief, theme, words) {
  const frame = frameOf(size.width, size.height, view, scene.flat);
  const { box, x, y } = frame;
  context.clearRect(0, 0, size.width, size.height);
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  context.fillStyle = scene.flat ? theme.panel : `rgb(${mix(theme, 1)})`;
  context.fill();
  context.clip();
  if (relief && !scene.flat) drawRelief(context, x, y, relief, theme);
  if (relief && scene.flat) drawProfile(context, x, y, relief, theme);
  drawMinima(context, x, y, scene, theme);
  context.restore();
  drawAxes(context, frame, scene, theme);
  if (relief?.veiled) drawVeiled(context, box, words[scene.flat ? "veiled_curve" : "veiled"], theme);
  if (relief && !scene.flat) drawColourBar(context, box, relief.colour, size, theme, words);
}

function drawRelief(context, x, y, relief, theme) {
  const [x0, x1, y0, y1] = relief.window;
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(picture(relief, theme), x(x0), y(y1), x(x1) - x(x0), y(y0) - y(y1));
  const [sx, sy] = [(x(x1) - x(x0)) / 65535, (y(y1) - y(y0)) / 65535];
  context.beginPath();
  let at = 0;
  for (const points of relief.lengths) {
    for (let i = 0; i < points; i++, at += 2) {
      const [px, py] = [x(x0) + relief.lines[at] * sx, y(y0) + relief.lines[at + 1] * sy];
      i ? context.lineTo(px, py) : context.moveTo(px, py);
    }
  }
  context.lineWidth = 1;
  context.strokeStyle = theme.line;
  context.stroke();
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

const bounded = (pixel) => Math.min(Math.max(pixel, -FAR), FAR);

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

function drawAxes(context, { box, x, y }, scene, theme) {
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

function drawColourBar(context, box, colour, size, theme, words) {
  const [left, width] = [box.right + 12, 12];
  for (let row = box.top; row < box.bottom; row++) {
    context.fillStyle = `rgb(${mix(theme, 1 - (row - box.top) / (box.bottom - box.top))})`;
    context.fillRect(left, row, width, 1.5);
  }
  context.strokeStyle = theme.soft;
  context.strokeRect(left, box.top, width, box.bottom - box.top);
  const place = (warped) => box.bottom - ((warped - colour.low) / (colour.high - colour.low)) * (box.bottom - box.top);
  context.font = font(12);
  context.fillStyle = theme.soft;
  context.textAlign = "left";
  context.textBaseline = "middle";
  const marks = colour.log
    ? ticks(10 ** colour.low, 10 ** colour.high, 7, true).map((value) => [value, Math.log10(value)])
    : ticks(colour.low, colour.high, 7).map((value) => [value, value]);
  for (const [value, warped] of marks) {
    context.fillRect(left + width, place(warped), 3, 1);
    context.fillText(number(value, 3), left + width + 5, place(warped));
  }
  context.save();
  context.translate(size.width - 7, (box.top + box.bottom) / 2);
  context.rotate(-Math.PI / 2);
  context.textAlign = "center";
  context.fillStyle = theme.ink;
  context.fillText(colour.log ? words.colour_log : words.colour_linear, 0, 0);
  context.restore();
}

/** Everything that moves: paths up to the clock (and, pale, as far as they have been seen), markers, the start, arrows. */
export function drawPaths(context, size, { view, scene }, lanes, { clock, theme, words, focus, arrows = false }) {
  const frame = frameOf(size.width, size.height, view, scene.flat);
  const { box, x, y } = frame;
  context.clearRect(0, 0, size.width, size.height);
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  context.clip();
  context.lineJoin = context.lineCap = "round";
  const shown = lanes.map((lane) => {
    const path = lane.strokes ?? lane;
    return {
      lane,
      path,
      at: frameAt(lane.steps, clock.step),
      pixels: pixelsOf(lane, x, y),
      corners: pixelsOf(path, x, y),
    };
  });
  for (const { lane, path, corners } of shown) {
    trace(context, corners, frameAt(path.steps, clock.step), frameAt(path.steps, horizon(clock)), path.drawn);
    context.globalAlpha = 0.3;
    context.lineWidth = 1.5;
    context.strokeStyle = colourOf(lane.number, theme);
    context.stroke();
    context.globalAlpha = 1;
  }
  for (const { lane, path, corners } of shown) {
    const to = frameAt(path.steps, clock.step);
    context.setLineDash([]);
    if (path.drawn) drawAlone(context, corners, to, path.alone, colourOf(lane.number, theme));
    trace(
      context,
      corners,
      0,
      to,
      path.drawn?.map((there, i) => there && !path.alone[i]),
    );
    context.lineWidth = lane.number === focus ? 6.5 : 5;
    context.strokeStyle = theme.halo;
    context.stroke();
    context.setLineDash(dashOf(lane.number));
    context.lineWidth = lane.number === focus ? 4 : 2.6;
    context.strokeStyle = colourOf(lane.number, theme);
    context.stroke();
  }
  context.setLineDash([]);
  drawStart(context, x(scene.start[0]), bounded(y(scene.start[1])), theme);
  for (const { lane, pixels, at } of shown) {
    marker(context, lane.number, pixels[2 * at], pixels[2 * at + 1], 6, theme);
    if (lane.diverged >= 0 && at === lane.frames - 1) cross(context, pixels[2 * at], pixels[2 * at + 1], theme);
  }
  const chosen = arrows && shown.find(({ lane }) => lane.number === focus);
  const notes = chosen ? drawArrows(context, frame, scene, chosen, theme, words) : [];
  context.restore();
  legend(context, box, notes, theme);
}

function pixelsOf(lane, x, y) {
  const pixels = new Float32Array(2 * lane.frames);
  for (let i = 0; i < lane.frames; i++) {
    pixels[2 * i] = bounded(x(lane.across[i]));
    pixels[2 * i + 1] = bounded(y(lane.up[i]));
  }
  return pixels;
}

// A line through corners; given `drawn`, only to those.
function trace(context, pixels, from, to, drawn) {
  context.beginPath();
  for (let i = from; i <= to; i++) {
    const [px, py] = [pixels[2 * i], pixels[2 * i + 1]];
    !drawn || drawn[i] ? context.lineTo(px, py) : context.moveTo(px, py);
  }
}

// Strokes that stand for many: a path that bounces covers what lies between, but does not hide it.
function drawAlone(context, pixels, to, alone, colour) {
  trace(context, pixels, 0, to, alone);
  context.globalAlpha = 0.4;
  context.lineWidth = 1.2;
  context.strokeStyle = colour;
  context.stroke();
  context.globalAlpha = 1;
}

function drawStart(context, px, py, theme) {
  for (const [width, colour] of [
    [5, theme.halo],
    [2.5, theme.ink],
  ]) {
    context.beginPath();
    context.arc(px, py, 8, 0, 7);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
}

function cross(context, px, py, theme) {
  context.beginPath();
  for (const turn of [-1, 1]) {
    context.moveTo(px - 9, py - 9 * turn);
    context.lineTo(px + 9, py + 9 * turn);
  }
  context.lineWidth = 3;
  context.strokeStyle = theme.danger;
  context.stroke();
}

// What the step at the clock is made of. Momentum: −ηg, what is left of the last movement, and their sum; in Nesterov's
// form λm, of the movement with this gradient in it.
// Rules with a step size per coordinate: the direction m, the step itself, and its part along each axis.
function drawArrows(context, { box, x, y }, scene, { lane, pixels, at }, theme, words) {
  const i = Math.min(at, lane.frames - 2);
  if (i < 0 || !lane.columns.step) return [];
  const flat = scene.flat;
  const vector = (parts, weights) => scene.project(parts.map((part, k) => part[i] * (weights ? weights[k][i] : 1)));
  const rate = lane.columns.rate[0][i];
  const step = vector(lane.columns.step);
  const slope = vector(lane.columns.grads).map((part) => -rate * part);
  const unit = [x(1) - x(0), y(1) - y(0)];
  const length = (v) => Math.hypot(v[0] * unit[0], flat ? 0 : v[1] * unit[1]);
  const direction = vector(lane.columns.step, lane.columns.scale); // −η m
  const stretch = length(step) / (length(direction) || 1);
  const parts =
    lane.family === "memory"
      ? [
          [
            lane.remembers === "movements" ? `${lane.symbol} × ${words.last_step}` : `${lane.symbol} m`,
            step.map((s, k) => s - slope[k]),
            theme.accent,
          ],
          ["−η g", slope, theme.soft],
          [words.whole_step, step, theme.ink],
        ]
      : lane.family === "adaptive"
        ? [
            [words.direction, direction.map((s) => s * stretch), theme.accent],
            [words.whole_step, step, theme.ink],
            ["x", [step[0], 0], theme.soft],
            ["y", [0, step[1]], theme.soft],
          ]
        : [[`${words.whole_step} = −η g`, step, theme.ink]];
  const size = Math.min(box.right - box.left, box.bottom - box.top);
  const longest = Math.max(...parts.map(([, v]) => length(v)));
  if (!Number.isFinite(longest) || longest * MOST < 4 || longest > 100 * size) return [];
  const wanted = longest < 0.08 * size ? (0.14 * size) / longest : longest > 0.4 * size ? (0.4 * size) / longest : 1;
  const times = Math.min(wanted, MOST);
  const [px, py] = [pixels[2 * i], pixels[2 * i + 1]];
  let [fromX, fromY] = [px, py];
  parts.forEach(([name, v, colour], part) => {
    const level = flat ? 9 * (parts.length - part) : 0; // on one line they would hide each other
    const [dx, dy] = [v[0] * unit[0] * times, flat ? 0 : v[1] * unit[1] * times];
    arrow(context, fromX, fromY - level, fromX + dx, fromY + dy - level, colour, theme, name.length === 1);
    // Momentum: the gradient's part begins where the last movement's ends, and the sum leads to its tip.
    [fromX, fromY] = lane.family === "memory" && part === 0 ? [fromX + dx, fromY + dy] : [px, py];
  });
  return [
    [lane.label, null],
    ...parts.filter(([name]) => name.length > 1).map(([name, , colour]) => [name, colour]),
    [`×${number(times, 2)}`, null],
  ];
}

function arrow(context, x0, y0, x1, y1, colour, theme, thin) {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (length < 2) return;
  const angle = Math.atan2(y1 - y0, x1 - x0);
  const head = Math.min(11, length * 0.5);
  const draw = (width, style) => {
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    for (const side of [-0.45, 0.45]) {
      context.moveTo(x1, y1);
      context.lineTo(x1 - head * Math.cos(angle + side), y1 - head * Math.sin(angle + side));
    }
    context.lineWidth = width;
    context.strokeStyle = style;
    context.stroke();
  };
  context.setLineDash(thin ? [3, 3] : []);
  if (!thin) draw(6, theme.halo);
  draw(thin ? 1.5 : 3, colour);
  context.setLineDash([]);
}

function legend(context, box, given, theme) {
  let notes = given;
  if (!notes.length) return;
  context.font = font(14, 600);
  const measure = () => notes.map(([name, colour]) => context.measureText(name).width + (colour ? 34 : 12));
  const sum = (widths) => widths.reduce((total, width) => total + width, 8);
  const room = box.right - box.left - 30; // the axis's name ends the row
  if (sum(measure()) > room) notes = notes.slice(1); // the optimizer's name is the first to go
  while (notes.length > 1 && sum(measure()) > room) notes = notes.slice(0, -1);
  const widths = measure();
  let at = box.left;
  context.textAlign = "left";
  context.textBaseline = "middle";
  notes.forEach(([name, colour], i) => {
    if (colour) arrow(context, at, box.bottom + 31, at + 18, box.bottom + 31, colour, theme, false);
    context.fillStyle = theme.ink;
    context.fillText(name, at + (colour ? 23 : 0), box.bottom + 32);
    at += widths[i];
  });
}
