// The picture of one lane's map, or of several side by side.

import { scale } from "../kit/axes.js";
import { font } from "../kit/look.js";
import { clipped, label } from "../kit/parts.js";
import { cellColour } from "./colours.js";
import { drawEdges } from "./edges.js";
import { along } from "./tiles.js";

const [LEFT, FOOT, TOP, GAP] = [58, 40, 22, 14]; // pixels around a panel

/** Of a limit, by where the curvature is taken. */
export const DASHES = { minimum: [8, 5], end: [2, 4], first: [14, 4] };

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

export function painted(tile, measure, row, look) {
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
