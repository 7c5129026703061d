// Loss, gradient norm, learning rate and sharpness against the step: small charts that share the clock.

import { number, scale, ticks } from "./axes.js";
import { frameAt, horizon } from "./clock.js";
import { drawCrossings, drawEvents } from "./events.js";
import { colourOf, dashOf, font, marker } from "./look.js";
import { button, clipped } from "./parts.js";

// What is marked on a curve: whether there is any of it, and how.
const EVENTS = {
  marked: ({ outcome }, _name) => outcome && (outcome.bursts?.length || outcome.stuck_from >= 0),
  marks: drawEvents,
};
const CROSSINGS = { marked: (lane, name) => lane.crossings?.[name]?.length, marks: drawCrossings };

const ROW = 20; // pixels above the curves for what is said of the marks on them
const STRIP = 30; // pixels under a log axis for what lies below its zero
const BEYOND = 30; // times the highest limit: what is farther above it is as good as any

/** Axes of one chart: {box, foot, shifted, x, y, values(lane), limits(lane), reach(lane, column), second(lane),
 * around(lane), place(value), marks}. Where a loss is lower than the lowest known one by more than its slack, a strip
 * lies between the axis's foot and the bottom.
 * @param {{width: number, height: number}} size @param {any[]} lanes @param {Payload.Charted} curve
 * @param {number} last @param {boolean} log */
function chartFrame(size, lanes, curve, last, log) {
  const { name, above, slack, signed, beside, limit, events } = curve;
  const { marks, marked } = { ...(limit && CROSSINGS), ...(events && EVENTS) };
  const box = {
    left: 56,
    top: marked && lanes.some((lane) => marked(lane, name)) ? 8 + ROW : 8,
    right: size.width - 12,
    bottom: size.height - 24,
  };
  const counted = `${name}_above`; // the same less the lowest known one: the digits that count near it
  const shifted = log && above && lanes.some((lane) => lane.columns[counted]);
  const drawn = shifted ? counted : name;
  const values = (lane) => lane.columns[drawn][0];
  const limits = limit && ((lane) => lane.columns[limit][0]);
  const reach = (lane, column = drawn) =>
    lane.columns[`${column}_least`] && ["least", "most"].map((end) => lane.columns[`${column}_${end}`][0]);
  const second = beside && ((lane) => lane.columns[beside][0]);
  const bands = [name, ...(beside ? [beside] : [])].flatMap((column) => [`${column}_low`, `${column}_high`]);
  const around =
    lanes.some((lane) => lane.columns[bands[0]]) && ((lane) => bands.map((band) => lane.columns[band]?.[0]));
  const calm = lanes.filter((lane) => lane.diverged < 0); // a run that explodes must not flatten all the others
  const bounds = limits ? lanes.map((lane) => ends(limits(lane))) : [];
  const most = BEYOND * Math.max(...bounds.flat().filter(Number.isFinite)); // −∞ without a bound
  const shown = calm.length ? calm : lanes;
  const series = [
    ...shown.flatMap((lane) => [values(lane), ...(reach(lane) ?? [])]),
    ...(second ? shown.map(second) : []),
    ...bounds,
  ];
  const [low, high] = range(series, log, most > 0 ? most : Infinity);
  const lower =
    log && slack !== null && lanes.some((lane) => (reach(lane)?.[0] ?? values(lane)).some((v) => v < -slack));
  const foot = box.bottom - (lower ? STRIP : 0);
  const y = scale(low, high, foot, box.top, log);
  const place = (v) => {
    if (lower && v < -slack) return box.bottom - STRIP / 4;
    return log && signed && v <= 0 ? NaN : limited(y(log ? Math.max(v, low) : v), box);
  };
  return {
    box,
    foot,
    shifted,
    name,
    x: scale(0, last, box.left, box.right),
    y,
    values,
    limits,
    limit,
    reach,
    second,
    around,
    place,
    marks,
  };
}

// The least of a limit, and the usual one: it may rise at first, and beyond all bounds as the learning rate falls.
function ends(limit) {
  const sorted = Float64Array.from(limit).sort();
  return [sorted[0], sorted[sorted.length >> 1]];
}

const limited = (pixel, box) => Math.min(Math.max(pixel, box.top - 400), box.bottom + 400);

