// From where a surface in three dimensions is seen, where its places are on the screen, and which of them it hides.

export const HIGH = 0.5; // of the picture's width: how tall the surface stands
const STEPS = 40; // of a line of sight, in which it is asked whether the surface hides a point
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
export function sightOf({ turn, tilt, near, sides: [sx, sy] }, size) {
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

const TURNS = 16; // directions from which it is tried
const SAMPLES = 12; // of each path

// The direction from which the surface hides the fewest points of the paths, and least of all where they end.
export function openTurn(solid, relief, size, scene, lanes) {
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
export function spotter({ heights, sides, turn, tilt }, { nx, ny, window: [x0, x1, y0, y1] }, sight, size) {
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
