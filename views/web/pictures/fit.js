// The data view of a network: the examples, and what each optimizer's network says of them at the clock.

import { scale } from "../kit/axes.js";
import { frameAt } from "../kit/clock.js";
import { drawFrame } from "../kit/frame.js";
import { CLASSES, colourOf, dashOf, font, lighter, marker } from "../kit/look.js";
import { clipped } from "../kit/parts.js";
import { regions } from "../kit/regions.js";
import { columns } from "../kit/wire.js";

const FINE = 1.6; // CSS pixels per pixel of a picture of regions
const STRETCH = 1.5; // by which a lane's picture may be higher, or lower, than its scale asks
const HEAD = 20; // pixels above each lane's picture, for its name

const DRAW = { curve: drawCurve, regions: drawRegions, points: drawPoints, pairs: drawPairs, hidden: drawHidden };

/** What is shown of the examples, with what belongs to each lane together.
 * @param {Payload.Fit} fit */
export function fitOf(fit, floats) {
  const rows = (/** @type {Payload.Block | null | undefined} */ block) => block && columns(floats, block).rows;
  const lanes = fit.lanes.map((block, k) => {
    const pieces = fit.pieces?.[k];
    return {
      ...fit.examples[fit.of[k]],
      steps: fit.steps[k],
      rows: rows(block),
      line: rows(fit.line?.[k]),
      pieces: pieces && { ...pieces, rows: rows(pieces.theta), bend: columns(floats, pieces.bends).bend[0] },
    };
  });
  return { ...fit, lanes };
}

/** picture: {fit, lanes, clock, theme, words, focus}; fit.lanes holds of each lane its rows, their steps, and its
 * examples: {rows, steps, trained, targets, places}. */
export function drawFit(context, size, picture) {
  context.clearRect(0, 0, size.width, size.height);
  context.textBaseline = "middle";
  DRAW[picture.fit.kind](context, size, picture);
}

/** What a lane's rows say at a step, between two of its moments blended: place -> number. */
function blended({ steps }, rows, step) {
  const at = frameAt(steps, step);
  const next = Math.min(at + 1, rows.length - 1);
  const share = next > at ? Math.min((step - steps[at]) / (steps[next] - steps[at]), 1) : 0;
  const [now, then] = [rows[Math.min(at, rows.length - 1)], rows[next]];
  return (i) => now[i] + share * (then[i] - now[i]);
}

// ---- a curve over one input -------------------------------------------------------------------------------------

function drawCurve(context, size, picture) {
  const { fit, lanes, clock, theme } = picture;
  const [[x0, x1], [y0, y1]] = fit.window;
  const frame = drawFrame(
    context,
    size,
    { x: { low: x0, high: x1, title: fit.names[0] }, y: { low: y0, high: y1 } },
    theme,
  );
  const { box, x, y } = frame;
  clipped(context, box, () => {
    const focused = Math.max(
      lanes.findIndex(({ number }) => number === picture.focus),
      0,
    );
    const { places, targets, trained, rows } = fit.lanes[focused];
    places.forEach(([place], i) => dot(context, x(place), y(targets[i]), 3.2, theme.soft, i < trained));
    const last = rows[0].length - 1;
    const place = (i) => x0 + ((x1 - x0) * i) / last;
    if (fit.lanes[focused].pieces) drawPieces(context, frame, picture, focused, place, last);
    lanes.forEach((lane, k) => {
      const said = blended(fit.lanes[k], fit.lanes[k].rows, clock.step);
      const path = new Path2D();
      for (let i = 0; i <= last; i++) path.lineTo(x(place(i)), held(y(said(i))));
      stroke(context, path, [
        [5, theme.halo, []],
        [2.6, colourOf(lane.number, theme), dashOf(lane.number)],
      ]);
    });
  });
  key(context, box, picture);
}

// One hidden layer of m neurons: y = b + Σ cᵢ σ(bᵢ + wᵢ x), with θ = (w, b, c, b); each cᵢ σ(…) is a piece.
function drawPieces(context, { x, y }, { fit, lanes, clock, theme }, lane, place, last) {
  const { pieces } = fit.lanes[lane];
  const theta = blended(fit.lanes[lane], pieces.rows, clock.step);
  const count = (pieces.rows[0].length - 1) / 3;
  const bend = activation(pieces);
  context.globalAlpha = 0.4;
  for (let m = 0; m < count; m++) {
    const path = new Path2D();
    for (let i = 0; i <= last; i++)
      path.lineTo(x(place(i)), held(y(theta(2 * count + m) * bend(theta(count + m) + theta(m) * place(i)))));
    stroke(context, path, [[1.2, colourOf(lanes[lane].number, theme), []]]);
  }
  context.globalAlpha = 1;
}

/** σ from its values at places that are even in arsinh z, from −reach to reach. */
function activation({ reach, bend }) {
  const last = bend.length - 1;
  return (z) => {
    const at = Math.min(Math.max((0.5 + Math.asinh(z) / (2 * reach)) * last, 0), last);
    const low = Math.min(Math.floor(at), last - 1);
    return bend[low] + (at - low) * (bend[low + 1] - bend[low]);
  };
}

