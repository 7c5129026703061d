// The small charts beside the map of critical points: eigenvalues, cuts, the error of the parabola, the steps to leave.

import { number, scale, subscript, ticks } from "../kit/axes.js";
import { drawFrame, FOOT, LEFT, TOP } from "../kit/frame.js";
import { font, LIGHT } from "../kit/look.js";
import { clipped, note, shade } from "../kit/parts.js";

const SIDE = 30; // pixels on the right of a box where labels stand there
// Dark enough for small letters; the first two are no lane's, for lanes leave from where they are drawn.
export const ON_LIGHT = ["#5B35B5", "#56626E", "#00806A"];
export const ON_DARK = ["#B9A0FF", "#C3CCD6", "#4FD0B0"];

/** The colour of an eigenvector, on the map and in every chart. */
export const colourOfVector = (index, theme) => (theme === LIGHT ? ON_LIGHT : ON_DARK)[index % 3];

// ---- what the charts share ----------------------------------------------------------------------------------------

// A text about its middle, and whether there was room: not where something in `taken` stands already.
function write(context, text, x, y, { align = "center", colour, weight = 400, halo = "", taken = [] }) {
  context.font = font(12, weight);
  const width = context.measureText(text).width;
  const left = x - { left: 0, center: width / 2, right: width }[align];
  const room = [left - 3, y - 7, left + width + 3, y + 7];
  if (taken.some((other) => room[0] < other[2] && room[2] > other[0] && room[1] < other[3] && room[3] > other[1]))
    return false;
  taken.push(room);
  [context.textAlign, context.textBaseline] = ["left", "middle"];
  if (halo) {
    [context.lineWidth, context.lineJoin, context.strokeStyle] = [4, "round", halo];
    context.strokeText(text, left, y);
  }
  context.fillStyle = colour;
  context.fillText(text, left, y);
  return true;
}

const limited = (value, low, high) => Math.min(Math.max(value, low), high);

// A line through what is finite; some of its pixels.
function trace(context, across, up, { x, y }, { colour, width = 2, dash = [] }) {
  const pixels = [];
  let before = null;
  context.beginPath();
  across.forEach((at, i) => {
    const next = [x(at), limited(y(up[i]), -2000, 2000)];
    if (!Number.isFinite(next[0]) || !Number.isFinite(y(up[i]))) return (before = null);
    before ? context.lineTo(...next) : context.moveTo(...next);
    const pieces = before ? Math.ceil(Math.hypot(next[0] - before[0], next[1] - before[1]) / 6) : 1;
    for (let k = 1; k <= pieces; k++)
      pixels.push(next.map((place, side) => place + ((before ?? next)[side] - place) * (1 - k / pieces)));
    before = next;
  });
  [context.lineJoin, context.lineWidth, context.strokeStyle] = ["round", width, colour];
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
  return pixels;
}

function dot(context, px, py, radius, colour, paper, open = false) {
  context.beginPath();
  context.arc(px, py, radius, 0, 7);
  context.fillStyle = open ? paper : colour;
  context.fill();
  [context.lineWidth, context.strokeStyle] = [open ? 2 : 1.5, open ? colour : paper];
  context.stroke();
}

// In one row or under each other, where the fewest of the pixels lie that are drawn already.
function legend(context, box, entries, pixels, theme) {
  context.font = font(12);
  const widths = entries.map(({ text }) => context.measureText(text).width + 34);
  const row = {
    wide: widths.reduce((sum, width) => sum + width),
    high: 17,
    steps: [
      [0, 0],
      [widths[0], 0],
    ],
  };
  const column = {
    wide: Math.max(...widths),
    high: 32,
    steps: [
      [0, 0],
      [0, 15],
    ],
  };
  const places = [row, column].flatMap((form) =>
    [box.top + 3, box.bottom - form.high - 3].flatMap((top) =>
      [box.right - form.wide - 5, (box.left + box.right - form.wide) / 2, box.left + 5].map((left) => ({
        ...form,
        left,
        top,
      })),
    ),
  );
  const covered = ({ left, top, wide, high }) =>
    pixels.filter(([px, py]) => px > left - 3 && px < left + wide + 3 && py > top - 3 && py < top + high + 3).length;
  const [least, { left, top, wide, high, steps }] = places
    .map((place) => [covered(place), place])
    .reduce((best, other) => (other[0] < best[0] ? other : best));
  if (least > 8) return; // the curves are worth more
  shade(context, theme.panel, 0.85, left, top, wide, high);
  entries.forEach(({ text, colour, dash, round }, i) => {
    const [at, middle] = [left + 4 + steps[i][0], top + 8.5 + steps[i][1]];
    if (round) dot(context, at + 11, middle, 4, colour, theme.panel);
    else trace(context, [at, at + 22], [middle, middle], { x: Number, y: Number }, { colour, dash });
    write(context, text, at + 26, middle + 0.5, { align: "left", colour: theme.ink });
  });
}

