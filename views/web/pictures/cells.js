// A map of cells: what each colour means, and the picture of one lane's map or of several side by side.

import { number, scale, ticks } from "../kit/axes.js";
import { CLASSES, colourOf, font, rgb } from "../kit/look.js";
import { clipped, label } from "../kit/parts.js";
import { filled } from "../kit/terms.js";
import { toned } from "../kit/terrain.js";
import { along, back, NONE } from "./tiles.js";

const NAMES = { "-1": "moving", "-2": "resting", "-3": "left", "-4": "diverged" };
const WON = { "-1": "tie", "-4": "nobody" };
const [LEFT, FOOT, TOP, GAP] = [58, 40, 22, 14]; // pixels around a panel
const PLACES = CLASSES.filter((_, i) => i !== 3); // without the grey, which is what no place is
const QUIET = { minimum: 0, saddle: 0.45, maximum: 0.6, degenerate: 0.45 }; // how much paper is in a place's colour

// Of trainings, from the fast to the slow, and from those barely lost to those lost at once: dark meets light there.
const CONVERGED = ["#e2f2f4", "#9fd0dc", "#4f97bd", "#205a96", "#0b2350"].map(rgb);
const LOST = ["#ffd98a", "#f59a3c", "#c9531f", "#7d2413", "#2e0d0a"].map(rgb);
/** Of a limit, by where the curvature is taken. */
export const DASHES = { minimum: [8, 5], end: [2, 4], first: [14, 4] };
const RANKED = 8192; // values of which the ranks are taken

const mixed = (colour, paper, share) => colour.map((part, i) => Math.round(part + share * (paper[i] - part)));

/** The colour of a name, as red, green, blue. */
export function colourOfName(kind, code, { places, theme }) {
  if (kind === "trained") return (code < 0 ? CONVERGED : LOST)[2];
  const [ink, paper] = [rgb(theme.ink), rgb(theme.paper)];
  if (code >= 0 && kind === "winner") return rgb(colourOf(code, theme));
  if (code >= 0) return mixed(placeColour(places, code, theme), paper, QUIET[places[code]?.kind] ?? 0);
  if (kind === "winner") return mixed(ink, paper, code === -1 ? 0.78 : 0.15);
  return mixed(ink, paper, { "-1": 0.86, "-2": 0.62, "-3": 0.4, "-4": 0.1 }[code]);
}

// Minima first: they have the colours that stand apart most.
function placeColour(places, code, theme) {
  const order = places.map((_, i) => i).sort((a, b) => rankOf(places[a]) - rankOf(places[b]) || a - b);
  const at = order.indexOf(code);
  const colour = rgb(PLACES[at % PLACES.length]);
  return theme.light ? colour : mixed(colour, [255, 255, 255], 0.4);
}

const rankOf = ({ kind }) => ["minimum", "saddle", "maximum", "degenerate"].indexOf(kind);

/** What a name is called. */
export function nameOf(kind, code, { places, lanes, words }) {
  if (kind === "trained") return words[code < 0 ? "trained_yes" : "trained_no"];
  if (kind === "winner")
    return code >= 0 ? (lanes.find(({ number: at }) => at === code)?.label ?? `#${code + 1}`) : words[WON[code]];
  if (code < 0) return words[NAMES[code]];
  const { kind: sort, point } = places[code] ?? { kind: "minimum", point: [] };
  return filled(words[`place_${sort}`], { point: `(${point.map((each) => number(each, 3)).join(", ")})` });
}

/** Whether a measure's cells are names. */
export const isNamed = ({ kind }) => kind === "verdict" || kind === "winner";

/** Whether the cells have names that can be counted. */
export const isCounted = (measure) => isNamed(measure) || measure.kind === "trained";

/** Of trainings: the sizes of those that converged and of those that did not, each in order; of many a sample. */
export function ranksOf(measure, tiles) {
  const all = tiles.reduce((count, tile) => count + tile.rows[measure.name].length * tile.side ** 2, 0);
  const stride = Math.max(1, Math.floor(all / RANKED)) | 1;
  const sizes = [[], []];
  for (const tile of tiles)
    for (const row of tile.rows[measure.name])
      for (let at = 0; at < row.length; at += stride) sizes[row[at] < 0 ? 0 : 1].push(Math.abs(row[at]));
  return sizes.map((each) => Float64Array.from(each).sort());
}

// The share of the sizes that are smaller.
function rankOfSize(sizes, size) {
  let [low, high] = [0, sizes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    sizes[middle] < size ? (low = middle + 1) : (high = middle);
  }
  return sizes.length > 1 ? Math.min(low / (sizes.length - 1), 1) : 0.5;
}

/** The ramps of trainings, from the edge of the scale inwards. */
export const RAMPS = [CONVERGED, [...LOST].reverse()];

