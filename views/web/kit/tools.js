// What stands over a map: its scales, its heights, nearer and farther.

import { HEIGHTS } from "./heights.js";
import { button } from "./parts.js";
import { isEqual, part, refreshRelief, say, zoomBy } from "./window.js";

export function buildTools(map, first = map.first ?? []) {
  map.first = first;
  const { words, scene } = map;
  const home = () => {
    refreshRelief(map, true);
    map.on.redraw();
  };
  const equal = () => {
    map.equal = !isEqual(map);
    home();
    buildTools(map, first);
    map.on.equal?.(map.equal);
  };
  /** @type {HTMLElement[]} */
  const tools = [
    button("home", words.home, home),
    button("closer", words.closer, () => zoomBy(map, 0.7)),
    button("farther", words.farther, () => zoomBy(map, 1 / 0.7)),
  ];
  map.one = scene.flat ? null : button("1:1", words.equal, equal, isEqual(map));
  if (map.one) tools.unshift(map.one);
  if (map.on.solid && !scene.flat) tools.unshift(button("3D", words.solid, () => turnSolid(map), Boolean(map.solid)));
  if (!scene.flat && !map.on.captioned) tools.unshift(heights(map));
  const row = part(map, "tools");
  const held = [...row.children].indexOf(row.getRootNode().activeElement);
  row.replaceChildren(...first, ...tools);
  row.children[held]?.focus({ preventScroll: true });
}

/** How losses become tones, and heights in three dimensions. */
export function heights(map) {
  const { words } = map;
  const select = document.createElement("select");
  for (const mode of HEIGHTS) select.append(new Option(words[`heights_${mode}`], mode, false, mode === map.heights));
  select.setAttribute("aria-label", words.heights);
  select.title = words.heights_hint;
  select.onchange = () => map.on.heights(select.value);
  return select;
}

/** From above, or from the side: what that takes is fetched when it is first asked for. */
export async function turnSolid(map) {
  const { makeSolid, drawSolid } = await import("./solid.js");
  map.stands ??= makeSolid(map, map.on.redraw, map.on.click);
  if (!map.stands) return say(map, map.words.no_solid);
  map.solid = map.solid ? null : map.stands;
  map.drawSolid = drawSolid;
  map.figure.classList.toggle("stands", Boolean(map.solid));
  buildTools(map);
  map.on.redraw();
}
