// A map with one axis: the numbers of every lane as a curve over it.

import { number, scale, ticks } from "../kit/axes.js";
import { dashOf, font, marker } from "../kit/look.js";
import { clipped } from "../kit/parts.js";
import { inColour } from "../kit/series.js";
import { DASHES } from "./cells.js";
import { drawEdges } from "./edges.js";
import { measured } from "./scales.js";
import { along } from "./tiles.js";

/** The points of a lane, from left to right: [place along the axis, value], of the finest tiles that are there. */
function pointsOf(look, at) {
  let points = [];
  for (const { box, header, rows } of look.tiles) {
    const row = rows[look.measure.name][at];
    points = points.filter(([place]) => place < box[0] || place >= box[1]);
    points.push(...Array.from(row, (value, i) => [along(look.axes[0], header.across[i]), value]));
  }
  return points.sort((a, b) => a[0] - b[0]);
}

/** The picture; `log`: of the axis upwards. A value that is missing is marked at the top. */
export function drawSweep(context, panel, look, log) {
  const { box } = panel;
  const { theme, view, axes, measure, lanes, floor } = look;
  const place = (value) => measured(measure, value, floor);
  const x = scale(view[0], view[1], box.left, box.right);
  const [low, high] = look.range;
  const y = scale(log ? low : Math.min(low, 0), high, box.bottom - 4, box.top + 14, log);
  context.fillStyle = theme.panel;
  context.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  drawEdges(context, panel, { x, y }, axes, theme);
  context.font = font(13);
  [context.textAlign, context.textBaseline, context.fillStyle] = ["right", "middle", theme.soft];
  for (const tick of ticks(y.low, y.high, (box.bottom - box.top) / 50, log)) {
    context.fillRect(box.left - 4, y(tick), 4, 1);
    context.fillText(number(tick, 3), box.left - 7, y(tick));
  }
  for (const { lane, line, at } of look.theory)
    clipped(context, box, () =>
      inColour(context, { colour: lane, width: 2, dash: DASHES[at] }, theme, () => {
        const px = x(along(axes[0], line[0][0]));
        context.beginPath();
        context.moveTo(px, box.top);
        context.lineTo(px, box.bottom);
        context.stroke();
      }),
    );
  lanes.forEach((lane, at) => {
    if (!lane) return;
    const points = pointsOf(look, at);
    clipped(context, box, () =>
      inColour(context, { colour: lane.number, width: 2.2, dash: dashOf(lane.number) }, theme, () => {
        context.beginPath();
        let gap = true;
        for (const [across, value] of points) {
          if (Number.isNaN(value)) gap = true;
          else {
            gap ? context.moveTo(x(across), y(place(value))) : context.lineTo(x(across), y(place(value)));
            gap = false;
          }
        }
        context.stroke();
      }),
    );
    const spare = points.filter(([, value]) => Number.isNaN(value));
    for (const [across] of spare.filter((_, i) => i % Math.ceil(spare.length / 24) === 0))
      if (across >= view[0] && across <= view[1]) marker(context, lane.number, x(across), box.top + 7, 3, theme);
  });
}
