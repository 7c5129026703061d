// What a pointer does on a map: moves it, draws a box around a part, or asks for the run behind a cell.

import { placeOn } from "../kit/parts.js";
import { chose, hovering } from "./behind.js";
import { scalesOf } from "./cells.js";
import { goTo, REST, zoomBy } from "./view.js";

const GRAB = 4; // pixels that a pointer moves before it drags

/** Pointers act from now on. What the page does with the run behind a cell stands in `stage.behind`: {address(found) of
 * that run; shows(answer), beside, null for nobody's; takes(edits), which make the experiment that of a cell}. */
export function wire(stage) {
  if (stage.wired) return;
  stage.wired = true;
  const canvas = stage.find(".atlas .paths");
  canvas.addEventListener("pointerdown", (event) => {
    const spot = spotOf(stage, event);
    if (!spot || event.button) return;
    stage.drag = {
      from: spot.at,
      px: spot.px,
      view: stage.view,
      boxed: stage.box || event.shiftKey,
      moved: false,
      panel: spot.panel,
    };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (stage.drag) return dragging(stage, event);
    hovering(stage, spotOf(stage, event));
  });
  canvas.addEventListener("pointerup", (event) => {
    const { drag } = stage;
    stage.drag = null;
    if (!drag) return;
    if (!drag.moved) return chose(stage, spotOf(stage, event));
    if (!drag.boxed || !drag.to) return;
    const [[x0, y0], [x1, y1]] = [drag.from, drag.to];
    if (x0 === x1 || y0 === y1) return stage.layout();
    stage.past.push(stage.view);
    stage.box = false;
    goTo(stage, [Math.min(x0, x1), Math.max(x0, x1), Math.min(y0, y1), Math.max(y0, y1)]);
    stage.layout(true);
  });
  canvas.addEventListener("pointercancel", () => (stage.drag = null));
  canvas.addEventListener("pointerleave", () => hovering(stage, null));
  canvas.addEventListener(
    "wheel",
    (event) => {
      const spot = spotOf(stage, event);
      if (!spot) return;
      event.preventDefault();
      if (performance.now() - (stage.wheeled ?? -Infinity) > 2 * REST) stage.past.push(stage.view);
      stage.wheeled = performance.now();
      zoomBy(stage, 1.0015 ** (event.deltaY || event.deltaX), spot.at);
    },
    { passive: false },
  );
  wirePinch(stage, canvas);
}

// Two fingers: closer and farther around the place that lay between them.
function wirePinch(stage, canvas) {
  const spread = ([a, b]) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
  const between = ([a, b]) => ({ clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 });
  const begin = (event) => {
    const spot = event.touches.length === 2 && spotOf(stage, between(event.touches));
    stage.pinch = spot ? { at: spot.at, view: stage.view, spread: spread(event.touches) } : null;
    if (!spot) return;
    event.preventDefault(); // nor does the page scroll
    stage.drag = null;
    stage.past.push(stage.view);
  };
  const move = (event) => {
    const { pinch } = stage;
    if (!pinch || event.touches.length !== 2) return;
    event.preventDefault();
    stage.drag = null;
    const factor = pinch.spread / Math.max(spread(event.touches), 1);
    goTo(
      stage,
      pinch.view.map((place, k) => pinch.at[k >> 1] + (place - pinch.at[k >> 1]) * factor),
    );
  };
  const end = () => {
    if (stage.pinch) stage.layout(true);
    stage.pinch = null;
  };
  canvas.addEventListener("touchstart", begin, { passive: false });
  canvas.addEventListener("touchmove", move, { passive: false });
  for (const each of ["touchend", "touchcancel"]) canvas.addEventListener(each, end);
}

function spotOf(stage, event) {
  const canvas = stage.find(".atlas .paths");
  const [px, py] = placeOn(canvas, event);
  const panel = stage.panels?.find(({ box }) => px >= box.left && px <= box.right && py >= box.top && py <= box.bottom);
  if (!panel || !stage.view) return null;
  const { x, y } = scalesOf(panel, stage.view);
  return { panel, px: [px, py], at: [x.invert(px), y.invert(py)] };
}

function dragging(stage, event) {
  const { drag } = stage;
  const [px, py] = placeOn(stage.find(".atlas .paths"), event);
  if (Math.hypot(px - drag.px[0], py - drag.px[1]) > GRAB) drag.moved = true;
  if (!drag.moved) return;
  const { box } = drag.panel;
  const { x, y } = scalesOf(drag.panel, drag.view);
  if (drag.boxed) {
    const within = (place, low, high) => Math.min(Math.max(place, low), high);
    drag.to = [x.invert(within(px, box.left, box.right)), y.invert(within(py, box.top, box.bottom))];
    return stage.repaint("cells", "moving");
  }
  const [dx, dy] = [drag.from[0] - x.invert(px), drag.from[1] - y.invert(py)];
  const [x0, x1, y0, y1] = drag.view;
  goTo(stage, [x0 + dx, x1 + dx, y0 + dy, y1 + dy]);
}
