// One racer as Python sent it: columns of numbers, and where its path lies in the picture.

import { columns } from "./wire.js";

/** @typedef {Payload.Scene & {project: (vector: number[]) => number[]}} Scene */

/** A scene with the way from a point or a vector of the surface, (d,), to the plane of its picture.
 * @param {Payload.Scene} scene @returns {Scene} */
export const projected = (scene) => ({
  ...scene,
  project:
    scene.axes.length === 1 || scene.flat
      ? (v) => [v[0], 0]
      : (v) => scene.axes.map((axis) => axis.reduce((sum, part, i) => sum + part * v[i], 0)),
});

const FEW = 3; // strokes: after each few a path that bounces goes on over those that are there

// Which strokes are among few that follow each other.
function fewTogether(drawn) {
  const few = new Uint8Array(drawn.length);
  for (let from = 0, i = 0; i <= drawn.length; i++) {
    if (drawn[i]) continue;
    if (i - from <= FEW) few.fill(1, from, i);
    from = i + 1;
  }
  return few;
}

/** A lane one of whose tables stands in `block`: its columns by name, and the steps of its frames. */
export function tabled(lane, floats, block) {
  const table = columns(floats, block);
  return { ...lane, frames: block.frames, columns: table, steps: table.steps[0] };
}

/** A racer as it is drawn: its columns by name, and its path in the plane of the picture: where it is at each frame,
 * and, of a long run, the corners of its strokes {steps, across, up, drawn, alone, frames}, drawn: whether a stroke
 * leads there, alone: whether it stands for others like it. */
export function makeLane(lane, floats, scene) {
  const table = columns(floats, lane);
  const made = { ...lane, columns: table, steps: table.steps[0] };
  const shift = scene.flat ? [0, 0] : scene.project(scene.origin);
  made.across = new Float32Array(lane.frames);
  made.up = scene.flat ? table.loss[0] : new Float32Array(lane.frames);
  const point = new Array(table.theta.length);
  for (let i = 0; i < lane.frames; i++) {
    for (let k = 0; k < point.length; k++) point[k] = table.theta[k][i];
    const [across, up] = scene.project(point);
    made.across[i] = across - shift[0];
    if (!scene.flat) made.up[i] = up - shift[1];
  }
  if (lane.strokes) {
    const {
      steps: [steps],
      across: [across],
      up: [up],
      drawn: [drawn],
    } = columns(floats, lane.strokes);
    made.strokes = { ...lane.strokes, steps, across, up, drawn, alone: fewTogether(drawn) };
  }
  return made;
}
