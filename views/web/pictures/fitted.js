// A curve over one input, and its pieces; predictions against targets.

import { drawFrame } from "../kit/frame.js";
import { colourOf, dashOf } from "../kit/look.js";
import { clipped } from "../kit/parts.js";
import { blended } from "./blended.js";
import { dot, held, key, stroke } from "./example.js";

export function drawCurve(context, size, picture) {
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

export function drawPairs(context, size, picture) {
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
