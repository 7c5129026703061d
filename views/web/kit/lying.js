// What lies on a surface in three dimensions, and what stands around it.

import { number, ticks } from "./axes.js";
import { frameAt } from "./clock.js";
import { colourOf, dashOf, font, marker, star } from "./look.js";
import { ages, markSize, ringsOf, ring as spreading } from "./trail.js";

export function drawLane(context, lane, places, clock, theme, chosen) {
  const last = frameAt(lane.steps, clock.step);
  const trace = (hidden, first, to) => {
    context.beginPath();
    for (let i = first + 1; i <= to; i++) {
      const [from, next] = [places[i - 1], places[i]];
      if (!from || !next || next.hidden !== hidden) continue;
      if (i < first + 2 || places[i - 1].hidden !== hidden || !places[i - 2]) context.moveTo(from.px, from.py);
      context.lineTo(next.px, next.py);
    }
  };
  context.lineJoin = context.lineCap = "round";
  const colour = colourOf(lane.number, theme);
  for (const age of ages(clock, last))
    for (const [hidden, width, stroke, dash, alpha] of [
      [true, 1.5, colour, [2, 4], 0.7],
      [false, chosen ? 7 : 6, theme.halo, [], 1],
      [false, chosen ? 4 : 3, colour, dashOf(lane.number), 1],
    ]) {
      trace(hidden, age.from, age.to);
      context.setLineDash(dash);
      Object.assign(context, { lineWidth: width * age.wide, strokeStyle: stroke, globalAlpha: alpha * age.alpha });
      context.stroke();
    }
  context.setLineDash([]);
  context.globalAlpha = 1;
  const end = places.slice(0, last + 1).findLast((place) => place);
  if (!end) return;
  for (const spread of ringsOf(lane, clock)) spreading(context, end.px, end.py, spread, colour);
  context.globalAlpha = end.hidden ? 0.4 : 1;
  marker(context, lane.number, end.px, end.py, markSize(lane, clock), theme);
  context.globalAlpha = 1;
}

export function drawStar(context, place, theme) {
  if (!place) return;
  context.globalAlpha = place.hidden ? 0.35 : 1;
  context.beginPath();
  star(context, place.px, place.py, 8);
  context.closePath();
  Object.assign(context, { lineWidth: 2, strokeStyle: theme.ink, fillStyle: theme.paper });
  context.fill();
  context.stroke();
  context.globalAlpha = 1;
}

export function ring(context, { px, py }, theme) {
  for (const [width, colour] of [
    [5, theme.halo],
    [2.5, theme.ink],
  ]) {
    context.beginPath();
    context.arc(px, py, 8, 0, 7);
    Object.assign(context, { lineWidth: width, strokeStyle: colour });
    context.stroke();
  }
}

// The two edges of the floor in front, with their numbers, and the heights at the side.
export function drawFrame(context, solid, relief, scene, { seen }, theme) {
  const [x0, x1, y0, y1] = relief.window;
  const [sx, sy] = solid.sides.map((side) => side / 2);
  const front = Math.cos(solid.turn) > 0 ? -1 : 1; // which edge along x is nearer
  const side = Math.sin(solid.turn) > 0 ? -1 : 1; // which edge along y is
  const edge = (from, to, low, high, name, count) => {
    const [a, b] = [seen(from), seen(to)];
    context.beginPath();
    context.moveTo(a.px, a.py);
    context.lineTo(b.px, b.py);
    Object.assign(context, { lineWidth: 1, strokeStyle: theme.soft, fillStyle: theme.soft, font: font(13) });
    context.stroke();
    const middle = seen([0, 0, 0]);
    const put = (share, text, off) => {
      const at = seen(from.map((value, i) => value + share * (to[i] - value)));
      const [dx, dy] = [(a.px + b.px) / 2 - middle.px, (a.py + b.py) / 2 - middle.py];
      const far = Math.hypot(dx, dy) || 1;
      Object.assign(context, { textAlign: "center", textBaseline: "middle" });
      context.fillText(text, at.px + (off * dx) / far, at.py + (off * dy) / far);
    };
    for (const tick of ticks(low, high, count)) put((tick - low) / (high - low), number(tick, 3), 16);
    context.fillStyle = theme.ink;
    context.font = font(14, 600);
    put(0.5, name, 40);
  };
  if (solid.tilt > 1.35) return edgesFromAbove(edge, sx, sy, relief.window, scene);
  edge([-sx, front * sy, 0], [sx, front * sy, 0], x0, x1, scene.names[0], 5);
  edge([side * sx, -sy, 0], [side * sx, sy, 0], y0, y1, scene.names[1], 5);
}

function edgesFromAbove(edge, sx, sy, [x0, x1, y0, y1], scene) {
  edge([-sx, -sy, 0], [sx, -sy, 0], x0, x1, scene.names[0], 6);
  edge([-sx, -sy, 0], [-sx, sy, 0], y0, y1, scene.names[1], 6);
}