// What the axis shows; the view is limited, never the data.
function range(series, log, most) {
  let [low, high] = [Infinity, -Infinity];
  for (const values of series) {
    for (const value of values) {
      const shown = Math.min(value, most);
      if (!Number.isFinite(shown) || (log && shown <= 0)) continue;
      low = Math.min(low, shown);
      high = Math.max(high, shown);
    }
  }
  if (low > high) return log ? [0.1, 1] : [0, 1];
  if (log) {
    low = Math.max(low, high * 1e-12);
    return low < high * 0.999 ? [low / 1.3, high * 1.3] : [low / 3, high * 3];
  }
  const margin = (high - low || Math.abs(high) || 1) * 0.06;
  return [low - margin, high + margin];
}

/** Axes and grid. */
function drawChart(context, size, frame, theme, words) {
  const { box, foot, x, y } = frame;
  context.clearRect(0, 0, size.width, size.height);
  context.fillStyle = theme.panel;
  context.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  context.font = font(12);
  context.textBaseline = "middle";
  if (foot < box.bottom) drawStrip(context, frame, theme, words.below);
  context.textAlign = "right";
  for (const tick of ticks(y.low, y.high, Math.max((foot - box.top) / 34, 2), y.log)) {
    if (y(tick) < box.top - 1 || y(tick) > box.bottom + 1) continue;
    context.fillStyle = theme.faint;
    context.fillRect(box.left, y(tick), box.right - box.left, 1);
    context.fillStyle = theme.soft;
    context.fillText(number(tick, 3), box.left - 6, y(tick));
  }
  context.textBaseline = "top";
  context.textAlign = "center";
  context.fillStyle = theme.soft;
  const steps = ticks(x.low, x.high, (box.right - box.left) / 70).filter(Number.isInteger);
  for (const tick of steps) context.fillText(number(tick), Math.min(x(tick), box.right - 8), box.bottom + 6);
}

// Pale, each curve as far as it has been seen; its limit and the band of its seeds.
function drawSeen(context, frame, lane, to, theme) {
  context.strokeStyle = colourOf(lane.number, theme);
  if (frame.around) drawBands(context, frame, lane, to, theme);
  if (frame.second) {
    line(context, frame, lane, frame.second(lane), to);
    dotted(context, 0.35);
  }
  line(context, frame, lane, frame.values(lane), to, frame.reach(lane));
  context.globalAlpha = 0.35;
  context.lineWidth = 1.6;
  context.stroke();
  context.globalAlpha = 1;
  if (!frame.limits) return;
  line(context, frame, lane, frame.limits(lane), lane.frames - 1, frame.reach(lane, frame.limit)); // a law is no secret
  context.lineWidth = 1.2;
  context.setLineDash([5, 4]);
  context.stroke();
  context.setLineDash([]);
}

// Under the axis: how much lower it is, the axis cannot show.
function drawStrip(context, { box, foot }, theme, text) {
  context.globalAlpha = 0.16;
  context.fillStyle = theme.soft;
  context.fillRect(box.left, foot, box.right - box.left, box.bottom - foot);
  context.globalAlpha = 1;
  context.fillRect(box.left, foot - 0.75, box.right - box.left, 1.5);
  context.fillStyle = theme.ink;
  context.textAlign = "center";
  context.fillText(text, (box.left + box.right) / 2, foot + STRIP / 4 + 1);
}

// Where the middle half of the seeds lies.
function drawBands(context, frame, lane, last, theme) {
  const [low, high, testLow, testHigh] = frame.around(lane);
  context.fillStyle = colourOf(lane.number, theme);
  for (const [from, to, alpha] of [
    [testLow, testHigh, 0.09],
    [low, high, 0.18],
  ]) {
    if (!from) continue;
    context.beginPath();
    const spots = [...lane.steps.keys()].filter((i) => i <= last && Number.isFinite(from[i]) && Number.isFinite(to[i]));
    for (const i of spots) context.lineTo(frame.x(lane.steps[i]), frame.place(to[i]));
    for (const i of spots.reverse()) context.lineTo(frame.x(lane.steps[i]), frame.place(from[i]));
    context.globalAlpha = alpha;
    context.fill();
    context.globalAlpha = 1;
  }
}

