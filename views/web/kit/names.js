// The names of what a chart shows: in rows above it, or at the ends of its lines.

import { font } from "./look.js";
import { dye, inColour, lineThrough, sign } from "./series.js";

export const [TEXT, ROW, GAP] = [13, 18, 14]; // of all words; a row of them; between two of a row
const SAMPLE = 26; // of a line or a mark, beside its name

/** The entries of the legend in rows, each with its place. */
export function flowed(context, entries, left, right) {
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
