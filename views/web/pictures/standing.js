// Critical points in three dimensions: the signs of all that was found on the surface, and through the chosen point the
// parabola that has the same height, slope and curvature there.

import { lossAt, shareAt } from "../kit/heights.js";
import { font } from "../kit/look.js";
import { strokeForm, verdictMark } from "./marks.js";

const RINGS = 6; // of the parabola, from the point out to where it is worth drawing
const SPOKES = 16;
const ROUND = 48; // places along a ring, a multiple of the spokes
const NEAR = 1e-6; // of the picture's width: a point that is farther from its plane has no place on the surface

/** What `over` of drawSolid draws for this page; `spot(place, share)` is where a place at a height is on the screen. */
export function drawStanding(context, spot, relief, size, { header, theme, words }) {
  const { here, points, valleys, kinks } = header;
  for (const valley of valleys) drawValley(context, spot, valley, theme);
  if (drawParabola(context, spot, relief, header, theme)) drawLegend(context, size, words.legend_model, theme);
  const sign = (kind, at, radius) => {
    const place = spot(at);
    if (!place) return;
    context.globalAlpha = place.hidden ? 0.4 : 1;
    verdictMark(context, kind, place.px, place.py, radius, theme);
    context.globalAlpha = 1;
  };
  for (const { at } of kinks) sign("not_smooth", at, 6);
  for (const { kind, at } of points) sign(kind, at, 6.5);
  if (here.row < 0) sign(here.kind, here.at, 7);
}

/** Heights of the parabola, as shares of the relief's scale, at places from the chosen point; null beyond the scale. */
export function parabola({ here, scene }, { colour }) {
  const [g, h] = [here.gradient, here.hessian];
  if ([...g, ...h.flat()].some((value) => value === null)) return null;
  const [lowest, highest] = [lossAt(colour, 0), lossAt(colour, 1)];
  return (/** @type {number} */ dx, /** @type {number} */ dy) => {
    const d = scene.axes[0].map((across, i) => across * dx + scene.axes[1][i] * dy);
    const along = h.map((row) => row.reduce((sum, value, i) => sum + value * d[i], 0));
    const loss = here.loss + d.reduce((sum, part, i) => sum + part * (g[i] + along[i] / 2), 0);
    return loss >= lowest && loss <= highest ? shareAt(colour, loss) : null;
  };
}

// In more than two dimensions the surface is drawn on one plane; a point beside it has another height.
function isOnPlane({ here, scene: { origin, axes, window } }) {
  const off = here.exact.map((value, i) => value - origin[i] - axes[0][i] * here.at[0] - axes[1][i] * here.at[1]);
  return Math.hypot(...off) <= NEAR * (window[1] - window[0]);
}

function drawParabola(context, spot, relief, header, theme) {
  const { here, gap } = header;
  const height = gap?.at > 0 && isOnPlane(header) && parabola(header, relief);
  if (!height) return false;
  const placeAt = (ring, turn) => {
    const [r, a] = [(gap.at * ring) / RINGS, (2 * Math.PI * turn) / ROUND];
    const [dx, dy] = [r * Math.cos(a), r * Math.sin(a)];
    const share = height(dx, dy);
    return share === null ? null : spot([here.at[0] + dx, here.at[1] + dy], share);
  };
  const rings = Array.from({ length: RINGS + 1 }, (_, ring) =>
    Array.from({ length: ROUND + 1 }, (__, turn) => placeAt(ring, turn)),
  );
  const lines = [
    ...rings.slice(1),
    ...Array.from({ length: SPOKES }, (_, k) => rings.map((ring) => ring[(k * ROUND) / SPOKES])),
  ];
  fillBetween(context, rings, theme);
  for (const [hidden, width, colour, alpha, dash] of [
    [true, 1, theme.accent, 0.6, [2, 3]],
    [false, 3.5, theme.halo, 0.7, []],
    [false, 1.4, theme.accent, 1, []],
  ]) {
    context.beginPath();
    for (const line of lines)
      for (let i = 1; i < line.length; i++) {
        const [from, to] = [line[i - 1], line[i]];
        if (!from || !to || to.hidden !== hidden) continue;
        context.moveTo(from.px, from.py);
        context.lineTo(to.px, to.py);
      }
    context.setLineDash(/** @type {number[]} */ (dash));
    Object.assign(context, { lineWidth: width, globalAlpha: alpha, strokeStyle: colour, lineCap: "round" });
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
  return true;
}

function drawLegend(context, { height }, text, theme) {
  context.fillStyle = theme.accent;
  context.fillRect(12, height - 14, 22, 2.4);
  Object.assign(context, { font: font(13), textAlign: "left", textBaseline: "middle", fillStyle: theme.soft });
  context.fillText(text, 40, height - 13);
}

// A veil over what is seen of it.
function fillBetween(context, rings, theme) {
  context.beginPath();
  for (let ring = 1; ring < rings.length; ring++)
    for (let turn = 1; turn < rings[ring].length; turn++) {
      const corners = [rings[ring - 1][turn - 1], rings[ring - 1][turn], rings[ring][turn], rings[ring][turn - 1]];
      if (corners.some((corner) => !corner || corner.hidden)) continue;
      corners.forEach(({ px, py }, i) => (i ? context.lineTo(px, py) : context.moveTo(px, py)));
      context.closePath();
    }
  Object.assign(context, { fillStyle: theme.paper, globalAlpha: 0.55 });
  context.fill();
  context.globalAlpha = 1;
}

function drawValley(context, spot, { kind, path, curve, closed }, theme) {
  if (!curve) return;
  const places = [...path, ...(closed ? [path[0]] : [])].map((at) => spot(at));
  context.beginPath();
  places.forEach((place, i) => {
    const before = places[i - 1];
    if (!place || place.hidden) return;
    const near = before && !before.hidden && Math.hypot(place.px - before.px, place.py - before.py) < 60;
    near ? context.lineTo(place.px, place.py) : context.moveTo(place.px, place.py);
  });
  strokeForm(context, kind, theme);
}
