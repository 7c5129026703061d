// Reading a chart: a pointer, or the arrow keys, reads the nearest point; a click on one that has a name tells Python;
// along an axis of steps a pointer moves the clock. A mark with a grip is dragged, with a pointer or Shift and arrows.

import { number } from "./axes.js";
import { edit } from "./edits.js";
import { clock, seriesAt } from "./together.js";

const REACH = 36; // how far from a point a pointer reads it
const GRAB = 14; // and takes hold of a grip
const NUDGE = 8; // how far Shift and an arrow move it

export function listen(chart) {
  const { canvas } = chart;
  /** @returns {[number, number]} */
  const placeOf = ({ offsetX, offsetY }) => [offsetX / chart.unit, offsetY / chart.unit];
  const under = (event) => gripAt(chart, ...placeOf(event)) ?? nearest(chart, ...placeOf(event));
  canvas.onpointerdown = (event) => {
    const one = event.button ? null : gripAt(chart, ...placeOf(event));
    if (!one) return;
    chart.grip = { ...gripOf(one), last: null };
    canvas.setPointerCapture(event.pointerId);
    leave(chart);
  };
  canvas.onpointermove = (event) => {
    if (chart.grip) return drag(chart, ...placeOf(event));
    seek(chart, event);
    point(chart, under(event));
  };
  canvas.onpointerup = canvas.onpointercancel = () => drop(chart);
  canvas.onpointerleave = canvas.onblur = () => leave(chart);
  canvas.onclick = (event) => choose(chart, under(event));
  const holdStill = (event) => {
    const box = canvas.getBoundingClientRect();
    const { clientX, clientY } = event.touches[0];
    const place = placeOf({ offsetX: clientX - box.left, offsetY: clientY - box.top });
    if (gripAt(chart, ...place)) event.preventDefault(); // the finger moves the mark, not the page
  };
  canvas.addEventListener("touchstart", holdStill, { passive: false });
  canvas.onkeydown = (event) => {
    if (event.shiftKey && nudge(chart, event)) return;
    const way = { ArrowRight: 1, ArrowLeft: -1, Enter: 0 }[event.key];
    const points = pointsOf(chart);
    if (way === undefined || !points.length) return;
    event.preventDefault();
    event.stopPropagation(); // the clock of the page hears the arrows too
    if (!way) return choose(chart, chart.held);
    const place = (chart.held ? points.indexOf(chart.held) : Math.min(-way, 0)) + way;
    point(chart, points.at(place % points.length));
  };
}

// Whoever points at a playing curve does not stop it.
function seek({ header, frame, unit, moving }, event) {
  if (!header?.x.clock || !moving.length || !frame || (clock.playing && !event.buttons)) return;
  const px = event.offsetX / unit;
  if (px >= frame.box.left && px <= frame.box.right) clock.seek(Math.round(frame.x.invert(px) * header.x.clock));
}

// ---- what can be dragged ----------------------------------------------------------------------------------------

const gripOf = ({ each, i }) => each.grips?.[i];

function gripAt(chart, px, py) {
  let [best, least] = [null, GRAB];
  for (const one of pointsOf(chart)) {
    const away = Math.hypot(one.px - px, one.py - py);
    if (gripOf(one) && away < least) [best, least] = [one, away];
  }
  return best;
}

/** What a grip sends from a place on the picture: numbers as they are; x and y, the place seen from its origin, and r,
 * how far away that is, times its scale. */
function sent({ origin: [x0, y0], scale, sends }, { frame: { box, x, y } }, px, py) {
  const inside = (value, low, high) => Math.min(Math.max(value, low), high);
  const [across, up] = [x.invert(inside(px, box.left, box.right)), y.invert(inside(py, box.top, box.bottom))];
  const [dx, dy] = [scale * (across - x0), scale * (up - y0)];
  const told = { x: dx, y: dy, r: Math.hypot(dx, dy) };
  return sends.map((each) => (typeof each === "number" ? each : Number(told[each].toPrecision(3))));
}

function drag(chart, px, py) {
  const { grip, component } = chart;
  grip.last = sent(grip, chart, px, py);
  edit(component, grip.path, grip.last, true);
}

function drop(chart) {
  const { grip, component } = chart;
  chart.grip = null;
  if (grip?.last) edit(component, grip.path, grip.last);
}

function nudge(chart, event) {
  const [dx, dy] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [];
  const grip = chart.held && gripOf(chart.held);
  if (!grip || dx === undefined) return false;
  event.preventDefault();
  event.stopPropagation();
  chart.nudged = pointsOf(chart).indexOf(chart.held);
  edit(chart.component, grip.path, sent(grip, chart, chart.held.px + NUDGE * dx, chart.held.py + NUDGE * dy));
  return true;
}

/** After another drawing: what the keys move stays in hand. */
export function hold(chart) {
  const one = chart.nudged >= 0 && pointsOf(chart)[chart.nudged];
  chart.nudged = -1;
  if (one) point(chart, one);
}

// ---- what can be read -------------------------------------------------------------------------------------------

/** What can be read now: where the clock has not been, nothing. */
function pointsOf(chart) {
  const shown = chart.series.map((each) => seriesAt(each, clock.step));
  chart.points ??= chart.frame ? shown.flatMap((each) => placed(each, chart.frame)) : [];
  return chart.points;
}

function placed(each, { box, x, y }) {
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
  for (const one of pointsOf(chart)) {
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
  canvas.style.cursor = gripOf(held) ? "grab" : held.each.ids ? "pointer" : "default";
}

export function leave(chart) {
  chart.held = null;
  chart.tip.hidden = chart.spot.hidden = true;
}

function choose({ component }, held) {
  const id = held?.each.ids?.[held.i];
  if (id !== undefined) edit(component, held.each.chooses ?? "chosen", id);
}

/** What a chart shows, in words. */
export const said = ({ header, series, frame }) => {
  const axis = (name) => `${header[name].title} ${number(frame[name].low, 3)} … ${number(frame[name].high, 3)}`;
  const names = [...new Set(series.map(({ name }) => name).filter(Boolean))].join(", ");
  return [header.title, axis("y"), axis("x"), names].filter(Boolean).join("; ");
};
