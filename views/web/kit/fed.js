// What the graphics card is given of a surface: its nodes, its colours, its light.

import { HIGH } from "./sight.js";
import { SUN, toned, tonesAt } from "./terrain.js";

const TONES = 512;

export function feed(solid, relief, theme) {
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
