// What lies between the axes of a chart: lines, bands, marks, bars, whiskers, rules, notes, reliefs, regions.

import { colourOf, font, lighter, star } from "./look.js";
import { regions } from "./regions.js";
import { painted } from "./terrain.js";

const FINE = 1.6; // pixels of the page per pixel of a picture of regions

/** A colour as Python names it: the number of a lane, a word of the theme, or what it is on a light ground. */
export function dye(colour, theme) {
  if (typeof colour === "number") return colourOf(colour, theme);
  return theme[colour] ?? (theme.light ? colour : lighter(colour));
}

/** Draw in a series' colour, dash and width. */
export function inColour(context, { colour, dash = [], width = 2, alpha = 1 }, theme, draws) {
  context.save();
  context.strokeStyle = context.fillStyle = dye(colour ?? "soft", theme);
  [context.lineWidth, context.globalAlpha, context.lineJoin] = [width, alpha, "round"];
  context.setLineDash(dash);
  draws();
  context.restore();
}

/** A series between its axes, with its halo; `paler` than it is. */
export function drawSeries(context, frame, each, theme, paler = 1) {
  const drawn = () => KINDS[each.kind](context, frame, each, theme);
  if (each.halo && paler === 1)
    inColour(context, { ...each, colour: "halo", width: each.width + each.halo, dash: [] }, theme, drawn);
  inColour(context, { ...each, alpha: (each.alpha ?? 1) * paler }, theme, drawn);
}

const far = (pixel) => Math.min(Math.max(pixel, -5000), 5000);

export function lineThrough(context, { x, y }, { columns: [across, up], end = "" }) {
  context.beginPath();
  let open = false;
  across.forEach((at, i) => {
    const [px, py] = [x(at), y(up[i])];
    if (!Number.isFinite(px) || !Number.isFinite(py)) return (open = false);
    open ? context.lineTo(far(px), far(py)) : context.moveTo(far(px), far(py));
    open = true;
  });
  context.stroke();
  const last = across.length - 1;
  if (end === "arrow") arrow(context, [x(across[0]), y(up[0])], [x(across[last]), y(up[last])]);
}

function arrow(context, [x0, y0], [x1, y1]) {
  const turn = Math.atan2(y1 - y0, x1 - x0);
  context.beginPath();
  context.moveTo(x1, y1);
  for (const side of [-1, 1])
    context.lineTo(x1 - 13 * Math.cos(turn + side * 0.4), y1 - 13 * Math.sin(turn + side * 0.4));
  context.fill();
}

