// The surface in three dimensions, in the colours and the light of the map, with the paths lying on it: WebGL 2 for the
// surface, and over it the same lines and marks as on the map.

import { number, ticks } from "./axes.js";
import { frameAt } from "./clock.js";
import { scaled } from "./heights.js";
import { colourOf, dashOf, font, marker, star } from "./look.js";
import { made, placeOn, sharpness } from "./parts.js";
import { SUN, toned, tonesAt } from "./terrain.js";
import { ages, markSize, ringsOf, ring as spreading } from "./trail.js";

const HIGH = 0.5; // of the picture's width: how tall the surface stands
const STEPS = 40; // of a line of sight, in which it is asked whether the surface hides a point
const CLOSE = 8; // pixels between a click and the node that it means
const TWICE = 280; // milliseconds in which a second click makes it another wish
const TONES = 512;

const VERTEX = `#version 300 es
layout(location = 0) in vec3 node; // height, tone, share
layout(location = 1) in vec2 slope;
uniform mat4 sight; uniform ivec2 grid; uniform vec2 sides; uniform float high;
out float tone; out float share; out vec3 normal;
void main() {
  vec2 place = (vec2(gl_VertexID % grid.x, gl_VertexID / grid.x) / vec2(grid - 1) - .5) * sides;
  tone = node.y; share = node.z; normal = vec3(-slope * high / sides, 1.);
  gl_Position = sight * vec4(place, node.x * high, 1.);
}`;
const FRAGMENT = `#version 300 es
precision highp float;
in float tone; in float share; in vec3 normal;
uniform sampler2D ground; uniform vec3 sun; uniform vec4 fine; uniform vec4 strong; uniform float levels;
out vec4 colour;
void main() {
  vec3 base = texture(ground, vec2(tone, .5)).rgb;
  float light = .38 * tanh(2. * (dot(normalize(normal), sun) / sun.z - 1.));
  base = light > 0. ? mix(base, vec3(1.), light) : base * (1. + light);
  float at = share * levels, off = abs(fract(at) - .5) / max(fwidth(at), 1e-6);
  vec4 line = mod(floor(at), 4.) == 1. ? strong : fine;
  float level = share > .999 ? 0. : (1. - smoothstep(.3, 1.0, off)) * line.a;
  colour = vec4(mix(base, line.rgb, level), 1.);
}`;

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

function linked(gl) {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return program;
}

// ---- the surface ---------------------------------------------------------------------------------------------------

function feed(solid, relief, theme) {
  const { gl, program } = solid;
  if (solid.fed?.relief === relief && solid.fed.theme === theme) return;
  const { nx, ny, shares } = relief;
  const heights = Float32Array.from(shares, (share) => share / 65535); // row 0 at the lowest y
  const tones = tonesAt(relief);
  const data = new Float32Array(5 * nx * ny);
  for (let at = 0; at < nx * ny; at++) {
    const [column, row] = [at % nx, Math.floor(at / nx)];
    const [left, right] = [Math.max(column - 1, 0), Math.min(column + 1, nx - 1)];
    const [below, above] = [Math.max(row - 1, 0), Math.min(row + 1, ny - 1)];
    const across = ((heights[row * nx + right] - heights[row * nx + left]) / (right - left)) * (nx - 1);
    const up = ((heights[above * nx + column] - heights[below * nx + column]) / (above - below)) * (ny - 1);
    data.set([heights[at], tones(shares[at] / 65535), shares[at] / 65535, across, up], 5 * at);
  }
  const order = new Uint32Array(6 * (nx - 1) * (ny - 1));
  for (let row = 0, k = 0; row < ny - 1; row++)
    for (let column = 0; column < nx - 1; column++, k += 6) {
      const at = row * nx + column;
      order.set([at, at + 1, at + nx, at + 1, at + nx + 1, at + nx], k);
    }
  gl.bindBuffer(gl.ARRAY_BUFFER, (solid.nodes ??= gl.createBuffer()));
  gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, (solid.order ??= gl.createBuffer()));
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, order, gl.STATIC_DRAW);
  for (const [place, size, offset] of [
    [0, 3, 0],
    [1, 2, 12],
  ]) {
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, size, gl.FLOAT, false, 20, offset);
  }
  const palette = Uint8Array.from(
    { length: 4 * TONES },
    (_, i) => [...toned(theme, (i >> 2) / (TONES - 1)), 255][i & 3],
  );
  gl.bindTexture(gl.TEXTURE_2D, (solid.ground ??= gl.createTexture()));
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, TONES, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, palette);
  for (const side of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, side, gl.LINEAR);
  for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, side, gl.CLAMP_TO_EDGE);
  gl.useProgram(program);
  const uniform = (name) => gl.getUniformLocation(program, name);
  gl.uniform2i(uniform("grid"), nx, ny);
  gl.uniform2fv(uniform("sides"), sidesOf(relief.window, solid.map));
  gl.uniform1f(uniform("high"), HIGH);
  gl.uniform1f(uniform("levels"), 16);
  gl.uniform3fv(uniform("sun"), [SUN[0], -SUN[1], SUN[2]]);
  gl.uniform4fv(uniform("fine"), rgba(theme.line));
  gl.uniform4fv(uniform("strong"), rgba(theme.strong));
  Object.assign(solid, { heights, count: order.length, sides: sidesOf(relief.window, solid.map) });
  solid.fed = { relief, theme };
}

