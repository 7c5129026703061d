// The scales that values of cells lie on: how large they are, and their ranks.

const RANKED = 8192; // values of which the ranks are taken
const LEAST = 1e-16; // a loss so near to the lowest is there

export const measured = ({ kind }, value, floor) =>
  kind === "loss" ? Math.max(value - floor, LEAST) : Math.max(value, 1);

/** The values that a scale goes over: of losses, how far they are above the lowest. */
export function rangeOf(measure, tiles, floor) {
  let [low, high] = [Infinity, -Infinity];
  for (const tile of tiles)
    for (const row of tile.rows[measure.name])
      for (const value of row) {
        const size = measured(measure, value, floor);
        if (size > high) high = size;
        if (size < low) low = size;
      }
  if (low > high) return [1, 10];
  return low === high ? [low / 2, high * 2] : [low, high];
}

/** Of trainings: the sizes of those that converged and of those that did not, each in order; of many a sample. */
export function ranksOf(measure, tiles) {
  const all = tiles.reduce((count, tile) => count + tile.rows[measure.name].length * tile.side ** 2, 0);
  const stride = Math.max(1, Math.floor(all / RANKED)) | 1;
  const sizes = [[], []];
  for (const tile of tiles)
    for (const row of tile.rows[measure.name])
      for (let at = 0; at < row.length; at += stride) sizes[row[at] < 0 ? 0 : 1].push(Math.abs(row[at]));
  return sizes.map((each) => Float64Array.from(each).sort());
}

// The share of the sizes that are smaller.
export function rankOfSize(sizes, size) {
  let [low, high] = [0, sizes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    sizes[middle] < size ? (low = middle + 1) : (high = middle);
  }
  return sizes.length > 1 ? Math.min(low / (sizes.length - 1), 1) : 0.5;
}
