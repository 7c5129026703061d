// The figure of a surface: its ground, and what the page and its pointer want of it.

import { drawGround, equalised } from "./ground.js";
import { scaled } from "./heights.js";
import { fit, noteIn, sharpness, sizeOf } from "./parts.js";
import { inField } from "./play.js";
import { hush } from "./pointed.js";
import { wire } from "./pointer.js";
import { turnSolid } from "./tools.js";
import { frameNow, goHome, isEqual, part, refreshRelief, refreshSoon } from "./window.js";

export const MAP = `<canvas class="ground"></canvas><canvas class="paths" tabindex="0" role="img"></canvas>
  <div class="tools"></div><output class="reading"></output><div class="veil" hidden></div>`;

/**
 * The map inside a figure that holds MAP.
 *
 * on: `redraw()` when the view or the relief has changed; `hold(spot)` what there is to drag under the pointer, or
 * nothing; `drag(at, held)` and `drop(at, held)` while and after it is dragged; `click(at, spot)`; `meant(spot)`, if
 * there are marks, the one that the pointer is on as {at, loss}; `equal(on)`, if it wants to know, when somebody has
 * asked for one scale on both axes or has had enough of it; `heights(mode)` when somebody has chosen how losses
 * become heights, which is done in the caption if that is `captioned`.
 * A spot is {px, py, inside, at, x, y}: pixels, coordinates, and the two axes.
 */
export function makeMap(figure, on) {
  const map = { figure, on, scene: null, relief: null, view: null, equal: null, home: true, drag: null, closed: false };
  map.heights = "mixed"; // of HEIGHTS
  wire(map);
  const stand = (event) =>
    event.key === "3" && !inField(event) && on.solid && map.scene && !map.scene.flat && turnSolid(map);
  document.addEventListener("keydown", stand);
  map.close = () => {
    map.closed = true;
    document.removeEventListener("keydown", stand);
    map.fetching?.abort();
    clearTimeout(map.zooming);
  };
  return map;
}

/** Another scene: {url, window, flat, names, minima, …}; `fresh` shows the whole window again. */
export function showScene(map, scene, words, fresh) {
  const before = map.scene;
  Object.assign(map, { scene, words });
  if (scene.flat) map.solid = null; // a curve has no side to be seen from
  map.figure.classList.toggle("stands", Boolean(map.solid));
  if (!fresh && before?.url === scene.url) return;
  hush(map);
  refreshRelief(map, fresh || !before);
}

/** Draw what does not move, if it has changed; false where there is no room to draw in. */
export function layoutMap(map, theme, language) {
  const size = sizeOf(map.figure);
  if (!size.width || !size.height) return false;
  if (!map.scene.flat && map.shape !== `${size.width} ${size.height}`) reshape(map, size);
  map.shape = `${size.width} ${size.height}`;
  const ground = [
    map.shape,
    map.view.join(),
    map.scene.url,
    language,
    theme.paper,
    sharpness(),
    map.scene.minima.length,
    map.waits,
  ].join();
  const relief = scaled(map.relief, map.heights);
  if (map.ground !== ground || map.drawn !== relief) {
    const context = fit(part(map, "ground"), size);
    drawGround(context, size, map.view, map.scene, relief, theme, map.words);
    if (map.waits && !relief) noteIn(context, frameNow(map).box, map.words.computing, theme);
    Object.assign(map, { ground, drawn: relief });
  }
  return true;
}

// In another room: the whole window if that was shown, else about what was.
function reshape(map, size) {
  const before = map.view.join();
  if (map.home) goHome(map);
  else if (isEqual(map)) map.view = equalised(map.view, size.width, size.height);
  map.one?.setAttribute("aria-pressed", isEqual(map));
  if (map.view.join() !== before) refreshSoon(map);
}

/** The point of the surface at a place of its picture, (d,): four digits of what is seen, which a link can hold. */
export function pointAt(map, [across, up]) {
  const { scene, view } = map;
  const [s, t] = [tidy(across, view[0], view[1]), tidy(up, view[2], view[3])];
  const point = scene.flat ? [s] : scene.axes[0].map((share, i) => scene.origin[i] + share * s + scene.axes[1][i] * t);
  return point.map((value) => Number(value.toPrecision(scene.axes[0].length > 2 ? 4 : 12)));
}

function tidy(value, low, high) {
  const digits = Math.max(0, 3 - Math.floor(Math.log10(high - low)));
  return Number(value.toFixed(Math.min(digits, 12)));
}
