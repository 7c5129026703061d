// Where which class is most likely: every pixel in its class's colour, paler where it is less sure, lines between them.

import { CLASSES, rgb } from "./look.js";

const SHADES = 32;

/**
 * An image of a grid of nx by ny nodes, row 0 below. said(i): a number of it, of `levels`; of two classes there is a
 * grid for the second alone, of more one for each.
 */
export function regions({ nx, ny, levels, classes }, said, width, height, theme) {
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const grids = Array.from({ length: classes > 2 ? classes : 1 }, () => new Float32Array(nx)); // each at one row
  const palette = Array.from({ length: classes }, (_, c) => shades(CLASSES[c % CLASSES.length], theme).map(packed));
  const line = packed(rgb(theme.ink));
  const across = Float32Array.from({ length: width }, (_, column) => (column / (width - 1)) * (nx - 1));
  const chances = new Float32Array(classes);
  const even = 1 / classes;
  let [above, winners] = [new Uint8Array(width), new Uint8Array(width)];
  for (let row = 0; row < height; row++) {
    const v = (1 - row / (height - 1)) * (ny - 1);
    const j = Math.min(Math.floor(v), ny - 2);
    grids.forEach((values, g) => {
      for (let i = 0, at = (g * ny + j) * nx; i < nx; i++, at++)
        values[i] = (said(at) * (1 - v + j) + said(at + nx) * (v - j)) / levels;
    });
    [above, winners] = [winners, above];
    for (let column = 0; column < width; column++) {
      const i = Math.min(Math.floor(across[column]), nx - 2);
      const share = across[column] - i;
      for (let g = 0; g < grids.length; g++) chances[g] = grids[g][i] + share * (grids[g][i + 1] - grids[g][i]);
      if (grids.length === 1) {
        chances[1] = chances[0];
        chances[0] = 1 - chances[1];
      }
      let best = 0;
      for (let c = 1; c < classes; c++) if (chances[c] > chances[best]) best = c;
      winners[column] = best;
      const sure = Math.min(Math.max((chances[best] - even) / (1 - even), 0), 1) || 0;
      const border = (column && winners[column - 1] !== best) || (row && above[column] !== best);
      pixels[row * width + column] = border ? line : palette[best][Math.round((SHADES - 1) * sure)];
    }
  }
  return image;
}

/** As the pixels of an image hold it. @param {number[]} colour */
const packed = ([red, green, blue]) => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;

const shades = (colour, theme) =>
  Array.from({ length: SHADES }, (_, i) => {
    const share = 0.08 + (0.42 * i) / (SHADES - 1);
    return rgb(theme.panel).map((ground, k) => Math.round(ground + share * (rgb(colour)[k] - ground)));
  });