// ---- one picture for each lane ----------------------------------------------------------------------------------

function drawRegions(context, size, picture) {
  const { fit, clock, theme } = picture;
  const [across, up] = fit.window;
  each(context, size, picture, (up[1] - up[0]) / (across[1] - across[0]), (box, _lane, k) => {
    const said = blended(fit.lanes[k], fit.lanes[k].rows, clock.step);
    const [width, height] = [Math.max(Math.round(box.width / FINE), 8), Math.max(Math.round(box.height / FINE), 8)];
    const canvas = new OffscreenCanvas(width, height);
    const pen = canvas.getContext("2d");
    const grid = { nx: fit.side, ny: fit.side, levels: fit.levels, classes: fit.classes.length };
    pen.putImageData(regions(grid, said, width, height, theme), 0, 0);
    context.drawImage(canvas, box.left, box.top, box.width, box.height);
    drawExamples(context, box, picture, k, (i) => fit.lanes[k].places[i], fit.window);
  });
}

function drawPoints(context, size, picture) {
  const { fit, clock } = picture;
  each(context, size, picture, 0.75, (box, _lane, k) => {
    const { steps, rows, targets, places } = fit.lanes[k];
    const said = rows[frameAt(steps, clock.step)];
    const wrong = (i) => said[i] !== targets[i];
    drawExamples(context, box, picture, k, (i) => places[i], fit.window, wrong);
    const count = targets.filter((_, i) => wrong(i)).length;
    return picture.words.wrong.replace("{count}", count).replace("{all}", targets.length);
  });
}

function drawHidden(context, size, picture) {
  const { fit, clock } = picture;
  each(context, size, picture, 0.75, (box, _lane, k) => {
    const { rows, targets, line } = fit.lanes[k];
    const said = blended(fit.lanes[k], rows, clock.step);
    if (line) drawLine(context, box, picture, k);
    drawExamples(context, box, picture, k, (i) => [said(i), said(targets.length + i)], fit.windows[k]);
  });
}

// Where the output layer is undecided, v·h + c = 0.
function drawLine(context, box, { fit, clock, theme }, k) {
  const [[x0, x1], [y0, y1]] = fit.windows[k];
  const [v, w, c] = [0, 1, 2].map(blended(fit.lanes[k], fit.lanes[k].line, clock.step));
  const [x, y] = [
    scale(x0, x1, box.left + 4, box.left + box.width - 4),
    scale(y0, y1, box.top + box.height - 4, box.top + 4),
  ];
  const foot = [(-c * v) / (v * v + w * w), (-c * w) / (v * v + w * w)]; // the point of the line that is nearest to 0
  const far = 10 * (x1 - x0 + y1 - y0);
  const length = Math.hypot(v, w);
  const path = new Path2D();
  path.moveTo(x(foot[0] - (far * w) / length), y(foot[1] + (far * v) / length));
  path.lineTo(x(foot[0] + (far * w) / length), y(foot[1] - (far * v) / length));
  clipped(context, { ...box, right: box.left + box.width, bottom: box.top + box.height }, () =>
    stroke(context, path, [[2, theme.ink, [6, 4]]]),
  );
}

function drawExamples(context, box, { fit, theme }, k, place, [across, up], wrong = (_i) => false) {
  const { targets, trained } = fit.lanes[k];
  const x = scale(across[0], across[1], box.left + 4, box.left + box.width - 4);
  const y = scale(up[0], up[1], box.top + box.height - 4, box.top + 4);
  clipped(context, { ...box, right: box.left + box.width, bottom: box.top + box.height }, () => {
    targets.forEach((target, i) => {
      const [px, py] = place(i);
      const colour = CLASSES[target % CLASSES.length];
      shape(context, target, x(px), y(py), i < trained, theme.light ? colour : lighter(colour), theme);
      if (wrong(i)) cross(context, x(px), y(py), theme);
    });
  });
}

/** Small pictures side by side, one for each lane with its name, as large as there is room for. */
function each(context, size, picture, aspect, draw) {
  const { lanes, theme } = picture;
  const foot = 22;
  const fits = lanes
    .map((_, i) => i + 1)
    .map((across) => {
      const room = {
        width: size.width / across - 10,
        height: (size.height - foot) / Math.ceil(lanes.length / across) - HEAD - 4,
      };
      const width = Math.min(room.width, (STRETCH * room.height) / aspect);
      return { across, width, height: Math.min(room.height, width * aspect * STRETCH) };
    });
  const { across, width, height } = fits.reduce((best, one) =>
    one.width * one.height > best.width * best.height ? one : best,
  );
  const cell = { width: size.width / across, height: HEAD + height + 4 };
  lanes.forEach((lane, k) => {
    const left = (k % across) * cell.width + (cell.width - width) / 2;
    const top = Math.floor(k / across) * cell.height + HEAD;
    const box = { left, top, width, height };
    context.fillStyle = theme.panel;
    context.fillRect(box.left, box.top, box.width, box.height);
    const told = draw(box, lane, k);
    context.lineWidth = 2;
    context.strokeStyle = colourOf(lane.number, theme);
    context.strokeRect(box.left, box.top, box.width, box.height);
    context.textAlign = "left";
    context.textBaseline = "middle";
    marker(context, lane.number, left + 7, top - 11, 4.5, theme);
    context.font = font(13, 600);
    context.fillStyle = theme.ink;
    const taken = told ? context.measureText(told).width + 8 : 0;
    context.fillText(cut(context, lane.label, Math.max(width - 18 - taken, 0)), left + 17, top - 10);
    if (!told) return;
    context.textAlign = "right";
    context.fillText(told, left + width, top - 10);
  });
  key(context, { left: 4, right: size.width - 4, bottom: size.height }, picture, size.height - 10);
}

