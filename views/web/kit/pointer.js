// What a pointer does on a map.

import { placeOn } from "./parts.js";
import { hush, readOff } from "./pointed.js";
import { frameNow, part, refreshRelief, zoomBy } from "./window.js";

const GRAB = 5; // pixels that a pointer moves before it drags

function spotOf(map, event) {
  const { box, x, y } = frameNow(map);
  const [px, py] = placeOn(map.figure, event);
  const inside = px >= box.left && px <= box.right && py >= box.top && py <= box.bottom;
  return { px, py, inside, at: [x.invert(px), y.invert(py)], x, y };
}

export function wire(map) {
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

function wheel(map, event) {
  if (!map.scene || !(event.ctrlKey || event.metaKey || event.shiftKey)) return;
  const spot = spotOf(map, event);
  if (!spot.inside) return;
  event.preventDefault();
  zoomBy(map, 1.0015 ** (event.deltaY || event.deltaX), spot.at);
}
