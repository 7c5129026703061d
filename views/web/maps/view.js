// What is seen of a map: a window, which hands move, and the tiles that it wants.

import { edit } from "../kit/edits.js";
import { covering } from "./covering.js";
import { isCounted } from "./names.js";
import { along, back, NONE } from "./tiles.js";

export const REST = 400; // milliseconds after which the address says what is seen
const CLOSEST = 2 ** -44; // of the first window: closer, double precision has no more numbers

export const measureOf = ({ header }) => header.measures.find(({ name }) => name === header.looks.measure);

/** Whether there is one axis, and whether the numbers over it are drawn as curves: names remain colours. */
export const isSweep = ({ info }) => info?.axes[1].name === NONE;

export const isCurves = (stage) => isSweep(stage) && !isCounted(measureOf(stage));

/** @param {any} stage @returns {any} */
export const placesOf = ({ info }, zoom) => zoom.map((value, i) => along(info.axes[i >> 1], value));

const valuesOf = ({ info }, view) => view.map((place, i) => back(info.axes[i >> 1], place));

/** @returns {any} */
export const rootOf = (stage) =>
  placesOf(
    stage,
    stage.info.axes.flatMap(({ first, last }) => [first, last]),
  );

/** @returns {any} */
const limitsOf = (stage) =>
  placesOf(
    stage,
    stage.info.axes.flatMap(({ low, high, log, first }) => [log ? Math.max(low, first * 1e-6) : low, high]),
  );

/** Show another part; `mine`: somebody here has chosen it, so that the address follows. */
export function goTo(stage, view, mine = true) {
  const [limits, root] = [limitsOf(stage), rootOf(stage)];
  const next = [...view];
  if (isSweep(stage)) [next[2], next[3]] = [root[2], root[3]];
  for (const k of [0, 2]) {
    const wide = Math.min(
      Math.max(next[k + 1] - next[k], (root[k + 1] - root[k]) * CLOSEST),
      limits[k + 1] - limits[k],
    );
    const middle = (next[k] + next[k + 1]) / 2;
    [next[k], next[k + 1]] = [middle - wide / 2, middle + wide / 2];
    const shift = Math.max(limits[k] - next[k], 0) + Math.min(limits[k + 1] - next[k + 1], 0);
    [next[k], next[k + 1]] = [next[k] + shift, next[k + 1] + shift];
  }
  stage.view = next;
  stage.figures = null;
  wantTiles(stage);
  stage.layout();
  clearTimeout(stage.saying);
  const home = String(next) === String(root);
  stage.zoomed = home ? [] : valuesOf(stage, next);
  if (mine)
    stage.saying = setTimeout(() => !stage.closed && edit(stage.component, "zoom", home ? "" : stage.zoomed), REST);
}

/** @param {any} stage @param {number} factor @param {any} centre */
export function zoomBy(
  stage,
  factor,
  centre = [(stage.view[0] + stage.view[1]) / 2, (stage.view[2] + stage.view[3]) / 2],
) {
  const [x0, x1, y0, y1] = stage.view;
  const [cx, cy] = centre;
  goTo(stage, [cx + (x0 - cx) * factor, cx + (x1 - cx) * factor, cy + (y0 - cy) * factor, cy + (y1 - cy) * factor]);
}

export function wantTiles(stage) {
  const { info, view, header, pointer: at } = stage;
  if (!info) return;
  const near = at ?? [(view[0] + view[1]) / 2, (view[2] + view[3]) / 2];
  const wish = { fine: Number(header.looks.fine), cells: info.cells, near };
  stage.tiles.want(covering(info.axes, view, rootOf(stage), wish));
}
