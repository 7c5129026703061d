// Turning a surface in three dimensions, and clicking on it.

import { placeOn } from "./parts.js";

const CLOSE = 8; // pixels between a click and the node that it means
const TWICE = 280; // milliseconds in which a second click makes it another wish

export function turning(solid, layer, redraw, click) {
  const held = new Map();
  const listen = (kind, act) =>
    layer.addEventListener(
      kind,
      (event) => {
        if (!solid.map.solid) return;
        event.stopImmediatePropagation();
        act(event);
      },
      { capture: true, passive: false },
    );
  let [moved, meant] = [false, 0];
  listen("pointerdown", (event) => {
    held.set(event.pointerId, placeOn(layer, event));
    layer.setPointerCapture(event.pointerId);
    moved = held.size > 1;
  });
  listen("pointermove", (event) => {
    if (!held.has(event.pointerId)) return;
    const [before, now] = [held.get(event.pointerId), placeOn(layer, event)];
    const shift = [now[0] - before[0], now[1] - before[1]];
    if (!moved && Math.hypot(...shift) < 4) return;
    moved = true;
    if (held.size > 1) {
      const other = [...held].find(([id]) => id !== event.pointerId)[1];
      const apart = (place) => Math.hypot(place[0] - other[0], place[1] - other[1]);
      nearer(solid, apart(now) / (apart(before) || 1));
    } else {
      solid.turn += shift[0] * 0.008;
      solid.tilt = Math.min(Math.max(solid.tilt + shift[1] * 0.008, 0.12), Math.PI / 2);
    }
    held.set(event.pointerId, now);
    redraw();
  });
  listen("pointerup", (event) => {
    held.delete(event.pointerId);
    const at = !moved && placeUnder(solid, placeOn(layer, event));
    clearTimeout(meant);
    if (at) meant = setTimeout(() => click(at), TWICE);
  });
  listen("pointercancel", (event) => held.delete(event.pointerId));
  listen("dblclick", () => {
    clearTimeout(meant);
    Object.assign(solid, { turn: 0, tilt: Math.PI / 2 });
    redraw();
  });
  listen("wheel", (event) => {
    if (!(event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    nearer(solid, 1.0015 ** -(event.deltaY || event.deltaX));
    redraw();
  });
}

const nearer = (solid, factor) => (solid.near = Math.min(Math.max(solid.near * factor, 0.6), 2.2));

// The place of the map under a pixel: of the nodes close to it the one nearest to the eye.
function placeUnder({ map, spot }, /** @type {number[]} */ [px, py]) {
  const { nx, ny, window } = map.relief;
  const [x0, x1, y0, y1] = window;
  let best = null;
  for (let row = 0; row < ny; row += 2)
    for (let column = 0; column < nx; column += 2) {
      const at = [x0 + ((x1 - x0) * column) / (nx - 1), y0 + ((y1 - y0) * row) / (ny - 1)];
      const seen = spot(at);
      if (!seen || Math.hypot(seen.px - px, seen.py - py) > CLOSE) continue;
      if (!best || seen.away < best.away) best = { away: seen.away, at };
    }
  return best?.at;
}
