// What is seen of a surface: a window, whose relief is fetched.

import { equalised, frameOf } from "./ground.js";
import { sizeOf } from "./parts.js";
import { fetchRelief } from "./relief.js";

const WIDENED = 2; // times the window: beyond it one scale on both axes would leave too little of it
export const PATIENCE = 120; // milliseconds after which what has not come is said to be on its way
export const part = (map, name) => map.figure.querySelector(`.${name}`);

/** Whether both axes have one scale: as somebody has wished (`map.equal`), else wherever that leaves room for the
 * window. A circle is a circle then, and what is steepest stands upright on the level lines. */
export function isEqual(map, scene = map.scene) {
  const size = sizeOf(map.figure);
  if (scene.flat || !size.width || !size.height) return false;
  const [x0, x1, y0, y1] = scene.window;
  const wide = equalised(scene.window, size.width, size.height);
  return map.equal ?? Math.max((wide[1] - wide[0]) / (x1 - x0), (wide[3] - wide[2]) / (y1 - y0)) <= WIDENED;
}

/** Axes of the whole figure as they are now. */
export function frameNow(map) {
  const size = sizeOf(map.figure);
  return frameOf(size.width, size.height, map.view, map.scene.flat);
}

/** Write at the corner where the map tells what is under the pointer. */
export const say = (map, text) => (part(map, "reading").textContent = text);

export async function refreshRelief(map, fresh) {
  const { scene } = map;
  if (fresh) map.relief = null; // another surface: never draw the old one under it
  const slow = setTimeout(() => wait(map), PATIENCE);
  if (fresh || !map.view) goHome(map);
  if (map.wished) Object.assign(map, { view: map.wished, home: false, wished: null });
  map.fetching?.abort();
  const control = (map.fetching = new AbortController());
  try {
    const relief = await fetchRelief(new URL(scene.url, document.baseURI).href, map.view, control.signal);
    if (map.scene.url !== scene.url) return;
    Object.assign(map, { relief, waits: false });
    if (scene.flat && fresh && map.home) goHome(map);
    map.on.redraw();
  } catch (error) {
    if (error.name === "AbortError") return;
    map.waits = false;
    say(map, map.words.no_surface);
  } finally {
    clearTimeout(slow);
  }
}

// Nothing under the paths yet: what is being worked out is said there.
function wait(map) {
  if (map.relief || map.closed) return;
  map.waits = true;
  map.on.redraw();
}

export function goHome(map) {
  map.view = homeView(map);
  map.home = true;
}

function homeView(map) {
  const { figure, scene, relief } = map;
  if (!scene.flat) {
    const size = sizeOf(figure);
    return isEqual(map) ? equalised(scene.window, size.width, size.height) : [...scene.window];
  }
  const heights = relief?.heights
    ? [relief.heights, relief.low ?? [], relief.high ?? []].flatMap((row) => [...row]).filter(Number.isFinite)
    : [0, 1];
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  const margin = (high - low || 1) * 0.08;
  return [scene.window[0], scene.window[1], low - margin, high + margin];
}

export function zoomBy(map, factor, centre) {
  const [x0, x1, y0, y1] = map.view;
  const width = ((x1 - x0) * factor) / (map.scene.window[1] - map.scene.window[0]);
  if (width < 1e-6 || width > 1e4) return;
  map.home = false;
  const [cx, cy] = centre ?? [(x0 + x1) / 2, (y0 + y1) / 2];
  map.view = [cx + (x0 - cx) * factor, cx + (x1 - cx) * factor, cy + (y0 - cy) * factor, cy + (y1 - cy) * factor];
  map.on.redraw();
  refreshSoon(map);
}

export function refreshSoon(map) {
  clearTimeout(map.zooming);
  map.zooming = setTimeout(() => refreshRelief(map, false), 150);
}
