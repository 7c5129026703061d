// Maps on a surface: every cell is a whole descent; beside them the one behind one of them, which a click chooses and a
// pointer shows.

import { chartOf } from "../kit/chart.js";
import { edit } from "../kit/edits.js";
import { visit } from "../kit/go.js";
import { makeLane, projected } from "../kit/lane.js";
import { MAP, pointAt, showScene } from "../kit/map.js";
import { figure, page } from "../kit/page.js";
import { button } from "../kit/parts.js";
import { drawPaths } from "../kit/paths.js";
import { layVeil } from "../kit/veil.js";
import { isEqual, say } from "../kit/window.js";
import { readMap } from "../maps/asked.js";
import { editsOf } from "../maps/behind.js";
import { fillBelow } from "../maps/below.js";
import { bigButton } from "../maps/large.js";
import { BELOW, CELLS, cells, fields } from "../maps/mapped.js";
import { wire } from "../maps/pointer.js";
import { worded } from "../pictures/race.js";

/** @typedef {Payload.MapsPicture & Payload.ComparePicture & import("../pictures/race.js").Worded} Shown */
/** @typedef {import("../kit/page.js").Page<Shown>} Stage */

const CHARTS = ["loss", "norm"];

const LAYOUT = `
  <div class="pictures">
    ${CELLS}
    <div class="curves"><figure class="contour" data-picture="map">${MAP}</figure>${CHARTS.map((chart) =>
      figure(chart),
    ).join("")}</div>
  </div>
  ${BELOW}`;

export const { mount, unmount } = page("maps", LAYOUT, {
  fields,
  pictures: {
    cells,
    map: {
      map: (/** @type {Stage} */ stage) => pointer(stage),
      moving: (context, size, stage) => {
        const { hover } = stage;
        if (!hover) return drawPaths(context, size, stage.maps.map, onMap(stage), stage);
        const clock = { ...stage.clock, step: stage.clock.last, seen: stage.clock.last };
        drawPaths(context, size, { ...stage.maps.map, scene: hover.scene }, hover.lanes, { ...stage, clock });
      },
    },
    ...Object.fromEntries(CHARTS.map((name) => [name, chartOf(name, (stage) => stage.lanes)])),
  },
  asks: "race",
  worded,
  waits: layVeil,
  read,
  paced: ({ lanes, header }) => [lanes, header.steps, header.scene.window],
  saved: (stage) => ({
    file: "descent-lab-map.png",
    title: stage.header.title,
    more: [bigButton(stage), compareButton(stage)],
  }),
  built: wire,
  laid: (stage, whole) => {
    layVeil(stage);
    if (whole) fillBelow(stage);
  },
  shown: ({ header, maps }) => header.problem && say(maps.map, header.problem),
});

const onMap = ({ lanes }) => lanes.filter(({ away }) => !away);

/** @param {Stage} stage @param {Shown} header @param {Float32Array} floats @param {Shown} [before] */
function read(stage, header, floats, before) {
  const scene = projected(header.scene);
  const { map } = stage.maps;
  Object.assign(stage, {
    hover: null,
    lanes: header.lanes.map((lane) => makeLane(lane, floats, scene)),
    behind: {
      address: (found) => addressBehind(stage, found),
      shows: (run) => show(stage, run),
      takes: (edits) => edits.forEach(([path, value]) => edit(stage.component, path, value)),
    },
  });
  const another = before?.scene.key !== scene.key;
  showScene(map, scene, stage.words, another || isEqual(map, scene) !== isEqual(map));
  readMap(stage, header, before);
}

function addressBehind(stage, found) {
  const edits = editsOf(stage, found).map((each) => `&edit=${encodeURIComponent(JSON.stringify(each))}`);
  return new URL(`../../race?${stage.header.link}${edits.join("")}`, import.meta.url);
}

function show(stage, run) {
  stage.hover = run && {
    scene: { ...stage.maps.map.scene, start: run.header.scene.start },
    lanes: onMap({ lanes: run.header.lanes.map((lane) => makeLane(lane, run.floats, projected(run.header.scene))) }),
  };
  stage.repaint("map", "moving");
}

const pointer = (/** @type {Stage} */ stage) => {
  const startAt = (at, live) => edit(stage.component, "start", pointAt(stage.maps.map, at), live);
  return {
    redraw: () => stage.layout(),
    hold: ({ px, py, x, y }) => {
      const { start, flat } = stage.header.scene;
      return Math.hypot(px - x(start[0]), flat ? 0 : py - y(start[1])) < 16;
    },
    drag: (at) => startAt(at, true),
    drop: (at) => startAt(at, false),
    click: (at) => startAt(at, false),
  };
};

const compareButton = (stage) =>
  button(stage.header.told.compare, stage.header.told.compare_hint, () => openCompare(stage));

const openCompare = ({ header }) => visit(new URL(`./?${header.link}&lang=${header.language}`, document.baseURI).href);