// ---- the charts ---------------------------------------------------------------------------------------------------

/** A bar for each eigenvalue, up where it is positive; what lies in the band ±τ counts as zero. */
export function drawEigenvalues(context, size, { values, tolerance, colours = null, log }, theme, words) {
  if (!values.length || !values.every(Number.isFinite)) return note(context, size, words.no_eigenvalues, theme);
  const faces = values.map((value) => {
    if (Math.abs(value) > tolerance) return [4, 3, 2].map((digits) => number(value, digits));
    return value ? [`${number(value, 2)} · ${words.zero}`, words.zero] : [words.zero];
  });
  context.font = font(12, 600);
  const room = (size.width - LEFT - SIDE) / values.length;
  // Else at the ends of the bars.
  const beside = faces.every((face) => context.measureText(face.at(-1)).width < 0.66 * room - 12);
  const edge = beside ? 7 : 18;
  const axis = (log ? decades : linear)(values, tolerance, { top: TOP + edge, bottom: size.height - FOOT - edge });
  const { box, y } = drawFrame(context, size, { x: { ticks: [] }, y: axis, right: SIDE }, theme);
  drawBand(context, box, y, axis.tau, theme);
  const slot = Math.min((box.right - box.left) / values.length, 190);
  const wide = limited(beside ? 0.3 * slot : 0.55 * slot, 2, 34);
  const centre = (i) => (box.left + box.right) / 2 + (i + (beside ? 0.28 : 0.5) - values.length / 2) * slot;
  const dye = (value) => (Math.abs(value) <= tolerance ? theme.soft : theme.ink);
  const [names, taken] = [[], []];
  values.forEach((value, i) => {
    const tall = Math.max(Math.abs(y(0) - y(value)), 2);
    const top = value < 0 ? y(0) : y(0) - tall;
    shade(context, dye(value), 1, centre(i) - wide / 2, top, wide, tall);
    taken.push([centre(i) - wide / 2, top, centre(i) + wide / 2, top + tall]);
  });
  const rank = (i) => Math.min(i, values.length - 1 - i); // the outermost matter most
  for (const i of [...values.keys()].sort((a, b) => rank(a) - rank(b))) {
    const colour = values.length > 3 ? theme.soft : (colours?.[i] ?? colourOfVector(i, theme));
    write(context, `λ${subscript(i + 1)}`, centre(i), box.bottom + 12, { colour, weight: 600, taken: names });
    // 1: below the zero line.
    const side = values[i] < 0 ? (y(0) + 16 > box.bottom ? -1 : 1) : y(0) - 16 < box.top ? 1 : -1;
    const far = side * Math.max(side * (y(values[i]) - y(0)) + (beside ? 0 : 9), 10);
    const style = { align: beside ? "left" : "center", colour: dye(values[i]), weight: 600, halo: theme.panel, taken };
    const py = limited(y(0) + far, box.top + 7, box.bottom - 7);
    // In a crowd only the outermost in full.
    const tries = values.length > 10 && rank(i) ? faces[i].slice(-1) : faces[i];
    tries.some((text) => {
      const half = context.measureText(text).width / 2;
      const px = beside ? centre(i) + wide / 2 + 6 : limited(centre(i), box.left + half + 2, box.right - half - 2);
      return (!beside || 2 * half < slot - wide - 10) && write(context, text, px, py, style);
    });
  }
}

function linear(values, tau, { top, bottom }) {
  // Nothing but zeros: show the band.
  const reach = values.every((value) => Math.abs(value) <= tau) ? 1.5 * tau || 1 : 0;
  const [low, high] = [Math.min(-reach, ...values), Math.max(reach, ...values)];
  const place = scale(low, high, bottom, top);
  return { tau, place, ticks: [0, ...ticks(low, high, Math.max((bottom - top) / 28, 2)).filter(Boolean)] };
}

