// Maps of networks: every cell is a whole training; beside them the curves of the one behind one of them, which a click
// chooses and a pointer shows.

import { chartOf } from "../kit/chart.js";
import { sendAll } from "../kit/edits.js";
import { visit } from "../kit/go.js";
import { tabled } from "../kit/lane.js";
import { figure, page } from "../kit/page.js";
import { button } from "../kit/parts.js";
import { readMap } from "../maps/asked.js";
import { editsOf } from "../maps/behind.js";
import { fillBelow } from "../maps/below.js";
import { bigButton } from "../maps/large.js";
import { BELOW, CELLS, cells, fields } from "../maps/mapped.js";
import { wire } from "../maps/pointer.js";
import { addressOf } from "../maps/tiles.js";

/** @typedef {Payload.TrainingsPicture} Shown */
/** @typedef {import("../kit/page.js").Page<Shown>} Stage */

const CHARTS = ["loss", "norm"];
const LAYOUT = `
  <div class="pictures">
    ${CELLS}
    <div class="curves">${CHARTS.map((chart) => figure(chart)).join("")}</div>
  </div>
  ${BELOW}`;

export const { mount, unmount } = page("trainings", LAYOUT, {
  fields,
  pictures: { cells, ...Object.fromEntries(CHARTS.map((name) => [name, chart(name)])) },
  read,
  paced: ({ lanes, header }) => [lanes, header.steps],
  saved: (stage) => ({
    file: "descent-lab-map.png",
    title: stage.header.title,
    more: [bigButton(stage), networksButton(stage)],
  }),
  built: wire,
  laid: (stage, whole) => {
    setDoor(stage);
    if (whole) fillBelow(stage);
  },
});

// While a pointer shows another run, its whole curve stands in the place of the one on the clock.
function chart(name) {
  const picture = chartOf(name, (stage) => stage.hover ?? stage.lanes);
  const atEnd = (stage) => ({ ...stage.clock, step: stage.clock.last, seen: stage.clock.last });
  return {
    ...picture,
    moving: (context, size, stage, each) =>
      picture.moving(context, size, stage.hover ? { ...stage, clock: atEnd(stage) } : stage, each),
  };
}

/** @param {Stage} stage @param {Shown} header @param {Float32Array} floats @param {Shown} [before] */
function read(stage, header, floats, before) {
  stage.root.classList.add("maps");
  Object.assign(stage, {
    hover: null,
    lanes: lanesOf(header, floats),
    behind: {
      address: (found) => addressBehind(stage, found),
      shows: (run) => {
        stage.hover = run && lanesOf(run.header, run.floats);
        for (const each of CHARTS) for (const layer of ["ground", "moving"]) stage.repaint(each, layer);
      },
      takes: (edits) => sendAll(stage.component, edits),
    },
  });
  readMap(stage, header, before);
}

const lanesOf = ({ lanes }, floats) => lanes.map((lane) => tabled(lane, floats, lane.curves));

function addressBehind(stage, found) {
  const [own, edits] = [[], []];
  for (const [path, value] of editsOf(stage, found))
    if (path.startsWith("net.")) edits.push(`&edit=${encodeURIComponent(JSON.stringify([path, value]))}`);
    else own.push(`&${path}=${value}`);
  const { header } = stage;
  return addressOf("trial", header.link, null, `${own.join("")}${edits.join("")}&lang=${header.language}`);
}

// Made once; whether there is a door, and where it leads, depends on the training that is shown.
function networksButton(stage) {
  const go = () => {
    const { networks, language } = stage.header;
    visit(new URL(`./networks?${networks}&lang=${language}`, document.baseURI).href);
  };
  const made = button(stage.header.told.networks, "", go);
  made.dataset.door = "networks";
  return made;
}

function setDoor({ find, header }) {
  const { told, networks } = header;
  Object.assign(find("[data-door]"), { disabled: !networks, title: told[networks ? "networks_hint" : "networks_not"] });
}
