// Which tiles show a view.

import { back, NONE } from "./tiles.js";

/**
 * The tiles that show a view with about `fine` cells along it, coarse before fine, those near a spot first. Tiles of a
 * level lie on one lattice, whatever is seen of it: who moves on keeps what is there. Each axis has a level of its own,
 * so that a narrow view needs no more tiles than a square one.
 */
export function covering(axes, view, root, { fine, cells, near }) {
  const ends = (k) => [view[2 * k], view[2 * k + 1], root[2 * k], root[2 * k + 1]];
  const doubled = Math.round(Math.log2(fine / cells)); // times that the tiles of the coarsest level are halved
  const found = [];
  for (let coarser = doubled; coarser >= 0; coarser--) {
    const [across, up] = [0, 1].map((k) => parts(...ends(k), fine / cells, axes[k].name === NONE ? Infinity : coarser));
    for (const [j, y0, y1] of up.tiles)
      for (const [i, x0, x1] of across.tiles) {
        const box = [x0, x1, y0, y1];
        const window = box.map((place, k) => back(axes[k >> 1], place));
        const far = Math.hypot(((x0 + x1) / 2 - near[0]) / across.wide, ((y0 + y1) / 2 - near[1]) / up.wide);
        found.push({ key: [across.level, up.level, i, j].join(" "), level: across.level + up.level, box, window, far });
      }
  }
  const once = new Map(found.map((tile) => [tile.key, tile]));
  return [...once.values()].sort((a, b) => a.level - b.level || a.far - b.far);
}

// Of one axis the level, so many times coarser than the finest that is wanted, and its tiles in view: number, from, to.
export function parts(low, high, first, last, wanted, coarser) {
  const finest = Math.max(0, Math.ceil(Math.log2(((last - first) / (high - low)) * wanted) - 1e-9));
  const level = Math.max(0, finest - coarser);
  const wide = (last - first) / 2 ** level;
  const [from, to] = [Math.floor((low - first) / wide + 1e-9), Math.ceil((high - first) / wide - 1e-9)];
  const tiles = Array.from({ length: to - from }, (_, i) => [
    from + i,
    first + (from + i) * wide,
    first + (from + i + 1) * wide,
  ]);
  return { level, wide, tiles };
}
