// The chart of eigenvalues at a point.

import { number, subscript } from "../kit/axes.js";
import { drawFrame, FOOT, LEFT, TOP } from "../kit/frame.js";
import { font } from "../kit/look.js";
import { note, shade } from "../kit/parts.js";
import { decades, drawBand, limited, linear, SIDE, write } from "./stroked.js";
import { colourOfVector } from "./vectors.js";

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
