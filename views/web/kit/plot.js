// A chart without a clock: axes, and between them the series that Python sends, in the look of all other pictures. A
// pointer, or the arrow keys, reads the nearest point; a click on one that has a name tells Python.

import { number, scale, ticks } from "./axes.js";
import { answered, edit } from "./edits.js";
import { colourOf, font, star, themeOf } from "./look.js";
import { fit, sizeOf } from "./parts.js";
import { unpack } from "./wire.js";

const [TEXT, ROW, GAP] = [13, 18, 14]; // of all words; a row of them; between two of a row
const SAMPLE = 26; // of a line or a mark, beside its name
const REACH = 36; // pixels: how far from a point a pointer reads it
const ENDS = 0.2; // of the width: so much at most for names at the ends of lines
const LIGHTER = 0.45; // of white, in what is not a lane's colour, on a dark ground

const charts = new WeakMap();

export async function mount(component) {
  const element = component.parentElement;
  const chart = charts.get(element) ?? build(element.querySelector(".plot"));
  charts.set(element, chart);
  chart.component = component;
  const ticket = (chart.ticket = (chart.ticket ?? 0) + 1);
  const { header, floats } = await unpack(component.data);
  if (ticket !== chart.ticket) return; // newer data overtook this one
  let at = 0;
  const taken = (count) => floats.subarray(at, (at += count));
  chart.header = header;
  chart.series = header.series.map((each) => ({ ...each, columns: each.counts.map(taken) }));
  chart.root.style.height = `${header.height / 16}rem`;
  leave(chart);
  draw(chart);
  answered();
}

export function unmount(element) {
  charts.get(element)?.close();
  charts.delete(element);
}

function build(root) {
  root.innerHTML = `<canvas role="img" tabindex="0"></canvas>
    <i class="spot" hidden></i><output class="tip" hidden></output>`;
  const [canvas, spot, tip] = root.children;
  /** @type {any} */
  const chart = { root, canvas, spot, tip, series: [] };
  const again = () => draw(chart);
  const watcher = new ResizeObserver(again);
  watcher.observe(root);
  const themes = new MutationObserver(() => requestAnimationFrame(again));
  themes.observe(document.head, { childList: true });
  const under = ({ offsetX, offsetY }) => nearest(chart, offsetX / chart.unit, offsetY / chart.unit);
  canvas.onpointermove = (event) => point(chart, under(event));
  canvas.onpointerleave = canvas.onblur = () => leave(chart);
  canvas.onclick = (event) => choose(chart, under(event));
  canvas.onkeydown = (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1, Enter: 0 }[event.key];
    if (way === undefined || !chart.points?.length) return;
    event.preventDefault();
    event.stopPropagation(); // a clock on the same page hears the arrows too
    if (!way) return choose(chart, chart.held);
    const place = (chart.held ? chart.points.indexOf(chart.held) : Math.min(-way, 0)) + way;
    point(chart, chart.points.at(place % chart.points.length));
  };
  chart.close = () => {
    watcher.disconnect();
    themes.disconnect();
  };
  return chart;
}

// ---- axes --------------------------------------------------------------------------------------------------------

/** What an axis shows: what Python says, and else all there is with a margin.
 * @returns {[number, number]} */