function cut(context, text, room) {
  if (context.measureText(text).width <= room) return text;
  let short = text;
  while (short && context.measureText(`${short}…`).width > room) short = short.slice(0, -1);
  return `${short}…`;
}

// ---- predictions against targets --------------------------------------------------------------------------------

function drawPairs(context, size, picture) {
  const { fit, lanes, clock, theme, words } = picture;
  const [[low, high]] = fit.window;
  const axes = { x: { low, high, title: words.target }, y: { low, high } };
  const { box, x, y } = drawFrame(context, size, axes, theme);
  clipped(context, box, () => {
    const diagonal = new Path2D();
    diagonal.moveTo(x(low), y(low));
    diagonal.lineTo(x(high), y(high));
    stroke(context, diagonal, [[1.5, theme.soft, [5, 4]]]);
    lanes.forEach((lane, k) => {
      const { rows, targets, trained } = fit.lanes[k];
      const said = blended(fit.lanes[k], rows, clock.step);
      targets.forEach((target, i) =>
        dot(context, x(target), held(y(said(i))), 3, colourOf(lane.number, theme), i < trained),
      );
    });
  });
  key(context, box, picture);
}

// ---- marks ------------------------------------------------------------------------------------------------------

const held = (pixel) => Math.min(Math.max(pixel, -4000), 4000);

function stroke(context, path, styles) {
  for (const [width, colour, dash] of styles) {
    context.setLineDash(dash);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke(path);
  }
  context.setLineDash([]);
}

// Filled for what is learned from, hollow for what is tested on.
function dot(context, px, py, radius, colour, filled) {
  context.beginPath();
  context.arc(px, py, radius, 0, 7);
  finish(context, colour, filled);
}

function finish(context, colour, filled) {
  context.lineWidth = 1.4;
  context.strokeStyle = context.fillStyle = colour;
  filled ? context.fill() : context.stroke();
}

// A class has its colour and, for who sees no colours, its shape.
function shape(context, index, px, py, filled, colour, theme) {
  const r = 3.4;
  context.beginPath();
  if (index % 3 === 0) context.arc(px, py, r, 0, 7);
  else if (index % 3 === 1) context.rect(px - r * 0.9, py - r * 0.9, r * 1.8, r * 1.8);
  else
    [
      [0, -1.25],
      [1.15, 0.85],
      [-1.15, 0.85],
    ].forEach(([u, v], i) => (i ? context.lineTo(px + u * r, py + v * r) : context.moveTo(px + u * r, py + v * r)));
  context.closePath();
  context.lineWidth = 2.6;
  context.strokeStyle = theme.halo;
  context.stroke();
  finish(context, colour, filled);
}

function cross(context, px, py, theme) {
  const path = new Path2D();
  for (const turn of [-1, 1]) {
    path.moveTo(px - 5, py - 5 * turn);
    path.lineTo(px + 5, py + 5 * turn);
  }
  stroke(context, path, [[2, theme.danger, []]]);
}

/** What filled and hollow, and the shapes of the classes, mean; one line. */
function key(context, box, { fit, theme, words }, line = null) {
  context.font = font(12);
  context.textBaseline = "middle";
  context.textAlign = "left";
  const tested = fit.lanes.some(({ targets, trained }) => targets.length > trained);
  const entries = fit.classes.map((name, c) => [
    name,
    (px, py) =>
      shape(
        context,
        c,
        px,
        py,
        true,
        theme.light ? CLASSES[c % CLASSES.length] : lighter(CLASSES[c % CLASSES.length]),
        theme,
      ),
  ]);
  entries.push([words.trained, (px, py) => dot(context, px, py, 3.2, theme.soft, true)]);
  if (tested) entries.push([words.tested, (px, py) => dot(context, px, py, 3.2, theme.soft, false)]);
  const gap = entries.length > 6 ? 15 : 22;
  const wide = entries.map(([name]) => context.measureText(name).width + gap);
  const room = box.right - box.left;
  const shown = wide.reduce((a, b) => a + b, 0) > room ? entries.slice(-2) : entries;
  let left = box.left + 8;
  const py = line ?? box.top + 12;
  for (const [name, mark] of shown) {
    mark(left, py);
    context.fillStyle = theme.soft;
    context.fillText(name, left + 8, py);
    left += context.measureText(name).width + gap;
  }
}
