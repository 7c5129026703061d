// The frame of a chart: what its axes show, where names stand, and how that is drawn.

import { number, scale, ticks } from "./axes.js";
import { font } from "./look.js";
import { dye, inColour, lineThrough, sign } from "./series.js";

const [TEXT, ROW, GAP] = [13, 18, 14]; // of all words; a row of them; between two of a row
const SAMPLE = 26; // of a line or a mark, beside its name
const ENDS = 0.2; // of the width: so much at most for names at the ends of lines

/** What an axis shows: what Python says, and else all there is with a margin.
 * @returns {[number, number]} */
export function span({ low, high, log }, values) {
  const known = values.filter((value) => Number.isFinite(value) && (!log || value > 0));
  let [least, most] = known.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, -Infinity]);
  if (least > most) [least, most] = log ? [0.1, 1] : [0, 1];
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
  const places = (axis.log ? powers(low, high, fits) : ticks(low, high, fits)).filter(
    (tick) => tick >= low && tick <= high,
  );
  const step = Math.abs(places[1] - places[0]);
  const size = Math.max(...places.map(Math.abs));
  const digits = axis.log || !(step > 0) ? 3 : Math.min(Math.max(Math.ceil(Math.log10(size / step)) + 2, 3), 9);
  return places.filter((tick) => !axis.whole || Number.isInteger(tick)).map((tick) => [tick, number(tick, digits)]);
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
  const entries = [...(header.y.title ? [{ text: header.y.title, title: true }] : [])];
  if (!atEnds) entries.push(...named.map((each) => ({ text: each.name, each })));
  const [xs, ys] = [span(header.x, all(series, "x")), span(header.y, all(series, "y"))];
  const up = marksOf(header.y, ys, size.height - 70, 34);
  context.font = font(TEXT - 1);
  const left = Math.max(40, widest(context, up, ([, text]) => text) + 12);
  const right = size.width - (atEnds ? names : 14);
  const rows = flowed(context, entries, left, size.width - 8);
  const top = rows.length * ROW + 6;
  const across = marksOf(header.x, xs, right - left, 62);
  const title = context.measureText(header.x.title).width + 2 * GAP;
  const staggered =
    Boolean(header.x.ticks) && widest(context, across, ([, text]) => text) > (0.86 * (right - left)) / across.length;
  const under = staggered || title > 0.3 * (right - left); // no room for the title beside the numbers
  const below = { staggered, under, title };
  const box = { left, top, right, bottom: size.height - 24 - (staggered ? 15 : 0) - (under ? 15 : 0) };
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
    across: header.equal ? marksOf(header.x, along, right - left, 62) : across,
    up: header.equal ? marksOf(header.y, high, box.bottom - top, 34) : up,
  };
}

// The entries of the legend in rows, each with its place.
function flowed(context, entries, left, right) {
  const rows = [];
  let at = Infinity;
  for (const entry of entries) {
    context.font = font(TEXT, entry.title ? 600 : 400);
    const wide = context.measureText(entry.text).width + (entry.title ? 0 : SAMPLE + 6);
    if (at + wide > right) {
      rows.push([]);
      at = left;
    }
    rows.at(-1).push({ ...entry, at });
    at += wide + GAP;
  }
  return rows;
}

/** Ground, grid, numbers and titles. */
export function drawAxes(context, size, { box, x, y, across, up, below }, header, theme) {
  context.fillStyle = theme.panel;
  context.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  [context.font, context.textAlign, context.textBaseline] = [font(TEXT - 1), "right", "middle"];
  for (const [tick, text] of up) {
    context.fillStyle = theme.faint;
    context.fillRect(box.left, y(tick) - 0.5, box.right - box.left, 1);
    context.fillStyle = theme.soft;
    context.fillText(text, box.left - 6, y(tick));
  }
  context.textAlign = "center";
  const line = box.bottom + 13;
  let free = -Infinity;
  across.forEach(([tick, text], i) => {
    const half = context.measureText(text).width / 2;
    const px = Math.min(x(tick), size.width - half - 1);
    const taken =
      !below.staggered && (px - half < free + 6 || (!below.under && px + half > size.width - 4 - below.title + GAP));
    if (taken || x(tick) < box.left - 1 || x(tick) > box.right + 1) return;
    free = px + half;
    context.fillStyle = theme.soft;
    context.fillRect(x(tick) - 0.5, box.bottom, 1, 4);
    context.fillText(text, px, line + (below.staggered && i % 2 ? 15 : 0));
  });
  [context.font, context.textAlign, context.fillStyle] = [font(TEXT - 1, 600), "right", theme.ink];
  context.fillText(header.x.title, below.under ? box.right : size.width - 4, below.under ? size.height - 9 : line);
}

/** A row of the legend. */
export function drawRow(context, [row, entries], theme) {
  const middle = row * ROW + ROW / 2;
  for (const { at, text, title, each } of entries) {
    if (!title) drawSample(context, each, at, middle, theme);
    [context.font, context.textAlign, context.textBaseline, context.fillStyle] = [
      font(TEXT, title ? 600 : 400),
      "left",
      "middle",
      theme.ink,
    ];
    context.fillText(text, at + (title ? 0 : SAMPLE + 6), middle);
  }
}

/** What a series looks like, beside its name. */
export function drawSample(context, each, at, middle, theme) {
  const plain = { x: Number, y: Number };
  const columns = [
    [at, at + SAMPLE],
    [middle, middle],
  ];
  const sample = {
    line: () => lineThrough(context, plain, { ...each, columns }),
    marks: () => sign(context, each.symbol, at + SAMPLE / 2, middle, Math.min(each.size, 6), each, theme),
    bars: () => context.fillRect(at + 6, middle - 6, 14, 12),
  };
  inColour(context, { ...each, alpha: 1 }, theme, sample[each.kind]);
}

/** Names at the ends of their lines, apart from each other. */
export function drawEnds(context, { box, y, ends }, theme) {
  const last = ({ columns }) => y(columns[1].findLast((value) => Number.isFinite(y(value))) ?? y.low);
  const placed = ends
    .map((each) => ({ each, py: Math.min(Math.max(last(each), box.top + 6), box.bottom - 6) }))
    .sort((a, b) => a.py - b.py);
  placed.forEach((one, i) => {
    const most = box.bottom - 6 - ROW * (placed.length - 1 - i);
    one.py = Math.max(Math.min(one.py, most), i ? placed[i - 1].py + ROW - 2 : 0);
    [context.font, context.textAlign, context.textBaseline, context.fillStyle] = [
      font(TEXT, 600),
      "left",
      "middle",
      dye(one.each.colour, theme),
    ];
    context.fillText(one.each.name, box.right + 6, one.py);
  });
}
