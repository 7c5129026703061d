// The run behind a cell: shown while a pointer is there, chosen by a click.

import { number } from "../kit/axes.js";
import { unpack } from "../kit/wire.js";
import { cellAt } from "./cells.js";
import { told } from "./names.js";
import { NONE } from "./tiles.js";
import { isCurves, measureOf } from "./view.js";

const cellUnder = (stage, at) => stage.drawn && cellAt(stage.drawn.tiles, at);

export function hovering(stage, spot) {
  const reading = stage.find(".atlas .reading");
  const found = spot && cellUnder(stage, spot.at);
  stage.pointer = spot?.at ?? null;
  reading.hidden = !found;
  stage.repaint("cells", "moving");
  if (!found) {
    clearTimeout(stage.looking);
    stage.peek?.abort();
    if (stage.hover) stage.behind.shows(null);
    return;
  }
  const measure = measureOf(stage);
  const rows = found.tile.rows[measure.name];
  const value = rows[Math.min(spot.panel.row.at, rows.length - 1)][found.at];
  const { axes } = stage.info;
  const called = ({ symbol, label }) => (symbol && axes[0].symbol !== axes[1].symbol ? symbol : `${label} ${symbol}`);
  const place = axes
    .filter(({ name }) => name !== NONE)
    .map((axis, i) => `${called(axis).trim()} = ${number(found.values[i], 5)}`)
    .join(", ");
  const label = (i) => (rows.length > 1 ? `${stage.drawn.lanes[i]?.label ?? ""}: ` : "");
  const says = isCurves(stage)
    ? rows.map((row, i) => `${label(i)}${told(measure, row[found.at], stage.drawn)}`)
    : [told(measure, value, stage.drawn)];
  reading.textContent = [place, ...says].join("\n");
  if (!stage.asking) peek(stage, found);
  else stage.next = found;
}

// The run behind a cell, without choosing it: one question at a time, the next is about where the pointer is by then.
async function peek(stage, found) {
  const { link, language } = stage.header;
  stage.asking = true;
  stage.next = null;
  const control = (stage.peek = new AbortController());
  try {
    const answer = await fetch(stage.behind.address(found), { signal: control.signal });
    if (!answer.ok || stage.closed) return;
    const run = await unpack(new Uint8Array(await answer.arrayBuffer()));
    if (link !== stage.header.link || language !== stage.header.language || !stage.pointer) return;
    stage.behind.shows(run);
  } catch (error) {
    if (error.name !== "AbortError") console.warn(`maps: ${error.message}`);
  } finally {
    stage.asking = false;
    if (stage.next && stage.pointer && !stage.closed) peek(stage, stage.next);
  }
}

// What gives the experiment the numbers of a cell.
export function editsOf({ info }, { values }) {
  return info.axes.flatMap(({ paths, low, high }, i) =>
    paths.map((path) => [path, Math.min(Math.max(values[i], low), high)]),
  );
}

// The experiment becomes that of the cell, and its run is replayed from the start.
export function chose(stage, spot) {
  const found = spot && cellUnder(stage, spot.at);
  if (!found) return;
  stage.hover = null;
  stage.behind.takes(editsOf(stage, found));
  stage.clock.seek(0);
  stage.clock.play();
}