function span({ low, high, log }, values) {
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

// Powers of ten, and what lies between them as far as there is room.
function powers(low, high, most) {
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
function frameOf(context, size, { header, series }) {
  const named = header.legend ? series.filter(({ name }) => name) : [];
  context.font = font(TEXT, 600);
  const names = widest(context, named, ({ name }) => name) + 16;
  const atEnds =
    named.length > 0 &&
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

// ---- drawing -----------------------------------------------------------------------------------------------------

/** A colour as Python names it: the number of a lane, a word of the theme, or what it is on a light ground. */
function dye(colour, theme) {
  if (typeof colour === "number") return colourOf(colour, theme);
  if (theme[colour] || theme.light) return theme[colour] ?? colour;
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return `rgb(${parts.map((part) => Math.round(part + (255 - part) * LIGHTER))})`;
}

function draw(chart) {
  const { root, canvas, header } = chart;
  const size = sizeOf(root);
  if (!header || !size.width || size.height < 60) return;
  chart.unit = root.clientWidth / size.width; // pixels
  const theme = themeOf(root);
  const context = fit(canvas, size);
  context.clearRect(0, 0, size.width, size.height);
  const frame = (chart.frame = frameOf(context, size, chart));
  drawAxes(context, size, frame, header, theme);
  const { box } = frame;
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  context.clip();
  for (const each of chart.series) {
    const drawn = () => KINDS[each.kind](context, frame, each, theme);
    if (each.halo)
      inColour(context, { ...each, colour: "halo", width: each.width + each.halo, dash: [] }, theme, drawn);
    inColour(context, each, theme, drawn);
  }
  context.restore();
  drawEnds(context, frame, theme);
  for (const row of frame.rows.entries()) drawRow(context, row, theme);
  chart.points = chart.series.flatMap((each) => pointsOf(each, frame));
  canvas.setAttribute("aria-label", said(chart));
  root.dataset.painted = Number(root.dataset.painted ?? 0) + 1;
}

function inColour(context, { colour, dash = [], width = 2, alpha = 1 }, theme, draws) {
  context.save();
  context.strokeStyle = context.fillStyle = dye(colour ?? "soft", theme);
  [context.lineWidth, context.globalAlpha, context.lineJoin] = [width, alpha, "round"];
  context.setLineDash(dash);
  draws();
  context.restore();
}

function drawAxes(context, size, { box, x, y, across, up, below }, header, theme) {
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

function drawRow(context, [row, entries], theme) {
  const middle = row * ROW + ROW / 2;
  for (const { at, text, title, each } of entries) {
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
    if (!title) inColour(context, { ...each, alpha: 1 }, theme, sample[each.kind]);
    [context.font, context.textAlign, context.textBaseline, context.fillStyle] = [
      font(TEXT, title ? 600 : 400),
      "left",
      "middle",
      theme.ink,
    ];
    context.fillText(text, at + (title ? 0 : SAMPLE + 6), middle);
  }
}

// Names at the ends of their lines, apart from each other.
function drawEnds(context, { box, y, ends }, theme) {
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

const far = (pixel) => Math.min(Math.max(pixel, -5000), 5000);

function lineThrough(context, { x, y }, { columns: [across, up], end = "" }) {
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

const KINDS = {
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
    [context.font, context.textAlign, context.textBaseline] = [font(TEXT, 600), align, "middle"];
    [context.lineWidth, context.strokeStyle] = [4, theme.halo];
    context.strokeText(text, x(across), y(up));
    context.fillText(text, x(across), y(up));
  },
  heat(context, { x, y }, { window: [x0, x1, y0, y1], nx, ny, columns: [shares, , ...lines] }, theme) {
    context.drawImage(painted(nx, ny, shares, theme), x(x0), y(y1), x(x1) - x(x0), y(y0) - y(y1));
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    for (let i = 0; i < lines.length; i += 2) lineThrough(context, { x, y }, { columns: [lines[i], lines[i + 1]] });
  },
};

// The colours of the maps of the other pages.
function painted(nx, ny, shares, theme) {
  const canvas = new OffscreenCanvas(nx, ny);
  const image = new ImageData(nx, ny);
  const stops = theme.ground ?? [theme.low, theme.high];
  shares.forEach((share, i) => {
    const at = share * (stops.length - 1);
    const [under, over] = [stops[Math.floor(at)], stops[Math.ceil(at)]];
    const colour = under.map((value, part) => value + (over[part] - value) * (at % 1));
    image.data.set([...colour, 255], 4 * ((ny - 1 - Math.floor(i / nx)) * nx + (i % nx)));
  });
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}

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
function sign(context, symbol, px, py, size, { open, rim }, theme) {
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

// ---- reading -----------------------------------------------------------------------------------------------------

function pointsOf(each, { box, x, y }) {
  if (each.mute || !["line", "marks", "bars"].includes(each.kind)) return [];
  return Array.from(each.columns[0], (at, i) => ({
    each,
    i,
    at: [at, each.columns[1][i]],
    px: x(at),
    py: y(each.columns[1][i]),
  })).filter(({ px, py }) => px >= box.left - 1 && px <= box.right + 1 && py >= box.top - 1 && py <= box.bottom + 1);
}

function nearest(chart, px, py) {
  let [best, least] = [null, REACH];
  for (const one of chart.points ?? []) {
    const away = Math.hypot(one.px - px, one.py - py);
    if (away < least) [best, least] = [one, away];
  }
  return best ?? onGround(chart, px, py);
}

// On a relief: the value of the nearest node.
function onGround({ series, frame }, px, py) {
  const ground = series.find(({ kind, mute }) => kind === "heat" && !mute);
  if (!ground || !frame || px < frame.box.left || px > frame.box.right || py < frame.box.top || py > frame.box.bottom)
    return null;
  const at = [frame.x.invert(px), frame.y.invert(py)];
  const [x0, x1, y0, y1] = ground.window;
  const column = Math.round(((at[0] - x0) / (x1 - x0)) * (ground.nx - 1));
  const row = Math.round(((at[1] - y0) / (y1 - y0)) * (ground.ny - 1));
  const value =
    column >= 0 && row >= 0 && column < ground.nx && row < ground.ny && ground.columns[1][row * ground.nx + column];
  return { each: ground, px, py, at, text: `${number(at[0], 3)}, ${number(at[1], 3)}\nL ≈ ${number(value, 3)}` };
}

function words({ header }, { each, i, at, text }) {
  const told = (axis, value) =>
    header[axis].ticks?.find(([tick]) => Math.abs(tick - value) < 1e-6)?.[1] ?? number(value);
  const name = each.name ? `${each.name}\n` : "";
  return text ?? each.hover?.[i] ?? `${name}${told("x", at[0])}, ${told("y", at[1])}`;
}

function point(chart, held) {
  if (!held) return leave(chart);
  const { tip, spot, root, canvas, unit } = chart;
  const [px, py] = [held.px * unit, held.py * unit];
  chart.held = held;
  tip.hidden = spot.hidden = false;
  tip.textContent = words(chart, held);
  const left = Math.min(px + 12, root.clientWidth - tip.offsetWidth - 2);
  const top = py - tip.offsetHeight - 10;
  [tip.style.left, tip.style.top] = [`${Math.max(left, 0)}px`, `${top < 0 ? py + 14 : top}px`];
  [spot.style.left, spot.style.top] = [`${px}px`, `${py}px`];
  canvas.style.cursor = held.each.ids ? "pointer" : "default";
}

function leave(chart) {
  chart.held = null;
  chart.tip.hidden = chart.spot.hidden = true;
}

function choose({ component }, held) {
  const id = held?.each.ids?.[held.i];
  if (id !== undefined) edit(component, "chosen", id);
}

const said = ({ header, series, frame }) => {
  const axis = (name) => `${header[name].title} ${number(frame[name].low, 3)} … ${number(frame[name].high, 3)}`;
  const names = [...new Set(series.map(({ name }) => name).filter(Boolean))].join(", ");
  return [header.title, axis("y"), axis("x"), names].filter(Boolean).join("; ");
};
