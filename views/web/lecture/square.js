// A window of places, over its surface where there is one: on it a phone taps and draws, and a class's votes are shown.

import { number, scale, ticks } from "../kit/axes.js";
import { drawAxes } from "../kit/bordered.js";
import { drawRelief, frameOf } from "../kit/ground.js";
import { font, themeOf } from "../kit/look.js";
import { clipped, fit, placeOn, sizeOf } from "../kit/parts.js";
import { fetchRelief } from "../kit/relief.js";
import { isPlace, reliefOf, windowOf } from "./asked.js";

const NAMES = ["x", "y"];

/**
 * A canvas with the window and what `draw(context, frame, theme)` puts on it.
 * @returns {any} {canvas, paint, placeAt: of a pointer's event, failed: a promise of whether its surface is missing}
 */
export function makeSquare(asked, draw) {
  const canvas = document.createElement("canvas");
  canvas.className = "square";
  const view = windowOf(asked);
  const square = { canvas, relief: null, frame: null, failed: null };
  square.paint = () => {
    const size = sizeOf(canvas);
    if (!size.width) return;
    const theme = themeOf(canvas);
    const context = fit(canvas, size);
    context.clearRect(0, 0, size.width, size.height);
    square.frame = frameOf(size.width, size.height, view, true);
    const { box, x, y } = square.frame;
    if (square.relief) clipped(context, box, () => drawRelief(context, x, y, square.relief, theme));
    if (isPlace(asked.start)) clipped(context, box, () => drawStart(context, square.frame, asked.start, theme));
    drawAxes(context, square.frame, { names: asked.names ?? NAMES }, theme);
    clipped(context, box, () => draw(context, square.frame, theme));
  };
  square.placeAt = (event) => {
    const [px, py] = placeOn(canvas, event);
    const { x, y } = square.frame;
    return [within(x.invert(px), x), within(y.invert(py), y)];
  };
  new ResizeObserver(square.paint).observe(canvas);
  const address = reliefOf(asked);
  if (address)
    square.failed = fetchRelief(address, view).then(
      (relief) => {
        square.relief = relief.flat ? null : relief;
        square.paint();
        return false;
      },
      () => true,
    );
  return square;
}

const within = (value, { low, high }) => Math.min(Math.max(value, low), high);

// A ring is the start, on all pictures.
function drawStart(context, { x, y }, [px, py], theme) {
  context.beginPath();
  context.arc(x(px), y(py), 7, 0, 7);
  for (const [wide, colour] of [
    [6, theme.halo],
    [2.6, theme.ink],
  ]) {
    [context.lineWidth, context.strokeStyle] = [wide, colour];
    context.stroke();
  }
}

/** A line through places. */
export function drawLine(context, { x, y }, places, colour, wide, alpha = 1) {
  context.beginPath();
  for (const [px, py] of places) context.lineTo(x(px), y(py));
  [context.lineWidth, context.strokeStyle, context.globalAlpha] = [wide, colour, alpha];
  [context.lineJoin, context.lineCap] = ["round", "round"];
  context.stroke();
  context.globalAlpha = 1;
}

/** A dot at a place, on a halo. */
export function drawDot(context, { x, y }, [px, py], colour, size, theme, alpha = 1) {
  context.globalAlpha = alpha;
  context.beginPath();
  context.arc(x(px), y(py), size, 0, 7);
  [context.fillStyle, context.strokeStyle, context.lineWidth] = [colour, theme.halo, 2];
  context.fill();
  context.stroke();
  context.globalAlpha = 1;
}

/** How many of the values, by their counts, lie in each of so many bins. */
export function binned(tally, { low, high, log }, count) {
  const place = scale(low, high, 0, count, log);
  const bins = Array(count).fill(0);
  for (const [value, times] of tally) {
    const bin = Math.floor(place(value));
    bins[Math.min(Math.max(bin, 0), count - 1)] += times;
  }
  return bins;
}

/** Bars of a number's votes; `most`: how high the axis goes. */
export function drawBars(canvas, tally, range, most, bins) {
  const size = sizeOf(canvas);
  if (!size.width) return;
  const theme = themeOf(canvas);
  const context = fit(canvas, size);
  context.clearRect(0, 0, size.width, size.height);
  const box = { left: 40, top: 12, right: size.width - 16, bottom: size.height - 34 };
  const x = scale(range.low, range.high, box.left, box.right, range.log);
  const y = scale(0, most, box.bottom, box.top);
  const counts = binned(tally, range, bins);
  const wide = (box.right - box.left) / bins;
  context.fillStyle = theme.accent;
  counts.forEach((count, i) => context.fillRect(box.left + i * wide + 1, y(count), wide - 2, box.bottom - y(count)));
  [context.fillStyle, context.font, context.textAlign, context.textBaseline] = [theme.ink, font(15), "center", "top"];
  context.fillRect(box.left, box.bottom, box.right - box.left, 1.5);
  for (const tick of ticks(range.low, range.high, (box.right - box.left) / 90, range.log)) {
    context.fillRect(x(tick), box.bottom, 1.5, 5);
    context.fillText(number(tick), x(tick), box.bottom + 8);
  }
  [context.textAlign, context.textBaseline] = ["right", "middle"];
  for (const tick of ticks(0, most, Math.min(4, most))) context.fillText(number(tick), box.left - 6, y(tick));
}
