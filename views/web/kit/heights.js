// How losses become heights: as the relief was sent, by the logarithm of the loss above the lowest, by the loss itself,
// or by rank. It is worked out here, from what is there: a switch asks nobody.

export const HEIGHTS = ["mixed", "log", "linear", "rank"];

const EVEN = { log: 0, linear: 0, rank: 1 }; // share of the colour that goes by rank; mixed: that of terrain.js
const MOST = 65535; // of a share
const DECADES = 3; // under the highest, where a logarithm is taken of what was sent in even steps: it has no more
const LEVELS = 16; // at which lines are drawn, as in engine/surfaces/relief.py; every fourth is stronger
const CROWD = 2 / LEVELS; // what changes by more than two levels from node to node is a cliff, not lines

let shown = []; // the reliefs of the last windows: two maps may stand side by side

/** A relief {colour, shares, …} on another scale, with `even`, and with `pieces` instead of lines where they are at
 * other losses. */
export function scaled(relief, mode) {
  if (!relief?.shares || !(mode in EVEN)) return relief;
  const known = shown.find((each) => each.relief === relief && each.mode === mode);
  if (known) return known.made;
  const made = remade(relief, mode);
  shown = [{ relief, mode, made }, ...shown.slice(0, 3)];
  return made;
}

function remade(relief, mode) {
  const even = EVEN[mode];
  if (mode === "rank") return { ...relief, even, pieces: piecesOf(relief, ranksOf(relief.shares)) };
  if (relief.colour.log === (mode === "log")) return { ...relief, even };
  const colour = mode === "log" ? logarithmic(relief.colour) : linear(relief.colour);
  const table = Uint16Array.from(
    { length: MOST + 1 },
    (_, i) => MOST * shareAt(colour, lossAt(relief.colour, i / MOST)) + 0.5,
  );
  const shares = relief.shares.map((share) => table[share]);
  return { ...relief, colour, shares, even, pieces: piecesOf(relief, shares) };
}

/** The loss at a share of a colour scale. */
export function lossAt({ log, floor, offset, low, high }, share) {
  const warped = low + share * (high - low);
  return log ? floor + 10 ** warped - offset : warped;
}

/** And the other way round. */
export const shareAt = (colour, loss) =>
  Math.min(Math.max((warp(colour, loss) - colour.low) / (colour.high - colour.low), 0), 1);

const warp = ({ log, floor, offset }, loss) => (log ? Math.log10(Math.max(loss - floor, 0) + offset) : loss);

const linear = (colour) => ({ ...colour, log: false, offset: 0, low: lossAt(colour, 0), high: lossAt(colour, 1) });

function logarithmic({ floor, low, high }) {
  const colour = { log: true, floor, offset: (high - floor) * 10 ** -DECADES, low: 0, high: 1 };
  return { ...colour, low: warp(colour, low), high: warp(colour, high) };
}

// How much ground lies lower, of all that is on the scale, as a share.
function ranksOf(shares) {
  const counts = new Float64Array(MOST + 2);
  for (const share of shares) if (share < MOST) counts[share + 1]++;
  for (let i = 0; i <= MOST; i++) counts[i + 1] += counts[i];
  return Float64Array.from(shares, (share) => (MOST * (counts[share] + counts[share + 1])) / 2 / (counts[MOST] || 1));
}

/** Pieces of the level lines at even steps of these values, [x, y, x, y] in shares of the window: those between, and
 * every fourth. Where lines cannot be told apart, or are of a mean, there are none. */
export function piecesOf({ nx, ny, veiled }, values) {
  /** @type {number[][]} */
  const pieces = [[], []];
  if (veiled) return pieces;
  for (let row = 0; row < ny - 1; row++)
    for (let column = 0; column < nx - 1; column++) {
      const at = row * nx + column;
      const [a, b, c, d] = [values[at], values[at + 1], values[at + nx + 1], values[at + nx]];
      const [low, high] = [Math.min(a, b, c, d) / MOST, Math.max(a, b, c, d) / MOST];
      if (high - low > CROWD) continue;
      for (let k = Math.ceil(low * LEVELS - 0.5); (k + 0.5) / LEVELS < high; k++)
        for (const share of crossings([a, b, c, d], ((k + 0.5) / LEVELS) * MOST))
          pieces[k % 4 === 1 ? 1 : 0].push((column + share[0]) / (nx - 1), (row + share[1]) / (ny - 1));
    }
  return pieces;
}

const SIDES = [
  [0, 0, 1, 0],
  [1, 0, 0, 1],
  [1, 1, -1, 0],
  [0, 1, 0, -1],
]; // of a cell, around it: where each begins and where it goes

// Where a level cuts the sides of a cell, two by two.
function crossings(corners, level) {
  const cut = SIDES.flatMap(([x, y, dx, dy], i) => {
    const [from, to] = [corners[i], corners[(i + 1) % 4]];
    if (from < level === to < level) return [];
    const share = (level - from) / (to - from);
    return [[x + share * dx, y + share * dy]];
  });
  const middle = corners.reduce((sum, value) => sum + value, 0) / 4;
  // Four cuts are a saddle: its middle says which belong together.
  return cut.length === 4 && middle < level === corners[0] < level ? [cut[0], cut[1], cut[2], cut[3]] : turned(cut);
}

const turned = (cut) => (cut.length === 4 ? [cut[3], cut[0], cut[1], cut[2]] : cut);
