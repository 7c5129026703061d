// Curves over the clock, as Python lists them: small charts that share it.

import { frameAt, horizon } from "./clock.js";
import { drawCrossings, drawEvents } from "./events.js";
import { drawFrame, span, TOP } from "./frame.js";
import { dashOf, marker } from "./look.js";
import { button, clipped, shade } from "./parts.js";
import { inColour, KINDS } from "./series.js";
import { filled } from "./terms.js";

// What is marked on a curve: whether there is any of it, and how.
const EVENTS = {
  marked: ({ outcome }, _name) => outcome && (outcome.bursts?.length || outcome.stuck_from >= 0),
  marks: drawEvents,
};
const CROSSINGS = { marked: (lane, name) => lane.crossings?.[name]?.length, marks: drawCrossings };

const ROW = 20; // pixels above the curves for what is said of the marks on them
const STRIP = 30; // pixels under a log axis for what lies below its zero
const BEYOND = 30; // times the highest limit: what is farther above it is as good as any

/** One chart, its axes drawn: {box, shifted, x, y, values(lane), limits(lane), reach(lane, column, coordinate),
 * others(lane), around(lane), place(value), marks}. Where a loss is lower than the lowest known one by more than its
 * slack, a strip lies between the axis's foot and the bottom.
 * @param {CanvasRenderingContext2D} context @param {{width: number, height: number}} size @param {any[]} lanes
 * @param {Payload.Charted} curve @param {number} last @param {boolean} log */
