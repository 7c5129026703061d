// The step at the clock as arrows, each of its terms in its own colour.

import { number } from "./axes.js";
import { font } from "./look.js";

const MOST = 300; // times that arrows are enlarged; shorter ones are not drawn

// What the step at the clock is made of. Momentum: −ηg, what is left of the last movement, and their sum; in Nesterov's
// form λm, of the movement with this gradient in it.
// Rules with a step size per coordinate: the direction m, the step itself, and its part along each axis.
export function drawArrows(context, { box, x, y }, scene, { lane, pixels, at }, theme, words) {
  const i = Math.min(at, lane.frames - 2);
  if (i < 0 || !lane.columns.step) return [];
  const flat = scene.flat;
  const vector = (parts, weights) => scene.project(parts.map((part, k) => part[i] * (weights ? weights[k][i] : 1)));
  const rate = lane.columns.rate[0][i];
  const step = vector(lane.columns.step);
  const slope = vector(lane.columns.grads).map((part) => -rate * part);
  const unit = [x(1) - x(0), y(1) - y(0)];
  const length = (v) => Math.hypot(v[0] * unit[0], flat ? 0 : v[1] * unit[1]);
  const direction = vector(lane.columns.step, lane.columns.scale); // −η m
  const stretch = length(step) / (length(direction) || 1);
  const parts =
    lane.family === "memory"
      ? [
          [
            lane.remembers === "movements" ? `${lane.symbol} × ${words.last_step}` : `${lane.symbol} m`,
            step.map((s, k) => s - slope[k]),
            theme.accent,
          ],
          ["−η g", slope, theme.soft],
          [words.whole_step, step, theme.ink],
        ]
      : lane.family === "adaptive"
        ? [
            [words.direction, direction.map((s) => s * stretch), theme.accent],
            [words.whole_step, step, theme.ink],
            ["x", [step[0], 0], theme.soft],
            ["y", [0, step[1]], theme.soft],
          ]
        : [[`${words.whole_step} = −η g`, step, theme.ink]];
  const size = Math.min(box.right - box.left, box.bottom - box.top);
  const longest = Math.max(...parts.map(([, v]) => length(v)));
  if (!Number.isFinite(longest) || longest * MOST < 4 || longest > 100 * size) return [];
  const wanted = longest < 0.08 * size ? (0.14 * size) / longest : longest > 0.4 * size ? (0.4 * size) / longest : 1;
  const times = Math.min(wanted, MOST);
  const [px, py] = [pixels[2 * i], pixels[2 * i + 1]];
  let [fromX, fromY] = [px, py];
  parts.forEach(([name, v, colour], part) => {
    const level = flat ? 9 * (parts.length - part) : 0; // on one line they would hide each other
    const [dx, dy] = [v[0] * unit[0] * times, flat ? 0 : v[1] * unit[1] * times];
    arrow(context, fromX, fromY - level, fromX + dx, fromY + dy - level, colour, theme, name.length === 1);
    // Momentum: the gradient's part begins where the last movement's ends, and the sum leads to its tip.
    [fromX, fromY] = lane.family === "memory" && part === 0 ? [fromX + dx, fromY + dy] : [px, py];
  });
  return [
    [lane.label, null],
    ...parts.filter(([name]) => name.length > 1).map(([name, , colour]) => [name, colour]),
    [`×${number(times, 2)}`, null],
  ];
}

function arrow(context, x0, y0, x1, y1, colour, theme, thin) {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (length < 2) return;
  const angle = Math.atan2(y1 - y0, x1 - x0);
  const head = Math.min(11, length * 0.5);
  const draw = (width, style) => {
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    for (const side of [-0.45, 0.45]) {
      context.moveTo(x1, y1);
      context.lineTo(x1 - head * Math.cos(angle + side), y1 - head * Math.sin(angle + side));
    }
    context.lineWidth = width;
    context.strokeStyle = style;
    context.stroke();
  };
  context.setLineDash(thin ? [3, 3] : []);
  if (!thin) draw(6, theme.halo);
  draw(thin ? 1.5 : 3, colour);
  context.setLineDash([]);
}

export function legend(context, box, given, theme) {
  let notes = given;
  if (!notes.length) return;
  context.font = font(14, 600);
  const measure = () => notes.map(([name, colour]) => context.measureText(name).width + (colour ? 34 : 12));
  const sum = (widths) => widths.reduce((total, width) => total + width, 8);
  const room = box.right - box.left - 30; // the axis's name ends the row
  if (sum(measure()) > room) notes = notes.slice(1); // the optimizer's name is the first to go
  while (notes.length > 1 && sum(measure()) > room) notes = notes.slice(0, -1);
  const widths = measure();
  let at = box.left;
  context.textAlign = "left";
  context.textBaseline = "middle";
  notes.forEach(([name, colour], i) => {
    if (colour) arrow(context, at, box.bottom + 31, at + 18, box.bottom + 31, colour, theme, false);
    context.fillStyle = theme.ink;
    context.fillText(name, at + (colour ? 23 : 0), box.bottom + 32);
    at += widths[i];
  });
}
