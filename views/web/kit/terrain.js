// The ground under the paths: deep water for low losses, shore for high ones, lit from the north-west so that valleys
// read as valleys.

const LEVELS = 16; // at which lines are drawn, as in engine/surfaces/relief.py; every fourth is stronger
const EVEN = 0.45; // share of the colour that goes by rank, unless a relief says another: each tone covers much ground
const BINS = 1024;
const STEEP = 0.28; // how high the surface stands, in widths of the picture
const DEPTH = 0.34; // by how much a slope is lighter or darker than level ground, at most
const WIDE = 2; // nodes to either side, from which the slope is taken
const FADE = 0.08; // of the highest tones: what lies beyond the scale is level, and must not begin at a cliff
/** Where the light comes from; y points down. */
export const SUN = sun(315, 50);
const [SUN_X, SUN_Y, SUN_Z] = SUN;

/** A unit vector to the sun by its azimuth, clockwise from the top of the picture, and its height, in degrees. */
function sun(azimuth, height) {
  const [a, h] = [(azimuth * Math.PI) / 180, (height * Math.PI) / 180];
  return [Math.sin(a) * Math.cos(h), -Math.cos(a) * Math.cos(h), Math.sin(h)]; // y points down
}

const tones = new WeakMap(); // of a relief, the tone of each share

/** The tones, 0 to 1, of BINS shares of a relief's colour scale: by height, and by how much ground lies lower. What
 * lies at an end of the scale, or beyond it, has no rank: it would be a cliff. */
function tonesOf(relief) {
  if (tones.has(relief)) return tones.get(relief);
  const counts = new Float64Array(BINS + 1);
  for (const share of relief.shares) if (share > 0 && share < 65535) counts[(share >> 6) + 1]++;
  for (let bin = 0; bin < BINS; bin++) counts[bin + 1] += counts[bin];
  const { even = EVEN } = relief;
  const found = Float64Array.from({ length: BINS }, (_, bin) => {
    const height = bin / (BINS - 1);
    const rank = counts[BINS] ? (counts[bin] + counts[bin + 1]) / 2 / counts[BINS] : height;
    return (1 - even) * height + even * rank;
  });
  tones.set(relief, found);
  return found;
}

/** The colour of a tone: red, green and blue between the stops of the theme's ground. */
export function toned(theme, tone) {
  const at = Math.min(Math.max(tone, 0), 1) * (theme.ground.length - 1);
  const stop = Math.min(Math.floor(at), theme.ground.length - 2);
  return theme.ground[stop].map((value, i) => value + (theme.ground[stop + 1][i] - value) * (at - stop));
}

/** The tone of a share of a relief's scale. */
export function tonesAt(relief) {
  const tones = tonesOf(relief);
  return (share) => tones[Math.round(share * (BINS - 1))];
}

/** The colour of a share of the scale, without a shadow: for the colour bar. */
export const colourAt = (relief, theme, share) => toned(theme, tonesOf(relief)[Math.round(share * (BINS - 1))]);

// The tone of every node, row 0 on top; between bins as well, for the eye sees the light on a staircase.
function heightsOf({ nx, ny, shares }, tone) {
  return Float32Array.from({ length: nx * ny }, (_, at) => {
    const share = (shares[(ny - 1 - Math.floor(at / nx)) * nx + (at % nx)] / 65535) * (BINS - 1);
    const bin = Math.min(Math.floor(share), BINS - 2);
    return tone[bin] + (share - bin) * (tone[bin + 1] - tone[bin]);
  });
}

/** The relief as a picture of its own size, row 0 on top. */
export function painted(relief, theme) {
  const { nx, ny } = relief;
  const heights = heightsOf(relief, tonesOf(relief));
  const palette = Array.from({ length: BINS }, (_, i) => toned(theme, i / (BINS - 1)));
  const canvas = new OffscreenCanvas(nx, ny);
  const image = new ImageData(nx, ny);
  for (let row = 0, at = 0; row < ny; row++)
    for (let column = 0; column < nx; column++, at++) {
      const [left, right] = [Math.max(column - WIDE, 0), Math.min(column + WIDE, nx - 1)];
      const [above, below] = [Math.max(row - WIDE, 0), Math.min(row + WIDE, ny - 1)];
      const dx = ((heights[row * nx + right] - heights[row * nx + left]) / (right - left)) * nx * STEEP;
      const dy = ((heights[below * nx + column] - heights[above * nx + column]) / (below - above)) * ny * STEEP;
      const light = (SUN_Z - SUN_X * dx - SUN_Y * dy) / Math.sqrt(1 + dx * dx + dy * dy);
      const shade = DEPTH * Math.tanh(light / SUN_Z - 1) * Math.min(1, (1 - heights[at]) / FADE); // 0 on level ground
      const colour = palette[Math.round(heights[at] * (BINS - 1))];
      const lit = colour.map((value) => (shade > 0 ? value + shade * (255 - value) : value * (1 + shade)));
      image.data.set([...lit, 255], 4 * at);
    }
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}

/** Whether a level line, known by a point on it in 16-bit shares of the window, is one of the stronger ones. */
export function isStrong(relief, across, up) {
  const column = Math.round((across / 65535) * (relief.nx - 1));
  const row = Math.round((up / 65535) * (relief.ny - 1));
  return Math.round((relief.shares[row * relief.nx + column] / 65535) * LEVELS - 0.5) % 4 === 1;
}
