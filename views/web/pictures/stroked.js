// What the small charts beside the map of critical points share.

import { scale, ticks } from "../kit/axes.js";
import { font } from "../kit/look.js";
import { clipped, shade } from "../kit/parts.js";

export const SIDE = 30; // pixels on the right of a box where labels stand there

// A text about its middle, and whether there was room: not where something in `taken` stands already.
export function write(context, text, x, y, { align = "center", colour, weight = 400, halo = "", taken = [] }) {
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

export const limited = (value, low, high) => Math.min(Math.max(value, low), high);

// A line through what is finite; some of its pixels.
export function trace(context, across, up, { x, y }, { colour, width = 2, dash = [] }) {
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

export function dot(context, px, py, radius, colour, paper, open = false) {
  context.beginPath();
  context.arc(px, py, radius, 0, 7);
  context.fillStyle = open ? paper : colour;
  context.fill();
  [context.lineWidth, context.strokeStyle] = [open ? 2 : 1.5, open ? colour : paper];
  context.stroke();
}

// In one row or under each other, where the fewest of the pixels lie that are drawn already.
export function legend(context, box, entries, pixels, theme) {
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

export function linear(values, tau, { top, bottom }) {
  // Nothing but zeros: show the band.
  const reach = values.every((value) => Math.abs(value) <= tau) ? 1.5 * tau || 1 : 0;
  const [low, high] = [Math.min(-reach, ...values), Math.max(reach, ...values)];
  const place = scale(low, high, bottom, top);
  return { tau, place, ticks: [0, ...ticks(low, high, Math.max((bottom - top) / 28, 2)).filter(Boolean)] };
}

// Decades above τ on either side, and the band between −τ and τ, which is linear.
export function decades(values, tolerance, { top, bottom }) {
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

export function drawBand(context, box, y, tau, theme) {
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

// The value at a place of evenly spaced ones; NaN outside them.
export function between(places, values, at) {
  const share = ((at - places[0]) / (places.at(-1) - places[0])) * (places.length - 1);
  const i = Math.min(Math.floor(share), places.length - 2);
  return values?.[i] + (values?.[i + 1] - values?.[i]) * (share - i);
}