function ramped(stops, share) {
  const at = Math.min(share, 1 - 1e-9) * (stops.length - 1);
  return mixed(stops[Math.floor(at)], stops[Math.floor(at) + 1], at % 1);
}

/** The values that a scale goes over: of losses, how far they are above the lowest. */
export function rangeOf(measure, tiles, floor) {
  let [low, high] = [Infinity, -Infinity];
  for (const tile of tiles)
    for (const row of tile.rows[measure.name])
      for (const value of row) {
        const size = measured(measure, value, floor);
        if (size > high) high = size;
        if (size < low) low = size;
      }
  if (low > high) return [1, 10];
  return low === high ? [low / 2, high * 2] : [low, high];
}

const LEAST = 1e-16; // a loss so near to the lowest is there
export const measured = ({ kind }, value, floor) =>
  kind === "loss" ? Math.max(value - floor, LEAST) : Math.max(value, 1);

/** The colour of a value on a scale. */
function shadeOf(measure, value, { range: [low, high], floor, theme }) {
  if (Number.isNaN(value)) return mixed(rgb(theme.ink), rgb(theme.paper), measure.kind === "loss" ? 0.1 : 0.86);
  const share = Math.log(measured(measure, value, floor) / low) / Math.log(high / low);
  return toned(theme, share);
}

/** The colour of a cell. */
export function cellColour(measure, value, look) {
  if (isNamed(measure)) return colourOfName(measure.kind, value, look);
  if (measure.kind !== "trained") return shadeOf(measure, value, look);
  const side = value < 0 ? 0 : 1; // a small sum is a fast one: of those that are lost the fastest stand outermost
  return ramped(RAMPS[side], rankOfSize(look.ranks[side], Math.abs(value)));
}

function painted(tile, measure, row, look) {
  const key = `${measure.name} ${row} ${look.stamp}`;
  if (tile.painted.get(measure.name + row)?.key === key) return tile.painted.get(measure.name + row).canvas;
  const { side } = tile;
  const values = tile.rows[measure.name][row];
  const high = values.length / side;
  const image = new ImageData(side, high);
  const colours = new Map();
  for (let at = 0; at < values.length; at++) {
    const value = values[(high - 1 - Math.floor(at / side)) * side + (at % side)];
    let colour = colours.get(value);
    if (!colour) {
      colour = cellColour(measure, value, look);
      colours.set(value, colour);
    }
    image.data.set(colour, 4 * at);
    image.data[4 * at + 3] = 255;
  }
  const canvas = new OffscreenCanvas(side, high);
  canvas.getContext("2d").putImageData(image, 0, 0);
  tile.painted.set(measure.name + row, { key, canvas });
  return canvas;
}

/** Where the panels stand: one, or one for each lane. */
export function panelsOf(size, rows) {
  const count = rows.length;
  const wide = Math.max(1, Math.round(Math.sqrt((1.6 * count * size.width) / Math.max(size.height, 1))));
  const across = Math.min(count, wide);
  const down = Math.ceil(count / across);
  return rows.map((row, at) => {
    const [i, j] = [at % across, Math.floor(at / across)];
    const [width, height] = [(size.width - LEFT - 8) / across, (size.height - FOOT + 14) / down];
    const left = LEFT + i * width;
    const top = TOP + j * height;
    const box = { left, top, right: left + width - GAP, bottom: top + height - TOP - 14 };
    return { row, box, first: i === 0, last: j === down - 1 || at + across >= count, end: i === across - 1 };
  });
}

/** The scales of a panel, in places along the axes. */
export const scalesOf = ({ box }, view) => ({
  x: scale(view[0], view[1], box.left, box.right),
  y: scale(view[2], view[3], box.bottom, box.top),
});

/** The whole picture; `look`: {measure, tiles, view, axes, theme, …}, see maps.js. */
export function drawCells(context, size, panels, look) {
  const { theme, view, axes } = look;
  context.clearRect(0, 0, size.width, size.height);
  for (const panel of panels) {
    const { box } = panel;
    const { x, y } = scalesOf(panel, view);
    context.fillStyle = theme.panel;
    context.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
    clipped(context, box, () => {
      context.imageSmoothingEnabled = false;
      for (const tile of look.tiles) {
        const [x0, x1, y0, y1] = tile.box;
        const canvas = painted(
          tile,
          look.measure,
          Math.min(panel.row.at, tile.rows[look.measure.name].length - 1),
          look,
        );
        context.drawImage(canvas, x(x0), y(y1), x(x1) - x(x0), y(y0) - y(y1));
      }
      drawTheory(context, panel, { x, y }, look);
    });
    drawEdges(context, panel, { x, y }, axes, theme);
    context.font = font(13, 600);
    [context.textAlign, context.textBaseline, context.fillStyle] = ["left", "bottom", theme.ink];
    context.fillText(panel.row.label, box.left, box.top - 3, box.right - box.left);
  }
}

