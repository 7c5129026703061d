// The figure of a surface: it fetches the relief of any window, zooms, pans, and says what the pointer does on it.

import { number, rounded } from "./axes.js";
import { drawGround, equalised, frameOf } from "./ground.js";
import { HEIGHTS, scaled } from "./heights.js";
import { button, fit, noteIn, placeOn, sharpness, sizeOf } from "./parts.js";
import { inField } from "./play.js";
import { fetchRelief } from "./relief.js";

const WIDENED = 2; // times the window: beyond it one scale on both axes would leave too little of it
const GRAB = 5; // pixels that a pointer moves before it drags
const MEANT = 3; // pixels from a known minimum within which a pointer means it
const PATIENCE = 120; // milliseconds without its loss after which a place is told alone

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

/** Whether both axes have one scale: as somebody has wished (`map.equal`), else wherever that leaves room for the
 * window. A circle is a circle then, and what is steepest stands upright on the level lines. */
export function isEqual(map, scene = map.scene) {
  const size = sizeOf(map.figure);
  if (scene.flat || !size.width || !size.height) return false;
  const [x0, x1, y0, y1] = scene.window;
  const wide = equalised(scene.window, size.width, size.height);
  return map.equal ?? Math.max((wide[1] - wide[0]) / (x1 - x0), (wide[3] - wide[2]) / (y1 - y0)) <= WIDENED;
}

const part = (map, name) => map.figure.querySelector(`.${name}`);

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

async function refreshRelief(map, fresh) {
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

function goHome(map) {
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

/** Write at the corner where the map tells what is under the pointer. */
export const say = (map, text) => (part(map, "reading").textContent = text);

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

/** Axes of the whole figure as they are now. */
export function frameNow(map) {
  const size = sizeOf(map.figure);
  return frameOf(size.width, size.height, map.view, map.scene.flat);
}

function spotOf(map, event) {
  const { box, x, y } = frameNow(map);
  const [px, py] = placeOn(map.figure, event);
  const inside = px >= box.left && px <= box.right && py >= box.top && py <= box.bottom;
  return { px, py, inside, at: [x.invert(px), y.invert(py)], x, y };
}

function wire(map) {
  const canvas = part(map, "paths");
  canvas.addEventListener("pointerdown", (event) => {
    if (!map.scene || event.button) return;
    const spot = spotOf(map, event);
    if (!spot.inside) return;
    map.drag = { from: spot, view: [...map.view], moved: false, held: map.on.hold(spot), kind: event.pointerType };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => map.scene && move(map, spotOf(map, event)));
  const release = () => {
    const { drag } = map;
    map.drag = null;
    if (drag?.last) map.on.drop(drag.last, drag.held); // wherever it is let go: the link must hold what is shown
    return drag;
  };
  canvas.addEventListener("pointerup", (event) => {
    const drag = release();
    if (!drag || drag.last) return;
    const spot = spotOf(map, event);
    if (!drag.moved && spot.inside) map.on.click(spot.at, spot);
    else if (drag.moved && drag.kind === "mouse") refreshRelief(map, false);
  });
  canvas.addEventListener("pointercancel", release);
  const holdStill = (event) => {
    const spot = map.scene && event.touches.length === 1 && spotOf(map, event.touches[0]);
    if (spot && map.on.hold(spot)) event.preventDefault(); // the finger moves the marker, not the page
  };
  canvas.addEventListener("touchstart", holdStill, { passive: false });
  canvas.addEventListener("pointerleave", () => hush(map));
  canvas.addEventListener("wheel", (event) => wheel(map, event), { passive: false });
}

function move(map, spot) {
  readOff(map, spot);
  const { drag } = map;
  if (!drag) return;
  const shift = [spot.px - drag.from.px, spot.py - drag.from.py];
  if (Math.hypot(...shift) > GRAB) drag.moved = true;
  if (!drag.moved) return;
  if (drag.held) {
    if (spot.inside) map.on.drag((drag.last = spot.at), drag.held);
    return;
  }
  if (drag.kind !== "mouse") return;
  const [dx, dy] = [spot.x.invert(shift[0]) - spot.x.invert(0), spot.y.invert(shift[1]) - spot.y.invert(0)];
  map.home = false;
  map.view = [drag.view[0] - dx, drag.view[1] - dx, drag.view[2] - dy, drag.view[3] - dy];
  map.on.redraw();
}

// The place under the pointer and the loss exactly there, which Python works out: what is told belongs together.
function readOff(map, spot) {
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

function hush(map) {
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
const digits = (value, width) => Math.min(Math.max(4, Math.ceil(Math.log10(Math.abs(value) / width) + 4)), 15);
const shown = (value, width) => number(value, digits(value, width));
const printed = (value, width) => rounded(value, digits(value, width));

function wheel(map, event) {
  if (!map.scene || !(event.ctrlKey || event.metaKey || event.shiftKey)) return;
  const spot = spotOf(map, event);
  if (!spot.inside) return;
  event.preventDefault();
  zoomBy(map, 1.0015 ** (event.deltaY || event.deltaX), spot.at);
}

function zoomBy(map, factor, centre) {
  const [x0, x1, y0, y1] = map.view;
  const width = ((x1 - x0) * factor) / (map.scene.window[1] - map.scene.window[0]);
  if (width < 1e-6 || width > 1e4) return;
  map.home = false;
  const [cx, cy] = centre ?? [(x0 + x1) / 2, (y0 + y1) / 2];
  map.view = [cx + (x0 - cx) * factor, cx + (x1 - cx) * factor, cy + (y0 - cy) * factor, cy + (y1 - cy) * factor];
  map.on.redraw();
  refreshSoon(map);
}

function refreshSoon(map) {
  clearTimeout(map.zooming);
  map.zooming = setTimeout(() => refreshRelief(map, false), 150);
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