function dotted(context, alpha) {
  context.globalAlpha = alpha;
  context.lineWidth = 1.8;
  context.setLineDash([1.5, 3]);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** What moves: each curve up to the clock and, pale, as far as it has been seen, its marker, the cursor line, and what
 * has happened so far. */
function drawProgress(context, size, frame, lanes, clock, theme, words) {
  const { box, x } = frame;
  context.clearRect(0, 0, size.width, size.height);
  context.fillStyle = theme.ink;
  context.fillRect(x(clock.step) - 0.75, box.top, 1.5, box.bottom - box.top);
  const draw = () => {
    for (const lane of lanes) drawSeen(context, frame, lane, frameAt(lane.steps, horizon(clock)), theme);
    for (const lane of lanes) {
      if (frame.second) {
        line(context, frame, lane, frame.second(lane), frameAt(lane.steps, clock.step));
        context.strokeStyle = colourOf(lane.number, theme);
        dotted(context, 1);
      }
      line(context, frame, lane, frame.values(lane), frameAt(lane.steps, clock.step), frame.reach(lane));
      context.setLineDash(dashOf(lane.number));
      context.lineWidth = 2.6;
      context.strokeStyle = colourOf(lane.number, theme);
      context.stroke();
    }
    context.setLineDash([]);
    for (const lane of lanes) {
      const at = frameAt(lane.steps, clock.step);
      marker(context, lane.number, x(lane.steps[at]), frame.place(frame.values(lane)[at]), 4.5, theme);
    }
  };
  clipped(context, box, draw, 6);
  frame.marks?.(context, frame, lanes, theme, words, clock.step);
}

// A column of pixels needs its first, lowest, highest and last value, whatever the number of steps; `reach` says how
// far the curve goes between a frame and the next one, where steps are left out.
function line(context, frame, lane, values, to, reach) {
  context.beginPath();
  let [column, top, bottom, gap] = [NaN, 0, 0, false];
  const finish = () => {
    if (!(bottom > top)) return;
    context.lineTo(column + 0.5, top);
    context.lineTo(column + 0.5, bottom);
  };
  for (let i = 0; i <= to; i++) {
    const [px, py] = [frame.x(lane.steps[i]), frame.place(values[i])];
    if (Number.isNaN(py)) {
      if (!Number.isNaN(column)) finish();
      [column, gap] = [NaN, true];
      continue;
    }
    if (gap) context.moveTo(px, py);
    gap = false;
    const [low, high] = reach && i < to ? reach.map((ends) => frame.place(ends[i])) : [py, py];
    const [up, down] = [Number.isNaN(high) ? py : Math.min(high, py), Number.isNaN(low) ? py : Math.max(low, py)];
    if (Math.floor(px) === column) {
      [top, bottom] = [Math.min(top, up), Math.max(bottom, down)];
      if (i < to) continue;
      finish();
    } else {
      if (!Number.isNaN(column)) finish();
      [column, top, bottom] = [Math.floor(px), up, down];
    }
    context.lineTo(px, py);
  }
}

/**
 * A picture of a curve over the clock, see Picture, among those that Python has sent. curve(page): its name;
 * lanes(page, curve): whose; axis(page, curve): what the axis makes room for, if more.
 */
export function curves({ curve, lanes = (page) => page.lanes, axis = lanes }) {
  return {
    hover: true,
    ground: (context, size, page, name) => {
      const shown = curveNamed(page, curve(page));
      const frame = chartFrame(size, axis(page, shown), shown, page.clock.last, isLog(page, shown));
      page.frames[name] = frame;
      drawChart(context, size, frame, page.theme, page.words);
    },
    moving: (context, size, page, name) => {
      const [frame, { clock, theme, words }] = [page.frames[name], page];
      const shown = curveNamed(page, curve(page));
      if (frame) drawProgress(context, size, frame, lanes(page, shown), clock, theme, words);
    },
  };
}

const curveNamed = (page, name) => page.header.curves.find((curve) => curve.name === name);
const isLog = ({ logs }, curve) => logs[curve.name] ?? curve.log;

/** The curves of a chart, and which of them is shown: the one that was chosen, or the first. */
export function chosenOf(page, chart) {
  const there = page.header.curves.filter((curve) => curve.chart === chart);
  return { there, shown: there.find(({ name }) => name === page.chosen[chart]) ?? there[0] };
}

/** What stands over a curve: what its axis counts from, and what the dots are. */
export function curveTitle({ words, frames }, chart, { name, slack, beside }) {
  if (frames[chart]?.shifted) return words[`curve_${name}_${slack === null ? "seen" : "above"}`];
  return words[beside ? `curve_${name}_dotted` : `curve_${name}`];
}

/** The button that turns the axis of a picture from logarithmic to linear and back; `curve`: its name, if another. */
export function logButton({ logs, words, turn, frames }, name, curve = name) {
  const log = frames[name]?.y.log ?? logs[curve];
  const made = button(
    words[log ? "log" : "linear"],
    words.log_hint,
    turn(() => (logs[curve] = !log)),
  );
  made.className = "log";
  return made;
}
