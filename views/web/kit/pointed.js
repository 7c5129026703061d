// What is told of the place under the pointer: where it is, and the loss exactly there.

import { number, rounded } from "./axes.js";
import { PATIENCE, say } from "./window.js";

const MEANT = 3; // pixels from a known minimum within which a pointer means it

// The place under the pointer and the loss exactly there, which Python works out: what is told belongs together.
export function readOff(map, spot) {
  if (!spot.inside || !map.view) return hush(map);
  const mark = map.on.meant?.(spot) ?? starAt(map, spot);
  const at = mark?.at ?? [
    printed(spot.at[0], map.view[1] - map.view[0]),
    map.scene.flat ? 0 : printed(spot.at[1], map.view[3] - map.view[2]),
  ];
  if (mark?.loss !== undefined) {
    hush(map);
    return say(map, told(map, at, mark.loss));
  }
  map.asked = at;
  if (!map.asking) askLoss(map);
  else if (map.slow) say(map, told(map, at));
}

export function hush(map) {
  map.asked = null;
  say(map, "");
}

// The known minimum under the pointer, if there is one. A place that is not exactly that has another loss.
function starAt({ scene }, spot) {
  const far = ([px, py]) => Math.hypot(spot.x(px) - spot.px, spot.y(py) - spot.py);
  const star = scene.minima.find((place) => far(place) < MEANT);
  return star && { at: star };
}

// One question at a time: the next one is about where the pointer is by then.
async function askLoss(map) {
  const [at, { url }] = [map.asked, map.scene];
  const patience = setTimeout(() => {
    map.slow = true;
    if (map.asked) say(map, told(map, map.asked));
  }, PATIENCE);
  map.asking = true;
  try {
    const response = await fetch(new URL(`${url.replace("?", "/loss?")}&at=${at.join("~")}`, document.baseURI).href);
    if (!response.ok) throw new Error(await response.text());
    const loss = Number(await response.text());
    if (map.asked && map.scene.url === url) say(map, told(map, at, loss));
  } catch {
    if (map.asked) say(map, told(map, at)); // the place alone
  }
  clearTimeout(patience);
  map.asking = map.slow = false;
  if (map.asked && map.asked !== at && !map.closed) askLoss(map);
}

const told = ({ scene, view }, at, loss) => {
  const place = scene.flat
    ? `${scene.names[0]} = ${shown(at[0], view[1] - view[0])}`
    : `${shown(at[0], view[1] - view[0])}, ${shown(at[1], view[3] - view[2])}`;
  return loss === undefined ? place : `${place}   L = ${number(loss)}`;
};

// As many digits as tell neighbouring pixels apart, at least four.
export const digits = (value, width) => Math.min(Math.max(4, Math.ceil(Math.log10(Math.abs(value) / width) + 4)), 15);

const shown = (value, width) => number(value, digits(value, width));
const printed = (value, width) => rounded(value, digits(value, width));
