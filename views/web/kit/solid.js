// The surface in three dimensions, in the colours and the light of the map, with the paths lying on it: WebGL 2 for the
// surface, and over it the same lines and marks as on the map.

import { feed } from "./fed.js";
import { scaled } from "./heights.js";
import { drawFrame, drawLane, drawStar, ring } from "./lying.js";
import { made, sharpness } from "./parts.js";
import { linked } from "./shaders.js";
import { openTurn, sightOf, spotter } from "./sight.js";
import { turning } from "./turning.js";

/** The view of a map from the side; null where the browser has no WebGL 2. `redraw()` when it has been turned,
 * `click(at)` at a place of the map. */
export function makeSolid(map, redraw, click) {
  const canvas = made("canvas", "solid");
  const gl = canvas.getContext("webgl2", { antialias: true, preserveDrawingBuffer: true });
  if (!gl) return null;
  const paths = map.figure.querySelector(".paths");
  paths.before(canvas);
  const solid = { map, gl, canvas, program: linked(gl), turn: null, tilt: 1.05, near: 1, fed: null };
  turning(solid, paths, redraw, click);
  return solid;
}

/** Draw all of it: on the own canvas the surface, on the map's `context` what lies on it; `over(context, spot, relief,
 * size)` is what a page draws under the paths. */
export function drawSolid(solid, context, size, lanes, { clock, theme, focus, over = undefined }) {
  const { canvas, map } = solid;
  const { scene } = map;
  const relief = scaled(map.relief, map.heights);
  context.clearRect(0, 0, size.width, size.height);
  if (!relief?.shares) return;
  const [width, height] = [size.width, size.height].map((side) => Math.round(side * sharpness()));
  if (canvas.width !== width || canvas.height !== height) {
    [canvas.width, canvas.height] = [width, height];
    solid.seen = null;
  }
  feed(solid, relief, theme);
  if (solid.turn === null || solid.of !== scene.key) {
    Object.assign(solid, { of: scene.key, turn: openTurn(solid, relief, size, scene, lanes) });
  }
  const sight = sightOf(solid, size);
  const view = sight.join();
  if (solid.seen !== view || solid.drawn !== solid.fed) {
    look(solid, sight, width, height);
    Object.assign(solid, { seen: view, drawn: solid.fed, places: new WeakMap() });
    solid.spot = spotter(solid, relief, sight, size);
  }
  const { spot } = solid;
  drawFrame(context, solid, relief, scene, spot, theme);
  for (const place of scene.minima) drawStar(context, spot(place), theme);
  over?.(context, spot, relief, size);
  for (const lane of lanes) drawLane(context, lane, placesOf(solid, lane), clock, theme, lane.number === focus);
  const start = spot(scene.start);
  if (start) ring(context, start, theme);
}

// The surface as it is seen; it stays until it is seen from elsewhere, for a clock alone does not change it.
function look({ gl, program, count }, sight, width, height) {
  gl.viewport(0, 0, width, height);
  gl.clearColor(0, 0, 0, 0);
  gl.enable(gl.DEPTH_TEST);
  gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
  gl.uniformMatrix4fv(gl.getUniformLocation(program, "sight"), false, sight);
  gl.drawElements(gl.TRIANGLES, count, gl.UNSIGNED_INT, 0);
}

// Where the points of a path are on the screen.
function placesOf({ places, spot }, lane) {
  if (!places.has(lane))
    places.set(
      lane,
      Array.from({ length: lane.frames }, (_, i) => spot([lane.across[i], lane.up[i]])),
    );
  return places.get(lane);
}