/** How each kind of series is drawn: (context, frame, series, theme). */
export const KINDS = {
  line: lineThrough,
  band(context, { x, y }, { columns: [across, low, high] }) {
    const known = [...across.keys()].filter((i) => Number.isFinite(y(low[i])) && !Number.isNaN(high[i]));
    context.beginPath();
    for (const i of known) context.lineTo(x(across[i]), far(y(high[i])));
    for (const i of known.reverse()) context.lineTo(x(across[i]), far(y(low[i])));
    context.fill();
  },
  marks(context, { x, y }, each, theme) {
    each.columns[0].forEach((at, i) => {
      const [px, py] = [x(at), y(each.columns[1][i])];
      if (Number.isFinite(px) && Number.isFinite(py))
        sign(context, each.symbol, px, py, each.columns[2]?.[i] ?? each.size, each, theme);
    });
  },
  bars(context, { x, y }, { columns: [across, heights], room, open }) {
    const wide = Math.max((x(room) - x(0)) * 0.9, 1);
    across.forEach((at, i) => {
      const [top, foot] = [Math.min(y(heights[i]), y(0)), Math.max(y(heights[i]), y(0))];
      open
        ? context.strokeRect(x(at) - wide / 2, top, wide, foot - top)
        : context.fillRect(x(at) - wide / 2, top, wide, foot - top);
    });
  },
  whiskers(context, { x, y }, { columns: [across, low, high] }) {
    context.beginPath();
    across.forEach((at, i) => {
      for (const end of [low[i], high[i]]) {
        context.moveTo(x(at) - 4, far(y(end)));
        context.lineTo(x(at) + 4, far(y(end)));
      }
      context.moveTo(x(at), far(y(low[i])));
      context.lineTo(x(at), far(y(high[i])));
    });
    context.stroke();
  },
  rule(context, { box, x, y }, { columns: [at], upright }) {
    context.beginPath();
    context.moveTo(...(upright ? [x(at[0]), box.top] : [box.left, y(at[0])]));
    context.lineTo(...(upright ? [x(at[0]), box.bottom] : [box.right, y(at[0])]));
    context.stroke();
  },
  note(context, { x, y }, { columns: [[across], [up]], text, align }, theme) {
    [context.font, context.textAlign, context.textBaseline] = [font(13, 600), align, "middle"];
    [context.lineWidth, context.strokeStyle] = [4, theme.halo];
    context.strokeText(text, x(across), y(up));
    context.fillText(text, x(across), y(up));
  },
  heat(context, { x, y }, { window: [x0, x1, y0, y1], nx, ny, columns: [shares, , ...lines] }, theme) {
    const relief = { nx, ny, shares: Uint16Array.from(shares, (share) => 65535 * share) };
    context.drawImage(painted(relief, theme), x(x0), y(y1), x(x1) - x(x0), y(y0) - y(y1));
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    for (let i = 0; i < lines.length; i += 2) lineThrough(context, { x, y }, { columns: [lines[i], lines[i + 1]] });
  },
  regions(context, { x, y }, { window: [x0, x1, y0, y1], nx, ny, classes, columns: [chances] }, theme) {
    const [left, top, wide, high] = [x(x0), y(y1), x(x1) - x(x0), y(y0) - y(y1)];
    const [width, height] = [wide, high].map((room) => Math.max(Math.round(room / FINE), 8));
    const canvas = new OffscreenCanvas(width, height);
    const image = regions({ nx, ny, classes, levels: 1 }, (i) => chances[i], width, height, theme);
    canvas.getContext("2d").putImageData(image, 0, 0);
    context.drawImage(canvas, left, top, wide, high);
  },
};

const corners = (turn, ...radii) =>
  radii.map((radius, i) => [
    radius * Math.cos(turn + (2 * Math.PI * i) / radii.length),
    radius * Math.sin(turn + (2 * Math.PI * i) / radii.length),
  ]);
const OUTLINES = {
  square: corners(Math.PI / 4, 1.2, 1.2, 1.2, 1.2),
  diamond: corners(0, 1.25, 1.25, 1.25, 1.25),
  tall: corners(0, 0.8, 1.5, 0.8, 1.5),
  triangle: corners(-Math.PI / 2, 1.3, 1.3, 1.3),
  pentagon: corners(-Math.PI / 2, 1.15, 1.15, 1.15, 1.15, 1.15),
};

/** A mark about a pixel: full with a rim, or open, or strokes. */
export function sign(context, symbol, px, py, size, { open, rim }, theme) {
  context.setLineDash([]);
  context.beginPath();
  if (symbol === "cross" || symbol === "plus") {
    const turn = symbol === "cross" ? Math.PI / 4 : 0;
    for (const [dx, dy] of corners(turn, size, size)) {
      for (const [sx, sy] of [
        [dx, dy],
        [-dy, dx],
      ]) {
        context.moveTo(px - sx, py - sy);
        context.lineTo(px + sx, py + sy);
      }
    }
    return context.stroke();
  }
  if (symbol === "star") star(context, px, py, 1.3 * size);
  else if (OUTLINES[symbol]) for (const [dx, dy] of OUTLINES[symbol]) context.lineTo(px + dx * size, py + dy * size);
  else context.arc(px, py, size, 0, 7);
  context.closePath();
  if (!open) context.fill();
  else if (open === "paper") ([context.fillStyle, context.globalAlpha] = [theme.paper, 1]), context.fill();
  if (rim) context.strokeStyle = theme.paper;
  if (open || rim) context.stroke();
}