function drawTheory(context, { row, box }, { x, y }, { theory, axes, theme, words }) {
  for (const { lane, line, best, at } of theory) {
    if (row.number !== null && row.number !== lane) continue;
    const place = ([across, up]) => [x(along(axes[0], across)), y(along(axes[1], up))];
    for (const [colour, width, dash] of [
      [theme.halo, 5, []],
      [theme.ink, 2, DASHES[at]],
    ]) {
      context.beginPath();
      for (const point of line) context.lineTo(...place(point));
      Object.assign(context, { strokeStyle: colour, lineWidth: width });
      context.setLineDash(dash);
      context.stroke();
    }
    context.setLineDash([]);
    if (!best.length) continue;
    const [px, py] = place(best);
    context.beginPath();
    context.arc(px, py, 6, 0, 7);
    Object.assign(context, { strokeStyle: theme.ink, fillStyle: theme.paper, lineWidth: 2 });
    context.fill();
    context.stroke();
    const side = px > (box.left + box.right) / 2 ? -1 : 1;
    label(context, words.polyak, px + 12 * side, py, { align: side > 0 ? "left" : "right", colour: theme.ink, theme });
  }
}

export function drawEdges(context, { box, first, last, end }, { x, y }, axes, theme) {
  context.strokeStyle = context.fillStyle = theme.soft;
  context.lineWidth = 1;
  context.strokeRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  context.font = font(13);
  [context.textAlign, context.textBaseline] = ["center", "top"];
  for (const [tick, text] of marks(axes[0], x, (box.right - box.left) / 80)) {
    context.fillRect(x(tick), box.bottom, 1, 4);
    if (last && box.right - x(tick) > (end ? -1 : 12)) context.fillText(text, x(tick), box.bottom + 5);
  }
  [context.textAlign, context.textBaseline] = ["right", "middle"];
  if (axes[1].name === NONE) return titled(context, box, axes, last, theme);
  for (const [tick, text] of marks(axes[1], y, (box.bottom - box.top) / 50)) {
    context.fillRect(box.left - 4, y(tick), 4, 1);
    if (first) context.fillText(text, box.left - 7, y(tick));
  }
  titled(context, box, axes, last, theme);
  if (!first) return;
  context.save();
  context.translate(12, (box.top + box.bottom) / 2);
  context.rotate(-Math.PI / 2);
  [context.textAlign, context.textBaseline] = ["center", "middle"];
  context.fillText(titleOf(axes[1]), 0, 0);
  context.restore();
}

function titled(context, box, axes, last, theme) {
  context.font = font(14, 600);
  context.fillStyle = theme.ink;
  [context.textAlign, context.textBaseline] = ["right", "bottom"];
  if (last) context.fillText(titleOf(axes[0]), box.right, box.bottom + 38);
}

/** What an axis is called. */
export const titleOf = ({ label: called, symbol }) => `${called} ${symbol}`.trim();

// Round numbers and their places along an axis, with as many digits as tell neighbours apart.
function marks(axis, at, count) {
  const [low, high] = [back(axis, at.low), back(axis, at.high)];
  const found = ticks(low, high, Math.max(count, 2), axis.log).filter((tick) => tick >= low && tick <= high);
  const step = Math.abs(found[1] - found[0]);
  const digits = axis.log || !step ? 3 : Math.ceil(Math.log10(Math.max(...found.map(Math.abs)) / step)) + 2;
  return found.map((tick) => [along(axis, tick), number(tick, Math.min(Math.max(digits, 3), 15))]);
}

/** What is under a spot of the view: the finest tile there and the cell in it; null where there is none yet. */
export function cellAt(tiles, [across, up]) {
  const there = ({ box: [x0, x1, y0, y1] }) => across >= x0 && across < x1 && up >= y0 && up < y1;
  const tile = tiles.findLast(there);
  if (!tile) return null;
  const [x0, x1, y0, y1] = tile.box;
  const i = Math.min(Math.floor(((across - x0) / (x1 - x0)) * tile.side), tile.side - 1);
  const high = tile.header.up.length;
  const j = Math.min(Math.floor(((up - y0) / (y1 - y0)) * high), high - 1);
  return { tile, at: j * tile.side + i, values: [tile.header.across[i], tile.header.up[j]] };
}

/** A cell's value in words.
 * @param {any} measure @param {number} value @param {any} look */
export function told(measure, value, look) {
  const { words } = look;
  if (isNamed(measure)) return nameOf(measure.kind, value, look);
  if (Number.isNaN(value)) return measure.empty;
  if (measure.kind === "trained")
    return filled(words[value < 0 ? "trained_sum" : "trained_inverse"], { value: number(Math.abs(value), 5) });
  if (measure.kind === "loss") return filled(words.loss, { value: number(value) });
  return filled(words.steps, { value });
}
