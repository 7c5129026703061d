// The paths that run down a surface, up to the clock.

import { drawArrows, legend } from "./arrows.js";
import { frameAt, horizon } from "./clock.js";
import { frameOf } from "./ground.js";
import { bounded, colourOf, dashOf, marker } from "./look.js";
import { clipped } from "./parts.js";
import { drawTangents } from "./tangent.js";
import { ages, markSize, ring, ringsOf } from "./trail.js";

/** Everything that moves: paths up to the clock (and, pale, as far as they have been seen), markers, the start,
 * arrows. */
export function drawPaths(context, size, map, lanes, page) {
  if (map.solid) return map.drawSolid(map.solid, context, size, lanes, page);
  const { view, scene } = map;
  const { clock, theme, words, focus, arrows = false } = page;
  const frame = frameOf(size.width, size.height, view, scene.flat);
  const { box, x, y } = frame;
  context.clearRect(0, 0, size.width, size.height);
  let notes = [];
  clipped(context, box, () => {
    context.lineCap = "round";
    const shown = lanes.map((lane) => {
      const pixels = pixelsOf(lane, x, y);
      const [path, corners] = lane.strokes ? [lane.strokes, pixelsOf(lane.strokes, x, y)] : [lane, pixels];
      return { lane, path, at: frameAt(lane.steps, clock.step), pixels, corners };
    });
    for (const { lane, path, corners } of shown) {
      trace(context, corners, frameAt(path.steps, clock.step), frameAt(path.steps, horizon(clock)), path.drawn);
      context.globalAlpha = 0.3;
      context.lineWidth = 1.5;
      context.strokeStyle = colourOf(lane.number, theme);
      context.stroke();
      context.globalAlpha = 1;
    }
    for (const { lane, path, corners } of shown) {
      const to = frameAt(path.steps, clock.step);
      context.setLineDash([]);
      if (path.drawn) drawAlone(context, corners, to, path.alone, colourOf(lane.number, theme));
      const there = path.drawn?.map((drawn, i) => drawn && !path.alone[i]);
      const more = lane.number === focus ? 1 : 0;
      for (const age of ages(clock, to)) {
        trace(context, corners, age.from, age.to, there);
        context.globalAlpha = age.alpha;
        context.setLineDash([]);
        context.lineWidth = (6 + more) * age.wide;
        context.strokeStyle = theme.halo;
        context.stroke();
        context.setLineDash(dashOf(lane.number));
        context.lineWidth = (3 + more) * age.wide;
        context.strokeStyle = colourOf(lane.number, theme);
        context.stroke();
      }
      context.globalAlpha = 1;
    }
    context.setLineDash([]);
    if (scene.flat) drawTangents(context, frame, shown, page);
    drawStart(context, x(scene.start[0]), bounded(y(scene.start[1])), theme);
    for (const { lane, pixels, at } of shown) {
      for (const spread of ringsOf(lane, clock))
        ring(context, pixels[2 * at], pixels[2 * at + 1], spread, colourOf(lane.number, theme));
      marker(context, lane.number, pixels[2 * at], pixels[2 * at + 1], markSize(lane, clock), theme);
      if (lane.diverged >= 0 && at === lane.frames - 1) cross(context, pixels[2 * at], pixels[2 * at + 1], theme);
    }
    const chosen = arrows && shown.find(({ lane }) => lane.number === focus);
    if (chosen) notes = drawArrows(context, frame, scene, chosen, theme, words);
  });
  legend(context, box, notes, theme);
}

function pixelsOf(lane, x, y) {
  const pixels = new Float32Array(2 * lane.frames);
  for (let i = 0; i < lane.frames; i++) {
    pixels[2 * i] = bounded(x(lane.across[i]));
    pixels[2 * i + 1] = bounded(y(lane.up[i]));
  }
  return pixels;
}

// A line through corners; given `drawn`, only to those.
function trace(context, pixels, from, to, drawn) {
  context.beginPath();
  for (let i = from; i <= to; i++) {
    const [px, py] = [pixels[2 * i], pixels[2 * i + 1]];
    !drawn || drawn[i] ? context.lineTo(px, py) : context.moveTo(px, py);
  }
}

// Strokes that stand for many: a path that bounces covers what lies between, but does not hide it.
function drawAlone(context, pixels, to, alone, colour) {
  trace(context, pixels, 0, to, alone);
  context.globalAlpha = 0.4;
  context.lineWidth = 1.2;
  context.strokeStyle = colour;
  context.stroke();
  context.globalAlpha = 1;
}

function drawStart(context, px, py, theme) {
  for (const [width, colour] of [
    [5, theme.halo],
    [2.5, theme.ink],
  ]) {
    context.beginPath();
    context.arc(px, py, 8, 0, 7);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
}

function cross(context, px, py, theme) {
  context.beginPath();
  for (const turn of [-1, 1]) {
    context.moveTo(px - 9, py - 9 * turn);
    context.lineTo(px + 9, py + 9 * turn);
  }
  context.lineWidth = 3;
  context.strokeStyle = theme.danger;
  context.stroke();
}