const rgba = (css) => css.match(/[\d.]+/g).map((part, i) => (i < 3 ? Number(part) / 255 : Number(part)));

// The longer side is 1; both have one scale if the map has.
function sidesOf([x0, x1, y0, y1], map) {
  const ratio = map.one?.getAttribute("aria-pressed") === "true" ? (x1 - x0) / (y1 - y0) : 1;
  return ratio > 1 ? [1, 1 / ratio] : [ratio, 1];
}

// ---- the view ------------------------------------------------------------------------------------------------------

const FAR = 3.4; // from the eye to the middle of the surface's box
const ROOM = { side: 34, above: 16, below: 46 }; // for the numbers at the edges

const axesOf = (turn, tilt) => {
  const [c, s, ct, st] = [Math.cos(turn), Math.sin(turn), Math.cos(tilt), Math.sin(tilt)];
  return [
    [c, s * st, s * ct],
    [-s, c * st, c * ct],
    [0, ct, -st],
  ]; // x to the right, y up, z away
};

// From the surface's box to the screen, column by column. The box fills the room that there is, whichever way it is
// turned.
function sightOf({ turn, tilt, near, sides: [sx, sy] }, size) {
  const corners = [sx, -sx].flatMap((x) => [sy, -sy].flatMap((y) => [0, HIGH].map((z) => [x / 2, y / 2, z])));
  const axes = axesOf(turn, tilt);
  const seen = corners.map((at) => {
    const [x, y, away] = [0, 1, 2].map((i) => at[0] * axes[0][i] + at[1] * axes[1][i] + at[2] * axes[2][i]);
    return [x / (away + FAR), y / (away + FAR)];
  });
  const [left, right, low, high] = [0, 1].flatMap((i) =>
    [Math.min, Math.max].map((end) => end(...seen.map((place) => place[i]))),
  );
  const room = [size.width - 2 * ROOM.side, size.height - ROOM.above - ROOM.below];
  const scale = near * Math.min(room[0] / (right - left), room[1] / (high - low));
  const lift = (ROOM.below - ROOM.above) / size.height - (scale * (low + high)) / size.height;
  const shift = (-scale * (left + right)) / size.width;
  const matrix = axes.flatMap(([x, y, z]) => [
    (2 * scale * x) / size.width + shift * z,
    (2 * scale * y) / size.height + lift * z,
    z * 0.1,
    z,
  ]);
  return [...matrix, shift * FAR, lift * FAR, FAR * 0.1 - 0.2, FAR];
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

const TURNS = 16; // directions from which it is tried
const SAMPLES = 12; // of each path

// The direction from which the surface hides the fewest points of the paths, and least of all where they end.
function openTurn(solid, relief, size, scene, lanes) {
  const along = lanes.flatMap(({ across, up, frames }) =>
    Array.from({ length: SAMPLES }, (_, k) => Math.round(((frames - 1) * k) / (SAMPLES - 1))).map((i) => [
      across[i],
      up[i],
    ]),
  );
  const ends = lanes.map(({ across, up, frames }) => [across[frames - 1], up[frames - 1]]);
  const places = [scene.start, ...along, ...[...ends, ...scene.minima].flatMap((place) => [place, place])];
  const turns = Array.from({ length: TURNS }, (_, k) => -0.55 + (2 * Math.PI * k) / TURNS);
  const hidden = turns.map((turn) => {
    const spot = spotter({ ...solid, turn }, relief, sightOf({ ...solid, turn }, size), size);
    return places.filter((place) => spot(place)?.hidden).length;
  });
  return turns[hidden.indexOf(Math.min(...hidden))];
}

// Where a place of the map is on the screen, {px, py, hidden}, on the surface or at a share of its height; null
// beside it.
function spotter({ heights, sides, turn, tilt }, { nx, ny, window: [x0, x1, y0, y1] }, sight, size) {
  const eye = [-Math.sin(turn) * Math.cos(tilt), -Math.cos(turn) * Math.cos(tilt), Math.sin(tilt)];
  const heightAt = (across, up) => {
    const [c, r] = [across * (nx - 1), up * (ny - 1)];
    const [column, row] = [Math.min(Math.floor(c), nx - 2), Math.min(Math.floor(r), ny - 2)];
    const [u, v, at] = [c - column, r - row, row * nx + column];
    const below = heights[at] + u * (heights[at + 1] - heights[at]);
    const above = heights[at + nx] + u * (heights[at + nx + 1] - heights[at + nx]);
    return HIGH * (below + v * (above - below));
  };
  const seen = (/** @type {number[]} */ [x, y, z]) => {
    const [px, py, , w] = [0, 1, 2, 3].map((i) => sight[i] * x + sight[4 + i] * y + sight[8 + i] * z + sight[12 + i]);
    return { px: ((px / w + 1) / 2) * size.width, py: ((1 - py / w) / 2) * size.height, away: w };
  };
  const spot = (/** @type {number[]} */ [x, y], share = undefined) => {
    const [across, up] = [(x - x0) / (x1 - x0), (y - y0) / (y1 - y0)];
    if (!(across >= 0 && across <= 1 && up >= 0 && up <= 1)) return null;
    const place = [
      (across - 0.5) * sides[0],
      (up - 0.5) * sides[1],
      share === undefined ? heightAt(across, up) : HIGH * share,
    ];
    const most = Math.min((HIGH - place[2]) / Math.max(eye[2], 0.05), 1.5);
    let hidden = false;
    for (let k = 1; k <= STEPS && !hidden; k++) {
      const far = (most * k) / STEPS;
      const [a, b] = [0, 1].map((i) => (place[i] + far * eye[i]) / sides[i] + 0.5);
      if (a < 0 || a > 1 || b < 0 || b > 1) break;
      hidden = heightAt(a, b) > place[2] + far * eye[2] + 0.012;
    }
    return { ...seen(place), hidden };
  };
  return Object.assign(spot, { seen });
}

// ---- what lies on it -----------------------------------------------------------------------------------------------

function drawLane(context, lane, places, clock, theme, chosen) {
  const last = frameAt(lane.steps, clock.step);
  const trace = (hidden, first, to) => {
    context.beginPath();
    for (let i = first + 1; i <= to; i++) {
      const [from, next] = [places[i - 1], places[i]];
      if (!from || !next || next.hidden !== hidden) continue;
      if (i < first + 2 || places[i - 1].hidden !== hidden || !places[i - 2]) context.moveTo(from.px, from.py);
      context.lineTo(next.px, next.py);
    }
  };
  context.lineJoin = context.lineCap = "round";
  const colour = colourOf(lane.number, theme);
  for (const age of ages(clock, last))
    for (const [hidden, width, stroke, dash, alpha] of [
      [true, 1.5, colour, [2, 4], 0.7],
      [false, chosen ? 7 : 6, theme.halo, [], 1],
      [false, chosen ? 4 : 3, colour, dashOf(lane.number), 1],
    ]) {
      trace(hidden, age.from, age.to);
      context.setLineDash(dash);
      Object.assign(context, { lineWidth: width * age.wide, strokeStyle: stroke, globalAlpha: alpha * age.alpha });
      context.stroke();
    }
  context.setLineDash([]);
  context.globalAlpha = 1;
  const end = places.slice(0, last + 1).findLast((place) => place);
  if (!end) return;
  for (const spread of ringsOf(lane, clock)) spreading(context, end.px, end.py, spread, colour);
  context.globalAlpha = end.hidden ? 0.4 : 1;
  marker(context, lane.number, end.px, end.py, markSize(lane, clock), theme);
  context.globalAlpha = 1;
}

function drawStar(context, place, theme) {
  if (!place) return;
  context.globalAlpha = place.hidden ? 0.35 : 1;
  context.beginPath();
  star(context, place.px, place.py, 8);
  context.closePath();
  Object.assign(context, { lineWidth: 2, strokeStyle: theme.ink, fillStyle: theme.paper });
  context.fill();
  context.stroke();
  context.globalAlpha = 1;
}

function ring(context, { px, py }, theme) {
  for (const [width, colour] of [
    [5, theme.halo],
    [2.5, theme.ink],
  ]) {
    context.beginPath();
    context.arc(px, py, 8, 0, 7);
    Object.assign(context, { lineWidth: width, strokeStyle: colour });
    context.stroke();
  }
}

// The two edges of the floor in front, with their numbers, and the heights at the side.
function drawFrame(context, solid, relief, scene, { seen }, theme) {
  const [x0, x1, y0, y1] = relief.window;
  const [sx, sy] = solid.sides.map((side) => side / 2);
  const front = Math.cos(solid.turn) > 0 ? -1 : 1; // which edge along x is nearer
  const side = Math.sin(solid.turn) > 0 ? -1 : 1; // which edge along y is
  const edge = (from, to, low, high, name, count) => {
    const [a, b] = [seen(from), seen(to)];
    context.beginPath();
    context.moveTo(a.px, a.py);
    context.lineTo(b.px, b.py);
    Object.assign(context, { lineWidth: 1, strokeStyle: theme.soft, fillStyle: theme.soft, font: font(13) });
    context.stroke();
    const middle = seen([0, 0, 0]);
    const put = (share, text, off) => {
      const at = seen(from.map((value, i) => value + share * (to[i] - value)));
      const [dx, dy] = [(a.px + b.px) / 2 - middle.px, (a.py + b.py) / 2 - middle.py];
      const far = Math.hypot(dx, dy) || 1;
      Object.assign(context, { textAlign: "center", textBaseline: "middle" });
      context.fillText(text, at.px + (off * dx) / far, at.py + (off * dy) / far);
    };
    for (const tick of ticks(low, high, count)) put((tick - low) / (high - low), number(tick, 3), 16);
    context.fillStyle = theme.ink;
    context.font = font(14, 600);
    put(0.5, name, 40);
  };
  if (solid.tilt > 1.35) return edgesFromAbove(edge, sx, sy, relief.window, scene);
  edge([-sx, front * sy, 0], [sx, front * sy, 0], x0, x1, scene.names[0], 5);
  edge([side * sx, -sy, 0], [side * sx, sy, 0], y0, y1, scene.names[1], 5);
}

function edgesFromAbove(edge, sx, sy, [x0, x1, y0, y1], scene) {
  edge([-sx, -sy, 0], [sx, -sy, 0], x0, x1, scene.names[0], 6);
  edge([-sx, -sy, 0], [-sx, sy, 0], y0, y1, scene.names[1], 6);
}

// ---- the pointer ---------------------------------------------------------------------------------------------------

function turning(solid, layer, redraw, click) {
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
