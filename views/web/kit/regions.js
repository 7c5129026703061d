// Where which class is most likely: every pixel in its class's colour, paler where it is less sure, lines between them.

import { CLASSES, rgb } from "./look.js";

const SHADES = 32;

/**
 * An image of a grid of nx by ny nodes, row 0 below. said(i): a number of it, of `levels`; of two classes there is a
 * grid for the second alone, of more one for each.
 */
export function regions({ nx, ny, levels, classes }, said, width, height, theme) {
  const image = new ImageData(width, height);
  const grids = classes > 2 ? classes : 1;
  const winners = new Uint8Array(width * height);
  const palette = Array.from({ length: classes }, (_, c) => shades(CLASSES[c % CLASSES.length], theme));
  const line = rgb(theme.ink);
  const chances = new Float32Array(classes);
  for (let row = 0; row < height; row++) {
    const v = (1 - row / (height - 1)) * (ny - 1);
    const j = Math.min(Math.floor(v), ny - 2);
    for (let column = 0; column < width; column++) {
      const u = (column / (width - 1)) * (nx - 1);
      const i = Math.min(Math.floor(u), nx - 2);
      for (let g = 0; g < grids; g++) {
        const at = g * nx * ny + j * nx + i;
        const low = said(at) * (1 - u + i) + said(at + 1) * (u - i);
        const high = said(at + nx) * (1 - u + i) + said(at + nx + 1) * (u - i);
        chances[g] = (low * (1 - v + j) + high * (v - j)) / levels;
      }
      if (grids === 1) [chances[0], chances[1]] = [1 - chances[0], chances[0]];
      let best = 0;
      for (let c = 1; c < chances.length; c++) if (chances[c] > chances[best]) best = c;
      const pixel = row * width + column;
      winners[pixel] = best;
      const even = 1 / classes;
      const sure = Math.min(Math.max((chances[best] - even) / (1 - even), 0), 1) || 0;
      const border = (column && winners[pixel - 1] !== best) || (row && winners[pixel - width] !== best);
      const colour = border ? line : palette[best][Math.round((SHADES - 1) * sure)];
      image.data.set([colour[0], colour[1], colour[2], 255], 4 * pixel);
    }
  }
  return image;
}

const shades = (colour, theme) =>
  Array.from({ length: SHADES }, (_, i) => {
    const share = 0.08 + (0.42 * i) / (SHADES - 1);
    return rgb(theme.panel).map((ground, k) => Math.round(ground + share * (rgb(colour)[k] - ground)));
  });
