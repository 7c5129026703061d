// The eigenvalues of the Hessian at the clock: every lane's in their order, or how many lie where.

import { number, ticks } from "../kit/axes.js";
import { frameAt } from "../kit/clock.js";
import { drawFrame } from "../kit/frame.js";
import { colourOf } from "../kit/look.js";
import { clipped, label, shade } from "../kit/parts.js";

const INNER = 1e-5; // of the largest |λ|: below it the axis of the sorted spectrum is linear
const BINS = 90;

/** The smallest and the largest eigenvalue of all lanes that have not diverged: what the axes hold still. */
export function reachOf(lanes) {
  const calm = lanes.filter(({ diverged }) => diverged < 0);
  let [low, high] = [0, 0];
  for (const {
    columns: { values },
  } of calm.length ? calm : lanes)
    for (const column of values)
      for (const value of column)
        if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return low < high ? { low, high } : { low: -1, high: 1 };
}

/** The spectrum of a lane at the clock: {values, weights, tau, low, high}, ascending; low and high to be printed. */
export function spectrumAt({ steps, columns: { values, weights = [], tau, low_told: low, high_told: high } }, clock) {
  const at = frameAt(steps, clock.step);
  return {
    values: values.map((column) => column[at]),
    low: low[0][at],
    high: high[0][at],
    weights: values.map((_, i) => (weights.length ? weights[i][at] : 1 / values.length)),
    tau: tau[0][at],
  };
}

/** Rank against eigenvalue for every lane, decades on both sides of a linear middle; the band is ±τ of the chosen
 * lane. */
export function drawSorted(context, size, { lanes, clock, focus, reach, theme, words }) {
  const spectra = lanes.map((lane) => ({ lane, ...spectrumAt(lane, clock) }));
  const chosen = spectra.find(({ lane }) => lane.number === focus);
  const axis = decades(reach, size.height);
  const most = Math.max(...lanes.map((lane) => lane.size));
  const frame = drawFrame(context, size, { x: { low: 0, high: most, title: words.rank }, y: axis }, theme);
  const { box, x, y } = frame;
  const spots = ({ lane, values, weights }) => {
    let rank = 0;
    return values.map((value, i) => [x((rank += lane.size * weights[i]) - (lane.size * weights[i]) / 2), y(value)]);
  };
  clipped(context, box, () => {
    const edge = Math.max(y(-chosen.tau) - y(chosen.tau), 1);
    shade(context, theme.soft, 0.18, box.left, y(chosen.tau), box.right - box.left, edge);
    shade(context, theme.soft, 1, box.left, y(0) - 0.5, box.right - box.left, 1);
    for (const spectrum of [...spectra.filter((each) => each !== chosen), chosen])
      drawSpots(context, spots(spectrum), spectrum === chosen, colourOf(spectrum.lane.number, theme));
  });
  if (!chosen.values.every(Number.isFinite)) return lost(context, size, words, theme);
  const [first, last] = [chosen.values[0], chosen.values.at(-1)];
  const [low, high] = [Math.min(y(first) + 16, box.bottom - 8), Math.max(y(last) - 14, box.top + 8)];
  const colour = colourOf(focus, theme);
  label(context, `λmax = ${number(chosen.high, 3)}`, box.right - 8, high, { align: "right", colour, theme });
  label(context, `λmin = ${number(chosen.low, 3)}`, box.left + 8, low, { align: "left", colour, theme });
}

function drawSpots(context, spots, chosen, colour) {
  const known = spots.filter(([, py]) => Number.isFinite(py));
  context.fillStyle = context.strokeStyle = colour;
  context.beginPath();
  for (const spot of known) context.lineTo(...spot);
  [context.lineWidth, context.globalAlpha] = [chosen ? 2 : 1.4, chosen ? 0.9 : 0.6];
  context.stroke();
  context.globalAlpha = 1;
  if (!chosen) return;
  const radius = known.length > 200 ? 1.6 : 3;
  for (const [px, py] of known) {
    context.beginPath();
    context.arc(px, py, radius, 0, 7);
    context.fill();
  }
}

// Each decade takes the same room, on either side of a middle that is linear.
function decades({ low, high }, height) {
  const inner = INNER * Math.max(-low, high);
  const [top, bottom] = [30, height - 42];
  const [up, down] = [high, -low].map((end) => Math.max(Math.log10(end / inner), 0));
  const unit = (bottom - top) / (up + down + 1.2);
  const middle = top + unit * (up + 0.6);
  const place = (value) =>
    middle -
    Math.sign(value) *
      unit *
      (Math.abs(value) <= inner ? (0.6 * Math.abs(value)) / inner : 0.6 + Math.log10(Math.abs(value) / inner));
  const marks = (end) => (end > inner ? ticks(inner, end, ((end === high ? up : down) * unit) / 24, true) : []);
  return { low, high, log: true, place, ticks: [0, ...marks(high), ...marks(-low).map((value) => -value)] };
}

/** How many eigenvalues lie where, the counts in decades, so that a single one far outside shows beside the crowd. */
export function drawHistogram(context, size, { lanes, clock, focus, reach, theme, words }) {
  const chosen = lanes.find((lane) => lane.number === focus);
  const { values, weights } = spectrumAt(chosen, clock);
  const margin = 0.03 * (reach.high - reach.low);
  const [low, high] = [reach.low - margin, reach.high + margin];
  const bins = new Float64Array(BINS);
  values.forEach((value, i) => {
    const bin = Math.floor(((value - low) / (high - low)) * BINS);
    if (bin >= 0 && bin < BINS) bins[bin] += chosen.size * weights[i];
  });
  const floor = chosen.exact ? 0.6 : 0.06;
  const axes = { x: { low, high, title: "λᵢ" }, y: { low: floor, high: 1.5 * chosen.size, log: true } };
  const { box, x, y } = drawFrame(context, size, axes, theme);
  if (!values.every(Number.isFinite)) return lost(context, size, words, theme);
  clipped(context, box, () => {
    const wide = (box.right - box.left) / BINS;
    bins.forEach(
      (many, bin) =>
        many > floor &&
        shade(
          context,
          colourOf(focus, theme),
          0.85,
          box.left + bin * wide,
          y(many),
          Math.max(wide - 1, 1),
          box.bottom - y(many),
        ),
    );
    shade(context, theme.ink, 0.7, x(0) - 0.5, box.top, 1, box.bottom - box.top);
  });
}

const lost = (context, size, words, theme) =>
  label(context, words.lost, size.width / 2, 28, { align: "center", colour: theme.soft, theme });
