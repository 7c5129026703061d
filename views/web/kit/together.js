// Charts that come one by one and share a clock: whoever draws one joins, and is told when the clock has moved.

import { frameAt, makeClock } from "./clock.js";
import { paceOf } from "./pace.js";

const FEW = 40; // of many dots: as many as the pace is taken from

/** @type {Set<any>} */
export const charts = new Set();
const told = new Set();

export const clock = makeClock(() => {
  for (const tell of told) tell();
});

/** Call `tell` whenever the clock has moved; returns how to leave. */
export function join(tell) {
  told.add(tell);
  return () => told.delete(tell);
}

/** What a series shows at a step: of one that grows all so far, of one that turns its row. */
export function seriesAt(each, step) {
  if (!each.time) return each;
  const at = frameAt(each.times, step);
  const wide = each.time === "turns" ? each.columns[0].length / each.times.length : 1;
  const from = each.time === "turns" ? at * wide : 0;
  return { ...each, columns: each.columns.map((column) => column.subarray(from, (at + 1) * wide)) };
}

/** Play longer where more is to be seen. */
export function keepPace() {
  const lanes = [...charts].flatMap(({ frame, series, header }) =>
    frame ? series.filter(({ time }) => time).flatMap((each) => tracksOf(each, frame, header.x.clock)) : [],
  );
  clock.pace = paceOf(lanes, clock.last, [0, 1, 0, 1]);
}

// How a series moves, in shares of its picture; along an axis of steps everything moves evenly.
function tracksOf({ time, times, columns: [across, up] }, { box, x, y }, along) {
  const frames = times.length;
  const wide = time === "turns" ? across.length / frames : 1;
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const dots = Array.from({ length: Math.min(wide, FEW) }, (_, i) => Math.floor((i * wide) / Math.min(wide, FEW)));
  return dots.map((dot) => ({
    steps: times,
    frames,
    columns: {},
    across: Float64Array.from(times, (_, i) => (along ? 0 : x(across[i * wide + dot]) / width)),
    up: Float64Array.from(times, (_, i) => y(up[i * wide + dot]) / height),
  }));
}
