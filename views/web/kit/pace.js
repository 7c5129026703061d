// How a run is played: longer where there is something to see, so that a path that has arrived is not watched standing.

const BINS = 400; // of the steps
const EVEN = 0.3; // of the playing time goes by the steps alone
const MOST = 0.08; // of the picture: a longer stride is seen no better
const DECADES = 12; // a fall of the loss that counts as much as a walk across the picture

/** Shares of the playing time at BINS + 1 even places of the run; `window`: [x0, x1, y0, y1] of the picture, if there
 * is one. */
export function paceOf(lanes, last, window) {
  const seen = new Float64Array(BINS);
  for (const { steps, across, up, frames, columns } of lanes) {
    const loss = columns.loss?.[0] ?? columns.train?.[0];
    for (let i = 1; i < frames; i++) {
      const moved = window && across ? strideOf(across, up, i, window) : 0;
      const fallen = loss?.[i] > 0 && loss[i - 1] > 0 ? Math.abs(Math.log10(loss[i] / loss[i - 1])) / DECADES : 0;
      const what = Math.min(moved + fallen, MOST);
      if (what > 0) seen[Math.min(Math.floor((BINS * steps[i]) / last), BINS - 1)] += what;
    }
  }
  const whole = seen.reduce((sum, what) => sum + what, 0);
  const shares = new Float64Array(BINS + 1);
  const even = whole ? EVEN : 1;
  for (let bin = 0; bin < BINS; bin++)
    shares[bin + 1] = shares[bin] + even / BINS + ((1 - even) * seen[bin]) / (whole || 1);
  return shares;
}

// How far a step leads, in pictures.
const strideOf = (across, up, i, [x0, x1, y0, y1]) =>
  Math.hypot((across[i] - across[i - 1]) / (x1 - x0), (up[i] - up[i - 1]) / (y1 - y0));

/** The step, as a share of the run, at which so much of the playing time has gone by; and the other way round. */
export function runAt(shares, time) {
  let bin = 0;
  while (bin < BINS - 1 && shares[bin + 1] < time) bin++;
  return Math.min((bin + (time - shares[bin]) / (shares[bin + 1] - shares[bin])) / BINS, 1);
}

export function timeAt(shares, run) {
  const bin = Math.min(Math.floor(run * BINS), BINS - 1);
  return shares[bin] + (run * BINS - bin) * (shares[bin + 1] - shares[bin]);
}
