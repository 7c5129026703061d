// What a network says between two moments that were kept.

import { frameAt } from "../kit/clock.js";

/** What a lane's rows say at a step, between two of its moments blended: place -> number. */
export function blended({ steps }, rows, step) {
  const at = frameAt(steps, step);
  const next = Math.min(at + 1, rows.length - 1);
  const share = next > at ? Math.min((step - steps[at]) / (steps[next] - steps[at]), 1) : 0;
  const [now, then] = [rows[Math.min(at, rows.length - 1)], rows[next]];
  return (i) => now[i] + share * (then[i] - now[i]);
}
