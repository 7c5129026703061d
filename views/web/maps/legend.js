// What the colours of a map mean: names that are seen, or the ends of the scale.

import { number } from "../kit/axes.js";
import { colourOf, rgb } from "../kit/look.js";
import { made } from "../kit/parts.js";
import { DASHES } from "./cells.js";
import { colourOfName, RAMPS } from "./colours.js";
import { isNamed, nameOf } from "./names.js";
import { isCurves } from "./view.js";

export function sample(colour) {
  const box = made("i", "sample");
  box.style.background = `rgb(${colour})`;
  return box;
}

function rampOf(stops) {
  const bar = made("canvas", "ramp");
  Object.assign(bar, { width: 128, height: 1 });
  const context = /** @type {HTMLCanvasElement} */ (bar).getContext("2d");
  const gradient = context.createLinearGradient(0, 0, 128, 0);
  stops.forEach((stop, i) => gradient.addColorStop(i / (stops.length - 1), `rgb(${stop})`));
  context.fillStyle = gradient;
  context.fillRect(0, 0, 128, 1);
  return bar;
}

// What the colours mean: names that are seen, or the ends of the scale.
export function legendOf(stage) {
  const { drawn: look, header } = stage;
  const { measure, tiles } = look;
  const entry = (colour, text) => made("span", "entry", sample(colour), text);
  const theory = Object.keys(DASHES)
    .filter((at) => look.theory.some((each) => each.at === at))
    .map((at) => made("span", "entry", made("i", `limit ${at}`), header.told[`limit_${at}`]));
  if (isCurves(stage)) {
    const colour = (lane) => rgb(colourOf(lane.number, look.theme));
    const lanes = look.lanes.filter(Boolean).map((lane) => entry(colour(lane), lane.label));
    const top = measure.empty && made("span", "entry", `▔ ${measure.empty}`);
    return [...lanes, ...(top ? [top] : []), ...theory];
  }
  if (isNamed(measure)) {
    const seen = /** @type {Set<number>} */ (new Set());
    for (const tile of tiles) for (const row of tile.rows[measure.name]) for (const code of row) seen.add(code);
    const order = [...seen].sort((a, b) => Number(a < 0) - Number(b < 0) || Math.abs(a) - Math.abs(b));
    return [
      ...order.map((code) => entry(colourOfName(measure.kind, code, look), nameOf(measure.kind, code, look))),
      ...theory,
    ];
  }
  if (measure.kind === "trained") {
    const [fast, slow, barely, lost] = ["fast", "slow", "barely", "lost"].map((end) => header.told[`trained_${end}`]);
    const ramps = [
      [header.told.trained_yes, fast, rampOf(RAMPS[0]), slow],
      [header.told.trained_no, lost, rampOf(RAMPS[1]), barely],
    ];
    const entries = ramps.map(([name, fast, bar, last]) => made("span", "entry", `${name}: ${fast} `, bar, ` ${last}`));
    return [...entries, ...theory];
  }
  const bar = rampOf(look.theme.ground);
  const [low, high] = look.range;
  const ends = measure.kind === "loss" ? header.told.above : measure.label;
  const none = measure.kind === "loss" ? "diverged" : "moving";
  const code = { diverged: -4, moving: -1 }[none];
  return [
    made("span", "entry", `${ends}: ${number(low, 3)} `, bar, ` ${number(high, 3)}`),
    entry(colourOfName("verdict", code, look), measure.empty),
    ...theory,
  ];
}
