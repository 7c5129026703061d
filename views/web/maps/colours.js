// What each colour of a map means.

import { CLASSES, colourOf, rgb } from "../kit/look.js";
import { toned } from "../kit/terrain.js";
import { isNamed } from "./names.js";
import { measured, rankOfSize } from "./scales.js";

const PLACES = CLASSES.filter((_, i) => i !== 3); // without the grey, which is what no place is
const QUIET = { minimum: 0, saddle: 0.45, maximum: 0.6, degenerate: 0.45 }; // how much paper is in a place's colour

// Of trainings, from the fast to the slow, and from those barely lost to those lost at once: dark meets light there.
const CONVERGED = ["#e2f2f4", "#9fd0dc", "#4f97bd", "#205a96", "#0b2350"].map(rgb);

const LOST = ["#ffd98a", "#f59a3c", "#c9531f", "#7d2413", "#2e0d0a"].map(rgb);

/** The ramps of trainings, from the edge of the scale inwards. */
export const RAMPS = [CONVERGED, [...LOST].reverse()];

const mixed = (colour, paper, share) => colour.map((part, i) => Math.round(part + share * (paper[i] - part)));

/** The colour of a name, as red, green, blue. */
export function colourOfName(kind, code, { places, theme }) {
  if (kind === "trained") return (code < 0 ? CONVERGED : LOST)[2];
  const [ink, paper] = [rgb(theme.ink), rgb(theme.paper)];
  if (code >= 0 && kind === "winner") return rgb(colourOf(code, theme));
  if (code >= 0) return mixed(placeColour(places, code, theme), paper, QUIET[places[code]?.kind] ?? 0);
  if (kind === "winner") return mixed(ink, paper, code === -1 ? 0.78 : 0.15);
  return mixed(ink, paper, { "-1": 0.86, "-2": 0.62, "-3": 0.4, "-4": 0.1 }[code]);
}

// Minima first: they have the colours that stand apart most.
function placeColour(places, code, theme) {
  const order = places.map((_, i) => i).sort((a, b) => rankOf(places[a]) - rankOf(places[b]) || a - b);
  const at = order.indexOf(code);
  const colour = rgb(PLACES[at % PLACES.length]);
  return theme.light ? colour : mixed(colour, [255, 255, 255], 0.4);
}

const rankOf = ({ kind }) => ["minimum", "saddle", "maximum", "degenerate"].indexOf(kind);

function ramped(stops, share) {
  const at = Math.min(share, 1 - 1e-9) * (stops.length - 1);
  return mixed(stops[Math.floor(at)], stops[Math.floor(at) + 1], at % 1);
}

/** The colour of a value on a scale. */
function shadeOf(measure, value, { range: [low, high], floor, theme }) {
  if (Number.isNaN(value)) return mixed(rgb(theme.ink), rgb(theme.paper), measure.kind === "loss" ? 0.1 : 0.86);
  const share = Math.log(measured(measure, value, floor) / low) / Math.log(high / low);
  return toned(theme, share);
}

/** The colour of a cell. */
export function cellColour(measure, value, look) {
  if (isNamed(measure)) return colourOfName(measure.kind, value, look);
  if (measure.kind !== "trained") return shadeOf(measure, value, look);
  const side = value < 0 ? 0 : 1; // a small sum is a fast one: of those that are lost the fastest stand outermost
  return ramped(RAMPS[side], rankOfSize(look.ranks[side], Math.abs(value)));
}
