// The frame of every chart: what its axes show, and how they are drawn.

import { number, scale, ticks } from "./axes.js";
import { font } from "./look.js";
import { flowed, GAP, ROW, TEXT } from "./names.js";
import { presented } from "./presented.js";

/** Pixels around the box of a chart. */
export const [TOP, FOOT, LEFT] = [8, 22, 52];
const [ACROSS, UP] = [62, 30]; // pixels that a number on an axis has to itself
const DECADES = 12; // that a logarithmic axis shows at most
const ENDS = 0.2; // of the width: so much at most for names at the ends of lines

/** What an axis shows: what Python says, and else all there is with a margin.
 * @returns {[number, number]} */
export function span({ low, high, log }, values) {
  const known = values.filter((value) => Number.isFinite(value) && (!log || value > 0));
  let [least, most] = known.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, -Infinity]);
  if (least > most) [least, most] = log ? [0.1, 1] : [0, 1];
  if (log) least = Math.max(least, most * 10 ** -DECADES);
  if (log) [least, most] = least < most * 0.999 ? [least / 1.2, most * 1.2] : [least / 3, most * 3];
  else {
    const margin = 0.05 * (most - least || Math.abs(most) || 1);
    [least, most] = [least - margin, most + margin];
  }
  return [low ?? least, high ?? most];
}

const all = (series, axis) =>
  series.flatMap(({ columns, reaches }) => reaches[axis].flatMap((i) => Array.from(columns[i])));

// Both axes with the same pixels per unit, by widening one.
function equalised([x0, x1], [y0, y1], wide, high) {
  const unit = Math.max((x1 - x0) / wide, (y1 - y0) / high);
  /** @returns {[number, number]} */
  const about = (a, b, room) => [(a + b - unit * room) / 2, (a + b + unit * room) / 2];
  return [about(x0, x1, wide), about(y0, y1, high)];
}

function marksOf(axis, [low, high], room, every) {
  if (axis.ticks) return axis.ticks;
  const fits = Math.max(room / every, 2);
  const places = axis.log ? powers(low, high, fits) : ticks(low, high, fits);
  const inside = places.filter((tick) => tick >= low && tick <= high && (!axis.whole || Number.isInteger(tick)));
  return written(inside, axis.log);
}

// As many digits as tell neighbours apart.
function written(places, log) {
  const step = Math.abs(places[1] - places[0]);
  const needed = log || !(step > 0) ? 3 : Math.ceil(Math.log10(Math.max(...places.map(Math.abs)) / step)) + 2;
  return places.map((place) => [place, number(place, Math.min(Math.max(needed, 3), 9))]);
}

/** Powers of ten, and what lies between them as far as there is room. */
export function powers(low, high, most) {
  const decades = Array.from(
    { length: Math.floor(Math.log10(high / low)) + 2 },
    (_, i) => 10 ** (Math.floor(Math.log10(low)) + i),
  );
  const inside = ([...digits]) =>
    decades
      .flatMap((power) => digits.map((digit) => Number(digit) * power))
      .filter((tick) => tick >= low && tick <= high);
  const fitting = ["123456789", "125", "13"].map(inside).find((found) => found.length <= most);
  return fitting?.length > 1 ? fitting : ticks(low, high, most, high / low > 10);
}

const widest = (context, all, textOf) => Math.max(0, ...all.map((each) => context.measureText(textOf(each)).width));

