import { noteIn } from "../kit/parts.js";
import { drawCells, panelsOf, scalesOf } from "./cells.js";
import { isNamed } from "./names.js";
import { rangeOf, ranksOf } from "./scales.js";
import { drawSweep } from "./swept.js";
import { along } from "./tiles.js";
import { isCurves, isSweep, measureOf } from "./view.js";

const inView = ({ box }, view) => box[0] < view[1] && box[1] > view[0] && box[2] < view[3] && box[3] > view[2];

/** All that the picture is drawn with. @param {any} stage */
function lookOf(stage) {
  const { info, header, theme, view, lanes } = stage;
  const measure = measureOf(stage);
  const tiles = [...stage.tiles.known.values()].filter((tile) => inView(tile, view)).sort((a, b) => a.level - b.level);
  const named = header.lanes.map(({ number: at }) => lanes.find((lane) => lane.number === at));
  const look = {
    measure,
    tiles,
    view,
    axes: info.axes,
    theory: info.theory,
    places: info.places,
    floor: info.floor,
    lanes: named,
    theme,
    words: header.told,
    range: [1, 10],
    ranks: [],
    stamp: "",
  };
  if (measure.kind === "trained") look.ranks = ranksOf(measure, tiles);
  else if (!isNamed(measure)) look.range = rangeOf(measure, tiles, info.floor);
  look.stamp = [theme.paper, ...look.range, tiles.length, ...tiles.slice(-1).map(({ key }) => key)].join();
  return look;
}

/** The maps that are shown: of one lane, of all, or one about all of them. */
export function shownRows(stage) {
  const { header, lanes, info } = stage;
  const measure = measureOf(stage);
  if (measure.kind === "winner" || isCurves(stage)) return [{ at: 0, number: null, label: measure.label }];
  const rows = info.lanes.map((lane, at) => ({
    at,
    number: lane,
    label: lanes.find((each) => each.number === lane)?.label ?? "",
  }));
  const whose = rows.filter(({ number: lane }) => lane === header.looks.whose - 1);
  return whose.length ? whose : rows;
}

export function drawGround(context, size, stage) {
  context.clearRect(0, 0, size.width, size.height);
  if (!stage.info || !stage.view) return;
  const look = lookOf(stage);
  stage.drawn = look;
  stage.panels = panelsOf(size, shownRows(stage));
  if (isCurves(stage)) drawSweep(context, stage.panels[0], look, !stage.linear);
  else drawCells(context, size, stage.panels, look);
  if (!look.tiles.length && !stage.tiles.stopped && !stage.failure)
    for (const { box } of stage.panels) noteIn(context, box, stage.words.computing, stage.theme);
}

// Where the experiment is, where the pointer is, and the box that is dragged.
export function drawMarks(context, size, stage) {
  context.clearRect(0, 0, size.width, size.height);
  const { panels, view, theme, info, pointer: at, drag } = stage;
  if (!panels || !info) return;
  const now = info.axes.map((axis) => along(axis, axis.now));
  for (const panel of panels) {
    const { box } = panel;
    const { x, y } = scalesOf(panel, view);
    if (isSweep(stage)) {
      for (const [across] of [now, ...(at ? [at] : [])])
        if (across >= view[0] && across <= view[1]) {
          context.fillStyle = theme.ink;
          context.fillRect(x(across) - 0.75, box.top, 1.5, box.bottom - box.top);
        }
      continue;
    }
    const inside = (px, py) => px >= box.left && px <= box.right && py >= box.top && py <= box.bottom;
    for (const [[across, up], radius] of [[now, 7], ...(at ? [[at, 4]] : [])]) {
      const [px, py] = [x(across), y(up)];
      if (!inside(px, py)) continue;
      for (const [colour, width] of [
        [theme.halo, 5],
        [theme.ink, 2],
      ]) {
        context.beginPath();
        context.arc(px, py, radius, 0, 7);
        Object.assign(context, { strokeStyle: colour, lineWidth: width });
        context.stroke();
      }
    }
    if (!drag?.boxed || !drag.to) continue;
    Object.assign(context, { strokeStyle: theme.ink, lineWidth: 2 });
    context.setLineDash([5, 4]);
    context.strokeRect(
      x(drag.from[0]),
      y(drag.from[1]),
      x(drag.to[0]) - x(drag.from[0]),
      y(drag.to[1]) - y(drag.from[1]),
    );
    context.setLineDash([]);
  }
}