// Decades above τ on either side, and the band between −τ and τ, which is linear.
function decades(values, tolerance, { top, bottom }) {
  const sizes = values.map(Math.abs).filter(Boolean);
  const tau = tolerance > 0 ? tolerance : Math.min(1, ...sizes) / 10;
  const [up, down] = [1, -1].map((sign) =>
    Math.max(0, ...values.map((value) => Math.log10((sign * value) / tau)).filter(Number.isFinite)),
  );
  const band = up + down ? Math.min(9, (bottom - top) / 8) : (bottom - top) / 3;
  const unit = (bottom - top - 2 * band) / (up + down || 1);
  const middle = up + down ? top + band + up * unit : (top + bottom) / 2;
  const place = (value) =>
    middle -
    Math.sign(value) *
      (Math.abs(value) <= tau ? (band * Math.abs(value)) / tau : band + unit * Math.log10(Math.abs(value) / tau));
  const marks = (many) => (many ? ticks(tau, tau * 10 ** many, Math.max((many * unit) / 22, 2), true) : []);
  return {
    tau,
    place,
    log: true,
    ticks: [
      0,
      ...marks(up).reverse(),
      ...marks(down)
        .reverse()
        .map((value) => -value),
    ],
  };
}

function drawBand(context, box, y, tau, theme) {
  clipped(context, box, () => {
    shade(context, theme.soft, 0.2, box.left, y(tau), box.right - box.left, y(-tau) - y(tau));
    for (const edge of [tau, -tau])
      trace(
        context,
        [box.left, box.right],
        [edge, edge],
        { x: Number, y },
        { colour: theme.soft, width: 1, dash: [4, 3] },
      );
    shade(context, theme.soft, 1, box.left, y(0) - 0.75, box.right - box.left, 1.5);
  });
  write(context, "±τ", box.right + 6, limited(y(0), box.top + 7, box.bottom - 7), {
    align: "left",
    colour: theme.soft,
  });
}

/** The loss along each eigenvector, and, dashed, its parabola; marks stand on the loss. */
export function drawCuts(
  context,
  size,
  { distance, losses, model, labels, colours = null, marks = [], focus = -1 },
  theme,
  words,
) {
  const known = losses.flatMap((loss) => Array.from(loss)).filter(Number.isFinite);
  if (!known.length) return note(context, size, words.no_eigenvalues, theme);
  const [low, high] = known.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, -Infinity]);
  const margin = 0.15 * (high - low || Math.abs(high) || 1);
  const axes = {
    x: { low: distance[0], high: distance.at(-1), title: words.distance },
    y: { low: low - margin, high: high + margin },
    right: SIDE,
  };
  const frame = drawFrame(context, size, axes, theme);
  const { box, x, y } = frame;
  const colour = (i) => colours?.[i] ?? colourOfVector(i, theme);
  let pixels = [];
  const ends = [];
  clipped(context, box, () => {
    model.forEach((loss, i) =>
      pixels.push(...trace(context, distance, loss, frame, { colour: colour(i), width: 1.6, dash: [5, 4] })),
    );
    losses.forEach((loss, i) => {
      const drawn = trace(context, distance, loss, frame, { colour: colour(i), width: i === focus ? 3.4 : 2.2 });
      pixels = pixels.concat(drawn);
      if (drawn.length) ends.push({ i, py: drawn.at(-1)[1] });
    });
  });
  for (const { at, index, label } of marks) {
    const py = y(between(distance, losses[index], at));
    if (!Number.isFinite(py) || x(at) < box.left || x(at) > box.right) continue;
    dot(context, x(at), py, 4.5, colour(index), theme.panel);
    const [lx, ly] = [x(at) + (at < 0 ? -8 : 8), limited(py - 9, box.top + 7, box.bottom - 7)];
    write(context, label, lx, ly, {
      align: at < 0 ? "right" : "left",
      colour: theme.ink,
      weight: 600,
      halo: theme.panel,
    });
    for (let away = 0; away <= 24; away += 4)
      for (const level of [-6, 0, 6]) pixels.push([lx + (at < 0 ? -away : away), ly + level]);
  }
  ends.sort((a, b) => a.py - b.py);
  ends.forEach(
    (end, i) =>
      (end.py = Math.max(
        limited(end.py, box.top + 6, box.bottom - 6 - 14 * (ends.length - 1 - i)),
        i ? ends[i - 1].py + 14 : 0,
      )),
  );
  for (const { i, py } of ends)
    write(context, labels?.[i] ?? `v${subscript(i + 1)}`, box.right + 6, py, {
      align: "left",
      colour: colour(i),
      weight: 600,
    });
  legend(
    context,
    box,
    [
      { text: words.true_loss, colour: theme.ink },
      { text: words.taylor, colour: theme.ink, dash: [5, 4] },
    ],
    pixels,
    theme,
  );
}