function chartFrame(context, size, lanes, curve, last, log, { theme, words }) {
  const { name, above, slack, signed, beside, limit, events } = curve;
  const { marks, marked } = { ...(limit && CROSSINGS), ...(events && EVENTS) };
  const counted = `${name}_above`; // the same less the lowest known one: the digits that count near it
  const shifted = log && above && lanes.some((lane) => lane.columns[counted]);
  const drawn = shifted ? counted : name;
  const values = (lane) => lane.columns[drawn][0];
  const limits = limit && ((lane) => lane.columns[limit][0]);
  const reach = (lane, column = drawn, k = 0) =>
    lane.columns[`${column}_least`] && ["least", "most"].map((end) => lane.columns[`${column}_${end}`][k]);
  const others = (lane) => (beside ? lane.columns[beside] : lane.columns[drawn].slice(1));
  const bands = [name, ...(beside ? [beside] : [])].flatMap((column) => [`${column}_low`, `${column}_high`]);
  const around =
    lanes.some((lane) => lane.columns[bands[0]]) && ((lane) => bands.map((band) => lane.columns[band]?.[0]));
  const calm = lanes.filter((lane) => lane.diverged < 0); // a run that explodes must not flatten all the others
  const bounds = limits ? lanes.map((lane) => ends(limits(lane))) : [];
  const most = BEYOND * Math.max(...bounds.flat().filter(Number.isFinite)); // −∞ without a bound
  const shown = calm.length ? calm : lanes;
  const series = [
    ...shown.flatMap((lane) => [values(lane), ...(reach(lane) ?? [])]),
    ...shown.flatMap(others),
    ...bounds,
  ];
  const shownOf = (values) => Array.from(values, (value) => (most > 0 ? Math.min(value, most) : value));
  const [low, high] = span({ low: null, high: null, log }, series.flatMap(shownOf));
  const lower =
    log && slack !== null && lanes.some((lane) => (reach(lane)?.[0] ?? values(lane)).some((v) => v < -slack));
  const axes = {
    x: { low: 0, high: last, whole: true },
    y: { low, high, log },
    top: TOP + (marked && lanes.some((lane) => marked(lane, name)) ? ROW : 0),
    strip: lower ? STRIP : 0,
  };
  const { box, x, y } = drawFrame(context, size, axes, theme);
  if (lower) drawStrip(context, box, theme, words.below);
  const place = (v) => {
    if (lower && v < -slack) return box.bottom - STRIP / 4;
    return log && signed && v <= 0 ? NaN : limited(y(log ? Math.max(v, low) : v), box);
  };
  return {
    box,
    shifted,
    name,
    x,
    y,
    values,
    limits,
    limit,
    reach,
    others,
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

// Under the axis: how much lower it is, the axis cannot show.
function drawStrip(context, { left, right, bottom }, theme, text) {
  const foot = bottom - STRIP;
  shade(context, theme.soft, 0.16, left, foot, right - left, STRIP);
  shade(context, theme.soft, 1, left, foot - 0.75, right - left, 1.5);
  [context.textAlign, context.textBaseline, context.fillStyle] = ["center", "middle", theme.ink];
  context.fillText(text, (left + right) / 2, foot + STRIP / 4 + 1);
}

const OTHERS = [
  [1.5, 3],
  [7, 3, 1.5, 3],
].map((dash) => ({ width: 1.8, dash })); // dotted, and with strokes between
const LAW = { width: 1.2, dash: [5, 4] };
const PALE = 0.35;

/** A lane's curve to a step, and what goes with it: pale as far as it has been seen, with its limit and the band of its
 * seeds; else as it is at the clock. */
function drawLane(context, frame, lane, step, theme, pale) {
  const [to, alpha] = [frameAt(lane.steps, step), pale ? PALE : 1];
  const draw = (values, look, reach, end = to) =>
    inColour(context, { colour: lane.number, ...look }, theme, () => {
      line(context, frame, lane, values, end, reach);
      context.stroke();
    });
  if (pale && frame.around) drawBands(context, frame, lane, to, theme);
  frame
    .others(lane)
    .forEach((values, k) => draw(values, { ...OTHERS[k], alpha }, frame.reach(lane, frame.name, k + 1)));
  const look = pale ? { width: 1.6, alpha } : { width: 2.6, dash: dashOf(lane.number) };
  draw(frame.values(lane), look, frame.reach(lane));
  if (pale && frame.limits) draw(frame.limits(lane), LAW, frame.reach(lane, frame.limit), lane.frames - 1); // no secret
}

// Where the middle half of the seeds lies, of the tests paler.
function drawBands(context, { x, place, around }, lane, last, theme) {
  const [low, high, testLow, testHigh] = around(lane);
  for (const [from, to, alpha] of [
    [testLow, testHigh, 0.09],
    [low, high, 0.18],
  ]) {
    const steps = lane.steps.subarray(0, last + 1);
    const band = () => KINDS.band(context, { x, y: place }, { columns: [steps, from, to] });
    if (from) inColour(context, { colour: lane.number, alpha }, theme, band);
  }
}

/** What moves: each curve up to the clock and, pale, as far as it has been seen, its marker, the cursor line, and what
 * has happened so far. */
function drawProgress(context, size, frame, lanes, clock, theme, words) {
  const { box, x } = frame;
  context.clearRect(0, 0, size.width, size.height);
  shade(context, theme.ink, 1, x(clock.step) - 0.75, box.top, 1.5, box.bottom - box.top);
  const draw = () => {
    for (const lane of lanes) drawLane(context, frame, lane, horizon(clock), theme, true);
    for (const lane of lanes) drawLane(context, frame, lane, clock.step, theme, false);
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
      const drawn = axis(page, shown);
      page.frames[name] = chartFrame(context, size, drawn, shown, page.clock.last, isLog(page, shown), page);
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

const SAMPLES = ["—", "···", "–·–"]; // of the lines of each coordinate

/** What stands over a curve: what its axis counts from, and what the dots are. */
export function curveTitle({ words, frames, header }, chart, { name, slack, beside, each }) {
  if (each && header.coordinates.length > 1) {
    const names = header.coordinates.map((coordinate, k) => `${SAMPLES[k]} ${coordinate}`).join("  ");
    return filled(words.coordinates, { curve: words[`short_${name}`], names });
  }
  if (frames[chart]?.shifted) return words[`curve_${name}_${slack === null ? "seen" : "above"}`];
  return words[beside ? `curve_${name}_dotted` : `curve_${name}`];
}

/** The picture of a chart whose curves are chosen by short names, where it has several; lanes(page, curve): whose. */
export const chartOf = (chart, lanes) => ({
  ...curves({ curve: (page) => chosenOf(page, chart).shown.name, lanes }),
  caption: (page) => {
    const { words } = page;
    const { there, shown } = chosenOf(page, chart);
    const choice = ({ name }) => {
      const turn = page.turn(() => (page.chosen[chart] = name));
      return button(words[`short_${name}`], words[`curve_${name}_hint`], turn, name === shown.name);
    };
    return {
      name: curveTitle(page, chart, shown),
      title: words[`curve_${shown.name}_hint`],
      choices: [...(there[1] ? there.map(choice) : []), logButton(page, chart, shown.name)],
    };
  },
});

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