/** Where everything stands: {box, x, y, across, up, rows, ends, below}. */
export function frameOf(context, size, { header, series }) {
  const named = header.legend ? series.filter(({ name }) => name) : [];
  context.font = font(TEXT, 600);
  const names = widest(context, named, ({ name }) => name) + 16;
  const atEnds =
    named.length > 0 &&
    !series.some(({ time }) => time) && // it would say where a run ends before it has got there
    names < ENDS * size.width &&
    named.every(({ kind, columns }) => kind === "line" && columns[0].length > 2);
  const titles = [presented ? header.title : "", header.y.title].filter(Boolean); // the page's own is not on the screen
  const entries = titles.map((text) => ({ text, title: true }));
  if (!atEnds) entries.push(...named.map((each) => ({ text: each.name, each })));
  const [xs, ys] = [span(header.x, all(series, "x")), span(header.y, all(series, "y"))];
  const up = marksOf(header.y, ys, size.height - 70, UP);
  context.font = font(TEXT - 1);
  const left = Math.max(40, widest(context, up, ([, text]) => text) + 12);
  const right = size.width - (atEnds ? names : 14);
  const rows = flowed(context, entries, left, size.width - 8);
  const top = rows.length * ROW + 6;
  const across = marksOf(header.x, xs, right - left, ACROSS);
  const title = context.measureText(header.x.title).width + 2 * GAP;
  const staggered =
    Boolean(header.x.ticks) && widest(context, across, ([, text]) => text) > (0.86 * (right - left)) / across.length;
  const under = staggered || title > 0.3 * (right - left); // no room for the title beside the numbers
  const below = { staggered, under, title };
  const box = { left, top, right, bottom: size.height - FOOT - (staggered ? 15 : 0) - (under ? 15 : 0) };
  const [along, high] = header.equal ? equalised(xs, ys, right - left, box.bottom - top) : [xs, ys];
  const x = scale(...along, left, right, header.x.log);
  const y = scale(...high, box.bottom, top, header.y.log);
  return {
    box,
    x,
    y,
    rows,
    below,
    ends: atEnds ? named : [],
    across: header.equal ? marksOf(header.x, along, right - left, ACROSS) : across,
    up: header.equal ? marksOf(header.y, high, box.bottom - top, UP) : up,
  };
}

/**
 * The frame of a picture that says what its axes show, drawn. An axis is {low, high, log, whole, title}; it may have
 * its own `ticks`, and upwards its own `place`. top, right: what is free there; strip: so much at the foot is no axis.
 */
export function drawFrame(context, size, { x, y, top = TOP, right = 12, strip = 0 }, theme) {
  context.clearRect(0, 0, size.width, size.height);
  context.font = font(TEXT - 1);
  const bottom = size.height - FOOT;
  const marks = (axis, room, every) =>
    axis.ticks ? written(axis.ticks, axis.log) : marksOf(axis, [axis.low, axis.high], room, every);
  const up = marks(y, bottom - strip - top, UP);
  const box = {
    left: Math.max(LEFT, widest(context, up, ([, text]) => text) + 10),
    top,
    right: size.width - right,
    bottom,
  };
  const frame = {
    box,
    x: scale(x.low, x.high, box.left, box.right, x.log),
    y: y.place ?? scale(y.low, y.high, bottom - strip, top, y.log),
    across: marks(x, box.right - box.left, ACROSS),
    up,
    below: { staggered: false, under: false, title: x.title ? context.measureText(x.title).width + 2 * GAP : 0 },
  };
  drawAxes(context, size, frame, x.title, theme);
  return frame;
}

/** Ground, grid, numbers and titles. */
export function drawAxes(context, size, { box, x, y, across, up, below }, title, theme) {
  context.fillStyle = theme.panel;
  context.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  [context.font, context.textAlign, context.textBaseline] = [font(TEXT - 1), "right", "middle"];
  const taken = [];
  for (const [tick, text] of up) {
    const py = y(tick);
    if (py < box.top - 1 || py > box.bottom + 1 || taken.some((other) => Math.abs(other - py) < TEXT)) continue;
    taken.push(py);
    context.fillStyle = theme.faint;
    context.fillRect(box.left, py - 0.5, box.right - box.left, 1);
    context.fillStyle = theme.soft;
    context.fillText(text, box.left - 6, py);
  }
  context.textAlign = "center";
  const line = box.bottom + 13;
  let free = -Infinity;
  across.forEach(([tick, text], i) => {
    const half = context.measureText(text).width / 2;
    const px = Math.min(x(tick), size.width - half - 1);
    const covered =
      !below.staggered && (px - half < free + 6 || (!below.under && px + half > size.width - 4 - below.title + GAP));
    if (covered || x(tick) < box.left - 1 || x(tick) > box.right + 1) return;
    free = px + half;
    context.fillStyle = theme.soft;
    context.fillRect(x(tick) - 0.5, box.bottom, 1, 4);
    context.fillText(text, px, line + (below.staggered && i % 2 ? 15 : 0));
  });
  [context.font, context.textAlign, context.fillStyle] = [font(TEXT - 1, 600), "right", theme.ink];
  if (title) context.fillText(title, below.under ? box.right : size.width - 4, below.under ? size.height - 9 : line);
}
