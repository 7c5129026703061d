// What a page asks of the server about a map: what it is about, and the numbers below it.

import { filled } from "../kit/terms.js";
import { unpack } from "../kit/wire.js";
import { fillBelow } from "./below.js";
import { isCounted } from "./names.js";
import { addressOf, makeTiles } from "./tiles.js";
import { goTo, measureOf, placesOf, rootOf, wantTiles } from "./view.js";

const SOON = 2.5; // seconds that a tile may take which is computed unasked
const PATIENCE = 5; // seconds, with what must be compiled before: tiles say how many are there, with a Cancel

/** New data: what changes of the map. @param {any} stage @param {any} before the header before */
export function readMap(stage, header, before) {
  stage.tiles ??= makeTiles({ news: () => renew(stage), fails: (why) => failed(stage, why) });
  const { across, up, measure, zoom, fine } = header.looks;
  const asked = [header.link, across, up, header.language].join(" ");
  if (asked !== stage.described) {
    stage.described = asked;
    describe(stage);
  } else if (String(zoom) !== String(stage.zoomed) && stage.info) {
    goTo(stage, zoom.length ? placesOf(stage, zoom) : rootOf(stage), false); // Back, Forward, or a demonstration
  } else if (fine !== before?.looks.fine) wantTiles(stage);
  if (measure !== before?.looks.measure) stage.figures = null;
}

const optionsOf = ({ header }) => {
  const { across, up, measure } = header.looks;
  return `${across && `&across=${across}`}${up && `&up=${up}`}&measure=${measure}&lang=${header.language}`;
};

// What the map is about: its axes, the points that cells may be named after, what is known without looking.
async function describe(stage) {
  const { header, described } = stage;
  stage.describing?.abort();
  const control = (stage.describing = new AbortController());
  try {
    const address = addressOf(
      "map",
      header.link,
      header.looks.zoom.length ? header.looks.zoom : null,
      optionsOf(stage),
    );
    const answer = await fetch(address, { signal: control.signal });
    if (!answer.ok) throw new Error(await answer.text());
    const { header: info } = await unpack(new Uint8Array(await answer.arrayBuffer()));
    if (stage.closed || described !== stage.described) return;
    const another = info.base !== stage.info?.base;
    stage.info = info;
    stage.failure = "";
    if (another) {
      stage.tiles.of(info.base);
      stage.tiles.stopped = info.refused || info.seconds > SOON || info.seconds + info.preparing > PATIENCE;
      Object.assign(stage, { past: [], figures: null, zoomed: header.looks.zoom, hover: null });
      stage.view = rootOf(stage);
      goTo(stage, placesOf(stage, info.window), false); // the window that makes sense, within what the axes allow
      stage.zoomed = header.looks.zoom;
    }
    stage.layout(true);
  } catch (error) {
    if (error.name !== "AbortError") failed(stage, error.message);
  }
}

export function failed(stage, why) {
  stage.failure = filled(stage.header.told.failed, { why });
  stage.layout(true);
}

function renew(stage) {
  if (stage.closed || stage.renewing) return;
  stage.renewing = requestAnimationFrame(() => {
    stage.renewing = 0;
    stage.layout(true);
    const { tiles } = stage;
    if (!tiles.left() && !tiles.stopped && tiles.known.size && !stage.figures && isCounted(measureOf(stage)))
      askFigures(stage);
  });
}

async function askFigures(stage) {
  const mine = (stage.figures = {});
  const link = stage.info.base;
  try {
    const window = stage.zoomed?.length ? stage.zoomed : null;
    const answer = await fetch(addressOf("figures", link, window, `&measure=${stage.header.looks.measure}`));
    if (!answer.ok) return;
    const { header } = await unpack(new Uint8Array(await answer.arrayBuffer()));
    if (stage.figures !== mine || !header.rows) return;
    stage.figures = header;
    fillBelow(stage);
  } catch {
    // they stay away
  }
}
