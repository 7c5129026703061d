// A chart without a clock: axes, and between them the series that Python sends, in the look of all other pictures. A
// pointer, or the arrow keys, reads the nearest point; a click on one that has a name tells Python.

import { number } from "./axes.js";
import { answered, edit } from "./edits.js";
import { drawAxes, drawEnds, drawRow, frameOf } from "./frame.js";
import { themeOf } from "./look.js";
import { clipped, fit, sizeOf } from "./parts.js";
import { inColour, KINDS } from "./series.js";
import { unpack } from "./wire.js";

const REACH = 36; // how far from a point a pointer reads it

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
  clipped(context, frame.box, () => {
    for (const each of chart.series) {
      const drawn = () => KINDS[each.kind](context, frame, each, theme);
      if (each.halo)
        inColour(context, { ...each, colour: "halo", width: each.width + each.halo, dash: [] }, theme, drawn);
      inColour(context, each, theme, drawn);
    }
  });
  drawEnds(context, frame, theme);
  for (const row of frame.rows.entries()) drawRow(context, row, theme);
  chart.points = chart.series.flatMap((each) => pointsOf(each, frame));
  canvas.setAttribute("aria-label", said(chart));
  root.dataset.painted = Number(root.dataset.painted ?? 0) + 1;
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