// The value at a place of evenly spaced ones; NaN outside them.
function between(places, values, at) {
  const share = ((at - places[0]) / (places.at(-1) - places[0])) * (places.length - 1);
  const i = Math.min(Math.floor(share), places.length - 2);
  return values?.[i] + (values?.[i + 1] - values?.[i]) * (share - i);
}

/** How far the parabola is off, both axes logarithmic; beside it a line of the slope that it has close to the point. */
export function drawGap(context, size, { distance, error, slope, at }, theme, words) {
  const shown = Array.from(distance, (value, i) => [value, error[i]]).filter(
    ([r, gap]) => r > 0 && gap > 0 && gap < Infinity,
  );
  if (!shown.length) return note(context, size, words.no_gap, theme);
  const [near, gaps] = [shown.map(([r]) => r), shown.map(([, gap]) => gap)];
  const reach = [near, at > 0 ? [at] : []].flat();
  const axes = {
    x: { low: Math.min(...reach) / 1.15, high: Math.max(...reach) * 1.15, log: true, title: words.distance },
    y: { low: Math.min(...gaps) / 4, high: Math.max(...gaps) * 2, log: true },
  };
  const frame = drawFrame(context, size, axes, theme);
  const { box, x, y } = frame;
  const plain = { x: Number, y: Number };
  const from = x(near[0]);
  // Parallel, a little below; NaN without a slope.
  const guide = (px) => y(gaps[0] * (x.invert(px) / near[0]) ** slope) + 11;
  clipped(context, box, () => {
    trace(context, [from, box.right], [guide(from), guide(box.right)], plain, { colour: theme.soft, width: 1.2 });
    if (at > 0)
      trace(context, [x(at), x(at)], [box.top, box.bottom], plain, { colour: theme.accent, width: 1.5, dash: [3, 3] });
    trace(context, distance, error, frame, { colour: theme.ink, width: 2.2 });
    if (near.length === 1) dot(context, from, y(gaps[0]), 3, theme.ink, theme.panel);
  });
  if (!Number.isFinite(slope)) return;
  const half = (from + box.right) / 2;
  const [px, py] = [Math.min(half + 8, box.right - 64), limited(guide(half) + 11, box.top + 8, box.bottom - 9)];
  write(context, `${words.slope} ${slope.toFixed(1)}`, px, py, {
    align: "left",
    colour: theme.soft,
    halo: theme.panel,
  });
}

/** Steps until a descent is gone from a saddle, against how close to it it began. */
export function drawLeaving(context, size, { near, predicted, measured }, theme, words) {
  const order = near.map((_, i) => i).sort((a, b) => near[a] - near[b]);
  const [starts, theory, counted] = [near, predicted, measured].map((list) => order.map((i) => list[i] ?? NaN));
  const most = Math.max(1, ...[...theory, ...counted].filter(Number.isFinite));
  const never = counted.some((steps) => steps < 0);
  const [top, bottom] = [TOP + (never ? 26 : 0), size.height - FOOT];
  const whole = ticks(0, 1.1 * most, Math.max((bottom - top) / 26, 2)).filter(Number.isInteger);
  const axes = {
    x: { low: starts[0] / 1.5, high: starts.at(-1) * 1.5, log: true, title: "r₀" },
    y: { place: scale(0, 1.1 * most, bottom, top), ticks: whole },
  };
  const frame = drawFrame(context, size, axes, theme);
  const { box, x, y } = frame;
  const pixels = [];
  clipped(context, box, () =>
    pixels.push(...trace(context, starts, theory, frame, { colour: theme.ink, dash: [5, 4] })),
  );
  if (never) write(context, words.never, box.left - 6, TOP + 9, { align: "right", colour: theme.soft });
  counted.forEach((steps, i) => {
    if (Number.isNaN(steps)) return;
    const [px, py] = [x(starts[i]), steps < 0 ? TOP + 9 : y(steps)];
    dot(context, px, py, 4.2, theme.accent, theme.panel, steps < 0);
    for (const away of [-5, 0, 5]) pixels.push([px + away, py], [px, py + away]);
  });
  legend(
    context,
    box,
    [
      { text: words.predicted, colour: theme.ink, dash: [5, 4] },
      { text: words.measured, colour: theme.accent, round: true },
    ],
    pixels,
    theme,
  );
}
